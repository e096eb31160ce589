//! A desktop's notification server: it remembers what it was asked to show. Shows nothing.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use zbus::{
    Connection, interface, message::Header, object_server::SignalEmitter, zvariant::OwnedValue,
};

pub(crate) const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// A notification as it was asked for.
#[derive(Debug, Clone)]
pub struct Note {
    /// The server's number; a later note with the same one replaced this one.
    pub id: u32,
    /// First line.
    pub title: String,
    /// The rest.
    pub body: String,
    /// 0 low, 1 normal, 2 critical.
    pub urgency: Option<u8>,
    /// The kind of thing, by the specification's names.
    pub category: Option<String>,
    /// A picture's name or file.
    pub icon: String,
    /// Milliseconds until it goes by itself; 0 never, -1 as the server likes.
    pub expires: i32,
    /// Key and label of each action, `default` being a click on the body.
    pub actions: Vec<(String, String)>,
    pub(crate) sender: String,
}

impl Note {
    /// What its buttons say.
    pub fn buttons(&self) -> Vec<&str> {
        let shown = self.actions.iter().filter(|(key, _)| key != "default");
        shown.map(|(_, label)| label.as_str()).collect()
    }

    pub(crate) fn key_of(&self, button: &str) -> Option<&str> {
        let (key, _) = self.actions.iter().find(|(_, label)| label == button)?;
        Some(key)
    }
}

#[derive(Default)]
struct Shown {
    notes: Vec<Note>,
    last_id: u32,
}

/// What was shown so far.
#[derive(Clone, Default)]
pub(crate) struct Notes(Arc<Mutex<Shown>>);

impl Notes {
    pub(crate) async fn appear(&self, bus: &Connection) {
        let served = bus.object_server().at(PATH, Server(self.clone())).await;
        served.expect("the notification server can be served");
        bus.request_name(NAME)
            .await
            .expect("nobody else shows notifications");
    }

    /// Every note asked for, oldest first, the replaced ones too.
    pub(crate) fn all(&self) -> Vec<Note> {
        self.shown().notes.clone()
    }

    /// A person presses the action with this key; the server then closes the note, as real ones do.
    pub(crate) async fn press(bus: &Connection, id: u32, key: &str) -> zbus::Result<()> {
        let emitter = SignalEmitter::new(bus, PATH)?;
        Server::action_invoked(&emitter, id, key).await?;
        Server::notification_closed(&emitter, id, 2).await
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Server(Notes);

#[interface(name = "org.freedesktop.Notifications")]
impl Server {
    #[expect(
        clippy::too_many_arguments,
        reason = "the signature is the specification's"
    )]
    fn notify(
        &self,
        _app: String,
        replaces: u32,
        icon: String,
        title: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        expires: i32,
        #[zbus(header)] header: Header<'_>,
    ) -> u32 {
        let mut shown = self.0.shown();
        if replaces == 0 {
            shown.last_id += 1;
        }
        let id = if replaces == 0 {
            shown.last_id
        } else {
            replaces
        };
        let pairs = actions
            .chunks_exact(2)
            .map(|pair| (pair[0].clone(), pair[1].clone()));
        let urgency = hints
            .get("urgency")
            .and_then(|value| u8::try_from(value).ok());
        let category = hints.get("category");
        let category = category.and_then(|value| <&str>::try_from(value).ok());
        let sender = header.sender().map(ToString::to_string).unwrap_or_default();
        shown.notes.push(Note {
            id,
            title,
            body,
            urgency,
            category: category.map(str::to_owned),
            icon,
            expires,
            actions: pairs.collect(),
            sender,
        });
        id
    }

    async fn close_notification(
        &self,
        id: u32,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) {
        // Nobody has to listen.
        let _ = Self::notification_closed(&emitter, id, 3).await;
    }

    fn get_capabilities(&self) -> Vec<String> {
        ["actions", "body", "persistence"]
            .map(String::from)
            .to_vec()
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        (
            "test desk".into(),
            "pterotray".into(),
            "1".into(),
            "1.2".into(),
        )
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, key: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn notification_closed(
        emitter: &SignalEmitter<'_>,
        id: u32,
        reason: u32,
    ) -> zbus::Result<()>;
}
