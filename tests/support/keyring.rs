//! A real keyring (gnome-keyring) on the desk's bus, and a look into it past the program.

use crate::{bus::Bus, ground::Ground};
use serde::Serialize;
use std::{collections::HashMap, process::Stdio};
use tokio::{
    io::AsyncWriteExt as _,
    process::{Child, Command},
};
use zbus::{
    Message,
    zvariant::{DynamicType, OwnedObjectPath, OwnedValue, Value},
};

const NAME: &str = "org.freedesktop.secrets";
const PATH: &str = "/org/freedesktop/secrets";
const SERVICE: &str = "org.freedesktop.Secret.Service";

/// A secret as the bus carries it: session, parameters, value, type.
type Secret = (OwnedObjectPath, Vec<u8>, Vec<u8>, String);

/// The running keyring.
pub(crate) struct Keyring {
    // Ends with the desk.
    _daemon: Child,
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
            .write_all(b"throw-away")
            .await
            .expect("it takes a password");
        drop(password);
        bus.wait_for(NAME).await;
        Keyring { _daemon: daemon }
    }

    /// Locks its default collection. Nothing on the desk can ask a person for the password.
    pub(crate) async fn lock(bus: &Bus) -> zbus::Result<()> {
        let collection: OwnedObjectPath = ask(bus, "ReadAlias", &("default",))
            .await?
            .body()
            .deserialize()?;
        ask(bus, "Lock", &(vec![collection],)).await?;
        Ok(())
    }

    /// Every secret in it, as text.
    pub(crate) async fn secrets(bus: &Bus) -> zbus::Result<Vec<String>> {
        let opened = ask(bus, "OpenSession", &("plain", Value::from(""))).await?;
        let (_, session): (OwnedValue, OwnedObjectPath) = opened.body().deserialize()?;
        let everything = HashMap::<String, String>::new();
        let searched = ask(bus, "SearchItems", &(everything,)).await?;
        let (unlocked, _): (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) =
            searched.body().deserialize()?;
        let got = ask(bus, "GetSecrets", &(unlocked, session)).await?;
        let secrets: HashMap<OwnedObjectPath, Secret> = got.body().deserialize()?;
        let text = |(_, _, value, _): Secret| String::from_utf8_lossy(&value).into_owned();
        Ok(secrets.into_values().map(text).collect())
    }
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
