//! Which question is asked. It must never know how it is sent; only what it is called, what it needs and what its answer
//! may teach.

use crate::error::Error;
use crate::power::PowerSignal;

/// A question to the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Call {
    /// `GET /api/client/account`
    Account,
    /// `GET /api/client/permissions`
    Permissions,
    /// `GET /api/client`
    Servers,
    /// `GET /api/client/servers/{id}`
    Server,
    /// `GET /api/client/servers/{id}/resources`
    Resources,
    /// `POST /api/client/servers/{id}/power`; the signal, unless it is none of the four.
    Power(Option<PowerSignal>),
    /// `POST /api/client/servers/{id}/command`
    Command,
    /// `GET /api/client/servers/{id}/websocket`
    Websocket,
    /// `GET /api/client/account/activity`
    AccountActivity,
    /// `GET /api/client/servers/{id}/activity`
    Activity,
    /// `GET /api/client/servers/{id}/backups`
    Backups,
    /// `POST /api/client/servers/{id}/backups`
    CreateBackup,
    /// `GET /api/client/servers/{id}/schedules`
    Schedules,
    /// `POST /api/client/servers/{id}/schedules/{schedule}/execute`
    RunSchedule,
    /// `GET /api/client/servers/{id}/network/allocations`
    Allocations,
    /// `GET /api/client/servers/{id}/startup`
    Startup,
    /// A question this client never asks. Only recordings have it.
    Other,
}

impl Call {
    /// The permission it needs on the server; `None` when access to the server is enough or there is no server.
    /// (Source: the panel's request classes, one for each call.)
    #[must_use]
    pub const fn permission(self) -> Option<&'static str> {
        match self {
            Self::Power(Some(signal)) => Some(signal.permission()),
            Self::Command => Some("control.console"),
            Self::Websocket => Some("websocket.connect"),
            Self::Activity => Some("activity.read"),
            Self::Backups => Some("backup.read"),
            Self::CreateBackup => Some("backup.create"),
            Self::Schedules => Some("schedule.read"),
            Self::RunSchedule => Some("schedule.update"),
            Self::Allocations => Some("allocation.read"),
            Self::Startup => Some("startup.read"),
            Self::Account
            | Self::Permissions
            | Self::Servers
            | Self::Server
            | Self::Resources
            | Self::Power(None)
            | Self::AccountActivity
            | Self::Other => None,
        }
    }

    /// What the answer is called when it cannot be understood.
    #[must_use]
    pub const fn what(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Permissions => "list of permissions",
            Self::Servers => "server list",
            Self::Server => "server",
            Self::Resources => "resources",
            Self::Power(_) => "answer to a power signal",
            Self::Command => "answer to a command",
            Self::Websocket => "websocket credentials",
            Self::AccountActivity | Self::Activity => "activity log",
            Self::Backups => "list of backups",
            Self::CreateBackup => "new backup",
            Self::Schedules => "list of schedules",
            Self::RunSchedule => "answer to running a schedule",
            Self::Allocations => "list of allocations",
            Self::Startup => "startup variables",
            Self::Other => "answer",
        }
    }

    /// A short, stable word for it, for logs and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Permissions => "permissions",
            Self::Servers => "servers",
            Self::Server => "server",
            Self::Resources => "resources",
            Self::Power(_) => "power",
            Self::Command => "command",
            Self::Websocket => "websocket",
            Self::AccountActivity => "account_activity",
            Self::Activity => "activity",
            Self::Backups => "backups",
            Self::CreateBackup => "create_backup",
            Self::Schedules => "schedules",
            Self::RunSchedule => "run_schedule",
            Self::Allocations => "allocations",
            Self::Startup => "startup",
            Self::Other => "other",
        }
    }

    /// True when it names one server.
    #[must_use]
    pub const fn is_about_a_server(self) -> bool {
        !self.is_everywhere()
    }

    /// True when answering it takes the node that runs the server.
    pub(crate) const fn asks_the_node(self) -> bool {
        matches!(
            self,
            Self::Resources | Self::Power(_) | Self::Command | Self::CreateBackup
        )
    }

    /// True when it is about something every panel has, so that 404 means a wrong address.
    pub(crate) const fn is_everywhere(self) -> bool {
        matches!(
            self,
            Self::Account | Self::Permissions | Self::Servers | Self::AccountActivity | Self::Other
        )
    }

    /// True when its answers may carry the headers of a limit of its own instead of the panel's general one.
    pub(crate) const fn has_its_own_limit(self) -> bool {
        matches!(self, Self::Websocket | Self::CreateBackup | Self::Other)
    }

    pub(crate) const fn unreadable(self) -> Error {
        Error::Unreadable { what: self.what() }
    }
}
