//! The tray: how soon it is there and shows a change, and what it costs. Measures nothing itself: a program of the
//! acceptance tests does.

use super::peer::{Beside, KSNI, PYTHON, TAURI};
use super::table::{Bar, Row, Shape};
use super::watch::POLLED_P95;

/// What the others' trays take with one icon, a menu and no servers.
const RSS: [Beside; 2] = [TAURI.at("alone-rss", 1.0), PYTHON.at("alone-rss", 1.0)];
const PSS: [Beside; 2] = [TAURI.at("alone-pss", 1.0), PYTHON.at("alone-pss", 1.0)];
const START: [Beside; 2] = [
    TAURI.at("alone-start-median", 1.0),
    PYTHON.at("alone-start-median", 1.0),
];
const WAKES: [Beside; 2] = [TAURI.at("alone-wakes", 1.0), PYTHON.at("alone-wakes", 1.0)];
const DIRTY: [Beside; 2] = [TAURI.at("alone-dirty", 1.0), PYTHON.at("alone-dirty", 1.0)];

/// Every figure. Bars are those of the design.
pub(super) const ROWS: [Row; 29] = [
    Row::new(
        "tray-start-median",
        "start → icon in the tray, median",
        Shape::Millis,
        Bar::AtMost(50.0),
    )
    .beside(&START)
    .above(KSNI.at("alone-start-median", 1.0)),
    Row::new("tray-start-p95", "the same, p95", Shape::Millis, Bar::None),
    Row::new(
        "tray-change-median",
        "node state change → menu on the bus, 25 live, median",
        Shape::Millis,
        Bar::None,
    ),
    Row::new(
        "tray-change-p95",
        "the same, p95",
        Shape::Millis,
        Bar::AtMost(250.0),
    )
    .beside(&POLLED_P95),
    Row::new(
        "tray-press-median",
        "press → \"starting…\" on the bus, median",
        Shape::Millis,
        Bar::None,
    ),
    Row::new(
        "tray-press-p95",
        "the same, p95",
        Shape::Millis,
        Bar::AtMost(50.0),
    ),
    Row::new(
        "tray-confirmed-median",
        "node says \"running\" after a press → menu, median",
        Shape::Millis,
        Bar::None,
    ),
    Row::new(
        "tray-confirmed-p95",
        "the same, p95",
        Shape::Millis,
        Bar::AtMost(300.0),
    ),
    Row::new(
        "tray-5-rss",
        "memory, 5 servers, RSS",
        Shape::Megabytes,
        Bar::AtMost(14.0),
    )
    .beside(&RSS)
    .above(KSNI.at("alone-rss", 1.0)),
    Row::new(
        "tray-5-pss",
        "the same, PSS",
        Shape::Megabytes,
        Bar::AtMost(12.0),
    )
    .beside(&PSS)
    .above(KSNI.at("alone-pss", 1.0)),
    Row::new(
        "tray-5-dirty",
        "the same, private dirty",
        Shape::Megabytes,
        Bar::None,
    )
    .beside(&DIRTY)
    .above(KSNI.at("alone-dirty", 1.0)),
    Row::new(
        "tray-25-rss",
        "memory, 25 live servers, RSS",
        Shape::Megabytes,
        Bar::AtMost(20.0),
    )
    .beside(&RSS)
    .above(KSNI.at("alone-rss", 1.0)),
    Row::new(
        "tray-25-pss",
        "the same, PSS",
        Shape::Megabytes,
        Bar::AtMost(18.0),
    )
    .beside(&PSS)
    .above(KSNI.at("alone-pss", 1.0)),
    Row::new(
        "tray-25-dirty",
        "the same, private dirty",
        Shape::Megabytes,
        Bar::None,
    )
    .beside(&DIRTY)
    .above(KSNI.at("alone-dirty", 1.0)),
    Row::new(
        "tray-processor-25",
        "processor, 25 live servers, of one core",
        Shape::Percent,
        Bar::AtMost(0.5),
    ),
    Row::new(
        "tray-processor-200",
        "processor, 200 live servers and an open menu, of one core",
        Shape::Percent,
        Bar::None,
    ),
    Row::new(
        "tray-processor-200-part",
        "of it for the tray",
        Shape::Percent,
        Bar::AtMost(1.0),
    ),
    Row::new(
        "tray-processor-nothing",
        "processor, nothing configured, of one core",
        Shape::Percent,
        Bar::None,
    ),
    Row::new(
        "tray-processor-polled",
        "processor, 5 servers polled, of one core",
        Shape::Percent,
        Bar::None,
    ),
    Row::new(
        "tray-wakes-nothing",
        "wake-ups a second, nothing configured",
        Shape::Rate,
        Bar::AtMost(0.0),
    )
    .beside(&WAKES)
    .above(KSNI.at("alone-wakes", 1.0)),
    Row::new(
        "tray-wakes-between",
        "wake-ups a second between polls, 5 servers polled",
        Shape::Rate,
        Bar::AtMost(0.0),
    ),
    Row::new(
        "tray-wakes-poll",
        "wake-ups for one poll, 5 servers polled",
        Shape::Rate,
        Bar::None,
    ),
    Row::new(
        "crowd-pss",
        "memory of 1,000 servers on 3 panels beyond the empty program, PSS",
        Shape::Megabytes,
        Bar::AtMost(30.0),
    ),
    Row::new(
        "crowd-rss",
        "the same, RSS",
        Shape::Megabytes,
        Bar::AtMost(30.0),
    ),
    Row::new(
        "crowd-change-median",
        "1,000 servers: node state change → menu on the bus, median",
        Shape::Millis,
        Bar::None,
    ),
    Row::new(
        "crowd-change-p95",
        "the same, p95",
        Shape::Millis,
        Bar::AtMost(250.0),
    ),
    Row::new(
        "crowd-layout-median",
        "1,000 servers: the whole menu read over the bus, median",
        Shape::Millis,
        Bar::None,
    ),
    Row::new(
        "crowd-layout-p95",
        "the same, p95",
        Shape::Millis,
        Bar::None,
    ),
    Row::new(
        "crowd-processor",
        "processor, 1,000 servers on 3 panels, of one core",
        Shape::Percent,
        Bar::None,
    ),
];

pub(super) const HOW: &str = "### Tray

`tests/benches/tray.rs` runs the released program with a session bus, a tray host and the fake panel with its default rules
(each node tells a statistic a second). Nothing is polled to learn of a change: the clock stops when the menu has told it.

* **Start:** from the start of the process until its icon is registered; looked at every millisecond. No panel is set up.
* **Change, press:** 25 servers live. A server's process dies; *Start* is pressed over the bus, as a desktop does; confirmed is
  what the menu shows once the node has said `running`.
* **Memory:** ten seconds after everything was known, of the one process there is, alone on its machine. MB are millions of bytes.
* **200 servers:** live updates for all, the menu open; \"of it for the tray\" is what the same takes less without a bus.
* **Wake-ups:** how often any of its threads waited and was woken, looked at four times a second for 63 s, which are three whole
  periods of polling. Between polls: from a second after the last request until the next. It is not 0 because the timers of tokio
  look at each moment in steps of 64 ms and of 4 s on the way to it: one or two wake-ups of some microseconds for each poll, and
  none where nothing is polled. A timer of our own would be the lower bound, 0, and one more thing to be wrong.
* **1,000 servers:** 25 sockets on each of three panels without a request limit; those that change are pinned, and so have one.
";
