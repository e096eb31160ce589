//! A server as the list and its view describe it. It must never say whether it runs: neither of them knows.

use serde::Deserialize;

use crate::number::signed;
use crate::permissions::Permissions;
use crate::text::{DESCRIPTION, NAME, clean};

mod allocation;
mod listed;

pub(crate) use allocation::RawAllocation;
pub use allocation::{Allocation, NetworkAllocation};
pub use listed::{Egg, ListedServer, Subuser};
use listed::{RawEgg, RawSubuser};

/// One game server. Its power state is not here, see [`crate::Resources`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// What to know it by and what calls take: the one name that never changes.
    pub uuid: String,
    /// What the panel's own pages call it; its form changes when an administrator flips a switch.
    pub identifier: String,
    /// The name people gave it.
    pub name: String,
    /// The display name of its node; not guaranteed to be unique.
    pub node: String,
    /// The node is under maintenance, which blocks everything but the view.
    pub node_maintenance: bool,
    /// Free text; empty when there is none or the panel hides descriptions.
    pub description: String,
    /// What it may use.
    pub limits: Limits,
    /// What the panel says about its setting-up; independent of power.
    pub status: ServerStatus,
    /// Moving to another node.
    pub transferring: bool,
    /// The key's user owns it (others are there as subuser or administrator).
    pub owner: bool,
    /// Where players connect: the default allocation.
    pub allocation: Option<Allocation>,
}

/// What a server may use; 0 means unlimited (for swap: none, and -1 unlimited).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// Memory in MiB.
    pub memory_mib: i64,
    /// Swap in MiB; -1 is unlimited.
    pub swap_mib: i64,
    /// Disk in MiB.
    pub disk_mib: i64,
    /// Percent of one core: 100 is one core.
    pub cpu_percent: i64,
}

/// What the panel says about a server apart from its power.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum ServerStatus {
    /// Nothing special.
    #[default]
    Normal,
    /// Being installed or reinstalled.
    Installing,
    /// The installation failed.
    InstallFailed,
    /// A reinstallation failed; Pterodactyl still lets it run, Pelican does not.
    ReinstallFailed,
    /// Suspended by an administrator or by billing.
    Suspended,
    /// A backup is being restored.
    RestoringBackup,
    /// A word this client does not know, cleaned for showing. Best treated as busy.
    Unknown(String),
}

/// A server together with what the key may do with it (`GET /api/client/servers/{uuid}`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerView {
    /// The server.
    pub server: Server,
    /// The key's user owns it.
    pub owner: bool,
    /// What the key may do.
    pub permissions: Permissions,
}

impl ServerStatus {
    fn read(word: Option<&str>, suspended: bool) -> Self {
        match word {
            None | Some("") if suspended => Self::Suspended,
            None | Some("") => Self::Normal,
            Some("installing") => Self::Installing,
            Some("install_failed") => Self::InstallFailed,
            Some("reinstall_failed") => Self::ReinstallFailed,
            Some("suspended") => Self::Suspended,
            Some("restoring_backup") => Self::RestoringBackup,
            Some(other) => Self::Unknown(clean(other, NAME)),
        }
    }
}

/// `attributes` of a `server`.
#[derive(Deserialize)]
pub(crate) struct RawServer {
    uuid: String,
    identifier: Option<String>,
    name: Option<String>,
    node: Option<String>,
    is_node_under_maintenance: Option<bool>,
    description: Option<String>,
    limits: Option<RawLimits>,
    status: Option<String>,
    is_suspended: Option<bool>,
    is_transferring: Option<bool>,
    server_owner: Option<bool>,
    relationships: Option<RawRelationships>,
}

#[derive(Deserialize)]
struct RawLimits {
    #[serde(default, deserialize_with = "signed")]
    memory: i64,
    #[serde(default, deserialize_with = "signed")]
    swap: i64,
    #[serde(default, deserialize_with = "signed")]
    disk: i64,
    #[serde(default, deserialize_with = "signed")]
    cpu: i64,
}

#[derive(Deserialize)]
struct RawRelationships {
    allocations: Option<Entries<RawAllocation>>,
    egg: Option<Entry<RawEgg>>,
    subusers: Option<Entries<RawSubuser>>,
}

/// An object, or the `null_resource` of a key that may not see it.
#[derive(Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
struct Entry<T> {
    attributes: Option<T>,
}

/// A list, or the `null_resource`, which has no `data`.
#[derive(Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
struct Entries<T> {
    data: Option<Vec<Entry<T>>>,
}

/// `meta` of a `server`.
#[derive(Deserialize, Default)]
pub(crate) struct RawMeta {
    is_server_owner: Option<bool>,
    user_permissions: Option<Vec<String>>,
}

/// True when `text` can stand for a server in an address: a uuid, a short or a `serv_` identifier.
pub(crate) fn is_identifier(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    (1..=64).contains(&text.len()) && text.chars().all(fits)
}

impl Server {
    /// The server, or nothing when its uuid cannot be one: everything else hangs on it.
    pub(crate) fn read(raw: RawServer) -> Option<Self> {
        is_identifier(&raw.uuid).then(|| Self {
            identifier: raw
                .identifier
                .filter(|id| is_identifier(id))
                .unwrap_or_else(|| raw.uuid.clone()),
            uuid: raw.uuid,
            name: clean(&raw.name.unwrap_or_default(), NAME),
            node: clean(&raw.node.unwrap_or_default(), NAME),
            node_maintenance: raw.is_node_under_maintenance.unwrap_or_default(),
            description: clean(&raw.description.unwrap_or_default(), DESCRIPTION),
            limits: raw.limits.map(Limits::from).unwrap_or_default(),
            status: ServerStatus::read(raw.status.as_deref(), raw.is_suspended.unwrap_or_default()),
            transferring: raw.is_transferring.unwrap_or_default(),
            owner: raw.server_owner.unwrap_or_default(),
            allocation: raw
                .relationships
                .and_then(RawRelationships::default_allocation),
        })
    }
}

impl From<RawLimits> for Limits {
    fn from(raw: RawLimits) -> Self {
        Self {
            memory_mib: raw.memory,
            swap_mib: raw.swap,
            disk_mib: raw.disk,
            cpu_percent: raw.cpu,
        }
    }
}

impl RawRelationships {
    fn default_allocation(self) -> Option<Allocation> {
        let list = self.allocations?.data?;
        list.into_iter()
            .filter_map(|entry| entry.attributes)
            .find(|allocation| allocation.is_default == Some(true))?
            .address()
    }
}

impl ServerView {
    pub(crate) fn new(server: Server, meta: RawMeta) -> Self {
        let owner = meta.is_server_owner.unwrap_or(server.owner);
        Self {
            server,
            owner,
            permissions: meta
                .user_permissions
                .unwrap_or_default()
                .into_iter()
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Server {
        Server::read(serde_json::from_str(json).unwrap()).unwrap()
    }

    #[test]
    fn a_server_with_nothing_but_its_uuid_is_still_a_server() {
        let server = read(r#"{"uuid":"9fa9acaa-78a0-4015-b8ed-2573f0b89b6e"}"#);
        assert_eq!(server.identifier, server.uuid);
        assert_eq!(server.limits, Limits::default());
        assert_eq!(server.status, ServerStatus::Normal);
        assert_eq!(server.allocation, None);
    }

    #[test]
    fn null_everywhere_is_read_as_nothing() {
        let server = read(
            r#"{"uuid":"a","identifier":null,"name":null,"node":null,"description":null,"status":null,
                "limits":{"memory":null,"swap":null,"disk":null,"cpu":null},
                "relationships":{"allocations":{"object":"null_resource","attributes":null}}}"#,
        );
        assert_eq!(server.limits, Limits::default());
        assert_eq!(server.allocation, None);
        assert_eq!(
            read(r#"{"uuid":"a","limits":null,"relationships":null}"#).limits,
            Limits::default()
        );
    }

    #[test]
    fn status_words_known_and_unknown() {
        let status = |word: &str| read(&format!(r#"{{"uuid":"a","status":{word}}}"#)).status;
        assert_eq!(status("null"), ServerStatus::Normal);
        assert_eq!(status("\"install_failed\""), ServerStatus::InstallFailed);
        assert_eq!(
            status("\"hibernating\""),
            ServerStatus::Unknown("hibernating".into())
        );
        let old_flag = read(r#"{"uuid":"a","is_suspended":true}"#);
        assert_eq!(old_flag.status, ServerStatus::Suspended);
    }

    #[test]
    fn the_default_allocation_is_where_players_connect() {
        let server = read(
            r#"{"uuid":"a","relationships":{"allocations":{"object":"list","data":[
                {"object":"allocation","attributes":{"ip":"10.0.0.1","ip_alias":null,"port":1,"is_default":false}},
                {"object":"allocation","attributes":{"ip":"10.0.0.2","ip_alias":"play.example.com","port":25565,"is_default":true}}
            ]}}}"#,
        );
        assert_eq!(
            server.allocation.unwrap().address(),
            "play.example.com:25565"
        );
    }

    #[test]
    fn names_are_cleaned_before_anybody_sees_them() {
        assert_eq!(
            read("{\"uuid\":\"a\",\"name\":\"\\u001b[31mA\\u0007\\nB\"}").name,
            "A B"
        );
    }
}
