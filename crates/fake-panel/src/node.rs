//! A machine that runs servers, and how its daemon behaves. Never answers a request itself.

use crate::fault::NodeTrouble;
use crate::life::Moment;

/// Which daemon a node runs: they differ on the websocket (REFERENCE 7, 15.17 to 15.29, 16.14 to 16.26).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Manners {
    /// Go Wings up to 1.11: no limits, no scope, a suspended server's sockets stay open.
    Wings1_11,
    /// Go Wings 1.12: scope, token buckets, 30 open sockets, 4409, frames up to 4096 bytes.
    Wings1_12,
    /// Go Wings 1.13: the 30 count authenticated sockets only, others have 30 seconds.
    Wings1_13,
    /// The rewrite in Rust: needs `args`, drops whoever speaks before `auth`, checks no Origin.
    WingsRs,
}

impl Manners {
    /// Go Wings since 1.12.
    pub(crate) fn is_strict(self) -> bool {
        matches!(self, Self::Wings1_12 | Self::Wings1_13)
    }

    pub(crate) fn is_rs(self) -> bool {
        self == Self::WingsRs
    }
}

/// A machine that runs servers.
#[derive(Clone, Debug)]
pub struct Node {
    pub(crate) name: String,
    pub(crate) fqdn: String,
    pub(crate) maintenance: bool,
    pub(crate) trouble: Option<NodeTrouble>,
    /// `None`: as in `Rules`.
    pub(crate) manners: Option<Manners>,
    /// Origins it takes besides the panel's; `*` is any.
    pub(crate) origins: Vec<String>,
    /// Where the panel says its websockets are; `None` is where they are.
    pub(crate) address: Option<String>,
    /// Tokens issued before are refused.
    pub(crate) booted: Moment,
    /// Tokens are signed with it; it changes when somebody re-keys the node.
    pub(crate) secret: u32,
}

impl Node {
    pub(crate) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            fqdn: format!("{name}.example.com"),
            maintenance: false,
            trouble: None,
            manners: None,
            origins: Vec::new(),
            address: None,
            booted: Moment::ZERO,
            secret: 0,
        }
    }

    /// Puts the node into trouble, or out of it.
    pub fn down(&mut self, trouble: impl Into<Option<NodeTrouble>>) {
        self.trouble = trouble.into();
    }

    pub fn set_maintenance(&mut self, maintenance: bool) {
        self.maintenance = maintenance;
    }

    /// Which daemon this node runs, instead of `Rules::manners`.
    pub fn set_manners(&mut self, manners: Manners) {
        self.manners = Some(manners);
    }

    /// Where the panel sends people for its websockets: `http://` or `https://`, host and port, such as an address in
    /// another network or a port where nobody listens. `None` is the truth.
    pub fn set_address(&mut self, address: Option<&str>) {
        self.address = address.map(str::to_owned);
    }

    /// One more Origin that the node takes, `*` for any.
    pub fn allow_origin(&mut self, origin: &str) {
        self.origins.push(origin.to_owned());
    }

    /// Gives the node a new key that the panel does not know: every token has a wrong signature from now on.
    pub fn rekey(&mut self) {
        self.secret += 1;
    }
}
