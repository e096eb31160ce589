//! Reads recorded exchanges and prints what the client makes of each: one line a file, columns between tabs.
//!
//! ```text
//! cargo run -p pterodactyl-client --example classify -- FILE…
//! NAME    CALL    OUTCOME    WHOSE TROUBLE    WHEN AGAIN
//! ```
//!
//! The outcome is `ok` or the kind of error. The trouble is the key's, the panel's, the node's, the server's or nobody's
//! (`-`): a limit, or a request that was wrong. It ends with failure when a file cannot be read.

#![expect(clippy::print_stdout, reason = "an example talks to a terminal")]
#![expect(clippy::print_stderr, reason = "an example talks to a terminal")]

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use pterodactyl_client::recorded::Exchange;
use pterodactyl_client::{Call, Error};

fn main() -> ExitCode {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        eprintln!(
            "usage: classify FILE…   (recorded exchanges, such as tests/recordings/1.11/*.http)"
        );
        return ExitCode::FAILURE;
    }
    let mut code = ExitCode::SUCCESS;
    for file in &files {
        match classify(file) {
            Ok(line) => println!("{line}"),
            Err(why) => {
                eprintln!("{file}: {why}");
                code = ExitCode::FAILURE;
            }
        }
    }
    code
}

fn classify(file: &str) -> Result<String, Box<dyn std::error::Error>> {
    let exchange = Exchange::read(&String::from_utf8_lossy(&std::fs::read(file)?))?;
    let name = Path::new(file).file_stem().unwrap_or_default();
    let call = exchange.call();
    let outcome = match exchange.outcome() {
        Ok(_) => "ok\t-\t-".to_owned(),
        Err(error) => trouble(call, &error),
    };
    Ok(format!("{}\t{}\t{outcome}", name.display(), call.name()))
}

fn trouble(call: Call, error: &Error) -> String {
    let mut kind = error.kind().to_owned();
    if let Some(more) = detail(call, error) {
        kind = format!("{kind}({more})");
    }
    let about = error.about().map(|about| about.to_string());
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
        Error::Refused { status, code, .. } => Some(format!("{status} {code}")),
        Error::IpNotAllowed { ip } => ip.clone(),
        _ => None,
    }
}
