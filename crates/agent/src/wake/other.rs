//! Windows and macOS: nothing listens there yet.
//!
//! On macOS the clocks tell at the next event, which may take a minute. On Windows they do not, for its monotonic clock
//! goes on through a sleep: what was read before grows stale, and dead sockets are found by their silence. What remains is to
//! hear `PBT_APMRESUMEAUTOMATIC` there and `NSWorkspaceDidWakeNotification` on macOS. Not run where it was written.

use pterotray_core::App;
use std::future;

/// Never comes back.
pub(crate) async fn listen(_: App) {
    future::pending::<()>().await;
}
