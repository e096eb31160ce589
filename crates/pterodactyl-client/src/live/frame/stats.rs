//! What a server uses, as its node counts. It must never fail on a number, however odd.

use serde::{Deserialize, Deserializer};

use crate::number::{count, share};
use crate::power::PowerState;

/// What a server uses, as its node counts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Stats {
    /// What the process is doing.
    #[serde(deserialize_with = "state")]
    pub state: PowerState,
    /// Memory in bytes.
    #[serde(default, deserialize_with = "count")]
    pub memory_bytes: u64,
    /// Memory granted by Docker in bytes, the node's overhead included; 0 in the first reading after a start, all of
    /// the machine's when unlimited.
    #[serde(default, deserialize_with = "count")]
    pub memory_limit_bytes: u64,
    /// Percent of one core: 100 is one core. Not relative to the limit.
    #[serde(rename = "cpu_absolute", default, deserialize_with = "share")]
    pub cpu_percent: f64,
    /// Disk use in bytes; 0 until the node has measured.
    #[serde(default, deserialize_with = "count")]
    pub disk_bytes: u64,
    /// What went over the network since the process started.
    #[serde(default, deserialize_with = "network")]
    pub network: Network,
    /// Milliseconds since the process started; 0 while offline.
    #[serde(rename = "uptime", default, deserialize_with = "count")]
    pub uptime_ms: u64,
}

/// Bytes over the network since the process started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub struct Network {
    /// Bytes received.
    #[serde(default, deserialize_with = "count")]
    pub rx_bytes: u64,
    /// Bytes sent.
    #[serde(default, deserialize_with = "count")]
    pub tx_bytes: u64,
}

fn state<'de, D: Deserializer<'de>>(source: D) -> Result<PowerState, D::Error> {
    Ok(PowerState::read(&String::deserialize(source)?))
}

fn network<'de, D: Deserializer<'de>>(source: D) -> Result<Network, D::Error> {
    Ok(Option::deserialize(source)?.unwrap_or_default())
}
