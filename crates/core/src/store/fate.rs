//! The story of a server's going down and coming up: stopped, crashed, restarted, or as asked.
//!
//! Tells nobody: it says what changed, `alerts` decides who hears of it.

use super::reading::Seen;
use crate::{history::Cause, snapshot::Source, time::Now};
use pterodactyl_client::{PowerSignal, live::Crash};
use std::time::Duration;

/// The node reports a crash and restarts the server within milliseconds of its going down: what is
/// seen live is judged when that is over.
const JUDGED_AFTER: Duration = Duration::from_secs(2);
/// A crash report belongs to a server that went down at most so long before or after it.
const REPORT_COUNTS_FOR: Duration = Duration::from_secs(15);

/// What a reading changed, as far as anybody may care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// Was up, is down, no stop seen, nobody here asked.
    WentDown { crash: Option<Crash> },
    /// The same, but it is up again already: its node restarted it.
    CrashedRestarting { crash: Option<Crash> },
    /// Was seen stopping, is down, nobody here asked.
    WasStopped,
    /// Is up, but not without having been down.
    Restarted,
    /// Runs again after an alert said that it was down.
    CameBack { after: Duration },
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
    /// It went down and nobody here asked.
    pub(super) unasked: bool,
    /// Why it is down.
    pub(super) cause: Option<Cause>,
    /// Why the last reading was as it was, for the record.
    pub(super) noted: Option<Cause>,
    /// When an alert said that it is down.
    pub(super) told_down: Option<Now>,
    fall: Option<Fall>,
    report: Option<(Now, Crash)>,
}

/// It went down, and nobody was told yet.
#[derive(Debug, Clone, Copy)]
struct Fall {
    at: Now,
    due: Duration,
    stopped: bool,
    /// It is up again.
    back: bool,
}

impl Fate {
    /// Takes in one reading.
    pub(super) fn judge(&mut self, step: Step) -> Option<Change> {
        let own = step.own.filter(|signal| leads_to(*signal, step.seen));
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
            Seen::Starting | Seen::Running => self.up(step),
            Seen::Offline => self.down(step),
        }
    }

    fn up(&mut self, step: Step) -> Option<Change> {
        let was_stopping = self.stopping_since.take().is_some();
        self.unasked = false;
        self.cause = None;
        let mut restarted = step.restarted || (was_stopping && step.before == Some(Seen::Stopping));
        match &mut self.fall {
            Some(fall) if fall.stopped => {
                self.fall = None;
                restarted = true;
            }
            Some(fall) => fall.back = true,
            None => {}
        }
        if restarted && step.own.is_none() {
            self.noted = Some(Cause::Restarted);
        }
        if step.seen == Seen::Running
            && let Some(told) = self.told_down.take()
        {
            let after = step.now.since(told);
            return Some(Change::CameBack { after });
        }
        restarted.then_some(Change::Restarted)
    }

    fn down(&mut self, step: Step) -> Option<Change> {
        let was_stopping = self.stopping_since.take().is_some();
        match step.before {
            None | Some(Seen::Offline) => return None,
            Some(Seen::Running | Seen::Starting | Seen::Stopping) => {}
        }
        if let Some(signal) = step.own.filter(|signal| leads_to(*signal, step.seen)) {
            self.cause = Some(Cause::Own { signal });
            self.unasked = false;
            self.fall = None;
            return None;
        }
        let stopped = was_stopping || step.before == Some(Seen::Stopping);
        self.unasked = !stopped;
        let crash = self.reported(step.now);
        let cause = if stopped {
            Cause::Stopped
        } else {
            Cause::crashed(crash)
        };
        self.cause = Some(cause);
        self.noted = Some(cause);
        if step.source == Source::Live {
            // Down again before anybody heard of the first time: still one story.
            let at = self.fall.map_or(step.now, |fall| fall.at);
            self.fall = Some(Fall {
                at,
                due: step.now.mono + JUDGED_AFTER,
                stopped,
                back: false,
            });
            return None;
        }
        self.told_down = Some(step.now);
        Some(if stopped {
            Change::WasStopped
        } else {
            Change::WentDown { crash }
        })
    }

    /// Judges what was seen going down long enough ago.
    pub(super) fn settle(&mut self, now: Now) -> Option<Change> {
        let fall = self.fall.take_if(|fall| fall.due <= now.mono)?;
        let crash = self.reported(now);
        if fall.back {
            return Some(Change::CrashedRestarting { crash });
        }
        self.told_down = Some(fall.at);
        Some(if fall.stopped {
            Change::WasStopped
        } else {
            Change::WentDown { crash }
        })
    }

    /// When [`Fate::settle`] has something to judge.
    pub(super) fn due(&self) -> Option<Duration> {
        self.fall.map(|fall| fall.due)
    }

    /// The node reported a crash.
    pub(super) fn crashed(&mut self, now: Now, crash: Crash) {
        self.report = Some((now, crash));
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
        self.stopping_since = (seen == Seen::Stopping).then_some(now);
        self.unasked &= before == Some(Seen::Offline) && seen == Seen::Offline;
        if seen != Seen::Offline {
            self.cause = None;
        }
        let change = match before {
            Some(Seen::Running | Seen::Starting) if seen == Seen::Offline => Change::FoundDown,
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
        } else {
            self.told_down = None;
        }
        own.is_none().then_some(change)
    }

    /// What a list blocks is nobody's doing.
    pub(super) fn forget(&mut self) {
        let told_down = self.told_down.take();
        *self = Fate {
            told_down,
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
