//! Users, their keys, and from where a key may be used. Never decides what a user may do.

use std::net::IpAddr;

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
