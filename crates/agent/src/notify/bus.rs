//! `org.freedesktop.Notifications` on the session bus, over one connection of our own.
//!
//! Never sends anything before it listens: an answer may come as fast as the notification is shown.

use futures_util::StreamExt as _;
use notify_rust::{Hint, Notification};
use std::collections::HashMap;
use tokio::{sync::mpsc, task::AbortHandle};
use zbus::{
    Connection, Message, Proxy,
    message::Sequence,
    proxy::{Builder, CacheProperties, SignalStream},
    zvariant::Value,
};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// A notification on the screen. Another server counts from one again: its own name on the bus
/// belongs to the number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) server: String,
    pub(super) id: u32,
}

/// What a server says of a notification.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heard {
    pub(super) place: Place,
    /// What it says of one number before it answers with that number is about an older notification.
    pub(super) at: Sequence,
    pub(super) what: What,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum What {
    /// What a press that follows may open in front of everything.
    Token(String),
    Pressed(String),
    Closed,
}

/// The way to the notification server, whichever that is at the moment.
#[derive(Debug)]
pub(super) struct Server {
    proxy: Proxy<'static>,
    ear: AbortHandle,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ear.abort();
    }
}

impl Server {
    /// Connects, and listens from now on.
    pub(super) async fn connect(heard: mpsc::UnboundedSender<Heard>) -> zbus::Result<Server> {
        let bus = Connection::session().await?;
        let proxy: Proxy<'static> = Builder::new(&bus)
            .destination(NAME)?
            .path(PATH)?
            .interface(NAME)?
            .cache_properties(CacheProperties::No)
            .build()
            .await?;
        // Follows the name from one server to the next.
        let signals = proxy.receive_all_signals().await?;
        let ear = tokio::spawn(listen(signals, heard)).abort_handle();
        Ok(Server { proxy, ear })
    }

    /// The bus is still there.
    pub(super) fn is_there(&self) -> bool {
        !self.ear.is_finished()
    }

    /// What the server can do, and its own name. Starts one where the bus knows how.
    pub(super) async fn abilities(&self) -> zbus::Result<(Vec<String>, String)> {
        let answer = self.proxy.call_method("GetCapabilities", &()).await?;
        Ok((answer.body().deserialize()?, sender(&answer)))
    }

    /// Shows a notification, in place of the one with this number.
    pub(super) async fn notify(
        &self,
        bubble: &Notification,
        replaces: u32,
    ) -> zbus::Result<(Place, Sequence)> {
        let asked = (
            &bubble.appname,
            replaces,
            &bubble.icon,
            &bubble.summary,
            &bubble.body,
            &bubble.actions,
            hints(bubble),
            i32::from(bubble.timeout),
        );
        let answer = self.proxy.call_method("Notify", &asked).await?;
        let id = answer.body().deserialize()?;
        let server = sender(&answer);
        Ok((Place { server, id }, answer.recv_position()))
    }

    /// Takes a notification off the screen, if the server that showed it is still there.
    pub(super) async fn close(&self, place: &Place) -> zbus::Result<()> {
        let (bus, server) = (self.proxy.connection(), place.server.as_str());
        let id = place.id;
        bus.call_method(Some(server), PATH, Some(NAME), "CloseNotification", &(id,))
            .await?;
        Ok(())
    }
}

async fn listen(mut signals: SignalStream<'static>, heard: mpsc::UnboundedSender<Heard>) {
    while let Some(signal) = signals.next().await {
        if let Some(one) = understood(&signal)
            && heard.send(one).is_err()
        {
            return;
        }
    }
}

fn understood(signal: &Message) -> Option<Heard> {
    let header = signal.header();
    let body = signal.body();
    let (id, what) = match header.member()?.as_str() {
        "ActionInvoked" => {
            let (id, key) = body.deserialize::<(u32, String)>().ok()?;
            (id, What::Pressed(key))
        }
        "ActivationToken" => {
            let (id, token) = body.deserialize::<(u32, String)>().ok()?;
            (id, What::Token(token))
        }
        "NotificationClosed" => {
            let (id, _why) = body.deserialize::<(u32, u32)>().ok()?;
            (id, What::Closed)
        }
        _ => return None,
    };
    let server = sender(signal);
    Some(Heard {
        place: Place { server, id },
        at: signal.recv_position(),
        what,
    })
}

fn sender(message: &Message) -> String {
    let header = message.header();
    header.sender().map(ToString::to_string).unwrap_or_default()
}

/// The hints that `bubble` gives, as they go over the bus.
fn hints(bubble: &Notification) -> HashMap<&'static str, Value<'_>> {
    let mut hints = HashMap::new();
    for hint in &bubble.hints {
        if let Hint::Urgency(urgency) = hint {
            hints.insert("urgency", Value::U8(*urgency as u8));
        } else if let Hint::Category(category) = hint {
            hints.insert("category", Value::from(category.as_str()));
        } else if let Hint::DesktopEntry(entry) = hint {
            hints.insert("desktop-entry", Value::from(entry.as_str()));
        }
    }
    hints
}
