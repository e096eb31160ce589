//! The project's own pages, which a person may open from the window.
//!
//! Never asked for anything by the program itself, but for what `monitor/newest.rs` asks by consent.

use serde::{Deserialize, Serialize};

/// One of them. Whoever asks names it and gives no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum ProjectPage {
    /// What it is and how it is used.
    Home,
    /// Where problems are reported.
    Problems,
}

impl ProjectPage {
    /// Its address. It follows from the manifest's `repository`.
    pub fn url(self) -> &'static str {
        match self {
            ProjectPage::Home => env!("CARGO_PKG_REPOSITORY"),
            ProjectPage::Problems => concat!(env!("CARGO_PKG_REPOSITORY"), "/issues"),
        }
    }
}
