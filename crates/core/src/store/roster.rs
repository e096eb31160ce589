//! Who gets a live socket: the servers worth most, as few as are needed, each keeping its place.
//!
//! Opens nothing: places go into the plan.

use super::{
    errand::CONNECT,
    panel::Panel,
    server::{Server, Socket},
};
use crate::{id::ServerId, settings::LiveUpdates};
use std::collections::{BTreeMap, BTreeSet};

/// Live sockets of one panel in automatic mode (design, section 3).
const MOST: usize = 25;

impl Panel {
    /// The places of those that get a socket, most wanted first. Whoever qualifies keeps the
    /// place it has, so that plans do not change with every reading.
    /// Those whose consoles are being read come before all others, in every mode.
    pub(super) fn places<'a>(
        &self,
        mode: LiveUpdates,
        pinned: &'a [ServerId],
        read: &'a BTreeMap<ServerId, u32>,
    ) -> BTreeMap<String, u16> {
        let here = |id: &&ServerId| {
            let known = self.servers.get(&id.uuid);
            id.panel == self.settings.id && known.is_some_and(|server| self.may_have_socket(server))
        };
        let mut first: Vec<&str> = read
            .keys()
            .filter(here)
            .map(|id| id.uuid.as_str())
            .collect();
        let most = match mode {
            LiveUpdates::Off => first.len(),
            LiveUpdates::Automatic => MOST.max(first.len()),
            LiveUpdates::All => usize::from(u16::MAX),
        };
        for id in pinned.iter().filter(here) {
            if !first.contains(&id.uuid.as_str()) && first.len() < most {
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
        let open = matches!(server.socket, Socket::Open { .. });
        server.may(CONNECT)
            && server.block().is_none()
            && (open || !self.is_silent(&server.listed.node))
    }
}

/// How much a server that is not pinned is worth a socket; smaller is more.
fn wanted(server: &Server, mode: LiveUpdates) -> Option<u8> {
    let face = server.face.as_ref();
    match (server.is_up(), server.place.is_some()) {
        (true, true) => Some(0),
        // Why it went down, and whether it is restarted, comes over the socket in a moment.
        (false, true) if face.is_some_and(|face| face.wants_socket) => Some(0),
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
