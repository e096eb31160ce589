//! Which change of a server deserves an alert.
//!
//! Never on a first reading, never for what was asked for here, never for what is unknown.

use super::{State, fate::Change, power::tell};
use crate::{
    alert::{News, Subject},
    effect::{Desktop, Effect},
    id::ServerId,
};

impl State {
    /// A server changed: a person is told now, with others after a gap, or not at all.
    pub(super) fn tell_change(&mut self, id: &ServerId, change: Change, out: &mut Vec<Effect>) {
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
            Change::WentDown { crash } => News::WentDown { crash },
            Change::CrashedRestarting { crash } => News::CrashedRestarting { crash },
            Change::WasStopped => News::WasStopped,
            Change::CameBack { after } => News::CameBack { after },
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
        out.push(tell(id, name, news));
    }
}
