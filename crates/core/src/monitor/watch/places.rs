//! Who takes the few requests that one panel gets at a time: a node that swallows what it is asked must not take them all.
//!
//! Chooses nobody and sends nothing.

use super::Next;

/// Requests to one panel at a time (design, section 3).
pub(super) const IN_FLIGHT: usize = 4;
/// Of these, requests that one node has to answer, where the panel has others.
const A_NODE: usize = 3;
/// Of these, requests that are neither a list nor a look: whatever else is swallowed, servers stay in sight.
const ASIDE: usize = 3;

/// The requests on their way, each with the node that has to answer it, where one has to.
#[derive(Debug, Default)]
pub(super) struct Places(Vec<(Next, Option<String>)>);

impl Places {
    pub(super) fn are_taken(&self) -> bool {
        self.0.len() >= IN_FLIGHT
    }

    /// One more that is neither a list nor a look may go out.
    pub(super) fn have_room_aside(&self) -> bool {
        let look = |what: &Next| matches!(what, Next::List | Next::Resources(_));
        self.0.iter().filter(|(what, _)| !look(what)).count() < ASIDE
    }

    /// A request goes out.
    pub(super) fn take(&mut self, what: Next, node: Option<String>) {
        self.0.push((what, node));
    }

    /// It came back.
    pub(super) fn free(&mut self, what: &Next) {
        if let Some(place) = self.0.iter().position(|(taken, _)| taken == what) {
            self.0.swap_remove(place);
        }
    }

    /// All of them broke down.
    pub(super) fn lost(&mut self) {
        self.0.clear();
    }

    /// The node that is asked as much as it may be while there are others; at most one can be.
    pub(super) fn crowded(&self) -> Option<&str> {
        let nodes = || self.0.iter().filter_map(|(_, node)| node.as_deref());
        nodes().find(|node| nodes().filter(|other| other == node).count() >= A_NODE)
    }
}
