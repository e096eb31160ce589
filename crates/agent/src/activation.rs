//! A desktop's word that what is opened next may come to the front: the XDG activation token of a press.
//!
//! Believed for one window and for a moment only. Where a desktop gives none, windows open as they always did.

use std::{
    env,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

/// How a started program is told. The second is read by those who do not know the first.
pub(crate) const VARIABLES: [&str; 2] = ["XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID"];

/// Desktops themselves forget one soon.
const HOLDS_FOR: Duration = Duration::from_secs(10);

/// The newest one, until it is used.
#[derive(Debug, Clone, Default)]
pub(crate) struct Activation(Arc<Mutex<Option<(String, Instant)>>>);

impl Activation {
    /// What this program itself was started with: its first window may use it.
    pub(crate) fn of_start() -> Activation {
        let activation = Activation::default();
        let [token, _] = VARIABLES.map(|name| env::var(name).ok());
        activation.give(token);
        activation
    }

    /// Somebody pressed something. Without a token, none of an earlier press counts any more.
    pub(crate) fn give(&self, token: Option<String>) {
        let token = token.filter(|token| !token.is_empty());
        *self.newest() = token.map(|token| (token, Instant::now()));
    }

    /// What the window that is opened now may use.
    pub(crate) fn take(&self) -> Option<String> {
        let (token, given) = self.newest().take()?;
        (given.elapsed() < HOLDS_FOR).then_some(token)
    }

    fn newest(&self) -> MutexGuard<'_, Option<(String, Instant)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_token_is_for_one_window_soon_after_its_press() {
        let activation = Activation::default();
        assert_eq!(activation.take(), None);
        activation.give(Some("one".to_owned()));
        activation.give(Some("two".to_owned()));
        assert_eq!(activation.take().as_deref(), Some("two"));
        assert_eq!(activation.take(), None);
        activation.give(Some("three".to_owned()));
        activation.give(None);
        assert_eq!(activation.take(), None);
        activation.give(Some("four".to_owned()));
        tokio::time::advance(HOLDS_FOR).await;
        assert_eq!(activation.take(), None);
    }
}
