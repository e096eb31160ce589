//! The demo's evening: a handful of servers of a small community, and what happens to them. Never ends by itself.

use std::time::Duration;

use crate::fault::NodeTrouble;
use crate::panel::FakePanel;
use crate::power::{PowerState, Signal};
use crate::rules::Rules;
use crate::server::{Limits, ServerSpec};
use crate::world::World;

/// The user whose key the demo uses.
pub const OWNER: &str = "robin";

/// Somebody else with rights to some of the servers.
pub const FRIEND: &str = "sasha";

struct Game {
    name: &'static str,
    node: &'static str,
    about: &'static str,
    port: u16,
    memory: u32,
    cpu: u32,
    disk: u32,
    /// Hours it has been running; `None` is offline.
    up: Option<u32>,
}

const GAMES: [Game; 10] = [
    game(
        "Survival",
        "frankfurt-1",
        "The main world",
        25_565,
        (8_192, 400, 40_960),
        Some(53),
    ),
    game(
        "Skyblock",
        "frankfurt-1",
        "Islands, season 4",
        25_566,
        (4_096, 200, 20_480),
        Some(18),
    ),
    game(
        "Creative",
        "frankfurt-1",
        "Flat plots",
        25_567,
        (4_096, 200, 30_720),
        Some(201),
    ),
    game(
        "Lobby",
        "frankfurt-1",
        "Where everybody arrives",
        25_577,
        (1_024, 100, 5_120),
        Some(312),
    ),
    game(
        "Valheim",
        "helsinki-2",
        "Midgard on Fridays",
        2_456,
        (6_144, 300, 15_360),
        Some(4),
    ),
    game(
        "Factorio",
        "helsinki-2",
        "The factory must grow",
        34_197,
        (4_096, 150, 10_240),
        Some(27),
    ),
    game(
        "Terraria",
        "helsinki-2",
        "Only at weekends",
        7_777,
        (2_048, 100, 4_096),
        None,
    ),
    game(
        "Modpack Test",
        "helsinki-2",
        "Trying the new pack",
        25_580,
        (10_240, 400, 51_200),
        None,
    ),
    game(
        "Old Anarchy",
        "frankfurt-1",
        "Closed since June",
        25_590,
        (4_096, 200, 61_440),
        None,
    ),
    game(
        "Palworld",
        "basement",
        "On the old machine",
        8_211,
        (16_384, 0, 30_720),
        Some(9),
    ),
];

const fn game(
    name: &'static str,
    node: &'static str,
    about: &'static str,
    port: u16,
    (memory, cpu, disk): (u32, u32, u32),
    up: Option<u32>,
) -> Game {
    Game {
        name,
        node,
        about,
        port,
        memory,
        cpu,
        disk,
        up,
    }
}

/// The servers as the evening begins, and the owner's key: most are running, Terraria is offline, Modpack Test
/// installing, Old Anarchy suspended, Factorio hangs while stopping, Palworld's node is dead.
#[must_use]
pub fn world() -> (World, String) {
    world_at(Rules::default())
}

/// The same servers at another panel, with other nodes; how long things take is the evening's own affair.
#[must_use]
pub fn world_at(rules: Rules) -> (World, String) {
    let mut world = World::new(Rules {
        cache_for: Duration::from_secs(1),
        boot_takes: Duration::from_secs(4),
        stop_takes: Duration::from_secs(3),
        crash_restart_after: Duration::from_secs(2),
        // Factorio hangs for as long as anybody watches.
        stop_gives_up_after: Duration::from_secs(12 * 3_600),
        latency: Duration::from_millis(15),
        node_connect_timeout: Duration::from_secs(1),
        ..rules
    });
    let key = world.add_user(OWNER, false);
    world.add_user(FRIEND, false);
    for game in &GAMES {
        add(&mut world, game);
    }
    world.server("Modpack Test").set_status(Some("installing"));
    world.server("Old Anarchy").set_status(Some("suspended"));
    world.server("Factorio").hang_on_stop(true);
    world.server("Factorio").stop();
    world.node("basement").down(NodeTrouble::Unreachable);
    world.add_schedule("Creative", "Nightly restart", Signal::Restart);
    world.add_schedule("Creative", "Closed in the small hours", Signal::Stop);
    (world, key)
}

fn add(world: &mut World, game: &Game) {
    let mut spec = ServerSpec::new(game.name, OWNER, game.node);
    spec.description = game.about.to_owned();
    spec.limits = Limits {
        memory: game.memory,
        cpu: game.cpu,
        disk: game.disk,
        ..Limits::default()
    };
    let uuid = world.add_server(spec);
    let server = world.server(&uuid);
    if let Some(first) = server.spec.allocations.first_mut() {
        first.port = game.port;
        first.alias = Some("play.example.com".to_owned());
    }
    if let Some(hours) = game.up {
        server.been_running_for(Duration::from_secs(u64::from(hours) * 3_600 + 1_234));
    }
    world.add_subuser(
        &uuid,
        FRIEND,
        &["websocket.connect", "control.start", "control.restart"],
    );
}

/// What somebody or something does to a server.
#[derive(Clone, Copy, Debug)]
enum Turn {
    Crashes,
    CrashesAndComesBack,
    Restarts,
    Starts,
    Stops,
    InstallationEnds,
    InstallationBegins,
    NodeComesBack,
    NodeDies,
}

/// Seconds to wait, the server, and what then happens.
const PLOT: [(u64, &str, Turn); 14] = [
    (15, "Survival", Turn::Crashes),
    (20, "Skyblock", Turn::CrashesAndComesBack),
    (20, "Valheim", Turn::Restarts),
    (20, "Modpack Test", Turn::InstallationEnds),
    (10, "Modpack Test", Turn::Starts),
    (20, "Survival", Turn::Starts),
    (25, "Palworld", Turn::NodeComesBack),
    (20, "Terraria", Turn::Starts),
    (30, "Creative", Turn::CrashesAndComesBack),
    (30, "Terraria", Turn::Stops),
    (25, "Palworld", Turn::NodeDies),
    (20, "Modpack Test", Turn::Stops),
    (20, "Modpack Test", Turn::InstallationBegins),
    (30, "Lobby", Turn::Restarts),
];

/// Lives the evening over and over: after 15 seconds Survival crashes and stays down, and so on. At `speed` 2 everything
/// happens twice as often; boot times stay. What a person does to a server in between stays done.
pub async fn play(panel: &FakePanel, speed: f64) {
    loop {
        for (seconds, name, turn) in PLOT {
            let wait = Duration::from_secs(seconds).div_f64(speed.clamp(0.01, 1_000.0));
            tokio::time::sleep(wait).await;
            panel.with(|world| happen(world, name, turn));
        }
    }
}

fn happen(world: &mut World, name: &str, turn: Turn) {
    let Some(server) = world.find_server(name) else {
        return;
    };
    let node = server.spec.node.clone();
    let running = server.state() == PowerState::Running;
    match turn {
        Turn::Crashes => server.crash(),
        Turn::CrashesAndComesBack => server.crash_and_restart(),
        Turn::Restarts if running => server.restart(),
        Turn::Restarts => {}
        Turn::Starts => server.start(),
        Turn::Stops => server.stop(),
        Turn::InstallationEnds => server.set_status(None),
        Turn::InstallationBegins => server.set_status(Some("installing")),
        Turn::NodeComesBack => world.node(&node).down(None),
        Turn::NodeDies => world.node(&node).down(NodeTrouble::Unreachable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_evening_begins_with_something_of_everything() {
        let (mut world, key) = world();
        assert!(key.starts_with("ptlc_"));
        assert_eq!(world.servers().len(), 10);
        assert_eq!(world.server("Survival").state(), PowerState::Running);
        assert_eq!(world.server("Terraria").state(), PowerState::Offline);
        assert_eq!(world.server("Factorio").state(), PowerState::Stopping);
        assert_eq!(world.count(PowerState::Running), 6);
    }

    #[test]
    fn survival_crashes_first_and_a_whole_round_ends_where_it_began() {
        let (mut world, _) = world();
        let mut now = Duration::ZERO;
        for (seconds, name, turn) in PLOT {
            now += Duration::from_secs(seconds);
            world.advance(now);
            happen(&mut world, name, turn);
            if now == Duration::from_secs(15) {
                assert_eq!(world.server("Survival").state(), PowerState::Offline);
            }
        }
        world.advance(now + Duration::from_secs(60));
        assert_eq!(world.count(PowerState::Running), 6);
        assert_eq!(world.server("Survival").state(), PowerState::Running);
        let installing = world.server("Modpack Test").status.clone();
        assert_eq!(installing.as_deref(), Some("installing"));
    }
}
