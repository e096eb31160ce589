//! Notifications on Windows and macOS, through notify-rust.
//!
//! They cannot be taken back there, and do not replace each other. Written to the documented
//! interface; not run where it was written.

use crate::activation::Activation;
use notify_rust::{NotificationResponse, Timeout};
use pterotray_core::{
    Action, App, Notification, Problem, ProblemKind, Subject, Texts, Urgency, paths::Paths,
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
    pub(crate) fn start(
        app: App,
        _texts: Arc<Texts>,
        _paths: &Paths,
        _activation: Activation,
    ) -> Notifier {
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

    /// Not possible here: it says what was known when it was shown.
    pub(crate) fn amend(&self, _notification: Notification) {}

    /// Not possible here: what was shown goes by itself.
    pub(crate) fn withdraw(&self, _about: Subject) {}
}

fn show(app: &App, notification: &Notification) {
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
            if let Some(action) = asked(notification, response) {
                let alert = notification.alert;
                app.act(Action::AlertRead { alert });
                app.act(action.clone());
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

/// What is asked for. macOS answers with the button's text instead of its place.
fn asked<'a>(
    notification: &'a Notification,
    response: &NotificationResponse,
) -> Option<&'a Action> {
    let buttons = &notification.buttons;
    let said = match response {
        NotificationResponse::Default => return Some(&notification.open),
        NotificationResponse::Action(said) => said,
        NotificationResponse::Reply(_) | NotificationResponse::Closed(_) => return None,
    };
    let by_text = buttons.iter().find(|button| button.text == *said);
    let by_place = || buttons.get(said.parse::<usize>().ok()?);
    by_text.or_else(by_place).map(|button| &button.press)
}
