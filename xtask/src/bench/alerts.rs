//! Alerts: how soon a crash is a notification. Measures nothing itself: a program of the acceptance tests does.

use super::table::{Bar, Row, Shape};

/// A period of 21 s, and 25 s for the panel's cache and for finding out why.
const POLLED: f64 = 46_000.0;

/// Every figure. Bars are those of the issue that the alerts were built for.
pub(super) const ROWS: [Row; 6] = [
    Row::new(
        "alert-live-median",
        "crash → notification with exit code, live, median",
        Shape::Millis,
        Bar::None,
    ),
    Row::new("alert-live-p95", "the same, p95", Shape::Millis, Bar::None),
    Row::new(
        "alert-live-longest",
        "the same, longest",
        Shape::Millis,
        Bar::AtMost(4_000.0),
    ),
    Row::new(
        "alert-polled-median",
        "crash → notification, polled, median",
        Shape::Millis,
        Bar::None,
    ),
    Row::new(
        "alert-polled-p95",
        "the same, p95",
        Shape::Millis,
        Bar::None,
    ),
    Row::new(
        "alert-polled-longest",
        "the same, longest",
        Shape::Millis,
        Bar::AtMost(POLLED),
    ),
];

pub(super) const HOW: &str = "### Alerts

`tests/benches/alerts.rs` runs the released program with a session bus, a notification server and the fake panel with its
default rules (a cache of 20 s, the times of a real node). A server's process dies; the clock stops when the notification
server has been asked to show it.

* **Live:** each server has its socket. Two seconds of it are waited, to see whether the node restarts the server.
* **Polled:** live updates are off, polls come every 21 s, and the crashes fall at different moments between two of them.
  Polling knows no exit code.
";
