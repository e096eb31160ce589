//! Numbers a busy game server could show: smooth, moving, the same on every run. Never reads a clock.

use std::f64::consts::TAU;
use std::time::Duration;

use crate::ids::Stream;
use crate::power::PowerState;
use crate::server::Limits;

const MIB: f64 = 1_048_576.0;

/// What a server uses at one moment, in the units of the resources call.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Gauges {
    pub(crate) memory_bytes: u64,
    /// Percent, 100 is one core; at most three decimals.
    pub(crate) cpu_absolute: f64,
    pub(crate) disk_bytes: u64,
    pub(crate) network_rx_bytes: u64,
    pub(crate) network_tx_bytes: u64,
    pub(crate) uptime: Duration,
}

/// Reads the gauges of the server `uuid`; an `uptime` of `None` is an offline server.
pub(crate) fn read(
    uuid: &str,
    limits: &Limits,
    state: PowerState,
    uptime: Option<Duration>,
) -> Gauges {
    let mut own = Stream::of(uuid);
    let disk_size = or_default(limits.disk, 20_480) * MIB;
    let disk_bytes = (disk_size * (0.15 + 0.6 * own.fraction())) as u64;
    let Some(up) = uptime else {
        return Gauges {
            memory_bytes: 0,
            cpu_absolute: 0.0,
            disk_bytes,
            network_rx_bytes: 0,
            network_tx_bytes: 0,
            uptime: Duration::ZERO,
        };
    };
    let seconds = up.as_secs_f64();
    let warm = 1.0 - (-seconds / 25.0).exp();
    let load = load(&mut own, seconds);
    let cpu = match state {
        PowerState::Starting => 0.85,
        PowerState::Stopping => 0.1,
        PowerState::Running | PowerState::Offline => load,
    } * or_default(limits.cpu, 200);
    let memory_share = (0.35 + 0.35 * own.fraction() + 0.08 * wave(seconds, 97.0)) * warm;
    let receives = 4_000.0 + 60_000.0 * own.fraction();
    Gauges {
        memory_bytes: (or_default(limits.memory, 4_096) * MIB * memory_share.max(0.01)) as u64,
        cpu_absolute: (cpu * 1000.0).round() / 1000.0,
        disk_bytes,
        network_rx_bytes: flow(receives, seconds),
        network_tx_bytes: flow(receives * 3.5, seconds),
        uptime: up,
    }
}

/// A limit of 0 means none: something believable stands in for it.
fn or_default(limit: u32, otherwise: u32) -> f64 {
    f64::from(if limit == 0 { otherwise } else { limit })
}

/// A share of the CPU limit between a few and about 80 percent.
fn load(own: &mut Stream, seconds: f64) -> f64 {
    let level = 0.15 + 0.4 * own.fraction();
    let slow = wave(seconds, 61.0 + 30.0 * own.fraction());
    let quick = wave(seconds, 7.0 + 5.0 * own.fraction());
    (level + 0.12 * slow + 0.06 * quick).clamp(0.02, 0.8)
}

fn wave(seconds: f64, period: f64) -> f64 {
    (TAU * seconds / period).sin()
}

/// Bytes after `seconds` at a rate that swings around `rate` and is never negative, so the sum only grows.
fn flow(rate: f64, seconds: f64) -> u64 {
    const PERIOD: f64 = 45.0;
    let swing = PERIOD / TAU * (1.0 - (TAU * seconds / PERIOD).cos());
    (rate * (seconds + 0.8 * swing)) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Gauges {
        let up = Duration::from_secs(seconds);
        read("uuid", &Limits::default(), PowerState::Running, Some(up))
    }

    #[test]
    fn an_offline_server_uses_only_disk() {
        let gauges = read("uuid", &Limits::default(), PowerState::Offline, None);
        assert!(gauges.disk_bytes > 0);
        assert_eq!(gauges.memory_bytes + gauges.network_rx_bytes, 0);
        assert_eq!(gauges.uptime, Duration::ZERO);
    }

    #[test]
    fn traffic_only_grows_and_the_rest_stays_within_the_limits() {
        let limits = Limits::default();
        for second in 1..600 {
            assert!(at(second).network_rx_bytes >= at(second - 1).network_rx_bytes);
            assert!(at(second).memory_bytes <= u64::from(limits.memory) * 1_048_576);
            assert!(at(second).cpu_absolute > 0.0);
            assert!(at(second).cpu_absolute <= f64::from(limits.cpu));
        }
    }

    #[test]
    fn the_numbers_move_and_are_the_same_every_time() {
        assert_eq!(at(30), at(30));
        assert_ne!(at(30).cpu_absolute, at(31).cpu_absolute);
    }
}
