//! A notification as a value: an alert put into words, with what its buttons ask for.
//!
//! Shows nothing itself.

mod sentences;

use crate::{
    action::{Action, Page},
    alert::{Alert, News, Subject},
    text::Texts,
};
use pterodactyl_client::PowerSignal;

/// One notification.
#[derive(Debug, Clone, PartialEq)]
pub struct Notification {
    /// The number of its alert. Whoever answers it has read that: [`Action::AlertRead`].
    pub alert: u64,
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
    let (title, body) = sentences::say(&alert.name, &alert.about, &alert.news, texts);
    Notification {
        alert: alert.number,
        about: alert.about.clone(),
        title,
        body,
        urgency: urgency(&alert.news),
        buttons: buttons(alert, texts),
        open: Action::Show { page: page(alert) },
    }
}

/// Title and text of an alert in one line, for where there are no bubbles.
pub fn line(name: &str, about: &Subject, news: &News, texts: &Texts) -> String {
    let (title, body) = sentences::say(name, about, news, texts);
    let body = body.replace('\n', " ");
    if body.is_empty() {
        title
    } else {
        format!("{title} · {body}")
    }
}

fn urgency(news: &News) -> Urgency {
    match news {
        News::Crashed { .. } | News::WentDown { .. } | News::KeyRefused { .. } => Urgency::Critical,
        News::CrashedRestarting { .. }
        | News::WasStopped { .. }
        | News::Unstable { .. }
        | News::StopHangs { .. }
        | News::PanelAway { .. }
        | News::NodeAway { .. }
        | News::Above { .. }
        | News::ActionFailed { .. }
        | News::ActionUnseen { .. }
        | News::Notice { .. } => Urgency::Normal,
        News::Together { fall, .. } => match fall {
            crate::alert::Fall::Stopped | crate::alert::Fall::CrashedRestarting => Urgency::Normal,
            crate::alert::Fall::Crashed | crate::alert::Fall::WentDown => Urgency::Critical,
        },
        News::Meanwhile { down, .. } | News::HeldBack { down, .. } if !down.is_empty() => {
            Urgency::Normal
        }
        News::Meanwhile { .. }
        | News::HeldBack { .. }
        | News::CameBack { .. }
        | News::TogetherBack { .. }
        | News::AnswersAgain { .. }
        | News::AlreadyUp
        | News::TooOld
        | News::MovedOn
        | News::Gone => Urgency::Low,
    }
}

fn buttons(alert: &Alert, texts: &Texts) -> Vec<Button> {
    let button = |key: &str, press: Action| Button {
        text: texts.say(key),
        press,
    };
    let show = |key: &str, page: Page| button(key, Action::Show { page });
    let server = || alert.about.server().cloned();
    let answer = |key: &str| {
        let answer = |server| Action::Answer {
            alert: alert.number,
            server,
            name: alert.name.clone(),
        };
        Some(button(key, answer(server()?)))
    };
    let console = || {
        let server = server()?;
        Some(show("button-console", Page::Console { server }))
    };
    match &alert.news {
        News::Crashed { .. } | News::WentDown { .. } => [answer("button-restart"), console()]
            .into_iter()
            .flatten()
            .collect(),
        News::CrashedRestarting { .. } | News::Unstable { .. } | News::Above { .. } => {
            console().into_iter().collect()
        }
        News::WasStopped { .. } => answer("button-start").into_iter().collect(),
        News::StopHangs { .. } => kill(alert, texts),
        // A force stop was confirmed once for that moment; it is not one press away for ever.
        News::ActionFailed { signal, .. } | News::ActionUnseen { signal }
            if *signal == PowerSignal::Kill =>
        {
            kill(alert, texts)
        }
        News::ActionFailed { .. } | News::ActionUnseen { .. } => {
            answer("button-try-again").into_iter().collect()
        }
        News::KeyRefused { .. } => {
            let panel = alert.about.panel().cloned();
            vec![show("button-new-key", Page::Welcome { panel })]
        }
        News::Together { .. } | News::Meanwhile { .. } | News::HeldBack { .. } => {
            vec![show("button-show", page(alert))]
        }
        News::CameBack { .. }
        | News::TogetherBack { .. }
        | News::PanelAway { .. }
        | News::NodeAway { .. }
        | News::AnswersAgain { .. }
        | News::AlreadyUp
        | News::TooOld
        | News::MovedOn
        | News::Gone
        | News::Notice { .. } => Vec::new(),
    }
}

/// Force stop is confirmed in the window, never sent by a press here.
fn kill(alert: &Alert, texts: &Texts) -> Vec<Button> {
    let Some(server) = alert.about.server().cloned() else {
        return Vec::new();
    };
    let page = Page::Confirm {
        server,
        signal: PowerSignal::Kill,
    };
    vec![Button {
        text: texts.say("button-force-stop"),
        press: Action::Show { page },
    }]
}

/// What a click on the body opens.
fn page(alert: &Alert) -> Page {
    if let Some(server) = alert.about.server().cloned() {
        return Page::Server { server };
    }
    if let (Some(panel), News::KeyRefused { .. }) = (alert.about.panel(), &alert.news) {
        let panel = Some(panel.clone());
        return Page::Welcome { panel };
    }
    if alert.about == Subject::Held {
        Page::Alerts
    } else {
        Page::Servers
    }
}
