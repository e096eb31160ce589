//! Waiting for something to become true. The only place of the harness that lets time pass.

use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval, timeout};

/// How long anything may take before a test gives up: far beyond what a loaded machine needs.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// How long what takes a minute and a half by design may take.
pub const LONG: Duration = Duration::from_secs(150);

const BETWEEN_LOOKS: Duration = Duration::from_millis(15);

/// Looks again and again until there is something, and gives that.
///
/// # Panics
/// When there is nothing for [`PATIENCE`]; the message says what was waited for.
pub async fn until<T>(what: &str, look: impl AsyncFnMut() -> Option<T>) -> T {
    until_or(what, look, async || String::new()).await
}

/// The same for what the program itself gives a minute or more before it is told.
///
/// # Panics
/// When there is nothing for [`LONG`].
pub async fn until_at_last<T>(what: &str, look: impl AsyncFnMut() -> Option<T>) -> T {
    until_within(LONG, what, look, async || String::new()).await
}

/// The same, and says what `explain` gives when it was in vain.
///
/// # Panics
/// When there is nothing for [`PATIENCE`].
pub async fn until_or<T>(
    what: &str,
    look: impl AsyncFnMut() -> Option<T>,
    explain: impl AsyncFnOnce() -> String,
) -> T {
    until_within(PATIENCE, what, look, explain).await
}

pub(crate) async fn until_within<T>(
    patience: Duration,
    what: &str,
    mut look: impl AsyncFnMut() -> Option<T>,
    explain: impl AsyncFnOnce() -> String,
) -> T {
    let looking = async {
        let mut ticks = interval(BETWEEN_LOOKS);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if let Some(found) = look().await {
                return found;
            }
        }
    };
    if let Ok(found) = timeout(patience, looking).await {
        return found;
    }
    let explained = timeout(PATIENCE, explain()).await.unwrap_or_default();
    panic!(
        "waited {} s in vain for: {what}\n{explained}",
        patience.as_secs()
    );
}
