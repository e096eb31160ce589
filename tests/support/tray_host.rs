//! A desktop's tray host: programs register their icon here. Draws nothing.

use crate::bus::Bus;
use std::sync::{Arc, Mutex, PoisonError};
use zbus::{
    Connection, fdo::RequestNameFlags, interface, message::Header, object_server::SignalEmitter,
};

pub(crate) const NAME: &str = "org.kde.StatusNotifierWatcher";
const PATH: &str = "/StatusNotifierWatcher";

/// Bus name and object path of an icon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Icon {
    pub(crate) owner: String,
    pub(crate) path: String,
}

/// The icons that registered with the host that runs now, oldest first.
type Icons = Arc<Mutex<Vec<Icon>>>;

/// The desk's place for a host; there is none until one appears.
#[derive(Default)]
pub(crate) struct TrayHost(Mutex<Option<Host>>);

struct Host {
    icons: Icons,
    connection: Connection,
}

impl TrayHost {
    /// A host comes up, with a connection of its own and no icon. If another runs, its place is taken.
    pub(crate) async fn appear(&self, bus: &Bus) {
        let icons = Icons::default();
        let connection = bus.connect().await;
        let watcher = Watcher(icons.clone());
        let served = connection.object_server().at(PATH, watcher).await;
        served.expect("the tray host can be served");
        let host = Host {
            icons,
            connection: connection.clone(),
        };
        // Before it has the name: whoever waits for the name registers at once.
        let before = self.put(Some(host));
        let flags = RequestNameFlags::AllowReplacement | RequestNameFlags::ReplaceExisting;
        connection
            .request_name_with_flags(NAME, flags)
            .await
            .expect("a host may take the place of another");
        end(before).await;
    }

    /// The host dies.
    pub(crate) async fn vanish(&self) {
        end(self.put(None)).await;
    }

    pub(crate) fn newest(&self) -> Option<Icon> {
        let host = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        host.as_ref()
            .and_then(|host| all(&host.icons).last().cloned())
    }

    fn put(&self, host: Option<Host>) -> Option<Host> {
        let mut place = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut place, host)
    }
}

async fn end(host: Option<Host>) {
    if let Some(host) = host {
        let closed = host.connection.close().await;
        closed.expect("a host's connection can be closed");
    }
}

fn all(icons: &Icons) -> std::sync::MutexGuard<'_, Vec<Icon>> {
    icons.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Watcher(Icons);

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    async fn register_status_notifier_item(
        &self,
        service: String,
        #[zbus(header)] header: Header<'_>,
        #[zbus(signal_emitter)] emitter: SignalEmitter<'_>,
    ) {
        // Some hand over a bus name, others the path of an object of theirs.
        let icon = if service.starts_with('/') {
            let owner = header.sender().map(ToString::to_string).unwrap_or_default();
            Icon {
                owner,
                path: service.clone(),
            }
        } else {
            Icon {
                owner: service.clone(),
                path: "/StatusNotifierItem".to_owned(),
            }
        };
        all(&self.0).push(icon);
        // Nobody has to listen.
        let _ = Self::status_notifier_item_registered(&emitter, &service).await;
    }

    fn register_status_notifier_host(&self, _service: String) {}

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        all(&self.0)
            .iter()
            .map(|icon| format!("{}{}", icon.owner, icon.path))
            .collect()
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }

    #[zbus(signal)]
    async fn status_notifier_item_registered(
        emitter: &SignalEmitter<'_>,
        service: &str,
    ) -> zbus::Result<()>;
}
