//! Where a server listens. It must never make up an address where none is named.

use serde::Deserialize;

use crate::number::{count, signed};
use crate::text::{DESCRIPTION, NAME, clean};

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
    pub(super) is_default: Option<bool>,
}

impl RawAllocation {
    pub(super) fn address(self) -> Option<Allocation> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_address_stands_in_brackets() {
        let allocation = Allocation {
            ip: "2001:db8::7".into(),
            alias: None,
            port: 7777,
        };
        assert_eq!(allocation.address(), "[2001:db8::7]:7777");
    }
}
