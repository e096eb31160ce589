//! Which change of a server deserves an alert.
//!
//! Never on a first reading, never for what was asked for here, never for what is unknown.

mod kept;
mod wishes;

use super::{Freshness, State, fate::Change};
use crate::{
    alert::{Alert, News, Subject},
    effect::{Desktop, Effect},
    id::ServerId,
    time::Now,
};
use kept::Kept;

/// Everything about alerts that is not chosen by a person.
#[derive(Debug, Default)]
pub(super) struct Alerts {
    pub(super) kept: Kept,
}

impl State {
    /// A server changed: a person is told now, with others after a gap, or not at all.
    pub(super) fn tell_change(
        &mut self,
        now: Now,
        id: &ServerId,
        change: Change,
        out: &mut Vec<Effect>,
    ) {
        // Nobody wants to hear of what was put out of sight.
        if self.settings.hidden.contains(id) {
            return;
        }
        let Some(panel) = self.panels.get_mut(&id.panel) else {
            return;
        };
        let Some(server) = panel.servers.get(&id.uuid) else {
            return;
        };
        let name = server.listed.name.clone();
        let news = match change {
            Change::WentDown { crash: None } => News::WentDown { times: 1 },
            Change::WentDown { crash } => News::Crashed {
                report: crash.map(Into::into),
                times: 1,
            },
            Change::CrashedRestarting { crash } => News::CrashedRestarting {
                report: crash.map(Into::into),
                times: 1,
            },
            Change::WasStopped => News::WasStopped { by: None },
            Change::CameBack { after } => News::came_back(after),
            Change::Restarted => return,
            Change::FoundDown => return panel.found(name, false),
            Change::FoundUp => {
                // What was said about it before is over; it is told with the others.
                out.push(Effect::Desktop(Desktop::Withdraw(Subject::Server(
                    id.clone(),
                ))));
                return panel.found(name, true);
            }
        };
        self.tell(now, Subject::Server(id.clone()), name, news, out);
    }

    /// Tells a person, and keeps it.
    pub(super) fn tell(
        &mut self,
        now: Now,
        about: Subject,
        name: String,
        news: News,
        out: &mut Vec<Effect>,
    ) {
        let alert = Alert {
            number: self.alerts.kept.next_number(),
            about,
            name,
            news,
            goes_on: false,
        };
        self.alerts.kept.keep(now, &alert, None);
        self.freshness = Freshness::News;
        out.push(Effect::Desktop(Desktop::Alert(alert)));
    }
}
