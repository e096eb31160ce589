//! Carries out the store's orders: watches panels, sends signals, tries and keeps keys, saves settings.
//!
//! Holds the keys and the clients. Changes no state: whatever comes of an order is an event.

mod diagnose;
mod errand;
mod key_work;
mod newest;
mod owed;
mod panel;
mod saver;
mod trial;
pub(crate) mod watch;

use crate::{
    app::{Config, Inbox},
    clock::Clock,
    console::Readers,
    diagnosis::Diagnosis,
    effect::Drive,
    errand::Errand,
    event::{AskId, Event},
    id::{PanelId, ServerId},
    keys::Keys,
    problem::Problem,
    settings::{KeyPlace, PanelSettings, PanelTrust, Settings},
};
use key_work::KeyWork;
use owed::Owed;
use panel::{Order, Panel};
use pterodactyl_client::{BaseUrl, Client, Error, PowerSignal, Trust, Unreachable, live::Dial};
use saver::Saver;
use secrecy::{ExposeSecret as _, SecretString};
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use tokio::{
    sync::mpsc,
    task::{JoinHandle, JoinSet},
    time::sleep,
};
use trial::Trials;

/// Between the breakdown of whoever watches a panel and the next one.
const BROKE_DOWN: Duration = Duration::from_secs(60);

/// The driver of one program.
pub(crate) struct Monitor {
    clock: Clock,
    shortest: Duration,
    live: bool,
    keys: Arc<Keys>,
    events: Inbox,
    readers: Readers,
    watched: BTreeMap<PanelId, Watched>,
    trials: Trials,
    newest_release: Option<String>,
    /// None for a command line that only looks.
    saver: Option<Saver>,
    key_work: KeyWork,
}

/// A panel being watched.
struct Watched {
    client: Client,
    orders: mpsc::UnboundedSender<Order>,
    task: JoinHandle<()>,
    /// What it and its sockets saw counts as long as this is there.
    _lasts: Arc<()>,
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Monitor {
    pub(crate) fn new(
        clock: Clock,
        config: &Config,
        keys: Arc<Keys>,
        readers: Readers,
        events: Inbox,
    ) -> Monitor {
        let file = config.paths.settings();
        let saver = config.saves.then(|| Saver::start(file, events.clone()));
        Monitor {
            clock,
            shortest: config.shortest_poll,
            live: config.live,
            key_work: KeyWork::new(keys.clone(), events.clone()),
            keys,
            events,
            readers,
            watched: BTreeMap::new(),
            trials: Trials::default(),
            newest_release: config.newest_release.clone(),
            saver,
        }
    }

    /// Carries out one order. Never waits.
    pub(crate) fn obey(&mut self, order: Drive) {
        self.key_work.tidy();
        match order {
            Drive::LoadKey {
                panel,
                attempt,
                quietly,
            } => {
                self.watched.remove(&panel.id);
                self.key_work.load(panel, attempt, quietly);
            }
            Drive::Watch { panel, plan } => self.tell(&panel, Order::Watch(plan)),
            Drive::Unwatch(panel) => {
                self.watched.remove(&panel);
            }
            Drive::Refresh(panel) => self.tell(&panel, Order::Refresh),
            Drive::Relist(panel) => self.tell(&panel, Order::Relist),
            Drive::Woke(panel) => self.tell(&panel, Order::Woke),
            Drive::Follow(server) => self.tell(&server.panel, Order::Follow(server.uuid)),
            Drive::Log(server) => self.tell(&server.panel, Order::Log(server.uuid)),
            Drive::View(server) => self.tell(&server.panel, Order::View(server.uuid)),
            Drive::Power {
                ask,
                server,
                signal,
            } => self.power(ask, server, signal),
            Drive::Errand {
                ask,
                server,
                errand,
            } => self.errand(ask, server, errand),
            Drive::Console(server) => self.tell(&server.panel, Order::Console(server.uuid)),
            Drive::Try {
                ask,
                url,
                key,
                trust,
                unencrypted,
            } => {
                let key = key.0;
                let tried = trial::Tried {
                    url,
                    key,
                    trust,
                    unencrypted,
                    admin: false,
                };
                self.trials.begin(ask, tried, self.events.clone());
            }
            Drive::KeepKey { ask, trial, panel } => {
                self.key_work.keep(ask, &self.trials, trial, panel);
            }
            Drive::ForgetKey { ask, panel, place } => self.key_work.forget(ask, panel, place),
            Drive::Diagnose {
                ask,
                panels,
                diagnosis,
            } => self.diagnose(ask, panels, diagnosis),
            Drive::AskNewest => self.ask_newest(),
            Drive::Save(settings) => {
                if let Some(saver) = &self.saver {
                    saver.write(settings);
                }
            }
        }
    }

    /// These settings stand in the file.
    pub(crate) fn has_read(&self, settings: &Settings) {
        if let Some(saver) = &self.saver {
            saver.read(Box::new(settings.clone()));
        }
    }

    /// A key that the environment gave, for as long as the program runs.
    pub(crate) fn lend(&self, panel: &PanelId, key: &SecretString) {
        // Memory takes every key.
        let _ = self.keys.set(KeyPlace::Environment, panel, "", key);
    }

    /// A key and address are at hand: the panel is asked from now on, once the store says what to
    /// watch.
    ///
    /// # Errors
    /// When address or key cannot be used.
    pub(crate) fn watch(
        &mut self,
        settings: &PanelSettings,
        key: SecretString,
    ) -> Result<(), Problem> {
        let panel = settings.id.clone();
        let base = BaseUrl::parse(&settings.url).map_err(|error| Problem::from(&error))?;
        let trust = PanelTrust::of_panel(settings.trust.as_ref())?;
        let client =
            Client::trusting(base.clone(), key, &trust).map_err(|error| Problem::from(&error))?;
        let of_nodes = PanelTrust::of_nodes(settings.trust.as_ref());
        let (orders, inbox) = mpsc::unbounded_channel();
        let lasts = Arc::new(());
        let events = self.events.while_lasts(&lasts);
        let task = Panel {
            id: panel.clone(),
            client: client.clone(),
            dial: self.dial(base, &of_nodes),
            clock: self.clock,
            shortest: self.shortest,
            seed: self.seed(),
            events: events.clone(),
            readers: self.readers.clone(),
        };
        let task = tokio::spawn(looked_after(panel.clone(), task.run(inbox), events));
        self.watched.insert(
            panel,
            Watched {
                client,
                orders,
                task,
                _lasts: lasts,
            },
        );
        Ok(())
    }

    /// The way to a panel's nodes, where live sockets are wanted at all. Without it all is polled.
    fn dial(&self, base: BaseUrl, trust: &Trust) -> Option<Dial> {
        let dial = self.live.then(|| Dial::new(base, trust))?;
        dial.inspect_err(|error| tracing::warn!(%error, "no live updates: everything is polled"))
            .ok()
    }

    /// Differs from start to start and from panel to panel, so that computers that lost the same
    /// node do not come back to it all at once.
    fn seed(&self) -> u64 {
        let now = self.clock.now();
        let mono = u64::try_from(now.mono.as_nanos()).unwrap_or_default();
        now.wall_ms.unsigned_abs() ^ mono.rotate_left(32) ^ u64::from(std::process::id())
    }

    /// Everything asked for so far that must not be lost: settings and keys.
    pub(crate) fn finish(&mut self) -> impl Future<Output = ()> + use<> {
        let saver = self.saver.clone();
        let key_work = self.key_work.finish();
        async move {
            key_work.await;
            if let Some(saver) = saver {
                saver.written().await;
            }
        }
    }

    fn tell(&self, panel: &PanelId, order: Order) {
        if let Some(watched) = self.watched.get(panel) {
            // A task that broke down is followed by one that begins with everything.
            let _ = watched.orders.send(order);
        }
    }

    /// Sent once, beside the schedule: a person's wish goes first and is never repeated.
    fn power(&self, ask: Option<AskId>, server: ServerId, signal: PowerSignal) {
        let refused = |error| Event::PowerRefused {
            ask,
            server: server.clone(),
            signal,
            error,
        };
        let Some(watched) = self.watched.get(&server.panel) else {
            return self.events.say(refused(Error::BadKey));
        };
        let client = watched.client.clone();
        let owed = Owed::new(&self.events, refused(broke_down()));
        self.tell(&server.panel, Order::Spent);
        tokio::spawn(async move {
            owed.say(match client.power(&server.uuid, signal).await {
                Ok(()) => Event::PowerTaken {
                    ask,
                    server,
                    signal,
                },
                Err(error) => Event::PowerRefused {
                    ask,
                    server,
                    signal,
                    error,
                },
            });
        });
    }

    /// Sent once, as power signals are.
    fn errand(&self, ask: Option<AskId>, server: ServerId, errand: Errand) {
        let client = self.watched.get(&server.panel).map(|it| it.client.clone());
        let if_broken = Event::ErrandDone {
            ask,
            server: server.clone(),
            came: Err(broke_down()),
        };
        let owed = Owed::new(&self.events, if_broken);
        self.tell(&server.panel, Order::Spent);
        tokio::spawn(async move {
            let came = match client {
                Some(client) => errand::run(&client, &server.uuid, errand).await,
                None => Err(Error::BadKey),
            };
            owed.say(Event::ErrandDone { ask, server, came });
        });
    }

    fn ask_newest(&self) {
        let Some(address) = self.newest_release.clone() else {
            return;
        };
        let events = self.events.clone();
        tokio::spawn(async move {
            if let Some(version) = newest::ask(&address).await {
                events.say(Event::Newest(version));
            }
        });
    }

    fn diagnose(&self, ask: Option<AskId>, panels: Vec<PanelId>, mut diagnosis: Box<Diagnosis>) {
        let watched = self.watched.iter();
        let clients: Vec<_> = watched
            .map(|(id, watched)| (id.clone(), watched.client.clone()))
            .collect();
        for (id, _) in &clients {
            self.tell(id, Order::Spent);
        }
        let unreached = Event::Diagnosed {
            ask,
            diagnosis: diagnosis.clone(),
        };
        let (clock, owed) = (self.clock, Owed::new(&self.events, unreached));
        tokio::spawn(async move {
            let found = diagnose::reach(clock, clients).await;
            diagnosis.reached(&panels, &found);
            owed.say(Event::Diagnosed { ask, diagnosis });
        });
    }
}

/// Has a panel watched anew when whoever watches it breaks down; a little later, for what broke it may come again.
async fn looked_after(
    panel: PanelId,
    watching: impl Future<Output = ()> + Send + 'static,
    events: Inbox,
) {
    let mut watching = JoinSet::from_iter([watching]);
    if let Some(Err(error)) = watching.join_next().await {
        tracing::error!(%error, "the watch of a panel broke down");
        sleep(BROKE_DOWN).await;
        events.say(Event::WatchBroke { panel });
    }
}

/// The request broke down on our side; whether it arrived, nobody knows.
fn broke_down() -> Error {
    Error::Unreachable(Unreachable::Failed)
}

/// The last four characters of a key: enough to tell two keys apart, useless for anything else.
pub(crate) fn tail(key: &SecretString) -> String {
    let key: Vec<char> = key.expose_secret().trim().chars().collect();
    // Of something too short to be a key, four characters would be too much.
    let from = if key.len() < 16 {
        key.len()
    } else {
        key.len() - 4
    };
    key.into_iter().skip(from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_panel_whose_watch_breaks_down_is_watched_anew_and_one_that_is_left_is_not() {
        let (events, mut said) = Inbox::overheard();
        let panel = PanelId("home".into());
        let broken = async { panic!("an answer that nobody thought of") };
        looked_after(panel.clone(), broken, events.clone()).await;
        assert!(matches!(said(), Some(Event::WatchBroke { panel: of }) if of == panel));
        looked_after(panel, async {}, events).await;
        assert!(said().is_none());
    }
}
