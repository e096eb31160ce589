//! A notification as a value: an alert put into words, with what its buttons ask for.
//!
//! Shows nothing itself.

use crate::{
    action::{Action, Page},
    alert::{Alert, News, Subject},
    format,
    problem::Problem,
    text::{Part, Texts},
};
use pterodactyl_client::PowerSignal;

/// One notification.
#[derive(Debug, Clone, PartialEq)]
pub struct Notification {
    /// Notifications with the same subject replace each other.
    pub about: Subject,
    /// First line.
    pub title: String,
    /// The rest; plain text.
    pub body: String,
    /// How loudly.
    pub urgency: Urgency,
    /// Buttons, most useful first.
    pub buttons: Vec<Button>,
    /// What a click on the body asks for.
    pub open: Action,
}

/// How loudly to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// Good news.
    Low,
    /// Worth knowing.
    Normal,
    /// Somebody should act; stays until dismissed.
    Critical,
}

/// A button.
#[derive(Debug, Clone, PartialEq)]
pub struct Button {
    /// What it says.
    pub text: String,
    /// What it asks for.
    pub press: Action,
}

/// Puts an alert into words.
pub fn word(alert: &Alert, texts: &Texts) -> Notification {
    let (title, body, urgency) = sentences(alert, texts);
    Notification {
        about: alert.about.clone(),
        title,
        body,
        urgency,
        buttons: buttons(alert, texts),
        open: Action::Show { page: page(alert) },
    }
}

fn sentences(alert: &Alert, texts: &Texts) -> (String, String, Urgency) {
    let name = [("name", Part::Text(&alert.name))];
    let plain = |key: &str, urgency| {
        (
            texts.say_with(key, &name),
            texts.say(&format!("{key}.body")),
            urgency,
        )
    };
    match &alert.news {
        News::WentDown => plain("alert-went-down", Urgency::Critical),
        News::WasStopped => plain("alert-was-stopped", Urgency::Normal),
        News::AlreadyUp => plain("alert-already-up", Urgency::Low),
        News::CameBack { after } => {
            let down_for = format::duration(*after);
            let body = texts.say_with(
                "alert-came-back.body",
                &[("duration", Part::Text(&down_for))],
            );
            (texts.say_with("alert-came-back", &name), body, Urgency::Low)
        }
        News::ActionFailed { signal, problem } => {
            let key = format!("alert-action-failed-{}", signal.as_str());
            (
                texts.say_with(&key, &name),
                explained(problem, texts),
                Urgency::Normal,
            )
        }
        News::ActionUnseen { signal } => {
            let key = format!("alert-action-failed-{}", signal.as_str());
            let body = texts.say("alert-action-unseen-body");
            (texts.say_with(&key, &name), body, Urgency::Normal)
        }
        News::KeyRefused { problem } => {
            let title = texts.say_with("alert-key-refused", &name);
            (title, explained(problem, texts), Urgency::Critical)
        }
        News::Notice { problem } => (
            texts.say("alert-notice"),
            explained(problem, texts),
            Urgency::Normal,
        ),
    }
}

/// The cause, and the next step.
fn explained(problem: &Problem, texts: &Texts) -> String {
    format!("{} {}", texts.problem(problem), texts.next_step(problem))
}

fn buttons(alert: &Alert, texts: &Texts) -> Vec<Button> {
    let button = |key: &str, press: Action| Button {
        text: texts.say(key),
        press,
    };
    match (&alert.about, &alert.news) {
        (Subject::Server(server), News::WentDown) => {
            vec![button(
                "button-restart",
                Action::BringBack {
                    server: server.clone(),
                },
            )]
        }
        (Subject::Server(server), News::WasStopped) => {
            vec![button(
                "button-start",
                Action::BringBack {
                    server: server.clone(),
                },
            )]
        }
        // A force stop was confirmed once for that moment; it is not one press away for ever.
        (Subject::Server(server), News::ActionFailed { signal, .. })
            if *signal != PowerSignal::Kill =>
        {
            let again = Action::Power {
                server: server.clone(),
                signal: *signal,
            };
            vec![button("button-try-again", again)]
        }
        (Subject::Panel(panel), News::KeyRefused { .. }) => {
            let page = Page::Welcome {
                panel: Some(panel.clone()),
            };
            vec![button("button-new-key", Action::Show { page })]
        }
        _ => Vec::new(),
    }
}

fn page(alert: &Alert) -> Page {
    match &alert.about {
        Subject::Server(server) => Page::Server {
            server: server.clone(),
        },
        Subject::Panel(panel) => Page::Welcome {
            panel: Some(panel.clone()),
        },
        Subject::Program => Page::Servers,
    }
}
