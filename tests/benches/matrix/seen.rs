//! Everything that one guest of the program saw: each snapshot's servers, and each alert once. Judges nothing.

use acceptance::Program;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{task::JoinHandle, time::sleep};

/// As often as the program draws.
const LOOKS: Duration = Duration::from_millis(250);

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

/// Looks on in the background. Ends when dropped.
pub(crate) struct Looker {
    seen: Arc<Mutex<Seen>>,
    looking: JoinHandle<()>,
}

impl Looker {
    pub(crate) async fn at(program: &Program<'_>) -> Looker {
        let seen = Arc::new(Mutex::new(Seen::default()));
        let mut guest = program.guest().await;
        let into = Arc::clone(&seen);
        let looking = tokio::spawn(async move {
            loop {
                // One at once, whether or not anything is new.
                guest.say(&json!({"kind": "subscribe"})).await;
                let snapshot = guest.snapshot().await;
                guest.say(&json!({"kind": "unsubscribe"})).await;
                into.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .look(snapshot);
                sleep(LOOKS).await;
            }
        });
        Looker { seen, looking }
    }

    pub(crate) fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From here on conditions and alerts are collected anew.
    pub(crate) fn begin(&self) {
        let mut seen = self.seen();
        seen.conditions.clear();
        seen.alerts.clear();
        let newest = alerts(&seen.now)
            .filter_map(|one| one["number"].as_u64())
            .max();
        seen.after = newest.unwrap_or(seen.after);
    }
}

impl Drop for Looker {
    fn drop(&mut self) {
        self.looking.abort();
    }
}

impl Seen {
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
