//! How panel and nodes behave, all of it injectable. Never applies a rule itself.

use std::time::Duration;

use crate::node::Manners;
use crate::words;

/// Which panel is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// 1.8 to 1.11: unknown servers and application keys are counted, `Bearer` is case-sensitive.
    Pterodactyl1_11,
    /// 1.12.2 to 1.14: two more identifiers, the limit is checked after the key's kind.
    Pterodactyl1_14,
    /// Pelican v1.0.0-beta33: other account fields, `missing` for a dead node, 204 for any command (REFERENCE 12.1, 17).
    Pelican,
}

impl Flavour {
    /// The limit comes after the server lookup and the key's kind, and tokens for the websocket are rationed per server.
    pub(crate) fn is_newer(self) -> bool {
        self != Self::Pterodactyl1_11
    }

    pub(crate) fn has_serv_identifiers(self) -> bool {
        self == Self::Pterodactyl1_14
    }

    pub(crate) fn is_pelican(self) -> bool {
        self == Self::Pelican
    }
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
    /// The panel's URL as its admin has it configured: the issuer of tokens, and the Origin that nodes take. `None` is
    /// where it listens.
    pub public_url: Option<String>,
    /// How many seconds pass in the world while one passes outside. Read once, when the panel starts.
    pub clock: f64,
    /// Pelican only: empty descriptions are left out altogether.
    pub hides_descriptions: bool,
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
    /// What nodes run that say nothing else themselves.
    pub manners: Manners,
    /// Websocket tokens that a server gives to everybody together in one `throttle_window`; since 1.12.
    pub tokens_per_minute: u32,
    /// Schedules that may be made for a server in the same window; since 1.12.
    pub schedules_per_minute: u32,
    pub throttle_window: Duration,
    /// From issue to expiry. Whole seconds become whole numbers in the token, anything else fractions.
    pub token_lives: Duration,
    /// How often a node looks at a socket's token, counted from the connection.
    pub token_check: Duration,
    /// `token expiring` is said when this or less is left.
    pub token_warns: Duration,
    /// How long a node works on an `auth`; frames that come meanwhile meet an unauthenticated socket (REFERENCE 15.17).
    pub auth_takes: Duration,
    /// Wings 1.13 drops a socket that has not authenticated by then.
    pub auth_deadline: Duration,
    pub stats_every: Duration,
    /// Sockets a server may have on Wings 1.12 and newer.
    pub socket_cap: usize,
    /// Largest frame that Wings 1.12 and newer take.
    pub frame_bytes: usize,
    /// Wings-rs pings this often.
    pub ping_every: Duration,
    /// How late the panel hears of what was done on a websocket (REFERENCE 16.12).
    pub activity_takes: Duration,
    /// How long backing up and restoring take.
    pub backup_takes: Duration,
    /// Backups that may be made in one `backup_window`.
    pub backups_per_window: u32,
    pub backup_window: Duration,
    /// Restores that may be begun in one `restore_window`; since 1.12.
    pub restores_per_window: u32,
    pub restore_window: Duration,
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
            public_url: None,
            clock: 1.0,
            hides_descriptions: false,
            latency: Duration::ZERO,
            boot_takes: Duration::from_secs(12),
            stop_takes: Duration::from_secs(4),
            stop_gives_up_after: Duration::from_secs(600),
            crash_restart_after: Duration::from_secs(2),
            node_refuses_after: Duration::from_millis(40),
            node_connect_timeout: Duration::from_secs(5),
            node_timeout: Duration::from_secs(15),
            manners: Manners::Wings1_11,
            tokens_per_minute: 5,
            schedules_per_minute: 2,
            throttle_window: Duration::from_secs(60),
            token_lives: Duration::from_secs(600),
            token_check: Duration::from_secs(30),
            token_warns: Duration::from_secs(60),
            auth_takes: Duration::from_millis(1),
            auth_deadline: Duration::from_secs(30),
            stats_every: Duration::from_secs(1),
            socket_cap: 30,
            frame_bytes: 4_096,
            ping_every: Duration::from_secs(30),
            activity_takes: Duration::from_secs(60),
            backup_takes: Duration::from_secs(2),
            backups_per_window: 2,
            backup_window: Duration::from_secs(600),
            restores_per_window: 3,
            restore_window: Duration::from_secs(900),
        }
    }
}

impl Rules {
    /// A real 1.14 panel with the newest nodes.
    #[must_use]
    pub fn pterodactyl_1_14() -> Self {
        Self {
            flavour: Flavour::Pterodactyl1_14,
            limit_per_minute: 256,
            manners: Manners::Wings1_13,
            ..Self::default()
        }
    }

    /// A real Pelican panel, with the node it was recorded with.
    #[must_use]
    pub fn pelican() -> Self {
        Self {
            flavour: Flavour::Pelican,
            limit_per_minute: 120,
            ..Self::default()
        }
    }

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
            tokens_per_minute: 1_000_000,
            schedules_per_minute: 1_000_000,
            stats_every: moment,
            activity_takes: Duration::ZERO,
            backup_takes: moment,
            backups_per_window: 1_000_000,
            restores_per_window: 1_000_000,
            ..Self::default()
        }
    }
}

impl Rules {
    /// Changes a rule while the panel runs, as it stands in `ORDERS`.
    pub(crate) fn order(&mut self, word: &str, detail: Option<&str>) -> Option<()> {
        let on = match detail {
            None => Some(true),
            Some("off") => Some(false),
            Some(_) => None,
        };
        let text = detail.unwrap_or_default();
        match word {
            "latency" => self.latency = words::millis(text)?,
            "cache" => self.cache_for = words::millis(text)?,
            "limit" => self.limit_per_minute = text.parse().ok()?,
            "window" => self.limit_window = words::seconds(text)?,
            "tokens" => self.tokens_per_minute = text.parse().ok()?,
            "two-factor" => self.require_two_factor = on?,
            "serv" => self.serv_identifiers = on?,
            "hide-descriptions" => self.hides_descriptions = on?,
            "public-url" => self.public_url = Some(detail?.to_owned()),
            "token-lives" => self.token_lives = words::seconds(text)?,
            "token-check" => self.token_check = words::seconds(text)?,
            "token-warns" => self.token_warns = words::seconds(text)?,
            "auth-deadline" => self.auth_deadline = words::seconds(text)?,
            "auth-takes" => self.auth_takes = words::millis(text)?,
            "stats" => self.stats_every = words::millis(text)?,
            "sockets" => self.socket_cap = text.parse().ok()?,
            "frame" => self.frame_bytes = text.parse().ok()?,
            _ => return None,
        }
        Some(())
    }
}
