//! The commands that the page may call.
//!
//! Passes JSON on as it is: understands neither actions nor snapshots.

use crate::{
    guest::Guest,
    login,
    program::{self, Startable},
};
use serde_json::Value;
use tauri::{AppHandle, State, ipc::Channel};

/// From now on the page hears everything on this channel.
#[tauri::command]
pub(crate) fn subscribe(channel: Channel<Value>, guest: State<'_, Guest>) {
    // A page that is gone hears nothing.
    guest.listen(move |said| drop(channel.send(said)));
}

/// What the page wants to be told: snapshots while it can be seen, and of the server that is open on it, if any, its past,
/// with `lines` its console too.
#[tauri::command]
pub(crate) fn watch(visible: bool, server: Value, lines: bool, guest: State<'_, Guest>) {
    guest.open(server, lines);
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

/// Starts the agent, and looks for it at once; or the demo, which has an agent and a window of its own.
#[tauri::command]
pub(crate) fn start(what: Startable, guest: State<'_, Guest>) -> Result<(), String> {
    let started = match what {
        Startable::Agent => program::start_agent(guest.socket()),
        Startable::Demo => program::start_demo(),
    };
    started.map_err(|error| format!("{error:#}"))?;
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
