//! The notice of a newer version: nothing is asked unasked, little is sent, and each version is told once.
#![expect(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "what goes another way fails where it does"
)]

use pterotray_core::{
    Action, Alert, App, Config, Desktop, Drive, Effect, Event, News, Now, ProblemKind, State,
    keys::Memory,
    paths::Paths,
    settings::{self, Settings, SettingsChange},
};
use std::{sync::Arc, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
    time::timeout,
};

const HOUR: Duration = Duration::from_secs(60 * 60);
const PATIENCE: Duration = Duration::from_secs(30);

fn consent(given: bool) -> Action {
    let change = SettingsChange {
        new_versions: Some(given),
        ..SettingsChange::default()
    };
    Action::ChangeSettings { change }
}

/// A program with nothing set up, told of what happens to it.
struct Watch {
    state: State,
    now: Now,
    asked: usize,
    told: Vec<Alert>,
}

impl Watch {
    fn starts(offered: bool, settings: Settings) -> Watch {
        let mut watch = Watch {
            state: State::new(false).offering_new_versions(offered),
            now: Now {
                mono: Duration::ZERO,
                wall_ms: 1_795_000_000_000,
                utc_offset: 0,
            },
            asked: 0,
            told: Vec::new(),
        };
        watch.happens(Event::Started {
            settings: Box::new(settings),
            environment: None,
            problems: Vec::new(),
        });
        watch
    }

    fn happens(&mut self, event: Event) {
        for effect in self.state.apply(self.now, event) {
            match effect {
                Effect::Drive(Drive::AskNewest) => self.asked += 1,
                Effect::Desktop(Desktop::Alert(alert)) => self.told.push(alert),
                _ => {}
            }
        }
    }

    fn chooses(&mut self, given: bool) {
        let action = consent(given);
        self.happens(Event::Asked { ask: None, action });
    }

    /// Time goes on, as the loop lets it: from one deadline to the next.
    fn after(&mut self, span: Duration) -> usize {
        let (before, end) = (self.asked, self.now.mono + span);
        while let Some(due) = self.state.next_deadline(self.now).filter(|due| *due < end) {
            self.at(due);
        }
        self.at(end);
        self.asked - before
    }

    fn at(&mut self, mono: Duration) {
        let passed = mono.saturating_sub(self.now.mono);
        self.now.wall_ms += i64::try_from(passed.as_millis()).unwrap();
        self.now.mono = mono.max(self.now.mono + Duration::from_millis(1));
        self.happens(Event::TimeReached);
    }

    fn settings(&self) -> Settings {
        self.state.snapshot(self.now).settings
    }
}

#[test]
fn without_consent_nothing_is_ever_asked() {
    let mut watch = Watch::starts(true, Settings::default());
    assert_eq!(watch.after(HOUR * 24 * 30), 0);
    watch.chooses(true);
    watch.chooses(false);
    assert_eq!((watch.asked, watch.after(HOUR * 24 * 30)), (1, 0));
}

#[test]
fn where_packages_bring_new_versions_consent_changes_nothing() {
    let mut watch = Watch::starts(false, Settings::default());
    watch.chooses(true);
    assert_eq!((watch.asked, watch.after(HOUR * 24 * 30)), (0, 0));
    assert!(!watch.state.snapshot(watch.now).offers_new_versions);
}

#[test]
fn it_asks_once_a_day_and_a_restart_does_not_count() {
    let mut watch = Watch::starts(true, Settings::default());
    watch.chooses(true);
    assert_eq!(watch.asked, 1);
    assert_eq!(watch.after(HOUR * 23), 0);
    let mut restarted = Watch::starts(true, watch.settings());
    restarted.now = watch.now;
    assert_eq!(restarted.after(HOUR / 2), 0);
    assert_eq!(restarted.after(HOUR), 1);
    assert_eq!(restarted.after(HOUR * 24 * 3), 3);
}

#[test]
fn a_newer_version_is_told_once_and_nonsense_never() {
    let mut watch = Watch::starts(true, Settings::default());
    watch.chooses(true);
    for version in ["0.0.1", "", "latest", "99.0"] {
        watch.happens(Event::Newest(version.into()));
    }
    assert!(watch.told.is_empty(), "{:?}", watch.told);
    watch.happens(Event::Newest("99.0.0".into()));
    let [Alert { news, .. }] = &watch.told[..] else {
        panic!("{:?}", watch.told)
    };
    let News::Notice { problem } = news else {
        panic!("{news:?}")
    };
    let said = (problem.kind, problem.detail.as_str());
    assert_eq!(said, (ProblemKind::NewVersion, "99.0.0"));
    let mut restarted = Watch::starts(true, watch.settings());
    restarted.happens(Event::Newest("99.0.0".into()));
    assert!(restarted.told.is_empty());
    restarted.happens(Event::Newest("99.0.1".into()));
    assert_eq!(restarted.told.len(), 1);
}

/// The project's page, which leads on to the newest release. Gives the one request it gets.
async fn page(listener: TcpListener) -> String {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut said = Vec::new();
    while !said.ends_with(b"\r\n\r\n") {
        assert_ne!(stream.read_buf(&mut said).await.unwrap(), 0);
    }
    let answer = "HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/releases/tag/v99.1.0\r\n\
        Content-Length: 0\r\nConnection: close\r\n\r\n";
    stream.write_all(answer.as_bytes()).await.unwrap();
    String::from_utf8(said).unwrap().to_lowercase()
}

#[tokio::test]
async fn what_is_sent_says_nothing_about_anybody() {
    let profile = tempfile::tempdir().unwrap();
    let paths = Paths::within(profile.path());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/releases/latest", listener.local_addr().unwrap());
    let config = Config {
        newest_release: Some(address),
        ..Config::new(paths.clone())
    };
    let (app, mut orders) = App::start(config, Arc::new(Memory::default()));
    let mut request = tokio::spawn(page(listener));
    app.ask(consent(false)).await;
    assert!(!request.is_finished(), "asked without consent");
    app.ask(consent(true)).await;
    let request = timeout(PATIENCE, &mut request).await.unwrap().unwrap();
    let mut lines: Vec<_> = request.lines().filter(|line| !line.is_empty()).collect();
    lines.retain(|line| !line.starts_with("host: 127.0.0.1:"));
    lines.sort_unstable();
    let expected = [
        "accept: */*",
        "head /releases/latest http/1.1",
        "user-agent: pterotray",
    ];
    assert_eq!(lines, expected);
    let told = async {
        while let Some(order) = orders.recv().await {
            if let Desktop::Alert(alert) = order {
                return alert.news;
            }
        }
        panic!("nothing was told")
    };
    let News::Notice { problem } = timeout(PATIENCE, told).await.unwrap() else {
        panic!("something else was told")
    };
    assert_eq!(problem.detail, "99.1.0");
    app.finished().await;
    let kept = settings::load(&paths.settings(), false)
        .settings
        .new_versions;
    assert!(kept.ask && kept.told == "99.1.0" && kept.asked_ms > 0);
}
