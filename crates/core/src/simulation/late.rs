//! What must be shown in time, and what must be left again.
//!
//! Only judges what nothing disturbed; that no trouble lasts for ever is up to `trouble`.

use super::{
    calm::Calm,
    machine::Power,
    socket::Socket,
    world::{Due, World},
};
use crate::condition::Condition;
use std::time::Duration;

/// A panel's cache.
const CACHE: Duration = Duration::from_secs(20);
/// The way there and back, and a queue of four.
const LATENCY: Duration = Duration::from_secs(2);
/// Over a socket: a second, and the way.
const LIVE: Duration = Duration::from_millis(1300);
/// Lists come every three minutes.
const LIST: Duration = Duration::from_secs(180 + 25);
/// A socket that may be back in seconds is waited for.
const BRIDGE: Duration = Duration::from_secs(15);
/// After so long without a panel nothing is claimed any more.
const AWAY: Duration = Duration::from_secs(400);
/// Between two looks at everything.
const ROUND: Duration = Duration::from_secs(30);

impl World {
    /// A server's power changed: it will be looked at whether that was noticed in time.
    pub(super) fn look_after(&mut self, server: usize) {
        let known = &self.servers[server];
        let changes = known.machine.changes;
        let socket = known.live.socket.as_ref().filter(|socket| socket.tells());
        if let Some(serial) = socket.map(|socket| socket.serial) {
            let live = Some(serial);
            self.queue.put(
                self.at + LIVE,
                Due::Look {
                    server,
                    changes,
                    live,
                },
            );
        }
        let bound = self.poll_bound(server, self.at);
        let live = None;
        self.queue.put(
            self.at + bound,
            Due::Look {
                server,
                changes,
                live,
            },
        );
    }

    fn poll_bound(&self, server: usize, since: Duration) -> Duration {
        let panel = self.servers[server].panel;
        self.watching[panel].slowest(since) + CACHE + LATENCY
    }

    /// Since when nothing disturbs it; `None` while something does.
    pub(super) fn calm_since(&self, server: usize) -> Option<Duration> {
        let known = &self.servers[server];
        let calms = [
            &known.calm,
            &self.panels[known.panel].calm,
            &self.nodes[known.node].calm,
            &self.computer,
        ];
        let since: Option<Vec<Duration>> =
            calms.into_iter().map(|calm| calm.since(self.at)).collect();
        since?.into_iter().max()
    }

    pub(super) fn look(&mut self, server: usize, changes: u64, live: Option<u64>) {
        let known = &self.servers[server];
        let since = known.machine.since;
        if known.machine.changes != changes || known.gone.is_some() || self.is_blocked(server) {
            return;
        }
        let settled = known.listed_since + LIST + self.poll_bound(server, since) + LATENCY;
        let calm = self.calm_since(server).is_some_and(|calm| calm <= since);
        if !calm || (settled > self.at && known.listed_since > Duration::ZERO) {
            return;
        }
        match live {
            Some(_) => self.judge.asked.live += 1,
            None => self.judge.asked.polled += 1,
        }
        self.judge_shown_now();
        if self.shows_truth(server) {
            return;
        }
        let known = &self.servers[server];
        let socket = known.live.socket.as_ref();
        if let Some(serial) = live {
            let same = |socket: &Socket| socket.serial == serial && socket.tells();
            if socket.is_some_and(same) {
                self.fail(
                    server,
                    "its change was told over a socket, and is not shown within 1 s",
                );
            }
            return;
        }
        let bound = self.poll_bound(server, since);
        let from = since.max(known.live.silent_since + BRIDGE);
        if from + bound > self.at {
            let look = Due::Look {
                server,
                changes,
                live,
            };
            return self.queue.put(from + bound, look);
        }
        self.fail(server, "its change is not shown within period and cache");
    }

    pub(super) fn is_blocked(&self, server: usize) -> bool {
        let known = &self.servers[server];
        known.block(self.nodes[known.node].maintenance).is_some()
    }

    /// The word shown is one for what really is.
    fn shows_truth(&self, server: usize) -> bool {
        let known = &self.servers[server];
        let shown = known.told.shown;
        if let Some(block) = known.block(self.nodes[known.node].maintenance) {
            return shown == Some(block);
        }
        let words: &[Condition] = match known.machine.power {
            Power::Offline => &[Condition::Offline, Condition::Crashed],
            Power::Starting => &[Condition::Starting],
            Power::Running => &[Condition::Running],
            Power::Stopping => &[Condition::Stopping, Condition::StillStopping],
        };
        shown.is_some_and(|shown| words.contains(&shown))
    }

    /// Looks at everything: nothing may be shown longer than its reason lasts.
    pub(super) fn rounds(&mut self) {
        self.queue.put(self.at + ROUND, Due::Rounds);
        let any = self.dice.below(self.servers.len());
        self.judge_history(any);
        let snapshot = self.state.snapshot(self.now());
        for server in 0..self.servers.len() {
            let word = snapshot.server(&self.servers[server].id);
            let word = word.map(|shown| shown.condition);
            let shown = word.is_some();
            if !shown && self.servers[server].gone.is_some() {
                // Of what is gone from the panel nothing more is told.
                self.servers[server].told.owed = None;
            }
            self.judge_away(server);
            self.judge_owed(server);
            if let Some(word) = word {
                self.judge_age(server, word);
            }
            let Some(calm) = self.calm_since(server) else {
                continue;
            };
            let known = &self.servers[server];
            if let Some(gone) = known.gone {
                if shown && self.at > calm.max(gone) + LIST {
                    self.fail(server, "is gone from the panel and still shown");
                }
                continue;
            }
            let bound = LIST + self.poll_bound(server, known.machine.since) + LATENCY;
            let from = calm.max(known.listed_since);
            if self.at <= from + bound || self.at <= known.machine.since + bound {
                continue;
            }
            self.judge.asked.settled += 1;
            let known = &self.servers[server];
            if !shown {
                self.fail(server, "is on the panel and not shown");
            } else if !self.shows_truth(server) {
                let word = known.told.shown.map_or("nothing", Condition::name);
                let words = format!("nothing is wrong, and it is still shown as {word}");
                self.fail(server, &words);
            }
        }
    }

    /// After a sleep nothing is left to its turn: everything is looked at anew.
    pub(super) fn judge_waking(&mut self, woke: Duration) {
        for server in 0..self.servers.len() {
            let known = &self.servers[server];
            // A panel that wants to be left alone is, for as long as it said by the computer's clock.
            if self.watching[known.panel].hushed_lately(self.now().mono) {
                continue;
            }
            let node = &self.nodes[known.node];
            let calms = [&known.calm, &self.panels[known.panel].calm, &node.calm];
            let calm = |calm: &&Calm| calm.since(self.at).is_some_and(|since| since < woke);
            let settled = known.listed_since + LIST < woke && known.gone.is_none();
            let offline = self.offline > 0 || self.online_since >= woke;
            let troubled = offline || node.shut.is_some() || self.is_blocked(server);
            if troubled || !settled || !calms.iter().all(calm) {
                continue;
            }
            self.judge.asked.woken += 1;
            let newest = self.servers[server].told.newest.as_ref();
            if newest.is_none_or(|newest| newest.at + CACHE < woke) {
                self.fail(server, "was not looked at for half a minute after a sleep");
            }
        }
    }

    /// A word that somebody read is not shown for longer than what was read may be believed.
    fn judge_age(&mut self, server: usize, word: Condition) {
        use Condition::{Crashed, Offline, Running, Starting, StillStopping, Stopping};
        let read = [Crashed, Offline, Running, Starting, StillStopping, Stopping];
        let known = &self.servers[server];
        if !read.contains(&word) || known.live.socket.is_some() || self.drowsy {
            return;
        }
        let newest = known.told.newest.as_ref().map(|newest| newest.at);
        // How long a slow panel took to answer nobody can tell from how old its copy was: an answer counts from when it
        // came.
        let newest = newest.max(Some(known.told.came.saturating_sub(CACHE)));
        let since = newest.unwrap_or_default().max(known.live.silent_since);
        // Of a sleep that no clock shows nobody can know; it makes no reading older than it was.
        let since = since.max(self.woke_unseen);
        let believed = self.watching[known.panel].slowest(since) * 2 + CACHE;
        if self.at > since + believed + CACHE + LATENCY {
            self.fail(server, "is claimed longer than its reading is believed");
        }
    }

    /// An hour of figures and fifty changes, whatever the clock does.
    fn judge_history(&mut self, server: usize) {
        let history = self.state.history(&self.servers[server].id);
        let Some(history) = history else {
            return;
        };
        let sorted = history.points.is_sorted_by(|a, b| a.at_ms < b.at_ms);
        if history.points.len() > 361 || history.changes.len() > 50 || !sorted {
            self.fail(server, "its history has no bounds");
        }
    }

    /// Nothing is claimed of a panel that has been away for minutes, but what sockets tell.
    fn judge_away(&mut self, server: usize) {
        let known = &self.servers[server];
        let away = self.panels[known.panel].away_since;
        let asleep = self.asleep.is_some() || self.drowsy;
        // It may have gone during a sleep of which nobody can know.
        let since = away.max(Some(self.woke_unseen));
        if away.is_none() || asleep || since.is_none_or(|since| self.at < since + AWAY) {
            return;
        }
        let heard = known.live.socket.is_some()
            || known.live.silent_since + Duration::from_secs(60) > self.at;
        let word = known.told.shown;
        if heard || known.gone.is_some() || word.is_none() {
            return;
        }
        self.judge.asked.away += 1;
        if word != Some(Condition::Unknown) {
            self.fail(
                server,
                "its panel has been away for minutes, and it is still claimed",
            );
        }
    }
}
