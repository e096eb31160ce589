//! Start at login on Linux: the plug-in's entry, completed and put where sessions look.
//!
//! Must not make an entry that nobody asked for.

use pterotray_core::login_entry;
use std::env;
use tauri::{AppHandle, Manager as _};
use tauri_plugin_autostart::ManagerExt as _;

/// Whether there is an entry.
///
/// # Errors
/// None here.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the same signature on every system"
)]
pub(crate) fn is_on(_: &AppHandle) -> anyhow::Result<bool> {
    Ok(login_entry::is_there())
}

/// Makes an entry, or removes it.
///
/// # Errors
/// Whatever the file system says.
pub(crate) fn set(app: &AppHandle, on: bool) -> anyhow::Result<()> {
    if !on {
        app.autolaunch().disable()?;
        return Ok(login_entry::remove()?);
    }
    app.autolaunch().enable()?;
    // The plug-in quotes no path, has no TryExec, and knows nothing of XDG_CONFIG_HOME.
    let image = app.env().appimage;
    let program = image.map_or_else(env::current_exe, |image| Ok(image.into()))?;
    Ok(login_entry::write(&program)?)
}
