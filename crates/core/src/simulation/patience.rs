//! That a panel which wants to be left alone is, and that a silent node is tried only now and then.
//!
//! Asks nobody: it looks at what is asked.

use super::{
    fault::Route,
    watching::{PROVEN, Watching},
    world::World,
};
use crate::{effect::Plan, id::PanelId};
use std::time::Duration;

/// A silent node is tried this often at most.
const TRIED_EVERY: Duration = Duration::from_secs(5);

impl Watching {
    /// It wanted to be left alone after the computer woke up half a minute ago, or all but did: a silence is drawn out.
    pub(super) fn hushed_lately(&self, now: Duration) -> bool {
        self.hushed_until + Duration::from_secs(6) + PROVEN > now
    }
}

impl World {
    /// A plan says which nodes are silent, and which servers are theirs.
    pub(super) fn hold_for_silent(&mut self, panel: &PanelId, plan: &Plan) {
        if let Some(number) = self.number(panel) {
            let watching = &mut self.watching[number];
            watching
                .silent
                .retain(|node, _| plan.silent_nodes.contains(node));
            for node in &plan.silent_nodes {
                watching.silent.entry(node.clone()).or_default();
            }
            let nodes = plan.servers.iter();
            watching.nodes = nodes
                .map(|(uuid, watched)| (uuid.clone(), watched.node.clone()))
                .collect();
        }
    }

    /// A person who asks for everything, and a sleep, end every patience.
    pub(super) fn forgive(&mut self, panel: &PanelId) {
        if let Some(number) = self.number(panel) {
            let silent = self.watching[number].silent.values_mut();
            silent.for_each(|asked| *asked = None);
        }
    }

    /// A panel that wants to be left alone is, and a silent node is tried only now and then.
    pub(super) fn judge_patience(&mut self, panel: usize, route: Route, server: Option<usize>) {
        let (at, now) = (self.at, self.now().mono);
        let watching = &mut self.watching[panel];
        if now < watching.hushed_until {
            self.judge
                .find(at, format!("panel {panel} is asked during its silence"));
        }
        let Some(server) = server.filter(|_| route == Route::Resources) else {
            return;
        };
        // A server that was moved is its old node's until the list says so.
        let node = watching.nodes.get(&self.servers[server].id.uuid);
        let Some(last) = node.and_then(|node| watching.silent.get_mut(node)) else {
            return;
        };
        self.judge.asked.silent += 1;
        let before = last.replace(now);
        if before.is_some_and(|before| now < before + TRIED_EVERY) {
            self.fail(server, "its silent node is asked again at once");
        }
    }
}
