//! Start at login on macOS and Windows, as the plug-in does it.
//!
//! Must not register anything that nobody asked for.

use tauri::AppHandle;
use tauri_plugin_autostart::ManagerExt as _;

/// Whether the system starts Pterotray.
///
/// # Errors
/// Whatever the system says.
pub(crate) fn is_on(app: &AppHandle) -> anyhow::Result<bool> {
    Ok(app.autolaunch().is_enabled()?)
}

/// Has the system start Pterotray, or not any more.
///
/// # Errors
/// Whatever the system says.
pub(crate) fn set(app: &AppHandle, on: bool) -> anyhow::Result<()> {
    if on {
        Ok(app.autolaunch().enable()?)
    } else {
        Ok(app.autolaunch().disable()?)
    }
}
