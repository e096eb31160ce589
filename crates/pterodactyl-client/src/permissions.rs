//! What a key may do with one server. It must never grant an `admin.` permission through the wildcard.

use std::collections::BTreeSet;

/// The permission strings of one server, as its view lists them (`control.start`, `websocket.connect`, ...).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Permissions(BTreeSet<String>);

impl Permissions {
    /// What an owner has: everything but `admin.*`.
    #[must_use]
    pub fn all() -> Self {
        Self::from_iter(["*"])
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
    fn a_subuser_has_exactly_what_is_listed() {
        let subuser = Permissions::from_iter(["control.start"]);
        assert!(subuser.may("control.start"));
        assert!(!subuser.may("control.stop"));
        assert!(!Permissions::default().may("control.start"));
    }
}
