//! What is done to keys, beside the loop: fetched, kept, forgotten. A keyring may take as long as a person takes to type
//! a password.
//!
//! Never gives up on an answer: one that comes late is as good as one in time.

use super::trial::{Refused, Trials, Tried};
use crate::{
    app::Inbox,
    event::{AskId, Event},
    id::PanelId,
    keys::Keys,
    problem::{Problem, ProblemKind},
    settings::{KeyPlace, PanelSettings},
};
use std::{sync::Arc, time::Duration};
use tokio::{sync::oneshot, task::JoinSet, time::timeout};

/// How long a keyring may take to give a key or to forget one before it is called silent.
const ANSWERING: Duration = Duration::from_secs(15);
/// How long it may take to keep one: it asks for its password first, perhaps.
const KEEPING: Duration = Duration::from_secs(30);

/// The keys, and what is being done to them.
pub(super) struct KeyWork {
    keys: Arc<Keys>,
    events: Inbox,
    under_way: JoinSet<()>,
}

impl KeyWork {
    pub(super) fn new(keys: Arc<Keys>, events: Inbox) -> KeyWork {
        KeyWork {
            keys,
            events,
            under_way: JoinSet::new(),
        }
    }

    /// Lets go of what is done.
    pub(super) fn tidy(&mut self) {
        while self.under_way.try_join_next().is_some() {}
    }

    /// Everything under way, so that quitting does not cut it off.
    pub(super) fn finish(&mut self) -> impl Future<Output = ()> + use<> {
        let mut under_way = std::mem::take(&mut self.under_way);
        // One that breaks down is over as well: the others are waited for all the same.
        async move { while under_way.join_next().await.is_some() {} }
    }

    /// Fetches a key; quietly means that nobody is asked for a password.
    pub(super) fn load(&mut self, panel: PanelSettings, attempt: u64, quietly: bool) {
        let silent = Event::KeySilent {
            panel: panel.id.clone(),
            attempt,
        };
        let (keys, events) = (self.keys.clone(), self.events.clone());
        self.begin(ANSWERING, silent, move || {
            let loaded = keys.get(panel.key_place, &panel.id, quietly);
            let problem = match loaded {
                Ok(Some(key)) => return events.key_arrived(panel, attempt, key),
                Ok(None) => Problem::of(ProblemKind::KeyMissing),
                Err(error) => Problem::from(&error),
            };
            events.say(Event::KeyMissing {
                panel: panel.id,
                attempt,
                problem,
            });
        });
    }

    /// Keeps the key of a trial under the panel's id.
    pub(super) fn keep(
        &mut self,
        ask: Option<AskId>,
        trials: &Trials,
        trial: u64,
        mut panel: PanelSettings,
    ) {
        let place = panel.key_place;
        let Tried {
            url,
            key,
            trust,
            admin,
            ..
        } = match trials.begin_keeping(trial, place) {
            Ok(tried) => tried,
            Err(refused) => {
                let problem = Problem::of(match refused {
                    Refused::Unknown => ProblemKind::KeyMissing,
                    Refused::UnderWay => ProblemKind::KeyringSilent,
                });
                return self.events.say(Event::KeyNotKept { ask, problem });
            }
        };
        (panel.url, panel.trust, panel.admin) = (url, trust, admin);
        if panel.name.is_empty() {
            panel.name = host_of(&panel.url);
        }
        let silent = Event::KeyNotKept {
            ask,
            problem: Problem::of(ProblemKind::KeyringSilent),
        };
        let (keys, events, trials) = (self.keys.clone(), self.events.clone(), trials.clone());
        self.begin(KEEPING, silent, move || {
            let kept = keys.set(place, &panel.id, &panel.name, &key);
            let wanted = trials.end_keeping(trial, place, kept.is_ok());
            match kept {
                Ok(()) if wanted => events.say(Event::KeyKept { ask, panel }),
                // Meanwhile it was kept in another place.
                Ok(()) => forget(&keys, &events, None, place, &panel.id),
                Err(error) => events.say(Event::KeyNotKept {
                    ask,
                    problem: Problem::from(&error),
                }),
            }
        });
    }

    pub(super) fn forget(&mut self, ask: Option<AskId>, panel: PanelId, place: KeyPlace) {
        let silent = Event::KeyForgotten {
            ask,
            problem: Some(Problem::of(ProblemKind::KeyringSilent)),
        };
        let (keys, events) = (self.keys.clone(), self.events.clone());
        self.begin(ANSWERING, silent, move || {
            forget(&keys, &events, ask, place, &panel);
        });
    }

    /// Does something that may take long, and says so when it does, or when it breaks down.
    fn begin(&mut self, patience: Duration, silent: Event, work: impl FnOnce() + Send + 'static) {
        let (done, ended) = oneshot::channel::<()>();
        self.under_way.spawn_blocking(move || {
            work();
            // Nobody listens any more when it took too long.
            let _ = done.send(());
        });
        let events = self.events.clone();
        tokio::spawn(async move {
            if !matches!(timeout(patience, ended).await, Ok(Ok(()))) {
                events.say(silent);
            }
        });
    }
}

fn forget(keys: &Keys, events: &Inbox, ask: Option<AskId>, place: KeyPlace, panel: &PanelId) {
    let problem = keys.forget(place, panel).err();
    let problem = problem.map(|error| Problem::from(&error));
    events.say(Event::KeyForgotten { ask, problem });
}

fn host_of(url: &str) -> String {
    let host = url::Url::parse(url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned));
    host.unwrap_or_else(|| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{KeyError, KeyStore};
    use secrecy::SecretString;

    /// A keyring whose library breaks down.
    struct Broken;

    impl KeyStore for Broken {
        fn get(&self, _: &str) -> Result<Option<SecretString>, KeyError> {
            Ok(None)
        }

        fn get_quietly(&self, _: &str) -> Result<Option<SecretString>, KeyError> {
            Ok(None)
        }

        fn set(&self, _: &str, _: &str, _: &SecretString) -> Result<(), KeyError> {
            Ok(())
        }

        fn forget(&self, _: &str) -> Result<(), KeyError> {
            panic!("what the bus answered, nobody thought of")
        }
    }

    #[tokio::test]
    async fn a_keyring_that_breaks_down_is_called_silent_and_keeps_nothing_else_from_ending() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::new(Arc::new(Broken), folder.path().join("keys.json"));
        let (events, mut said) = Inbox::overheard();
        let mut work = KeyWork::new(Arc::new(keys), events);
        work.forget(Some(7), PanelId("home".into()), KeyPlace::Keyring);
        work.finish().await;
        let answer = async {
            loop {
                if let Some(event) = said() {
                    return event;
                }
                tokio::task::yield_now().await;
            }
        };
        assert!(matches!(
            timeout(ANSWERING, answer).await,
            Ok(Event::KeyForgotten { ask: Some(7), problem: Some(problem) })
                if problem.kind == ProblemKind::KeyringSilent
        ));
    }
}
