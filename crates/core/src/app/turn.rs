//! The loop that owns the state: takes in what happens, has done what must be, and publishes what is seen.
//!
//! Decides nothing itself.

use super::{Config, Desktop, Outcome};
use crate::{
    action::Action,
    clock::Clock,
    console::{Feed, Readers},
    effect::Effect,
    event::{AskId, Event},
    history::History,
    id::{PanelId, ServerId},
    monitor::{Monitor, tail},
    settings::{self, KeyPlace, PanelSettings, PanelTrust},
    snapshot::Snapshot,
    store::{Freshness, State},
};
use secrecy::SecretString;
use std::{
    collections::BTreeMap,
    sync::{Arc, Weak},
    time::Duration,
};
use tokio::sync::{mpsc, oneshot, watch};

/// Figures that changed and nothing else are drawn this often: nobody reads faster.
const FIGURES_EVERY: Duration = Duration::from_secs(1);
/// For so long after a person asked for everything anew, figures are drawn as they come.
const HURRY_FOR: Duration = Duration::from_secs(10);
/// Between two of those.
const HURRIED_EVERY: Duration = Duration::from_millis(50);

/// What comes to the loop.
#[derive(Debug)]
pub(super) enum Message {
    Happened(Box<Event>),
    /// The same, told by whoever watches a panel.
    Seen {
        event: Box<Event>,
        /// Gone with that watch.
        watch: Weak<()>,
    },
    Asked {
        action: Action,
        reply: Option<oneshot::Sender<Outcome>>,
    },
    KeyArrived {
        panel: PanelSettings,
        attempt: u64,
        key: SecretString,
    },
    Remember {
        server: ServerId,
        reply: oneshot::Sender<Option<History>>,
    },
    /// Somebody begins to read along at a console.
    Read {
        server: ServerId,
        feed: Arc<Feed>,
    },
    Finish(oneshot::Sender<()>),
}

/// The driver's way to the loop. Does not keep the loop alive.
#[derive(Debug, Clone)]
pub(crate) struct Inbox {
    to: mpsc::WeakUnboundedSender<Message>,
    watch: Option<Weak<()>>,
}

impl Inbox {
    pub(super) fn of(inbox: &mpsc::UnboundedSender<Message>) -> Inbox {
        let to = inbox.downgrade();
        Inbox { to, watch: None }
    }

    /// For what is seen as long as `watch` lasts. What still waits when it ends is not taken in: the panel may be
    /// watched with another key by then, or not at all.
    pub(crate) fn while_lasts(&self, watch: &Arc<()>) -> Inbox {
        Inbox {
            to: self.to.clone(),
            watch: Some(Arc::downgrade(watch)),
        }
    }

    pub(crate) fn say(&self, event: Event) {
        let event = Box::new(event);
        self.send(match self.watch.clone() {
            Some(watch) => Message::Seen { event, watch },
            None => Message::Happened(event),
        });
    }

    /// A key goes from where it is kept to the driver; the store never hears of it.
    pub(crate) fn key_arrived(&self, panel: PanelSettings, attempt: u64, key: SecretString) {
        self.send(Message::KeyArrived {
            panel,
            attempt,
            key,
        });
    }

    pub(crate) fn console_left(&self, server: ServerId) {
        self.say(Event::ConsoleClosed { server });
    }

    fn send(&self, message: Message) {
        if let Some(inbox) = self.to.upgrade() {
            // The loop is gone only when the program ends.
            let _ = inbox.send(message);
        }
    }
}

#[cfg(test)]
impl Inbox {
    /// The way to no loop, and what is said there, event by event.
    pub(crate) fn overheard() -> (Inbox, impl FnMut() -> Option<Event>) {
        let (to, mut heard) = mpsc::unbounded_channel();
        let inbox = Inbox::of(&to);
        let next = move || {
            let _open = &to;
            match heard.try_recv() {
                Ok(Message::Happened(event) | Message::Seen { event, .. }) => Some(*event),
                Ok(_) | Err(_) => None,
            }
        };
        (inbox, next)
    }
}

/// The loop.
pub(super) struct Loop {
    clock: Clock,
    state: State,
    monitor: Monitor,
    readers: Readers,
    desktop: mpsc::UnboundedSender<Desktop>,
    publish: watch::Sender<Arc<Snapshot>>,
    waiting: BTreeMap<AskId, oneshot::Sender<Outcome>>,
    next_ask: AskId,
    drawn_at: Duration,
    /// When figures that changed are drawn.
    figures_at: Option<Duration>,
    hurry_until: Duration,
}

impl Loop {
    pub(super) fn new(
        clock: Clock,
        state: State,
        monitor: Monitor,
        readers: Readers,
        desktop: mpsc::UnboundedSender<Desktop>,
        publish: watch::Sender<Arc<Snapshot>>,
    ) -> Loop {
        Loop {
            clock,
            state,
            monitor,
            readers,
            desktop,
            publish,
            waiting: BTreeMap::new(),
            next_ask: 0,
            drawn_at: Duration::ZERO,
            figures_at: None,
            hurry_until: Duration::ZERO,
        }
    }

    /// Runs until every handle is gone.
    pub(super) async fn run(mut self, mut messages: mpsc::UnboundedReceiver<Message>) {
        loop {
            let deadline = self.state.next_deadline(self.clock.now());
            let wake = deadline.into_iter().chain(self.figures_at).min();
            tokio::select! {
                message = messages.recv() => match message {
                    Some(message) => self.take(message),
                    None => return,
                },
                () = self.until(wake) => self.time(deadline),
            }
            // What has come meanwhile is taken in before anything is drawn.
            while let Ok(message) = messages.try_recv() {
                self.take(message);
            }
            self.tell_readers();
            self.show();
        }
    }

    fn time(&mut self, deadline: Option<Duration>) {
        if deadline.is_some_and(|at| at <= self.clock.now().mono) {
            self.apply(Event::TimeReached);
        }
    }

    /// Whoever reads along is told whether anything can come.
    fn tell_readers(&self) {
        for server in self.state.consoles() {
            self.readers.tell(server, &self.state.console(server));
        }
    }

    /// Draws news at once, and figures that came alone once a second.
    fn show(&mut self) {
        let now = self.clock.now().mono;
        match self.state.take_freshness() {
            Freshness::News => return self.draw(),
            Freshness::Figures => {
                let every = if now < self.hurry_until {
                    HURRIED_EVERY
                } else {
                    FIGURES_EVERY
                };
                self.figures_at.get_or_insert(self.drawn_at + every);
            }
            Freshness::Same => {}
        }
        if self.figures_at.is_some_and(|at| at <= now) {
            self.draw();
        }
    }

    /// Before anybody can look: settings and panels are known.
    pub(super) fn begin(&mut self, config: Config) {
        let loaded = settings::load(&config.paths.settings(), config.saves);
        self.monitor.has_read(&loaded.settings);
        let environment = config.environment.map(|given| {
            let panel = environment_panel(given.name, given.url, given.trust);
            self.monitor.lend(&panel.id, &given.key);
            panel
        });
        let problems = loaded.problem.into_iter().collect();
        self.apply(Event::Started {
            settings: Box::new(loaded.settings),
            environment,
            problems,
        });
        self.draw();
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Happened(event) => self.apply(*event),
            Message::Seen { event, watch } => {
                if watch.strong_count() > 0 {
                    self.apply(*event);
                }
            }
            Message::Asked { action, reply } => {
                let ask = reply.map(|reply| {
                    self.next_ask += 1;
                    self.waiting.insert(self.next_ask, reply);
                    self.next_ask
                });
                if action == Action::Refresh {
                    self.hurry_until = self.clock.now().mono + HURRY_FOR;
                }
                self.apply(Event::Asked { ask, action });
            }
            Message::KeyArrived {
                panel,
                attempt,
                key,
            } => self.key_arrived(&panel, attempt, key),
            Message::Remember { server, reply } => {
                // Whoever asked may have gone.
                let _ = reply.send(self.state.history(&server));
            }
            Message::Read { server, feed } => {
                self.readers.add(server.clone(), &feed);
                self.apply(Event::ConsoleOpened { server });
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
    fn key_arrived(&mut self, settings: &PanelSettings, attempt: u64, key: SecretString) {
        let panel = settings.id.clone();
        if !self.state.waits_for_key(&panel, attempt) {
            return;
        }
        let tail = tail(&key);
        let event = match self.monitor.watch(settings, key) {
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
                Effect::Hushed { about, why } => tracing::debug!(?about, ?why, "not told"),
                Effect::Desktop(order) => {
                    // A command line has no desktop and drops the receiver.
                    let _ = self.desktop.send(order);
                }
            }
        }
    }

    /// Publishes a snapshot when anything but the time changed.
    fn draw(&mut self) {
        let now = self.clock.now();
        self.drawn_at = now.mono;
        self.figures_at = None;
        let mut fresh = self.state.snapshot(now);
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

fn environment_panel(name: String, url: String, trust: Option<PanelTrust>) -> PanelSettings {
    PanelSettings {
        id: PanelId("environment".to_owned()),
        name,
        url,
        key_place: KeyPlace::Environment,
        show_others: false,
        trust,
        admin: false,
    }
}
