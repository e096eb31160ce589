//! Carries out the store's orders: watches panels, sends signals, tries and keeps keys, saves settings.
//!
//! Holds the keys and the clients. Changes no state: whatever comes of an order is an event.

mod poll;
mod schedule;
mod trial;

use crate::{
    app::{Clock, Inbox},
    effect::Drive,
    event::Event,
    id::{PanelId, ServerId},
    keys::Keys,
    paths::Paths,
    problem::{Problem, ProblemKind},
    settings::{self, KeyPlace, PanelSettings, Settings},
};
use poll::{Order, Poll};
use pterodactyl_client::{BaseUrl, Client, PowerSignal};
use secrecy::{ExposeSecret as _, SecretString};
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use tokio::{
    sync::{Mutex, mpsc},
    task::{JoinHandle, spawn_blocking},
};
use trial::Trials;

/// The driver of one program.
pub(crate) struct Monitor {
    clock: Clock,
    shortest: Duration,
    paths: Paths,
    keys: Arc<Keys>,
    events: Inbox,
    watched: BTreeMap<PanelId, Watched>,
    trials: Trials,
    /// One write of the settings at a time, in the order they were asked for.
    saving: Arc<Mutex<()>>,
    saves: bool,
}

/// A panel being watched.
struct Watched {
    client: Client,
    orders: mpsc::UnboundedSender<Order>,
    task: JoinHandle<()>,
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Monitor {
    pub(crate) fn new(
        clock: Clock,
        shortest: Duration,
        paths: Paths,
        saves: bool,
        keys: Arc<Keys>,
        events: Inbox,
    ) -> Monitor {
        Monitor {
            clock,
            shortest,
            paths,
            keys,
            events,
            watched: BTreeMap::new(),
            trials: Trials::default(),
            saving: Arc::default(),
            saves,
        }
    }

    /// Carries out one order. Never waits.
    pub(crate) fn obey(&mut self, order: Drive) {
        match order {
            Drive::LoadKey(panel) => self.load_key(panel),
            Drive::Watch { panel, plan } => self.tell(&panel, Order::Watch(plan)),
            Drive::Unwatch(panel) => {
                self.watched.remove(&panel);
            }
            Drive::Refresh(panel) => self.tell(&panel, Order::Refresh),
            Drive::Relist(panel) => self.tell(&panel, Order::Relist),
            Drive::Follow(server) => self.tell(&server.panel, Order::Follow(server.uuid)),
            Drive::View(server) => self.tell(&server.panel, Order::View(server.uuid)),
            Drive::Power { server, signal } => self.power(server, signal),
            Drive::Try { ask, url, key } => {
                self.trials.begin(ask, url, key.0, self.events.clone());
            }
            Drive::KeepKey { ask, trial, panel } => self.keep(ask, trial, panel),
            Drive::ForgetKey { panel, place } => self.forget(panel, place),
            Drive::Save(settings) => self.save(*settings),
        }
    }

    /// A key that the environment gave, for as long as the program runs.
    pub(crate) fn lend(&self, panel: &PanelId, key: &SecretString) {
        // Memory takes every key.
        let _ = self.keys.set(KeyPlace::Environment, panel, key);
    }

    /// A key and address are at hand: the panel is asked from now on, once the store says what to
    /// watch. False when they cannot be used, which is told.
    pub(crate) fn watch(&mut self, panel: PanelId, url: &str, key: SecretString) -> bool {
        let client = BaseUrl::parse(url)
            .map_err(|error| Problem::with(ProblemKind::BadAddress, &error.to_string()))
            .and_then(|base| Client::new(base, key).map_err(|error| Problem::from(&error)));
        let client = match client {
            Ok(client) => client,
            Err(problem) => {
                self.events.say(Event::KeyMissing { panel, problem });
                return false;
            }
        };
        let (orders, inbox) = mpsc::unbounded_channel();
        let poll = Poll {
            panel: panel.clone(),
            client: client.clone(),
            clock: self.clock,
            shortest: self.shortest,
            events: self.events.clone(),
        };
        let task = tokio::spawn(poll.run(inbox));
        self.watched.insert(
            panel,
            Watched {
                client,
                orders,
                task,
            },
        );
        true
    }

    fn tell(&self, panel: &PanelId, order: Order) {
        if let Some(watched) = self.watched.get(panel) {
            // A task that ended was aborted, and its panel is gone.
            let _ = watched.orders.send(order);
        }
    }

    fn load_key(&mut self, panel: PanelSettings) {
        self.watched.remove(&panel.id);
        let keys = self.keys.clone();
        let events = self.events.clone();
        spawn_blocking(move || {
            let loaded = keys.get(panel.key_place, &panel.id);
            let PanelSettings { id: panel, url, .. } = panel;
            let problem = match loaded {
                Ok(Some(key)) => return events.key_arrived(panel, url, key),
                Ok(None) => Problem::of(ProblemKind::KeyMissing),
                Err(error) => Problem::from(&error),
            };
            events.say(Event::KeyMissing { panel, problem });
        });
    }

    /// Sent once, beside the schedule: a person's wish goes first and is never repeated.
    fn power(&self, server: ServerId, signal: PowerSignal) {
        let Some(watched) = self.watched.get(&server.panel) else {
            let error = pterodactyl_client::Error::BadKey;
            return self.events.say(Event::PowerRefused {
                server,
                signal,
                error,
            });
        };
        let client = watched.client.clone();
        let events = self.events.clone();
        tokio::spawn(async move {
            events.say(match client.power(&server.uuid, signal).await {
                Ok(()) => Event::PowerTaken { server, signal },
                Err(error) => Event::PowerRefused {
                    server,
                    signal,
                    error,
                },
            });
        });
    }

    fn keep(&mut self, ask: Option<u64>, trial: u64, mut panel: PanelSettings) {
        let place = panel.key_place;
        let Some(tried) = self.trials.held(trial) else {
            let problem = Problem::of(ProblemKind::KeyMissing);
            return self.events.say(Event::KeyNotKept {
                ask,
                place,
                problem,
            });
        };
        panel.url = tried.url;
        if panel.name.is_empty() {
            panel.name = host_of(&panel.url);
        }
        let keys = self.keys.clone();
        let events = self.events.clone();
        let trials = self.trials.clone();
        spawn_blocking(move || {
            events.say(match keys.set(place, &panel.id, &tried.key) {
                Ok(()) => {
                    trials.drop_one(trial);
                    Event::KeyKept {
                        ask,
                        panel,
                        tail: tail(&tried.key),
                    }
                }
                Err(error) => Event::KeyNotKept {
                    ask,
                    place,
                    problem: Problem::from(&error),
                },
            });
        });
    }

    fn forget(&mut self, panel: PanelId, place: KeyPlace) {
        self.watched.remove(&panel);
        let keys = self.keys.clone();
        let events = self.events.clone();
        spawn_blocking(move || {
            if let Err(error) = keys.forget(place, &panel) {
                events.say(Event::Noticed(Problem::from(&error)));
            }
        });
    }

    fn save(&self, settings: Settings) {
        if !self.saves {
            return;
        }
        let path = self.paths.settings();
        let events = self.events.clone();
        let saving = self.saving.clone();
        tokio::spawn(async move {
            let _turn = saving.lock().await;
            let written = spawn_blocking(move || settings::save(&path, &settings)).await;
            events.say(match written {
                Ok(Ok(())) => Event::Mended(ProblemKind::SettingsUnsaved),
                Ok(Err(error)) => Event::Noticed(Problem::with(
                    ProblemKind::SettingsUnsaved,
                    &error.to_string(),
                )),
                Err(_) => Event::Noticed(Problem::of(ProblemKind::SettingsUnsaved)),
            });
        });
    }
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

fn host_of(url: &str) -> String {
    let host = url::Url::parse(url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned));
    host.unwrap_or_else(|| url.to_owned())
}
