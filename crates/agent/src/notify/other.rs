//! Notifications on Windows and macOS, through notify-rust.
//!
//! They cannot be taken back there, and do not replace each other. Written to the documented
//! interface; not run where it was written.

use super::shown::Shown;
use notify_rust::{NotificationResponse, Timeout};
use pterotray_core::{
    App, Notification, Problem, ProblemKind, Subject, Texts, Urgency, paths::Paths,
};
use std::{sync::Arc, thread};

/// macOS shows one button and hides others behind a menu; a toast of Windows has room for five.
/// The first button is the one that mends what is told.
const MOST_BUTTONS: usize = if cfg!(target_os = "macos") { 1 } else { 5 };

/// Shows each notification from a thread of its own, which waits for the answer.
#[derive(Debug)]
pub(crate) struct Notifier {
    app: App,
}

impl Notifier {
    /// Nothing runs until there is something to show.
    pub(crate) fn start(app: App, _texts: Arc<Texts>, _paths: &Paths) -> Notifier {
        Notifier { app }
    }

    /// Shows a notification.
    pub(crate) fn show(&self, notification: Notification) {
        let app = self.app.clone();
        let waiting = thread::Builder::new().name("notification".to_owned());
        if let Err(error) = waiting.spawn(move || show(&app, &notification)) {
            tracing::warn!(%error, "a notification could not be shown");
        }
    }

    /// Not possible here: what was shown goes by itself.
    pub(crate) fn withdraw(&self, _about: Subject) {}
}

fn show(app: &App, notification: &Notification) {
    let mut shown = Shown::default();
    shown.keep(0, notification);
    let mut toast = notify_rust::Notification::new();
    toast.summary(&notification.title).body(&notification.body);
    if notification.urgency == Urgency::Critical {
        toast.timeout(Timeout::Never);
    }
    let buttons = notification.buttons.iter().take(MOST_BUTTONS);
    for (place, button) in buttons.enumerate() {
        toast.action(&place.to_string(), &button.text);
    }
    let answered = toast.show().and_then(|handle| {
        handle.wait_for_response(|response: &NotificationResponse| {
            if let Some(key) = key(notification, response)
                && let Some(action) = shown.press(0, &key)
            {
                app.act(action);
            }
        })
    });
    match answered {
        Ok(()) => app.mended(ProblemKind::NoNotifications),
        Err(error) => {
            tracing::warn!(%error, "a notification could not be shown");
            app.notice(Problem::of(ProblemKind::NoNotifications));
        }
    }
}

/// The pressed button's key. macOS answers with the button's text instead.
fn key(notification: &Notification, response: &NotificationResponse) -> Option<String> {
    match response {
        NotificationResponse::Default => Some(super::shown::OPEN.to_owned()),
        NotificationResponse::Action(said) => notification
            .buttons
            .iter()
            .position(|button| button.text == *said)
            .map(|place| place.to_string())
            .or_else(|| Some(said.clone())),
        NotificationResponse::Reply(_) | NotificationResponse::Closed(_) => None,
    }
}
