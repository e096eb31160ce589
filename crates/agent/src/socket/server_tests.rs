//! The socket's promises, over a real socket, with a stand-in behind it.

use super::*;
use crate::{
    cli::samples,
    socket,
    socket::behind::Reader,
    socket::client::{Client, ClientError},
};
use interprocess::local_socket::traits::tokio::Stream as _;
use pterotray_core::{
    Action, Condition, ConsoleLine, ConsoleNews, ConsoleRun, ConsoleState, History, Outcome, Page,
    Point, Problem, ProblemKind, ServerId, paths::Paths, wire::LONGEST_SAID,
};
use std::{future, path::Path};
use tokio::sync::broadcast;

/// Answers every wish at once: done, but for opening a page, which fails.
#[derive(Clone)]
struct StandIn {
    snapshots: watch::Sender<Arc<Snapshot>>,
    /// Every line goes to whoever reads at that moment.
    lines: broadcast::Sender<&'static str>,
}

struct StandInReader(broadcast::Receiver<&'static str>);

impl Reader for StandInReader {
    async fn next(&mut self) -> ConsoleNews {
        let Ok(text) = self.0.recv().await else {
            return future::pending().await;
        };
        let run = ConsoleRun {
            text: text.to_owned(),
            ..ConsoleRun::default()
        };
        ConsoleNews {
            state: ConsoleState::Live,
            fresh: false,
            left_out: 0,
            lines: vec![ConsoleLine { runs: vec![run] }],
        }
    }
}

impl Behind for StandIn {
    type Reader = StandInReader;

    async fn ask(&self, action: Action) -> Outcome {
        if matches!(action, Action::OpenInPanel { .. }) {
            return Outcome::Failed {
                problem: Problem::of(ProblemKind::NoSuchServer),
            };
        }
        Outcome::Done
    }

    fn snapshots(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.snapshots.subscribe()
    }

    /// One point for each time it is asked, of one server only.
    async fn history(&self, server: ServerId) -> Option<History> {
        let at_ms = self.snapshots.borrow().at_ms;
        let point = |at_ms| Point {
            at_ms,
            cpu_percent: 1.0,
            memory_bytes: 2.0,
            disk_bytes: 3.0,
            rx_per_second: None,
            tx_per_second: None,
        };
        (server == known()).then(|| History {
            points: (0..=at_ms).map(point).collect(),
            changes: Vec::new(),
        })
    }

    fn console(&self, _server: ServerId) -> StandInReader {
        StandInReader(self.lines.subscribe())
    }
}

fn known() -> ServerId {
    samples::snapshot().panels[0].servers[0].id.clone()
}

/// A running agent without anything behind it.
struct Agent {
    paths: Paths,
    snapshots: watch::Sender<Arc<Snapshot>>,
    lines: broadcast::Sender<&'static str>,
    guests: Guests,
    _folder: tempfile::TempDir,
}

impl Agent {
    fn start() -> Agent {
        let folder = tempfile::tempdir().unwrap();
        let paths = Paths::within(folder.path());
        let seat = socket::take(&paths).unwrap().unwrap();
        let (snapshots, _) = watch::channel(Arc::new(samples::snapshot()));
        let guests = Guests::new();
        let (lines, _) = broadcast::channel(100);
        let behind = StandIn {
            snapshots: snapshots.clone(),
            lines: lines.clone(),
        };
        let serving = guests.clone();
        tokio::spawn(async move { serve(&seat, behind, serving).await });
        Agent {
            paths,
            snapshots,
            lines,
            guests,
            _folder: folder,
        }
    }

    async fn client(&self) -> Client {
        Client::connect(&self.paths).await.unwrap()
    }

    /// A connection that has said nothing yet.
    async fn raw(&self) -> Raw {
        let stream = Stream::connect(system::name(&self.paths).unwrap())
            .await
            .unwrap();
        let mut raw = Raw {
            lines: Lines::new(stream, LONGEST_SAID),
        };
        assert!(matches!(
            raw.hear().await,
            Some(Said::Hello {
                protocol: PROTOCOL,
                ..
            })
        ));
        raw
    }

    async fn greeted(&self, guest: Guest) -> Raw {
        let mut raw = self.raw().await;
        raw.say(&Ask::Hello {
            protocol: PROTOCOL,
            guest,
        })
        .await;
        raw
    }
}

struct Raw {
    lines: Lines<Stream>,
}

impl Raw {
    async fn say(&mut self, ask: &Ask) {
        self.send(&wire::encode(ask).unwrap()).await;
    }

    async fn send(&mut self, bytes: &[u8]) {
        // The agent may have closed already, which the test then sees when it listens.
        let _ = self.lines.stream().write_all(bytes).await;
    }

    /// `None` when the agent has closed.
    async fn hear(&mut self) -> Option<Said> {
        let line = timeout(Duration::from_secs(20), self.lines.next())
            .await
            .unwrap();
        Some(wire::decode(&line.ok()??, LONGEST_SAID).unwrap())
    }
}

async fn still_answers(client: &mut Client) {
    assert_eq!(client.ask(Action::Refresh).await.unwrap(), Outcome::Done);
}

#[tokio::test]
async fn a_guest_asks_and_is_answered_and_sees_the_whole_picture_at_once() {
    let agent = Agent::start();
    let mut client = agent.client().await;
    still_answers(&mut client).await;
    client.subscribe().await.unwrap();
    assert_eq!(*client.snapshot().await.unwrap(), samples::snapshot());
    let server = samples::snapshot().panels[0].servers[0].id.clone();
    let outcome = client.ask(Action::OpenInPanel { server }).await.unwrap();
    assert!(matches!(outcome, Outcome::Failed { .. }));
}

#[tokio::test]
async fn of_many_changes_only_the_latest_is_sent_and_nothing_twice() {
    let agent = Agent::start();
    let mut client = agent.client().await;
    client.subscribe().await.unwrap();
    client.snapshot().await.unwrap();
    for at_ms in 1..=100 {
        let mut snapshot = samples::snapshot();
        snapshot.at_ms = at_ms;
        agent.snapshots.send_replace(Arc::new(snapshot));
    }
    assert_eq!(client.snapshot().await.unwrap().at_ms, 100);
    still_answers(&mut client).await;
    let mut snapshot = samples::snapshot();
    snapshot.at_ms = 101;
    agent.snapshots.send_replace(Arc::new(snapshot));
    assert_eq!(client.snapshot().await.unwrap().at_ms, 101);
}

/// The number and the last of the points that are told, and from where on.
async fn told_of_the_past(raw: &mut Raw) -> (Option<i64>, usize) {
    loop {
        match raw.hear().await {
            Some(Said::History {
                from_ms, history, ..
            }) => return (from_ms, history.points.len()),
            Some(Said::Snapshot { .. }) => {}
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn a_servers_past_comes_whole_and_then_only_what_is_new() {
    let agent = Agent::start();
    let at = |at_ms| {
        agent.snapshots.send_modify(|snapshot| {
            let snapshot = Arc::make_mut(snapshot);
            snapshot.at_ms = at_ms;
            snapshot.panels[0].servers[0].condition = match at_ms {
                40 => Condition::Stopping,
                _ => Condition::Running,
            };
        });
    };
    at(30);
    let mut raw = agent.greeted(Guest::Window).await;
    let server = Some(known());
    raw.say(&Ask::History { server }).await;
    assert_eq!(told_of_the_past(&mut raw).await, (None, 31));
    // It changes: what is new of its past comes at once, the last point once more.
    raw.say(&Ask::Subscribe).await;
    assert_eq!(told_of_the_past(&mut raw).await, (Some(30), 1));
    at(40);
    assert_eq!(told_of_the_past(&mut raw).await, (Some(30), 11));
    // Another wish for the same starts over.
    let server = Some(known());
    raw.say(&Ask::History { server }).await;
    assert_eq!(told_of_the_past(&mut raw).await, (None, 41));
}

async fn console_line(raw: &mut Raw) -> String {
    match raw.hear().await {
        Some(Said::Console { server, news }) if server == known() => {
            news.lines[0].runs[0].text.clone()
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_console_is_read_until_it_is_not_wanted_or_the_guest_is_gone() {
    let agent = Agent::start();
    let readers = async |count: usize| {
        let so = async {
            while agent.lines.receiver_count() != count {
                tokio::task::yield_now().await;
            }
        };
        timeout(Duration::from_secs(20), so).await.unwrap();
    };
    let mut raw = agent.greeted(Guest::Window).await;
    let server = Some(known());
    raw.say(&Ask::Console {
        server: server.clone(),
    })
    .await;
    readers(1).await;
    agent.lines.send("one").unwrap();
    assert_eq!(console_line(&mut raw).await, "one");
    raw.say(&Ask::Console { server: None }).await;
    readers(0).await;
    raw.say(&Ask::Console { server }).await;
    readers(1).await;
    agent.lines.send("two").unwrap();
    assert_eq!(console_line(&mut raw).await, "two");
    drop(raw);
    readers(0).await;
}

#[tokio::test]
async fn another_version_hears_ours_and_is_sent_away() {
    let agent = Agent::start();
    let mut raw = agent.raw().await;
    raw.say(&Ask::Hello {
        protocol: PROTOCOL + 1,
        guest: Guest::Window,
    })
    .await;
    raw.say(&Ask::Act {
        id: 1,
        action: Action::Refresh,
    })
    .await;
    assert_eq!(raw.hear().await, None);
    assert!(!agent.guests.tell_window(&Page::Servers));
}

#[tokio::test]
async fn garbage_and_endless_lines_end_that_connection_only() {
    let agent = Agent::start();
    let mut good = agent.client().await;
    let endless = vec![b'x'; LONGEST_ASK * 2];
    let long = [&endless[..], b"\n"].concat();
    for bad in [&b"\xff\xfe{}\n"[..], b"{}\n", b"\n", &endless, &long] {
        let mut greeted = agent.greeted(Guest::CommandLine).await;
        greeted.send(bad).await;
        assert_eq!(greeted.hear().await, None);
        let mut stranger = agent.raw().await;
        stranger.send(bad).await;
        assert_eq!(stranger.hear().await, None);
        still_answers(&mut good).await;
    }
}

#[tokio::test]
async fn a_guest_that_reads_nothing_holds_up_nobody() {
    let agent = Agent::start();
    let mut snapshot = samples::snapshot();
    let server = snapshot.panels[0].servers[0].clone();
    snapshot.panels[0].servers = vec![server; 2_000];
    agent.snapshots.send_replace(Arc::new(snapshot));
    let mut deaf = agent.greeted(Guest::CommandLine).await;
    deaf.say(&Ask::Subscribe).await;
    for id in 0..100 {
        deaf.say(&Ask::Act {
            id,
            action: Action::Refresh,
        })
        .await;
    }
    let mut good = agent.client().await;
    still_answers(&mut good).await;
    good.subscribe().await.unwrap();
    assert_eq!(
        good.snapshot().await.unwrap().panels[0].servers.len(),
        2_000
    );
}

#[tokio::test]
async fn the_newest_window_is_told_to_come_forward_until_it_is_gone() {
    let agent = Agent::start();
    assert!(!agent.guests.tell_window(&Page::Settings));
    let _older = agent.greeted(Guest::Window).await;
    let mut newer = agent.greeted(Guest::Window).await;
    // An answer means that the greeting before it was taken in.
    newer
        .say(&Ask::Act {
            id: 7,
            action: Action::Refresh,
        })
        .await;
    assert_eq!(
        newer.hear().await,
        Some(Said::Reply {
            id: 7,
            outcome: Outcome::Done
        })
    );
    assert!(agent.guests.tell_window(&Page::Settings));
    assert_eq!(
        newer.hear().await,
        Some(Said::Show {
            page: Page::Settings
        })
    );
    drop(newer);
    let gone = async {
        while agent.guests.tell_window(&Page::Settings) {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(20), gone).await.unwrap();
}

#[tokio::test]
async fn one_guest_too_many_is_sent_away_and_its_place_is_free_again_later() {
    let agent = Agent::start();
    let mut inside = Vec::new();
    for _ in 0..super::super::guests::MOST {
        inside.push(agent.client().await);
    }
    assert!(Client::connect(&agent.paths).await.is_err());
    still_answers(&mut inside[0]).await;
    inside.pop();
    let again = async { while Client::connect(&agent.paths).await.is_err() {} };
    timeout(Duration::from_secs(20), again).await.unwrap();
}

#[tokio::test]
async fn there_is_one_agent_a_profile_and_a_dead_ones_socket_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let paths = Paths::within(folder.path());
    std::fs::write(paths.socket(), "left behind").unwrap();
    let seat = socket::take(&paths).unwrap().unwrap();
    assert!(socket::take(&paths).unwrap().is_none());
    assert!(paths.socket().exists());
    drop(seat);
    assert!(!paths.socket().exists());
    assert!(matches!(
        Client::connect(&paths).await,
        Err(ClientError::NotRunning)
    ));
    assert!(socket::take(&paths).unwrap().is_some());
}

#[cfg(unix)]
#[tokio::test]
async fn folder_and_socket_are_their_owners_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let agent = Agent::start();
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&agent.paths.socket()), 0o600);
    assert_eq!(mode(agent.paths.runtime()), 0o700);
}
