//! The world in which the recordings were made: same users, servers, UUIDs and states. Never more than they show.

use std::time::Duration;

use fake_panel::{Allocation, Limits, NodeTrouble, Rules, ServerSpec, Variable, World};

pub(crate) const RUNNING: &str = "9fa9acaa-78a0-4015-b8ed-2573f0b89b6e";

/// Keys by the names that the recordings use.
pub(crate) struct Keys {
    pub(crate) admin: String,
    pub(crate) alice: String,
    pub(crate) alice_ipdenied: String,
    pub(crate) alice_ipok: String,
    pub(crate) bob: String,
    pub(crate) dave: String,
    pub(crate) app: String,
}

/// Servers that exist: number, UUID, name, node.
const SERVERS: [(u32, &str, &str, &str); 15] = [
    (1, RUNNING, "Live Running", "node-live"),
    (
        2,
        "457e03bd-fa32-4023-b68e-6081d4446126",
        "Live Offline",
        "node-live",
    ),
    (
        3,
        "938a6a5f-9650-4deb-9322-0f13b8091087",
        "Live Suspended",
        "node-live",
    ),
    (
        4,
        "9840c08e-eeca-41e2-a154-bc396acc93f6",
        "Live Unlimited",
        "node-live",
    ),
    (
        5,
        "e158ad16-cc17-442b-b6ec-b948115a248f",
        "Admin Only",
        "node-live",
    ),
    (
        6,
        "34af909e-0cbd-4492-8b8a-6102962a8713",
        "State Installing",
        "node-live",
    ),
    (
        7,
        "d44befe7-872d-433c-8adc-dfd0c2d7b366",
        "State Install Failed",
        "node-live",
    ),
    (
        8,
        "de47ca74-b561-4116-bfea-5c4660557734",
        "State Reinstall Failed",
        "node-live",
    ),
    (
        9,
        "911385f5-33bf-4116-ad4e-5ad8181f92a2",
        "State Restoring Backup",
        "node-live",
    ),
    (
        10,
        "0fede6db-98aa-4f0f-a4b5-f68ac9a13dc4",
        "State Transferring",
        "node-live",
    ),
    (
        11,
        "2c2f002d-1ce0-45ab-b97f-b1a3f0dc6742",
        "Node Down",
        "node-down",
    ),
    (
        12,
        "de2f44e7-e5c3-4a8d-bb0c-82feaa75219d",
        "Node Down Suspended",
        "node-down",
    ),
    (
        13,
        "6fb5ee29-95ee-4015-8ec0-3e08097ceadc",
        "Node Blackhole",
        "node-blackhole",
    ),
    (
        14,
        "85adc149-a869-4de3-bdd0-bc10f8686e40",
        "Node Maintenance",
        "node-maint",
    ),
    (
        15,
        "d1130eac-9570-4acc-a494-70c9671bdcd5",
        "Not On Daemon",
        "node-live",
    ),
];

const STATUSES: [(&str, &str); 6] = [
    ("Live Suspended", "suspended"),
    ("Node Down Suspended", "suspended"),
    ("State Installing", "installing"),
    ("State Install Failed", "install_failed"),
    ("State Reinstall Failed", "reinstall_failed"),
    ("State Restoring Backup", "restoring_backup"),
];

const BOB_MAY: [(&str, &[&str]); 5] = [
    ("Live Running", &["websocket.connect", "control.start"]),
    ("Live Offline", &["control.console"]),
    ("Live Suspended", &["websocket.connect"]),
    ("Node Down", &["websocket.connect"]),
    ("State Installing", &["websocket.connect"]),
];

/// 76 servers of alice's and one of the admin's. Everything is offline.
pub(crate) fn build() -> (World, Keys) {
    let mut world = World::new(Rules {
        node_connect_timeout: Duration::from_millis(20),
        ..Rules::default()
    });
    let keys = Keys {
        admin: world.add_user("admin", true),
        alice: world.add_user("alice", false),
        bob: world.add_user("bob", false),
        dave: world.add_user("dave", false),
        alice_ipdenied: world.add_key("alice", &["10.9.8.7"]),
        alice_ipok: world.add_key("alice", &["127.0.0.0/8"]),
        app: world.application_key("admin"),
    };
    for (id, uuid, name, node) in SERVERS {
        add(&mut world, id, Some(uuid), name, node);
    }
    for filler in 1..=62 {
        let name = format!("Filler {filler:02} żółw");
        add(&mut world, 15 + filler, None, &name, "node-down");
    }
    for (name, status) in STATUSES {
        world.server(name).set_status(Some(status));
    }
    for (name, permissions) in BOB_MAY {
        world.add_subuser(name, "bob", permissions);
    }
    world.server("State Transferring").set_transferring(true);
    // These exist only in the panel's database.
    for name in ["State Reinstall Failed", "Not On Daemon"] {
        world.server(name).set_known_to_node(false);
    }
    world.node("node-down").down(NodeTrouble::Refuses);
    world.node("node-blackhole").down(NodeTrouble::Unreachable);
    world.node("node-maint").set_maintenance(true);
    (world, keys)
}

/// Two servers that were made later.
pub(crate) fn add_later_ones(world: &mut World) {
    let uuid = "4c79e86e-2a4f-4ee5-ab00-f379c2975e67";
    add(world, 78, Some(uuid), "Bad Image", "node-live");
    add(world, 79, None, "Slow Install", "node-live");
}

fn add(world: &mut World, id: u32, uuid: Option<&str>, name: &str, node: &str) {
    let owner = if name == "Admin Only" {
        "admin"
    } else {
        "alice"
    };
    let mut spec = ServerSpec::new(name, owner, node);
    spec.uuid = uuid.map(str::to_owned);
    spec.internal_id = Some(id);
    spec.egg_features.clear();
    spec.startup = "sh /game.sh {{GAME_NAME}}".to_owned();
    spec.docker_image = "~tinygame:latest".to_owned();
    spec.variables = vec![Variable {
        name: "Game name".to_owned(),
        env_variable: "GAME_NAME".to_owned(),
        default_value: "tiny".to_owned(),
        server_value: Some("tiny".to_owned()),
    }];
    if name == "Slow Install" {
        spec.variables.clear();
    }
    spec.limits = Limits {
        memory: 256,
        disk: 512,
        cpu: 50,
        ..Limits::default()
    };
    if name == "Live Unlimited" {
        spec.limits = Limits {
            memory: 0,
            swap: -1,
            disk: 0,
            cpu: 0,
            ..Limits::default()
        };
    }
    let port = if name == "Live Running" {
        25_600
    } else {
        25_700
    };
    let alias = (name == "Live Running").then(|| "play.example.com".to_owned());
    spec.allocations.push(allocation(id, port, alias));
    if name == "Live Running" {
        spec.allocations.push(allocation(2, 25_601, None));
    }
    world.add_server(spec);
}

fn allocation(id: u32, port: u16, alias: Option<String>) -> Allocation {
    Allocation {
        id,
        ip: "127.0.0.1".to_owned(),
        alias,
        port,
        notes: None,
    }
}
