//! What to ask of a list. It must never ask for a filter the panel does not know: that is an error there, not an empty list.

use url::Url;

use crate::client::Scope;
use crate::page::PER_PAGE;

/// Which servers to list, and what to tell of each besides. The default is all of one's own and nothing besides.
///
/// Filters match a part of the text, without regard to case; several must all fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServerQuery {
    /// Whose servers.
    pub scope: Scope,
    /// Part of the name.
    pub name: Option<String>,
    /// Part of the uuid.
    pub uuid: Option<String>,
    /// Part of the description.
    pub description: Option<String>,
    /// Part of the id another system gave it.
    pub external_id: Option<String>,
    /// A part of uuid, short or external id or name; or, when it looks like one, an address, `address:port` or `:port`.
    pub any: Option<String>,
    /// Tell the egg as well.
    pub egg: bool,
    /// Tell the subusers as well.
    pub subusers: bool,
}

/// What to ask of an activity log. The default is the newest 25 entries of any kind, with who did it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActivityQuery {
    /// Only events with this in their name: `server:power` finds all power signals.
    pub event: Option<String>,
    /// How many entries on a page, at most 100; the panel's 25 for `None`.
    pub per_page: Option<u8>,
    /// Which page; the first (newest) for `None`.
    pub page: Option<u64>,
}

impl ServerQuery {
    /// `url` with the query for one page.
    pub(crate) fn on(&self, url: Url, page: u64) -> Url {
        self.page_of(url, PER_PAGE, page)
    }

    /// `url` with the query for as little as tells how many there are.
    pub(crate) fn first_of(&self, url: Url) -> Url {
        self.page_of(url, "1", 1)
    }

    fn page_of(&self, mut url: Url, per_page: &str, page: u64) -> Url {
        let mut query = url.query_pairs_mut();
        query.append_pair("per_page", per_page);
        query.append_pair("page", &page.to_string());
        if let Some(kind) = self.scope.as_type() {
            query.append_pair("type", kind);
        }
        for (filter, text) in [
            ("filter[name]", &self.name),
            ("filter[uuid]", &self.uuid),
            ("filter[description]", &self.description),
            ("filter[external_id]", &self.external_id),
            ("filter[*]", &self.any),
        ] {
            if let Some(text) = text {
                query.append_pair(filter, text);
            }
        }
        match (self.egg, self.subusers) {
            (true, true) => drop(query.append_pair("include", "egg,subusers")),
            (true, false) => drop(query.append_pair("include", "egg")),
            (false, true) => drop(query.append_pair("include", "subusers")),
            (false, false) => {}
        }
        drop(query);
        url
    }
}

impl ActivityQuery {
    /// `url` with the query, newest first and with who did it.
    pub(crate) fn on(&self, mut url: Url) -> Url {
        let mut query = url.query_pairs_mut();
        query.append_pair("sort", "-timestamp");
        query.append_pair("include", "actor");
        if let Some(event) = &self.event {
            query.append_pair("filter[event]", event);
        }
        if let Some(entries) = self.per_page {
            query.append_pair("per_page", &entries.clamp(1, 100).to_string());
        }
        if let Some(page) = self.page {
            query.append_pair("page", &page.to_string());
        }
        drop(query);
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> Url {
        Url::parse("https://p.example/api/client").unwrap()
    }

    #[test]
    fn the_plain_list_asks_for_nothing_special() {
        let url = ServerQuery::default().on(base(), 2);
        assert_eq!(url.query(), Some("per_page=100&page=2"));
    }

    #[test]
    fn filters_and_inclusions_are_written_as_the_panel_reads_them() {
        let query = ServerQuery {
            scope: Scope::Owned,
            any: Some("a&b=c".into()),
            egg: true,
            subusers: true,
            ..ServerQuery::default()
        };
        assert_eq!(
            query.on(base(), 1).query(),
            Some("per_page=100&page=1&type=owner&filter%5B*%5D=a%26b%3Dc&include=egg%2Csubusers")
        );
        let query = ActivityQuery {
            event: Some("server:power".into()),
            per_page: Some(0),
            page: Some(3),
        };
        assert_eq!(
            query.on(base()).query(),
            Some(
                "sort=-timestamp&include=actor&filter%5Bevent%5D=server%3Apower&per_page=1&page=3"
            )
        );
    }
}
