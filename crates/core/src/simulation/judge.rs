//! What must hold, looked at after every event.
//!
//! Knows the truth and what is shown; changes neither.

use super::{
    machine::{Cause, Power},
    server::{Measured, Server},
    world::World,
};
use crate::{
    alert::{Alert, News, Silence, Subject},
    condition::{Condition, Standing},
    settings::AlertRule,
    snapshot::Snapshot,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

/// A panel's cache, and the longest an answer is under way beyond it.
const CACHE: Duration = Duration::from_secs(20);
const UNDER_WAY: Duration = Duration::from_secs(31);
/// No signal is under way for longer.
const PENDING: Duration = Duration::from_secs(21 * 60);
/// A fall waits at most for the log, for a restart that the log names, and for the minute between two alerts.
const OWED: Duration = Duration::from_secs(150);
/// A summary waits for its panel to answer, for every server's turn, and no longer.
const SUMMARY: Duration = Duration::from_secs(20 * 60);

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

    /// Looks at what is shown, when it may have changed.
    pub(super) fn judge_shown(&mut self) {
        let soon = self.judge.looked + self.evening.glance_every > self.at;
        if !soon {
            self.judge_shown_now();
        }
    }

    /// The same, however short ago that was done.
    pub(super) fn judge_shown_now(&mut self) {
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
        if newest.power.is_up() {
            return self.fail(server, "shown as down, but the newest reading says up");
        }
        let from = self.at.saturating_sub(window);
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
    pub(super) fn judge_owed(&mut self, server: usize) {
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

    /// Something of a server is told, or is not for a reason.
    fn answer_for(&mut self, about: &Subject) -> Option<usize> {
        let Subject::Server(id) = about else {
            return None;
        };
        let server = self.servers.iter().position(|known| known.id == *id)?;
        let at = self.awake();
        let told = &mut self.servers[server].told;
        told.owed = None;
        told.answered = Some(at);
        Some(server)
    }

    /// Something is not told.
    pub(super) fn judge_hush(&mut self, about: &Subject, why: Silence) {
        *self.judge.hushed.entry(why).or_default() += 1;
        if let Some(server) = self.answer_for(about) {
            self.tell(server, || format!("not told: {why:?}"));
            if why == Silence::Away && self.is_wished_for(server) {
                let at = self.awake();
                self.servers[server].told.promised.get_or_insert(at);
            }
        } else if *about == Subject::Away {
            // A silence holds the summary back, whomever it names.
            let at = self.awake();
            for told in self.servers.iter_mut().map(|server| &mut server.told) {
                if told.promised.take().is_some() {
                    told.answered = Some(at);
                }
            }
        }
    }

    /// Somebody wants to hear of it.
    fn is_wished_for(&self, server: usize) -> bool {
        let settings = self.state.snapshot(self.now()).settings;
        let id = &self.servers[server].id;
        !settings.hidden.contains(id) && settings.alerts.rule_of(id) != AlertRule::Nothing
    }

    /// A summary names what changed while nobody could look.
    fn summarised(&mut self, alert: &Alert) {
        let News::Meanwhile { down, up } = &alert.news else {
            return;
        };
        // It may have been renamed since.
        let bare = |name: &str| name.trim_end_matches('\'').to_owned();
        let named: BTreeSet<String> = down.iter().chain(up).map(|name| bare(name)).collect();
        let at = self.awake();
        let told = |server: &&mut Server| named.contains(&bare(&server.name));
        for server in self.servers.iter_mut().filter(told) {
            server.told.promised = None;
            server.told.answered = Some(at);
        }
    }

    /// Neither a rule nor a silence forbids it. What answers a press is said all the same.
    fn judge_wish(&mut self, alert: &Alert) {
        let news = &alert.news;
        if !news.may_wait() {
            return;
        }
        let now = self.now();
        let settings = self.state.snapshot(now).settings;
        if settings.alerts.paused.is_some() || settings.alerts.quiet.holds(now) {
            let words = format!("told in a silence: {news:?}");
            return self.judge.find(self.at, words);
        }
        let Some(id) = alert.about.server() else {
            return;
        };
        let rule = settings.alerts.rule_of(id);
        let stopped = matches!(news, News::WasStopped { .. });
        if settings.hidden.contains(id)
            || rule == AlertRule::Nothing
            || (stopped && rule == AlertRule::Crashes)
        {
            let words = format!("told against the rule {rule:?}: {news:?}");
            self.judge.find(self.at, words);
        }
    }

    /// How much a server uses is told a minute after everything else that was told of it.
    fn judge_use(&mut self, alert: &Alert) {
        let Subject::Use(id) = &alert.about else {
            return;
        };
        self.judge.asked.uses += 1;
        let Some(server) = self.servers.iter().position(|known| known.id == *id) else {
            return;
        };
        let at = self.at;
        let told = &mut self.servers[server].told;
        let last = told.used.replace(at).into_iter().chain(told.alerted).max();
        if last.is_some_and(|last| at < last + Duration::from_secs(60)) {
            self.fail(server, "its use, told within a minute of something else");
        }
    }

    /// Never more than one alert a server in a minute; what only takes the place of the last one is none.
    fn judge_pace(&mut self, server: usize, alert: &Alert) {
        let answer = matches!(
            alert.news,
            News::ActionFailed { .. } | News::ActionUnseen { .. }
        );
        if alert.goes_on || answer || alert.news.is_answer() {
            return;
        }
        let at = self.at;
        let last = self.servers[server].told.alerted.replace(at);
        if last.is_some_and(|last| at < last + Duration::from_secs(60)) {
            self.fail(server, "a second alert within a minute");
        }
    }

    /// An alert goes out.
    pub(super) fn judge_alert(&mut self, alert: &Alert) {
        self.judge.alerts.push((self.at, alert.clone()));
        self.summarised(alert);
        self.judge_wish(alert);
        self.judge_use(alert);
        let Some(server) = self.answer_for(&alert.about) else {
            return;
        };
        self.judge_pace(server, alert);
        let news = &alert.news;
        self.tell(server, || format!("an alert: {news:?}"));
        let fell = matches!(
            news,
            News::Crashed { .. }
                | News::WentDown { .. }
                | News::CrashedRestarting { .. }
                | News::WasStopped { .. }
        );
        if !fell {
            return;
        }
        self.judge.asked.alerts += 1;
        self.servers[server].told.falls += usize::from(!alert.goes_on);
        let known = &self.servers[server];
        if known.told.falls > known.machine.downs.len() {
            return self.fail(server, "more alerts than it went down");
        }
        // An alert may wait a moment, to see whether the node restarts it.
        let told = &known.told;
        let up_at = told
            .fell_after
            .or(told.up_before)
            .min(told.up_before.or(told.fell_after));
        let Some(up_at) = up_at else {
            return self.fail(server, "an alert although it was never known to be up");
        };
        if !known.machine.downs.iter().any(|(at, _)| *at >= up_at) {
            return self.fail(server, "an alert although it never went down");
        }
        if self.is_own_fall(server) {
            self.fail(server, "an alert for what was asked for here");
        }
    }

    /// Since it was last known to be up, before it was known to be down, only our own signals took it down.
    fn is_own_fall(&self, server: usize) -> bool {
        let known = &self.servers[server];
        let told = &known.told;
        let up_at = told.fell_after.or(told.up_before);
        let up_at = up_at.min(told.up_before.or(told.fell_after));
        let falls = known.machine.downs.iter();
        let mut since = falls
            .filter(|(at, _)| up_at.is_none_or(|up| *at >= up))
            .peekable();
        since.peek().is_some() && !told.unclear && since.all(|(_, cause)| *cause == Cause::Own)
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
