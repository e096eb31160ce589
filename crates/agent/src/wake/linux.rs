//! logind's signal `PrepareForSleep`, which says `false` when a sleep is over.
//!
//! Calls nothing on the system bus, and is content where there is none.

use futures_util::StreamExt as _;
use pterotray_core::App;
use zbus::{Connection, MatchRule, MessageStream, message::Type};

/// Listens until the bus goes away.
pub(crate) async fn listen(app: App) {
    if let Err(error) = hear(&app).await {
        tracing::info!(%error, "nothing tells when the computer wakes up; the clocks will");
    }
}

async fn hear(app: &App) -> zbus::Result<()> {
    let bus = Connection::system().await?;
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .sender("org.freedesktop.login1")?
        .interface("org.freedesktop.login1.Manager")?
        .member("PrepareForSleep")?
        .build();
    let mut signals = MessageStream::for_match_rule(rule, &bus, Some(1)).await?;
    while let Some(signal) = signals.next().await {
        let falls_asleep: Result<bool, _> = signal?.body().deserialize();
        if falls_asleep == Ok(false) {
            app.woke();
        }
    }
    Ok(())
}
