//! What the activity log says of a server that went down: asked for, and put into what was told.
//!
//! Reads no log itself: `fate` knows what is wanted of it, the monitor asks the panel.

use super::{super::State, telling::Open};
use crate::{
    alert::{Actor, News, Subject},
    effect::{Drive, Effect},
    event::Logged,
    id::ServerId,
    time::Now,
};

impl State {
    /// Asks for the activity log of a server that went down, where that is permitted; else it is
    /// judged without.
    pub(in crate::store) fn ask_log(&mut self, now: Now, id: &ServerId, out: &mut Vec<Effect>) {
        let Some(server) = self.server_mut(id) else {
            return;
        };
        if !server.fate.wants_log(now) {
            return;
        }
        let may = server.permissions.as_ref();
        if may.is_none_or(|all| all.may("activity.read")) {
            out.push(Effect::Drive(Drive::Log(id.clone())));
        } else {
            self.logged(now, id, &[], out);
        }
    }

    /// The activity log says who stopped a server, or nothing.
    pub(in crate::store) fn logged(
        &mut self,
        now: Now,
        id: &ServerId,
        entries: &[Logged],
        out: &mut Vec<Effect>,
    ) {
        let Some(server) = self.server_mut(id) else {
            return;
        };
        let explained = server.fate.logged(now, entries);
        let settled = server.fate.settle(now);
        for change in explained.into_iter().chain(settled) {
            self.tell_change(now, id, change, out);
        }
    }

    /// The activity log says now that somebody stopped it. What nobody knew before is told in place
    /// of what was guessed; a name alone is only put where that alert still stands.
    pub(super) fn explain(
        &mut self,
        now: Now,
        id: &ServerId,
        by: Option<Actor>,
        out: &mut Vec<Effect>,
    ) {
        let about = Subject::Server(id.clone());
        let Some(server) = self.server_mut(id) else {
            return;
        };
        let open = server.telling.open() == Some(Open::Down);
        let name = server.listed.name.clone();
        let guessed = self.alerts.kept.last_fall(&about);
        let news = News::WasStopped { by };
        match guessed {
            Some(News::WentDown { .. }) if open && self.wants(id, &news) => {
                self.deliver(now, about, name, news, true, out);
            }
            // Of a stop not everybody wants to hear, but nobody should go on reading of a crash.
            Some(News::WentDown { .. }) if open => self.amend(&about, news, out),
            Some(News::WasStopped { by: None }) => self.amend(&about, news, out),
            _ => {}
        }
    }
}
