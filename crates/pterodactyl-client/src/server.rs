//! A server as the list and its view describe it. It must never say whether it runs: neither of them knows.

use serde::Deserialize;

use crate::number::{count, signed};
use crate::permissions::Permissions;
use crate::text::{DESCRIPTION, NAME, clean};

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

/// A server of the list with what was asked for besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedServer {
    /// The server.
    pub server: Server,
    /// The egg it was made from, when it was asked for.
    pub egg: Option<Egg>,
    /// Who else may use it, when it was asked for and may be seen (`user.read`).
    pub subusers: Option<Vec<Subuser>>,
}

/// What a server was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Egg {
    /// What to know it by.
    pub uuid: String,
    /// Its name.
    pub name: String,
}

/// Somebody the owner lets use a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subuser {
    /// What to know the user by.
    pub uuid: String,
    /// The login name.
    pub username: String,
    /// The mail address.
    pub email: String,
    /// What the user may do.
    pub permissions: Permissions,
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

/// An address a server listens on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    /// The address on the node; may be private or 0.0.0.0.
    pub ip: String,
    /// The name to show instead, often the public host name.
    pub alias: Option<String>,
    /// The port.
    pub port: u16,
}

/// An address a server has, as its network page lists it (`GET /api/client/servers/{id}/network/allocations`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkAllocation {
    /// The panel's number for it.
    pub id: u64,
    /// The address.
    pub allocation: Allocation,
    /// What people noted about it.
    pub notes: String,
    /// The one players connect to.
    pub default: bool,
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

impl Allocation {
    /// What a player types: the alias or else the address (IPv6 in brackets), then `:` and the port.
    #[must_use]
    pub fn address(&self) -> String {
        let host = self.alias.as_deref().unwrap_or(&self.ip);
        if host.contains(':') && !host.starts_with('[') {
            format!("[{host}]:{}", self.port)
        } else {
            format!("{host}:{}", self.port)
        }
    }
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
    allocations: Option<RawAllocations>,
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

#[derive(Deserialize)]
struct RawEgg {
    uuid: Option<String>,
    name: Option<String>,
}

#[derive(Deserialize)]
struct RawSubuser {
    uuid: Option<String>,
    username: Option<String>,
    email: Option<String>,
    permissions: Option<Vec<String>>,
}

type RawAllocations = Entries<RawAllocation>;

/// `attributes` of an `allocation`.
#[derive(Deserialize)]
pub(crate) struct RawAllocation {
    #[serde(default, deserialize_with = "count")]
    id: u64,
    notes: Option<String>,
    ip: Option<String>,
    ip_alias: Option<String>,
    #[serde(default, deserialize_with = "signed")]
    port: i64,
    is_default: Option<bool>,
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

impl RawAllocation {
    fn address(self) -> Option<Allocation> {
        Some(Allocation {
            ip: clean(&self.ip?, NAME),
            alias: self
                .ip_alias
                .map(|alias| clean(&alias, NAME))
                .filter(|alias| !alias.is_empty()),
            port: u16::try_from(self.port).ok()?,
        })
    }
}

impl NetworkAllocation {
    /// The allocation, or nothing when it names no address.
    pub(crate) fn read(raw: RawAllocation) -> Option<Self> {
        Some(Self {
            id: raw.id,
            notes: clean(raw.notes.as_deref().unwrap_or_default(), DESCRIPTION),
            default: raw.is_default.unwrap_or_default(),
            allocation: raw.address()?,
        })
    }
}

impl ListedServer {
    /// The server, or nothing when its uuid cannot be one.
    pub(crate) fn read(mut raw: RawServer) -> Option<Self> {
        let (egg, subusers) = raw
            .relationships
            .as_mut()
            .map(|relationships| (relationships.egg.take(), relationships.subusers.take()))
            .unwrap_or_default();
        Some(Self {
            egg: egg.and_then(|entry| entry.attributes).map(Egg::from),
            subusers: subusers.and_then(|entries| entries.data).map(|data| {
                let users = data.into_iter().filter_map(|entry| entry.attributes);
                users.map(Subuser::from).collect()
            }),
            server: Server::read(raw)?,
        })
    }
}

impl From<RawEgg> for Egg {
    fn from(raw: RawEgg) -> Self {
        Self {
            uuid: clean(&raw.uuid.unwrap_or_default(), NAME),
            name: clean(&raw.name.unwrap_or_default(), NAME),
        }
    }
}

impl From<RawSubuser> for Subuser {
    fn from(raw: RawSubuser) -> Self {
        Self {
            uuid: clean(&raw.uuid.unwrap_or_default(), NAME),
            username: clean(&raw.username.unwrap_or_default(), NAME),
            email: clean(&raw.email.unwrap_or_default(), NAME),
            permissions: raw.permissions.unwrap_or_default().into_iter().collect(),
        }
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
    fn an_ipv6_address_stands_in_brackets() {
        let allocation = Allocation {
            ip: "2001:db8::7".into(),
            alias: None,
            port: 7777,
        };
        assert_eq!(allocation.address(), "[2001:db8::7]:7777");
    }

    #[test]
    fn names_are_cleaned_before_anybody_sees_them() {
        assert_eq!(
            read("{\"uuid\":\"a\",\"name\":\"\\u001b[31mA\\u0007\\nB\"}").name,
            "A B"
        );
    }
}
