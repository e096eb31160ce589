//! Which servers have a row in the menu, and where each of them stands.
//!
//! A menu may be open at any time, and the pointer on any row: nothing here gives one server's place to another
//! but [`Rows::of`], which is for the moment before a menu opens.

use crate::{
    id::ServerId,
    settings::Settings,
    snapshot::{PanelView, ServerView, Snapshot},
};

/// Rows of servers before "N more…" (design, section 5).
const MOST: usize = 20;

/// The servers with a row, top to bottom. One that went away keeps its place empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows(Vec<ServerId>);

impl Rows {
    /// In their own order: problems, then pinned ones as they were pinned, then what runs, then the rest. A problem
    /// of the last panel gets its row before what is down on the first.
    pub fn of(snapshot: &Snapshot) -> Rows {
        let ranked = ranked(snapshot).into_iter().take(MOST);
        Rows(ranked.map(|server| server.id.clone()).collect())
    }

    /// The same rows in the same places, whatever their servers do. New ones come last, as long as there is room.
    pub fn keep(&mut self, snapshot: &Snapshot) {
        let there = snapshot.listed().filter(|server| self.has(&server.id));
        let room = MOST.saturating_sub(there.count());
        if room == 0 {
            return;
        }
        if self.0.len() >= 2 * MOST {
            // Servers came and went for long, and nobody looked.
            *self = Rows::of(snapshot);
            return;
        }
        let new = ranked(snapshot).into_iter().map(|server| &server.id);
        let new = new.filter(|id| !self.has(id)).take(room);
        let new: Vec<ServerId> = new.cloned().collect();
        self.0.extend(new);
    }

    /// A panel's rows; `None` is the place of a server that went away.
    pub(super) fn of_panel<'a>(
        &'a self,
        panel: &'a PanelView,
    ) -> impl Iterator<Item = Option<&'a ServerView>> {
        let ids = self.0.iter().filter(|id| id.panel == panel.id);
        ids.map(|id| {
            let mut listed = panel.servers.iter().filter(|server| !server.hidden);
            listed.find(|server| server.id == *id)
        })
    }

    pub(super) fn has(&self, id: &ServerId) -> bool {
        self.0.contains(id)
    }
}

fn ranked(snapshot: &Snapshot) -> Vec<&ServerView> {
    let mut servers: Vec<&ServerView> = snapshot.listed().collect();
    servers.sort_by_cached_key(|server| rank(server, &snapshot.settings));
    servers
}

fn rank(server: &ServerView, settings: &Settings) -> (u8, usize) {
    let pin = settings.pinned.iter().position(|id| *id == server.id);
    match (server.condition.rank(), pin) {
        (0, _) => (0, 0),
        (_, Some(place)) => (1, place),
        (rank, None) => (rank + 1, 0),
    }
}
