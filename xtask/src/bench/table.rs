//! Figures as a table: measure, peer, ours, ratio, promise, met or not. Judges by the bars it is given, and by nothing else.

use std::fmt::Write as _;

use super::measured::{Measured, OURS};
use super::peer::Beside;

/// What a figure is.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    Count,
    Seconds,
    Millis,
    Percent,
    Kilobytes,
    Megabytes,
    /// So many a second, a minute or for one of something.
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
    peers: &'static [Beside],
    /// The least that anything of its kind takes.
    bound: Option<Beside>,
}

impl Row {
    pub(crate) const fn new(id: &'static str, label: &'static str, shape: Shape, bar: Bar) -> Row {
        Row {
            id,
            label,
            shape,
            bar,
            peers: &[],
            bound: None,
        }
    }

    /// Whose figures stand beside it; the ratio is that of the first.
    pub(crate) const fn beside(mut self, peers: &'static [Beside]) -> Row {
        self.peers = peers;
        self
    }

    pub(crate) const fn above(mut self, bound: Beside) -> Row {
        self.bound = Some(bound);
        self
    }

    /// Whether what is promised is met; what was not measured is not.
    pub(crate) fn is_met(&self, measured: &Measured) -> bool {
        matches!(self.bar.verdict(measured.number(self.id, OURS)), "" | "met")
    }

    fn of(&self, who: &Beside, measured: &Measured) -> Option<String> {
        let (row, factor) = who.figure(self.id);
        measured.text(row, who.who, self.shape, factor)
    }

    fn line(&self, measured: &Measured) -> Vec<String> {
        let none = || "–".to_owned();
        let ours = measured.number(self.id, OURS);
        let peers = self.peers.iter().filter_map(|peer| {
            let figure = self.of(peer, measured)?;
            Some(format!("{figure} {}", peer.name))
        });
        let peers: Vec<String> = peers.collect();
        let bound = self.bound.and_then(|bound| self.of(&bound, measured));
        let first = self.peers.first().and_then(|peer| {
            let (row, factor) = peer.figure(self.id);
            Some(measured.number(row, peer.who)? * factor)
        });
        vec![
            self.label.to_owned(),
            if peers.is_empty() {
                none()
            } else {
                peers.join(", ")
            },
            bound.unwrap_or_else(none),
            measured
                .text(self.id, OURS, self.shape, 1.0)
                .unwrap_or_else(none),
            ratio(first, ours),
            self.bar.text(self.shape),
            self.bar.verdict(ours).to_owned(),
        ]
    }
}

impl Shape {
    pub(super) fn text(self, number: f64) -> String {
        match self {
            Shape::Count => format!("{number:.0}"),
            Shape::Seconds => format!("{number:.2} s"),
            Shape::Millis if number >= 1_000.0 => format!("{:.2} s", number / 1_000.0),
            Shape::Millis => format!("{number:.1} ms"),
            Shape::Percent => format!("{number:.2} %"),
            Shape::Kilobytes => format!("{number:.1} kB"),
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

const HEAD: [&str; 7] = [
    "measure",
    "peers",
    "lower bound",
    "ours",
    "ratio",
    "promise",
    "",
];

/// All cells as text.
pub(crate) struct Table(Vec<Vec<String>>);

impl Table {
    pub(crate) fn new<'a>(rows: impl Iterator<Item = &'a Row>, measured: &Measured) -> Table {
        let head = HEAD.map(str::to_owned).to_vec();
        let lines = rows.map(|row| row.line(measured));
        Table(std::iter::once(head).chain(lines).collect())
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
    use serde_json::{Value, json};

    const OTHER: Beside = Beside::new("1.0", "theirs").at("slow", 1_000.0);
    const ROW: Row = Row::new("delay", "how late", Shape::Millis, Bar::AtMost(100.0))
        .beside(&[OTHER])
        .above(Beside::new("bare", "the least"));

    fn table(ours: &Value) -> Vec<String> {
        let mut measured = Measured::default();
        measured.take(ours);
        measured.take(&json!({"row": "slow", "who": "1.0", "value": 0.5}));
        measured.take(&json!({"row": "delay", "who": "bare", "value": 3}));
        let Table(lines) = Table::new([ROW].iter(), &measured);
        lines[1].clone()
    }

    #[test]
    fn a_figure_stands_beside_the_peers_the_lower_bound_and_its_promise() {
        let line = table(&json!({"row": "delay", "who": "ours", "value": 12.5}));
        assert_eq!(
            line,
            [
                "how late",
                "500.0 ms theirs",
                "3.0 ms",
                "12.5 ms",
                "40.0",
                "≤ 100 ms",
                "met"
            ]
        );
    }

    #[test]
    fn what_is_not_met_or_not_measured_says_so() {
        let late = table(&json!({"row": "delay", "who": "ours", "value": 100.1}));
        assert_eq!(late[6], "NOT MET");
        let none = table(&json!({"row": "delay", "who": "ours", "words": "no sockets"}));
        assert_eq!(none[3..], ["no sockets", "–", "≤ 100 ms", "not measured"]);
    }

    #[test]
    fn no_promise_loses_a_nought_that_counts() {
        assert_eq!(Bar::AtMost(30.0).text(Shape::Megabytes), "≤ 30 MB");
        assert_eq!(Bar::AtMost(0.8).text(Shape::Seconds), "≤ 0.8 s");
        assert_eq!(Bar::AtMost(4_000.0).text(Shape::Millis), "≤ 4 s");
        assert_eq!(Bar::AtMost(0.0).text(Shape::Count), "0");
        assert_eq!(Bar::AtMost(50.0).text(Shape::Percent), "≤ 50 %");
    }
}
