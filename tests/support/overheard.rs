//! Everything that goes over a desk's bus, overheard as any program of the same user can. Says nothing itself.

use crate::desk::Desk;
use futures_util::StreamExt as _;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::JoinHandle;
use zbus::{MessageStream, fdo::MonitoringProxy};

/// The bytes of every message since it began.
pub struct Overheard {
    bytes: Arc<Mutex<Vec<u8>>>,
    listening: JoinHandle<()>,
}

impl Desk {
    /// Begins to listen to everything.
    ///
    /// # Panics
    /// When the bus does not let somebody listen.
    pub async fn overhear(&self) -> Overheard {
        let ear = self.bus().connect().await;
        let mut stream = MessageStream::from(&ear);
        let monitor = MonitoringProxy::new(&ear).await;
        let monitor = monitor.expect("a bus that can be listened to");
        let taken = monitor.become_monitor(&[], 0).await;
        taken.expect("the bus lets its owner listen");
        let bytes = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&bytes);
        let listening = tokio::spawn(async move {
            // The connection lives as long as somebody listens.
            let _ear = ear;
            while let Some(Ok(message)) = stream.next().await {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.extend_from_slice(message.data().bytes());
            }
        });
        Overheard { bytes, listening }
    }
}

impl Overheard {
    /// Whether this text was said in any message.
    pub fn holds(&self, text: &str) -> bool {
        let bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    }
}

impl Drop for Overheard {
    fn drop(&mut self) {
        self.listening.abort();
    }
}
