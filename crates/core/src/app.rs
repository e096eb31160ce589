//! The loop that owns the state, and the handle by which everything outside reaches it.
//!
//! The only place of this crate that reads a clock. Decides nothing itself.

use crate::{
    action::{Action, Outcome},
    effect::{Desktop, Effect},
    event::{AskId, Event},
    id::PanelId,
    keys::{KeyStore, Keys},
    monitor::{Monitor, tail},
    paths::Paths,
    problem::{Problem, ProblemKind},
    settings::{self, KeyPlace, PanelSettings, SHORTEST_POLL_SECONDS},
    snapshot::Snapshot,
    store::State,
    time::Now,
};
use secrecy::SecretString;
use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use tokio::sync::{mpsc, oneshot, watch};

/// How the program is to run.
#[derive(Debug)]
pub struct Config {
    /// Where settings and key file live.
    pub paths: Paths,
    /// Shown as the demo.
    pub demo: bool,
    /// The shortest time between two looks at one server. Shorter than the panel's cache only
    /// where the panel is a fake one.
    pub shortest_poll: Duration,
    /// Settings are written when they change. Not so for a command line that only looks.
    pub saves: bool,
    /// Servers may get live sockets. Not so for a command line that looks once.
    pub live: bool,
    /// A panel given by the environment, beside those of the settings.
    pub environment: Option<EnvironmentPanel>,
}

impl Config {
    /// As a person runs it.
    pub fn new(paths: Paths) -> Config {
        let shortest_poll = Duration::from_secs(u64::from(SHORTEST_POLL_SECONDS));
        Config {
            paths,
            demo: false,
            shortest_poll,
            saves: true,
            live: true,
            environment: None,
        }
    }
}

/// A panel given by `PTEROTRAY_URL` and `PTEROTRAY_API_KEY`.
#[derive(Debug)]
pub struct EnvironmentPanel {
    /// What to call it.
    pub name: String,
    /// Its address, as given.
    pub url: String,
    /// Its key.
    pub key: SecretString,
}

/// A handle on the running loop. Cheap to clone; the loop ends when the last one is gone.
#[derive(Debug, Clone)]
pub struct App {
    inbox: mpsc::UnboundedSender<Message>,
    snapshots: watch::Receiver<Arc<Snapshot>>,
}

impl App {
    /// Starts the loop on the current tokio runtime. The receiver gets what the desktop must do.
    pub fn start(
        config: Config,
        keys: Arc<dyn KeyStore>,
    ) -> (App, mpsc::UnboundedReceiver<Desktop>) {
        let clock = Clock::start();
        let (inbox, messages) = mpsc::unbounded_channel();
        let (desktop, orders) = mpsc::unbounded_channel();
        let state = State::new(config.demo);
        let (publish, snapshots) = watch::channel(Arc::new(state.snapshot(clock.now())));
        let keys = Arc::new(Keys::new(keys, config.paths.keys()));
        let monitor = Monitor::new(clock, &config, keys, Inbox(inbox.downgrade()));
        let mut running = Loop {
            clock,
            state,
            monitor,
            desktop,
            publish,
            waiting: BTreeMap::new(),
        };
        // Before anybody can look: the first snapshot knows the panels.
        running.begin(config);
        tokio::spawn(running.run(messages));
        (App { inbox, snapshots }, orders)
    }

    /// Asks for something; nobody waits for the outcome.
    pub fn act(&self, action: Action) {
        self.send(Message::Asked {
            action,
            reply: None,
        });
    }

    /// Asks for something and waits for what became of it.
    pub async fn ask(&self, action: Action) -> Outcome {
        let (reply, outcome) = oneshot::channel();
        self.send(Message::Asked {
            action,
            reply: Some(reply),
        });
        // A dropped question was overtaken: the server or panel it was about went away.
        let overtaken = Outcome::Failed {
            problem: Problem::of(ProblemKind::NotNow),
        };
        outcome.await.unwrap_or(overtaken)
    }

    /// Something of this computer's side is missing or broken.
    pub fn notice(&self, problem: Problem) {
        self.send(Message::Happened(Event::Noticed(problem)));
    }

    /// Something of this computer's side is there again.
    pub fn mended(&self, kind: ProblemKind) {
        self.send(Message::Happened(Event::Mended(kind)));
    }

    /// Waits until settings and keys are where they were asked to be, so that quitting loses
    /// nothing. A keyring that waits for somebody may take for ever: give it a limit.
    pub async fn finished(&self) {
        let (done, wait) = oneshot::channel();
        self.send(Message::Finish(done));
        // A loop that is gone has nothing left to do.
        let _ = wait.await;
    }

    /// The newest snapshot and every later one.
    pub fn snapshots(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.snapshots.clone()
    }

    fn send(&self, message: Message) {
        // The loop outlives every handle, unless the runtime itself is going down.
        let _ = self.inbox.send(message);
    }
}

/// The one reader of the clocks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock(Instant);

impl Clock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the clock"
    )]
    fn start() -> Clock {
        Clock(Instant::now())
    }

    /// Where its times begin.
    pub(crate) fn zero(self) -> tokio::time::Instant {
        self.0.into()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the clock"
    )]
    pub(crate) fn now(self) -> Now {
        let wall = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let wall_ms = i64::try_from(wall.as_millis()).unwrap_or(i64::MAX);
        Now {
            mono: Instant::now().saturating_duration_since(self.0),
            wall_ms,
        }
    }
}

/// What comes to the loop.
#[derive(Debug)]
enum Message {
    Happened(Event),
    Asked {
        action: Action,
        reply: Option<oneshot::Sender<Outcome>>,
    },
    KeyArrived {
        panel: PanelId,
        attempt: u64,
        url: String,
        key: SecretString,
    },
    Finish(oneshot::Sender<()>),
}

/// The driver's way to the loop. Does not keep the loop alive.
#[derive(Debug, Clone)]
pub(crate) struct Inbox(mpsc::WeakUnboundedSender<Message>);

impl Inbox {
    pub(crate) fn say(&self, event: Event) {
        self.send(Message::Happened(event));
    }

    /// A key goes from where it is kept to the driver; the store never hears of it.
    pub(crate) fn key_arrived(&self, panel: PanelId, attempt: u64, url: String, key: SecretString) {
        self.send(Message::KeyArrived {
            panel,
            attempt,
            url,
            key,
        });
    }

    fn send(&self, message: Message) {
        if let Some(inbox) = self.0.upgrade() {
            // The loop is gone only when the program ends.
            let _ = inbox.send(message);
        }
    }
}

struct Loop {
    clock: Clock,
    state: State,
    monitor: Monitor,
    desktop: mpsc::UnboundedSender<Desktop>,
    publish: watch::Sender<Arc<Snapshot>>,
    waiting: BTreeMap<AskId, oneshot::Sender<Outcome>>,
}

impl Loop {
    async fn run(mut self, mut messages: mpsc::UnboundedReceiver<Message>) {
        let mut next_ask: AskId = 0;
        loop {
            let deadline = self.state.next_deadline(self.clock.now());
            let message = tokio::select! {
                message = messages.recv() => message,
                () = self.until(deadline) => Some(Message::Happened(Event::TimeReached)),
            };
            let Some(message) = message else { return };
            self.take(message, &mut next_ask);
            // What has come meanwhile is taken in before anything is drawn.
            while let Ok(message) = messages.try_recv() {
                self.take(message, &mut next_ask);
            }
            self.draw();
        }
    }

    fn begin(&mut self, config: Config) {
        let loaded = settings::load(&config.paths.settings(), config.saves);
        let environment = config.environment.map(|given| {
            let panel = environment_panel(given.name, given.url);
            self.monitor.lend(&panel.id, &given.key);
            panel
        });
        let problems = loaded.problem.into_iter().collect();
        self.apply(Event::Started {
            settings: loaded.settings,
            environment,
            problems,
        });
        self.draw();
    }

    fn take(&mut self, message: Message, next_ask: &mut AskId) {
        match message {
            Message::Happened(event) => self.apply(event),
            Message::Asked { action, reply } => {
                let ask = reply.map(|reply| {
                    *next_ask += 1;
                    self.waiting.insert(*next_ask, reply);
                    *next_ask
                });
                self.apply(Event::Asked { ask, action });
            }
            Message::KeyArrived {
                panel,
                attempt,
                url,
                key,
            } => {
                self.key_arrived(panel, attempt, &url, key);
            }
            Message::Finish(done) => {
                let finished = self.monitor.finish();
                tokio::spawn(async move {
                    finished.await;
                    // Whoever waited may have gone.
                    let _ = done.send(());
                });
            }
        }
    }

    /// Uses a key that is still waited for. Any other is dropped: its panel is gone or has another.
    fn key_arrived(&mut self, panel: PanelId, attempt: u64, url: &str, key: SecretString) {
        if !self.state.waits_for_key(&panel, attempt) {
            return;
        }
        let tail = tail(&key);
        let event = match self.monitor.watch(panel.clone(), url, key) {
            Ok(()) => Event::KeyLoaded { panel, tail },
            Err(problem) => Event::KeyMissing {
                panel,
                attempt,
                problem,
            },
        };
        self.apply(event);
    }

    fn apply(&mut self, event: Event) {
        for effect in self.state.apply(self.clock.now(), event) {
            match effect {
                Effect::Drive(order) => self.monitor.obey(order),
                Effect::Reply { ask, outcome } => {
                    if let Some(reply) = self.waiting.remove(&ask) {
                        // Whoever asked may have gone.
                        let _ = reply.send(outcome);
                    }
                }
                Effect::Desktop(order) => {
                    // A command line has no desktop and drops the receiver.
                    let _ = self.desktop.send(order);
                }
            }
        }
    }

    /// Publishes a snapshot when anything but the time changed.
    fn draw(&self) {
        let mut fresh = self.state.snapshot(self.clock.now());
        self.publish.send_if_modified(|shown| {
            let at_ms = std::mem::replace(&mut fresh.at_ms, shown.at_ms);
            let changed = fresh != **shown;
            fresh.at_ms = at_ms;
            if changed {
                *shown = Arc::new(fresh);
            }
            changed
        });
    }

    async fn until(&self, deadline: Option<Duration>) {
        match deadline {
            Some(at) => tokio::time::sleep(at.saturating_sub(self.clock.now().mono)).await,
            None => std::future::pending().await,
        }
    }
}

fn environment_panel(name: String, url: String) -> PanelSettings {
    PanelSettings {
        id: PanelId("environment".to_owned()),
        name,
        url,
        key_place: KeyPlace::Environment,
        show_others: false,
    }
}
