//! Pterotray's window: a guest of the agent that shows its snapshots and passes on what is asked.
//!
//! Decides nothing and keeps nothing: closing the window ends the process.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]
#![forbid(unsafe_code)]

mod arguments;
mod bridge;
#[cfg(target_os = "linux")]
#[path = "display/linux.rs"]
mod display;
#[cfg(not(target_os = "linux"))]
#[path = "display/other.rs"]
mod display;
mod guest;
#[cfg(not(unix))]
#[path = "hand_over/other.rs"]
mod hand_over;
#[cfg(unix)]
#[path = "hand_over/unix.rs"]
mod hand_over;
#[cfg(target_os = "linux")]
#[path = "login/linux.rs"]
mod login;
#[cfg(not(target_os = "linux"))]
#[path = "login/other.rs"]
mod login;
mod program;
mod window;

use crate::arguments::{Arguments, Start};
use std::{io::Write as _, process::ExitCode};

/// Exit code for arguments that are not understood, as on the agent's command line.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    match Arguments::parse(std::env::args_os().skip(1)) {
        Ok(Start::Agent { hidden }) => {
            ended(program::agent_path().and_then(|agent| hand_over::to(&agent, hidden)))
        }
        Ok(Start::Window(arguments)) => {
            ended(display::required().and_then(|()| window::open(arguments)))
        }
        Err(error) => complain(&error, USAGE),
    }
}

fn ended(result: anyhow::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(&error, 1),
    }
}

fn complain(error: &anyhow::Error, code: u8) -> ExitCode {
    // Nobody may be listening to standard error; that changes nothing.
    let _ = writeln!(std::io::stderr(), "pterotray-window: {error:#}");
    ExitCode::from(code)
}
