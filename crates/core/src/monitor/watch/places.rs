//! Who takes the few requests that one panel gets at a time: a node that swallows what it is asked must not take them all.
//!
//! Chooses nobody and sends nothing.

use super::Next;

/// Requests to one panel at a time (design, section 3).
pub(super) const IN_FLIGHT: usize = 4;
/// Of these, requests that one node has to answer, where the panel has others.
const A_NODE: usize = 3;
/// Of these, tokens, where the panel has others: its polled servers stay in sight too.
const TOKENS_OF_A_NODE: usize = 2;
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
        self.node_of(A_NODE, |_| true)
    }

    /// The node of which no more tokens may be asked for while there are others; at most one can be.
    pub(super) fn crowded_for_tokens(&self) -> Option<&str> {
        let full = self.node_of(TOKENS_OF_A_NODE, |what| matches!(what, Next::Token(_)));
        full.or_else(|| self.crowded())
    }

    /// The node that has so many requests of a kind to answer.
    fn node_of(&self, many: usize, kind: impl Fn(&Next) -> bool) -> Option<&str> {
        let of_kind = || self.0.iter().filter(|(what, _)| kind(what));
        let nodes = || of_kind().filter_map(|(_, node)| node.as_deref());
        nodes().find(|node| nodes().filter(|other| other == node).count() >= many)
    }
}
