//! The desktop: draws every snapshot in the tray and carries out what the core wants of it.
//!
//! Decides nothing. Ends when the program is to end.

use crate::{notify::Notifier, tray::Tray, window::Window};
use pterotray_core::{App, Desktop, Page, Texts, menu, notification, paths::Paths};
use std::{future, sync::Arc, time::Duration};
use tokio::{
    sync::mpsc,
    time::{Instant, sleep_until},
};

/// How long the window may take from its start until it listens.
const STARTING: Duration = Duration::from_secs(15);
/// How often it is tried again while it does not.
const AGAIN: Duration = Duration::from_millis(200);

/// Runs until somebody asks for the end of the program, or the core is gone.
///
/// `tell_window` asks an open window to come forward and says whether there was one.
pub(crate) async fn run(
    app: App,
    mut effects: mpsc::UnboundedReceiver<Desktop>,
    paths: &Paths,
    texts: Arc<Texts>,
    tell_window: impl Fn(&Page) -> bool,
) {
    let mut late = None;
    let mut snapshots = app.snapshots();
    let tray = Tray::start(app.clone());
    let notifier = Notifier::start(app.clone(), Arc::clone(&texts), paths);
    let window = Window::new(app.clone(), paths.clone());
    snapshots.mark_changed();
    loop {
        tokio::select! {
            changed = snapshots.changed() => {
                if changed.is_err() {
                    return;
                }
                let snapshot = Arc::clone(&snapshots.borrow_and_update());
                tray.show(menu::build(&snapshot, &texts));
            }
            effect = effects.recv() => match effect {
                Some(Desktop::Alert(alert)) => notifier.show(notification::word(&alert, &texts)),
                Some(Desktop::Withdraw(about)) => notifier.withdraw(about),
                Some(Desktop::OpenUrl(url)) => open(url),
                Some(Desktop::Show(page)) => {
                    late = (!tell_window(&page) && !window.open(&page)).then(|| Late::new(page));
                }
                Some(Desktop::Quit) | None => return,
            },
            () = at(late.as_ref()) => {
                late = late.take().and_then(|late| late.again(&window, &tell_window));
            }
        }
    }
}

/// A page asked for while the window was on its way.
struct Late {
    page: Page,
    at: Instant,
    until: Instant,
}

impl Late {
    fn new(page: Page) -> Late {
        let now = Instant::now();
        Late {
            page,
            at: now + AGAIN,
            until: now + STARTING,
        }
    }

    /// Tells the window, if it is there by now; else, what is left to do.
    fn again(self, window: &Window, tell_window: impl Fn(&Page) -> bool) -> Option<Late> {
        if tell_window(&self.page) || window.open(&self.page) {
            return None;
        }
        if self.until <= self.at {
            window.failed("it was started but does not answer");
            return None;
        }
        Some(Late {
            at: self.at + AGAIN,
            ..self
        })
    }
}

/// The next moment to tell the window.
async fn at(late: Option<&Late>) {
    match late {
        Some(late) => sleep_until(late.at).await,
        None => future::pending().await,
    }
}

/// Opens a web page in the browser, and nothing but a web page.
fn open(url: String) {
    if !is_web(&url) {
        tracing::warn!("an address that is no web page is not opened");
        return;
    }
    // The browser's starter may take its time.
    tokio::task::spawn_blocking(move || {
        if let Err(error) = opener::open_browser(&url) {
            tracing::warn!(%error, "the browser did not open");
        }
    });
}

fn is_web(url: &str) -> bool {
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|s| s.eq_ignore_ascii_case("http") || s.eq_ignore_ascii_case("https"))
}

#[cfg(test)]
mod tests {
    use super::is_web;

    #[test]
    fn only_web_pages_are_opened() {
        for page in [
            "https://panel.example.com/server/1a2b3c4d",
            "HTTP://localhost:8080",
        ] {
            assert!(is_web(page), "{page}");
        }
        for other in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "httpx://a",
            "/bin/sh",
            "",
        ] {
            assert!(!is_web(other), "{other}");
        }
    }
}
