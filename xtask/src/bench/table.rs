//! Figures as a table: measure, peer, ours, ratio, promise, met or not. Judges by the bars it is given, and by nothing else.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::command;

/// What a figure is.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    Count,
    Seconds,
    Millis,
    Percent,
    Megabytes,
    /// So many a second.
    Rate,
}

/// What is promised.
#[derive(Clone, Copy)]
pub(crate) enum Bar {
    None,
    AtMost(f64),
    AtLeast(f64),
}

/// One measure.
pub(crate) struct Row {
    pub(crate) id: &'static str,
    label: &'static str,
    shape: Shape,
    bar: Bar,
    /// Where the peer's figure is taken from, and what it is multiplied by.
    peer: (&'static str, f64),
}

impl Row {
    pub(crate) const fn new(id: &'static str, label: &'static str, shape: Shape, bar: Bar) -> Row {
        Row {
            id,
            label,
            shape,
            bar,
            peer: (id, 1.0),
        }
    }

    /// The peer has nothing like it: another figure of its stands there.
    pub(crate) const fn beside(mut self, id: &'static str, factor: f64) -> Row {
        self.peer = (id, factor);
        self
    }
}

/// A number, or why there is none.
enum Cell {
    Number(f64),
    Words(String),
}

/// Everything that was measured, by row and by whose it is.
#[derive(Default)]
pub(crate) struct Measured(BTreeMap<(String, String), Cell>);

impl Measured {
    /// Takes in a line of the measuring program; anything else is left alone.
    pub(crate) fn take(&mut self, said: &Value) {
        let (Some(row), Some(who)) = (said["row"].as_str(), said["who"].as_str()) else {
            return;
        };
        let value = match (said["value"].as_f64(), said["words"].as_str()) {
            (Some(number), _) => Cell::Number(number),
            (None, Some(words)) => Cell::Words(words.to_owned()),
            (None, None) => Cell::Words("not measured".to_owned()),
        };
        self.0.insert((row.to_owned(), who.to_owned()), value);
    }

    pub(crate) fn knows(&self, row: &str) -> bool {
        self.0.keys().any(|(known, _)| known == row)
    }

    fn number(&self, row: &str, who: &str) -> Option<f64> {
        match self.0.get(&(row.to_owned(), who.to_owned()))? {
            Cell::Number(number) => Some(*number),
            Cell::Words(_) => None,
        }
    }

    fn text(&self, row: &str, who: &str, shape: Shape, factor: f64) -> String {
        match self.0.get(&(row.to_owned(), who.to_owned())) {
            Some(Cell::Number(number)) => shape.text(number * factor),
            Some(Cell::Words(words)) => words.clone(),
            None => "–".to_owned(),
        }
    }
}

/// Runs a measuring program; its figures, and its remarks.
pub(crate) fn read(program: &mut Command) -> Result<(Measured, Vec<String>)> {
    let line = command::line(program);
    println!("{line}");
    let mut running = program
        .stdout(Stdio::piped())
        .spawn()
        .context(line.clone())?;
    let out = running.stdout.take().context("its output is lost")?;
    let (mut measured, mut remarks) = (Measured::default(), Vec::new());
    for line in BufReader::new(out).lines() {
        let Ok(said) = serde_json::from_str::<Value>(&line?) else {
            continue;
        };
        match said["remark"].as_str() {
            Some(remark) => remarks.push(remark.to_owned()),
            None => measured.take(&said),
        }
    }
    let status = running.wait()?;
    if !status.success() {
        bail!("`{line}` failed ({status})");
    }
    Ok((measured, remarks))
}

impl Shape {
    fn text(self, number: f64) -> String {
        match self {
            Shape::Count => format!("{number:.0}"),
            Shape::Seconds => format!("{number:.2} s"),
            Shape::Millis if number >= 10_000.0 => format!("{:.1} s", number / 1_000.0),
            Shape::Millis => format!("{number:.1} ms"),
            Shape::Percent => format!("{number:.2} %"),
            Shape::Megabytes => format!("{number:.1} MB"),
            Shape::Rate => format!("{number:.2}"),
        }
    }
}

impl Bar {
    fn text(self, shape: Shape) -> String {
        match self {
            Bar::None => "–".to_owned(),
            Bar::AtMost(0.0) => "0".to_owned(),
            Bar::AtMost(most) => format!("≤ {}", trimmed(&shape.text(most))),
            Bar::AtLeast(least) => trimmed(&shape.text(least)),
        }
    }

    fn verdict(self, number: Option<f64>) -> &'static str {
        let Some(number) = number else {
            return if matches!(self, Bar::None) {
                ""
            } else {
                "not measured"
            };
        };
        let met = match self {
            Bar::None => return "",
            Bar::AtMost(most) => number <= most,
            Bar::AtLeast(least) => number >= least,
        };
        if met { "met" } else { "NOT MET" }
    }
}

/// `0.80 s` as `0.8 s`, `30.0 MB` as `30 MB`.
fn trimmed(text: &str) -> String {
    let Some((number, unit)) = text.split_once(' ') else {
        return text.to_owned();
    };
    let number = number.trim_end_matches('0').trim_end_matches('.');
    format!("{number} {unit}")
}

/// All cells as text.
pub(crate) struct Table(Vec<Vec<String>>);

impl Table {
    /// `peers` are the versions of the peer's client, the present one first.
    pub(crate) fn new(rows: &[&Row], measured: &Measured, peers: &[String]) -> Table {
        let mut head = vec!["measure".to_owned()];
        head.extend(peers.iter().map(|peer| format!("py-dactyl {peer}")));
        head.extend(["ours", "ratio", "promise", ""].map(str::to_owned));
        let mut lines = vec![head];
        for row in rows {
            let (peer_row, factor) = row.peer;
            let ours = measured.number(row.id, "ours");
            let first = peers
                .first()
                .and_then(|peer| measured.number(peer_row, peer));
            let mut line = vec![row.label.to_owned()];
            for peer in peers {
                line.push(measured.text(peer_row, peer, row.shape, factor));
            }
            line.push(measured.text(row.id, "ours", row.shape, 1.0));
            line.push(ratio(first.map(|first| first * factor), ours));
            line.push(row.bar.text(row.shape));
            line.push(row.bar.verdict(ours).to_owned());
            lines.push(line);
        }
        Table(lines)
    }

    pub(crate) fn for_terminal(&self) -> String {
        self.lines(|cells| cells.join("  ").trim_end().to_owned(), "─")
    }

    pub(crate) fn for_markdown(&self) -> String {
        self.lines(|cells| format!("| {} |", cells.join(" | ")), "-")
    }

    /// Every column as wide as its widest cell, a line of `dash` below the head.
    fn lines(&self, joined: impl Fn(&[String]) -> String, dash: &str) -> String {
        let columns = self.0.first().map_or(0, Vec::len);
        let cell = |line: &Vec<String>, column| line.get(column).cloned().unwrap_or_default();
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                let all = self.0.iter().map(|line| cell(line, column).chars().count());
                all.max().unwrap_or_default().max(3)
            })
            .collect();
        let mut text = String::new();
        for (number, line) in self.0.iter().enumerate() {
            let cells: Vec<String> = widths
                .iter()
                .enumerate()
                .map(|(column, &width)| format!("{:<width$}", cell(line, column)))
                .collect();
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{}", joined(&cells));
            if number == 0 {
                let dashes: Vec<String> = widths.iter().map(|&width| dash.repeat(width)).collect();
                let _ = writeln!(text, "{}", joined(&dashes));
            }
        }
        text.trim_end().to_owned()
    }
}

fn ratio(peer: Option<f64>, ours: Option<f64>) -> String {
    match peer.zip(ours) {
        Some((peer, ours)) if ours > 0.0 && peer > 0.0 => {
            let times = peer / ours;
            if times >= 100.0 {
                format!("{times:.0}")
            } else {
                format!("{times:.1}")
            }
        }
        _ => "–".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ROW: Row =
        Row::new("delay", "how late", Shape::Millis, Bar::AtMost(100.0)).beside("slow", 1_000.0);

    fn table(ours: &Value) -> Vec<String> {
        let mut measured = Measured::default();
        measured.take(ours);
        measured.take(&json!({"row": "slow", "who": "1.0", "value": 30.0}));
        let Table(lines) = Table::new(&[&ROW], &measured, &["1.0".to_owned()]);
        lines[1].clone()
    }

    #[test]
    fn a_figure_stands_beside_the_peers_and_its_promise() {
        let line = table(&json!({"row": "delay", "who": "ours", "value": 12.5}));
        assert_eq!(
            line,
            ["how late", "30.0 s", "12.5 ms", "2400", "≤ 100 ms", "met"]
        );
    }

    #[test]
    fn what_is_not_met_or_not_measured_says_so() {
        let late = table(&json!({"row": "delay", "who": "ours", "value": 100.1}));
        assert_eq!(late[5], "NOT MET");
        let none = table(&json!({"row": "delay", "who": "ours", "words": "no sockets"}));
        assert_eq!(none[2..], ["no sockets", "–", "≤ 100 ms", "not measured"]);
    }

    #[test]
    fn no_promise_loses_a_nought_that_counts() {
        assert_eq!(Bar::AtMost(30.0).text(Shape::Megabytes), "≤ 30 MB");
        assert_eq!(Bar::AtMost(0.8).text(Shape::Seconds), "≤ 0.8 s");
        assert_eq!(Bar::AtMost(0.0).text(Shape::Count), "0");
        assert_eq!(Bar::AtMost(50.0).text(Shape::Percent), "≤ 50 %");
    }
}
