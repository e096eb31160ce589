//! Who is meant: a panel by the id the settings gave it, a server by its panel and uuid.
//!
//! Names and short ids may change on the panel, so nothing here is ever shown or compared by name.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A panel in the settings. Given once when the panel is added, never reused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PanelId(pub String);

impl fmt::Display for PanelId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A server: its panel and its uuid there (36 characters, as the panel's list gives it).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ServerId {
    /// The panel that lists it.
    pub panel: PanelId,
    /// The panel's key for it; also what goes into URLs.
    pub uuid: String,
}

impl fmt::Display for ServerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.panel, self.uuid)
    }
}
