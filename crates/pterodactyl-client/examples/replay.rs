//! Replays recorded websockets: `cargo run -p pterodactyl-client --example replay -- FILE.ws.txt…` prints, for each
//! connection, the session's states, what it sends and what it tells, then one line with the sum of it. Given several
//! files it prints the sums only. What cannot be read is named on the error output and makes it end with failure, after
//! all the others.

#![expect(clippy::print_stderr, reason = "an example talks to a terminal")]

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

#[path = "../tests/transcripts/connection.rs"]
mod connection;
#[path = "../tests/transcripts/replay.rs"]
mod replay;
#[path = "../tests/transcripts/script.rs"]
mod script;
#[path = "../tests/transcripts/wire.rs"]
mod wire;

fn main() -> ExitCode {
    let files: Vec<std::ffi::OsString> = std::env::args_os().skip(1).collect();
    if files.is_empty() {
        eprintln!("usage: replay FILE…   (transcripts, such as tests/recordings/1.11/*.ws.txt)");
        return ExitCode::FAILURE;
    }
    let mut code = ExitCode::SUCCESS;
    for file in &files {
        let file = Path::new(file);
        match told(file, files.len() == 1) {
            Ok(text) => {
                // Nobody may be reading any longer (`| head`).
                if write!(io::stdout(), "{}\n{text}", file.display()).is_err() {
                    return code;
                }
            }
            Err(why) => {
                eprintln!("{}: {why}", file.display());
                code = ExitCode::FAILURE;
            }
        }
    }
    code
}

/// The stories in `file`, a line each, and every step of theirs before it if `all` is wanted.
fn told(file: &Path, all: bool) -> Result<String, String> {
    let bytes = fs::read(file).map_err(|error| format!("cannot be read: {error}"))?;
    let stories = replay::replay(&script::read(&String::from_utf8_lossy(&bytes)));
    if stories.is_empty() {
        return Err("is no transcript: it tells of no connection".to_owned());
    }
    let mut text = String::new();
    for story in stories {
        let steps = story.steps.iter().filter(|_| all);
        for line in steps.chain([&story.summary]) {
            text += "  ";
            text += line;
            text.push('\n');
        }
    }
    Ok(text)
}
