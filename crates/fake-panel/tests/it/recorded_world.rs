//! The worlds in which the recordings were made, read from the recordings' own lists. Never more than they show.

use std::collections::BTreeMap;
use std::time::Duration;

use fake_panel::{Allocation, Limits, NodeTrouble, Rules, ServerSpec, Variable, World};
use serde_json::Value;

use crate::recording::{Generation, Recording};

pub(crate) const RUNNING: &str = "Live Running";
pub(crate) const OFFLINE: &str = "Live Offline";

/// Keys by the names that the recordings use.
pub(crate) struct Keys {
    pub(crate) generation: Generation,
    pub(crate) admin: String,
    pub(crate) alice: String,
    pub(crate) alice_ipdenied: String,
    pub(crate) alice_ipok: String,
    pub(crate) bob: String,
    pub(crate) dave: String,
    pub(crate) app: String,
}

const BOB_MAY: [(&str, &[&str]); 5] = [
    (RUNNING, &["websocket.connect", "control.start"]),
    (OFFLINE, &["control.console"]),
    ("Live Suspended", &["websocket.connect"]),
    ("Node Down", &["websocket.connect"]),
    ("State Installing", &["websocket.connect"]),
];

/// Servers that exist only in the panel's database, though their node is there.
const UNKNOWN_TO_NODE: [&str; 2] = ["State Reinstall Failed", "Not On Daemon"];

/// The rules of a generation, with clocks that a test can wait for.
pub(crate) fn rules(generation: Generation) -> Rules {
    let rules = match generation {
        Generation::Old => Rules::default(),
        Generation::New => Rules::pterodactyl_1_14(),
        Generation::Pelican => Rules::pelican(),
    };
    let moment = Duration::from_millis(20);
    Rules {
        node_connect_timeout: moment,
        node_timeout: moment,
        ..rules
    }
}

/// Alice's servers and the admin's, as the lists show them. Everything is offline.
pub(crate) fn build(
    generation: Generation,
    recordings: &BTreeMap<String, Recording>,
    rules: Rules,
) -> (World, Keys) {
    let mut world = World::new(rules);
    let keys = Keys {
        generation,
        admin: world.add_user("admin", true),
        alice: world.add_user("alice", false),
        bob: world.add_user("bob", false),
        dave: world.add_user("dave", false),
        alice_ipdenied: world.add_key("alice", &["10.9.8.7"]),
        alice_ipok: world.add_key("alice", &["127.0.0.0/8"]),
        app: world.application_key("admin"),
    };
    let alices = match generation {
        Generation::Old | Generation::New => "list-perpage-100",
        Generation::Pelican => "list-default",
    };
    add_all(&mut world, "alice", &recordings[alices]);
    if let Some(admins) = recordings.get("list-admin-default") {
        add_all(&mut world, "admin", admins);
    }
    if generation == Generation::Pelican {
        // Shown in no list but counted in one.
        let mut spec = ServerSpec::new("Admin Only", "admin", "node-live");
        spec.internal_id = Some(4);
        world.add_server(spec);
    }
    let of_pelican = 3;
    let bobs = match generation {
        Generation::Old | Generation::New => &BOB_MAY[..],
        // Only these three were made for Pelican.
        Generation::Pelican => &[BOB_MAY[0], BOB_MAY[1], BOB_MAY[of_pelican]],
    };
    for (name, permissions) in bobs {
        world.add_subuser(name, "bob", permissions);
    }
    for name in UNKNOWN_TO_NODE {
        world.server(name).set_known_to_node(false);
    }
    world.node("node-down").down(NodeTrouble::Refuses);
    world.node("node-blackhole").down(NodeTrouble::Unreachable);
    world.node("node-maint").set_maintenance(true);
    (world, keys)
}

/// Most lists of 1.14 were recorded before the greater part of the filling servers was made.
pub(crate) fn remove_later_ones(world: &mut World, recording: &Recording) {
    const THEN: [u64; 2] = [22, 23];
    const MADE: usize = 6;
    let Ok(body) = serde_json::from_str::<Value>(&recording.reply.body) else {
        return;
    };
    let total = body.pointer("/meta/pagination/total");
    let total = total.and_then(Value::as_u64);
    if total.is_some_and(|total| THEN.contains(&total)) {
        let mut fillers = world.servers();
        fillers.retain(|uuid| world.server(uuid).name().starts_with("Filler "));
        for filler in fillers.iter().skip(MADE) {
            world.remove_server(filler);
        }
    }
}

fn add_all(world: &mut World, owner: &str, list: &Recording) {
    for server in list.reply.json()["data"].as_array().unwrap() {
        add(world, owner, &server["attributes"]);
    }
}

fn add(world: &mut World, owner: &str, recorded: &Value) {
    let text = |at: &str| recorded.pointer(at).and_then(Value::as_str);
    let name = text("/name").unwrap();
    let mut spec = ServerSpec::new(name, owner, text("/node").unwrap());
    spec.uuid = text("/uuid").map(str::to_owned);
    spec.internal_id = number(recorded, "/internal_id");
    spec.description = text("/description").unwrap_or_default().to_owned();
    spec.egg_features.clear();
    spec.startup = "sh /game.sh {{GAME_NAME}}".to_owned();
    spec.docker_image = text("/docker_image").unwrap().to_owned();
    spec.variables = entries(recorded, "variables").map(variable).collect();
    spec.limits = Limits {
        memory: number(recorded, "/limits/memory").unwrap(),
        swap: recorded["limits"]["swap"].as_i64().unwrap() as i32,
        disk: number(recorded, "/limits/disk").unwrap(),
        io: number(recorded, "/limits/io").unwrap(),
        cpu: number(recorded, "/limits/cpu").unwrap(),
        threads: None,
    };
    let limit = |name: &str| number(recorded, &format!("/feature_limits/{name}"));
    spec.feature_limits = (
        limit("databases"),
        limit("allocations"),
        limit("backups").unwrap(),
    );
    spec.allocations = entries(recorded, "allocations").map(allocation).collect();
    spec.no_allocation = spec.allocations.is_empty();
    let uuid = world.add_server(spec);
    let server = world.server(&uuid);
    server.set_status(text("/status"));
    server.set_transferring(recorded["is_transferring"] == true);
}

fn number(recorded: &Value, at: &str) -> Option<u32> {
    let number = recorded.pointer(at)?.as_u64()?;
    Some(u32::try_from(number).unwrap())
}

fn entries<'a>(recorded: &'a Value, what: &str) -> impl Iterator<Item = &'a Value> {
    let at = format!("/relationships/{what}/data");
    let all = recorded.pointer(&at).and_then(Value::as_array);
    all.into_iter().flatten().map(|entry| &entry["attributes"])
}

fn variable(recorded: &Value) -> Variable {
    let text = |name: &str| recorded[name].as_str().unwrap().to_owned();
    Variable {
        name: text("name"),
        env_variable: text("env_variable"),
        default_value: text("default_value"),
        server_value: recorded["server_value"].as_str().map(str::to_owned),
    }
}

fn allocation(recorded: &Value) -> Allocation {
    Allocation {
        id: number(recorded, "/id").unwrap(),
        ip: recorded["ip"].as_str().unwrap().to_owned(),
        alias: recorded["ip_alias"].as_str().map(str::to_owned),
        port: u16::try_from(number(recorded, "/port").unwrap()).unwrap(),
        notes: None,
    }
}
