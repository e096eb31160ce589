//! How much a server uses for how long, beside what a person finds too much.
//!
//! Off unless a threshold is set. Judges only what was read; a gap begins anew.

use super::{
    super::{State, reading::Reading},
    hush,
};
use crate::{
    alert::{Measure, News, Silence, Subject},
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
}

#[derive(Debug, Clone, Copy)]
struct Above {
    since: Now,
    told: bool,
}

/// What a reading changed.
#[derive(Debug, Default, PartialEq, Eq)]
struct Changed {
    above: Vec<News>,
    below: bool,
}

impl Uses {
    fn read(
        &mut self,
        now: Now,
        used: Option<&Resources>,
        limits: &Limits,
        wanted: Thresholds,
    ) -> Changed {
        let gap = self
            .last
            .replace(now)
            .is_some_and(|last| now.since(last) > GAP);
        let mut changed = Changed::default();
        for (place, measure) in self.above.iter_mut().zip(MEASURES) {
            let percent = used.and_then(|used| percent(measure, used, limits));
            let (Some(percent), Some(most)) = (percent, threshold(measure, wanted)) else {
                changed.below |= place.take().is_some_and(|above| above.told);
                continue;
            };
            if gap {
                place.take_if(|above| !above.told);
            }
            if percent >= most {
                place.get_or_insert(Above {
                    since: now,
                    told: false,
                });
            } else if percent < most - HYSTERESIS {
                changed.below |= place.take().is_some_and(|above| above.told);
            }
            let lasting = |above: &&mut Above| {
                !above.told
                    && percent >= most
                    && now.since(above.since) >= Duration::from_secs(60 * u64::from(wanted.minutes))
            };
            if let Some(above) = place.as_mut().filter(lasting) {
                above.told = true;
                changed.above.push(News::Above {
                    of: measure,
                    percent: round(percent),
                    minutes: u32::from(wanted.minutes),
                });
            }
        }
        changed
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
        let changed = server.uses.read(now, used, &server.listed.limits, wanted);
        let name = server.listed.name.clone();
        if changed.below {
            out.push(Effect::Desktop(Desktop::Withdraw(Subject::Use(id.clone()))));
        }
        for news in changed.above {
            let about = Subject::Use(id.clone());
            if rule == AlertRule::Nothing {
                hush(&about, Silence::Rule, out);
            } else {
                self.deliver(now, about, name.clone(), news, false, out);
            }
        }
    }
}
