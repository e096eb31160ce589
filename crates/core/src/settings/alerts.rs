//! What a person wants to be told: rules, quiet hours, thresholds and the pause.
//!
//! Decides nothing: the store asks what is chosen here.

use crate::{id::ServerId, time::Now};
use serde::{Deserialize, Serialize};

const MINUTES_OF_A_DAY: u16 = 24 * 60;
/// Thresholds hold at least so many minutes before they are told, and at most.
const THRESHOLD_MINUTES: std::ops::RangeInclusive<u16> = 1..=240;
/// Percent of a limit; processors may be given more than their limit for a moment.
const THRESHOLD_PERCENT: std::ops::RangeInclusive<u16> = 10..=100;

/// Everything about alerts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct AlertSettings {
    /// For servers without a rule of their own.
    pub rule: AlertRule,
    /// Servers with a rule of their own.
    pub servers: Vec<ServerRule>,
    /// When nothing is shown; one summary comes at the end.
    pub quiet: QuietHours,
    /// How much is too much.
    pub thresholds: Thresholds,
    /// Nothing is shown for now; one summary comes at the end.
    pub paused: Option<Pause>,
}

/// What of a server is told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum AlertRule {
    /// Crashes only.
    Crashes,
    /// Crashes, and whenever somebody else stops it; coming back only after such an alert.
    #[default]
    EveryStop,
    /// The same, and whenever it comes back.
    AlsoBack,
    /// Nothing.
    Nothing,
}

impl AlertRule {
    /// Every rule, in the order of menu and window.
    pub const ALL: [AlertRule; 4] = [
        AlertRule::Crashes,
        AlertRule::EveryStop,
        AlertRule::AlsoBack,
        AlertRule::Nothing,
    ];

    /// The name used in JSON and, with dashes, in translation keys.
    pub fn name(self) -> &'static str {
        match self {
            AlertRule::Crashes => "crashes",
            AlertRule::EveryStop => "every_stop",
            AlertRule::AlsoBack => "also_back",
            AlertRule::Nothing => "nothing",
        }
    }
}

/// One server's own rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ServerRule {
    /// Whose.
    pub server: ServerId,
    /// Which.
    pub rule: AlertRule,
}

/// Hours of every day in which nothing is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct QuietHours {
    /// They are kept while they are off.
    pub on: bool,
    /// Minutes since local midnight, 0 to 1439.
    pub from: u16,
    /// The same; earlier than `from` means on the next morning, equal means never.
    pub to: u16,
}

impl Default for QuietHours {
    fn default() -> QuietHours {
        QuietHours {
            on: false,
            from: 23 * 60,
            to: 7 * 60,
        }
    }
}

impl QuietHours {
    /// Whether it is quiet at `now`, by the computer's own time.
    pub fn holds(self, now: Now) -> bool {
        let minute = now.minute_of_day();
        self.on
            && if self.from <= self.to {
                (self.from..self.to).contains(&minute)
            } else {
                minute >= self.from || minute < self.to
            }
    }
}

/// How much is too much, in percent of a server's limit. `None` is off; without a limit there is
/// nothing to compare with, except for the processor, where 100 is one core then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Thresholds {
    /// Percent of the processor limit, 10 to 100.
    pub cpu_percent: Option<u16>,
    /// Percent of the memory limit, 10 to 100.
    pub memory_percent: Option<u16>,
    /// Percent of the disk limit, 10 to 100.
    pub disk_percent: Option<u16>,
    /// How long it has to last, 1 to 240 minutes.
    pub minutes: u16,
}

impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds {
            cpu_percent: None,
            memory_percent: None,
            disk_percent: None,
            minutes: 5,
        }
    }
}

/// How long nothing is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Pause {
    /// Until a moment.
    Until {
        /// Milliseconds since 1970.
        at_ms: i64,
    },
    /// Until somebody ends it.
    UntilResumed,
}

/// How long a person wants a pause to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum PauseLength {
    /// One hour.
    Hour,
    /// Until eight o'clock next morning, local time.
    Tomorrow,
    /// Until somebody ends it.
    UntilResumed,
}

impl AlertSettings {
    /// The rule that holds for a server.
    pub fn rule_of(&self, server: &ServerId) -> AlertRule {
        self.own_rule(server).unwrap_or(self.rule)
    }

    /// The rule that was chosen for this server alone.
    pub fn own_rule(&self, server: &ServerId) -> Option<AlertRule> {
        let own = self.servers.iter().find(|own| own.server == *server);
        own.map(|own| own.rule)
    }

    /// Gives a server a rule of its own, or takes it away.
    pub fn set_rule(&mut self, server: ServerId, rule: Option<AlertRule>) {
        self.servers.retain(|own| own.server != server);
        if let Some(rule) = rule {
            self.servers.push(ServerRule { server, rule });
        }
    }

    pub(super) fn keep_limits(&mut self) {
        for minute in [&mut self.quiet.from, &mut self.quiet.to] {
            *minute = (*minute).min(MINUTES_OF_A_DAY - 1);
        }
        let limits = &mut self.thresholds;
        limits.minutes = limits
            .minutes
            .clamp(*THRESHOLD_MINUTES.start(), *THRESHOLD_MINUTES.end());
        for percent in [
            &mut limits.cpu_percent,
            &mut limits.memory_percent,
            &mut limits.disk_percent,
        ] {
            *percent =
                percent.map(|it| it.clamp(*THRESHOLD_PERCENT.start(), *THRESHOLD_PERCENT.end()));
        }
        let mut known = Vec::new();
        self.servers.retain(|own| {
            let fresh = !known.contains(&own.server);
            known.push(own.server.clone());
            fresh
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn at(hour: i64, minute: i64) -> Now {
        Now {
            mono: Duration::ZERO,
            // Two hours behind: the wall clock is local time less the offset.
            wall_ms: ((hour * 60 + minute) - 120) * 60_000,
            utc_offset: 120,
        }
    }

    #[test]
    fn a_night_goes_over_midnight_in_local_time() {
        let night = QuietHours {
            on: true,
            ..QuietHours::default()
        };
        for (now, quiet) in [
            (at(22, 59), false),
            (at(23, 0), true),
            (at(0, 30), true),
            (at(6, 59), true),
            (at(7, 0), false),
        ] {
            assert_eq!(night.holds(now), quiet, "{now:?}");
        }
        let off = QuietHours::default();
        assert!(!off.holds(at(2, 0)));
        let never = QuietHours {
            on: true,
            from: 60,
            to: 60,
        };
        assert!(!never.holds(at(1, 0)));
    }
}
