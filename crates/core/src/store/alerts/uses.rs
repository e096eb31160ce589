//! How much a server uses for how long, beside what a person finds too much.
//!
//! Off unless a threshold is set. Judges only what was read; a gap begins anew.

use super::{
    super::{State, reading::Reading},
    hush,
    telling::APART,
};
use crate::{
    alert::{Measure, News, Silence, Subject, Usage},
    effect::{Desktop, Effect},
    id::ServerId,
    settings::{AlertRule, Thresholds},
    time::Now,
};
use pterodactyl_client::{Limits, Resources};
use std::time::Duration;

/// It is over when it is so many percent below the threshold.
const HYSTERESIS: f64 = 10.0;
/// Two readings further apart say nothing of the time between.
const GAP: Duration = Duration::from_secs(180);
const MEASURES: [Measure; 3] = [Measure::Cpu, Measure::Memory, Measure::Disk];
const MIB: f64 = 1024.0 * 1024.0;

/// What one server uses too much of.
#[derive(Debug, Default)]
pub(in crate::store) struct Uses {
    above: [Option<Above>; 3],
    last: Option<Now>,
    /// When it was told last.
    told: Option<Now>,
}

#[derive(Debug, Clone, Copy)]
struct Above {
    since: Now,
    percent: f64,
    /// It is so now, and not only until a moment ago.
    still: bool,
    told: bool,
}

impl Above {
    /// It was told, or is to be.
    fn counts(&self, now: Now, wanted: Thresholds) -> bool {
        let long = Duration::from_secs(60 * u64::from(wanted.minutes));
        self.told || (self.still && now.since(self.since) >= long)
    }
}

impl Uses {
    /// Takes in a reading. True when all that was told is over.
    fn read(
        &mut self,
        now: Now,
        used: Option<&Resources>,
        limits: &Limits,
        wanted: Thresholds,
    ) -> bool {
        let before = self.is_told();
        let last = self.last.replace(now);
        let gap = last.is_some_and(|last| now.since(last) > GAP);
        for (place, measure) in self.above.iter_mut().zip(MEASURES) {
            let percent = used.and_then(|used| percent(measure, used, limits));
            let (Some(percent), Some(most)) = (percent, threshold(measure, wanted)) else {
                *place = None;
                continue;
            };
            if gap {
                place.take_if(|above| !above.told);
            }
            place.take_if(|_| percent < most - HYSTERESIS);
            let still = percent >= most;
            if still {
                place.get_or_insert(Above {
                    since: now,
                    percent,
                    still,
                    told: false,
                });
            }
            if let Some(above) = place {
                (above.percent, above.still) = (percent, still);
            }
        }
        before && !self.is_told()
    }

    /// Everything that lasts, where something of it is new and nothing was told a moment ago.
    fn news(&mut self, now: Now, limits: &Limits, wanted: Thresholds) -> Option<News> {
        let places = self.above.iter().flatten();
        let mut fresh = places.filter(|above| !above.told && above.counts(now, wanted));
        let free = self.told.is_none_or(|told| now.since(told) >= APART);
        if !free || fresh.next().is_none() {
            return None;
        }
        self.told = Some(now);
        let mut uses = Vec::new();
        for (place, of) in self.above.iter_mut().zip(MEASURES) {
            if let Some(above) = place.as_mut().filter(|above| above.counts(now, wanted)) {
                above.told = true;
                uses.push(Usage {
                    of,
                    percent: round(above.percent),
                    limited: of != Measure::Cpu || limits.cpu_percent > 0,
                });
            }
        }
        let minutes = u32::from(wanted.minutes);
        Some(News::Above { uses, minutes })
    }

    fn is_told(&self) -> bool {
        self.above.iter().flatten().any(|above| above.told)
    }

    /// Nobody cares any more. True when something was told.
    pub(super) fn close(&mut self) -> bool {
        let told = self.is_told();
        self.above = [None; 3];
        told
    }
}

fn threshold(measure: Measure, wanted: Thresholds) -> Option<f64> {
    let percent = match measure {
        Measure::Cpu => wanted.cpu_percent,
        Measure::Memory => wanted.memory_percent,
        Measure::Disk => wanted.disk_percent,
    };
    percent.map(f64::from)
}

/// Of its limit; of one core where the processor has none.
fn percent(measure: Measure, used: &Resources, limits: &Limits) -> Option<f64> {
    let of = |used: f64, limit: f64| (limit > 0.0).then(|| used / limit * 100.0);
    match measure {
        Measure::Cpu if limits.cpu_percent <= 0 => Some(used.cpu_percent),
        Measure::Cpu => of(used.cpu_percent, float(limits.cpu_percent)),
        Measure::Memory => of(bytes(used.memory_bytes), float(limits.memory_mib) * MIB),
        Measure::Disk => of(bytes(used.disk_bytes), float(limits.disk_mib) * MIB),
    }
}

#[expect(clippy::cast_precision_loss, reason = "percent without decimals")]
fn float(limit: i64) -> f64 {
    limit as f64
}

#[expect(clippy::cast_precision_loss, reason = "percent without decimals")]
fn bytes(bytes: u64) -> f64 {
    bytes as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number that does not fit is cut off, and none is negative"
)]
fn round(percent: f64) -> u32 {
    percent.round() as u32
}

impl State {
    /// A reading came: too much for too long is told, and taken back when it is over.
    pub(in crate::store) fn weigh_use(&mut self, now: Now, id: &ServerId, out: &mut Vec<Effect>) {
        let wanted = self.settings.alerts.thresholds;
        let rule = self.rule_of(id);
        let Some(server) = self.server_mut(id) else {
            return;
        };
        let reading = server.reading.as_ref();
        let up = reading.filter(|reading| reading.seen.is_up());
        let fresh = |reading: &&Reading| {
            let used = reading.used.as_ref();
            used.is_none_or(|(at, _)| *at == reading.at)
        };
        // A change of state brings no figures of its own.
        if up.is_some_and(|reading| !fresh(&reading)) {
            return;
        }
        let used = up.and_then(|reading| reading.used.as_ref().map(|(_, used)| used));
        let limits = server.listed.limits;
        let over = server.uses.read(now, used, &limits, wanted);
        // What is more urgent was told a moment ago.
        let free = server.telling.is_free(now);
        let news = free.then(|| server.uses.news(now, &limits, wanted));
        let name = server.listed.name.clone();
        let about = Subject::Use(id.clone());
        if over {
            out.push(Effect::Desktop(Desktop::Withdraw(about.clone())));
        }
        let Some(news) = news.flatten() else {
            return;
        };
        if rule == AlertRule::Nothing {
            hush(&about, Silence::Rule, out);
        } else {
            self.deliver(now, about, name, news, false, out);
        }
    }
}
