//! How panel and nodes behave, all of it injectable. Never applies a rule itself.

use std::time::Duration;

/// Which panel is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// 1.8 to 1.11: unknown servers and application keys are counted, `Bearer` is case-sensitive.
    Pterodactyl1_11,
    /// 1.12.2 to 1.14: two more identifiers, the limit is checked after the key's kind.
    Pterodactyl1_14,
}

/// How panel and nodes behave. `default` is a real 1.11 panel; `quick` the same within milliseconds.
#[derive(Clone, Debug)]
pub struct Rules {
    pub flavour: Flavour,
    /// How long the panel hands out the same resources of a server.
    pub cache_for: Duration,
    /// Requests a user has in one window.
    pub limit_per_minute: u32,
    pub limit_window: Duration,
    /// Everybody without a second factor gets 400.
    pub require_two_factor: bool,
    /// With `Flavour::Pterodactyl1_14`: `identifier` is the `serv_` form.
    pub serv_identifiers: bool,
    /// Added to every answer.
    pub latency: Duration,
    /// This and the next three are taken over by a server when it is added.
    pub boot_takes: Duration,
    pub stop_takes: Duration,
    /// A hanging stop ends in a kill after this long.
    pub stop_gives_up_after: Duration,
    pub crash_restart_after: Duration,
    pub node_refuses_after: Duration,
    pub node_connect_timeout: Duration,
    pub node_timeout: Duration,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            flavour: Flavour::Pterodactyl1_11,
            cache_for: Duration::from_secs(20),
            limit_per_minute: 720,
            limit_window: Duration::from_secs(60),
            require_two_factor: false,
            serv_identifiers: false,
            latency: Duration::ZERO,
            boot_takes: Duration::from_secs(12),
            stop_takes: Duration::from_secs(4),
            stop_gives_up_after: Duration::from_secs(600),
            crash_restart_after: Duration::from_secs(2),
            node_refuses_after: Duration::from_millis(40),
            node_connect_timeout: Duration::from_secs(5),
            node_timeout: Duration::from_secs(15),
        }
    }
}

impl Rules {
    /// For tests that wait for real: nothing cached, booting and stopping in 50 ms, dead nodes in 20 ms, no limit to run into.
    #[must_use]
    pub fn quick() -> Self {
        let moment = Duration::from_millis(50);
        Self {
            cache_for: Duration::ZERO,
            limit_per_minute: 1_000_000,
            boot_takes: moment,
            stop_takes: moment,
            crash_restart_after: moment,
            node_refuses_after: Duration::from_millis(1),
            node_connect_timeout: Duration::from_millis(20),
            node_timeout: Duration::from_millis(20),
            ..Self::default()
        }
    }
}
