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
    /// The menu entry of the program that asks.
    pub desktop_entry: Option<String>,
    /// A picture's name or file.
    pub icon: String,
    /// Milliseconds until it goes by itself; 0 never, -1 as the server likes.
    pub expires: i32,
    /// Key and label of each action, `default` being a click on the body.
    pub actions: Vec<(String, String)>,
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

struct Shown {
    notes: Vec<Note>,
    closed: Vec<u32>,
    last_id: u32,
    abilities: Vec<String>,
    pressed_at_once: Option<String>,
    /// The connection it is served on.
    bus: Option<Connection>,
}

/// What was shown so far.
#[derive(Clone)]
pub(crate) struct Notes(Arc<Mutex<Shown>>);

impl Default for Notes {
    fn default() -> Notes {
        Notes(Arc::new(Mutex::new(Shown {
            notes: Vec::new(),
            closed: Vec::new(),
            last_id: 0,
            abilities: ["actions", "body", "persistence"].map(String::from).into(),
            pressed_at_once: None,
            bus: None,
        })))
    }
}

impl Notes {
    pub(crate) async fn appear(&self, bus: &Connection) {
        let served = bus.object_server().at(PATH, Server(self.clone())).await;
        served.expect("the notification server can be served");
        bus.request_name(NAME)
            .await
            .expect("nobody else shows notifications");
        self.shown().bus = Some(bus.clone());
    }

    /// The notification server ends; what it showed is gone, and another one counts anew.
    pub(crate) async fn leave(&self) {
        let bus = self.bus();
        let left = bus.release_name(NAME).await;
        assert!(left.expect("the bus answers"), "nobody was there");
        let removed = bus.object_server().remove::<Server, _>(PATH).await;
        removed.expect("it was served");
        self.shown().last_id = 0;
    }

    /// What it says that it can do.
    pub(crate) fn can(&self, abilities: &[&str]) {
        self.shown().abilities = abilities.iter().map(|&one| one.to_owned()).collect();
    }

    /// Somebody presses this button of the next note that has it, faster than the server answers.
    pub(crate) fn presses_at_once(&self, button: &str) {
        self.shown().pressed_at_once = Some(button.to_owned());
    }

    /// Every note asked for, oldest first, the replaced ones too.
    pub(crate) fn all(&self) -> Vec<Note> {
        self.shown().notes.clone()
    }

    /// The numbers of the notes that the program took back.
    pub(crate) fn closed(&self) -> Vec<u32> {
        self.shown().closed.clone()
    }

    /// A person presses the action with this key; the server then closes the note, as real ones do.
    pub(crate) async fn press(&self, id: u32, key: &str) -> zbus::Result<()> {
        let bus = self.bus();
        let emitter = SignalEmitter::new(&bus, PATH)?;
        Server::action_invoked(&emitter, id, key).await?;
        Server::notification_closed(&emitter, id, 2).await
    }

    /// The same on a desktop that lets what the press opens come to the front.
    pub(crate) async fn press_with_token(
        &self,
        id: u32,
        key: &str,
        token: &str,
    ) -> zbus::Result<()> {
        let emitter = SignalEmitter::new(&self.bus(), PATH)?.into_owned();
        Server::activation_token(&emitter, id, token).await?;
        self.press(id, key).await
    }

    fn bus(&self) -> Connection {
        self.shown().bus.clone().expect("it is served")
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The key of what somebody presses at once on this note.
    fn pressed_at_once(&self, note: &Note) -> Option<String> {
        let wanted = self.shown().pressed_at_once.clone()?;
        let key = note.key_of(&wanted)?.to_owned();
        self.shown().pressed_at_once = None;
        Some(key)
    }
}

struct Server(Notes);

#[interface(name = "org.freedesktop.Notifications")]
impl Server {
    #[expect(
        clippy::too_many_arguments,
        reason = "the signature is the specification's"
    )]
    async fn notify(
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
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) -> u32 {
        let pairs = actions
            .chunks_exact(2)
            .map(|pair| (pair[0].clone(), pair[1].clone()));
        let text = |name: &str| {
            let text = hints.get(name).map(<&str>::try_from);
            text.and_then(Result::ok).map(str::to_owned)
        };
        let urgency = hints
            .get("urgency")
            .and_then(|value| u8::try_from(value).ok());
        let mut note = Note {
            id: replaces,
            title,
            body,
            urgency,
            category: text("category"),
            desktop_entry: text("desktop-entry"),
            icon,
            expires,
            actions: pairs.collect(),
        };
        {
            let mut shown = self.0.shown();
            if replaces == 0 {
                shown.last_id += 1;
                note.id = shown.last_id;
            }
            shown.notes.push(note.clone());
        }
        if let Some(key) = self.0.pressed_at_once(&note) {
            // As GNOME Shell does it: only to whoever asked.
            let whoever = header.sender().expect("a bus names who sends").clone();
            let emitter = emitter.set_destination(whoever.into());
            // Nobody has to listen.
            let _ = Self::action_invoked(&emitter, note.id, &key).await;
            let _ = Self::notification_closed(&emitter, note.id, 2).await;
        }
        note.id
    }

    async fn close_notification(
        &self,
        id: u32,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) {
        self.0.shown().closed.push(id);
        // Nobody has to listen.
        let _ = Self::notification_closed(&emitter, id, 3).await;
    }

    fn get_capabilities(&self) -> Vec<String> {
        self.0.shown().abilities.clone()
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
    async fn activation_token(
        emitter: &SignalEmitter<'_>,
        id: u32,
        token: &str,
    ) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, key: &str) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn notification_closed(
        emitter: &SignalEmitter<'_>,
        id: u32,
        reason: u32,
    ) -> zbus::Result<()>;
}
