//! The lines between a live socket and a reader: as many as a reader may miss, and no more.
//!
//! Never waits for a reader.

use super::{ConsoleNews, ConsoleState, line};
use crate::id::ServerId;
use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};
use tokio::sync::Notify;

/// Lines held for a reader that has not taken them yet.
const MOST_LINES: usize = 2_000;
/// Their bytes.
const MOST_BYTES: usize = 512 * 1024;

/// What one reader has not taken yet.
#[derive(Debug, Default)]
pub(crate) struct Feed {
    held: Mutex<Held>,
    news: Notify,
}

#[derive(Debug, Default)]
struct Held {
    /// As it was told last; `None` before the first time.
    state: Option<ConsoleState>,
    changed: bool,
    fresh: bool,
    lines: VecDeque<String>,
    bytes: usize,
    left_out: u32,
}

impl Feed {
    /// Whether anything can come, when that is new.
    pub(crate) fn tell(&self, state: ConsoleState) {
        let mut held = self.held();
        if held.state.as_ref() != Some(&state) {
            held.state = Some(state);
            held.changed = true;
            self.news.notify_one();
        }
    }

    /// The node is asked for its last lines: they take the place of all before.
    fn begin(&self) {
        let mut held = self.held();
        held.lines.clear();
        held.bytes = 0;
        held.left_out = 0;
        held.fresh = true;
    }

    fn push(&self, line: String) {
        let mut held = self.held();
        held.bytes += line.len();
        held.lines.push_back(line);
        while held.lines.len() > MOST_LINES || held.bytes > MOST_BYTES {
            let gone = held.lines.pop_front();
            held.bytes -= gone.map_or(0, |line| line.len());
            held.left_out = held.left_out.saturating_add(1);
        }
        self.news.notify_one();
    }

    /// Waits until there is something to take.
    pub(super) async fn next(&self) -> ConsoleNews {
        loop {
            if let Some(news) = self.take() {
                return news;
            }
            self.news.notified().await;
        }
    }

    fn take(&self) -> Option<ConsoleNews> {
        let (state, fresh, left_out, lines) = {
            let mut held = self.held();
            // Until the first word on it nothing can be said.
            let state = held.state.clone()?;
            if !std::mem::take(&mut held.changed) && held.lines.is_empty() {
                return None;
            }
            // A console without lines replaces none: what a server said before it went down stays.
            let fresh = held.fresh && !held.lines.is_empty();
            held.fresh &= !fresh;
            held.bytes = 0;
            let left_out = std::mem::take(&mut held.left_out);
            (state, fresh, left_out, std::mem::take(&mut held.lines))
        };
        Some(ConsoleNews {
            state,
            fresh,
            left_out,
            lines: lines.iter().map(|text| line::read(text)).collect(),
        })
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Who reads along at which server. Cheap to clone; all clones mean the same readers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Readers(Arc<Mutex<BTreeMap<ServerId, Vec<Weak<Feed>>>>>);

impl Readers {
    pub(crate) fn add(&self, server: ServerId, feed: &Arc<Feed>) {
        self.all()
            .entry(server)
            .or_default()
            .push(Arc::downgrade(feed));
    }

    /// Whether anybody reads along; whoever left is forgotten.
    pub(crate) fn any(&self, server: &ServerId) -> bool {
        self.each(server, |_| ())
    }

    /// The node is asked for its last lines.
    pub(crate) fn begin(&self, server: &ServerId) {
        self.each(server, Feed::begin);
    }

    /// The server printed a line. Nothing of it is kept when nobody reads.
    pub(crate) fn line(&self, server: &ServerId, line: &str) {
        self.each(server, |feed| feed.push(line.to_owned()));
    }

    pub(crate) fn tell(&self, server: &ServerId, state: &ConsoleState) {
        self.each(server, |feed| feed.tell(state.clone()));
    }

    fn each(&self, server: &ServerId, mut what: impl FnMut(&Feed)) -> bool {
        let mut all = self.all();
        let Some(feeds) = all.get_mut(server) else {
            return false;
        };
        feeds.retain(|feed| feed.upgrade().inspect(|feed| what(feed)).is_some());
        let any = !feeds.is_empty();
        if !any {
            all.remove(server);
        }
        any
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<ServerId, Vec<Weak<Feed>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::PanelId;

    fn server() -> ServerId {
        ServerId {
            panel: PanelId("home".into()),
            uuid: "one".into(),
        }
    }

    fn reading() -> (Readers, Arc<Feed>) {
        let readers = Readers::default();
        let feed = Arc::new(Feed::default());
        readers.add(server(), &feed);
        feed.tell(ConsoleState::Live);
        feed.take();
        (readers, feed)
    }

    fn texts(news: &ConsoleNews) -> Vec<String> {
        let text = |line: &super::super::ConsoleLine| {
            line.runs.iter().map(|run| run.text.as_str()).collect()
        };
        news.lines.iter().map(text).collect()
    }

    #[test]
    fn lines_come_in_order_and_once() {
        let (readers, feed) = reading();
        readers.line(&server(), "one");
        readers.line(&server(), "two");
        let news = feed.take().unwrap();
        assert_eq!(
            (texts(&news).join(" ").as_str(), news.fresh),
            ("one two", false)
        );
        assert_eq!(feed.take(), None);
    }

    #[test]
    fn the_last_lines_of_the_node_replace_what_was_shown_but_an_empty_console_does_not() {
        let (readers, feed) = reading();
        readers.line(&server(), "before");
        readers.begin(&server());
        assert_eq!(feed.take(), None, "nothing to show instead yet");
        feed.tell(ConsoleState::Connecting);
        assert!(!feed.take().unwrap().fresh);
        readers.line(&server(), "again");
        let news = feed.take().unwrap();
        assert_eq!(
            (texts(&news).join(" ").as_str(), news.fresh),
            ("again", true)
        );
    }

    #[test]
    fn a_reader_that_takes_nothing_costs_bounded_memory_and_is_told_what_it_missed() {
        let (readers, feed) = reading();
        for number in 0..MOST_LINES + 7 {
            readers.line(&server(), &number.to_string());
        }
        let news = feed.take().unwrap();
        assert_eq!((news.lines.len(), news.left_out), (MOST_LINES, 7));
        assert_eq!(texts(&news)[0], "7");
        for _ in 0..200 {
            readers.line(&server(), &"x".repeat(16 * 1024));
        }
        assert!(feed.held().bytes <= MOST_BYTES);
        assert!(feed.take().unwrap().left_out > 100);
    }

    #[test]
    fn whoever_left_is_forgotten() {
        let (readers, feed) = reading();
        assert!(readers.any(&server()));
        drop(feed);
        readers.line(&server(), "to nobody");
        assert!(!readers.any(&server()));
        assert!(readers.all().is_empty());
    }

    #[test]
    fn a_state_is_told_once() {
        let (_readers, feed) = reading();
        feed.tell(ConsoleState::Live);
        assert_eq!(feed.take(), None);
        feed.tell(ConsoleState::Connecting);
        assert_eq!(feed.take().unwrap().state, ConsoleState::Connecting);
    }
}
