//! The clipboard: an address to hand on to players.
//!
//! Reads nothing from it, and touches it only when a person asks.

use std::{
    sync::{Arc, Mutex, TryLockError},
    time::Duration,
};
use tokio::{task::spawn_blocking, time::timeout};

/// How long a display may take before it counts as silent.
const ANSWERING: Duration = Duration::from_secs(5);

/// The way to the clipboard. Where the one who copied has to answer for it (X11, Wayland), it is kept
/// from the first copy on.
#[derive(Clone, Default)]
pub(crate) struct Clipboard(Arc<Mutex<Option<arboard::Clipboard>>>);

impl Clipboard {
    /// Puts a text there. Gives whether it is there.
    pub(crate) async fn put(self, text: String) -> bool {
        // A display that hangs must not hold up everything else.
        let copying = spawn_blocking(move || self.copy(text));
        let copied = match timeout(ANSWERING, copying).await {
            Ok(Ok(copied)) => copied,
            Ok(Err(error)) => Err(error.into()),
            Err(_) => Err(anyhow::anyhow!("the display does not answer")),
        };
        if let Err(error) = &copied {
            tracing::warn!(error = format!("{error:#}"), "nothing was copied");
        }
        copied.is_ok()
    }

    fn copy(&self, text: String) -> anyhow::Result<()> {
        // Whoever waits for a display that hangs takes up a thread: one is enough.
        let mut held = match self.0.try_lock() {
            Ok(held) => held,
            Err(TryLockError::Poisoned(held)) => held.into_inner(),
            Err(TryLockError::WouldBlock) => anyhow::bail!("the display does not answer"),
        };
        // After an error the next copy begins anew.
        let mut clipboard = match held.take() {
            Some(clipboard) => clipboard,
            None => arboard::Clipboard::new()?,
        };
        clipboard.set_text(text)?;
        *held = Some(clipboard);
        Ok(())
    }
}
