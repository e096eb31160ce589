//! The window: how soon it shows servers and is gone, and what it costs. Measures nothing itself: a program of the acceptance
//! tests does.

use super::table::{Bar, Row, Shape};

/// Every figure. Bars are those of the design.
pub(super) const ROWS: [Row; 13] = [
    Row::new(
        "window-open-median",
        "click → servers drawn in the window, median",
        Shape::Millis,
        Bar::AtMost(700.0),
    ),
    Row::new("window-open-p95", "the same, p95", Shape::Millis, Bar::None),
    Row::new(
        "window-gone-median",
        "window closed → last of its processes gone, median",
        Shape::Millis,
        Bar::None,
    ),
    Row::new(
        "window-gone-longest",
        "the same, longest",
        Shape::Millis,
        Bar::AtMost(2000.0),
    ),
    Row::new(
        "window-open-rss",
        "memory with the window open, all processes, RSS",
        Shape::Megabytes,
        Bar::None,
    ),
    Row::new(
        "window-open-pss",
        "the same, PSS",
        Shape::Megabytes,
        Bar::None,
    ),
    Row::new(
        "window-open-dirty",
        "the same, private and written to",
        Shape::Megabytes,
        Bar::None,
    ),
    Row::new(
        "window-after-rss",
        "memory after the first window was closed, RSS",
        Shape::Megabytes,
        Bar::None,
    ),
    Row::new(
        "window-after-pss",
        "the same, PSS",
        Shape::Megabytes,
        Bar::None,
    ),
    Row::new(
        "window-after-dirty",
        "the same, private and written to",
        Shape::Megabytes,
        Bar::None,
    ),
    Row::new(
        "window-growth-rss",
        "memory after 50 windows minus before the first, RSS",
        Shape::Megabytes,
        Bar::AtMost(1.0),
    ),
    Row::new(
        "window-growth-pss",
        "the same, PSS",
        Shape::Megabytes,
        Bar::AtMost(1.0),
    ),
    Row::new(
        "window-open-longest",
        "click → servers drawn, longest",
        Shape::Millis,
        Bar::None,
    ),
];

pub(super) const HOW: &str = "### Window

`tests/benches/window.rs` runs both released programs on a display of its own, with a window manager and five servers.

* **Open:** from the click on the icon until servers are drawn on the screen, as the display itself tells.
* **Gone:** from the window's leaving the screen until the agent is the only process.
* **Growth:** after 50 windows (10 in a short run).
";
