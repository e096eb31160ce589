//! The command line: how long a command takes. Measures nothing itself: a program of the acceptance tests does.

use super::table::{Bar, Row, Shape};

pub(super) const ROWS: [Row; 5] = [
    Row::new(
        "cli-start-median",
        "a command that asks nobody, start to end, median",
        Shape::Millis,
        Bar::AtMost(20.0),
    ),
    Row::new("cli-start-p95", "the same, p95", Shape::Millis, Bar::None),
    Row::new(
        "cli-status-5-median",
        "`status`, 5 servers at 50 ms an answer, no agent, median",
        Shape::Millis,
        Bar::AtMost(500.0),
    ),
    Row::new(
        "cli-status-5-p95",
        "the same, p95",
        Shape::Millis,
        Bar::None,
    ),
    Row::new(
        "cli-desktop-libraries",
        "libraries of GTK or a web engine in the agent",
        Shape::Count,
        Bar::AtMost(0.0),
    ),
];

pub(super) const HOW: &str = "### Command line

`tests/benches/cli.rs` runs commands of the released program without a desktop, and looks at what the program is linked with.
";
