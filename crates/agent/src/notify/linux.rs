//! Notifications on Linux, through notify-rust: `org.freedesktop.Notifications` on the session bus.
//!
//! Never waits for a press: each notification waits in a task of its own until it is answered,
//! closed or replaced.

use super::shown::{OPEN, Shown};
use crate::{own_file, tray::icon::app_file};
use anyhow::Context as _;
use notify_rust::{Hint, NotificationHandle, NotificationResponse, Timeout};
use pterotray_core::{
    Action, App, Notification, Problem, ProblemKind, Subject, Texts, Urgency, paths::Paths,
};
use std::{collections::BTreeMap, io::Write as _, path::PathBuf, sync::Arc, time::Duration};
use tokio::{
    sync::mpsc,
    task::{AbortHandle, spawn_blocking},
    time::timeout,
};

/// The name of the menu entry that packages install, without its ending.
const DESKTOP_ENTRY: &str = "io.github.pterotray.Pterotray";
/// How long the notification server may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Shows notifications one after the other, and hears what is pressed.
#[derive(Debug)]
pub(crate) struct Notifier {
    orders: mpsc::UnboundedSender<Order>,
}

#[derive(Debug)]
enum Order {
    Show(Box<Notification>),
    Withdraw(Subject),
}

impl Notifier {
    /// Starts it; the session bus is looked for when there is something to show.
    pub(crate) fn start(app: App, texts: Arc<Texts>, paths: &Paths) -> Notifier {
        let (orders, inbox) = mpsc::unbounded_channel();
        let picture = picture(paths)
            .inspect_err(|error| tracing::warn!(error = format!("{error:#}"), "no picture"))
            .ok();
        tokio::spawn(run(app, Bubbles::new(texts, picture), inbox));
        Notifier { orders }
    }

    /// Shows a notification, in place of an older one about the same subject.
    pub(crate) fn show(&self, notification: Notification) {
        // It ends only with the program.
        let _ = self.orders.send(Order::Show(Box::new(notification)));
    }

    /// Takes back what was shown about a subject.
    pub(crate) fn withdraw(&self, about: Subject) {
        let _ = self.orders.send(Order::Withdraw(about));
    }
}

async fn run(app: App, mut bubbles: Bubbles, mut inbox: mpsc::UnboundedReceiver<Order>) {
    let (answer, mut answers) = mpsc::unbounded_channel();
    let mut missing = false;
    loop {
        tokio::select! {
            order = inbox.recv() => match order {
                None => return,
                Some(Order::Withdraw(about)) => bubbles.withdraw(&about),
                Some(Order::Show(notification)) => {
                    let shown = bubbles.show(&notification, &answer).await;
                    match shown {
                        Ok(()) if missing => app.mended(ProblemKind::NoNotifications),
                        Ok(()) => {}
                        Err(error) => {
                            // Once: the notice itself may come back here to be shown.
                            if !missing {
                                let error = format!("{error:#}");
                                tracing::warn!(error, "a notification could not be shown");
                                app.notice(Problem::of(ProblemKind::NoNotifications));
                            }
                            missing = true;
                            continue;
                        }
                    }
                    missing = false;
                }
            },
            Some(answer) = answers.recv() => {
                if let Some(action) = bubbles.answered(&answer) {
                    app.act(action);
                }
            }
        }
    }
}

/// What somebody did with a notification.
struct Answer {
    id: u32,
    response: NotificationResponse,
}

/// The notifications on the screen.
struct Bubbles {
    texts: Arc<Texts>,
    picture: Option<PathBuf>,
    shown: Shown,
    waiting: BTreeMap<u32, Waiting>,
    /// The connection of the first notification. GNOME Shell takes all notifications of a program
    /// away when the connection that sent the first one closes.
    first: Option<Arc<NotificationHandle>>,
}

/// A notification that may still be answered. Its connection must live as long: some servers
/// answer only the connection that sent it.
struct Waiting {
    handle: Arc<NotificationHandle>,
    task: AbortHandle,
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Bubbles {
    fn new(texts: Arc<Texts>, picture: Option<PathBuf>) -> Bubbles {
        let (shown, waiting) = (Shown::default(), BTreeMap::new());
        Bubbles {
            texts,
            picture,
            shown,
            waiting,
            first: None,
        }
    }

    async fn show(
        &mut self,
        notification: &Notification,
        answer: &mpsc::UnboundedSender<Answer>,
    ) -> anyhow::Result<()> {
        let abilities = Abilities::ask().await?;
        let mut bubble = bubble(
            notification,
            abilities,
            &self.texts,
            self.picture.as_deref(),
        );
        if let Some(id) = self.shown.id_of(&notification.about) {
            bubble.id(id);
        }
        let handle = timeout(PATIENCE, bubble.show_async())
            .await
            .context("no answer in time")??;
        let handle = Arc::new(handle);
        let id = handle.id();
        let waiting = Waiting {
            handle: handle.clone(),
            task: wait(handle.clone(), answer.clone()),
        };
        self.first.get_or_insert(handle);
        self.shown.keep(id, notification);
        self.waiting.insert(id, waiting);
        self.waiting.retain(|id, _| self.shown.has(*id));
        Ok(())
    }

    fn withdraw(&mut self, about: &Subject) {
        let waiting = self
            .shown
            .withdraw(about)
            .and_then(|id| self.waiting.remove(&id));
        if let Some(waiting) = waiting {
            let handle = waiting.handle.clone();
            tokio::spawn(async move { handle.close_async().await });
        }
    }

    fn answered(&mut self, answer: &Answer) -> Option<Action> {
        self.waiting.remove(&answer.id);
        match &answer.response {
            NotificationResponse::Default => self.shown.press(answer.id, OPEN),
            NotificationResponse::Action(key) => self.shown.press(answer.id, key),
            NotificationResponse::Closed(_) | NotificationResponse::Reply(_) => {
                self.shown.closed(answer.id);
                None
            }
        }
    }
}

fn wait(handle: Arc<NotificationHandle>, answer: mpsc::UnboundedSender<Answer>) -> AbortHandle {
    let waiting = tokio::spawn(async move {
        let id = handle.id();
        let tell = |response: &NotificationResponse| {
            // Nobody listens only when the program is ending.
            let _ = answer.send(Answer {
                id,
                response: response.clone(),
            });
        };
        handle.wait_for_action_async(tell).await;
    });
    waiting.abort_handle()
}

/// What a server can do, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Abilities {
    buttons: bool,
    markup: bool,
}

impl Abilities {
    /// Asked every time: another server may have taken over.
    async fn ask() -> anyhow::Result<Abilities> {
        let asked = spawn_blocking(notify_rust::get_capabilities);
        let names = timeout(PATIENCE, asked)
            .await
            .context("no answer in time")???;
        Ok(Abilities::of(&names))
    }

    fn of(names: &[String]) -> Abilities {
        let has = |wanted: &str| names.iter().any(|name| name == wanted);
        Abilities {
            buttons: has("actions"),
            markup: has("body-markup"),
        }
    }
}

fn bubble(
    notification: &Notification,
    abilities: Abilities,
    texts: &Texts,
    picture: Option<&std::path::Path>,
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
    if let Some(picture) = picture.and_then(std::path::Path::to_str) {
        bubble.icon(picture);
    }
    if abilities.buttons {
        bubble.action(OPEN, &texts.say("button-open"));
        for (place, button) in notification.buttons.iter().enumerate() {
            bubble.action(&place.to_string(), &button.text);
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

/// The program's picture as a file, for where its icon is not installed.
fn picture(paths: &Paths) -> anyhow::Result<PathBuf> {
    pterotray_core::paths::private_folder(paths.runtime())?;
    let file = paths.runtime().join("pterotray.png");
    own_file::empty(&file)?.write_all(app_file())?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::{Abilities, body, bubble};
    use pterotray_core::{Action, Button, Notification, Subject, Texts, Urgency};

    fn notification() -> Notification {
        Notification {
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
        assert_eq!(shown.actions, ["default", "Open", "0", "Restart"]);
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
