//! Bodies of good answers, written by hand from what real panels send. Never shares a type with a client.

use serde_json::{Value, json};

use crate::ask::Ask;
use crate::people::{Key, User};
use crate::refusal::Refusal;
use crate::rules::Flavour;
use crate::server::{Server, Variable};
use crate::world::World;

pub(crate) fn account(world: &World, user: &User) -> Value {
    if world.rules.flavour.is_pelican() {
        return json!({"object": "user", "attributes": person(world, user)});
    }
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

/// Somebody as others see them: an actor, a subuser; at Pelican also oneself.
pub(crate) fn person(world: &World, user: &User) -> Value {
    let picture = user.uuid.replace('-', "");
    let mut attributes = json!({
        "uuid": user.uuid,
        "username": user.name,
        "email": user.email,
        "image": format!("https://gravatar.com/avatar/{picture}"),
        "2fa_enabled": user.two_factor,
        "created_at": CREATED,
    });
    match world.rules.flavour {
        Flavour::Pterodactyl1_11 => {}
        Flavour::Pterodactyl1_14 => {
            attributes["identifier"] = format!("user_{}", crate::ids::base32(&user.uuid)).into();
        }
        Flavour::Pelican => {
            attributes["language"] = "en".into();
            attributes["admin"] = user.admin.into();
            attributes["root_admin"] = user.admin.into();
            attributes["updated_at"] = CREATED.into();
        }
    }
    attributes
}

pub(crate) fn keys(world: &World, user: &User) -> Value {
    let own = world
        .keys
        .iter()
        .filter(|key| key.user == user.id && !key.application);
    json!({"object": "list", "data": own.map(key).collect::<Vec<_>>()})
}

pub(crate) fn key(key: &Key) -> Value {
    json!({"object": "api_key", "attributes": {
        "identifier": key.identifier(),
        "description": key.description,
        "allowed_ips": key.allowed_ips,
        "last_used_at": CREATED,
        "created_at": CREATED,
    }})
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
pub(crate) fn permissions(world: &World) -> Value {
    if world.rules.flavour.is_pelican() {
        let all = PERMISSIONS.iter().flat_map(|(group, names)| {
            let names = names.split(' ').map(|name| name.replace('_', "-"));
            names.map(move |name| format!("{group}.{name}"))
        });
        let all: Vec<String> = all.collect();
        return json!({"object": "system_permissions", "attributes": {"permissions": all}});
    }
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

pub(crate) fn view(world: &World, ask: &Ask, user: &User, index: usize) -> Result<Value, Refusal> {
    let mut body = server(world, ask, user, index)?;
    let server = &world.servers[index];
    body["meta"] = json!({
        "is_server_owner": server.spec.owner == user.name,
        "user_permissions": permissions_of(user, server),
    });
    Ok(body)
}

/// One entry of the list; also the main part of the view.
pub(crate) fn server(
    world: &World,
    ask: &Ask,
    user: &User,
    index: usize,
) -> Result<Value, Refusal> {
    let server = &world.servers[index];
    let (spec, status) = (&server.spec, server.status.as_deref());
    let node = world.node_of(server);
    let granted = permissions_of(user, server).unwrap_or_default();
    let may = |what: &str| granted.iter().any(|one| one == "*" || one == what);
    let flavour = world.rules.flavour;
    if flavour.is_pelican() && spec.allocations.is_empty() && !may("allocation.read") {
        return Err(Refusal::broken("Error"));
    }
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
        "feature_limits": {
            "databases": spec.feature_limits.0,
            "allocations": spec.feature_limits.1,
            "backups": spec.feature_limits.2,
        },
        "status": status,
        "is_suspended": status == Some("suspended"),
        "is_installing": matches!(status, Some("installing" | "install_failed")),
        "is_transferring": server.transferring,
        "relationships": relationships(world, ask, server, &may),
    });
    if flavour.is_pelican() {
        attributes["sftp_details"]["alias"] = Value::Null;
        attributes["limits"]["oom_killer"] = false.into();
        if spec.description.is_empty() && world.rules.hides_descriptions {
            attributes
                .as_object_mut()
                .map(|all| all.remove("description"));
        }
    }
    if flavour.has_serv_identifiers() {
        let serv = crate::ids::serv(&server.uuid);
        attributes["__deprecated_uuid_short"] = server.short().into();
        attributes["server_identifier"] = serv.as_str().into();
        if world.rules.serv_identifiers {
            attributes["identifier"] = serv.into();
        }
    }
    Ok(json!({"object": "server", "attributes": attributes}))
}

/// The start command with its variables filled in, hidden from those who may not read them.
pub(crate) fn invocation(server: &Server, may_read: bool) -> String {
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

pub(crate) fn all_allocations(server: &Server) -> Value {
    listed(allocations(server, true))
}

/// Start-up variables and command.
pub(crate) fn startup(server: &Server) -> Value {
    let spec = &server.spec;
    let mut body = listed(spec.variables.iter().map(variable).collect());
    body["meta"] = json!({
        "startup_command": invocation(server, true),
        "docker_images": {"Default": spec.docker_image},
        "raw_startup_command": spec.startup,
    });
    body
}

/// The one file there is.
pub(crate) fn files(world: &World) -> Value {
    listed(vec![json!({"object": "file_object", "attributes": {
        "name": "hello.txt",
        "mode": "-rw-r--r--",
        "mode_bits": "644",
        "size": 6,
        "is_file": true,
        "is_symlink": false,
        "mimetype": "text/plain; charset=utf-8",
        "created_at": world.stamp(world.now),
        "modified_at": CREATED,
    }})])
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

pub(crate) fn variable(variable: &Variable) -> Value {
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
    let mut attributes = person(world, user);
    attributes["permissions"] = permissions.into();
    Some(json!({"object": "server_subuser", "attributes": attributes}))
}

/// Pelican's answer when the node has none.
pub(crate) fn missing_resources() -> Value {
    json!({"object": "stats", "attributes": {
        "current_state": "missing",
        "is_suspended": false,
        "resources": {
            "memory_bytes": 0,
            "cpu_absolute": 0,
            "disk_bytes": 0,
            "network_rx_bytes": 0,
            "network_tx_bytes": 0,
            "uptime": 0,
        },
    }})
}

/// The node's numbers.
pub(crate) fn resources(server: &Server) -> Value {
    let gauges = server.gauges();
    let state = server.state().as_str();
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
