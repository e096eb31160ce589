//! What a request is about, as far as faults and counters tell calls apart. Never looks into the world.

use crate::ask::Ask;
use crate::routes::{AccountCall, Route, ServerCall};

/// A kind of request. Faults can be put on one kind only, and requests are counted by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Call {
    /// `GET /api/client`: the server list.
    List,
    /// `GET /api/client/account`, and everything below it.
    Account,
    /// `GET /api/client/permissions`.
    Permissions,
    /// `GET /api/client/servers/{id}`.
    View,
    /// `GET …/resources`.
    Resources,
    /// `POST …/power`.
    Power,
    /// `POST …/command`.
    Command,
    /// `GET …/websocket`: token and address of the node's websocket, not the websocket itself.
    Websocket,
    /// `GET …/activity`.
    Activity,
    /// `…/backups` and everything below it.
    Backups,
    /// `…/schedules` and everything below it.
    Schedules,
    /// `…/startup` and everything below it.
    Startup,
    /// `GET …/network/allocations`.
    Allocations,
    /// Everything else, unknown paths too.
    Other,
}

impl Call {
    /// All of them, in the order of the help text.
    pub const ALL: [Self; 14] = [
        Self::List,
        Self::Account,
        Self::Permissions,
        Self::View,
        Self::Resources,
        Self::Power,
        Self::Command,
        Self::Websocket,
        Self::Activity,
        Self::Backups,
        Self::Schedules,
        Self::Startup,
        Self::Allocations,
        Self::Other,
    ];

    /// The word for it in orders.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Account => "account",
            Self::Permissions => "permissions",
            Self::View => "view",
            Self::Resources => "resources",
            Self::Power => "power",
            Self::Command => "command",
            Self::Websocket => "websocket",
            Self::Activity => "activity",
            Self::Backups => "backups",
            Self::Schedules => "schedules",
            Self::Startup => "startup",
            Self::Allocations => "allocations",
            Self::Other => "other",
        }
    }

    /// Reads the word of an order.
    pub(crate) fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|call| call.as_str() == word)
    }

    /// What a request is, and the server's id as it stands in its path.
    pub(crate) fn of(ask: &Ask) -> (Self, Option<&str>) {
        match Route::find(ask) {
            Ok(Some(Route::Account(call))) => (Self::of_account(call), None),
            Ok(Some(Route::Server(id, call))) => (Self::of_server(call), Some(id)),
            Ok(Some(Route::Application | Route::Shell) | None) | Err(_) => (Self::Other, None),
        }
    }

    fn of_account(call: AccountCall<'_>) -> Self {
        match call {
            AccountCall::List => Self::List,
            AccountCall::Permissions => Self::Permissions,
            AccountCall::Account
            | AccountCall::Activity
            | AccountCall::Keys
            | AccountCall::NewKey
            | AccountCall::DeleteKey(_) => Self::Account,
        }
    }

    pub(crate) fn of_server(call: ServerCall<'_>) -> Self {
        match call {
            ServerCall::View => Self::View,
            ServerCall::Resources => Self::Resources,
            ServerCall::Power => Self::Power,
            ServerCall::Command => Self::Command,
            ServerCall::Websocket => Self::Websocket,
            ServerCall::Activity => Self::Activity,
            ServerCall::Backup(_) => Self::Backups,
            ServerCall::Schedule(_) => Self::Schedules,
            ServerCall::Startup | ServerCall::SetVariable => Self::Startup,
            ServerCall::Allocations => Self::Allocations,
            ServerCall::Rename | ServerCall::ListFiles | ServerCall::FileContents => Self::Other,
        }
    }
}
