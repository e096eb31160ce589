//! A console line as text: plain, or with colours that a terminal understands.
//!
//! Writes no control sequence but colours and marks of its own, whatever a server prints.

use pterotray_core::{ConsoleLine, ConsoleMark, ConsoleRun};

/// Its text alone.
pub(super) fn plain(line: &ConsoleLine) -> String {
    line.runs.iter().flat_map(text).collect()
}

/// Its text with colours; each line ends in the terminal's own.
pub(super) fn coloured(line: &ConsoleLine) -> String {
    let mut painted = String::new();
    for run in &line.runs {
        let codes = codes(run);
        if codes.is_empty() {
            painted.extend(text(run));
        } else {
            painted.push_str(&format!("\u{1b}[{}m", codes.join(";")));
            painted.extend(text(run));
            painted.push_str("\u{1b}[0m");
        }
    }
    painted
}

/// Nothing that moves a cursor or writes somewhere else: the agent has cleaned it, but may be another version.
fn text(run: &ConsoleRun) -> impl Iterator<Item = char> {
    run.text.chars().filter(|c| !c.is_control())
}

fn codes(run: &ConsoleRun) -> Vec<String> {
    let marks = run.marks.iter().map(|mark| match mark {
        ConsoleMark::Bold => 1,
        ConsoleMark::Dim => 2,
        ConsoleMark::Italic => 3,
        ConsoleMark::Underline => 4,
        ConsoleMark::Inverse => 7,
        ConsoleMark::Strike => 9,
    });
    let colour = run.colour.and_then(|index| of_sixteen(index, 30));
    let behind = run.behind.and_then(|index| of_sixteen(index, 40));
    let codes = marks.chain(colour).chain(behind);
    codes.map(|code: u8| code.to_string()).collect()
}

/// The code of one of the sixteen, counted from the first of the dark ones.
fn of_sixteen(index: u8, first: u8) -> Option<u8> {
    match index {
        0..=7 => Some(first + index),
        8..=15 => Some(first + 60 + index - 8),
        16.. => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, colour: Option<u8>, marks: &[ConsoleMark]) -> ConsoleRun {
        ConsoleRun {
            text: text.to_owned(),
            colour,
            behind: None,
            marks: marks.to_vec(),
        }
    }

    #[test]
    fn colours_and_marks_are_those_of_every_terminal_and_end_with_their_text() {
        let mut line = ConsoleLine {
            runs: vec![
                run("[12:00] ", None, &[]),
                run("WARN", Some(11), &[ConsoleMark::Bold]),
                run(" full", None, &[]),
            ],
        };
        assert_eq!(plain(&line), "[12:00] WARN full");
        assert_eq!(coloured(&line), "[12:00] \u{1b}[1;93mWARN\u{1b}[0m full");
        line.runs[1].behind = Some(4);
        line.runs[1].colour = Some(1);
        assert_eq!(coloured(&line), "[12:00] \u{1b}[1;31;44mWARN\u{1b}[0m full");
    }

    #[test]
    fn a_colour_that_there_is_not_and_a_sequence_in_the_text_reach_no_terminal() {
        let line = ConsoleLine {
            runs: vec![run("a\u{1b}]0;title\u{7}b\u{9b}2J\r\n", Some(200), &[])],
        };
        assert_eq!(coloured(&line), "a]0;titleb2J");
        assert_eq!(plain(&line), "a]0;titleb2J");
    }
}
