//! The calls about one server, once every check is passed. Never decides who may.

use std::time::Duration;

use serde_json::{Value, json};

use crate::answer::{Answer, Reply};
use crate::ask::Ask;
use crate::bodies;
use crate::fault::NodeTrouble;
use crate::node::Manners;
use crate::people::User;
use crate::power::{PowerState, Signal};
use crate::refusal::Refusal;
use crate::world::World;

/// What comes back instead of a good answer when the node is in trouble, and how late.
fn trouble(world: &World, ask: &Ask, index: usize) -> Option<Reply> {
    let pelican = world.rules.flavour.is_pelican();
    let (after, trouble) = world.trouble_of(index)?;
    let refusal = match trouble {
        NodeTrouble::Answers(_) if pelican => Refusal::broken("RequestException"),
        _ if pelican => Refusal::broken("ConnectionException"),
        NodeTrouble::Answers(status) => Refusal::node_answered(status, ask.is_post(), ask),
        NodeTrouble::Refuses | NodeTrouble::Unreachable | NodeTrouble::Hangs => {
            Refusal::no_connection()
        }
    };
    let answer = refusal.render(ask);
    Some(Reply::Answer { after, answer })
}

impl World {
    /// What is wrong with a server's node, and after how long that shows.
    fn trouble_of(&self, index: usize) -> Option<(Duration, NodeTrouble)> {
        let (rules, server) = (&self.rules, &self.servers[index]);
        let unknown = (!server.known_to_node).then_some(NodeTrouble::Answers(404));
        let node = self.node_of(server).and_then(|node| node.trouble);
        let trouble = node.or(unknown)?;
        let after = match trouble {
            NodeTrouble::Refuses => rules.node_refuses_after,
            NodeTrouble::Unreachable => rules.node_connect_timeout,
            NodeTrouble::Hangs => rules.node_timeout,
            NodeTrouble::Answers(_) => Duration::ZERO,
        };
        Some((after, trouble))
    }
}

/// One good answer of the node is handed out to everybody until it is too old; power does not drop it.
pub(crate) fn resources(world: &mut World, ask: &Ask, index: usize) -> Reply {
    const PELICAN_WAITS: Duration = Duration::from_secs(1);
    let (now, keep) = (world.now, world.rules.cache_for);
    if let Some((taken, body)) = &world.servers[index].kept
        && *taken + keep > now
    {
        return Reply::at_once(Answer::json(body));
    }
    let mut late = Duration::ZERO;
    let body = match world.trouble_of(index) {
        // Pelican asks only briefly and then makes an answer of its own, which it keeps like any other.
        Some((after, _)) if world.rules.flavour.is_pelican() => {
            late = after.min(PELICAN_WAITS);
            bodies::missing_resources()
        }
        Some(_) => {
            let reply = trouble(world, ask, index);
            return reply.unwrap_or(Reply::Never);
        }
        None => bodies::resources(&world.servers[index]),
    };
    let answer = Answer::json(&body);
    world.servers[index].kept = Some((now, body));
    Reply::Answer {
        after: late,
        answer,
    }
}

pub(crate) fn power(
    world: &mut World,
    ask: &Ask,
    user: &User,
    permissions: &[String],
    index: usize,
) -> Result<Reply, Refusal> {
    let word = ask.field("signal");
    let signal = word.as_deref().and_then(Signal::read);
    let needed = match signal {
        Some(signal) => signal.permission(),
        // Pelican looks whether it is a signal before it asks who may send it.
        None if world.rules.flavour.is_pelican() => "",
        None => "*",
    };
    if !needed.is_empty() && !permitted(permissions, needed) {
        return Err(Refusal::unauthorized());
    }
    let rule = if word.is_none() { "required" } else { "in" };
    let signal = signal.ok_or_else(|| Refusal::invalid("signal", rule))?;
    if let Some(trouble) = trouble(world, ask, index) {
        return Ok(trouble);
    }
    world.log_power(index, signal, user.name.clone());
    let event = format!("server:power.{}", signal.as_str());
    world.note(Some(index), user, &event, true, json!({}));
    world.servers[index].signal(signal);
    Ok(Reply::at_once(Answer::no_content()))
}

pub(crate) fn command(
    world: &mut World,
    ask: &Ask,
    user: &User,
    index: usize,
) -> Result<Reply, Refusal> {
    let command = ask.field("command");
    let command = command.ok_or_else(|| Refusal::invalid("command", "required"))?;
    let pelican = world.rules.flavour.is_pelican();
    let answered = matches!(world.trouble_of(index), Some((_, NodeTrouble::Answers(_))));
    if pelican && answered {
        // It does not look at what the node answers.
        return Ok(Reply::at_once(Answer::no_content()));
    }
    if let Some(trouble) = trouble(world, ask, index) {
        return Ok(trouble);
    }
    let offline = world.servers[index].state() == PowerState::Offline;
    if offline && !pelican {
        return Err(match world.manners_of(index) {
            // The text is written from REFERENCE 15.29; no recording of it is kept.
            Manners::WingsRs => Refusal::node_said(417, "server is offline.", ask),
            Manners::Wings1_11 | Manners::Wings1_12 | Manners::Wings1_13 => {
                Refusal::command_offline()
            }
        });
    }
    let properties = json!({"command": command});
    world.note(
        Some(index),
        user,
        "server:console.command",
        true,
        properties,
    );
    if !offline {
        world.servers[index].type_in(&command);
    }
    Ok(Reply::at_once(Answer::no_content()))
}

/// A token for the websocket, and where that is.
pub(crate) fn websocket(world: &mut World, user: &User, index: usize) -> Reply {
    let uuid = world.servers[index].uuid.clone();
    let token = world.mint(&uuid, &user.name, |_| {});
    let node = world.node_of(&world.servers[index]);
    let told = node.and_then(|node| node.address.as_ref());
    let socket = told.unwrap_or(&world.node_url).replacen("http", "ws", 1);
    let socket = format!("{socket}/api/servers/{uuid}/ws");
    let body = json!({"data": {"token": token, "socket": socket}});
    Reply::at_once(Answer::json(&body))
}

pub(crate) fn set_variable(world: &mut World, ask: &Ask, index: usize) -> Result<Value, Refusal> {
    let key = ask.field("key").unwrap_or_default();
    let server = &mut world.servers[index];
    let mut all = server.spec.variables.iter_mut();
    let found = all.find(|one| one.env_variable == key);
    let variable = found.ok_or_else(|| Refusal::invalid("key", "in"))?;
    variable.server_value = ask.field("value");
    let mut body = bodies::variable(variable);
    body["meta"] = json!({
        "startup_command": bodies::invocation(server, true),
        "raw_startup_command": server.spec.startup,
    });
    Ok(body)
}

pub(crate) fn rename(world: &mut World, ask: &Ask, index: usize) -> Result<Reply, Refusal> {
    let name = ask.field("name");
    let name = name.ok_or_else(|| Refusal::invalid("name", "required"))?;
    let spec = &mut world.servers[index].spec;
    spec.name = name;
    spec.description = ask.field("description").unwrap_or_default();
    Ok(Reply::at_once(Answer::no_content()))
}

pub(crate) fn permitted(permissions: &[String], needed: &str) -> bool {
    permissions
        .iter()
        .any(|permission| permission == "*" || permission == needed)
}
