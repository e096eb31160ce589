//! What a person chose: the settings, their defaults and limits.
//!
//! Never holds a key.

mod alerts;
mod file;
mod new_versions;
mod trust;

pub use alerts::{
    AlertRule, AlertSettings, Pause, PauseLength, QuietHours, ServerRule, Thresholds,
};
pub use file::{Loaded, load, save};
pub use new_versions::NewVersions;
pub use trust::PanelTrust;

use crate::id::{PanelId, ServerId};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The version of the file this program writes.
pub const VERSION: u32 = 2;
/// The panel caches resources for 20 s: asking more often tells nothing new (API reference, 4).
pub const SHORTEST_POLL_SECONDS: u16 = 21;
const LONGEST_POLL_SECONDS: u16 = 600;
/// How much the log may tell.
pub const LOG_LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// Everything that is remembered between starts, but the keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Settings {
    /// Version of the file.
    pub version: u32,
    /// The panels, in the order shown.
    pub panels: Vec<PanelSettings>,
    /// Seconds between two looks at a server, 21 to 600; stretched when there are many servers.
    pub poll_seconds: u16,
    /// Which servers get a live socket.
    pub live_updates: LiveUpdates,
    /// Servers shown and watched first, in this order.
    pub pinned: Vec<ServerId>,
    /// Servers that are neither listed nor counted unless a person looks for them.
    pub hidden: Vec<ServerId>,
    /// Force stop (kill) may be offered.
    pub allow_force_stop: bool,
    /// Stop and restart ask first.
    pub confirm_power: bool,
    /// What a left click on the tray icon does.
    pub left_click: LeftClick,
    /// How the tray icon is drawn.
    pub icon_style: IconStyle,
    /// The sensors shown on a card, in this order.
    pub sensors: Vec<Sensor>,
    /// Light, dark, or as the system says.
    pub theme: Theme,
    /// Language tag such as `en`; `None` takes the system's.
    pub language: Option<String>,
    /// What the log tells: `error`, `warn`, `info`, `debug`, `trace` or `off`; `None` is `info`.
    pub log_level: Option<String>,
    /// What is told, and when.
    pub alerts: AlertSettings,
    /// Starting the program shows the tray alone, unless nothing is set up.
    pub start_hidden: bool,
    /// The notice of a newer version.
    pub new_versions: NewVersions,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            version: VERSION,
            panels: Vec::new(),
            poll_seconds: SHORTEST_POLL_SECONDS,
            live_updates: LiveUpdates::Automatic,
            pinned: Vec::new(),
            hidden: Vec::new(),
            allow_force_stop: false,
            confirm_power: false,
            left_click: LeftClick::Window,
            icon_style: IconStyle::Automatic,
            sensors: Sensor::SHOWN_BY_DEFAULT.to_vec(),
            theme: Theme::System,
            language: None,
            log_level: None,
            alerts: AlertSettings::default(),
            start_hidden: true,
            new_versions: NewVersions::default(),
        }
    }
}

/// One panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PanelSettings {
    /// Given when the panel was added.
    pub id: PanelId,
    /// What the person calls it.
    pub name: String,
    /// Base URL, without a trailing slash.
    pub url: String,
    /// Where its key is kept.
    pub key_place: KeyPlace,
    /// Root admins only: servers of other people too.
    #[serde(default)]
    pub show_others: bool,
    /// Whom to trust besides the system's authorities.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub trust: Option<PanelTrust>,
    /// Its key was a root admin's when it was kept: such a one may see the servers of others.
    #[serde(default)]
    pub admin: bool,
}

/// Where a key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum KeyPlace {
    /// The system's keyring.
    Keyring,
    /// In memory, gone when the agent quits.
    UntilQuit,
    /// A file that only its owner may read.
    File,
    /// Given by the environment; nothing is stored.
    Environment,
}

/// Which servers get a live socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum LiveUpdates {
    /// Pinned ones first, then those that run, up to 25 a panel.
    Automatic,
    /// Every server that is not blocked.
    All,
    /// None: everything is polled.
    Off,
}

/// What a left click on the tray icon does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum LeftClick {
    /// Opens the window.
    Window,
    /// Asks every panel now.
    Refresh,
    /// Nothing.
    Nothing,
}

/// How the tray icon is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum IconStyle {
    /// As suits the system.
    Automatic,
    /// Light, for dark panels.
    Light,
    /// Dark, for light panels.
    Dark,
    /// In colour.
    Colour,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Theme {
    /// As the system says.
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// What can be shown of a server's resources; the nine that Home Assistant's users know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Sensor {
    /// Percent, 100 is one core.
    CpuUtilization,
    /// Bytes in use.
    MemoryUsage,
    /// Bytes on disk.
    DiskUsage,
    /// Since the container started.
    Uptime,
    /// Percent allowed.
    CpuLimit,
    /// MiB allowed.
    MemoryLimit,
    /// MiB allowed.
    DiskLimit,
    /// Bytes received since the start.
    NetworkInbound,
    /// Bytes sent since the start.
    NetworkOutbound,
}

impl Sensor {
    /// The name used in translation keys.
    pub fn name(self) -> &'static str {
        match self {
            Sensor::CpuUtilization => "cpu-utilization",
            Sensor::MemoryUsage => "memory-usage",
            Sensor::DiskUsage => "disk-usage",
            Sensor::Uptime => "uptime",
            Sensor::CpuLimit => "cpu-limit",
            Sensor::MemoryLimit => "memory-limit",
            Sensor::DiskLimit => "disk-limit",
            Sensor::NetworkInbound => "network-inbound",
            Sensor::NetworkOutbound => "network-outbound",
        }
    }

    /// The four that a fresh start shows.
    pub const SHOWN_BY_DEFAULT: [Sensor; 4] = [
        Sensor::CpuUtilization,
        Sensor::MemoryUsage,
        Sensor::DiskUsage,
        Sensor::Uptime,
    ];
}

/// One wish to change the settings. What it does not name stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export, optional_fields))]
pub struct SettingsChange {
    /// See [`Settings::poll_seconds`]; taken into its limits.
    pub poll_seconds: Option<u16>,
    /// See [`Settings::live_updates`].
    pub live_updates: Option<LiveUpdates>,
    /// See [`Settings::allow_force_stop`].
    pub allow_force_stop: Option<bool>,
    /// See [`Settings::confirm_power`].
    pub confirm_power: Option<bool>,
    /// See [`Settings::left_click`].
    pub left_click: Option<LeftClick>,
    /// See [`Settings::icon_style`].
    pub icon_style: Option<IconStyle>,
    /// See [`Settings::sensors`].
    pub sensors: Option<Vec<Sensor>>,
    /// See [`Settings::theme`].
    pub theme: Option<Theme>,
    /// See [`AlertSettings::rule`].
    pub alert_rule: Option<AlertRule>,
    /// See [`AlertSettings::quiet`].
    pub quiet_hours: Option<QuietHours>,
    /// See [`AlertSettings::thresholds`]; taken into their limits.
    pub thresholds: Option<Thresholds>,
    /// See [`Settings::language`]; empty takes the system's.
    pub language: Option<String>,
    /// See [`Settings::start_hidden`].
    pub start_hidden: Option<bool>,
    /// See [`NewVersions::ask`].
    pub new_versions: Option<bool>,
    /// See [`Settings::log_level`]; what is no level takes the usual one.
    pub log_level: Option<String>,
}

impl Settings {
    /// Takes a wish in.
    pub fn change(&mut self, wish: SettingsChange) {
        fn set<T>(place: &mut T, wish: Option<T>) {
            if let Some(wish) = wish {
                *place = wish;
            }
        }
        set(&mut self.poll_seconds, wish.poll_seconds);
        set(&mut self.live_updates, wish.live_updates);
        set(&mut self.allow_force_stop, wish.allow_force_stop);
        set(&mut self.confirm_power, wish.confirm_power);
        set(&mut self.left_click, wish.left_click);
        set(&mut self.icon_style, wish.icon_style);
        set(&mut self.sensors, wish.sensors);
        set(&mut self.theme, wish.theme);
        set(&mut self.alerts.rule, wish.alert_rule);
        set(&mut self.alerts.quiet, wish.quiet_hours);
        set(&mut self.alerts.thresholds, wish.thresholds);
        set(&mut self.start_hidden, wish.start_hidden);
        set(&mut self.new_versions.ask, wish.new_versions);
        if let Some(language) = wish.language {
            self.language = Some(language).filter(|tag| !tag.is_empty());
        }
        if let Some(level) = wish.log_level {
            self.log_level = Some(level).filter(|level| LOG_LEVELS.contains(&level.as_str()));
        }
        self.keep_limits();
    }

    /// What is told of a server; nothing of one that was put out of sight.
    pub fn rule_of(&self, server: &ServerId) -> AlertRule {
        if self.hidden.contains(server) {
            return AlertRule::Nothing;
        }
        self.alerts.rule_of(server)
    }

    /// The poll period.
    pub fn poll_every(&self) -> Duration {
        Duration::from_secs(u64::from(self.poll_seconds))
    }

    fn keep_limits(&mut self) {
        self.poll_seconds = self
            .poll_seconds
            .clamp(SHORTEST_POLL_SECONDS, LONGEST_POLL_SECONDS);
        let mut seen = Vec::new();
        self.sensors.retain(|sensor| {
            let fresh = !seen.contains(sensor);
            seen.push(*sensor);
            fresh
        });
        keep_first(&mut self.pinned);
        keep_first(&mut self.hidden);
        self.alerts.keep_limits();
    }
}

/// Each server once, where it stood first.
fn keep_first(servers: &mut Vec<ServerId>) {
    let mut known = Vec::new();
    servers.retain(|id| {
        let fresh = !known.contains(id);
        known.push(id.clone());
        fresh
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_shorter_than_the_panels_cache_is_not_taken() {
        let mut settings = Settings::default();
        settings.change(SettingsChange {
            poll_seconds: Some(1),
            ..SettingsChange::default()
        });
        assert_eq!(settings.poll_seconds, SHORTEST_POLL_SECONDS);
    }
}
