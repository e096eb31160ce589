//! One page of the server list, and how pages become the whole list. It must never pass a part off as the whole, nor
//! follow the links a panel prints (behind a proxy their host is often wrong).

use std::collections::HashSet;

use serde::Deserialize;

use crate::number::count;
use crate::server::{ListedServer, RawServer};

/// The most a panel puts on one page.
pub(crate) const PER_PAGE: &str = "100";
/// Pages nobody's list has; a panel that claims more is wrong.
pub(crate) const MOST_PAGES: u64 = 100;

/// One page of the server list.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) servers: Vec<ListedServer>,
    pub(crate) total: u64,
    pub(crate) total_pages: u64,
}

/// A list without `pagination` could be a part of anything, so that is required.
#[derive(Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
pub(crate) struct RawPage<T = RawServer> {
    data: Vec<RawEntry<T>>,
    meta: RawListMeta,
}

/// A list the panel never divides into pages.
#[derive(Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
pub(crate) struct RawList<T> {
    data: Vec<RawEntry<T>>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
struct RawEntry<T> {
    attributes: T,
}

/// One page of a longer list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing<T> {
    /// What is on this page.
    pub entries: Vec<T>,
    /// How many there are on all pages.
    pub total: u64,
    /// How many pages there are.
    pub pages: u64,
}

#[derive(Deserialize)]
struct RawListMeta {
    pagination: RawPagination,
}

#[derive(Deserialize)]
struct RawPagination {
    #[serde(deserialize_with = "count")]
    total: u64,
    #[serde(deserialize_with = "count")]
    total_pages: u64,
}

impl RawPage {
    /// The page, or nothing when a server on it has no usable uuid.
    pub(crate) fn read(self) -> Option<Page> {
        Some(Page {
            servers: self
                .data
                .into_iter()
                .map(|entry| ListedServer::read(entry.attributes))
                .collect::<Option<_>>()?,
            total: self.meta.pagination.total,
            total_pages: self.meta.pagination.total_pages,
        })
    }
}

impl<T> RawPage<T> {
    /// The page; entries that `read` makes nothing of are left out.
    pub(crate) fn listing<U>(self, read: impl FnMut(T) -> Option<U>) -> Listing<U> {
        let entries = self.data.into_iter().map(|entry| entry.attributes);
        Listing {
            entries: entries.filter_map(read).collect(),
            total: self.meta.pagination.total,
            pages: self.meta.pagination.total_pages,
        }
    }
}

impl<T> RawList<T> {
    /// The list; entries that `read` makes nothing of are left out.
    pub(crate) fn entries<U>(self, read: impl FnMut(T) -> Option<U>) -> Vec<U> {
        let entries = self.data.into_iter().map(|entry| entry.attributes);
        entries.filter_map(read).collect()
    }
}

/// Pages put together.
#[derive(Default)]
pub(crate) struct Collected {
    servers: Vec<ListedServer>,
    seen: HashSet<String>,
    first_total: Option<u64>,
    pages: u64,
}

/// What a page makes of the list so far.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// Another page is needed.
    More,
    /// That was the last one.
    Complete,
    /// The list changed between two pages: a server may have slipped through.
    Changed,
    /// No panel has that many pages.
    TooLong,
}

impl Collected {
    /// Adds the next page; a server already seen is dropped.
    pub(crate) fn add(&mut self, page: Page) -> Progress {
        self.pages += 1;
        let total = *self.first_total.get_or_insert(page.total);
        let empty = page.servers.is_empty();
        for server in page.servers {
            if self.seen.insert(server.server.uuid.clone()) {
                self.servers.push(server);
            }
        }
        let last = self.pages >= page.total_pages;
        // Pages that moved meanwhile show fewer servers than the panel counts, or one of them twice.
        let short = last && self.pages > 1 && (self.servers.len() as u64) < total;
        if page.total != total || (empty && !last) || short {
            Progress::Changed
        } else if last {
            Progress::Complete
        } else if page.total_pages > MOST_PAGES {
            Progress::TooLong
        } else {
            Progress::More
        }
    }

    /// The number of the page to ask for next.
    pub(crate) fn next_page(&self) -> u64 {
        self.pages + 1
    }

    pub(crate) fn into_servers(self) -> Vec<ListedServer> {
        self.servers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(uuids: &[&str], total: u64, total_pages: u64) -> Page {
        let entry =
            |uuid: &&str| format!(r#"{{"object":"server","attributes":{{"uuid":"{uuid}"}}}}"#);
        let data: Vec<String> = uuids.iter().map(entry).collect();
        let json = format!(
            r#"{{"object":"list","data":[{}],"meta":{{"pagination":{{"total":{total},"total_pages":{total_pages}}}}}}}"#,
            data.join(",")
        );
        serde_json::from_str::<RawPage>(&json)
            .unwrap()
            .read()
            .unwrap()
    }

    fn uuids(list: Collected) -> Vec<String> {
        list.into_servers()
            .into_iter()
            .map(|listed| listed.server.uuid)
            .collect()
    }

    #[test]
    fn pages_become_one_list_without_doubles() {
        let mut list = Collected::default();
        assert_eq!(list.add(page(&["a", "b"], 3, 2)), Progress::More);
        assert_eq!(list.next_page(), 2);
        assert_eq!(list.add(page(&["b", "c"], 3, 2)), Progress::Complete);
        assert_eq!(uuids(list), ["a", "b", "c"]);
    }

    #[test]
    fn an_empty_list_is_complete() {
        assert_eq!(
            Collected::default().add(page(&[], 0, 1)),
            Progress::Complete
        );
        assert_eq!(
            Collected::default().add(page(&[], 0, 0)),
            Progress::Complete
        );
    }

    #[test]
    fn a_list_that_changed_while_it_was_read_is_not_passed_off_as_whole() {
        let mut list = Collected::default();
        assert_eq!(list.add(page(&["a", "b"], 3, 2)), Progress::More);
        assert_eq!(list.add(page(&["c"], 2, 2)), Progress::Changed);
        assert_eq!(Collected::default().add(page(&[], 3, 2)), Progress::Changed);
    }

    #[test]
    fn pages_that_moved_and_so_left_one_out_are_not_the_whole() {
        let mut list = Collected::default();
        assert_eq!(list.add(page(&["a", "b"], 4, 2)), Progress::More);
        assert_eq!(list.add(page(&["d"], 4, 2)), Progress::Changed);
        let mut twice = Collected::default();
        assert_eq!(twice.add(page(&["a", "b"], 4, 2)), Progress::More);
        assert_eq!(twice.add(page(&["b", "d"], 4, 2)), Progress::Changed);
    }

    #[test]
    fn a_panel_cannot_keep_it_reading_for_ever() {
        assert_eq!(
            Collected::default().add(page(&["a"], 9, u64::MAX)),
            Progress::TooLong
        );
    }
}
