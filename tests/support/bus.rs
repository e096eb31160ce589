//! A session bus of its own, which starts nothing by itself: only what a test puts there is there.

use crate::{ground::Ground, wait::until};
use std::{fs, process::Stdio};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::Child,
};
use zbus::{Connection, connection, fdo};

const CONFIGURATION: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=FOLDER</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow own="*"/>
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
  </policy>
</busconfig>
"#;

/// The running bus, with a connection of this process.
pub(crate) struct Bus {
    pub(crate) address: String,
    pub(crate) connection: Connection,
    // Ends with the desk.
    _daemon: Child,
}

impl Bus {
    pub(crate) async fn start(ground: &Ground) -> Bus {
        let folder = ground.path("run");
        let file = ground.path("bus.conf");
        let text = CONFIGURATION.replace("FOLDER", &folder.display().to_string());
        fs::write(&file, text).expect("the desk's folder can be written");
        let mut daemon = ground
            .command("dbus-daemon")
            .arg(format!("--config-file={}", file.display()))
            .args(["--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("dbus-daemon starts (package dbus)");
        let address = first_line(&mut daemon).await;
        let connection = connect(&address).await;
        Bus {
            address,
            connection,
            _daemon: daemon,
        }
    }

    /// What logind says after a sleep. A second system bus is not needed for it.
    pub(crate) async fn says_it_woke(&self) {
        let name = "org.freedesktop.login1";
        let owned = self.connection.request_name(name).await;
        owned.expect("nobody else is logind here");
        let said = self.connection.emit_signal(
            None::<&str>,
            "/org/freedesktop/login1",
            "org.freedesktop.login1.Manager",
            "PrepareForSleep",
            &false,
        );
        said.await.expect("the bus takes a signal");
    }

    /// Another connection of this process.
    pub(crate) async fn connect(&self) -> Connection {
        connect(&self.address).await
    }

    pub(crate) async fn has(&self, name: &str) -> bool {
        let bus = fdo::DBusProxy::new(&self.connection).await;
        match (bus, name.try_into()) {
            (Ok(bus), Ok(name)) => bus.name_has_owner(name).await.unwrap_or(false),
            _ => false,
        }
    }

    pub(crate) async fn wait_for(&self, name: &str) {
        let what = format!("{name} on the bus");
        until(&what, async || self.has(name).await.then_some(())).await;
    }
}

async fn connect(address: &str) -> Connection {
    connection::Builder::address(address)
        .expect("dbus-daemon prints its address")
        .build()
        .await
        .expect("the new bus takes a connection")
}

/// The first line a program prints, without its line feed.
pub(crate) async fn first_line(child: &mut Child) -> String {
    let out = child.stdout.take().expect("its output is piped");
    let mut line = String::new();
    let mut out = BufReader::new(out);
    out.read_line(&mut line)
        .await
        .expect("its output can be read");
    line.trim().to_owned()
}
