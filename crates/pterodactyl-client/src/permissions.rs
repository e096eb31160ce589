//! What a key may do with one server. It must never grant an `admin.` permission through the wildcard.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::text::{DESCRIPTION, NAME, clean};

/// The permission strings of one server, as its view lists them (`control.start`, `websocket.connect`, ...).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Permissions(BTreeSet<String>);

impl Permissions {
    /// What an owner has: everything but `admin.*`.
    #[must_use]
    pub fn all() -> Self {
        Self::from_iter(["*"])
    }

    /// What is listed, in order of the alphabet.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// True when `permission` is listed, or `*` is and `permission` is no `admin.` one.
    #[must_use]
    pub fn may(&self, permission: &str) -> bool {
        self.0.contains(permission) || (self.0.contains("*") && !permission.starts_with("admin."))
    }
}

impl<S: Into<String>> FromIterator<S> for Permissions {
    fn from_iter<I: IntoIterator<Item = S>>(permissions: I) -> Self {
        Self(permissions.into_iter().map(Into::into).collect())
    }
}

/// A permission the panel knows (`GET /api/client/permissions`), for showing what permissions mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPermission {
    /// As it stands in [`Permissions`]: `control.start`.
    pub name: String,
    /// What it allows, in the panel's words; empty on Pelican, which only names them.
    pub description: String,
}

/// `attributes` of the `system_permissions`.
#[derive(Deserialize)]
pub(crate) struct RawPermissions {
    permissions: RawKnown,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawKnown {
    /// Pelican.
    Names(Vec<String>),
    /// Pterodactyl: by group.
    Groups(BTreeMap<String, RawGroup>),
}

#[derive(Deserialize)]
struct RawGroup {
    #[serde(default)]
    keys: BTreeMap<String, Option<String>>,
}

impl RawPermissions {
    pub(crate) fn read(self) -> Vec<KnownPermission> {
        match self.permissions {
            RawKnown::Names(names) => names.iter().map(|name| known(name, "")).collect(),
            RawKnown::Groups(groups) => groups
                .iter()
                .flat_map(|(group, RawGroup { keys })| {
                    keys.iter().map(move |(key, text)| {
                        known(
                            &format!("{group}.{key}"),
                            text.as_deref().unwrap_or_default(),
                        )
                    })
                })
                .collect(),
        }
    }
}

fn known(name: &str, description: &str) -> KnownPermission {
    KnownPermission {
        name: clean(name, NAME),
        description: clean(description, DESCRIPTION),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wildcard_grants_everything_but_the_admins_own() {
        let owner = Permissions::all();
        assert!(owner.may("control.start"));
        assert!(!owner.may("admin.websocket.errors"));
        let admin = Permissions::from_iter(["*", "admin.websocket.errors"]);
        assert!(admin.may("admin.websocket.errors"));
        assert!(!admin.may("admin.websocket.install"));
    }

    #[test]
    fn both_forms_of_the_known_permissions_are_read() {
        let read = |json: &str| {
            let raw: RawPermissions = serde_json::from_str(json).unwrap();
            let words = raw
                .read()
                .into_iter()
                .map(|p| format!("{}={}", p.name, p.description));
            words.collect::<Vec<_>>()
        };
        assert_eq!(
            read(
                r#"{"permissions":{"control":{"description":"x","keys":{"start":"Start it.","stop":null}},"odd":{}}}"#
            ),
            ["control.start=Start it.", "control.stop="]
        );
        assert_eq!(
            read(r#"{"permissions":["control.start","backup.read"]}"#),
            ["control.start=", "backup.read="]
        );
    }

    #[test]
    fn a_subuser_has_exactly_what_is_listed() {
        let subuser = Permissions::from_iter(["control.start"]);
        assert!(subuser.may("control.start"));
        assert!(!subuser.may("control.stop"));
        assert!(!Permissions::default().may("control.start"));
    }
}
