//! logind's signal `PrepareForSleep`, which says `false` when a sleep is over.
//!
//! Calls nothing on the system bus, and is content where there is none.

use futures_util::StreamExt as _;
use pterotray_core::App;
use zbus::{Connection, MatchRule, MessageStream, message::Type};

/// Listens until the bus goes away.
pub(crate) async fn listen(app: App) {
    let heard = async { hear(&Connection::system().await?, || app.woke()).await };
    if let Err(error) = heard.await {
        tracing::info!(%error, "nothing tells when the computer wakes up; the clocks will");
    }
}

async fn hear(bus: &Connection, woke: impl Fn()) -> zbus::Result<()> {
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .sender("org.freedesktop.login1")?
        .interface("org.freedesktop.login1.Manager")?
        .member("PrepareForSleep")?
        .build();
    let mut signals = MessageStream::for_match_rule(rule, bus, Some(1)).await?;
    while let Some(signal) = signals.next().await {
        let falls_asleep: Result<bool, _> = signal?.body().deserialize();
        if falls_asleep == Ok(false) {
            woke();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use tokio::net::UnixStream;
    use zbus::{Guid, connection::Builder};

    /// Both ends of a bus with nobody else on it: logind's, and ours.
    async fn bus() -> (Connection, Connection) {
        let (theirs, ours) = UnixStream::pair().unwrap();
        let theirs = Builder::unix_stream(theirs)
            .server(Guid::generate())
            .unwrap()
            .p2p();
        let ours = Builder::unix_stream(ours).p2p();
        tokio::try_join!(theirs.build(), ours.build()).unwrap()
    }

    #[tokio::test]
    async fn the_end_of_a_sleep_is_told_and_neither_its_beginning_nor_nonsense() {
        let (logind, ours) = bus().await;
        let woke = Cell::new(0);
        let says = async |member: &str, falls_asleep: bool| {
            let path = "/org/freedesktop/login1";
            let interface = "org.freedesktop.login1.Manager";
            let nobody: Option<&str> = None;
            let body = (falls_asleep,);
            let said = logind.emit_signal(nobody, path, interface, member, &body);
            said.await.unwrap();
        };
        let night = async {
            says("PrepareForSleep", true).await;
            says("PrepareForShutdown", false).await;
            says("PrepareForSleep", false).await;
            says("PrepareForSleep", true).await;
            says("PrepareForSleep", false).await;
            logind.clone().close().await.unwrap();
        };
        // Whether the bus ends with an error or without one is nothing to anybody.
        let (_, ()) = tokio::join!(hear(&ours, || woke.set(woke.get() + 1)), night);
        assert_eq!(woke.get(), 2);
    }
}
