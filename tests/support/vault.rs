//! A keyring that knows nothing of what is in it while it is locked, as KeePassXC does. Holds nothing at all.

use crate::bus::Bus;
use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use zbus::{
    Connection, interface,
    zvariant::{OwnedObjectPath, OwnedValue, Value},
};

const NAME: &str = "org.freedesktop.secrets";
const SERVICE: &str = "/org/freedesktop/secrets";
const COLLECTION: &str = "/org/freedesktop/secrets/collection/passwords";

/// The keyring, for as long as this lives.
pub struct Vault {
    open: Arc<AtomicBool>,
    _served: Connection,
}

impl Vault {
    /// A locked one.
    pub(crate) async fn appear(bus: &Bus) -> Vault {
        let (open, served) = (Arc::new(AtomicBool::new(false)), bus.connect().await);
        let collection = Collection(Arc::clone(&open));
        let server = served.object_server();
        let at = server.at(SERVICE, Service).await;
        at.expect("the keyring can be served");
        let at = server.at(COLLECTION, collection).await;
        at.expect("its collection can be served");
        let owned = served.request_name(NAME).await;
        owned.expect("nobody else keeps secrets");
        Vault {
            open,
            _served: served,
        }
    }

    /// Somebody unlocks it in its own program.
    pub fn unlock(&self) {
        self.open.store(true, Ordering::Relaxed);
    }

    /// And locks it again.
    pub fn lock(&self) {
        self.open.store(false, Ordering::Relaxed);
    }
}

struct Service;

#[interface(name = "org.freedesktop.Secret.Service")]
impl Service {
    /// No secret ever passes, so any number is as good as a public key.
    fn open_session(&self, algorithm: &str, _input: Value<'_>) -> (OwnedValue, OwnedObjectPath) {
        let answer = if algorithm == "plain" {
            Value::from("")
        } else {
            Value::from(vec![2_u8; 128])
        };
        let answer = answer.try_into().expect("it holds no file");
        (answer, path("/org/freedesktop/secrets/session/one"))
    }

    fn search_items(
        &self,
        _attributes: HashMap<String, String>,
    ) -> (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) {
        (Vec::new(), Vec::new())
    }

    fn read_alias(&self, name: &str) -> OwnedObjectPath {
        path(if name == "default" { COLLECTION } else { "/" })
    }

    #[zbus(property)]
    fn collections(&self) -> Vec<OwnedObjectPath> {
        vec![path(COLLECTION)]
    }
}

struct Collection(Arc<AtomicBool>);

#[interface(name = "org.freedesktop.Secret.Collection")]
impl Collection {
    #[zbus(property(emits_changed_signal = "false"))]
    fn locked(&self) -> bool {
        !self.0.load(Ordering::Relaxed)
    }
}

fn path(text: &str) -> OwnedObjectPath {
    text.try_into().expect("a path of the bus")
}
