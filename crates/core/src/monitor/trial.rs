//! Trying an address and a key before anything is kept (API reference, 1.8).
//!
//! Holds tried keys in memory until they are kept or a few newer ones came. Never stores one.

use crate::{
    action::Found,
    app::Inbox,
    event::{AskId, Event},
    plain,
    problem::Problem,
};
use pterodactyl_client::{BaseUrl, Client, Error, Scope, Server, Trust, setup};
use secrecy::SecretString;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Tried keys that are remembered at a time.
const HELD: usize = 4;
/// Names shown of what was found.
const NAMES: usize = 50;

/// Addresses and keys that were tried and are good.
#[derive(Clone, Default)]
pub(super) struct Trials(Arc<Mutex<Held>>);

#[derive(Default)]
struct Held {
    count: u64,
    good: BTreeMap<u64, Tried>,
}

/// One that is good.
#[derive(Clone)]
pub(super) struct Tried {
    pub(super) url: String,
    pub(super) key: SecretString,
}

impl Trials {
    /// Tries, and tells what came of it.
    pub(super) fn begin(&self, ask: Option<AskId>, url: String, key: SecretString, events: Inbox) {
        let trials = self.clone();
        tokio::spawn(async move {
            let event = match find(&url, &key).await {
                Ok(found) => {
                    let trial = trials.hold(Tried {
                        url: found.url.clone(),
                        key,
                    });
                    Event::Found { ask, trial, found }
                }
                Err(problem) => Event::TrialFailed { ask, problem },
            };
            events.say(event);
        });
    }

    /// One that was tried.
    pub(super) fn held(&self, trial: u64) -> Option<Tried> {
        self.lock().good.get(&trial).cloned()
    }

    /// It is kept elsewhere now.
    pub(super) fn drop_one(&self, trial: u64) {
        self.lock().good.remove(&trial);
    }

    fn hold(&self, tried: Tried) -> u64 {
        let mut held = self.lock();
        held.count += 1;
        let number = held.count;
        held.good.insert(number, tried);
        while held.good.len() > HELD {
            held.good.pop_first();
        }
        number
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// From what a person pasted to what is there, or the one thing that is wrong.
async fn find(url: &str, key: &SecretString) -> Result<Found, Problem> {
    let there = setup::check(url, key, &Trust::default())
        .await
        .map_err(|error| Problem::from(&error))?;
    let servers = list(&there.base, key)
        .await
        .map_err(|error| Problem::from(&error))?;
    let account = there.account.as_ref();
    Ok(Found {
        url: there.base.as_str().to_owned(),
        username: account
            .map(|account| plain::line(&account.username, 60))
            .unwrap_or_default(),
        admin: account.is_some_and(|account| account.admin),
        server_count: servers.len(),
        servers: servers
            .iter()
            .take(NAMES)
            .map(|server| plain::line(&server.name, 60))
            .collect(),
        unencrypted: there.base.is_plain_public(),
    })
}

async fn list(base: &BaseUrl, key: &SecretString) -> Result<Vec<Server>, Error> {
    Client::new(base.clone(), key.clone())?
        .servers(Scope::Mine)
        .await
}
