//! What is there before the app starts: a panel's world, a key, settings. Starts nothing before it is played.

use super::stage::Stage;
use fake_panel::{FakePanel, Rules, ServerSpec, World, evening};
use pterotray_core::{
    App, Config, PanelId,
    keys::{KeyStore as _, Memory},
    paths::Paths,
    settings::{self, KeyPlace, LiveUpdates, PanelSettings, Settings},
};
use secrecy::SecretString;
use std::{sync::Arc, time::Duration};

/// The time between two looks at one server, instead of 21 s.
pub(crate) const PERIOD: Duration = Duration::from_millis(400);
/// The one that is faulty.
pub(crate) const FAULTY: &str = "Event";
/// Off at first.
pub(crate) const CREATIVE: &str = "Creative";
/// The nine that are not.
pub(crate) const OTHERS: [&str; 9] = [
    "Anarchy", "Bedwars", CREATIVE, "Dungeon", "Factions", "Lobby", "Parkour", "Skyblock",
    "Survival",
];

const AN_HOUR: Duration = Duration::from_secs(3600);

/// The only panel of every scene.
pub(crate) fn home() -> PanelId {
    PanelId("home".to_owned())
}

/// Set up, not started.
pub(crate) struct Scene {
    pub(crate) world: World,
    key: String,
    live: LiveUpdates,
    period: Duration,
}

impl Scene {
    /// An empty panel that is watched with these live updates.
    pub(crate) fn empty(live: LiveUpdates) -> Scene {
        let mut world = World::new(Rules {
            stats_every: PERIOD,
            ..Rules::quick()
        });
        let key = world.add_user("alice", false);
        Scene {
            world,
            key,
            live,
            period: PERIOD,
        }
    }

    /// Ten servers, nine of them running; the faulty one is alone on its node.
    pub(crate) fn ten(live: LiveUpdates) -> Scene {
        let mut scene = Scene::empty(live);
        for name in OTHERS {
            scene.add(name, "one");
        }
        scene.add(FAULTY, "two");
        scene.world.server(CREATIVE).kill();
        scene
    }

    /// The demo's evening, as it begins.
    pub(crate) fn evening() -> Scene {
        let (world, key) = evening::world();
        Scene {
            world,
            key,
            live: LiveUpdates::Off,
            period: Duration::from_secs(1),
        }
    }

    /// So many running servers on three nodes, `000` first.
    pub(crate) fn many(count: usize, live: LiveUpdates) -> Scene {
        let mut scene = Scene::empty(live);
        for number in 0..count {
            scene.add(&format!("{number:03}"), ["one", "two", "three"][number % 3]);
        }
        scene
    }

    /// One more running server.
    pub(crate) fn add(&mut self, name: &str, node: &str) {
        add(&mut self.world, name, node);
    }

    /// Looks at each server only this often.
    pub(crate) fn every(mut self, period: Duration) -> Scene {
        self.period = period;
        self
    }

    /// Watched with a key of this user.
    pub(crate) fn seen_by(mut self, user: &str) -> Scene {
        self.key = self.world.add_key(user, &[]);
        self
    }

    /// With something else in its world.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut World)) -> Scene {
        change(&mut self.world);
        self
    }

    /// Starts panel and app.
    pub(crate) async fn play(self) -> Stage {
        let panel = FakePanel::start(self.world).await.unwrap();
        let profile = tempfile::tempdir().unwrap();
        let paths = Paths::within(profile.path());
        let settings = Settings {
            live_updates: self.live,
            panels: vec![PanelSettings {
                id: home(),
                name: "Home".to_owned(),
                url: panel.url(),
                key_place: KeyPlace::Keyring,
                show_others: false,
                trust: None,
                admin: false,
            }],
            ..Settings::default()
        };
        settings::save(&paths.settings(), &Settings::default(), &settings).unwrap();
        let keyring = Memory::default();
        keyring
            .set(&home().0, "Home", &SecretString::from(self.key.clone()))
            .unwrap();
        let config = Config {
            shortest_poll: self.period,
            ..Config::new(paths)
        };
        let (app, orders) = App::start(config, Arc::new(keyring));
        Stage::new(panel, app, orders, profile, self.key)
    }
}

/// One more running server of alice's.
pub(crate) fn add(world: &mut World, name: &str, node: &str) {
    world.add_server(ServerSpec::new(name, "alice", node));
    world.server(name).been_running_for(AN_HOUR);
}
