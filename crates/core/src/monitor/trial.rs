//! Trying an address and a key before anything is kept (API reference, 1.8).
//!
//! Holds tried keys in memory until they are kept or a few newer ones came. Never stores one.

use super::owed::Owed;
use crate::{
    action::Found,
    app::Inbox,
    event::{AskId, Event},
    plain,
    problem::{Problem, ProblemKind},
    settings::{KeyPlace, PanelTrust},
};
use pterodactyl_client::{
    BaseUrl, Client, Error, Scope, Server, TlsFault, Trust,
    setup::{self, SetupError, Unencrypted},
};
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
    /// Whose key is being kept at the moment, and where.
    keeping: Vec<(u64, KeyPlace)>,
}

/// Why a trial's key cannot be kept now.
pub(super) enum Refused {
    /// There is no such trial, or it is kept already.
    Unknown,
    /// The same place was asked before and has not answered.
    UnderWay,
}

/// One that is good.
#[derive(Clone)]
pub(super) struct Tried {
    pub(super) url: String,
    pub(super) key: SecretString,
    pub(super) trust: Option<PanelTrust>,
    /// A person was told that the key travels readable, and wants it.
    pub(super) unencrypted: bool,
    /// Whether it turned out to be a root admin's.
    pub(super) admin: bool,
}

impl Trials {
    /// Tries, and tells what came of it.
    pub(super) fn begin(&self, ask: Option<AskId>, tried: Tried, events: Inbox) {
        let trials = self.clone();
        let if_broken = Event::TrialFailed {
            ask,
            problem: Problem::of(ProblemKind::Connection),
            certificate: None,
        };
        let owed = Owed::new(&events, if_broken);
        tokio::spawn(async move {
            let event = match find(&tried).await {
                Ok(found) => {
                    let trial = trials.hold(Tried {
                        url: found.url.clone(),
                        admin: found.admin,
                        ..tried
                    });
                    Event::Found { ask, trial, found }
                }
                Err(Wrong {
                    problem,
                    certificate,
                }) => Event::TrialFailed {
                    ask,
                    problem,
                    certificate,
                },
            };
            owed.say(event);
        });
    }

    /// A trial whose key is to be kept in a place.
    pub(super) fn begin_keeping(&self, trial: u64, place: KeyPlace) -> Result<Tried, Refused> {
        let mut held = self.lock();
        let tried = held.good.get(&trial).cloned().ok_or(Refused::Unknown)?;
        if held.keeping.contains(&(trial, place)) {
            return Err(Refused::UnderWay);
        }
        held.keeping.push((trial, place));
        Ok(tried)
    }

    /// The place answered. Gives whether that is still wanted: another place may have been quicker.
    pub(super) fn end_keeping(&self, trial: u64, place: KeyPlace, kept: bool) -> bool {
        let mut held = self.lock();
        held.keeping.retain(|known| *known != (trial, place));
        if kept {
            held.good.remove(&trial).is_some()
        } else {
            held.good.contains_key(&trial)
        }
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

/// What is wrong.
struct Wrong {
    problem: Problem,
    /// A certificate that a person might decide to trust.
    certificate: Option<String>,
}

impl From<Problem> for Wrong {
    fn from(problem: Problem) -> Wrong {
        Wrong {
            problem,
            certificate: None,
        }
    }
}

impl From<SetupError> for Wrong {
    fn from(error: SetupError) -> Wrong {
        let mut offered = None;
        if let SetupError::Tls {
            fault, certificate, ..
        } = &error
            && may_be_trusted(*fault)
        {
            offered = certificate.map(|shown| shown.to_string());
        }
        Wrong {
            problem: Problem::from(&error),
            certificate: offered,
        }
    }
}

/// Whether somebody who knows the certificate may be right to trust it. Never one that was taken
/// back, and none where the connection failed for another reason.
fn may_be_trusted(fault: TlsFault) -> bool {
    use TlsFault as F;
    matches!(
        fault,
        F::SelfSigned | F::UnknownIssuer | F::WrongName | F::Expired | F::WrongPin
    )
}

/// From what a person pasted to what is there, or the one thing that is wrong.
async fn find(tried: &Tried) -> Result<Found, Wrong> {
    let trust = PanelTrust::of_panel(tried.trust.as_ref())?;
    let unencrypted = if tried.unencrypted {
        Unencrypted::Allowed
    } else {
        Unencrypted::Refused
    };
    let there = setup::check(&tried.url, &tried.key, &trust, unencrypted).await?;
    let servers = list(&there.base, &tried.key, &trust)
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

async fn list(base: &BaseUrl, key: &SecretString, trust: &Trust) -> Result<Vec<Server>, Error> {
    Client::trusting(base.clone(), key.clone(), trust)?
        .servers(Scope::Mine)
        .await
}
