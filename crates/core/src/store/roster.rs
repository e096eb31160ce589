//! Who gets a live socket: the servers worth most, as few as are needed, each keeping its place.
//!
//! Opens nothing: places go into the plan.

use super::{
    panel::Panel,
    server::{Server, Socket},
};
use crate::{id::ServerId, settings::LiveUpdates};
use std::collections::{BTreeMap, BTreeSet};

/// Live sockets of one panel in automatic mode (design, section 3).
const MOST: usize = 25;
/// What a user needs to be let in (API reference, 1.7).
const CONNECT: &str = "websocket.connect";

impl Panel {
    /// The places of those that get a socket, most wanted first. Whoever qualifies keeps the
    /// place it has, so that plans do not change with every reading.
    pub(super) fn places(&self, mode: LiveUpdates, pinned: &[ServerId]) -> BTreeMap<String, u16> {
        let most = match mode {
            LiveUpdates::Off => 0,
            LiveUpdates::Automatic => MOST,
            LiveUpdates::All => usize::from(u16::MAX),
        };
        let here = pinned.iter().filter(|id| id.panel == self.settings.id);
        let mut first: Vec<&str> = Vec::new();
        for id in here {
            let known = self.servers.get(&id.uuid);
            if known.is_some_and(|server| self.may_have_socket(server)) && first.len() < most {
                first.push(&id.uuid);
            }
        }
        let mut rest: Vec<(u8, &str, &Server)> = self
            .servers
            .iter()
            .filter(|(uuid, server)| {
                !first.contains(&uuid.as_str()) && self.may_have_socket(server)
            })
            .filter_map(|(uuid, server)| Some((wanted(server, mode)?, uuid.as_str(), server)))
            .collect();
        // The sort is stable: among equals the order of the uuids stays.
        rest.sort_by_key(|(wanted, ..)| *wanted);
        rest.truncate(most.saturating_sub(first.len()));
        number(&first, &rest, most)
    }

    /// Permitted, or not known to be forbidden; usable; and on a node that answers.
    fn may_have_socket(&self, server: &Server) -> bool {
        let permitted = server
            .permissions
            .as_ref()
            .is_none_or(|all| all.may(CONNECT));
        let open = matches!(server.socket, Socket::Open { .. });
        permitted && server.block().is_none() && (open || !self.is_silent(&server.listed.node))
    }
}

/// How much a server that is not pinned is worth a socket; smaller is more.
fn wanted(server: &Server, mode: LiveUpdates) -> Option<u8> {
    match (server.is_up(), server.place.is_some()) {
        (true, true) => Some(0),
        (true, false) => Some(1),
        (false, true) => Some(2),
        (false, false) => (mode == LiveUpdates::All).then_some(3),
    }
}

/// The pinned ones come first, in their order; the others keep their places or take free ones.
fn number(first: &[&str], rest: &[(u8, &str, &Server)], most: usize) -> BTreeMap<String, u16> {
    let mut places: BTreeMap<String, u16> = BTreeMap::new();
    let mut taken: BTreeSet<u16> = BTreeSet::new();
    for (place, uuid) in (0..).zip(first) {
        taken.insert(place);
        places.insert((*uuid).to_owned(), place);
    }
    let mut new = Vec::new();
    for (_, uuid, server) in rest {
        match server.place {
            Some(place) if usize::from(place) < most && taken.insert(place) => {
                places.insert((*uuid).to_owned(), place);
            }
            Some(_) | None => new.push(*uuid),
        }
    }
    let mut free = (0..u16::MAX).filter(|place| !taken.contains(place));
    for uuid in new {
        if let Some(place) = free.next() {
            places.insert(uuid.to_owned(), place);
        }
    }
    places
}
