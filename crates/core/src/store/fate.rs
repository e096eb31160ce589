//! The story of a server's going down and coming up: stopped, crashed, restarted, or as asked.
//!
//! Tells nobody: it says what changed, `alerts` decides who hears of it.

mod log;

use super::reading::Seen;
use crate::{
    alert::{Actor, CrashReport},
    event::Logged,
    history::Cause,
    snapshot::Source,
    time::Now,
};
use log::{Log, newest};
use pterodactyl_client::{PowerSignal, live::Crash};
use std::time::Duration;

/// The node reports a crash and restarts the server within milliseconds of its going down: what is
/// seen live is judged when that is over.
const JUDGED_AFTER: Duration = Duration::from_secs(2);
/// So long is waited for the activity log, where only it can tell a stop from a crash.
const LOG_MAY_TAKE: Duration = Duration::from_secs(4);
/// Somebody restarts it: so long it may be down before that counts as a stop.
pub(super) const RESTARTS_WITHIN: Duration = Duration::from_secs(60);
/// A crash report belongs to a server that went down at most so long before or after it.
const REPORT_COUNTS_FOR: Duration = Duration::from_secs(15);

/// A server that went down may be restarted, or crash again, within such a time.
const LATELY: Duration = Duration::from_secs(120);

/// What a reading changed, as far as anybody may care.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// Was up, is down, nobody stopped it: its node said so.
    Crashed {
        report: Option<CrashReport>,
        /// It is up again already: its node restarted it.
        restarting: bool,
    },
    /// Was up, is down; nothing tells why.
    WentDown,
    /// Somebody else stopped it.
    WasStopped { by: Option<Actor> },
    /// It is known now that somebody stopped it.
    Explained { by: Option<Actor> },
    /// It went up or down because that was asked for here.
    Own,
    /// Is up, but not without having been down.
    Restarted,
    /// Runs again after it was seen down for so long.
    CameBack {
        after: Duration,
        /// That was asked for here.
        own: bool,
    },
    /// It was up before nobody could look, and is down.
    FoundDown,
    /// It was down before nobody could look, and is up.
    FoundUp,
}

/// One reading, as far as the story goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) now: Now,
    /// What was believed before, if anything was.
    pub(super) before: Option<Seen>,
    /// Until when that is known to have held.
    pub(super) held: Option<Now>,
    pub(super) seen: Seen,
    pub(super) source: Source,
    /// The uptime fell since.
    pub(super) restarted: bool,
    /// Our own signal that is under way.
    pub(super) own: Option<PowerSignal>,
    /// It was never looked at before.
    pub(super) first: bool,
}

/// Where a server stands in its story.
#[derive(Debug, Default)]
pub(super) struct Fate {
    pub(super) stopping_since: Option<Now>,
    /// It was told that its stop takes too long.
    pub(super) hang_told: bool,
    /// It went down and nobody here asked.
    pub(super) unasked: bool,
    /// Why it is down.
    pub(super) cause: Option<Cause>,
    /// Why the last reading was as it was, for the record.
    pub(super) noted: Option<Cause>,
    /// Since when it is seen down.
    pub(super) down_since: Option<Now>,
    /// It is on its way up because that was asked for here.
    brought_back: bool,
    /// Our own restart has it starting: that it runs in the end belongs to the same story.
    rising: Option<PowerSignal>,
    fall: Option<Fall>,
    report: Option<(Now, Crash)>,
    log: Log,
    /// How often it changed what it does, as far as that was seen.
    pub(super) moves: u64,
}

/// It went down, and nobody was told yet.
#[derive(Debug, Clone)]
struct Fall {
    at: Now,
    due: Duration,
    live: bool,
    stopped: bool,
    /// It is up again.
    back: bool,
    /// What the log says is of interest from this moment on, in milliseconds since 1970.
    since_ms: i64,
    /// Who stopped it, by the log.
    by: Option<Option<Actor>>,
}

impl Fate {
    /// Takes in one reading.
    pub(super) fn judge(&mut self, step: Step) -> Option<Change> {
        let moved = step.before.is_some_and(|before| before != step.seen);
        self.moves += u64::from(moved || step.restarted);
        let own = step.own.filter(|signal| leads_to(*signal, step.seen));
        let rising = self.rising.take();
        if step.seen == Seen::Starting {
            let restart = own.filter(|signal| *signal == PowerSignal::Restart);
            self.rising = restart.or(rising);
        }
        let risen = rising.filter(|_| step.seen.is_up() && step.before == Some(Seen::Starting));
        let own = own.or(risen);
        self.noted = match (own, step.before) {
            (Some(signal), _) => Some(Cause::Own { signal }),
            (None, None) if step.first => Some(Cause::Found),
            (None, None) => Some(Cause::Unseen),
            (None, Some(_)) => None,
        };
        match step.seen {
            Seen::Stopping => {
                self.stopping_since.get_or_insert(step.now);
                None
            }
            Seen::Starting | Seen::Running => self.up(step, own),
            Seen::Offline => self.down(step, own),
        }
    }

    fn up(&mut self, step: Step, own: Option<PowerSignal>) -> Option<Change> {
        let was_stopping = self.stopping_since.take().is_some();
        self.hang_told = false;
        self.unasked = false;
        self.cause = None;
        self.log.is_up();
        self.brought_back |= own.is_some();
        let mut restarted = step.restarted || (was_stopping && step.before == Some(Seen::Stopping));
        match &mut self.fall {
            Some(fall) if fall.stopped || !fall.live || fall.by.is_some() => {
                self.fall = None;
                self.down_since = None;
                restarted = true;
            }
            Some(fall) => fall.back = true,
            None => {}
        }
        if restarted && step.own.is_none() {
            self.noted = Some(Cause::Restarted);
        }
        if step.seen == Seen::Running
            && self.fall.is_none()
            && let Some(since) = self.down_since.take()
        {
            let after = step.now.since(since);
            let own = std::mem::take(&mut self.brought_back);
            return Some(Change::CameBack { after, own });
        }
        match (restarted, own) {
            (true, Some(_)) => Some(Change::Own),
            (true, None) => Some(Change::Restarted),
            (false, _) => None,
        }
    }

    fn down(&mut self, step: Step, own: Option<PowerSignal>) -> Option<Change> {
        let was_stopping = self.stopping_since.take().is_some();
        self.hang_told = false;
        match step.before {
            None | Some(Seen::Offline) => return None,
            Some(Seen::Running | Seen::Starting | Seen::Stopping) => {}
        }
        self.down_since.get_or_insert(step.now);
        self.brought_back = false;
        if let Some(signal) = own {
            self.cause = Some(Cause::Own { signal });
            self.unasked = false;
            self.fall = None;
            return Some(Change::Own);
        }
        let stopped = was_stopping || step.before == Some(Seen::Stopping);
        self.unasked = !stopped;
        let cause = if stopped {
            Cause::Stopped
        } else {
            Cause::crashed(self.reported(step.now))
        };
        self.cause = Some(cause);
        self.noted = Some(cause);
        self.begin_fall(step, stopped);
        None
    }

    fn begin_fall(&mut self, step: Step, stopped: bool) {
        let live = step.source == Source::Live;
        let since_ms = self.log.want(step.held.unwrap_or(step.now));
        let wait = if live { JUDGED_AFTER } else { LOG_MAY_TAKE };
        // Down again before anybody heard of the first time: still one story.
        let at = self.fall.as_ref().map_or(step.now, |fall| fall.at);
        self.fall = Some(Fall {
            at,
            due: step.now.mono + wait,
            live,
            stopped,
            back: false,
            since_ms,
            by: None,
        });
    }

    /// Whether the activity log is to be read, once for every fall and once more a minute later.
    pub(super) fn wants_log(&mut self, now: Now) -> bool {
        self.log.take_wanted(now)
    }

    /// What the log says, or nothing where it cannot be read.
    pub(super) fn logged(&mut self, now: Now, entries: &[Logged]) -> Option<Change> {
        let stops = [PowerSignal::Stop, PowerSignal::Kill];
        let reported = self.reported(now).is_some();
        if let Some(fall) = &mut self.fall {
            let crashed = reported && !fall.stopped;
            if let Some(entry) = newest(entries, fall.since_ms, &stops) {
                fall.by = Some(entry.actor.clone());
            } else if !crashed && newest(entries, fall.since_ms, &[PowerSignal::Restart]).is_some()
            {
                // A node that reports a crash was not restarting it: the log means a restart before that.
                fall.due = fall.at.mono + RESTARTS_WITHIN;
                return None;
            }
            if !fall.live {
                fall.due = now.mono;
            }
            return None;
        }
        let since_ms = self.log.take_unexplained()?;
        let entry = newest(entries, since_ms, &stops)?;
        self.unasked = false;
        self.cause = Some(Cause::Stopped);
        let by = entry.actor.clone();
        Some(Change::Explained { by })
    }

    /// Judges what was seen going down long enough ago.
    pub(super) fn settle(&mut self, now: Now) -> Option<Change> {
        let fall = self.fall.take_if(|fall| fall.due <= now.mono)?;
        let report = self.reported(now);
        let stopped = fall.stopped || (fall.by.is_some() && report.is_none());
        if stopped {
            self.unasked = false;
            self.cause = Some(Cause::Stopped);
        }
        if fall.back {
            let report = report.map(CrashReport::from);
            return Some(Change::Crashed {
                report,
                restarting: true,
            });
        }
        let named = matches!(fall.by, Some(Some(_)));
        if report.is_none() && !named && (stopped || !fall.live) {
            self.log.ask_again(fall.at, fall.since_ms);
        }
        Some(if stopped {
            let by = fall.by.flatten();
            Change::WasStopped { by }
        } else if fall.live || report.is_some() {
            let report = report.map(CrashReport::from);
            Change::Crashed {
                report,
                restarting: false,
            }
        } else {
            Change::WentDown
        })
    }

    /// It went down a moment ago and nobody was told yet.
    pub(super) fn is_falling(&self) -> bool {
        self.fall.is_some()
    }

    /// It went down so short a time ago that more may be heard of it.
    pub(super) fn fell_lately(&self, now: Now) -> bool {
        self.down_since
            .is_some_and(|since| now.since(since) <= LATELY)
    }

    /// When that ends.
    pub(super) fn lately_until(&self) -> Option<Duration> {
        self.down_since.map(|since| since.mono + LATELY)
    }

    /// When [`Fate::settle`] has something to judge, or the log may say more.
    pub(super) fn due(&self) -> Option<Duration> {
        let fall = self.fall.as_ref().map(|fall| fall.due);
        fall.into_iter().chain(self.log.due()).min()
    }

    /// A signal of ours goes out.
    pub(super) fn own_sent(&mut self, now: Now) {
        self.log.own_sent(now);
    }

    /// The node reported a crash.
    pub(super) fn crashed(&mut self, now: Now, crash: Crash) {
        self.report = Some((now, crash));
        if let Some(fall) = self.fall.as_mut().filter(|fall| !fall.stopped) {
            // The log may have had it wait for a restart.
            fall.due = fall.due.min(now.mono + JUDGED_AFTER);
        }
        if matches!(self.cause, Some(Cause::Crashed { .. })) {
            self.cause = Some(Cause::crashed(Some(crash)));
        }
    }

    fn reported(&self, now: Now) -> Option<Crash> {
        let (at, crash) = self.report?;
        (now.since(at) <= REPORT_COUNTS_FOR).then_some(crash)
    }

    /// Nobody can look for a while. Whether it was just going down is true no longer.
    pub(super) fn suspend(&mut self) -> bool {
        self.stopping_since = None;
        self.hang_told = false;
        self.log.suspend();
        self.rising = None;
        self.fall.take().is_some()
    }

    /// It was looked at again after such a time; what it was before may be known.
    pub(super) fn compare(
        &mut self,
        now: Now,
        before: Option<Seen>,
        seen: Seen,
        own: Option<PowerSignal>,
    ) -> Option<Change> {
        self.moves += u64::from(before != Some(seen));
        self.stopping_since = (seen == Seen::Stopping).then_some(now);
        self.unasked &= before == Some(Seen::Offline) && seen == Seen::Offline;
        if seen != Seen::Offline {
            self.cause = None;
        }
        let change = match before {
            Some(Seen::Running | Seen::Starting | Seen::Stopping) if seen == Seen::Offline => {
                Change::FoundDown
            }
            Some(Seen::Offline) if seen.is_up() => Change::FoundUp,
            Some(_) | None => {
                self.noted = Some(Cause::Away);
                return None;
            }
        };
        let own = own.filter(|signal| leads_to(*signal, seen));
        let cause = own.map_or(Cause::Unseen, |signal| Cause::Own { signal });
        self.noted = Some(cause);
        if seen == Seen::Offline {
            self.cause = Some(cause);
            self.down_since.get_or_insert(now);
        } else {
            self.down_since = None;
        }
        Some(if own.is_some() { Change::Own } else { change })
    }

    /// What a list blocks is nobody's doing.
    pub(super) fn forget(&mut self) {
        *self = Fate {
            moves: self.moves + 1,
            ..Fate::default()
        };
    }
}

/// A server that was sent this signal may well be seen like this.
pub(super) fn leads_to(signal: PowerSignal, seen: Seen) -> bool {
    match signal {
        PowerSignal::Start => seen.is_up(),
        PowerSignal::Stop | PowerSignal::Kill => !seen.is_up(),
        PowerSignal::Restart => true,
    }
}
