//! Notifications on Linux: notify-rust's values, over our own connection to the notification server.
//!
//! Never waits for a press: what is pressed is heard whenever it comes.

use super::{
    bubble::{Abilities, bubble},
    bus::{Heard, Place, Server, What},
    shown::{Asked, Shown},
};
use crate::{activation::Activation, own_file, tray::icon::app_file};
use anyhow::Context as _;
use pterotray_core::{
    Action, App, Notification, Problem, ProblemKind, Subject, Texts, paths::Paths,
};
use std::{io::Write as _, path::PathBuf, sync::Arc, time::Duration};
use tokio::{sync::mpsc, time::timeout};
use zbus::message::Sequence;

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
    /// Show it in place of itself, if it is still there.
    Amend(Box<Notification>),
    Withdraw(Subject),
}

impl Notifier {
    /// Starts it; the session bus is looked for when there is something to show.
    pub(crate) fn start(
        app: App,
        texts: Arc<Texts>,
        paths: &Paths,
        activation: Activation,
    ) -> Notifier {
        let (orders, inbox) = mpsc::unbounded_channel();
        let picture = picture(paths)
            .inspect_err(|error| tracing::warn!(error = format!("{error:#}"), "no picture"))
            .ok();
        tokio::spawn(run(app, texts, picture, activation, inbox));
        Notifier { orders }
    }

    /// Shows a notification, in place of an older one about the same subject.
    pub(crate) fn show(&self, notification: Notification) {
        self.order(Order::Show(Box::new(notification)));
    }

    /// Says more in a notification that is still on the screen.
    pub(crate) fn amend(&self, notification: Notification) {
        self.order(Order::Amend(Box::new(notification)));
    }

    /// Takes back what was shown about a subject.
    pub(crate) fn withdraw(&self, about: Subject) {
        self.order(Order::Withdraw(about));
    }

    fn order(&self, order: Order) {
        // It ends only with the program.
        let _ = self.orders.send(order);
    }
}

async fn run(
    app: App,
    texts: Arc<Texts>,
    picture: Option<PathBuf>,
    activation: Activation,
    mut inbox: mpsc::UnboundedReceiver<Order>,
) {
    let (ear, mut heard) = mpsc::unbounded_channel();
    let mut bubbles = Bubbles {
        texts,
        picture,
        ear,
        server: None,
        shown: Shown::default(),
        token: None,
    };
    let mut missing = false;
    loop {
        tokio::select! {
            order = inbox.recv() => match order {
                None => return,
                Some(Order::Withdraw(about)) => bubbles.withdraw(&about).await,
                Some(Order::Amend(notification)) if !bubbles.shown.has(notification.alert) => {}
                Some(Order::Show(notification) | Order::Amend(notification)) => {
                    let shown = bubbles.show(&notification).await;
                    missing = told(&app, shown, missing);
                }
            },
            Some(heard) = heard.recv() => {
                if let Some(Asked { alert, action }) = bubbles.hear(&heard) {
                    activation.give(bubbles.token_of(&heard.place));
                    app.act(Action::AlertRead { alert });
                    app.act(action);
                }
            }
        }
    }
}

/// Says once that nothing can be shown; whether that is so now.
fn told(app: &App, shown: anyhow::Result<()>, missing: bool) -> bool {
    let Err(error) = shown else {
        if missing {
            app.mended(ProblemKind::NoNotifications);
        }
        return false;
    };
    // Once: the notice itself may come back here to be shown.
    if !missing {
        let error = format!("{error:#}");
        tracing::warn!(error, "a notification could not be shown");
        app.notice(Problem::of(ProblemKind::NoNotifications));
    }
    true
}

/// The notifications on the screen.
struct Bubbles {
    texts: Arc<Texts>,
    picture: Option<PathBuf>,
    ear: mpsc::UnboundedSender<Heard>,
    /// Kept for as long as the bus is there: some servers answer only the connection that sent a
    /// notification, and GNOME Shell takes all of them away with it.
    server: Option<Server>,
    shown: Shown<Sequence>,
    /// Comes before the press that it belongs to.
    token: Option<(Place, String)>,
}

impl Bubbles {
    async fn show(&mut self, notification: &Notification) -> anyhow::Result<()> {
        let shown = timeout(PATIENCE, self.send(notification)).await;
        let shown = shown.context("no answer in time").flatten();
        self.server.take_if(|server| !server.is_there());
        shown
    }

    async fn send(&mut self, notification: &Notification) -> anyhow::Result<()> {
        let server = match self.server.take() {
            Some(server) => server,
            None => Server::connect(self.ear.clone()).await?,
        };
        let server = self.server.insert(server);
        // Asked every time: another server may have taken over.
        let (names, name) = server.abilities().await?;
        let abilities = Abilities::of(&names);
        let bubble = bubble(
            notification,
            abilities,
            &self.texts,
            self.picture.as_deref(),
        );
        let replaces = self.shown.id_of(&notification.about, &name);
        self.shown.offer(notification);
        let (place, at) = server.notify(&bubble, replaces.unwrap_or_default()).await?;
        self.shown.appeared(notification, place, at);
        Ok(())
    }

    async fn withdraw(&mut self, about: &Subject) {
        let Some(place) = self.shown.withdraw(about) else {
            return;
        };
        if let Some(server) = &self.server {
            match timeout(PATIENCE, server.close(&place)).await {
                Ok(Ok(())) => {}
                // A server that is gone took it along.
                Ok(Err(error)) => tracing::debug!(%error, "a notification could not be closed"),
                Err(_) => tracing::debug!("a notification was not closed in time"),
            }
        }
    }

    fn hear(&mut self, heard: &Heard) -> Option<Asked> {
        match &heard.what {
            What::Token(token) => {
                self.token = Some((heard.place.clone(), token.clone()));
                None
            }
            What::Pressed(key) => self.shown.pressed(&heard.place, heard.at, key),
            What::Closed => {
                self.shown.closed(&heard.place, heard.at);
                None
            }
        }
    }

    /// The token of a press on the notification in this place.
    fn token_of(&mut self, place: &Place) -> Option<String> {
        let (of, token) = self.token.take()?;
        (of == *place).then_some(token)
    }
}

/// The program's picture as a file, for where its icon is not installed.
fn picture(paths: &Paths) -> anyhow::Result<PathBuf> {
    pterotray_core::paths::private_folder(paths.runtime())?;
    let file = paths.runtime().join("pterotray.png");
    own_file::empty(&file)?.write_all(app_file())?;
    Ok(file)
}
