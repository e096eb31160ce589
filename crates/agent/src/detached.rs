//! Starting a program that outlives whoever starts it.
//!
//! Starts none itself.

use tokio::process::Command;

/// Away from the terminal: its Ctrl-C is meant for the program that was typed there.
#[cfg(unix)]
pub(crate) fn detached(command: &mut Command) -> &mut Command {
    command.process_group(0)
}

/// Nothing to do: a window program has no terminal there.
#[cfg(not(unix))]
pub(crate) fn detached(command: &mut Command) -> &mut Command {
    command
}
