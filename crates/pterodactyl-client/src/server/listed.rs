//! A server of the list, with what was asked for besides. It must never tell an empty list from one that may not be seen by
//! guessing.

use serde::Deserialize;

use super::{RawServer, Server};
use crate::permissions::Permissions;
use crate::text::{NAME, clean};

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

#[derive(Deserialize)]
pub(super) struct RawEgg {
    uuid: Option<String>,
    name: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct RawSubuser {
    uuid: Option<String>,
    username: Option<String>,
    email: Option<String>,
    permissions: Option<Vec<String>>,
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
