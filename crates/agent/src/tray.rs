//! The tray icon: what the core makes of a snapshot, drawn by whatever the system offers.
//!
//! Decides nothing, and never keeps the program from running when there is nothing to draw on.

mod aging;
#[cfg(any(test, not(target_os = "linux")))]
mod draw;
pub(crate) mod icon;
#[cfg(target_os = "linux")]
#[path = "tray/ksni.rs"]
mod platform;
#[cfg(not(target_os = "linux"))]
#[path = "tray/native.rs"]
mod platform;

pub(crate) use aging::Aging;
pub(crate) use platform::run_main;

use crate::activation::Activation;
use pterotray_core::{App, Snapshot, Texts};
use std::sync::Arc;
use tokio::sync::watch;

/// The icon, wherever it is shown or is still to be shown.
#[derive(Debug)]
pub(crate) struct Tray {
    newest: watch::Sender<Option<Arc<Snapshot>>>,
}

impl Tray {
    /// Starts looking for a place to show an icon in. It appears with the first snapshot shown.
    pub(crate) fn start(app: App, texts: Arc<Texts>, activation: Activation) -> Tray {
        let (newest, changes) = watch::channel(None);
        tokio::spawn(platform::run(app, texts, activation, changes));
        Tray { newest }
    }

    /// Shows this from now on.
    pub(crate) fn show(&self, snapshot: Arc<Snapshot>) {
        // Nobody looks any more only when the program is ending.
        self.newest.send_replace(Some(snapshot));
    }
}
