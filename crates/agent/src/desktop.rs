//! The desktop: draws every snapshot in the tray and carries out what the core wants of it.
//!
//! Decides nothing. Ends when the program is to end.

use crate::{
    activation::Activation,
    browser,
    cli::print,
    clipboard::Clipboard,
    logging::Loudness,
    notify::Notifier,
    socket::Guests,
    tray::{Aging, Tray},
    troubles::Troubles,
    window::Window,
};
use pterotray_core::{
    App, AskId, Desktop, Page, ProblemKind, Subject, Texts, notification, paths::Paths,
};
use std::{future, sync::Arc, time::Duration};
use tokio::{
    sync::mpsc,
    time::{Instant, sleep_until},
};

/// How long the window may take from its start until it listens.
const STARTING: Duration = Duration::from_secs(15);
/// How long a window that is closing may still be connected.
const LEAVING: Duration = Duration::from_secs(2);
/// How often it is tried again while it does not.
const AGAIN: Duration = Duration::from_millis(200);

/// Runs until somebody asks for the end of the program, or the core is gone.
///
/// An open window among the guests is told to come forward; else one is started.
pub(crate) async fn run(
    app: App,
    mut effects: mpsc::UnboundedReceiver<Desktop>,
    paths: &Paths,
    texts: Arc<Texts>,
    mut log: Option<Loudness>,
    guests: &Guests,
) {
    let mut late = None;
    let mut told = None;
    let mut snapshots = app.snapshots();
    let activation = Activation::of_start();
    let tray = Tray::start(app.clone(), Arc::clone(&texts), activation.clone());
    let mut aging = Aging::default();
    let mut troubles = Troubles::default();
    let notifier = Notifier::start(app.clone(), Arc::clone(&texts), paths, activation.clone());
    let clipboard = Clipboard::default();
    let window = Window::new(app.clone(), paths.clone(), activation);
    snapshots.mark_changed();
    loop {
        tokio::select! {
            changed = snapshots.changed() => {
                if changed.is_err() {
                    return;
                }
                let snapshot = Arc::clone(&snapshots.borrow_and_update());
                if let Some(log) = &mut log {
                    log.set(snapshot.settings.log_level.as_deref());
                }
                troubles.log(&snapshot);
                texts.speak(snapshot.settings.language.as_deref());
                tray.show(Arc::clone(&snapshot));
                aging.drawn(snapshot);
            }
            older = aging.older() => {
                tray.show(Arc::clone(&older));
                aging.drawn(older);
            }
            effect = effects.recv() => match effect {
                Some(Desktop::Alert(alert)) => {
                    let notification = notification::word(&alert, &texts);
                    if alert.about == Subject::Program {
                        // Whoever started it from a terminal may see nothing else.
                        print::error(&notification.body);
                    }
                    notifier.show(notification);
                }
                Some(Desktop::Amend(alert)) => {
                    notifier.amend(notification::word(&alert, &texts));
                }
                Some(Desktop::Withdraw(about)) => notifier.withdraw(about),
                Some(Desktop::Copy { ask, text }) => {
                    let copied = clipboard.clone().put(text);
                    tokio::spawn(answer(app.clone(), ask, ProblemKind::NoClipboard, copied));
                }
                Some(Desktop::OpenUrl { ask, url }) => {
                    let opened = browser::open(url);
                    tokio::spawn(answer(app.clone(), ask, ProblemKind::NoBrowser, opened));
                }
                Some(Desktop::Show(page)) => {
                    told = guests.tell_window(&page).then(|| Told::new(page.clone()));
                    late = (told.is_none() && !window.open(&page)).then(|| Late::new(page));
                }
                Some(Desktop::Quit) | None => return,
            },
            () = guests.window_left() => {
                if let Some(page) = told.take().and_then(Told::unseen) {
                    late = (!window.open(&page)).then(|| Late::new(page));
                }
            }
            () = at(late.as_ref()) => {
                late = late.take().and_then(|late| late.again(&window, guests));
            }
        }
    }
}

/// Tells whether something was done that may take its time.
async fn answer(app: App, ask: Option<AskId>, kind: ProblemKind, done: impl Future<Output = bool>) {
    let done = done.await;
    app.desktop_did(ask, kind, done);
}

/// A page that an open window was told to show.
struct Told {
    page: Page,
    until: Instant,
}

impl Told {
    fn new(page: Page) -> Told {
        Told {
            page,
            until: Instant::now() + LEAVING,
        }
    }

    /// The page, if the window was on its way out when it was told, so that nobody saw it.
    fn unseen(self) -> Option<Page> {
        (Instant::now() < self.until).then_some(self.page)
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
    fn again(self, window: &Window, guests: &Guests) -> Option<Late> {
        if guests.tell_window(&self.page) || window.open(&self.page) {
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
