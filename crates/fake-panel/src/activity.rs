//! The activity log: who did what (REFERENCE 10, 16.12). Never knows of crashes: the panel does not hear of them.

use serde_json::{Value, json};

use crate::ask::Ask;
use crate::bodies;
use crate::ids;
use crate::life::Moment;
use crate::list;
use crate::people::User;
use crate::refusal::Refusal;
use crate::world::World;

const KEPT: usize = 10_000;

#[derive(Clone, Debug)]
pub(crate) struct Activity {
    at: Moment,
    /// Nodes send what happened on a websocket in batches.
    known_from: Moment,
    /// UUID; `None` is about the account.
    server: Option<String>,
    user: u32,
    event: String,
    is_api: bool,
    properties: Value,
}

impl World {
    /// Writes into a server's activity log what this user did just now, with one property or none.
    ///
    /// # Panics
    /// When there is no such user or server.
    pub fn log_activity(
        &mut self,
        server: &str,
        user: &str,
        event: &str,
        is_api: bool,
        property: Option<(&str, &str)>,
    ) {
        let user = self.user(user).clone();
        let uuid = self.server(server).uuid.clone();
        let index = self.servers.iter().position(|one| one.uuid == uuid);
        let mut properties = json!({});
        if let Some((name, value)) = property {
            properties[name] = value.into();
        }
        self.note(index, &user, event, is_api, properties);
        if let Some(entry) = self.activity.last_mut() {
            entry.known_from = entry.at;
        }
    }

    /// Writes into a server's activity log what this user did in a browser just now. Its node hands that in later.
    ///
    /// # Panics
    /// When there is no such user or server.
    pub fn log_from_browser(&mut self, server: &str, user: &str, event: &str) {
        let user = self.user(user).clone();
        let uuid = self.server(server).uuid.clone();
        let index = self.servers.iter().position(|one| one.uuid == uuid);
        self.note(index, &user, event, false, json!({}));
    }

    /// Notes what a user did; `is_api` for calls with a key, which the panel knows of at once.
    pub(crate) fn note(
        &mut self,
        index: Option<usize>,
        user: &User,
        event: &str,
        is_api: bool,
        properties: Value,
    ) {
        let late = if is_api {
            std::time::Duration::ZERO
        } else {
            self.rules.activity_takes
        };
        if self.activity.len() == KEPT {
            self.activity.remove(0);
        }
        self.activity.push(Activity {
            at: self.now,
            known_from: self.now + late,
            server: index.map(|index| self.servers[index].uuid.clone()),
            user: user.id,
            event: event.to_owned(),
            is_api,
            properties,
        });
    }
}

/// The log of one server, or of the user's own account.
pub(crate) fn log(
    world: &World,
    ask: &Ask,
    user: &User,
    index: Option<usize>,
) -> Result<Value, Refusal> {
    let server = index.map(|index| world.servers[index].uuid.as_str());
    let wanted = ask.parameter("filter[event]").unwrap_or_default();
    let with_actor = ask
        .parameter("include")
        .is_some_and(|all| all.split(',').any(|one| one == "actor"));
    let mut entries: Vec<(usize, &Activity)> = world
        .activity
        .iter()
        .enumerate()
        .filter(|(_, one)| {
            let mine = server.is_some() || one.user == user.id;
            one.server.as_deref() == server
                && mine
                && one.known_from <= world.now
                && one.event.contains(wanted)
        })
        .collect();
    if ask.parameter("sort") == Some("-timestamp") {
        entries.sort_by_key(|(number, one)| std::cmp::Reverse((one.at, *number)));
    }
    let bodies = entries
        .into_iter()
        .map(|(number, one)| entry(world, user, number, one, with_actor));
    list::paged(ask, bodies.collect(), (25, 100))
}

fn entry(world: &World, user: &User, number: usize, one: &Activity, with_actor: bool) -> Value {
    let pelican = world.rules.flavour.is_pelican();
    let known_ip = one.user == user.id || user.admin;
    let mut attributes = json!({
        "id": ids::hex(&format!("activity {number}"), 40),
        "batch": null,
        "event": one.event,
        "is_api": one.is_api,
        "ip": known_ip.then_some("127.0.0.1"),
        "description": null,
        "properties": one.properties,
        "has_additional_metadata": false,
        "timestamp": world.stamp(one.at),
    });
    if pelican {
        if let Some(attributes) = attributes.as_object_mut() {
            attributes.remove("batch");
        }
        if one.properties == json!({}) {
            attributes["properties"] = json!([]);
        }
    }
    if with_actor {
        let actor = world.users.iter().find(|known| known.id == one.user);
        let actor = actor.map(|actor| bodies::person(world, actor));
        attributes["relationships"] = json!({
            "actor": {"object": "user", "attributes": actor},
        });
    }
    json!({"object": "activity_log", "attributes": attributes})
}
