//! What must hold, looked at after every event.
//!
//! Knows the truth and what is shown; changes neither.

mod shown;
mod told;

use super::{machine::Power, server::Measured, world::World};
use crate::{
    alert::{Alert, Silence},
    condition::Condition,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// A panel's cache.
const CACHE: Duration = Duration::from_secs(20);

/// How often was looked at what.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Asked {
    /// Changes to be shown by polling.
    pub(super) polled: u32,
    /// Changes told over a socket.
    pub(super) live: u32,
    /// Servers that had been in peace for long.
    pub(super) settled: u32,
    /// Servers shown as down.
    pub(super) down: u32,
    /// Servers shown as down after a time in which nothing was known of them.
    pub(super) unseen: u32,
    /// Looks at servers of silent nodes.
    pub(super) silent: u32,
    /// Servers that were up for less long than before.
    pub(super) restarts: u32,
    /// Alerts about a fall.
    pub(super) alerts: u32,
    /// Servers of a panel that had been away for long.
    pub(super) away: u32,
    /// Servers after a sleep.
    pub(super) woken: u32,
    /// Alerts about how much a server uses.
    pub(super) uses: u32,
}

impl Asked {
    pub(super) fn add(&mut self, other: Asked) {
        self.polled += other.polled;
        self.live += other.live;
        self.settled += other.settled;
        self.down += other.down;
        self.unseen += other.unseen;
        self.silent += other.silent;
        self.restarts += other.restarts;
        self.alerts += other.alerts;
        self.away += other.away;
        self.woken += other.woken;
        self.uses += other.uses;
    }
}

/// What was found in an evening.
#[derive(Debug, Default)]
pub(super) struct Judge {
    /// The first thing that must never be, and when.
    pub(super) finding: Option<(Duration, String)>,
    /// The words shown at some time.
    pub(super) seen: BTreeSet<Condition>,
    /// Something may be shown differently now.
    pub(super) stale: bool,
    looked: Duration,
    /// How often each kind of question was really asked, so that none of them sleeps.
    pub(super) asked: Asked,
    /// All alerts so far.
    pub(super) alerts: Vec<(Duration, Alert)>,
    /// How often something was not told, by the reason given.
    pub(super) hushed: BTreeMap<Silence, u32>,
}

impl Judge {
    pub(super) fn new() -> Judge {
        Judge::default()
    }

    pub(super) fn find(&mut self, at: Duration, words: String) {
        self.finding.get_or_insert((at, words));
    }
}

impl World {
    /// A reading reaches the store. Of what was true when, only the model knows.
    pub(super) fn believe(&mut self, server: usize, measured: Measured) {
        let at = self.at;
        let told = &mut self.servers[server].told;
        if told
            .newest
            .as_ref()
            .is_some_and(|newest| newest.at > measured.at)
        {
            return;
        }
        if measured.power != Power::Offline {
            told.up_before = told.up_at.replace(measured.at);
        } else {
            told.fell_after = told.up_at;
        }
        told.before = told.newest.replace(measured);
        told.came = at;
    }

    /// A reading says that a server that was up, and is only polled, is up for less long than before.
    pub(super) fn restarted(&self, server: usize, read: &Measured) -> bool {
        let known = &self.servers[server];
        let newest = known.told.newest.as_ref();
        let Some(before) = known.told.before.as_ref() else {
            return false;
        };
        let up = before.power.is_up() && read.power.is_up();
        let fell = read.resources.uptime_ms + 10_000 < before.resources.uptime_ms;
        let calm = self.calm_since(server);
        let peace = calm.is_some_and(|calm| calm + CACHE * 2 < before.at);
        let polled = known.live.socket.is_none()
            && known.live.silent_since < before.at
            && known.listed_since < before.at;
        up && fell && peace && polled && newest.is_some_and(|newest| newest.at == read.at)
    }

    /// That is told, or is not for a reason.
    pub(super) fn judge_restart(&mut self, server: usize) {
        self.judge.asked.restarts += 1;
        let at = self.awake();
        if self.servers[server].told.answered != Some(at) {
            self.fail(server, "was restarted unseen, and nothing was said");
        }
    }

    /// Never above half of what the panel grants in any minute.
    pub(super) fn judge_rate(&mut self, panel: usize) {
        let at = self.at;
        let asked = &mut self.watching[panel].asked;
        while asked
            .front()
            .is_some_and(|(when, _)| *when + Duration::from_secs(60) <= at)
        {
            asked.pop_front();
        }
        let count: u32 = asked.iter().map(|(_, pages)| pages).sum();
        let limit = self.panels[panel].limit;
        if count > limit / 2 {
            let words = format!("panel {panel}: {count} requests in a minute, of {limit} granted");
            self.judge.find(at, words);
        }
    }
}
