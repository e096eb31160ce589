//! Watching: requests, freshness, delay, processor and memory of the program's own loop, beside Home Assistant's traffic.
//! Measures nothing itself: the core's measuring program does.

use super::measured::Measured;
use super::peer::{self, BEFORE, Beside, HOME_ASSISTANT, PRESENT};
use super::table::{Bar, Row, Shape};
use crate::command::words;

#[derive(clap::Args, Default)]
pub(crate) struct Options {
    /// Only these groups of figures
    #[arg(long, value_name = "GROUP", value_delimiter = ',',
        value_parser = clap::builder::PossibleValuesParser::new(GROUPS))]
    only: Vec<String>,
    /// Leave the peer out
    #[arg(long)]
    no_peer: bool,
}

const GROUPS: [&str; 7] = [
    "refresh", "live", "memory", "limit", "polling", "faults", "traffic",
];

/// By polling, since nobody else is told.
pub(super) const POLLED_P95: [Beside; 2] = [
    PRESENT.at("polled-p95", 1_000.0),
    BEFORE.at("polled-p95", 1_000.0),
];
/// A cycle of 50 servers, once a minute: half of it is that of 25.
const A_MINUTE: [Beside; 2] = [
    PRESENT.at("requests-50", 0.5),
    BEFORE.at("requests-50", 0.5),
];

/// Every figure of the run. Bars are those of the issue that the watching was built for.
pub(super) const ROWS: [Row; 22] = [
    Row::new(
        "requests-50",
        "requests a full refresh, N = 50",
        Shape::Count,
        Bar::AtMost(51.0),
    )
    .beside(&HOME_ASSISTANT),
    Row::new(
        "requests-200",
        "requests a full refresh, N = 200",
        Shape::Count,
        Bar::AtMost(202.0),
    )
    .beside(&HOME_ASSISTANT),
    Row::new(
        "connections-50",
        "new connections a refresh, N = 50",
        Shape::Count,
        Bar::AtMost(0.0),
    )
    .beside(&HOME_ASSISTANT),
    Row::new(
        "connections-200",
        "new connections a refresh, N = 200",
        Shape::Count,
        Bar::AtMost(0.0),
    )
    .beside(&HOME_ASSISTANT),
    Row::new(
        "seconds-50",
        "refresh at 50 ms an answer, N = 50",
        Shape::Seconds,
        Bar::AtMost(0.8),
    )
    .beside(&HOME_ASSISTANT),
    Row::new(
        "seconds-200",
        "refresh at 50 ms an answer, N = 200",
        Shape::Seconds,
        Bar::AtMost(3.0),
    )
    .beside(&HOME_ASSISTANT),
    Row::new(
        "kilobytes-50",
        "bytes a refresh, both ways, N = 50",
        Shape::Kilobytes,
        Bar::None,
    )
    .beside(&HOME_ASSISTANT),
    Row::new(
        "kilobytes-200",
        "bytes a refresh, both ways, N = 200",
        Shape::Kilobytes,
        Bar::None,
    )
    .beside(&HOME_ASSISTANT),
    Row::new(
        "live-requests",
        "requests a minute, 25 live servers",
        Shape::Rate,
        Bar::AtMost(25.0 / 7.0),
    )
    .beside(&A_MINUTE),
    Row::new(
        "live-kilobytes",
        "bytes a minute to and from the panel, 25 live servers",
        Shape::Kilobytes,
        Bar::None,
    ),
    Row::new(
        "live-connections",
        "new connections to the panel in 8 minutes, 25 live servers",
        Shape::Count,
        Bar::None,
    ),
    Row::new(
        "limit-oldest",
        "N = 150 at 256/min: oldest reading",
        Shape::Seconds,
        Bar::AtMost(90.0),
    )
    .beside(&HOME_ASSISTANT),
    Row::new(
        "limit-share",
        "N = 150 at 256/min: limit used, busiest minute",
        Shape::Percent,
        Bar::AtMost(50.0),
    )
    .beside(&HOME_ASSISTANT),
    Row::new(
        "live-p95",
        "node state change → snapshot, live, p95",
        Shape::Millis,
        Bar::AtMost(100.0),
    )
    .beside(&POLLED_P95),
    Row::new(
        "polled-mean",
        "node state change → snapshot, polled, mean",
        Shape::Seconds,
        Bar::None,
    )
    .beside(&HOME_ASSISTANT),
    Row::new("polled-p95", "the same, p95", Shape::Seconds, Bar::None).beside(&HOME_ASSISTANT),
    Row::new(
        "polled-max",
        "the same, longest",
        Shape::Seconds,
        Bar::AtMost(41.0),
    )
    .beside(&HOME_ASSISTANT),
    Row::new(
        "faults-worst",
        "1 of 10 faulty: others fresh in the worst way",
        Shape::Count,
        Bar::AtLeast(9.0),
    )
    .beside(&HOME_ASSISTANT),
    Row::new(
        "faults-ways",
        "1 of 10 faulty: ways of 12 with 9 of 9 fresh",
        Shape::Count,
        Bar::AtLeast(12.0),
    )
    .beside(&HOME_ASSISTANT),
    Row::new(
        "live-cpu",
        "processor, 25 live servers, the loop alone, of one core",
        Shape::Percent,
        Bar::AtMost(0.5),
    ),
    Row::new(
        "memory-pss",
        "memory of 1,000 servers on 3 panels, the loop alone, PSS",
        Shape::Megabytes,
        Bar::AtMost(30.0),
    ),
    Row::new(
        "memory-rss",
        "the same, RSS",
        Shape::Megabytes,
        Bar::AtMost(30.0),
    ),
];

pub(super) fn measure(options: &Options, quick: bool) -> Measured {
    let (peers, why_not) = if options.no_peer {
        (Vec::new(), Some("left out".to_owned()))
    } else {
        peer::ready()
    };
    let mut command = words("cargo bench --quiet -p pterotray-core --bench watch --");
    if quick {
        command.arg("--quick");
    }
    for group in &options.only {
        command.args(["--only", group]);
    }
    command.arg("--script").arg(peer::script());
    for peer in &peers {
        command
            .args(["--peer", peer.version, peer.kind])
            .arg(&peer.python);
    }
    let mut measured = Measured::by(command);
    if let Some(why) = why_not {
        let remark = format!("No figures of Home Assistant's traffic: {why}.");
        measured.remarks.push(remark);
    }
    measured
}

pub(super) const HOW: &str = "### Watching

`crates/core/benches/watch.rs`, in the release profile, runs the program's own loop (`App`) on one thread over real sockets on
loopback. The fake panel (`crates/fake-panel`) is a process of its own: no processor time or memory of its is in any figure, and
requests and connections are what *it* counted, for us and for the peer alike.

* **Refresh:** polling only, 50 ms added to every answer, no request limit; from *refresh now* until every server is shown with a newer
  reading. Median of several. The peer's cycle begins with its list known.
* **N = 150 at 256/min:** polling only, from the start of the program; the oldest reading at any look once each server has been
  read, and the most requests in any 60 s as a share of the limit. The peer polls a panel of its own for the same time.
* **Bytes:** on the panel's connections, both ways, headers included, without encryption.
* **Live:** 25 servers with a socket each. From the moment the node's state changes to the moment a snapshot with it is there.
  Beside it the peer's 95th percentile by polling.
* **Polled:** 25 servers change at moments spread over a minute; the panel's cache of 20 s is in it; at most a period and the
  cache: 21 s + 20 s. The peer polls every 60 s, on a panel of its own whose cache is its own, too.
* **Faults:** twelve panels with ten servers, one of them answering 401, 403, 404, 409, 429, 500, 502, 504, with a web page, cut
  off, with a reset, or never. Polling only. Fresh is what was read at most one period (21 s) and a second ago, at every look for
  about three periods from the fault on. Of the peer: how many of the nine its next cycle shows.
* **Processor:** of the whole process while 25 sockets bring one statistic a second each and somebody looks at every snapshot.
* **25 live servers:** for eight minutes, in which each token is renewed once. Of the peer: one cycle a minute.
* **Memory:** a process that watches 1,000 servers on three panels (25 sockets each) minus one that watches nothing. What an hour of
  history adds later is not in it.
";
