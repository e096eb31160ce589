//! How a server was when something was told of it: whether an answer to that still means the same.
//!
//! Sends nothing, and tells nothing.

use super::super::{State, reading::Seen};
use crate::{
    alert::{Alert, News, Subject},
    effect::{Desktop, Effect},
    id::ServerId,
    time::Now,
};
use pterodactyl_client::PowerSignal;
use std::collections::BTreeMap;

/// By the alert's number. As many as there are kept alerts.
#[derive(Debug, Default)]
pub(super) struct Marks(BTreeMap<u64, Mark>);

#[derive(Debug, Clone)]
struct Mark {
    server: ServerId,
    seen: Option<Seen>,
    moves: u64,
    /// An action failed, and nothing was said of the server since.
    failure: bool,
}

impl State {
    /// Remembers how a server is at an alert about it.
    pub(super) fn mark(&mut self, now: Now, alert: &Alert) {
        let Subject::Server(id) = &alert.about else {
            return;
        };
        let marks = &mut self.alerts.marks.0;
        let kept = &self.alerts.kept;
        marks.retain(|number, _| kept.get(*number).is_some());
        let same = marks.values_mut().filter(|mark| mark.server == *id);
        same.for_each(|mark| mark.failure = false);
        let failure = matches!(
            alert.news,
            News::ActionFailed { .. } | News::ActionUnseen { .. }
        );
        if let Some((seen, moves)) = self.how_it_is(now, id) {
            let mark = Mark {
                server: id.clone(),
                seen,
                moves,
                failure,
            };
            self.alerts.marks.0.insert(alert.number, mark);
        }
    }

    /// What a server is believed to do, and how often that changed.
    fn how_it_is(&self, now: Now, id: &ServerId) -> Option<(Option<Seen>, u64)> {
        let panel = self.panels.get(&id.panel)?;
        let server = panel.servers.get(&id.uuid)?;
        let seen = server.believed(now, panel.stale_after());
        Some((seen, server.fate.moves))
    }

    /// Whether a server is still as it was at this alert. Only a start does no harm where nobody knows.
    pub(in crate::store) fn is_as_told(
        &self,
        now: Now,
        id: &ServerId,
        alert: u64,
        signal: Option<PowerSignal>,
    ) -> bool {
        let mark = self.alerts.marks.0.get(&alert);
        let how = self.how_it_is(now, id);
        let (Some(mark), Some((seen, moves))) = (mark, how) else {
            return false;
        };
        let harmless = matches!(signal, None | Some(PowerSignal::Start));
        mark.moves == moves && (harmless || mark.seen == seen)
    }

    /// Takes back that an action failed where the server does something else by now.
    pub(super) fn end_failures(&mut self, out: &mut Vec<Effect>) {
        let panels = &self.panels;
        let failures = self.alerts.marks.0.values_mut().filter(|mark| mark.failure);
        for mark in failures {
            let panel = panels.get(&mark.server.panel);
            let server = panel.and_then(|panel| panel.servers.get(&mark.server.uuid));
            if server.is_none_or(|server| server.fate.moves != mark.moves) {
                mark.failure = false;
                let about = Subject::Server(mark.server.clone());
                out.push(Effect::Desktop(Desktop::Withdraw(about)));
            }
        }
    }
}
