//! What must hold of all that is shown: the words, the signals under way, and that a fall is spoken of.
//!
//! Shows nothing: it compares a snapshot with the truth.

use super::CACHE;
use crate::{
    condition::{Condition, Standing},
    simulation::{machine::Power, world::World},
    snapshot::Snapshot,
};
use std::time::Duration;

/// The longest an answer is under way beyond a panel's cache.
const UNDER_WAY: Duration = Duration::from_secs(31);
/// No signal is under way for longer.
const PENDING: Duration = Duration::from_secs(21 * 60);
/// A fall waits at most for the log, for a restart that the log names, and for the minute between two alerts.
const OWED: Duration = Duration::from_secs(150);
/// A summary waits for its panel to answer, for every server's turn, and no longer.
const SUMMARY: Duration = Duration::from_secs(20 * 60);

impl World {
    /// Looks at what is shown, when it may have changed.
    pub(in crate::simulation) fn judge_shown(&mut self) {
        let soon = self.judge.looked + self.evening.glance_every > self.at;
        if !soon {
            self.judge_shown_now();
        }
    }

    /// The same, however short ago that was done.
    pub(in crate::simulation) fn judge_shown_now(&mut self) {
        if !self.judge.stale || self.judge.finding.is_some() {
            return;
        }
        self.judge.stale = false;
        self.judge.looked = self.at;
        let snapshot = self.state.snapshot(self.now());
        self.judge_words(&snapshot);
        self.judge_pending(&snapshot);
    }

    fn judge_words(&mut self, snapshot: &Snapshot) {
        for (panel, shown) in snapshot.panels.iter().enumerate() {
            for server in &shown.servers {
                let number = self.numbers.get(&(panel, server.id.uuid.clone())).copied();
                let Some(number) = number else {
                    continue;
                };
                let before = self.servers[number].told.shown.replace(server.condition);
                if before != Some(server.condition) {
                    self.note_fall(number, before, server.condition);
                    self.judge.seen.insert(server.condition);
                    let word = server.condition.name();
                    self.tell(number, || format!("is shown as {word}"));
                    self.judge_word(number, server.condition);
                }
            }
        }
    }

    fn judge_word(&mut self, server: usize, word: Condition) {
        if !matches!(word, Condition::Offline | Condition::Crashed) {
            return;
        }
        self.judge.asked.down += 1;
        let known = &self.servers[server];
        let slowest = self.watching[known.panel].slowest(self.at);
        let Some(newest) = &known.told.newest else {
            return self.fail(server, "shown as down without any reading");
        };
        let window = CACHE * 2 + UNDER_WAY + slowest * 2;
        // What is polled right after a socket may be older than what that told, for all that anybody can know.
        let live = known.told.before.as_ref();
        let doubtful = newest.at < known.live.silent_since + CACHE
            && live.is_some_and(|live| live.power == Power::Offline);
        if newest.power.is_up() && !doubtful {
            return self.fail(server, "shown as down, but the newest reading says up");
        }
        // Of a sleep that no clock shows nobody can know: what was read before it is shown as if it had not been.
        let unseen = self.woke_unseen > Duration::ZERO && self.woke_unseen + window > self.at;
        let from = if unseen { self.fell_asleep } else { self.at };
        let from = from.saturating_sub(window);
        if !known.machine.was_down_since(from) {
            return self.fail(server, "shown as down, and was not for a long time");
        }
        if word == Condition::Crashed && self.is_own_fall(server) {
            self.fail(server, "shown as crashed, and was taken down from here");
        }
    }

    fn judge_pending(&mut self, snapshot: &Snapshot) {
        for (panel, shown) in snapshot.panels.iter().enumerate() {
            for server in &shown.servers {
                let Some(number) = self.numbers.get(&(panel, server.id.uuid.clone())).copied()
                else {
                    continue;
                };
                // While the computer sleeps nobody waits.
                let at = self.awake();
                let told = &mut self.servers[number].told;
                let Some(pending) = server.pending else {
                    told.pending = None;
                    continue;
                };
                let since = match told.pending {
                    Some((same, since)) if same == pending => since,
                    Some(_) | None => at,
                };
                told.pending = Some((pending, since));
                if at > since + PENDING {
                    self.fail(number, "a signal is under way for ever");
                }
            }
        }
    }

    /// It is shown as down since now: that is told, or is not for a reason.
    fn note_fall(&mut self, server: usize, before: Option<Condition>, word: Condition) {
        let up = |word: Condition| {
            use Condition::{Running, Starting, StillStopping, Stopping};
            matches!(word, Running | Starting | Stopping | StillStopping)
        };
        let down = matches!(word, Condition::Offline | Condition::Crashed);
        let at = self.awake();
        // Where glances are rare, the next one comes with the next event, which may be the next round.
        let glance = self.evening.glance_every * 30;
        let told = &mut self.servers[server].told;
        let unanswered =
            told.answered.is_none_or(|answered| answered + glance < at) && told.promised.is_none();
        if up(word) {
            told.was_up = true;
        } else if down {
            if std::mem::take(&mut told.was_up) && unanswered {
                told.owed = Some(at);
                self.judge.asked.unseen += u32::from(!before.is_some_and(up));
            }
        } else {
            // While nothing is known, nothing is owed; what blocks it is what is shown now.
            let owed = told.owed.take().is_some();
            told.was_up = word.standing() == Standing::Unknown && (told.was_up || owed);
        }
    }

    /// A fall that is shown was neither told nor kept back for a reason, for longer than anything waits.
    pub(in crate::simulation) fn judge_owed(&mut self, server: usize) {
        let at = self.awake();
        let owed = self.servers[server].told.owed;
        if owed.is_some_and(|since| at > since + OWED) {
            self.fail(server, "went down, and that was neither told nor hushed");
        }
        let promised = self.servers[server].told.promised;
        if promised.is_some_and(|since| at > since + SUMMARY) {
            self.fail(
                server,
                "changed while nobody could look, and no summary told",
            );
        }
    }
}
