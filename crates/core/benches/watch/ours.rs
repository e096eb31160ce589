//! The real loop, started as the agent starts it, and looking at what it shows.
//!
//! Its settings lie in a folder that is thrown away; its keys are in memory.

use super::{clock::wall_ms, stage::Place};
use anyhow::{Result, bail};
use pterotray_core::{
    App, Condition, Config, LiveView, PanelId, ServerView, Snapshot,
    keys::{KeyStore as _, Memory},
    paths::Paths,
    settings::{self, KeyPlace, LiveUpdates, PanelSettings, Settings},
};
use std::{sync::Arc, time::Duration};
use tempfile::TempDir;

/// The running loop. Ends when dropped.
pub(crate) struct Ours {
    pub(crate) app: App,
    _profile: TempDir,
}

impl Ours {
    pub(crate) fn watch(places: &[Place], live_updates: LiveUpdates) -> Result<Ours> {
        let profile = tempfile::tempdir()?;
        let paths = Paths::within(profile.path());
        let keys = Memory::default();
        let mut panels = Vec::new();
        for (number, place) in places.iter().enumerate() {
            let id = PanelId(format!("p{number:02}"));
            keys.set(&id.0, "", &place.key.clone().into())?;
            panels.push(PanelSettings {
                id,
                name: format!("Panel {number}"),
                url: place.url.clone(),
                key_place: KeyPlace::Keyring,
                show_others: false,
                trust: None,
                admin: false,
            });
        }
        let settings = Settings {
            panels,
            live_updates,
            ..Settings::default()
        };
        settings::save(&paths.settings(), &Settings::default(), &settings)?;
        let config = Config {
            saves: false,
            ..Config::new(paths)
        };
        let (app, mut desktop) = App::start(config, Arc::new(keys));
        tokio::spawn(async move { while desktop.recv().await.is_some() {} });
        Ok(Ours {
            app,
            _profile: profile,
        })
    }

    pub(crate) fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.app.snapshots().borrow())
    }

    /// Looks at every snapshot until one fits; answers with the wall clock's milliseconds at which it was there, or with
    /// nothing when the time was up.
    pub(crate) async fn until(
        &self,
        longest: Duration,
        mut fits: impl FnMut(&Snapshot) -> bool,
    ) -> Result<Option<f64>> {
        let mut snapshots = self.app.snapshots();
        snapshots.mark_changed();
        let found = async {
            while snapshots.changed().await.is_ok() {
                if fits(&snapshots.borrow_and_update()) {
                    return Ok(wall_ms());
                }
            }
            bail!("the loop ended")
        };
        match tokio::time::timeout(longest, found).await {
            Ok(found) => found.map(Some),
            Err(_) => Ok(None),
        }
    }

    /// Waits until so many servers are listed and each has been read.
    pub(crate) async fn all_read(&self, servers: usize, longest: Duration) -> Result<()> {
        let read = |shown: &Snapshot| {
            shown.servers().count() == servers
                && shown.servers().all(|one| one.read_at_ms.is_some())
        };
        if self.until(longest, read).await?.is_none() {
            bail!("not all {servers} servers were read within {longest:?}");
        }
        Ok(())
    }

    /// Waits until so many servers are watched live; answers with how many are when the time is up.
    pub(crate) async fn all_live(&self, servers: usize, longest: Duration) -> Result<usize> {
        let enough = |shown: &Snapshot| live(shown) >= servers;
        self.until(longest, enough).await?;
        Ok(live(&self.snapshot()))
    }
}

fn live(shown: &Snapshot) -> usize {
    let is_live = |one: &&ServerView| one.live == LiveView::Live;
    shown.servers().filter(is_live).count()
}

/// Up or down, where it is one of the two.
pub(crate) fn is_up(condition: Condition) -> Option<bool> {
    match condition {
        Condition::Running | Condition::Starting => Some(true),
        Condition::Offline | Condition::Crashed => Some(false),
        Condition::Stopping
        | Condition::StillStopping
        | Condition::Suspended
        | Condition::Maintenance
        | Condition::Installing
        | Condition::InstallFailed
        | Condition::Restoring
        | Condition::Transferring
        | Condition::NodeUnreachable
        | Condition::Unknown => None,
    }
}

/// Whether a server of this name is shown up (or down).
pub(crate) fn shows(shown: &Snapshot, name: &str, up: bool) -> bool {
    shown
        .servers()
        .any(|one| one.name == name && is_up(one.condition) == Some(up))
}
