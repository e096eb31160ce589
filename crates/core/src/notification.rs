//! A notification as a value: an alert put into words, with what its buttons ask for.
//!
//! Shows nothing itself.

use crate::{
    action::{Action, Page},
    alert::{Alert, News, Subject},
    format,
    history::Cause,
    problem::Problem,
    text::{Part, Texts},
};
use pterodactyl_client::{PowerSignal, live::Crash};

/// Names in one notification.
const MOST_NAMES: usize = 5;

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
        News::WentDown { crash: None } => plain("alert-went-down", Urgency::Critical),
        News::WentDown { crash } => (
            texts.say_with("alert-crashed", &name),
            reported(*crash, "alert-crashed.body", texts),
            Urgency::Critical,
        ),
        News::CrashedRestarting { crash } => (
            texts.say_with("alert-crashed-restarting", &name),
            reported(*crash, "alert-crashed-restarting.body", texts),
            Urgency::Normal,
        ),
        News::Meanwhile { down, up } => meanwhile(alert, down, up, texts),
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

/// What the node reported, else a sentence without it.
fn reported(crash: Option<Crash>, otherwise: &str, texts: &Texts) -> String {
    texts
        .cause(Cause::crashed(crash))
        .unwrap_or_else(|| texts.say(otherwise))
}

/// What changed while nobody could look, in one notification.
fn meanwhile(
    alert: &Alert,
    down: &[String],
    up: &[String],
    texts: &Texts,
) -> (String, String, Urgency) {
    let sentence = |key: &str, names: &[String]| {
        let listed = named(names, texts);
        let parts = [
            ("names", Part::Text(&listed)),
            ("count", Part::Count(names.len())),
        ];
        (!names.is_empty()).then(|| texts.say_with(key, &parts))
    };
    let body: Vec<String> = [
        sentence("alert-meanwhile-down", down),
        sentence("alert-meanwhile-up", up),
    ]
    .into_iter()
    .flatten()
    .collect();
    let urgency = if down.is_empty() {
        Urgency::Low
    } else {
        Urgency::Normal
    };
    let name = [("name", Part::Text(&alert.name))];
    (
        texts.say_with("alert-meanwhile", &name),
        body.join("\n"),
        urgency,
    )
}

/// The first few names, and how many more there are.
fn named(names: &[String], texts: &Texts) -> String {
    let first = &names[..names.len().min(MOST_NAMES)];
    let first = first.join(", ");
    let more = names.len().saturating_sub(MOST_NAMES);
    if more == 0 {
        return first;
    }
    let parts = [("names", Part::Text(&first)), ("count", Part::Count(more))];
    texts.say_with("alert-names-more", &parts)
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
        (Subject::Server(server), News::WentDown { .. }) => {
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
        Subject::Panel(_) if matches!(alert.news, News::Meanwhile { .. }) => Page::Servers,
        Subject::Server(server) => Page::Server {
            server: server.clone(),
        },
        Subject::Panel(panel) => Page::Welcome {
            panel: Some(panel.clone()),
        },
        Subject::Program => Page::Servers,
    }
}
