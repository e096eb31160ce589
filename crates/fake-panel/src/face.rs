//! The panel's face: which checks a request passes, in the panel's order. Never reads a clock and opens no socket.

use std::time::Duration;

use axum::http::Method;

use crate::answer::{Answer, Reply};
use crate::ask::Ask;
use crate::fault::{Fault, NodeTrouble};
use crate::life::{PowerState, Signal};
use crate::people::User;
use crate::refusal::Refusal;
use crate::rules::Flavour;
use crate::world::{BEGINNING, World};
use crate::{bodies, list};

/// Where a path leads.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Route<'a> {
    Account(AccountCall),
    /// A server's, by the id in the path.
    Server(&'a str, ServerCall),
    Application,
    Shell,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum AccountCall {
    List,
    Account,
    Keys,
    Permissions,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ServerCall {
    View,
    Resources,
    Power,
    Command,
}

impl<'a> Route<'a> {
    fn find(path: &'a str) -> Option<Self> {
        let path = path.strip_prefix('/').unwrap_or(path);
        let path = path.strip_suffix('/').unwrap_or(path);
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["api", "client"] => Some(Self::Account(AccountCall::List)),
            ["api", "client", "account"] => Some(Self::Account(AccountCall::Account)),
            ["api", "client", "account", "api-keys"] => Some(Self::Account(AccountCall::Keys)),
            ["api", "client", "permissions"] => Some(Self::Account(AccountCall::Permissions)),
            ["api", "client", "servers", id] => Some(Self::Server(id, ServerCall::View)),
            ["api", "client", "servers", id, call] => {
                let call = match *call {
                    "resources" => ServerCall::Resources,
                    "power" => ServerCall::Power,
                    "command" => ServerCall::Command,
                    _ => return None,
                };
                Some(Self::Server(id, call))
            }
            ["api", "application", "servers" | "nodes" | "users"] => Some(Self::Application),
            ["auth", "login"] => Some(Self::Shell),
            ["", "api" | "auth" | "admin" | "daemon", ..]
            | ["api" | "auth" | "admin" | "daemon", ..] => None,
            _ => Some(Self::Shell),
        }
    }

    fn takes_post(self) -> bool {
        matches!(
            self,
            Self::Server(_, ServerCall::Power | ServerCall::Command)
        )
    }

    fn check_method(self, ask: &Ask) -> Result<(), Refusal> {
        let (right, allowed) = if self.takes_post() {
            (ask.is_post(), "POST")
        } else {
            let reading = matches!(ask.method, Method::GET | Method::HEAD);
            (reading, "GET, HEAD")
        };
        let refusal = || Refusal::method(ask.method.as_str(), shown(&ask.path), allowed);
        right.then_some(()).ok_or_else(refusal)
    }
}

/// A path as error texts show it.
fn shown(path: &str) -> &str {
    path.trim_matches('/')
}

/// Answers one request at the world's present time.
pub(crate) fn reply(world: &mut World, ask: &Ask) -> Reply {
    let fault = world.panel_fault.clone();
    let mut reply = match &fault {
        Some(fault) if !fault.lets_work_happen() => return fault.reply(ask),
        Some(fault) => fault.bend(judge(world, ask)),
        None => judge(world, ask),
    };
    if let Reply::Answer { after, .. } = &mut reply {
        *after += world.rules.latency;
    }
    reply
}

fn judge(world: &mut World, ask: &Ask) -> Reply {
    let mut counted = None;
    let reply = passed(world, ask, &mut counted);
    let mut reply = reply.unwrap_or_else(|refusal| Reply::at_once(refusal.render(ask)));
    if let (Reply::Answer { answer, .. }, Some(count)) = (&mut reply, counted) {
        let left = count.limit - count.used;
        answer
            .headers
            .push(("x-ratelimit-limit", count.limit.to_string()));
        answer
            .headers
            .push(("x-ratelimit-remaining", left.to_string()));
    }
    reply
}

/// A request counted against its user's limit.
struct Count {
    limit: u32,
    used: u32,
}

fn passed(world: &mut World, ask: &Ask, counted: &mut Option<Count>) -> Result<Reply, Refusal> {
    if let Some(retry) = world.maintenance {
        return Err(Refusal::maintenance(retry));
    }
    let route = Route::find(&ask.path).ok_or_else(|| Refusal::unknown_route(shown(&ask.path)))?;
    if ask.method == Method::OPTIONS {
        return Ok(Reply::at_once(Answer::preflight(ask)));
    }
    route.check_method(ask)?;
    if route == Route::Shell {
        return Ok(Reply::at_once(Answer::app_shell()));
    }
    if ask.is_post() && ask.looks_like_browser() {
        return Err(Refusal::csrf());
    }
    let (user, application_key) = identify(world, ask, route)?;
    let early = world.rules.flavour == Flavour::Pterodactyl1_11;
    let mut count_now = |world: &mut World| -> Result<(), Refusal> {
        let limit = world.rules.limit_per_minute;
        *counted = Some(count(world, &user, false, limit)?);
        Ok(())
    };
    match route {
        Route::Application => {
            *counted = Some(count(world, &user, true, 240)?);
            Err(application(&user))
        }
        Route::Shell => Ok(Reply::at_once(Answer::app_shell())),
        Route::Account(call) => {
            // An application key costs nothing on newer panels.
            if early || !application_key {
                count_now(world)?;
            }
            if application_key {
                return Err(Refusal::application_key());
            }
            at_account(world, ask, call, &user)
        }
        Route::Server(id, call) => {
            if early {
                count_now(world)?;
            }
            let index = look_up(world, id).ok_or_else(Refusal::unknown_server)?;
            if application_key {
                return Err(Refusal::application_key());
            }
            if !early {
                count_now(world)?;
            }
            at_server(world, ask, call, &user, index)
        }
    }
}

/// Key, body, second factor and address; also whether it is an application key.
fn identify(world: &World, ask: &Ask, route: Route<'_>) -> Result<(User, bool), Refusal> {
    let header = ask.header("authorization").unwrap_or_default();
    let (scheme, secret) = header.split_once(' ').unwrap_or((header, ""));
    let bearer = match world.rules.flavour {
        Flavour::Pterodactyl1_11 => scheme == "Bearer",
        Flavour::Pterodactyl1_14 => scheme.eq_ignore_ascii_case("bearer"),
    };
    let key = world.key(secret.trim()).filter(|_| bearer);
    let key = key.ok_or_else(Refusal::unauthenticated)?;
    let user = world.users.iter().find(|user| user.id == key.user);
    let user = user.cloned().ok_or_else(Refusal::unauthenticated)?;
    if ask.has_broken_json() {
        return Err(Refusal::malformed_json());
    }
    if world.rules.require_two_factor
        && !user.two_factor
        && route != Route::Account(AccountCall::Account)
    {
        return Err(Refusal::two_factor());
    }
    if !key.allows(ask.peer) {
        return Err(Refusal::ip(ask.peer));
    }
    Ok((user, key.application))
}

/// Counts a request in its user's fixed window, or refuses it. Refused ones neither count nor lengthen the window.
fn count(world: &mut World, user: &User, application: bool, limit: u32) -> Result<Count, Refusal> {
    let (now, lasts) = (world.now, world.rules.limit_window);
    let window = world
        .windows
        .entry((user.id, application))
        .or_insert((now, 0));
    if window.0 + lasts <= now {
        *window = (now, 0);
    }
    if window.1 >= limit {
        let wait = (window.0 + lasts - now).as_secs_f64().ceil();
        let reset = world.unix_at_beginning + (now - BEGINNING).as_secs() + wait as u64;
        return Err(Refusal::throttled()
            .with("x-ratelimit-limit", limit)
            .with("x-ratelimit-remaining", 0)
            .with("retry-after", wait)
            .with("x-ratelimit-reset", reset));
    }
    window.1 += 1;
    Ok(Count {
        limit,
        used: window.1,
    })
}

/// The application API has no face here beyond saying who may use it.
fn application(user: &User) -> Refusal {
    if user.admin {
        Refusal::unknown_server()
    } else {
        Refusal::no_application_access()
    }
}

/// By UUID, by short id (its length decides) or, on newer panels, by the `serv_` form. Never by number or name.
fn look_up(world: &World, id: &str) -> Option<usize> {
    let newer = world.rules.flavour == Flavour::Pterodactyl1_14;
    let is_it = |server: &crate::server::Server| {
        if id.len() == 8 {
            server.short() == id
        } else {
            server.uuid == id || (newer && crate::ids::serv(&server.uuid) == id)
        }
    };
    world.servers.iter().position(is_it)
}

fn at_account(world: &World, ask: &Ask, call: AccountCall, user: &User) -> Result<Reply, Refusal> {
    let body = match call {
        AccountCall::Account => bodies::account(user),
        AccountCall::Keys => bodies::keys(world, user),
        AccountCall::Permissions => bodies::permissions(),
        AccountCall::List => list::list(world, ask, user)?,
    };
    Ok(Reply::at_once(Answer::json(&body)))
}

fn at_server(
    world: &mut World,
    ask: &Ask,
    call: ServerCall,
    user: &User,
    index: usize,
) -> Result<Reply, Refusal> {
    let viewing = call == ServerCall::View;
    let permissions = bodies::permissions_of(user, &world.servers[index]);
    let permissions = permissions.ok_or_else(Refusal::no_access)?;
    world.present(index);
    let fault = world.servers[index].fault.clone();
    let fault = fault.filter(|fault| !(viewing && fault.is_of_node()));
    if let Some(fault) = fault.as_ref().filter(|fault| !fault.lets_work_happen()) {
        return Ok(fault.reply(ask));
    }
    if let Some(conflict) = world.conflict(index).filter(|_| !viewing) {
        return Err(Refusal::conflict(conflict));
    }
    let reply = match call {
        ServerCall::View => Reply::at_once(Answer::json(&bodies::view(world, ask, user, index))),
        ServerCall::Resources => resources(world, ask, index),
        ServerCall::Power => power(world, ask, user, &permissions, index)?,
        ServerCall::Command => command(world, ask, &permissions, index)?,
    };
    Ok(match fault {
        Some(fault) => fault.bend(reply),
        None => reply,
    })
}

/// What comes back instead of a good answer when the node is in trouble, and how late.
fn trouble(world: &World, ask: &Ask, index: usize) -> Option<Reply> {
    let (rules, server) = (&world.rules, &world.servers[index]);
    let node = world.node_of(server);
    let unknown = (!server.known_to_node).then_some(NodeTrouble::Answers(404));
    let (after, refusal) = match node.and_then(|node| node.trouble).or(unknown)? {
        NodeTrouble::Refuses => (rules.node_refuses_after, Refusal::no_connection()),
        NodeTrouble::Unreachable => (rules.node_connect_timeout, Refusal::no_connection()),
        NodeTrouble::Hangs => (rules.node_timeout, Refusal::no_connection()),
        NodeTrouble::Answers(status) => {
            let refusal = Refusal::node_answered(status, ask.is_post(), ask);
            (Duration::ZERO, refusal)
        }
    };
    let answer = refusal.render(ask);
    Some(Reply::Answer { after, answer })
}

/// One good answer of the node is handed out to everybody until it is too old; power does not drop it.
fn resources(world: &mut World, ask: &Ask, index: usize) -> Reply {
    let (now, keep) = (world.now, world.rules.cache_for);
    if let Some((taken, body)) = &world.servers[index].kept
        && *taken + keep > now
    {
        return Reply::at_once(Answer::json(body));
    }
    if let Some(trouble) = trouble(world, ask, index) {
        return trouble;
    }
    let odd =
        [&world.panel_fault, &world.servers[index].fault].contains(&&Some(Fault::UnknownState));
    let body = bodies::resources(&world.servers[index], odd);
    let answer = Answer::json(&body);
    world.servers[index].kept = Some((now, body));
    Reply::at_once(answer)
}

fn power(
    world: &mut World,
    ask: &Ask,
    user: &User,
    permissions: &[String],
    index: usize,
) -> Result<Reply, Refusal> {
    let word = ask.field("signal");
    let signal = word.as_deref().and_then(Signal::read);
    let needed = match signal {
        Some(Signal::Start) => "control.start",
        Some(Signal::Restart) => "control.restart",
        Some(Signal::Stop | Signal::Kill) => "control.stop",
        None => "*",
    };
    if !permitted(permissions, needed) {
        return Err(Refusal::unauthorized());
    }
    let rule = if word.is_none() { "required" } else { "in" };
    let signal = signal.ok_or_else(|| Refusal::invalid("signal", rule))?;
    if let Some(trouble) = trouble(world, ask, index) {
        return Ok(trouble);
    }
    world.log_power(index, signal, user.name.clone());
    world.servers[index].life.signal(signal);
    Ok(Reply::at_once(Answer::no_content()))
}

fn command(
    world: &mut World,
    ask: &Ask,
    permissions: &[String],
    index: usize,
) -> Result<Reply, Refusal> {
    if !permitted(permissions, "control.console") {
        return Err(Refusal::unauthorized());
    }
    let command = ask.field("command");
    let command = command.ok_or_else(|| Refusal::invalid("command", "required"))?;
    if let Some(trouble) = trouble(world, ask, index) {
        return Ok(trouble);
    }
    let server = &mut world.servers[index];
    if server.state() == PowerState::Offline {
        return Err(Refusal::command_offline());
    }
    if command == "stop" {
        server.stop();
    }
    Ok(Reply::at_once(Answer::no_content()))
}

fn permitted(permissions: &[String], needed: &str) -> bool {
    permissions
        .iter()
        .any(|permission| permission == "*" || permission == needed)
}
