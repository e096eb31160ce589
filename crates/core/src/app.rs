//! The handle by which everything outside reaches the loop that owns the state.
//!
//! Decides nothing itself.

mod turn;

use crate::{
    action::{Action, Outcome},
    clock::Clock,
    console::{Console, Feed, Readers},
    effect::Desktop,
    event::{AskId, Event},
    history::History,
    id::ServerId,
    keys::{KeyStore, Keys},
    monitor::Monitor,
    paths::Paths,
    problem::{Problem, ProblemKind},
    settings::{PanelTrust, SHORTEST_POLL_SECONDS},
    snapshot::{Places, Snapshot},
    store::State,
};
use secrecy::SecretString;
use std::{sync::Arc, time::Duration};
use tokio::sync::{mpsc, oneshot, watch};
pub(crate) use turn::Inbox;
use turn::{Loop, Message};

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
    /// Where the newest version may be asked for, if a person wants that; [`NEWEST_RELEASE`], or
    /// nowhere where the system brings new versions by itself.
    pub newest_release: Option<String>,
}

/// The project's own address for its newest release. It follows from the manifest's `repository`.
pub const NEWEST_RELEASE: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/releases/latest");

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
            newest_release: None,
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
    /// Whom to trust besides the system's authorities.
    pub trust: Option<PanelTrust>,
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
        let state = State::new(config.demo)
            .offering_new_versions(config.newest_release.is_some())
            .keeping_things_at(Places::from(&config.paths));
        let (publish, snapshots) = watch::channel(Arc::new(state.snapshot(clock.now())));
        let keys = Arc::new(Keys::new(keys, config.paths.keys()));
        let readers = Readers::default();
        let monitor = Monitor::new(clock, &config, keys, readers.clone(), Inbox::of(&inbox));
        let mut running = Loop::new(clock, state, monitor, readers, desktop, publish);
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
        self.send(Message::Happened(Box::new(Event::Noticed(problem))));
    }

    /// Clipboard or browser did what was wanted of them, or did not: then `kind` says so.
    pub fn desktop_did(&self, ask: Option<AskId>, kind: ProblemKind, done: bool) {
        self.send(Message::Happened(Box::new(Event::DesktopDid {
            ask,
            kind,
            done,
        })));
    }

    /// Something of this computer's side is there again.
    pub fn mended(&self, kind: ProblemKind) {
        self.send(Message::Happened(Box::new(Event::Mended(kind))));
    }

    /// The system says that the computer woke up.
    pub fn woke(&self) {
        self.send(Message::Happened(Box::new(Event::Woke)));
    }

    /// Waits until settings and keys are where they were asked to be, so that quitting loses
    /// nothing. A keyring that waits for somebody may take for ever: give it a limit.
    pub async fn finished(&self) {
        let (done, wait) = oneshot::channel();
        self.send(Message::Finish(done));
        // A loop that is gone has nothing left to do.
        let _ = wait.await;
    }

    /// A server's last hour and its last changes; `None` when there is no such server.
    pub async fn history(&self, server: ServerId) -> Option<History> {
        let (reply, history) = oneshot::channel();
        self.send(Message::Remember { server, reply });
        history.await.ok().flatten()
    }

    /// Reads along at a server's console, from its last lines on, until what is returned is dropped.
    pub fn console(&self, server: ServerId) -> Console {
        let feed = Arc::new(Feed::default());
        self.send(Message::Read {
            server: server.clone(),
            feed: Arc::clone(&feed),
        });
        Console::new(server, feed, Inbox::of(&self.inbox))
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
