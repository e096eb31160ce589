//! Where a path and a method lead. Never looks into the world.

use axum::http::Method;

use crate::ask::Ask;
use crate::backup::BackupCall;
use crate::refusal::Refusal;
use crate::schedule::ScheduleCall;
use crate::throttle::Action;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route<'a> {
    Account(AccountCall<'a>),
    /// A server's, by the id in the path.
    Server(&'a str, ServerCall<'a>),
    Application,
    Shell,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum AccountCall<'a> {
    List,
    Account,
    Activity,
    Keys,
    NewKey,
    DeleteKey(&'a str),
    Permissions,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ServerCall<'a> {
    View,
    Resources,
    Power,
    Command,
    Websocket,
    Activity,
    Allocations,
    Startup,
    SetVariable,
    Rename,
    ListFiles,
    FileContents,
    Backup(BackupCall<'a>),
    Schedule(ScheduleCall<'a>),
}

impl ServerCall<'_> {
    /// Needed whatever the request says; power asks by its signal.
    pub(crate) fn permission(self) -> Option<&'static str> {
        Some(match self {
            Self::View | Self::Resources | Self::Power => return None,
            Self::Command => "control.console",
            Self::Websocket => "websocket.connect",
            Self::Activity => "activity.read",
            Self::Allocations => "allocation.read",
            Self::Startup => "startup.read",
            Self::SetVariable => "startup.update",
            Self::Rename => "settings.rename",
            Self::ListFiles => "file.read",
            Self::FileContents => "file.read-content",
            Self::Backup(call) => call.permission(),
            Self::Schedule(call) => call.permission(),
        })
    }

    pub(crate) fn throttled(self) -> Option<Action> {
        match self {
            Self::Websocket => Some(Action::Token),
            Self::Backup(call) => call.throttled(),
            Self::Schedule(call) => call.throttled(),
            Self::View
            | Self::Resources
            | Self::Power
            | Self::Command
            | Self::Activity
            | Self::Allocations
            | Self::Startup
            | Self::SetVariable
            | Self::Rename
            | Self::ListFiles
            | Self::FileContents => None,
        }
    }
}

/// What a path offers: methods and where they lead.
type Offers<'a> = Vec<(&'static str, Route<'a>)>;

impl<'a> Route<'a> {
    /// Where a request leads: 404 for an unknown path, 405 for a wrong method; a preflight leads nowhere.
    pub(crate) fn find(ask: &'a Ask) -> Result<Option<Self>, Refusal> {
        let path = ask.path.strip_prefix('/').unwrap_or(&ask.path);
        let path = path.strip_suffix('/').unwrap_or(path);
        let parts: Vec<&str> = path.split('/').collect();
        let shown = ask.path.trim_matches('/');
        let offers = offers(&parts);
        if offers.is_empty() {
            return Err(Refusal::unknown_route(shown));
        }
        let method = match ask.method {
            Method::OPTIONS => return Ok(None),
            Method::HEAD => "GET",
            ref other => other.as_str(),
        };
        let found = offers.iter().find(|(offered, _)| *offered == method);
        if let Some((_, route)) = found {
            return Ok(Some(*route));
        }
        let methods = offers.iter().map(|(offered, _)| match *offered {
            "GET" => "GET, HEAD",
            other => other,
        });
        let allowed = methods.collect::<Vec<_>>().join(", ");
        Err(Refusal::method(ask.method.as_str(), shown, allowed))
    }
}

fn offers<'a>(parts: &[&'a str]) -> Offers<'a> {
    let get = |route| vec![("GET", route)];
    match *parts {
        ["api", "client"] => get(Route::Account(AccountCall::List)),
        ["api", "client", "permissions"] => get(Route::Account(AccountCall::Permissions)),
        ["api", "client", "account", ref rest @ ..] => account(rest),
        ["api", "client", "servers", id, ref rest @ ..] => {
            let calls = calls(rest).into_iter();
            calls
                .map(|(method, call)| (method, Route::Server(id, call)))
                .collect()
        }
        ["api", "application", "servers" | "nodes" | "users"] => get(Route::Application),
        ["auth", "login"] | ["login"] => get(Route::Shell),
        ["", "api" | "auth" | "admin" | "daemon", ..]
        | ["api" | "auth" | "admin" | "daemon", ..] => Vec::new(),
        _ => get(Route::Shell),
    }
}

fn account<'a>(rest: &[&'a str]) -> Offers<'a> {
    let of = |method, call| (method, Route::Account(call));
    match *rest {
        [] => vec![of("GET", AccountCall::Account)],
        ["activity"] => vec![of("GET", AccountCall::Activity)],
        ["api-keys"] => vec![
            of("GET", AccountCall::Keys),
            of("POST", AccountCall::NewKey),
        ],
        ["api-keys", key] => vec![of("DELETE", AccountCall::DeleteKey(key))],
        _ => Vec::new(),
    }
}

fn calls<'a>(rest: &[&'a str]) -> Vec<(&'static str, ServerCall<'a>)> {
    match *rest {
        [] => vec![("GET", ServerCall::View)],
        ["resources"] => vec![("GET", ServerCall::Resources)],
        ["power"] => vec![("POST", ServerCall::Power)],
        ["command"] => vec![("POST", ServerCall::Command)],
        ["websocket"] => vec![("GET", ServerCall::Websocket)],
        ["activity"] => vec![("GET", ServerCall::Activity)],
        ["network", "allocations"] => vec![("GET", ServerCall::Allocations)],
        ["startup"] => vec![("GET", ServerCall::Startup)],
        ["startup", "variable"] => vec![("PUT", ServerCall::SetVariable)],
        ["settings", "rename"] => vec![("POST", ServerCall::Rename)],
        ["files", "list"] => vec![("GET", ServerCall::ListFiles)],
        ["files", "contents"] => vec![("GET", ServerCall::FileContents)],
        ["backups", ref rest @ ..] => backups(rest),
        ["schedules", ref rest @ ..] => schedules(rest),
        _ => Vec::new(),
    }
}

fn backups<'a>(rest: &[&'a str]) -> Vec<(&'static str, ServerCall<'a>)> {
    let of = |method, call| (method, ServerCall::Backup(call));
    match *rest {
        [] => vec![of("GET", BackupCall::List), of("POST", BackupCall::Create)],
        [uuid] => vec![
            of("GET", BackupCall::View(uuid)),
            of("DELETE", BackupCall::Delete(uuid)),
        ],
        [uuid, "download"] => vec![of("GET", BackupCall::Download(uuid))],
        [uuid, "restore"] => vec![of("POST", BackupCall::Restore(uuid))],
        _ => Vec::new(),
    }
}

fn schedules<'a>(rest: &[&'a str]) -> Vec<(&'static str, ServerCall<'a>)> {
    let of = |method, call| (method, ServerCall::Schedule(call));
    match *rest {
        [] => vec![
            of("GET", ScheduleCall::List),
            of("POST", ScheduleCall::Create),
        ],
        [id] => vec![
            of("GET", ScheduleCall::View(id)),
            of("DELETE", ScheduleCall::Delete(id)),
        ],
        [id, "execute"] => vec![of("POST", ScheduleCall::Execute(id))],
        [id, "tasks"] => vec![of("POST", ScheduleCall::AddTask(id))],
        _ => Vec::new(),
    }
}
