//! Reads recorded exchanges and prints what the client makes of each: one line a file, columns between tabs.
//!
//! ```text
//! cargo run -p pterodactyl-client --example classify -- FILE…
//! NAME    CALL    OUTCOME    WHOSE TROUBLE    WHEN AGAIN
//! ```
//!
//! The outcome is `ok` or the kind of error. The trouble is the key's, the panel's, the node's, the server's or nobody's
//! (`-`): a limit, or a request that was wrong. A file with several exchanges has a line for each, numbered. What cannot be
//! read is named on the error output and makes it end with failure, after all the others.

#![expect(clippy::print_stderr, reason = "an example talks to a terminal")]

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use pterodactyl_client::recorded::Exchange;
use pterodactyl_client::{Call, Error};

fn main() -> ExitCode {
    let files: Vec<std::ffi::OsString> = std::env::args_os().skip(1).collect();
    if files.is_empty() {
        eprintln!(
            "usage: classify FILE…   (recorded exchanges, such as tests/recordings/1.11/*.http)"
        );
        return ExitCode::FAILURE;
    }
    let mut code = ExitCode::SUCCESS;
    for file in &files {
        let file = Path::new(file);
        for line in classify(file) {
            match line {
                Ok(line) => {
                    // Nobody may be reading any longer (`| head`).
                    if writeln!(io::stdout(), "{line}").is_err() {
                        return code;
                    }
                }
                Err(why) => {
                    eprintln!("{}: {why}", file.display());
                    code = ExitCode::FAILURE;
                }
            }
        }
    }
    code
}

/// One line for each exchange in `file`, or why there is none.
fn classify(file: &Path) -> Vec<Result<String, String>> {
    let text = match std::fs::read(file) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => return vec![Err(format!("cannot be read: {error}"))],
    };
    let name = file.file_stem().unwrap_or_default().display();
    let found = Exchange::read_all(&text);
    let alone = found.len() == 1;
    let mut lines = Vec::new();
    for (number, exchange) in (1..).zip(found) {
        lines.push(match exchange {
            Ok(exchange) if alone => Ok(format!("{name}\t{}", judged(&exchange))),
            Ok(exchange) => Ok(format!("{name}#{number}\t{}", judged(&exchange))),
            Err(why) if alone => Err(format!("is no recording: {why}")),
            Err(why) => Err(format!("exchange {number} is no recording: {why}")),
        });
    }
    lines
}

fn judged(exchange: &Exchange) -> String {
    let call = exchange.call();
    let outcome = match exchange.outcome() {
        Ok(_) => "ok\t-\t-".to_owned(),
        Err(error) => trouble(call, &error),
    };
    format!("{}\t{outcome}", call.name())
}

fn trouble(call: Call, error: &Error) -> String {
    let mut kind = error.kind().to_owned();
    if let Some(more) = detail(call, error) {
        kind = format!("{kind}({more})");
    }
    let about = error.about_for(call).map(|about| about.to_string());
    let now = Instant::now();
    let again = error.retry_at(now).map(|then| {
        let seconds = (then - now).as_secs();
        let scope = if error.is_this_action_only() {
            ", this action only"
        } else {
            ""
        };
        format!("in {seconds} s{scope}")
    });
    let dash = || "-".to_owned();
    format!(
        "{kind}\t{}\t{}",
        about.unwrap_or_else(dash),
        again.unwrap_or_else(dash)
    )
}

/// What tells two errors of one kind apart.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the other kinds say everything by their name"
)]
fn detail(call: Call, error: &Error) -> Option<String> {
    if let Some(permission) = error.missing_permission(call) {
        return Some(permission.to_owned());
    }
    match error {
        Error::Conflict { state, .. } => state.map(|state| format!("{state:?}")),
        Error::NodeError { status, .. } | Error::Broken { status, .. } => Some(status.to_string()),
        Error::ServerBroken { .. } => Some("500".to_owned()),
        Error::Refused { status, code, .. } => Some(format!("{status} {code}")),
        Error::IpNotAllowed { ip } => ip.clone(),
        _ => None,
    }
}
