//! Users, their keys, and from where a key may be used. Never decides what a user may do.

use std::net::IpAddr;

use crate::ids;
use crate::refusal::Refusal;
use crate::world::World;

/// Somebody with an account.
#[derive(Clone, Debug)]
pub struct User {
    pub(crate) id: u32,
    pub(crate) uuid: String,
    pub name: String,
    pub admin: bool,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub two_factor: bool,
}

#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) secret: String,
    pub(crate) user: u32,
    pub(crate) application: bool,
    /// Addresses and CIDR ranges; empty is everywhere.
    pub(crate) allowed_ips: Vec<String>,
    pub(crate) description: String,
    /// Nobody knows it for now.
    pub(crate) revoked: bool,
}

impl Key {
    /// The first 16 characters, which are no secret.
    pub(crate) fn identifier(&self) -> &str {
        &self.secret[..16]
    }

    pub(crate) fn allows(&self, peer: IpAddr) -> bool {
        self.allowed_ips.is_empty() || self.allowed_ips.iter().any(|range| within(range, peer))
    }
}

impl World {
    /// Adds a user with one client key, and returns that key.
    pub fn add_user(&mut self, name: &str, admin: bool) -> String {
        let id = u32::try_from(self.users.len()).unwrap_or(u32::MAX - 1) + 1;
        let mut first_name = name.to_owned();
        if let Some(letter) = first_name.get_mut(..1) {
            letter.make_ascii_uppercase();
        }
        self.users.push(User {
            id,
            uuid: ids::uuid(&format!("user {name}")),
            name: name.to_owned(),
            admin,
            email: format!("{name}@example.com"),
            first_name,
            last_name: "Player".to_owned(),
            two_factor: false,
        });
        self.add_key(name, &[])
    }

    /// One more client key of a user, usable from these addresses and ranges (from anywhere when empty).
    ///
    /// # Panics
    /// When there is no such user.
    pub fn add_key(&mut self, user: &str, allowed_ips: &[&str]) -> String {
        self.new_key(user, false, allowed_ips)
    }

    /// An application key (`ptla_…`) of a user: good for 403 here.
    ///
    /// # Panics
    /// When there is no such user.
    pub fn application_key(&mut self, user: &str) -> String {
        self.new_key(user, true, &[])
    }

    fn new_key(&mut self, user: &str, application: bool, allowed_ips: &[&str]) -> String {
        let prefix = match (application, self.rules.flavour.is_pelican()) {
            (false, false) => "ptlc_",
            (true, false) => "ptla_",
            (false, true) => "pacc_",
            (true, true) => "papp_",
        };
        let secret = ids::key(prefix, &format!("{user} {}", self.keys.len()));
        let user = self.user(user).id;
        self.keys.push(Key {
            secret: secret.clone(),
            user,
            application,
            allowed_ips: allowed_ips.iter().map(|&ip| ip.to_owned()).collect(),
            description: "made by the fake panel".to_owned(),
            revoked: false,
        });
        secret
    }

    /// Takes a key back: from now on it is unknown (401).
    pub fn remove_key(&mut self, key: &str) {
        self.keys.retain(|known| known.secret != key);
    }

    /// Makes all keys of a user good, revoked, denied (to every address but one far away) or application keys.
    pub(crate) fn turn_keys(&mut self, user: &str, into: &str) -> Option<()> {
        let user = self.users.iter().find(|one| one.name == user)?.id;
        if !["good", "revoked", "denied", "application"].contains(&into) {
            return None;
        }
        for key in self.keys.iter_mut().filter(|key| key.user == user) {
            key.revoked = into == "revoked";
            key.application = into == "application";
            key.allowed_ips.clear();
            if into == "denied" {
                key.allowed_ips.push("192.0.2.1".to_owned());
            }
        }
        Some(())
    }

    pub(crate) fn delete_key(&mut self, user: &User, identifier: &str) -> Result<(), Refusal> {
        let before = self.keys.len();
        let is_it = |key: &Key| key.user == user.id && key.identifier() == identifier;
        self.keys.retain(|key| !is_it(key));
        let found = self.keys.len() < before;
        found.then_some(()).ok_or_else(Refusal::unknown_server)
    }

    /// A user by name.
    ///
    /// # Panics
    /// When there is no such user.
    pub fn user(&mut self, name: &str) -> &mut User {
        let found = self.users.iter_mut().find(|user| user.name == name);
        found.unwrap_or_else(|| panic!("no user {name:?} in this world"))
    }

    pub(crate) fn key(&self, secret: &str) -> Option<&Key> {
        self.keys
            .iter()
            .find(|key| key.secret == secret && !key.revoked)
    }
}

/// Whether an address is in a range such as `10.0.0.0/8`, `::1` or `192.0.2.7`.
fn within(range: &str, peer: IpAddr) -> bool {
    let (net, length) = match range.split_once('/') {
        Some((net, length)) => (net, length.parse::<u32>().ok()),
        None => (range, Some(128)),
    };
    let Some(length) = length else { return false };
    match (net.parse(), peer) {
        (Ok(IpAddr::V4(net)), IpAddr::V4(peer)) => {
            let shift = 32_u32.saturating_sub(length);
            u64::from(net.to_bits()) >> shift == u64::from(peer.to_bits()) >> shift
        }
        (Ok(IpAddr::V6(net)), IpAddr::V6(peer)) => {
            let shift = 128_u32.saturating_sub(length);
            net.to_bits().checked_shr(shift) == peer.to_bits().checked_shr(shift)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_holds_its_addresses_and_no_others() {
        let ip = |text: &str| text.parse().unwrap();
        assert!(within("127.0.0.0/8", ip("127.9.9.9")));
        assert!(!within("127.0.0.0/8", ip("128.0.0.1")));
        assert!(within("10.9.8.7", ip("10.9.8.7")));
        assert!(!within("10.9.8.7", ip("10.9.8.8")));
        assert!(within("2001:db8::/32", ip("2001:db8::1")));
        assert!(within("0.0.0.0/0", ip("8.8.8.8")));
        assert!(!within("nonsense/x", ip("8.8.8.8")));
    }
}
