//! What was: the last hour of a server's figures, and its last changes with their causes.
//!
//! Plain values for whoever draws them; collected by the store, never part of a snapshot.

use crate::{condition::Condition, id::ServerId, snapshot::Source};
use pterodactyl_client::{PowerSignal, live::Crash};
use serde::{Deserialize, Serialize};

/// The past of one server.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct History {
    /// The last 60 minutes, oldest first: at most one point for each 10 s, none where nothing was read.
    pub points: Vec<Point>,
    /// The last 50 changes, oldest first.
    pub changes: Vec<Changed>,
}

/// What a server used at one time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Point {
    /// Milliseconds since 1970 where its 10 s begin.
    pub at_ms: i64,
    /// Percent, 100 is one core.
    pub cpu_percent: f32,
    /// Bytes.
    pub memory_bytes: f32,
    /// Bytes.
    pub disk_bytes: f32,
    /// Bytes received a second; `None` where nothing comparable was read before.
    pub rx_per_second: Option<f32>,
    /// Bytes sent a second; `None` where nothing comparable was read before.
    pub tx_per_second: Option<f32>,
}

/// The last half hour of every server, as small as it can be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Sparklines {
    /// Milliseconds from one point to the next.
    #[cfg_attr(test, ts(type = "number"))]
    pub every_ms: i64,
    /// One for each server.
    pub servers: Vec<Sparkline>,
}

/// The last half hour of one server: 60 points, the oldest first, none where nothing was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Sparkline {
    /// Which.
    pub server: ServerId,
    /// Percent of its limit; of the largest point when there is no limit.
    pub cpu: Vec<Option<u8>>,
    /// Percent of its limit; of the largest point when there is no limit.
    pub memory: Vec<Option<u8>>,
}

/// One change of a server's condition, or a restart that nobody saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Changed {
    /// Milliseconds since 1970.
    pub at_ms: i64,
    /// The condition before.
    pub from: Condition,
    /// The condition after; the same as before when it restarted unseen.
    pub to: Condition,
    /// Why, as far as it is known.
    pub cause: Cause,
    /// Who told; `None` when only time passed.
    pub source: Option<Source>,
}

/// Why a server is as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Cause {
    /// A signal sent from here.
    Own {
        /// Which.
        #[cfg_attr(test, ts(type = "'start' | 'stop' | 'restart' | 'kill'"))]
        signal: PowerSignal,
    },
    /// Somebody else stopped it.
    Stopped,
    /// It went down and nobody stopped it.
    Crashed {
        /// What the process ended with, if the node said so; 137 is a kill.
        exit_code: Option<i64>,
        /// It used too much memory, if the node said so.
        out_of_memory: Option<bool>,
    },
    /// It was stopped and started again, or its uptime fell.
    Restarted,
    /// It happened while nobody looked: asleep, offline, or between looks far apart.
    Unseen,
    /// The panel, the node or the last reading is out of reach, or in reach again.
    Away,
    /// The panel's list says so.
    List,
    /// The first look at it.
    Found,
    /// It was seen, and nothing more is known.
    Observed,
}

impl Cause {
    /// A crash, with what the node reported of it.
    pub fn crashed(crash: Option<Crash>) -> Cause {
        Cause::Crashed {
            exit_code: crash.and_then(|crash| crash.exit_code),
            out_of_memory: crash.and_then(|crash| crash.out_of_memory),
        }
    }
}
