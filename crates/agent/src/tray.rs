//! The tray icon: one value from the core, drawn by whatever the system offers.
//!
//! Decides nothing, and never keeps the program from running when there is nothing to draw on.

mod aging;
pub(crate) mod icon;
#[cfg(target_os = "linux")]
#[path = "tray/ksni.rs"]
mod platform;
#[cfg(not(target_os = "linux"))]
#[path = "tray/native.rs"]
mod platform;

pub(crate) use aging::Aging;
pub(crate) use platform::run_main;

use pterotray_core::{App, menu};
use tokio::sync::watch;

/// The icon, wherever it is shown or is still to be shown.
#[derive(Debug)]
pub(crate) struct Tray {
    newest: watch::Sender<Option<menu::Tray>>,
}

impl Tray {
    /// Starts looking for a place to show an icon in. It appears with the first value shown.
    pub(crate) fn start(app: App) -> Tray {
        let (newest, changes) = watch::channel(None);
        tokio::spawn(platform::run(app, changes));
        Tray { newest }
    }

    /// Shows this from now on.
    pub(crate) fn show(&self, tray: menu::Tray) {
        self.newest.send_if_modified(|last| {
            if last.as_ref() == Some(&tray) {
                return false;
            }
            *last = Some(tray);
            true
        });
    }
}

#[cfg(test)]
mod tests {
    use super::{Tray, menu};
    use pterotray_core::{Aggregate, settings::IconStyle};
    use tokio::sync::watch;

    #[test]
    fn the_same_again_wakes_nobody() {
        let (newest, mut changes) = watch::channel(None);
        let tray = Tray { newest };
        let value = menu::Tray {
            icon: Aggregate::AllFine,
            style: IconStyle::Automatic,
            left_click: None,
            tooltip: "5 of 6 running".to_owned(),
            menu: Vec::new(),
        };
        tray.show(value.clone());
        assert!(changes.has_changed().unwrap());
        assert_eq!(changes.borrow_and_update().as_ref(), Some(&value));
        tray.show(value.clone());
        assert!(!changes.has_changed().unwrap());
        tray.show(menu::Tray {
            tooltip: "6 of 6 running".to_owned(),
            ..value
        });
        assert!(changes.has_changed().unwrap());
    }
}
