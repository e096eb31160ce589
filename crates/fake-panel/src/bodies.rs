//! Bodies of good answers, written by hand from what real panels send. Never shares a type with a client.

use serde_json::{Value, json};

use crate::ask::Ask;
use crate::people::User;
use crate::rules::Flavour;
use crate::server::{Server, Variable};
use crate::world::World;

pub(crate) fn account(user: &User) -> Value {
    json!({"object": "user", "attributes": {
        "id": user.id,
        "admin": user.admin,
        "username": user.name,
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "language": "en",
    }})
}

pub(crate) fn keys(world: &World, user: &User) -> Value {
    let own = world
        .keys
        .iter()
        .filter(|key| key.user == user.id && !key.application);
    let entries = own.map(|key| {
        json!({"object": "api_key", "attributes": {
            "identifier": &key.secret[..16],
            "description": key.description,
            "allowed_ips": key.allowed_ips,
            "last_used_at": CREATED,
            "created_at": CREATED,
        }})
    });
    json!({"object": "list", "data": entries.collect::<Vec<_>>()})
}

const CREATED: &str = "2026-11-23T02:04:36+00:00";

const PERMISSIONS: [(&str, &str); 11] = [
    ("websocket", "connect"),
    ("control", "console start stop restart"),
    ("user", "create read update delete"),
    (
        "file",
        "create read read-content update delete archive sftp",
    ),
    ("backup", "create read delete download restore"),
    ("allocation", "read create update delete"),
    ("startup", "read update docker-image"),
    ("database", "create read update delete view_password"),
    ("schedule", "create read update delete"),
    ("settings", "rename reinstall"),
    ("activity", "read"),
];

/// All permissions there are, with words of our own about them.
pub(crate) fn permissions() -> Value {
    let mut groups = json!({});
    for (group, names) in PERMISSIONS {
        let mut keys = json!({});
        for name in names.split(' ') {
            keys[name] = format!("Allows: {name} ({group}).").into();
        }
        groups[group] = json!({"description": format!("Everything about: {group}."), "keys": keys});
    }
    json!({"object": "system_permissions", "attributes": {"permissions": groups}})
}

/// What a user may do at a server; `None` for somebody who may not even see it.
pub(crate) fn permissions_of(user: &User, server: &Server) -> Option<Vec<String>> {
    let all = |list: &[&str]| Some(list.iter().map(|&one| one.to_owned()).collect());
    if user.admin {
        return all(&[
            "*",
            "admin.websocket.errors",
            "admin.websocket.install",
            "admin.websocket.transfer",
        ]);
    }
    if server.spec.owner == user.name {
        return all(&["*"]);
    }
    let subuser = server.subusers.iter().find(|one| one.user == user.name)?;
    Some(subuser.permissions.clone())
}

pub(crate) fn view(world: &World, ask: &Ask, user: &User, index: usize) -> Value {
    let mut body = server(world, ask, user, index);
    let server = &world.servers[index];
    body["meta"] = json!({
        "is_server_owner": server.spec.owner == user.name,
        "user_permissions": permissions_of(user, server),
    });
    body
}

/// One entry of the list; also the main part of the view.
pub(crate) fn server(world: &World, ask: &Ask, user: &User, index: usize) -> Value {
    let server = &world.servers[index];
    let (spec, status) = (&server.spec, server.status.as_deref());
    let node = world.node_of(server);
    let granted = permissions_of(user, server).unwrap_or_default();
    let may = |what: &str| granted.iter().any(|one| one == "*" || one == what);
    let mut attributes = json!({
        "server_owner": spec.owner == user.name,
        "identifier": server.short(),
        "internal_id": server.id,
        "uuid": server.uuid,
        "name": spec.name,
        "node": spec.node,
        "is_node_under_maintenance": node.is_some_and(|node| node.maintenance),
        "sftp_details": {"ip": node.map(|node| &node.fqdn), "port": 2022},
        "description": spec.description,
        "limits": {
            "memory": spec.limits.memory,
            "swap": spec.limits.swap,
            "disk": spec.limits.disk,
            "io": spec.limits.io,
            "cpu": spec.limits.cpu,
            "threads": spec.limits.threads,
            "oom_disabled": true,
        },
        "invocation": invocation(server, may("startup.read")),
        "docker_image": spec.docker_image,
        "egg_features": spec.egg_features,
        "feature_limits": {"databases": 1, "allocations": 2, "backups": 1},
        "status": status,
        "is_suspended": status == Some("suspended"),
        "is_installing": matches!(status, Some("installing" | "install_failed")),
        "is_transferring": server.transferring,
        "relationships": relationships(world, ask, server, &may),
    });
    if world.rules.flavour == Flavour::Pterodactyl1_14 {
        let serv = crate::ids::serv(&server.uuid);
        attributes["__deprecated_uuid_short"] = server.short().into();
        attributes["server_identifier"] = serv.as_str().into();
        if world.rules.serv_identifiers {
            attributes["identifier"] = serv.into();
        }
    }
    json!({"object": "server", "attributes": attributes})
}

/// The start command with its variables filled in, hidden from those who may not read them.
fn invocation(server: &Server, may_read: bool) -> String {
    let mut line = server.spec.startup.clone();
    for variable in &server.spec.variables {
        let value = variable.server_value.as_ref();
        let value = value.unwrap_or(&variable.default_value);
        let shown = if may_read { value } else { "[hidden]" };
        line = line.replace(&format!("{{{{{}}}}}", variable.env_variable), shown);
    }
    line
}

fn relationships(world: &World, ask: &Ask, server: &Server, may: &dyn Fn(&str) -> bool) -> Value {
    let missing = || json!({"object": "null_resource", "attributes": null});
    let variables = server.spec.variables.iter().map(variable);
    let mut all = json!({
        "allocations": listed(allocations(server, may("allocation.read"))),
        "variables": if may("startup.read") { listed(variables.collect()) } else { missing() },
    });
    let wanted: Vec<&str> = ask
        .parameter("include")
        .unwrap_or_default()
        .split(',')
        .collect();
    if wanted.contains(&"egg") {
        let (uuid, name) = &server.spec.egg;
        all["egg"] = json!({"object": "egg", "attributes": {"uuid": uuid, "name": name}});
    }
    if wanted.contains(&"subusers") {
        let people = server
            .subusers
            .iter()
            .filter_map(|one| subuser(world, &one.user, &one.permissions));
        all["subusers"] = if may("user.read") {
            listed(people.collect())
        } else {
            missing()
        };
    }
    all
}

fn listed(entries: Vec<Value>) -> Value {
    json!({"object": "list", "data": entries})
}

fn allocations(server: &Server, all: bool) -> Vec<Value> {
    let shown = if all { usize::MAX } else { 1 };
    let entries = server.spec.allocations.iter().take(shown).enumerate();
    entries
        .map(|(at, one)| {
            let notes = one.notes.as_ref().filter(|_| all);
            json!({"object": "allocation", "attributes": {
                "id": one.id,
                "ip": one.ip,
                "ip_alias": one.alias,
                "port": one.port,
                "notes": notes,
                "is_default": at == 0,
            }})
        })
        .collect()
}

fn variable(variable: &Variable) -> Value {
    json!({"object": "egg_variable", "attributes": {
        "name": variable.name,
        "description": "",
        "env_variable": variable.env_variable,
        "default_value": variable.default_value,
        "server_value": variable.server_value,
        "is_editable": true,
        "rules": "required|string|max:20",
    }})
}

fn subuser(world: &World, name: &str, permissions: &[String]) -> Option<Value> {
    let user = world.users.iter().find(|user| user.name == name)?;
    let picture = user.uuid.replace('-', "");
    Some(json!({"object": "server_subuser", "attributes": {
        "uuid": user.uuid,
        "username": user.name,
        "email": user.email,
        "image": format!("https://gravatar.com/avatar/{picture}"),
        "2fa_enabled": user.two_factor,
        "created_at": CREATED,
        "permissions": permissions,
    }}))
}

/// The node's numbers; with `odd` a power state that nobody knows.
pub(crate) fn resources(server: &Server, odd: bool) -> Value {
    let gauges = server.gauges();
    let state = if odd {
        "hibernating"
    } else {
        server.state().as_str()
    };
    let cpu = gauges.cpu_absolute;
    // PHP writes a whole number without a point.
    let cpu = if cpu.fract() == 0.0 {
        json!(cpu as u64)
    } else {
        json!(cpu)
    };
    json!({"object": "stats", "attributes": {
        "current_state": state,
        "is_suspended": false,
        "resources": {
            "memory_bytes": gauges.memory_bytes,
            "cpu_absolute": cpu,
            "disk_bytes": gauges.disk_bytes,
            "network_rx_bytes": gauges.network_rx_bytes,
            "network_tx_bytes": gauges.network_tx_bytes,
            "uptime": u64::try_from(gauges.uptime.as_millis()).unwrap_or(u64::MAX),
        },
    }})
}
