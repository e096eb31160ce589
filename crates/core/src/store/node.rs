//! One node of a panel: whether it answers, told from what its servers' looks gave.
//!
//! One server's failures never judge a node that answers for others.

use super::{panel::Panel, server::Server};
use crate::time::Now;
use std::collections::BTreeSet;

/// What is known of a node.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// The number of the look that it answered last.
    answered_at: u64,
    /// Whose looks failed since it answered.
    failed: BTreeSet<String>,
    failures: u32,
    /// Since when it is known not to answer.
    pub(super) silent_since: Option<Now>,
    /// Since when it is known, where an alert said so.
    pub(super) away_told: Option<Now>,
}

impl Node {
    /// It answered since the program knows it.
    pub(super) fn has_answered(&self) -> bool {
        self.answered_at > 0
    }
}

impl Panel {
    /// A node told something of a server of its own.
    pub(super) fn node_answered(&mut self, uuid: &str) {
        self.looks += 1;
        let Some(server) = self.servers.get(uuid) else {
            return;
        };
        if let Some(node) = self.nodes.get_mut(&server.listed.node) {
            node.answered_at = self.looks;
            node.failures = 0;
            node.failed.clear();
            self.shaken |= node.silent_since.take().is_some();
            if let Some(since) = node.away_told.take() {
                self.nodes_back.push((server.listed.node.clone(), since));
            }
        } else {
            let answered = Node {
                answered_at: self.looks,
                ..Node::default()
            };
            self.nodes.insert(server.listed.node.clone(), answered);
        }
    }

    /// A look at a server failed for want of its node. A server that was in trouble before the
    /// node last answered for another one is faulty by itself and proves nothing.
    pub(super) fn node_failed(&mut self, now: Now, uuid: &str) {
        self.looks += 1;
        let Some(server) = self.servers.get(uuid) else {
            return;
        };
        let began = server
            .trouble
            .as_ref()
            .map_or(self.looks, |trouble| trouble.began);
        let alone = self.is_alone(server);
        let name = server.listed.node.clone();
        let node = self.nodes.entry(name).or_default();
        if node.answered_at > began {
            return;
        }
        node.failures += 1;
        node.failed.insert(uuid.to_owned());
        let silent = node.failed.len() >= 2 || (alone && node.failures >= 2);
        if silent && node.silent_since.is_none() {
            node.silent_since = Some(now);
            self.shaken = true;
        }
    }

    /// It is the only server watched on its node.
    fn is_alone(&self, server: &Server) -> bool {
        let there = |other: &&Server| {
            other.listed.node == server.listed.node && other.list_block().is_none()
        };
        self.servers.values().filter(there).count() == 1
    }

    pub(super) fn is_silent(&self, node: &str) -> bool {
        self.nodes
            .get(node)
            .is_some_and(|node| node.silent_since.is_some())
    }

    pub(super) fn silent_nodes(&self) -> BTreeSet<String> {
        let silent = self
            .nodes
            .iter()
            .filter(|(_, node)| node.silent_since.is_some());
        silent.map(|(name, _)| name.clone()).collect()
    }

    /// Nodes that no server is on any more are forgotten.
    pub(super) fn forget_nodes(&mut self) {
        let servers = &self.servers;
        self.nodes
            .retain(|name, _| servers.values().any(|server| server.listed.node == *name));
    }

    /// What was known of the nodes says nothing after a sleep.
    pub(super) fn doubt_nodes(&mut self) {
        for node in self.nodes.values_mut() {
            self.shaken |= node.silent_since.take().is_some();
            node.failures = 0;
            node.failed.clear();
        }
    }
}
