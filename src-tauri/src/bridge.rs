//! The commands that the page may call.
//!
//! Passes JSON on as it is: understands neither actions nor snapshots.

use crate::{guest::Guest, login, program};
use serde_json::Value;
use tauri::{AppHandle, State, ipc::Channel};

/// From now on the page hears everything on this channel.
#[tauri::command]
pub(crate) fn subscribe(channel: Channel<Value>, guest: State<'_, Guest>) {
    // A page that is gone hears nothing.
    guest.listen(move |said| drop(channel.send(said)));
}

/// Whether the page can be seen, and so wants snapshots.
#[tauri::command]
pub(crate) fn watch(visible: bool, guest: State<'_, Guest>) {
    guest.watch(visible);
}

/// Passes an action on and waits for what became of it.
#[tauri::command]
pub(crate) async fn dispatch(
    action: Value,
    guest: State<'_, Guest>,
) -> Result<Value, &'static str> {
    guest.act(action).await.ok_or("no agent")
}

/// Which server is open on the page, if any: its past is wanted, and with `lines` its console.
#[tauri::command]
pub(crate) fn console(server: Value, lines: bool, guest: State<'_, Guest>) {
    guest.open(server, lines);
}

/// Starts the agent, and looks for it at once.
#[tauri::command]
pub(crate) fn start_agent(guest: State<'_, Guest>) -> Result<(), String> {
    program::start_agent(guest.socket()).map_err(|error| format!("{error:#}"))?;
    guest.look_again();
    Ok(())
}

/// Whether the system starts Pterotray at login.
#[tauri::command]
pub(crate) fn starts_at_login(app: AppHandle) -> Result<bool, String> {
    login::is_on(&app).map_err(|error| format!("{error:#}"))
}

/// Has the system start Pterotray at login, or not any more.
#[tauri::command]
pub(crate) fn start_at_login(on: bool, app: AppHandle) -> Result<(), String> {
    login::set(&app, on).map_err(|error| format!("{error:#}"))
}
