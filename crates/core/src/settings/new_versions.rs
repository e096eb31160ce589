//! The notice of a newer version: whether it is wanted, and what was asked and told already.

use serde::{Deserialize, Serialize};

/// Off until a person chooses it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct NewVersions {
    /// The project may be asked for its newest version once a day.
    pub ask: bool,
    /// Milliseconds since 1970 when it was asked last; restarts must not ask more often.
    pub asked_ms: i64,
    /// The newest version that was told; empty before the first.
    pub told: String,
}
