//! A desktop's tray host: programs register their icon here. Draws nothing.

use std::sync::{Arc, Mutex, PoisonError};
use zbus::{Connection, interface, message::Header, object_server::SignalEmitter};

pub(crate) const NAME: &str = "org.kde.StatusNotifierWatcher";
const PATH: &str = "/StatusNotifierWatcher";

/// Bus name and object path of an icon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Icon {
    pub(crate) owner: String,
    pub(crate) path: String,
}

/// The icons registered so far, oldest first.
#[derive(Clone, Default)]
pub(crate) struct TrayHost(Arc<Mutex<Vec<Icon>>>);

impl TrayHost {
    pub(crate) async fn appear(&self, bus: &Connection) {
        let watcher = Watcher(self.clone());
        let served = bus.object_server().at(PATH, watcher).await;
        served.expect("the tray host can be served");
        bus.request_name(NAME)
            .await
            .expect("nobody else is tray host");
    }

    pub(crate) fn newest(&self) -> Option<Icon> {
        self.icons().last().cloned()
    }

    fn icons(&self) -> std::sync::MutexGuard<'_, Vec<Icon>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Watcher(TrayHost);

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
        self.0.icons().push(icon);
        // Nobody has to listen.
        let _ = Self::status_notifier_item_registered(&emitter, &service).await;
    }

    fn register_status_notifier_host(&self, _service: String) {}

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        self.0
            .icons()
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
