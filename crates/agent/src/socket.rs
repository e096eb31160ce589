//! The agent's local socket: who may have it, and what stands at both of its ends.
//!
//! Decides nothing about servers or panels; what is said over it is `pterotray_core::wire`.

pub(crate) mod behind;
pub(crate) mod client;
mod followed;
mod guests;
mod lines;
pub(crate) mod server;
#[cfg(unix)]
#[path = "socket/unix.rs"]
mod system;
#[cfg(windows)]
#[path = "socket/windows.rs"]
mod system;

pub(crate) use guests::Guests;

use crate::own_file;
use client::ClientError;
use interprocess::local_socket::tokio::Listener;
use pterotray_core::paths::{Paths, private_folder};
use std::{
    fs::{File, TryLockError},
    io,
    time::Duration,
};
use tokio::time::{sleep, timeout};

/// Between two looks at who has the profile.
const AGAIN: Duration = Duration::from_millis(20);

/// The agent's end of the socket. While it lives, no other agent of this profile can have one.
#[derive(Debug)]
pub(crate) struct Seat {
    listener: Listener,
    _hold: Hold,
}

/// Nobody else changes what this profile keeps while this lives; the system lets go of it even when
/// the program crashes.
#[derive(Debug)]
pub(crate) struct Hold(#[expect(dead_code, reason = "it is there to be held")] File);

/// Takes the agent's place; `None` when another agent of this profile has it.
///
/// Whoever holds the lock file is the agent, so a socket file found then is a dead one and goes.
///
/// # Errors
/// When folder, lock file or socket cannot be made.
pub(crate) fn take(paths: &Paths) -> io::Result<Option<Seat>> {
    let Some(hold) = hold(paths)? else {
        return Ok(None);
    };
    let listener = system::listen(paths)?;
    Ok(Some(Seat {
        listener,
        _hold: hold,
    }))
}

/// Looks again and again until there is what is looked for: an agent, or nobody who has the profile.
///
/// # Errors
/// [`ClientError::Silent`] when that takes longer than `longest`; whatever a look says.
pub(crate) async fn until<Found, Failed: From<ClientError>>(
    longest: Duration,
    mut look: impl AsyncFnMut() -> Result<Option<Found>, Failed>,
) -> Result<Found, Failed> {
    let found = async {
        loop {
            if let Some(found) = look().await? {
                return Ok(found);
            }
            sleep(AGAIN).await;
        }
    };
    let found = timeout(longest, found).await;
    found.unwrap_or_else(|_| Err(ClientError::Silent.into()))
}

/// Keeps every agent of this profile from starting, for a command that changes what is kept; `None`
/// when an agent runs, or another such command.
///
/// # Errors
/// When folder or lock file cannot be made.
pub(crate) fn hold(paths: &Paths) -> io::Result<Option<Hold>> {
    private_folder(paths.runtime())?;
    let lock = own_file::empty(&paths.runtime().join("agent.lock"))?;
    match lock.try_lock() {
        Ok(()) => Ok(Some(Hold(lock))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}
