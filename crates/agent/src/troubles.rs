//! What is wrong, for the log: a line when a problem comes, changes or goes, not one for each time it is met.
//!
//! Names panels and servers by their ids alone: the log may be shown to somebody.

use pterotray_core::{PanelId, Problem, ProblemKind, ServerId, Snapshot};
use std::collections::BTreeMap;

/// What can have a problem.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Panel(PanelId),
    Server(ServerId),
    /// This computer; each kind by itself.
    Here(ProblemKind),
}

/// The problems there are.
#[derive(Debug, Default)]
pub(crate) struct Troubles(BTreeMap<Who, ProblemKind>);

/// What is new.
#[derive(Debug, PartialEq, Eq)]
struct News {
    who: Who,
    was: Option<ProblemKind>,
    is: Option<ProblemKind>,
}

impl Troubles {
    /// Logs what is new since the last look.
    pub(crate) fn log(&mut self, snapshot: &Snapshot) {
        for News { who, was, is } in self.look(snapshot) {
            let name = |kind: Option<ProblemKind>| {
                kind.map_or_else(|| "none".to_owned(), ProblemKind::name)
            };
            let (was, is) = (name(was), name(is));
            match who {
                Who::Panel(panel) => tracing::info!(panel = panel.0, was, is, "problem of a panel"),
                Who::Server(server) => {
                    tracing::info!(
                        panel = server.panel.0,
                        server = server.uuid,
                        was,
                        is,
                        "problem of a server"
                    );
                }
                Who::Here(_) => tracing::info!(was, is, "problem of this computer"),
            }
        }
    }

    fn look(&mut self, snapshot: &Snapshot) -> Vec<News> {
        let now = all(snapshot);
        if now == self.0 {
            return Vec::new();
        }
        let gone = self.0.iter().filter(|(who, _)| !now.contains_key(who));
        let gone = gone.map(|(who, was)| News {
            who: who.clone(),
            was: Some(*was),
            is: None,
        });
        let come = now.iter().filter(|(who, is)| self.0.get(who) != Some(is));
        let come = come.map(|(who, is)| News {
            who: who.clone(),
            was: self.0.get(who).copied(),
            is: Some(*is),
        });
        let news = gone.chain(come).collect();
        self.0 = now;
        news
    }
}

fn all(snapshot: &Snapshot) -> BTreeMap<Who, ProblemKind> {
    let kind = |problem: &Option<Problem>| problem.as_ref().map(|problem| problem.kind);
    let panels = snapshot.panels.iter();
    let panels = panels.filter_map(|one| Some((Who::Panel(one.id.clone()), kind(&one.problem)?)));
    let servers = snapshot.servers();
    let servers =
        servers.filter_map(|one| Some((Who::Server(one.id.clone()), kind(&one.problem)?)));
    let here = snapshot
        .notices
        .iter()
        .map(|one| (Who::Here(one.kind), one.kind));
    panels.chain(servers).chain(here).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;

    #[test]
    fn a_problem_is_news_when_it_comes_changes_and_goes_and_never_between() {
        let mut troubles = Troubles::default();
        let mut snapshot = samples::snapshot();
        troubles.look(&snapshot);
        let mut with = |problem: Option<ProblemKind>| {
            snapshot.panels[0].problem = problem.map(Problem::of);
            let news = troubles.look(&snapshot);
            assert_eq!(troubles.look(&snapshot), []);
            let [News { was, is, .. }] = &news[..] else {
                panic!("{news:?}");
            };
            (*was, *is)
        };
        let (dns, late) = (ProblemKind::Dns, ProblemKind::TimedOut);
        assert_eq!(with(Some(dns)), (None, Some(dns)));
        assert_eq!(with(Some(late)), (Some(dns), Some(late)));
        assert_eq!(with(None), (Some(late), None));
    }
}
