//! The desktop where the system itself shows tray icons and notifications.

use pterotray_core::found;
use std::future::ready;

/// Always there.
pub(super) fn tray() -> impl Future<Output = Option<String>> {
    ready(Some(found::OF_SYSTEM.to_owned()))
}

/// Always there.
pub(super) fn notifications() -> impl Future<Output = Option<String>> {
    ready(Some(found::OF_SYSTEM.to_owned()))
}
