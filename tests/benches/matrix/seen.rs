//! Everything that one guest of the program saw: each snapshot's servers, and each alert once. Judges nothing.

use acceptance::Program;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::task::JoinHandle;

/// What was seen since the last time it was taken.
#[derive(Default)]
pub(crate) struct Seen {
    /// The newest snapshot.
    pub(crate) now: Value,
    /// Every condition that a server was shown in, by its name.
    pub(crate) conditions: BTreeMap<String, BTreeSet<String>>,
    /// Every alert, by its number.
    pub(crate) alerts: BTreeMap<u64, Value>,
    /// The number of the last alert that belongs to what was before.
    after: u64,
}

/// Looks on in the background without a pause, as a window does that stays open. Ends when dropped.
pub(crate) struct Looker {
    seen: Arc<Mutex<Seen>>,
    looking: JoinHandle<()>,
}

impl Looker {
    pub(crate) async fn at(program: &Program<'_>) -> Looker {
        let seen = Arc::new(Mutex::new(Seen::default()));
        let mut guest = program.guest().await;
        guest.subscribe().await;
        let into = Arc::clone(&seen);
        let looking = tokio::spawn(async move {
            while let Some(snapshot) = guest.next_snapshot().await {
                into.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .look(snapshot);
            }
        });
        Looker { seen, looking }
    }

    pub(crate) fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was seen up to now. What comes next is collected anew, and nothing is lost between the two.
    pub(crate) fn take(&self) -> Seen {
        assert!(
            !self.looking.is_finished(),
            "the program hung up on its guest"
        );
        let mut seen = self.seen();
        let anew = Seen {
            now: seen.now.clone(),
            after: seen.newest(),
            ..Seen::default()
        };
        mem::replace(&mut seen, anew)
    }
}

impl Drop for Looker {
    fn drop(&mut self) {
        self.looking.abort();
    }
}

impl Seen {
    /// The number of the last alert that was seen.
    pub(crate) fn newest(&self) -> u64 {
        let last = self.alerts.last_key_value();
        last.map_or(self.after, |(number, _)| *number)
    }

    /// Whether an alert was there to the last.
    pub(crate) fn still_tells(&self, alert: &Value) -> bool {
        alerts(&self.now).any(|kept| kept["number"] == alert["number"])
    }

    fn look(&mut self, snapshot: Value) {
        for server in servers(&snapshot) {
            let text = |key: &str| server[key].as_str().unwrap_or_default().to_owned();
            let shown = self.conditions.entry(text("name")).or_default();
            shown.insert(text("condition"));
        }
        for alert in alerts(&snapshot) {
            let number = alert["number"].as_u64().unwrap_or_default();
            if number > self.after {
                self.alerts.insert(number, alert.clone());
            }
        }
        self.now = snapshot;
    }
}

fn alerts(snapshot: &Value) -> impl Iterator<Item = &Value> {
    snapshot["alerts"].as_array().into_iter().flatten()
}

fn servers(snapshot: &Value) -> impl Iterator<Item = &Value> {
    let panels = snapshot["panels"].as_array().into_iter().flatten();
    panels
        .filter_map(|panel| panel["servers"].as_array())
        .flatten()
}
