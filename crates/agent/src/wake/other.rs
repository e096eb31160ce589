//! Windows and macOS: nothing listens there yet; the clocks tell at the next event.

use pterotray_core::App;
use std::future;

/// Never comes back.
pub(crate) async fn listen(_: App) {
    future::pending::<()>().await;
}
