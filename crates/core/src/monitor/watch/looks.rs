//! Which server is looked at next: every one in its place within the period, none held up by others.
//!
//! Sends nothing and reads no clock.

use super::{
    Came,
    look::{Look, Probe},
};
use crate::effect::Plan;
use std::{collections::BTreeMap, time::Duration};

/// Servers that failed before are not asked while so many of them, and of those that take long, are on their way: what
/// swallows requests must not hold up all the others.
const FAILING_IN_FLIGHT: usize = 2;

/// The timing of all servers of one panel.
#[derive(Debug, Default)]
pub(super) struct Looks {
    all: BTreeMap<String, Look>,
    /// Nodes that do not answer.
    silent: BTreeMap<String, Probe>,
}

impl Looks {
    /// The node that a server is on.
    pub(super) fn node_of(&self, uuid: &str) -> Option<String> {
        self.all.get(uuid).map(|look| look.node.clone())
    }

    /// Servers that are polled: those without a live socket.
    pub(super) fn polled(&self) -> usize {
        self.all.values().filter(|look| !look.covered).count()
    }

    /// Servers that have no place in the period yet.
    pub(super) fn fresh(&self) -> usize {
        let fresh = |look: &&Look| !look.placed && !look.covered;
        self.all.values().filter(fresh).count()
    }

    /// Takes in what is to be watched. New servers are due at once, and so are those of a node
    /// that answers again.
    pub(super) fn adopt(&mut self, plan: &Plan, now: Duration) {
        let silent = &mut self.silent;
        self.all.retain(|uuid, look| {
            let stays = plan.servers.contains_key(uuid);
            // Its answer is nobody's any more, but its node was tried.
            if !stays
                && look.asked.is_some()
                && let Some(probe) = silent.get_mut(&look.node)
            {
                probe.done(now);
            }
            stays
        });
        for (uuid, watched) in &plan.servers {
            let look = self.all.entry(uuid.clone());
            let look = look.or_insert_with(|| Look::new(now, watched.node.clone()));
            look.node.clone_from(&watched.node);
        }
        let answers = |node: &&String| !plan.silent_nodes.contains(*node);
        let back: Vec<String> = self.silent.keys().filter(answers).cloned().collect();
        for node in back {
            self.silent.remove(&node);
            for look in self.all.values_mut().filter(|look| look.node == node) {
                look.failures = 0;
                look.due = look.due.min(now);
            }
        }
        for node in &plan.silent_nodes {
            let probe = self.silent.entry(node.clone());
            probe.or_insert_with(|| Probe::new(now));
        }
    }

    /// Brings every server's next look into the period from now on, evenly.
    pub(super) fn spread(&mut self, now: Duration, period: Duration, first_round: bool) {
        let polled = u32::try_from(self.polled()).unwrap_or(u32::MAX).max(1);
        let step = period / polled;
        let looks = self.all.values_mut().filter(|look| !look.covered);
        for (place, look) in (0_u32..).zip(looks) {
            let slot = now + step.saturating_mul(place);
            look.due = if first_round && !look.placed {
                slot
            } else {
                look.due.min(slot)
            };
            look.placed = true;
        }
    }

    /// Everything is due now.
    pub(super) fn now(&mut self, now: Duration) {
        for look in self.all.values_mut() {
            look.due = look.due.min(now);
        }
        for probe in self.silent.values_mut() {
            probe.due = probe.due.min(now);
        }
    }

    /// The computer slept: everything is due now, what is on its way included.
    pub(super) fn woke(&mut self, now: Duration) {
        self.now(now);
        for look in self.all.values_mut() {
            look.woke();
        }
    }

    pub(super) fn get_mut(&mut self, uuid: &str) -> Option<&mut Look> {
        self.all.get_mut(uuid)
    }

    /// Requests broke down without an answer: everything may be asked anew.
    pub(super) fn lost(&mut self) {
        for look in self.all.values_mut() {
            look.asked = None;
        }
    }

    /// The server to look at now, or when there is one. Those of a `crowded` node wait.
    pub(super) fn next(
        &mut self,
        now: Duration,
        crowded: Option<&str>,
    ) -> Result<String, Option<Duration>> {
        let failing = |look: &&Look| look.fails(now);
        let spare = self.all.values().filter(failing).count() < FAILING_IN_FLIGHT;
        let silent = &self.silent;
        let busy = |node: &str| {
            let there = |look: &&Look| look.asked.is_some() && look.node == node;
            self.all.values().filter(there).count() > 0
        };
        let busy: Vec<&String> = silent.keys().filter(|node| busy(node)).collect();
        let due = |look: &Look| {
            if look.asked.is_some() || look.covered || crowded == Some(&look.node) {
                return None;
            }
            match silent.get(&look.node) {
                Some(_) if busy.contains(&&look.node) => None,
                Some(probe) => Some(probe.due),
                None if look.failures > 0 && !spare => None,
                None => Some(look.due),
            }
        };
        // Among a silent node's servers the one asked longest ago goes first.
        let candidates = self
            .all
            .iter()
            .filter_map(|(uuid, look)| due(look).map(|due| (due, look.due, uuid)));
        let Some((due, _, uuid)) = candidates.min() else {
            return Err(None);
        };
        if due > now {
            return Err(Some(due));
        }
        let uuid = uuid.clone();
        if let Some(look) = self.all.get_mut(&uuid) {
            look.asked = Some(now);
        }
        Ok(uuid)
    }

    /// A server's resources came back.
    pub(super) fn done(&mut self, now: Duration, uuid: &str, came: Came, period: Duration) {
        let count = u32::try_from(self.polled()).unwrap_or(u32::MAX).max(1);
        let place = self.all.keys().position(|known| known == uuid);
        let Some(look) = self.all.get_mut(uuid) else {
            return;
        };
        // The first round comes in one go; the second one spreads them over the period.
        let place = u32::try_from(place.unwrap_or_default()).unwrap_or(u32::MAX);
        let regular = if look.placed {
            period
        } else {
            (period / count).saturating_mul(place % count + 1)
        };
        look.done(now, came, regular, period);
        // A good answer may come from the panel's cache: whether the node is back is the store's to say.
        if let Some(probe) = self.silent.get_mut(&look.node) {
            probe.done(now);
        }
    }
}
