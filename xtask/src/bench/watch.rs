//! `cargo xtask bench watch`: runs the measuring program of the core and makes its figures a table.
//! Measures nothing itself.

use anyhow::Result;

use super::table::{Bar, Measured, Row, Shape};
use super::{machine, paper, peer, table};
use crate::command::words;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Fewer samples and shorter waits: about seven minutes instead of a quarter of an hour
    #[arg(long)]
    quick: bool,
    /// Only these groups of figures; docs/benchmarks.md stays as it is
    #[arg(long, value_name = "GROUP", value_delimiter = ',',
        value_parser = clap::builder::PossibleValuesParser::new(GROUPS))]
    only: Vec<String>,
    /// Leave the peer out
    #[arg(long)]
    no_peer: bool,
}

const GROUPS: [&str; 6] = ["refresh", "live", "memory", "limit", "polling", "faults"];

/// Every figure of the run. Bars are those of the issue that the watching was built for.
const ROWS: [Row; 17] = [
    Row::new(
        "requests-50",
        "requests a full refresh, N = 50",
        Shape::Count,
        Bar::AtMost(51.0),
    ),
    Row::new(
        "requests-200",
        "requests a full refresh, N = 200",
        Shape::Count,
        Bar::AtMost(202.0),
    ),
    Row::new(
        "connections-50",
        "new connections a refresh, N = 50",
        Shape::Count,
        Bar::AtMost(0.0),
    ),
    Row::new(
        "connections-200",
        "new connections a refresh, N = 200",
        Shape::Count,
        Bar::AtMost(0.0),
    ),
    Row::new(
        "seconds-50",
        "refresh at 50 ms an answer, N = 50",
        Shape::Seconds,
        Bar::AtMost(0.8),
    ),
    Row::new(
        "seconds-200",
        "refresh at 50 ms an answer, N = 200",
        Shape::Seconds,
        Bar::AtMost(3.0),
    ),
    Row::new(
        "limit-oldest",
        "N = 150 at 256/min: oldest reading",
        Shape::Seconds,
        Bar::AtMost(90.0),
    ),
    Row::new(
        "limit-share",
        "N = 150 at 256/min: limit used, busiest minute",
        Shape::Percent,
        Bar::AtMost(50.0),
    ),
    Row::new(
        "live-p95",
        "node state change → snapshot, live, p95",
        Shape::Millis,
        Bar::AtMost(100.0),
    )
    .beside("polled-p95", 1_000.0),
    Row::new(
        "polled-mean",
        "node state change → snapshot, polled, mean",
        Shape::Seconds,
        Bar::None,
    ),
    Row::new("polled-p95", "the same, p95", Shape::Seconds, Bar::None),
    Row::new(
        "polled-max",
        "the same, longest",
        Shape::Seconds,
        Bar::AtMost(41.0),
    ),
    Row::new(
        "faults-worst",
        "1 of 10 faulty: others fresh in the worst way",
        Shape::Count,
        Bar::AtLeast(9.0),
    ),
    Row::new(
        "faults-ways",
        "1 of 10 faulty: ways of 12 with 9 of 9 fresh",
        Shape::Count,
        Bar::AtLeast(12.0),
    ),
    Row::new(
        "live-cpu",
        "processor, 25 live servers, of one core",
        Shape::Percent,
        Bar::AtMost(0.5),
    ),
    Row::new(
        "memory-pss",
        "memory of 1,000 servers on 3 panels, PSS",
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

pub(crate) fn run(options: &Options) -> Result<()> {
    let begun = machine::describe(options.quick)?;
    let (peers, why_not) = if options.no_peer {
        (Vec::new(), Some("left out".to_owned()))
    } else {
        peer::ready()
    };
    let (measured, mut remarks) = measure(options, &peers)?;
    let shown: Vec<&Row> = ROWS
        .iter()
        .filter(|row| options.only.is_empty() || measured.knows(row.id))
        .collect();
    let columns: Vec<String> = peers.iter().map(|peer| peer.version.to_owned()).collect();
    if let Some(why) = why_not {
        remarks.insert(0, format!("No figures of the peer: {why}."));
    }
    let table = table::Table::new(&shown, &measured, &columns);
    println!("\n{}\n", table.for_terminal());
    for remark in &remarks {
        println!("* {remark}");
    }
    if options.only.is_empty() {
        let text = document(&begun, &table.for_markdown(), &remarks);
        paper::write(paper::Part::Watching, &text)?;
    }
    Ok(())
}

fn measure(options: &Options, peers: &[peer::Ready]) -> Result<(Measured, Vec<String>)> {
    let mut command = words("cargo bench --quiet -p pterotray-core --bench watch --");
    if options.quick {
        command.arg("--quick");
    }
    for group in &options.only {
        command.args(["--only", group]);
    }
    command.arg("--script").arg(peer::script());
    for peer in peers {
        command
            .args(["--peer", peer.version, peer.kind])
            .arg(&peer.python);
    }
    table::read(&mut command)
}

fn document(begun: &str, table: &str, remarks: &[String]) -> String {
    let remarks: String = remarks
        .iter()
        .map(|remark| format!("* {remark}\n"))
        .collect();
    format!("{HEAD}\n{begun}\n\n{table}\n\n{remarks}\n{HOW}")
}

const HEAD: &str = "# Benchmarks

Written by `cargo xtask bench watch`; do not edit. A promise that is not met is shown as not met.

The peer is the traffic of Home Assistant's Pterodactyl integration, sent by `xtask/peers/home_assistant.py` through the
library that it uses: py-dactyl 2.1.3 (Home Assistant 2026.11) and 2.0.4 (until 2026.10). It is not Home Assistant itself.
Ratio is the figure of 2.1.3 divided by ours.
";

const HOW: &str = "## How it is measured

`crates/core/benches/watch.rs`, in the release profile, runs the program's own loop (`App`) on one thread over real sockets on
loopback. The fake panel (`crates/fake-panel`) is a process of its own: no processor time or memory of its is in any figure, and
requests and connections are what *it* counted, for us and for the peer alike.

* **Refresh:** polling only, 50 ms added to every answer, no request limit; from *refresh now* until every server is shown with a newer
  reading. Median of several. The peer's cycle begins with its list known.
* **N = 150 at 256/min:** polling only, from the start of the program; the oldest reading at any look once each server has been
  read, and the most requests in any 60 s as a share of the limit. The peer polls a panel of its own for the same time.
* **Live:** 25 servers with a socket each. From the moment the node's state changes to the moment a snapshot with it is there.
  Beside it the peer's 95th percentile by polling.
* **Polled:** 25 servers change at moments spread over a minute; the panel's cache of 20 s is in it; at most a period and the
  cache: 21 s + 20 s. The peer polls every 60 s, on a panel of its own whose cache is its own, too.
* **Faults:** twelve panels with ten servers, one of them answering 401, 403, 404, 409, 429, 500, 502, 504, with a web page, cut
  off, with a reset, or never. Polling only. Fresh is what was read at most one period (21 s) and a second ago, at every look for
  about three periods from the fault on. Of the peer: how many of the nine its next cycle shows.
* **Processor:** of the whole process while 25 sockets bring one statistic a second each and somebody looks at every snapshot.
* **Memory:** a process that watches 1,000 servers on three panels (25 sockets each) minus one that watches nothing. What an hour of
  history adds later is not in it.

To repeat it: `cargo xtask bench watch`, with `--quick` for fewer samples. It wants Linux for processor and memory, and Python 3
with access to a package index for the peer; without them these figures are left out and the table says so. Nothing else should
run on the machine meanwhile.
";
