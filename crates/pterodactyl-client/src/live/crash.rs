//! A crash as the node reports it: a few coloured lines in the console. It must never take a line for the node's that does
//! not begin as the node begins its lines; a game that copies even the colours can still pretend.

use crate::text::clean;

/// The longest daemon line looked at, in characters; the report's own lines are short.
const LINE: usize = 200;
/// Lines of other kinds that may stand between two lines of one report before it is given up.
const PATIENCE: u32 = 20;

/// A crash, as far as the node said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crash {
    /// The process's exit code; 137 is a kill, often for want of memory.
    pub exit_code: Option<i64>,
    /// True when the machine ended the process because it used too much memory.
    pub out_of_memory: Option<bool>,
}

/// What a console line adds to the story of a crash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CrashLine {
    /// The report is complete; the node restarts the server unless a [`CrashLine::NotRestarted`] follows at once.
    Crashed(Crash),
    /// The node leaves the server offline.
    NotRestarted(NotRestarted),
}

/// Why the node does not restart a crashed server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotRestarted {
    /// It crashed again within a minute (or what the node's configuration names).
    TooSoon,
    /// Restarting it failed.
    Failed,
    /// For another reason, for instance because crash detection is switched off for this server.
    Declined,
}

/// Puts a crash report together from the console lines of one server.
#[derive(Debug, Clone, Default)]
pub struct CrashReader {
    open: Option<Open>,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    crash: Crash,
    others: u32,
}

impl CrashReader {
    /// Takes the next console line, raw as it arrived.
    pub fn read(&mut self, line: &str) -> Option<CrashLine> {
        let Some(told) = daemon_line(line) else {
            self.pass();
            return None;
        };
        if told.contains("Detected server process in a crashed state") {
            let unfinished = self.open.take().map(|open| CrashLine::Crashed(open.crash));
            self.open = Some(Open {
                crash: Crash {
                    exit_code: None,
                    out_of_memory: None,
                },
                others: 0,
            });
            return unfinished;
        }
        if let Some(why) = not_restarted(&told) {
            self.open = None;
            return Some(CrashLine::NotRestarted(why));
        }
        self.detail(&told)
    }

    /// A line inside the report.
    fn detail(&mut self, told: &str) -> Option<CrashLine> {
        let open = self.open.as_mut()?;
        if let Some(code) = told.strip_prefix("Exit code:") {
            open.crash.exit_code = code.trim().parse().ok();
            return None;
        }
        if let Some(answer) = told.strip_prefix("Out of memory:") {
            open.crash.out_of_memory = answer.trim().parse().ok();
            return self.open.take().map(|open| CrashLine::Crashed(open.crash));
        }
        self.pass();
        None
    }

    fn pass(&mut self) {
        if let Some(open) = &mut self.open {
            open.others += 1;
            if open.others > PATIENCE {
                self.open = None;
            }
        }
    }
}

fn not_restarted(told: &str) -> Option<NotRestarted> {
    if told.starts_with("Aborting automatic restart, last crash") {
        Some(NotRestarted::TooSoon)
    } else if told.starts_with("Server crash was detected but an error occurred") {
        Some(NotRestarted::Failed)
    } else if told.starts_with("Aborting automatic restart") {
        Some(NotRestarted::Declined)
    } else {
        None
    }
}

/// What the node itself says in a console line, without its name. The node colours its name in a way that starts the line
/// with an escape; a game's line that merely begins with brackets does not count.
fn daemon_line(line: &str) -> Option<String> {
    if !line.starts_with('\u{1b}') {
        return None;
    }
    let plain = clean(line, LINE);
    let (name, told) = plain.strip_prefix('[')?.split_once("]:")?;
    name.ends_with("Daemon").then(|| told.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn daemon(text: &str) -> String {
        format!("\u{1b}[33m\u{1b}[1m[Pterodactyl Daemon]:\u{1b}[39m {text}\u{1b}[0m")
    }

    const BANNER: &str = "---------- Detected server process in a crashed state! ----------";

    fn story(lines: &[String]) -> Vec<CrashLine> {
        let mut reader = CrashReader::default();
        lines.iter().filter_map(|line| reader.read(line)).collect()
    }

    #[test]
    fn a_report_over_several_lines_becomes_one_crash() {
        let told = story(&[
            daemon(BANNER),
            "a line of the game between them".into(),
            daemon("Exit code: 137"),
            daemon("Out of memory: true"),
        ]);
        let crash = Crash {
            exit_code: Some(137),
            out_of_memory: Some(true),
        };
        assert_eq!(told, [CrashLine::Crashed(crash)]);
    }

    #[test]
    fn the_node_says_when_it_does_not_restart() {
        let told = |text: &str| story(&[daemon(text)]);
        assert_eq!(
            told("Aborting automatic restart, last crash occurred less than 60 seconds ago."),
            [CrashLine::NotRestarted(NotRestarted::TooSoon)]
        );
        assert_eq!(
            told("Server crash was detected but an error occurred while handling it."),
            [CrashLine::NotRestarted(NotRestarted::Failed)]
        );
    }

    #[test]
    fn a_player_cannot_fake_a_crash() {
        let faked = format!("[Pterodactyl Daemon]: {BANNER}");
        assert_eq!(
            story(&[
                faked,
                "[Pterodactyl Daemon]: Exit code: 1".into(),
                "[Pterodactyl Daemon]: Out of memory: true".into(),
                format!("<mallory> {}", daemon(BANNER)),
            ]),
            []
        );
    }

    #[test]
    fn a_report_that_never_ends_is_forgotten() {
        let mut lines = vec![daemon(BANNER)];
        lines.extend((0..50).map(|n| format!("line {n}")));
        lines.push(daemon("Out of memory: true"));
        assert_eq!(story(&lines), []);
    }
}
