//! What a key may do with each server, where that may change: an owner may do everything.
//!
//! Asks only when somebody looks or was refused. Whoever has a live socket is told by each of its tokens.

use super::{State, drive, panel::Panel, server::Server};
use crate::{
    action::Page,
    effect::{Drive, Effect},
    id::{PanelId, ServerId},
    time::Now,
};
use pterodactyl_client::Permissions;
use std::time::Duration;

/// What was told so lately is not asked for by a look alone.
const FRESH_FOR: Duration = Duration::from_secs(60);

impl Server {
    /// Its page or a token told what is permitted.
    pub(super) fn permitted(&mut self, now: Now, permissions: Permissions) {
        if !self.listed.owner {
            self.permissions = Some(permissions);
        }
        self.permitted_at = Some(now.mono);
    }

    /// Somebody may have been granted more, or less, since it was told. Nobody takes from who may do everything.
    fn may_differ(&self, before: Duration) -> bool {
        let some = self.permissions.as_ref().is_some_and(|all| !all.may("*"));
        some && self.permitted_at.is_none_or(|at| at < before)
    }
}

impl State {
    /// A token of a live socket says what is permitted.
    pub(super) fn token_permits(&mut self, now: Now, id: &ServerId, permissions: Permissions) {
        if let Some(server) = self.server_mut(id) {
            server.permitted(now, permissions);
        }
    }

    /// Somebody looks at a page: what can be done there should be right.
    pub(super) fn look_at_permissions(&mut self, now: Now, page: &Page, out: &mut Vec<Effect>) {
        let before = now.mono.checked_sub(FRESH_FOR);
        let Some(before) = before else { return };
        match page {
            Page::Servers => self.reread_permissions(before, out),
            Page::Server { server } | Page::Console { server } | Page::Confirm { server, .. } => {
                self.reread_permissions_of(before, server, out);
            }
            Page::Alerts | Page::Welcome { .. } | Page::Settings => {}
        }
    }

    /// Reads again what is permitted wherever that was told before this moment.
    pub(super) fn reread_permissions(&mut self, before: Duration, out: &mut Vec<Effect>) {
        for (panel, known) in &mut self.panels {
            known.reread_permissions(panel, before, out);
        }
    }

    /// The same of one server.
    pub(super) fn reread_permissions_of(
        &mut self,
        before: Duration,
        id: &ServerId,
        out: &mut Vec<Effect>,
    ) {
        let known = self.server_mut(id);
        if known.is_some_and(|server| server.may_differ(before) && server.asks_for_view()) {
            out.push(drive(Drive::View(id.clone())));
        }
    }
}

impl Panel {
    fn reread_permissions(&mut self, id: &PanelId, before: Duration, out: &mut Vec<Effect>) {
        if !self.answers() {
            return;
        }
        for (uuid, server) in &mut self.servers {
            if server.may_differ(before) && server.asks_for_view() {
                out.push(drive(Drive::View(ServerId {
                    panel: id.clone(),
                    uuid: uuid.clone(),
                })));
            }
        }
    }
}
