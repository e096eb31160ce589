//! What goes to a notification server: the words, the buttons, and what the specification says of them.
//!
//! Sends nothing.

use super::shown::{OPEN, key};
use notify_rust::{Hint, Timeout};
use pterotray_core::{Notification, Texts, Urgency};
use std::path::Path;

/// The name of the menu entry that packages install, without its ending.
const DESKTOP_ENTRY: &str = "io.github.pterotray.Pterotray";

/// What a server can do, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Abilities {
    buttons: bool,
    markup: bool,
}

impl Abilities {
    pub(super) fn of(names: &[String]) -> Abilities {
        let has = |wanted: &str| names.iter().any(|name| name == wanted);
        Abilities {
            buttons: has("actions"),
            markup: has("body-markup"),
        }
    }
}

/// The notification as a server with these abilities gets it.
pub(super) fn bubble(
    notification: &Notification,
    abilities: Abilities,
    texts: &Texts,
    picture: Option<&Path>,
) -> notify_rust::Notification {
    let (urgency, category, stays) = match notification.urgency {
        Urgency::Low => (notify_rust::Urgency::Low, "network", Timeout::Default),
        Urgency::Normal => (notify_rust::Urgency::Normal, "network", Timeout::Default),
        Urgency::Critical => (
            notify_rust::Urgency::Critical,
            "network.error",
            Timeout::Never,
        ),
    };
    let mut bubble = notify_rust::Notification::new();
    bubble
        .appname("Pterotray")
        .summary(&notification.title)
        .body(&body(notification, abilities, texts))
        .urgency(urgency)
        .timeout(stays)
        .hint(Hint::Category(category.to_owned()))
        .hint(Hint::DesktopEntry(DESKTOP_ENTRY.to_owned()));
    if let Some(picture) = picture.and_then(Path::to_str) {
        bubble.icon(picture);
    }
    if abilities.buttons {
        bubble.action(OPEN, &texts.say("button-open"));
        for (place, button) in notification.buttons.iter().enumerate() {
            bubble.action(&key(notification.alert, place), &button.text);
        }
    }
    bubble
}

fn body(notification: &Notification, abilities: Abilities, texts: &Texts) -> String {
    let mut body = notification.body.clone();
    if !abilities.buttons && !notification.buttons.is_empty() {
        if !body.is_empty() {
            body.push(' ');
        }
        body.push_str(&texts.say("notification-no-buttons"));
    }
    if abilities.markup {
        body = body
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
    }
    body
}

#[cfg(test)]
mod tests {
    use super::{Abilities, body, bubble};
    use pterotray_core::{Action, Button, Notification, Subject, Texts, Urgency};

    fn notification() -> Notification {
        Notification {
            alert: 7,
            about: Subject::Program,
            title: "<i>Sky & block</i> went down".to_owned(),
            body: "Node <b>7</b> & more".to_owned(),
            urgency: Urgency::Critical,
            buttons: vec![Button {
                text: "Restart".to_owned(),
                press: Action::Refresh,
            }],
            open: Action::Quit,
        }
    }

    #[test]
    fn buttons_follow_the_click_on_the_body() {
        let all = Abilities::of(&["body".to_owned(), "actions".to_owned()]);
        let texts = Texts::new(None);
        let shown = bubble(&notification(), all, &texts, None);
        assert_eq!(shown.actions, ["default", "Open", "7.0", "Restart"]);
        assert_eq!(body(&notification(), all, &texts), "Node <b>7</b> & more");
    }

    #[test]
    fn where_bodies_are_markup_names_cannot_draw() {
        let markup = Abilities::of(&["body-markup".to_owned(), "actions".to_owned()]);
        let shown = body(&notification(), markup, &Texts::new(None));
        assert_eq!(shown, "Node &lt;b&gt;7&lt;/b&gt; &amp; more");
    }

    #[test]
    fn without_buttons_the_text_says_where_to_act() {
        let plain = Abilities::of(&["body".to_owned()]);
        let texts = Texts::new(None);
        assert!(
            bubble(&notification(), plain, &texts, None)
                .actions
                .is_empty()
        );
        let hint = texts.say("notification-no-buttons");
        assert!(body(&notification(), plain, &texts).ends_with(&hint));
        let quiet = Notification {
            buttons: Vec::new(),
            ..notification()
        };
        assert_eq!(body(&quiet, plain, &texts), quiet.body);
    }
}
