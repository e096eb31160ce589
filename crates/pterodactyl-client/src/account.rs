//! Who a key belongs to. It must never be the only proof that a key works: a restricted key may lack this one call.

use serde::Deserialize;

use crate::text::{NAME, clean};

/// The user behind the key (`GET /api/client/account`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The login name.
    pub username: String,
    /// The mail address.
    pub email: String,
    /// May see and control every server of the panel.
    pub admin: bool,
}

/// `attributes` of a `user`; Pelican adds `root_admin` and leaves out the id and the real names.
#[derive(Deserialize)]
pub(crate) struct RawAccount {
    username: Option<String>,
    email: Option<String>,
    admin: Option<bool>,
    root_admin: Option<bool>,
}

impl From<RawAccount> for Account {
    fn from(raw: RawAccount) -> Self {
        Self {
            username: clean(&raw.username.unwrap_or_default(), NAME),
            email: clean(&raw.email.unwrap_or_default(), NAME),
            admin: raw.admin.unwrap_or_default() || raw.root_admin.unwrap_or_default(),
        }
    }
}
