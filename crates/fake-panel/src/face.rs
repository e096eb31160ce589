//! The panel's face: which checks a request passes, in the panel's order. Never reads a clock and opens no socket.

use serde_json::{Value, json};

use crate::answer::{Answer, Reply};
use crate::ask::Ask;
use crate::call::Call;
use crate::people::User;
use crate::refusal::Refusal;
use crate::routes::{AccountCall, Route, ServerCall};
use crate::rules::Flavour;
use crate::throttle::{self, Count};
use crate::world::World;
use crate::{activity, backup, bodies, ids, list, schedule, work};

/// Answers one request at the world's present time.
pub(crate) fn reply(world: &mut World, ask: &Ask) -> Reply {
    let fault = world.faults.meet(Call::of(ask).0);
    let reply = match &fault {
        Some(fault) if !fault.lets_work_happen() => return fault.reply(ask),
        Some(fault) => fault.bend(judge(world, ask)),
        None => judge(world, ask),
    };
    reply.later(world.rules.latency)
}

fn judge(world: &mut World, ask: &Ask) -> Reply {
    let mut counted = None;
    let flavour = world.rules.flavour;
    let reply = passed(world, ask, &mut counted);
    let mut reply = reply.unwrap_or_else(|refusal| {
        let refusal = if flavour.is_pelican() {
            refusal.at_pelican()
        } else {
            refusal
        };
        Reply::at_once(refusal.render(ask))
    });
    if let Reply::Answer { answer, .. } = &mut reply {
        if let Some(count) = counted {
            answer.count(&count);
        }
        if flavour == Flavour::Pterodactyl1_14 {
            answer.secure();
        }
    }
    reply
}

fn passed(world: &mut World, ask: &Ask, counted: &mut Option<Count>) -> Result<Reply, Refusal> {
    if let Some(retry) = world.maintenance {
        return Err(Refusal::maintenance(retry));
    }
    let Some(route) = Route::find(ask)? else {
        return Ok(Reply::at_once(Answer::preflight(ask)));
    };
    if route == Route::Shell {
        return Ok(Reply::at_once(Answer::app_shell()));
    }
    if ask.changes_something() && ask.looks_like_browser() {
        return Err(Refusal::csrf());
    }
    let (user, application_key) = identify(world, ask, route)?;
    let early = !world.rules.flavour.is_newer();
    match route {
        Route::Application => {
            if early || user.admin {
                *counted = Some(throttle::of_user(world, &user, true)?);
            }
            Err(application(&user))
        }
        Route::Shell => Ok(Reply::at_once(Answer::app_shell())),
        Route::Account(call) => {
            // An application key costs nothing on newer panels.
            if early || !application_key {
                *counted = Some(throttle::of_user(world, &user, false)?);
            }
            if application_key {
                return Err(Refusal::application_key());
            }
            at_account(world, ask, call, &user)
        }
        Route::Server(id, call) => {
            if early {
                *counted = Some(throttle::of_user(world, &user, false)?);
            }
            let index = look_up(world, id)?;
            check_parts(world, index, call)?;
            if application_key {
                return Err(Refusal::application_key());
            }
            if !early {
                *counted = Some(throttle::of_user(world, &user, false)?);
            }
            at_server(world, ask, call, &user, index, counted)
        }
    }
}

/// Key, body, second factor and address; also whether it is an application key.
fn identify(world: &mut World, ask: &Ask, route: Route<'_>) -> Result<(User, bool), Refusal> {
    let header = ask.header("authorization").unwrap_or_default();
    let (scheme, secret) = header.split_once(' ').unwrap_or((header, ""));
    let bearer = if world.rules.flavour.is_newer() {
        scheme.eq_ignore_ascii_case("bearer")
    } else {
        scheme == "Bearer"
    };
    let key = world.key(secret.trim()).filter(|_| bearer).cloned();
    let key = key.ok_or_else(Refusal::unauthenticated)?;
    let user = world.users.iter().find(|user| user.id == key.user);
    let user = user.cloned().ok_or_else(Refusal::unauthenticated)?;
    if ask.has_broken_json() {
        return Err(Refusal::malformed_json());
    }
    let exempt = route == Route::Account(AccountCall::Account) || world.rules.flavour.is_pelican();
    if world.rules.require_two_factor && !user.two_factor && !exempt {
        return Err(Refusal::two_factor());
    }
    if !key.allows(ask.peer) {
        let which = json!({"identifier": key.identifier()});
        world.note(None, &user, "auth:ip-blocked", true, which);
        return Err(Refusal::ip(ask.peer));
    }
    Ok((user, key.application))
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
pub(crate) fn look_up(world: &World, id: &str) -> Result<usize, Refusal> {
    let serv = world.rules.flavour.has_serv_identifiers();
    let malformed = |rest: &str| rest.len() != 26;
    if serv && id.strip_prefix("serv_").is_some_and(malformed) {
        return Err(Refusal::broken("InvalidArgumentException"));
    }
    let is_it = |server: &crate::server::Server| {
        if id.len() == 8 {
            server.short() == id
        } else if serv && id.starts_with("serv_") {
            ids::serv(&server.uuid) == id
        } else {
            server.uuid == id
        }
    };
    let found = world.servers.iter().position(is_it);
    found.ok_or_else(Refusal::unknown_server)
}

/// A backup or schedule in the path is looked up together with the server.
fn check_parts(world: &World, index: usize, call: ServerCall<'_>) -> Result<(), Refusal> {
    let server = &world.servers[index];
    let there = if let ServerCall::Backup(call) = call {
        let uuid = call.uuid();
        uuid.is_none_or(|uuid| backup::position(server, uuid).is_some())
    } else if let ServerCall::Schedule(call) = call {
        let id = call.id();
        id.is_none_or(|id| schedule::position(&server.schedules, id).is_some())
    } else {
        true
    };
    there.then_some(()).ok_or_else(Refusal::unknown_server)
}

fn at_account(
    world: &mut World,
    ask: &Ask,
    call: AccountCall<'_>,
    user: &User,
) -> Result<Reply, Refusal> {
    let body = match call {
        AccountCall::Account => bodies::account(world, user),
        AccountCall::Activity => activity::log(world, ask, user, None)?,
        AccountCall::Keys => bodies::keys(world, user),
        AccountCall::Permissions => bodies::permissions(world),
        AccountCall::List => list::list(world, ask, user)?,
        AccountCall::NewKey => new_key(world, ask, user)?,
        AccountCall::DeleteKey(identifier) => {
            world.delete_key(user, identifier)?;
            return Ok(Reply::at_once(Answer::no_content()));
        }
    };
    Ok(Reply::at_once(Answer::json(&body)))
}

fn new_key(world: &mut World, ask: &Ask, user: &User) -> Result<Value, Refusal> {
    let allowed = ask.words("allowed_ips");
    for (at, address) in allowed.iter().enumerate() {
        let net = address.split('/').next().unwrap_or_default();
        if net.parse::<std::net::IpAddr>().is_err() {
            return Err(Refusal::bad_address(at, address));
        }
    }
    let allowed: Vec<&str> = allowed.iter().map(String::as_str).collect();
    let secret = world.add_key(&user.name, &allowed);
    let key = world.keys.iter_mut().find(|key| key.secret == secret);
    if let Some(key) = key {
        key.description = ask.field("description").unwrap_or_default();
        let mut body = bodies::key(key);
        body["attributes"]["last_used_at"] = Value::Null;
        body["meta"] = json!({"secret_token": &secret[16..]});
        return Ok(body);
    }
    Ok(json!({}))
}

fn at_server(
    world: &mut World,
    ask: &Ask,
    call: ServerCall<'_>,
    user: &User,
    index: usize,
    counted: &mut Option<Count>,
) -> Result<Reply, Refusal> {
    let viewing = call == ServerCall::View;
    let permissions = bodies::permissions_of(user, &world.servers[index]);
    let permissions = permissions.ok_or_else(Refusal::no_access)?;
    world.present(index);
    let fault = world.servers[index].faults.meet(Call::of_server(call));
    if let Some(fault) = fault.as_ref().filter(|fault| !fault.lets_work_happen()) {
        return Ok(fault.reply(ask));
    }
    let exempt = |conflict: &crate::Conflict| {
        viewing || (call == ServerCall::Websocket && user.admin && conflict.lets_admins_watch())
    };
    if let Some(conflict) = world.conflict(index).filter(|conflict| !exempt(conflict)) {
        return Err(Refusal::conflict(conflict));
    }
    if let Some(action) = call.throttled()
        && let Some(count) = throttle::of_server(world, index, action)?
    {
        // These routes show their own, tighter limit.
        *counted = Some(count);
    }
    if let Some(needed) = call.permission()
        && !work::permitted(&permissions, needed)
    {
        return Err(if call == ServerCall::Websocket {
            Refusal::no_websocket()
        } else {
            Refusal::unauthorized()
        });
    }
    let reply = carry_out(world, ask, call, user, &permissions, index)?;
    Ok(match fault {
        Some(fault) => fault.bend(reply),
        None => reply,
    })
}

fn carry_out(
    world: &mut World,
    ask: &Ask,
    call: ServerCall<'_>,
    user: &User,
    permissions: &[String],
    index: usize,
) -> Result<Reply, Refusal> {
    let body = match call {
        ServerCall::Resources => return Ok(work::resources(world, ask, index)),
        ServerCall::Power => return work::power(world, ask, user, permissions, index),
        ServerCall::Command => return work::command(world, ask, user, index),
        ServerCall::Websocket => return Ok(work::websocket(world, user, index)),
        ServerCall::Rename => return work::rename(world, ask, index),
        ServerCall::Backup(call) => return backup::answer(world, ask, call, user, index),
        ServerCall::Schedule(call) => return schedule::answer(world, ask, call, user, index),
        ServerCall::FileContents => return Ok(Reply::at_once(Answer::text("hello\n"))),
        ServerCall::View => bodies::view(world, ask, user, index)?,
        ServerCall::Activity => activity::log(world, ask, user, Some(index))?,
        ServerCall::Allocations => bodies::all_allocations(&world.servers[index]),
        ServerCall::Startup => bodies::startup(&world.servers[index]),
        ServerCall::SetVariable => work::set_variable(world, ask, index)?,
        ServerCall::ListFiles => bodies::files(world),
    };
    Ok(Reply::at_once(Answer::json(&body)))
}
