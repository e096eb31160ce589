//! What one server uses at the moment. It must never turn an odd number into a failure.

use serde::Deserialize;

use crate::number::{count, share};
use crate::power::PowerState;

/// A server's state and use (`GET /api/client/servers/{uuid}/resources`). The panel caches it for 20 s, also across power
/// signals, so it may be that old when it arrives.
#[derive(Debug, Clone, PartialEq)]
pub struct Resources {
    /// What the process is doing.
    pub state: PowerState,
    /// The node's own idea of suspension; the panel normally answers 409 long before.
    pub suspended: bool,
    /// Memory in bytes; may exceed the limit by the overhead nodes grant.
    pub memory_bytes: u64,
    /// Percent of one core: 100 is one core, 800 is eight. Not relative to the limit.
    pub cpu_percent: f64,
    /// Disk use in bytes, also while offline.
    pub disk_bytes: u64,
    /// Bytes received since the process started.
    pub network_rx_bytes: u64,
    /// Bytes sent since the process started.
    pub network_tx_bytes: u64,
    /// Milliseconds since the process started; 0 while offline.
    pub uptime_ms: u64,
}

/// `attributes` of a `stats`.
#[derive(Deserialize)]
pub(crate) struct RawResources {
    current_state: Option<String>,
    is_suspended: Option<bool>,
    resources: Option<RawUse>,
}

#[derive(Deserialize, Default)]
struct RawUse {
    #[serde(default, deserialize_with = "count")]
    memory_bytes: u64,
    #[serde(default, deserialize_with = "share")]
    cpu_absolute: f64,
    #[serde(default, deserialize_with = "count")]
    disk_bytes: u64,
    #[serde(default, deserialize_with = "count")]
    network_rx_bytes: u64,
    #[serde(default, deserialize_with = "count")]
    network_tx_bytes: u64,
    #[serde(default, deserialize_with = "count")]
    uptime: u64,
}

impl From<RawResources> for Resources {
    fn from(raw: RawResources) -> Self {
        let used = raw.resources.unwrap_or_default();
        Self {
            state: PowerState::read(&raw.current_state.unwrap_or_default()),
            suspended: raw.is_suspended.unwrap_or_default(),
            memory_bytes: used.memory_bytes,
            cpu_percent: used.cpu_absolute,
            disk_bytes: used.disk_bytes,
            network_rx_bytes: used.network_rx_bytes,
            network_tx_bytes: used.network_tx_bytes,
            uptime_ms: used.uptime,
        }
    }
}
