//! Tray host and notification server on Linux, asked on the session bus.
//!
//! Shows nothing and registers nothing.

use super::ANSWERING;
use pterotray_core::found;
use tokio::{task::spawn_blocking, time::timeout};
use zbus::{Connection, Proxy};

const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// Whether somebody shows tray icons.
pub(super) async fn tray() -> Option<String> {
    timeout(ANSWERING, tray_host()).await.ok()
}

async fn tray_host() -> String {
    let Ok(bus) = Connection::session().await else {
        return found::NO_BUS.to_owned();
    };
    let host = async {
        let watcher = Proxy::new(&bus, WATCHER, "/StatusNotifierWatcher", WATCHER).await?;
        watcher
            .get_property::<bool>("IsStatusNotifierHostRegistered")
            .await
    };
    match host.await {
        Ok(true) => found::HOST.to_owned(),
        Ok(false) => found::NO_HOST.to_owned(),
        Err(_) => found::NO_WATCHER.to_owned(),
    }
}

/// The notification server and what it can do.
pub(super) async fn notifications() -> Option<String> {
    let asking = spawn_blocking(|| {
        let Ok(server) = notify_rust::get_server_information() else {
            return found::NO_SERVER.to_owned();
        };
        let abilities = notify_rust::get_capabilities().unwrap_or_default();
        format!(
            "{} {}: {}",
            server.name,
            server.version,
            abilities.join(", ")
        )
    });
    timeout(ANSWERING, asking).await.ok()?.ok()
}
