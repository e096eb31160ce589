//! Which change of a server deserves an alert.
//!
//! Never on a first reading, never for what was asked for here, never for what is unknown.

use super::{State, power::tell, server::Change};
use crate::{alert::News, effect::Effect, id::ServerId, time::Now};
use pterodactyl_client::Resources;
use std::time::Duration;

/// Two readings further apart than this beyond staleness are not compared: a sleep or an outage
/// lies between them, and what happened meanwhile is not news of this moment.
const COMPARABLE_BEYOND_STALE: Duration = Duration::from_secs(60);

impl State {
    /// A server was read.
    pub(super) fn read(
        &mut self,
        now: Now,
        id: &ServerId,
        resources: &Resources,
        out: &mut Vec<Effect>,
    ) {
        let Some(panel) = self.panels.get_mut(&id.panel) else {
            return;
        };
        let believable = panel.stale_after() + COMPARABLE_BEYOND_STALE;
        let Some(server) = panel.servers.get_mut(&id.uuid) else {
            return;
        };
        let Some(change) = server.read(now, resources, believable) else {
            return;
        };
        let news = match change {
            Change::WentDown => News::WentDown,
            Change::WasStopped => News::WasStopped,
            Change::CameBack { after } => News::CameBack { after },
        };
        if matches!(change, Change::WentDown | Change::WasStopped) {
            server.told_down = Some(now);
        }
        out.push(tell(id, server.listed.name.clone(), news));
    }
}
