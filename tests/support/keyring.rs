//! A real keyring (gnome-keyring) on the desk's bus, and a look into it past the program.

use crate::{bus::Bus, ground::Ground};
use rustix::process::{Pid, Signal, kill_process};
use serde::Serialize;
use std::{collections::HashMap, process::Stdio};
use tokio::{
    io::AsyncWriteExt as _,
    process::{Child, Command},
};
use zbus::{
    Message, Proxy,
    zvariant::{DynamicType, OwnedObjectPath, OwnedValue, Value},
};

const NAME: &str = "org.freedesktop.secrets";
const PATH: &str = "/org/freedesktop/secrets";
const SERVICE: &str = "org.freedesktop.Secret.Service";
const PASSWORD: &[u8] = b"throw-away";

/// A secret as the bus carries it: session, parameters, value, type.
type Secret = (OwnedObjectPath, Vec<u8>, Vec<u8>, String);

/// The running keyring.
pub(crate) struct Keyring {
    // Ends with the desk.
    daemon: Child,
}

impl Keyring {
    /// Starts it unlocked, with an empty default collection in the desk's home.
    pub(crate) async fn start(ground: &Ground, bus: &Bus) -> Keyring {
        let mut command = ground.command("gnome-keyring-daemon");
        command.env("DBUS_SESSION_BUS_ADDRESS", &bus.address);
        let mut daemon = with_password(&mut command)
            .spawn()
            .expect("gnome-keyring-daemon starts (package gnome-keyring)");
        let mut password = daemon.stdin.take().expect("its input is piped");
        password
            .write_all(PASSWORD)
            .await
            .expect("it takes a password");
        drop(password);
        bus.wait_for(NAME).await;
        Keyring { daemon }
    }

    /// It answers nothing any more, like one that waits for something, until it goes on.
    pub(crate) fn hang(&self) {
        self.signal(Signal::STOP);
    }

    pub(crate) fn go_on(&self) {
        self.signal(Signal::CONT);
    }

    fn signal(&self, signal: Signal) {
        let id = self.daemon.id().and_then(|id| i32::try_from(id).ok());
        let process = id.and_then(Pid::from_raw).expect("the keyring runs");
        kill_process(process, signal).expect("the keyring is ours");
    }

    /// Unlocks its default collection, as a person does in its own program.
    pub(crate) async fn unlock(bus: &Bus) -> zbus::Result<()> {
        let session = open_session(bus).await?;
        let password: Secret = (session, Vec::new(), PASSWORD.to_vec(), "text/plain".into());
        let collection = default_collection(bus).await?;
        let guilt = "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface";
        let unlock = (collection, password);
        bus.connection
            .call_method(
                Some(NAME),
                PATH,
                Some(guilt),
                "UnlockWithMasterPassword",
                &unlock,
            )
            .await?;
        Ok(())
    }

    /// Locks its default collection. Nothing on the desk can ask a person for the password.
    pub(crate) async fn lock(bus: &Bus) -> zbus::Result<()> {
        let collection = default_collection(bus).await?;
        ask(bus, "Lock", &(vec![collection],)).await?;
        Ok(())
    }

    /// What its entries are called, for people.
    pub(crate) async fn labels(bus: &Bus) -> zbus::Result<Vec<String>> {
        let mut labels = Vec::new();
        for path in everything(bus).await? {
            let entry =
                Proxy::new(&bus.connection, NAME, path, "org.freedesktop.Secret.Item").await?;
            labels.push(entry.get_property::<String>("Label").await?);
        }
        Ok(labels)
    }

    /// Every secret in it, as text.
    pub(crate) async fn secrets(bus: &Bus) -> zbus::Result<Vec<String>> {
        let session = open_session(bus).await?;
        let got = ask(bus, "GetSecrets", &(everything(bus).await?, session)).await?;
        let secrets: HashMap<OwnedObjectPath, Secret> = got.body().deserialize()?;
        let text = |(_, _, value, _): Secret| String::from_utf8_lossy(&value).into_owned();
        Ok(secrets.into_values().map(text).collect())
    }
}

/// Every entry that is not locked.
async fn everything(bus: &Bus) -> zbus::Result<Vec<OwnedObjectPath>> {
    let everything = HashMap::<String, String>::new();
    let searched = ask(bus, "SearchItems", &(everything,)).await?;
    let (unlocked, _): (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) =
        searched.body().deserialize()?;
    Ok(unlocked)
}

async fn open_session(bus: &Bus) -> zbus::Result<OwnedObjectPath> {
    let opened = ask(bus, "OpenSession", &("plain", Value::from(""))).await?;
    let (_, session): (OwnedValue, OwnedObjectPath) = opened.body().deserialize()?;
    Ok(session)
}

async fn default_collection(bus: &Bus) -> zbus::Result<OwnedObjectPath> {
    let found = ask(bus, "ReadAlias", &("default",)).await?;
    found.body().deserialize()
}

async fn ask<B>(bus: &Bus, method: &str, body: &B) -> zbus::Result<Message>
where
    B: Serialize + DynamicType,
{
    bus.connection
        .call_method(Some(NAME), PATH, Some(SERVICE), method, body)
        .await
}

fn with_password(command: &mut Command) -> &mut Command {
    command
        .args(["--unlock", "--components=secrets", "--foreground"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
}
