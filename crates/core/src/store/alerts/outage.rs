//! Panels and nodes that do not answer for a while: one alert each, and one when they do again.
//!
//! Judges neither: `panel` and `node` do. Nothing is told of what never answered, nor of what this
//! computer's own network explains.

use super::{
    super::{State, panel::Panel},
    hush,
};
use crate::{
    alert::{News, Silence, Subject},
    effect::Effect,
    id::PanelId,
    problem::ProblemKind,
    time::Now,
};
use std::time::Duration;

/// So long an outage is nobody's business (design, section 6).
const GRACE: Duration = Duration::from_secs(60);

/// A time in which a panel does not answer, though it did before.
#[derive(Debug, Clone, Copy)]
pub(in crate::store) struct Outage {
    pub(in crate::store) since: Now,
    told: bool,
}

impl Outage {
    pub(in crate::store) fn new(since: Now) -> Outage {
        Outage { since, told: false }
    }

    /// A sleep says nothing about a panel: its time begins anew.
    pub(in crate::store) fn slept(&mut self, now: Now) {
        if !self.told {
            self.since = now;
        }
    }

    /// When it is to be told.
    pub(in crate::store) fn due(&self) -> Option<Duration> {
        (!self.told).then_some(self.since.mono + GRACE)
    }
}

impl Panel {
    /// What would be told of its outage at `now`, if anything.
    fn outage_news(&self, now: Now) -> Option<News> {
        let outage = self.outage.filter(|outage| !outage.told)?;
        let problem = self.failing()?;
        let servers = u32::try_from(self.servers.len()).unwrap_or(u32::MAX);
        (now.since(outage.since) >= GRACE && !problem.kind.needs_a_key()).then(|| {
            let problem = problem.clone();
            News::PanelAway { problem, servers }
        })
    }

    fn node_news(&mut self, now: Now) -> Vec<(String, News)> {
        if !self.answers() {
            return Vec::new();
        }
        let mut told = Vec::new();
        for (name, node) in &mut self.nodes {
            let lasting = |since: &Now| now.since(*since) >= GRACE;
            if !node.has_answered() || node.away_told.is_some() {
                continue;
            }
            if let Some(since) = node.silent_since.filter(lasting) {
                node.away_told = Some(since);
                let there = self.servers.values();
                let there = there.filter(|server| server.listed.node == *name && !server.is_live());
                let servers = u32::try_from(there.count()).unwrap_or(u32::MAX);
                told.push((name.clone(), News::NodeAway { servers }));
            }
        }
        told
    }

    /// When an outage of it or of one of its nodes is to be told, after `past`.
    pub(in crate::store) fn outage_due(&self, past: Duration) -> Option<Duration> {
        let own = self.outage.and_then(|outage| outage.due());
        let untold = self.nodes.values().filter(|node| node.away_told.is_none());
        let of_nodes = untold.filter_map(|node| Some(node.silent_since?.mono + GRACE));
        own.into_iter()
            .chain(of_nodes)
            .filter(|due| *due > past)
            .min()
    }
}

impl State {
    /// Tells the outages that last, and that are over.
    pub(super) fn tell_outages(&mut self, now: Now, out: &mut Vec<Effect>) {
        let mut told = Vec::new();
        let ours = self.own_network_is_gone();
        for (id, panel) in &mut self.panels {
            let subject = Subject::Panel(id.clone());
            if panel.answers()
                && let Some(outage) = panel.outage.take().filter(|outage| outage.told)
            {
                let away_seconds = now.since(outage.since).as_secs();
                let news = News::AnswersAgain { away_seconds };
                told.push((subject, panel.settings.name.clone(), news, true));
            } else if let Some(news) = panel.outage_news(now).filter(|_| !ours) {
                if let Some(outage) = &mut panel.outage {
                    outage.told = true;
                }
                told.push((subject, panel.settings.name.clone(), news, false));
            }
            for (name, since) in std::mem::take(&mut panel.nodes_back) {
                let away_seconds = now.since(since).as_secs();
                let node = node_of(id, &name);
                told.push((node, name, News::AnswersAgain { away_seconds }, true));
            }
            for (name, news) in panel.node_news(now) {
                told.push((node_of(id, &name), name, news, false));
            }
        }
        for (about, name, news, goes_on) in told {
            self.deliver(now, about, name, news, goes_on, out);
        }
        if ours
            && self
                .panels
                .values()
                .any(|panel| panel.outage_news(now).is_some())
        {
            hush(&Subject::Program, Silence::Away, out);
        }
    }

    /// Every panel that answered is out of reach, and that looks like this computer's own network.
    fn own_network_is_gone(&self) -> bool {
        let mut away = 0;
        for panel in self
            .panels
            .values()
            .filter(|panel| panel.outage.is_some() || panel.answers())
        {
            let Some(problem) = panel.failing() else {
                return false;
            };
            if !is_of_the_network(problem.kind) {
                return false;
            }
            away += 1;
        }
        let names_unknown = |panel: &Panel| {
            panel
                .failing()
                .is_some_and(|problem| problem.kind == ProblemKind::Dns)
        };
        away > 1 || (away == 1 && self.panels.values().any(names_unknown))
    }
}

fn node_of(panel: &PanelId, node: &str) -> Subject {
    Subject::Node {
        panel: panel.clone(),
        node: node.to_owned(),
    }
}

fn is_of_the_network(kind: ProblemKind) -> bool {
    matches!(
        kind,
        ProblemKind::Dns
            | ProblemKind::TimedOut
            | ProblemKind::Connection
            | ProblemKind::CaptivePortal
    )
}
