//! When the system wants the program to end.
//!
//! Ends nothing itself.

use std::{future, task::Poll};
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Waits for SIGTERM, SIGINT or SIGHUP; for ever when the system lets nobody listen for them.
pub(crate) async fn asked_for() {
    any([
        SignalKind::terminate(),
        SignalKind::interrupt(),
        SignalKind::hangup(),
    ])
    .await;
}

/// Waits for any of them that can be listened for: from then on it does nothing by itself.
fn any(kinds: impl IntoIterator<Item = SignalKind>) -> impl Future<Output = ()> {
    let listen = |kind| signal(kind).ok();
    let mut heard: Vec<Signal> = kinds.into_iter().filter_map(listen).collect();
    future::poll_fn(move |context| {
        let came = |signal: &mut Signal| signal.poll_recv(context).is_ready();
        if heard.iter_mut().any(came) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::process::{Signal as Sent, getpid, kill_process};
    use std::time::Duration;
    use tokio::time::timeout;

    #[tokio::test]
    async fn one_signal_that_cannot_be_listened_for_makes_nobody_deaf_to_the_others() {
        // Nobody may listen for SIGKILL.
        let kill = SignalKind::from_raw(Sent::KILL.as_raw());
        let asked = any([SignalKind::user_defined1(), kill]);
        kill_process(getpid(), Sent::USR1).unwrap();
        timeout(Duration::from_secs(30), asked).await.unwrap();
    }
}
