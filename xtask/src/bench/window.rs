//! The window: how soon it shows servers, and what is left of it when it is closed. Measures nothing itself: a program of the
//! acceptance tests does.

use super::table::{Bar, Row, Shape};

/// Every figure. Bars are those of the design.
pub(super) const ROWS: [Row; 15] = [
    Row::new(
        "window-open-median",
        "click → servers in the window, median",
        Shape::Millis,
        Bar::AtMost(700.0),
    ),
    Row::new("window-open-p95", "the same, p95", Shape::Millis, Bar::None),
    Row::new(
        "window-gone-median",
        "window closed → its last process gone, median",
        Shape::Millis,
        Bar::None,
    ),
    Row::new("window-gone-p95", "the same, p95", Shape::Millis, Bar::None),
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
        "the same, private dirty",
        Shape::Megabytes,
        Bar::None,
    ),
    Row::new(
        "window-after-rss",
        "memory after the window was open once, RSS",
        Shape::Megabytes,
        Bar::AtMost(14.0),
    ),
    Row::new(
        "window-after-pss",
        "the same, PSS",
        Shape::Megabytes,
        Bar::AtMost(12.0),
    ),
    Row::new(
        "window-growth-rss",
        "memory grown after the window was open 50 times (10 in a short run), RSS",
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
        "window-crowd-open-median",
        "click → servers in the window, 1,000 servers on 3 panels, median",
        Shape::Millis,
        Bar::AtMost(700.0),
    ),
    Row::new(
        "window-crowd-open-p95",
        "the same, p95",
        Shape::Millis,
        Bar::None,
    ),
    Row::new(
        "window-crowd-processor",
        "processor with that window open, all processes, of one core",
        Shape::Percent,
        Bar::None,
    ),
    Row::new(
        "window-crowd-pss",
        "memory with that window open, all processes, PSS",
        Shape::Megabytes,
        Bar::None,
    ),
];

pub(super) const HOW: &str = "### Window

`tests/benches/window.rs` opens and closes the released window on a desktop of its own, with five live servers. Open is from the
click on the icon to servers on the screen, looked at as a person does; memory is that of all processes, the web engine's too.
With 1,000 servers, of which 75 are live, only the cards near the visible part are made.
The design wants that fluid and names no figure; the bar is the one of five servers, and short runs of five openings, on two cores
with the panel, the display and the engine drawing without a graphics card beside them, gave medians from 640 to 725 ms: some are
met and some are not. A short list drawn before the rest made no difference.
";
