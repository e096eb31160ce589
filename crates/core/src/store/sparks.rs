//! Sparklines: the last half hour of every server in a few small numbers.
//!
//! Changes nothing; kept out of the snapshot, which is sent four times a second.

use super::{State, server::Server, trail::Load};
use crate::{
    history::{Sparkline, Sparklines},
    id::ServerId,
    time::Now,
};

/// How many points a sparkline has.
const POINTS: usize = 60;
const EVERY_MS: i64 = 30_000;
const MIB: f32 = 1024.0 * 1024.0;

impl State {
    /// One for each server that is listed.
    pub(super) fn sparklines(&self, now: Now) -> Sparklines {
        let servers = self.panels.iter().flat_map(|(panel, known)| {
            known.servers.iter().map(|(uuid, server)| {
                let id = ServerId {
                    panel: panel.clone(),
                    uuid: uuid.clone(),
                };
                sparkline(now, id, server)
            })
        });
        Sparklines {
            every_ms: EVERY_MS,
            servers: servers.collect(),
        }
    }
}

fn sparkline(now: Now, server: ServerId, known: &Server) -> Sparkline {
    let mut loads: [Mean; POINTS] = std::array::from_fn(|_| Mean::default());
    let newest = now.wall_ms.div_euclid(EVERY_MS);
    for load in known.trail.loads() {
        let ago = newest - load.at_ms.div_euclid(EVERY_MS);
        let place = usize::try_from(ago)
            .ok()
            .and_then(|ago| POINTS.checked_sub(ago + 1));
        if let Some(place) = place {
            loads[place].add(&load);
        }
    }
    let limits = &known.listed.limits;
    Sparkline {
        server,
        cpu: percents(&loads, limits.cpu_percent, 1.0, |mean| mean.cpu),
        memory: percents(&loads, limits.memory_mib, MIB, |mean| mean.memory),
    }
}

/// The mean of what was read in the time of one point.
#[derive(Debug, Default)]
struct Mean {
    count: f32,
    cpu: f32,
    memory: f32,
}

impl Mean {
    fn add(&mut self, load: &Load) {
        self.count += 1.0;
        self.cpu += load.cpu;
        self.memory += load.memory;
    }
}

/// Each as a share of what is allowed; of the largest one when nothing limits it.
fn percents(means: &[Mean], limit: i64, unit: f32, sum: impl Fn(&Mean) -> f32) -> Vec<Option<u8>> {
    let values: Vec<Option<f32>> = means
        .iter()
        .map(|mean| (mean.count > 0.0).then(|| sum(mean) / mean.count))
        .collect();
    let largest = values.iter().flatten().copied().fold(0.0, f32::max);
    #[expect(clippy::cast_precision_loss, reason = "drawn a few pixels high")]
    let limit = limit as f32 * unit;
    let whole = if limit > 0.0 { limit } else { largest };
    let percent = |value: f32| {
        let share = if whole > 0.0 { value / whole } else { 0.0 };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 100"
        )]
        let percent = (share * 100.0).clamp(0.0, 100.0) as u8;
        percent
    };
    values.into_iter().map(|value| value.map(percent)).collect()
}
