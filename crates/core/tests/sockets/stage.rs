//! The running panel and the running app. Waits for what is shown, never for a time.

use super::scene::{CREATIVE, OTHERS, PERIOD, home};
use fake_panel::FakePanel;
use pterotray_core::{
    Action, App, Condition, Desktop, History, LiveView, News, Outcome, PanelView, ServerId,
    ServerView, Snapshot, Source, Subject,
};
use std::{
    fmt::Write as _,
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};
use tempfile::TempDir;
use tokio::{sync::mpsc, time::timeout};

/// Within one period: that, the second between two drawings of figures, and room for a busy machine. Far less than any
/// request here may hang.
pub(crate) const A_PERIOD: Duration = Duration::from_secs(12).saturating_add(PERIOD);
/// After a socket ended, a server may be left unasked for 10 s, which is less than a real period.
pub(crate) const A_BRIDGE: Duration = Duration::from_secs(10).saturating_add(A_PERIOD);
/// What comes sooner or later.
pub(crate) const PATIENCE: Duration = Duration::from_secs(75);

const LOOK_AGAIN: Duration = Duration::from_millis(40);

/// Both of them.
pub(crate) struct Stage {
    pub(crate) panel: FakePanel,
    pub(crate) app: App,
    key: String,
    told: Arc<Mutex<Vec<Desktop>>>,
    profile: TempDir,
}

impl Stage {
    pub(crate) fn new(
        panel: FakePanel,
        app: App,
        mut orders: mpsc::UnboundedReceiver<Desktop>,
        profile: TempDir,
        key: String,
    ) -> Stage {
        let told: Arc<Mutex<Vec<Desktop>>> = Arc::default();
        let heard = Arc::clone(&told);
        tokio::spawn(async move {
            while let Some(order) = orders.recv().await {
                heard.lock().unwrap().push(order);
            }
        });
        Stage {
            panel,
            app,
            key,
            told,
            profile,
        }
    }

    /// The panel goes away; its port is free.
    pub(crate) async fn interrupted(self) -> Interrupted {
        let port = self.panel.port();
        Interrupted {
            app: self.app,
            key: self.key,
            told: self.told,
            profile: self.profile,
            world: self.panel.stop().await,
            port,
        }
    }

    /// The newest picture.
    pub(crate) fn shown(&self) -> Arc<Snapshot> {
        self.app.snapshots().borrow().clone()
    }

    /// The key that it was set up with.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    pub(crate) fn home(&self) -> PanelView {
        self.shown().panels[0].clone()
    }

    pub(crate) fn find(&self, name: &str) -> Option<ServerView> {
        self.shown().servers().find(|one| one.name == name).cloned()
    }

    pub(crate) fn server(&self, name: &str) -> ServerView {
        self.find(name)
            .unwrap_or_else(|| panic!("{name} is not shown"))
    }

    fn so(&self, name: &str, so: impl Fn(&ServerView) -> bool) -> bool {
        let shown = self.shown();
        shown.servers().any(|one| one.name == name && so(one))
    }

    pub(crate) fn is(&self, name: &str, condition: Condition) -> bool {
        self.so(name, |one| one.condition == condition)
    }

    /// Runs, with nothing to complain of, read after `since`.
    pub(crate) fn is_well(&self, name: &str, since: i64) -> bool {
        self.so(name, |one| {
            one.condition == Condition::Running
                && one.problem.is_none()
                && one.read_at_ms > Some(since)
        })
    }

    pub(crate) fn is_live(&self, name: &str) -> bool {
        self.so(name, |one| {
            one.live == LiveView::Live && one.source == Some(Source::Live)
        })
    }

    pub(crate) fn id(&self, name: &str) -> ServerId {
        let uuid = self
            .panel
            .with(|world| world.server(name).uuid().to_owned());
        ServerId {
            panel: home(),
            uuid,
        }
    }

    pub(crate) async fn history(&self, name: &str) -> History {
        self.app.history(self.id(name)).await.unwrap()
    }

    pub(crate) async fn ask(&self, action: Action) {
        assert_eq!(
            self.app.ask(action.clone()).await,
            Outcome::Done,
            "{action:?}"
        );
    }

    /// Waits for the panel's first list and for a look at every server.
    pub(crate) async fn settled(&self) {
        self.until(PATIENCE, "everything was read once", |stage| {
            let home = stage.home();
            home.answers() && home.servers.iter().all(|one| one.read_at_ms.is_some())
        })
        .await;
    }

    /// The nine others run, and were read after `since`.
    pub(crate) async fn others_are_fresh(&self, since: i64) {
        self.until(A_PERIOD, "the nine others are fresh and right", |stage| {
            OTHERS.iter().all(|name| stage.is_well(name, since))
        })
        .await;
    }

    /// All but the one that is off at first go on as they were.
    pub(crate) async fn others_keep_well(&self) {
        let since = wall_ms();
        self.until(A_PERIOD, "those that run are fresh and right", |stage| {
            let mut running = OTHERS.iter().filter(|name| **name != CREATIVE);
            running.all(|name| stage.is_well(name, since))
        })
        .await;
    }

    /// The nine others have healthy sockets.
    pub(crate) async fn others_are_live(&self) {
        self.until(PATIENCE, "the nine others are live", |stage| {
            OTHERS.iter().all(|name| stage.is_live(name))
        })
        .await;
    }

    /// Nothing was ever claimed of a server that is not so, and nobody was alarmed.
    pub(crate) async fn was_never_called_down(&self, name: &str) {
        let changes = self.history(name).await.changes;
        let lie = |to: Condition| matches!(to, Condition::Offline | Condition::Crashed);
        assert!(!changes.iter().any(|one| lie(one.to)), "{changes:#?}");
        assert_eq!(self.alerts_about(name), [], "{name} runs");
    }

    pub(crate) fn alerts(&self) -> Vec<(Subject, News)> {
        let told = self.told.lock().unwrap();
        let alerts = told.iter().filter_map(|order| match order {
            Desktop::Alert(alert) => Some((alert.about.clone(), alert.news.clone())),
            Desktop::Amend(_)
            | Desktop::Withdraw(_)
            | Desktop::Copy { .. }
            | Desktop::OpenUrl { .. }
            | Desktop::Show(_)
            | Desktop::Quit => None,
        });
        alerts.collect()
    }

    pub(crate) fn alerts_about(&self, name: &str) -> Vec<News> {
        let about = Subject::Server(self.id(name));
        let all = self.alerts().into_iter();
        all.filter(|(whom, _)| *whom == about)
            .map(|(_, news)| news)
            .collect()
    }

    /// Waits until it is so.
    pub(crate) async fn until(
        &self,
        within: Duration,
        what: &str,
        mut so: impl FnMut(&Stage) -> bool,
    ) {
        let waiting = async {
            while !so(self) {
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        };
        if timeout(within, waiting).await.is_err() {
            panic!("not within {within:?}: {what}\n{}", self.picture());
        }
    }

    /// For the message of a test that failed.
    fn picture(&self) -> String {
        let mut text = format!("it is {}\n", wall_ms());
        for panel in &self.shown().panels {
            let _ = writeln!(text, "{}: {:?}", panel.name, panel.problem);
            for one in panel.servers.iter().take(30) {
                let _ = writeln!(
                    text,
                    "  {} {:?} read {:?} {:?} {:?} {:?} {:?}",
                    one.name,
                    one.condition,
                    one.read_at_ms,
                    one.source,
                    one.live,
                    one.problem,
                    one.pending
                );
            }
        }
        text
    }
}

/// The app while its panel is away.
pub(crate) struct Interrupted {
    app: App,
    key: String,
    told: Arc<Mutex<Vec<Desktop>>>,
    profile: TempDir,
    world: fake_panel::World,
    port: u16,
}

impl Interrupted {
    pub(crate) fn home(&self) -> PanelView {
        self.app.snapshots().borrow().panels[0].clone()
    }

    /// Waits until the panel is said to be away.
    pub(crate) async fn noticed(&self) {
        let noticed = async {
            while self.home().problem.is_none() {
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        };
        timeout(PATIENCE, noticed).await.unwrap();
    }

    /// The panel comes back where it was.
    pub(crate) async fn resumed(self) -> Stage {
        Stage {
            panel: FakePanel::start_on(self.world, self.port).await.unwrap(),
            app: self.app,
            key: self.key,
            told: self.told,
            profile: self.profile,
        }
    }
}

/// Milliseconds since 1970, as readings carry them.
#[expect(
    clippy::disallowed_methods,
    reason = "what was read after now is told by the clock"
)]
pub(crate) fn wall_ms() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    i64::try_from(since.unwrap().as_millis()).unwrap()
}
