//! What a server's console says: the daemon's own lines, the game's, and how many of them get through. Never sends any.

use std::collections::VecDeque;
use std::time::Duration;

use crate::life::{Crash, Moment};

/// Lines a node keeps of the present run.
const KEPT: usize = 150;

/// Lines that get through in one `FLOOD_WINDOW`.
const FLOOD: u32 = 2_000;
const FLOOD_WINDOW: Duration = Duration::from_millis(100);

/// A line of the daemon, in its colours.
pub(crate) fn daemon(text: &str) -> String {
    format!("\u{1b}[33m\u{1b}[1m[Pterodactyl Daemon]:\u{1b}[39m {text}\u{1b}[0m")
}

pub(crate) const BEFORE_START: [&str; 3] = [
    "Checking server disk space usage, this could take a few seconds...",
    "Updating process configuration files...",
    "Ensuring file permissions are set correctly, this could take a few seconds...",
];

pub(crate) const PULLING: [&str; 2] = [
    "Finished pulling Docker container image",
    "Pulling Docker container image, this could take a few minutes to complete...",
];

pub(crate) fn crash_banner(crash: Crash) -> Vec<String> {
    let mut lines = vec![
        daemon("---------- Detected server process in a crashed state! ----------"),
        daemon(&format!("Exit code: {}", crash.exit_code)),
        daemon(&format!("Out of memory: {}", crash.out_of_memory)),
    ];
    if !crash.comes_back {
        let aborting = "Aborting automatic restart, last crash occurred less than 60 seconds ago.";
        lines.push(daemon(aborting));
    }
    lines
}

/// The first lines of a container.
pub(crate) fn first_lines(command: &str, name: &str, port: u16, memory: u32) -> [String; 2] {
    [
        format!("\u{1b}[1m\u{1b}[33mcontainer@pterodactyl~ \u{1b}[0m{command}"),
        format!("Starting {name} on port {port} with {memory} MiB"),
    ]
}

pub(crate) fn done(took: Duration) -> String {
    let seconds = took.as_secs_f64();
    format!("Done ({seconds:.3}s)! For help, type \"help\"")
}

/// What the game says to a command, after the terminal's echo.
pub(crate) fn answer(command: &str) -> Vec<String> {
    let line = match command {
        "help" => "commands: stop crash oom color utf8 flood",
        "crash" => "boom",
        "oom" => "asking for more memory than there is",
        "color" => {
            "\u{1b}[31mred\u{1b}[0m \u{1b}[1;32mbold green\u{1b}[0m \u{1b}[38;5;208m256\u{1b}[0m"
        }
        "utf8" => "žluťoučký kůň 🐎 日本語",
        "flood" => return (0..3_000).map(|number| format!("line {number}")).collect(),
        other => return vec![format!("Unknown command: {other}")],
    };
    vec![line.to_owned()]
}

/// What a server's console holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Console {
    kept: VecDeque<String>,
    /// Beginning of the present window and lines in it.
    flood: (Moment, u32),
}

impl Console {
    /// Begins a new run.
    pub(crate) fn clear(&mut self) {
        self.kept.clear();
    }

    /// Takes a line of the container; what of it is to be sent.
    pub(crate) fn take(&mut self, line: &str, now: Moment) -> Option<String> {
        if self.kept.len() == KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back(line.to_owned());
        if self.flood.0 + FLOOD_WINDOW <= now || self.flood.1 == 0 {
            self.flood = (now, 0);
        }
        self.flood.1 += 1;
        match self.flood.1.cmp(&(FLOOD + 1)) {
            std::cmp::Ordering::Less => Some(line.to_owned()),
            std::cmp::Ordering::Equal => Some(daemon(
                "Server is outputting console data too quickly -- throttling...",
            )),
            std::cmp::Ordering::Greater => None,
        }
    }

    pub(crate) fn kept(&self) -> impl Iterator<Item = &str> {
        self.kept.iter().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_cut_at_two_thousand_and_the_last_lines_are_kept() {
        let mut console = Console::default();
        let lines = answer("flood");
        let now = Duration::from_secs(1);
        let sent = lines.iter().filter_map(|line| console.take(line, now));
        assert_eq!(sent.count(), 2_001, "the last one is the daemon's");
        assert_eq!(console.kept().count(), 150);
        assert_eq!(console.kept().last(), Some("line 2999"));
        assert_eq!(console.take("later", now + FLOOD_WINDOW).unwrap(), "later");
    }
}
