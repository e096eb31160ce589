//! One server: what the list says of it, and where everything else that is known of it is kept.
//!
//! Unknown is never offline: what cannot be read leaves the last reading as it is.

use super::{
    alerts::{Telling, Uses},
    fate::Fate,
    freshness::Face,
    pending::Pending,
    reading::{Reading, Seen},
    since::Since,
    trail::Trail,
};
use crate::{condition::Block, plain, problem::Problem, time::Now};
use pterodactyl_client::{Permissions, Server as Listed, ServerStatus};
use std::time::Duration;

/// A list that comes so soon after a 409 may be older than it.
const CONFLICT_OUTLIVES_LISTS_FOR: Duration = Duration::from_secs(10);

/// What is known of one server.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) listed: Listed,
    pub(super) permissions: Option<Permissions>,
    pub(super) reading: Option<Reading>,
    /// A reading came since the server was looked over last.
    pub(super) figures: bool,
    pub(super) pending: Option<Pending>,
    /// A signal that was under way when a block came: it may still have its effect afterwards.
    pub(super) shelved: Option<Pending>,
    pub(super) fate: Fate,
    pub(super) telling: Telling,
    pub(super) uses: Uses,
    pub(super) trouble: Option<Trouble>,
    pub(super) socket: Socket,
    /// Its place among those that get a live socket.
    pub(super) place: Option<u16>,
    /// It has that place only because its console is being read.
    pub(super) lent: bool,
    /// Nothing that was read counts until it is read again.
    pub(super) doubt: Option<Doubt>,
    pub(super) trail: Trail,
    pub(super) face: Option<Face>,
    pub(super) since: Since,
    /// An answer older than what is known was met with another look already.
    pub(super) looked_again: bool,
    /// A block that a 409 told before the list did.
    conflict: Option<(Now, Block)>,
    view_asked: bool,
    /// When it was told what is permitted.
    pub(super) permitted_at: Option<Duration>,
}

/// How its live socket fares, as its node or the monitor told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Socket {
    /// Nothing was told yet.
    Untried,
    /// It is healthy: every change is told at once.
    Open {
        /// A state came since it opened.
        heard: bool,
        /// The last state is one that nobody knows.
        unclear: bool,
    },
    /// It broke off and comes back within seconds.
    Pausing,
    /// It does not come about, or broke off for longer.
    Failed { why: String },
}

/// Why the last looks gave nothing.
#[derive(Debug, Clone)]
pub(super) struct Trouble {
    pub(super) count: u32,
    pub(super) problem: Problem,
    pub(super) node: bool,
    /// The number of the panel's look with which it began.
    pub(super) began: u64,
}

/// What it was before nobody could look for a while, if that was known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Doubt {
    pub(super) before: Option<Seen>,
}

impl Server {
    pub(super) fn new(listed: Listed) -> Server {
        let permissions = listed.owner.then(Permissions::all);
        Server {
            listed,
            permissions,
            reading: None,
            figures: false,
            pending: None,
            shelved: None,
            fate: Fate::default(),
            telling: Telling::default(),
            uses: Uses::default(),
            trouble: None,
            socket: Socket::Untried,
            place: None,
            lent: false,
            doubt: None,
            trail: Trail::default(),
            face: None,
            since: Since::default(),
            looked_again: false,
            conflict: None,
            view_asked: false,
            permitted_at: None,
        }
    }

    /// A newer list names it. Once blocked, what it was before says nothing about later.
    pub(super) fn relisted(&mut self, now: Now, listed: Listed) {
        if listed.owner {
            self.permissions = Some(Permissions::all());
        }
        if listed.node != self.listed.node {
            self.trouble = None;
        }
        self.listed = listed;
        let live = self.is_live();
        self.conflict
            .take_if(|(told, _)| now.since(*told) > CONFLICT_OUTLIVES_LISTS_FOR);
        if self.list_block().is_some() {
            // An open socket goes on telling.
            self.reading.take_if(|_| !live);
            if let Some(pending) = self.pending.take() {
                self.shelved = Some(pending.shelved());
            }
            self.trouble = None;
            self.doubt = None;
            self.fate.forget();
        }
    }

    /// Its own page was read.
    pub(super) fn viewed(&mut self, now: Now, view: pterodactyl_client::ServerView) {
        let mut listed = view.server;
        listed.name = plain::line(&listed.name, 60);
        listed.node = plain::line(&listed.node, 60);
        self.relisted(now, listed);
        self.permitted(now, view.permissions);
        self.view_asked = false;
    }

    /// Its own page could not be read: the next list asks again.
    pub(super) fn not_viewed(&mut self) {
        self.view_asked = false;
    }

    /// Another key may permit something else.
    pub(super) fn forget_permissions(&mut self) {
        self.permissions = None;
        self.view_asked = false;
    }

    /// Its permissions are not known and nobody has asked for them.
    pub(super) fn wants_view(&mut self) -> bool {
        self.permissions.is_none() && self.asks_for_view()
    }

    /// From now on its page is on the way; false when it was before.
    pub(super) fn asks_for_view(&mut self) -> bool {
        !std::mem::replace(&mut self.view_asked, true)
    }

    /// What the list says that makes it unusable (API reference, 14.4).
    pub(super) fn list_block(&self) -> Option<Block> {
        if self.listed.status == ServerStatus::Suspended {
            return Some(Block::Suspended);
        }
        if self.listed.node_maintenance {
            return Some(Block::Maintenance);
        }
        if self.listed.transferring {
            return Some(Block::Transferring);
        }
        match self.listed.status {
            ServerStatus::Normal | ServerStatus::ReinstallFailed => None,
            ServerStatus::Suspended => Some(Block::Suspended),
            ServerStatus::Installing => Some(Block::Installing),
            ServerStatus::InstallFailed => Some(Block::InstallFailed),
            ServerStatus::RestoringBackup => Some(Block::Restoring),
            ServerStatus::Unknown(_) => Some(Block::Other),
        }
    }

    /// What makes it unusable, by the list or by a 409 that was faster.
    pub(super) fn block(&self) -> Option<Block> {
        self.list_block()
            .or(self.conflict.map(|(_, conflict)| conflict))
    }

    /// A 409 told what stands in the way, or an answer that nothing does.
    pub(super) fn conflicts(&mut self, conflict: Option<(Now, Block)>) {
        self.conflict = conflict;
    }

    /// The last look gave nothing. `look` is its number on the panel.
    pub(super) fn troubled(&mut self, look: u64, problem: Problem, node: bool) {
        let (count, began) = match &self.trouble {
            Some(trouble) => (trouble.count + 1, trouble.began),
            None => (1, look),
        };
        self.trouble = Some(Trouble {
            count,
            problem,
            node,
            began,
        });
    }

    /// Whether it gets a live socket. Without one, what became of an earlier one is past.
    pub(super) fn placed(&mut self, place: Option<u16>) {
        self.place = place;
        if place.is_none() && !matches!(self.socket, Socket::Open { .. }) {
            self.socket = Socket::Untried;
        }
    }

    /// Its socket is healthy and has told its state: nothing is better known.
    pub(super) fn is_live(&self) -> bool {
        matches!(self.socket, Socket::Open { heard: true, .. }) && self.reading.is_some()
    }

    /// It was up when it was seen last.
    pub(super) fn is_up(&self) -> bool {
        self.reading
            .as_ref()
            .is_some_and(|reading| reading.seen != Seen::Offline)
    }
}
