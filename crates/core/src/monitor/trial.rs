//! Trying an address and a key before anything is kept (API reference, 1.8).
//!
//! Holds tried keys in memory until they are kept or a few newer ones came. Never stores one.

use crate::{
    action::Found,
    app::Inbox,
    event::{AskId, Event},
    plain,
    problem::{Problem, ProblemKind},
};
use pterodactyl_client::{Account, BaseUrl, Client, Error, NotAPanel, Scope, Server};
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
    let mut base = BaseUrl::parse(url)
        .map_err(|error| Problem::with(ProblemKind::BadAddress, &error.to_string()))?;
    let mut looked = look(&base, key).await;
    // A panel that has moved on the same host is followed once, and its new address is kept:
    // a redirected POST would arrive as a GET.
    if let Err(Error::NotAPanel(NotAPanel::Redirect { to })) = &looked
        && let Some(moved) = same_host(&base, to)
    {
        base = moved;
        looked = look(&base, key).await;
    }
    let (account, servers) = looked.map_err(|error| Problem::from(&error))?;
    Ok(Found {
        url: base.as_str().to_owned(),
        username: account
            .as_ref()
            .map(|a| plain::line(&a.username, 60))
            .unwrap_or_default(),
        admin: account.is_some_and(|account| account.admin),
        server_count: servers.len(),
        servers: servers
            .iter()
            .take(NAMES)
            .map(|server| plain::line(&server.name, 60))
            .collect(),
        unencrypted: base.is_plain_public(),
    })
}

/// The list is the proof: an account call may be refused to a restricted key that is good.
async fn look(base: &BaseUrl, key: &SecretString) -> Result<(Option<Account>, Vec<Server>), Error> {
    let client = Client::new(base.clone(), key.clone())?;
    let account = match client.account().await {
        Ok(account) => Some(account),
        Err(Error::Forbidden { .. } | Error::Refused { status: 403, .. }) => None,
        Err(error) => return Err(error),
    };
    Ok((account, client.servers(Scope::Mine).await?))
}

/// The new address, if it is on the same host and no step back to plain http.
fn same_host(from: &BaseUrl, to: &str) -> Option<BaseUrl> {
    let target = BaseUrl::parse(to).ok()?;
    let parts = |base: &BaseUrl| {
        let url = url::Url::parse(base.as_str()).ok()?;
        Some((url.host_str()?.to_owned(), url.scheme() == "https"))
    };
    let ((host, secure), (new_host, still_secure)) = (parts(from)?, parts(&target)?);
    (host == new_host && still_secure >= secure).then_some(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panel_is_followed_on_its_own_host_and_never_back_to_plain_http() {
        let from = |url: &str| BaseUrl::parse(url).unwrap();
        let followed =
            |base: &str, to: &str| same_host(&from(base), to).map(|base| base.to_string());
        let secure = Some("https://panel.example.com".to_owned());
        assert_eq!(
            followed("http://panel.example.com", "https://panel.example.com/"),
            secure
        );
        assert_eq!(
            followed(
                "https://panel.example.com/old",
                "https://panel.example.com/"
            ),
            secure
        );
        assert_eq!(
            followed("https://panel.example.com", "http://panel.example.com/"),
            None
        );
        assert_eq!(
            followed("https://panel.example.com", "https://evil.example.com/"),
            None
        );
    }
}
