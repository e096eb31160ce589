//! The clipboard: an address to hand on to players.
//!
//! Reads nothing from it, and touches it only when a person asks.

use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::spawn_blocking;

/// The way to the clipboard. Where the one who copied has to answer for it (X11, Wayland), it is kept
/// from the first copy on.
#[derive(Clone, Default)]
pub(crate) struct Clipboard(Arc<Mutex<Option<arboard::Clipboard>>>);

impl Clipboard {
    /// Puts a text there. What comes of it is only logged: nobody waits.
    pub(crate) fn put(&self, text: String) {
        let held = Arc::clone(&self.0);
        // A display that hangs must not hold up everything else.
        drop(spawn_blocking(move || {
            let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
            if let Err(error) = copy(&mut held, text) {
                *held = None;
                tracing::warn!(%error, "nothing was copied");
            }
        }));
    }
}

fn copy(held: &mut Option<arboard::Clipboard>, text: String) -> Result<(), arboard::Error> {
    let clipboard = match held {
        Some(clipboard) => clipboard,
        none => none.insert(arboard::Clipboard::new()?),
    };
    clipboard.set_text(text)
}
