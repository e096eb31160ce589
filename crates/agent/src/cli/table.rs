//! `pterotray status` for people: a snapshot as aligned text.
//!
//! Prints nothing. Colour repeats what shape and word say already.

use pterotray_core::{
    Condition, PanelView, Problem, ServerView, Snapshot, Standing, Texts, format,
    settings::KeyPlace,
};
use std::time::Duration;

const GLYPH: usize = 0;
const CONDITION: usize = 2;
/// Glyph, name, condition, CPU, memory, uptime, address.
type Cells = [String; 7];
/// Numbers stand at the right of their column.
const RIGHT: [bool; 7] = [false, false, false, true, true, true, false];
const GAP: &str = "  ";
const NOTHING: &str = "–";

/// The whole text, ending with a line feed.
pub(crate) fn render(snapshot: &Snapshot, texts: &Texts, coloured: bool) -> String {
    let heads = [
        String::new(),
        texts.say("cli-column-server"),
        texts.say("cli-column-condition"),
        texts.say("cli-column-cpu"),
        texts.say("cli-column-memory"),
        texts.say("cli-column-uptime"),
        texts.say("cli-column-address"),
    ];
    let rows = snapshot.servers().map(|server| cells(server, texts));
    let widths = widths(rows.chain([heads.clone()]));
    let pen = Pen { coloured };
    let mut lines = Vec::new();
    if snapshot.demo {
        lines.push(texts.say("menu-demo"));
    }
    if snapshot.servers().next().is_some() {
        lines.push(pen.faint(&row(&heads, &widths, |_, text| text)));
    }
    let headings = snapshot.panels.len() > 1;
    for panel in &snapshot.panels {
        if headings {
            lines.push(pen.strong(&format!("{} ({})", panel.name, panel.url)));
        }
        lines.extend(panel_state(panel, texts, headings));
        for server in &panel.servers {
            let colour = |at, text| match at {
                GLYPH | CONDITION => pen.colour(server.condition, text),
                _ => text,
            };
            lines.push(row(&cells(server, texts), &widths, colour));
            lines.extend(
                server
                    .problem
                    .iter()
                    .map(|problem| reason(problem, texts, "    ")),
            );
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// The panels that are set up, one a line.
pub(crate) fn panels(snapshot: &Snapshot, texts: &Texts) -> String {
    let width = |of: fn(&PanelView) -> &str| {
        let lengths = snapshot
            .panels
            .iter()
            .map(|panel| of(panel).chars().count());
        lengths.max().unwrap_or_default()
    };
    let names = width(|panel| &panel.name);
    let urls = width(|panel| &panel.url);
    let line = |panel: &PanelView| {
        let place = texts.say(match panel.key.place {
            KeyPlace::Keyring => "cli-key-keyring",
            KeyPlace::File => "cli-key-file",
            KeyPlace::UntilQuit => "cli-key-until-quit",
            KeyPlace::Environment => "cli-key-environment",
        });
        format!(
            "{:names$}{GAP}{:urls$}{GAP}{place}\n",
            panel.name, panel.url
        )
    };
    snapshot.panels.iter().map(line).collect()
}

/// A problem and what to do about it, in one line.
pub(crate) fn reason(problem: &Problem, texts: &Texts, indent: &str) -> String {
    format!(
        "{indent}{} {}",
        texts.problem(problem),
        texts.next_step(problem)
    )
}

/// The same of an address and key that are only tried.
pub(crate) fn why_not(problem: &Problem, texts: &Texts) -> String {
    format!("{} {}", texts.problem(problem), texts.trial_step(problem))
}

/// What is to be said of a panel before its servers.
fn panel_state(panel: &PanelView, texts: &Texts, has_heading: bool) -> Option<String> {
    match &panel.problem {
        Some(problem) if has_heading => Some(format!("▲ {}", reason(problem, texts, ""))),
        Some(problem) => Some(format!("▲ {}: {}", panel.name, reason(problem, texts, ""))),
        None if panel.connecting => Some(texts.say("headline-connecting")),
        None if panel.servers.is_empty() => Some(texts.say("headline-no-servers")),
        None => None,
    }
}

fn cells(server: &ServerView, texts: &Texts) -> Cells {
    // What is down or blocked uses nothing worth a column.
    let used = server
        .resources
        .filter(|_| match server.condition.standing() {
            Standing::Up | Standing::Transition | Standing::Unknown => true,
            Standing::Problem => server.condition == Condition::StillStopping,
            Standing::Down | Standing::Blocked => false,
        });
    let or_nothing = |text: Option<String>| text.unwrap_or_else(|| NOTHING.to_owned());
    [
        server.condition.glyph().to_owned(),
        server.name.clone(),
        condition(server, texts),
        or_nothing(used.map(|used| texts.percent(used.cpu_percent))),
        or_nothing(used.map(|used| texts.size_of(used.memory_bytes, server.limits.memory_mib))),
        or_nothing(
            used.filter(|used| used.uptime_ms > 0)
                .map(|used| format::duration(Duration::from_millis(used.uptime_ms))),
        ),
        or_nothing(server.address.clone()),
    ]
}

/// The condition's word, with the signal that is under way.
fn condition(server: &ServerView, texts: &Texts) -> String {
    let word = texts.condition(server.condition);
    match server.pending {
        Some(pending) => format!("{word} ({})", texts.pending(pending)),
        None => word,
    }
}

fn widths(rows: impl Iterator<Item = Cells>) -> [usize; 7] {
    let mut widths = [0; 7];
    for cells in rows {
        for (width, cell) in widths.iter_mut().zip(&cells) {
            *width = (*width).max(cell.chars().count());
        }
    }
    widths
}

fn row(cells: &Cells, widths: &[usize; 7], finish: impl Fn(usize, String) -> String) -> String {
    let mut line = String::new();
    for (at, cell) in cells.iter().enumerate() {
        let space = " ".repeat(widths[at].saturating_sub(cell.chars().count()));
        let whole = if RIGHT[at] {
            space + cell
        } else {
            cell.clone() + &space
        };
        line += &finish(at, whole);
        line += if at == GLYPH { " " } else { GAP };
    }
    line.trim_end().to_owned()
}

/// Writes in colour, or plainly.
#[derive(Debug, Clone, Copy)]
struct Pen {
    coloured: bool,
}

impl Pen {
    fn colour(self, condition: Condition, text: String) -> String {
        let code = match condition.standing() {
            Standing::Problem => "31",
            Standing::Unknown | Standing::Transition => "33",
            Standing::Up => "32",
            Standing::Blocked => "34",
            Standing::Down => return text,
        };
        self.with(code, &text)
    }

    fn strong(self, text: &str) -> String {
        self.with("1", text)
    }

    fn faint(self, text: &str) -> String {
        self.with("2", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.coloured {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;
    use pterotray_core::{Pending, Phase, PowerSignal, ProblemKind};

    fn plain(snapshot: &Snapshot) -> String {
        render(snapshot, &Texts::new(None), false)
    }

    #[test]
    fn one_panel_is_an_aligned_table_with_reasons_below_the_servers() {
        let mut snapshot = samples::snapshot();
        let mut lost = snapshot.panels[0].servers[1].clone();
        lost.name = "Palworld".to_owned();
        lost.condition = Condition::NodeUnreachable;
        lost.problem = Some(Problem::of(ProblemKind::NodeUnreachable));
        snapshot.panels[0].servers.push(lost);
        let expected = [
            "  Server    Condition          CPU        Memory     Up  Address",
            "● Survival  Running           23 %  2.1 of 4 GiB  8 min  play.example.com:25565",
            "○ Creative  Offline              –             –      –  –",
            "? Palworld  Node unreachable     –             –      –  –",
            "    The panel cannot reach the server's node. If it lasts, tell whoever runs the node.",
            "",
        ];
        assert_eq!(plain(&snapshot), expected.join("\n"));
    }

    #[test]
    fn several_panels_get_headings_and_a_panel_that_does_not_answer_a_line() {
        let mut snapshot = samples::snapshot();
        let mut other = snapshot.panels[0].clone();
        other.name = "Work".to_owned();
        other.problem = Some(Problem::of(ProblemKind::Dns));
        other.servers.clear();
        snapshot.panels.push(other);
        let text = plain(&snapshot);
        assert!(
            text.contains("Home (https://panel.example.com)\n"),
            "{text}"
        );
        assert!(
            text.contains("▲ The host name is not known. Check the spelling"),
            "{text}"
        );
    }

    #[test]
    fn a_signal_under_way_and_an_unlimited_server_are_told() {
        let mut snapshot = samples::snapshot();
        let server = &mut snapshot.panels[0].servers[0];
        server.pending = Some(Pending {
            signal: PowerSignal::Stop,
            phase: Phase::Accepted,
        });
        server.limits.memory_mib = 0;
        let text = plain(&snapshot);
        assert!(text.contains("Running (Stop requested)"), "{text}");
        assert!(text.contains("  2.1 GiB  "), "{text}");
    }

    #[test]
    fn colour_changes_nothing_but_colour() {
        let snapshot = samples::snapshot();
        let coloured = render(&snapshot, &Texts::new(None), true);
        assert!(
            coloured.contains("\u{1b}[32m●\u{1b}[0m Survival"),
            "{coloured}"
        );
        let mut bare = coloured;
        for code in ["0", "1", "2", "31", "32", "33", "34"] {
            bare = bare.replace(&format!("\u{1b}[{code}m"), "");
        }
        assert_eq!(bare, plain(&snapshot));
    }
}
