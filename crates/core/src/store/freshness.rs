//! What of a server is worth drawing at once: compared after every event, for the servers that the
//! event touches.
//!
//! Also where every change of condition is written down, whatever caused it.

use super::{State, panel::Panel, pending, server::Server};
use crate::{
    condition::{Condition, Standing},
    event::Event,
    history::Cause,
    id::ServerId,
    problem::Problem,
    snapshot::{Can, LiveView, Pending, Source},
    time::Now,
};

/// How much of the snapshot changed since it was last asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Freshness {
    /// Nothing.
    #[default]
    Same,
    /// Only figures: what servers use, and when it was read.
    Figures,
    /// Something a person should see at once.
    News,
}

/// What of a server is news when it changes: all that is shown of it but figures and what only a
/// list or its own page tells.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Face {
    condition: Condition,
    problem: Option<Problem>,
    source: Option<Source>,
    live: LiveView,
    can: Can,
    pending: Option<Pending>,
    cause: Option<Cause>,
    /// It is up as far as it was seen, or was a moment ago: it may want a socket, or keep it.
    pub(super) wants_socket: bool,
}

/// What an event may have changed.
#[derive(Debug)]
pub(super) struct Touch {
    pub(super) scope: Scope,
    /// Who told.
    source: Option<Source>,
}

#[derive(Debug)]
pub(super) enum Scope {
    /// One server, and with it perhaps its node.
    Server(ServerId),
    /// Anything that passing time changes.
    Time,
    /// Figures apart, anything.
    All,
}

impl Touch {
    pub(super) fn of(event: &Event) -> Touch {
        let touch = |scope, source| Touch { scope, source };
        match event {
            Event::ResourcesRead { server, .. } | Event::ResourcesFailed { server, .. } => {
                touch(Scope::Server(server.clone()), Some(Source::Poll))
            }
            Event::Logged { server, .. } => touch(Scope::Server(server.clone()), None),
            Event::Live { server, .. } => touch(Scope::Server(server.clone()), Some(Source::Live)),
            Event::Listed { .. } | Event::ListFailed { .. } | Event::Viewed { .. } => {
                touch(Scope::All, Some(Source::List))
            }
            // Nothing of an answer is kept.
            Event::ErrandDone { .. } | Event::TimeReached | Event::Woke | Event::Paced { .. } => {
                touch(Scope::Time, None)
            }
            Event::Started { .. }
            | Event::Asked { .. }
            | Event::KeyLoaded { .. }
            | Event::KeyMissing { .. }
            | Event::KeySilent { .. }
            | Event::WatchBroke { .. }
            | Event::Found { .. }
            | Event::TrialFailed { .. }
            | Event::KeyKept { .. }
            | Event::KeyNotKept { .. }
            | Event::KeyForgotten { .. }
            | Event::DesktopDid { .. }
            | Event::Diagnosed { .. }
            | Event::NotViewed { .. }
            | Event::Permitted { .. }
            | Event::PowerTaken { .. }
            | Event::Newest(_)
            | Event::PowerRefused { .. }
            | Event::ConsoleOpened { .. }
            | Event::ConsoleClosed { .. }
            | Event::Noticed(_)
            | Event::Mended(_) => touch(Scope::All, None),
        }
    }
}

impl State {
    /// How much changed since this was asked last. Figures alone may wait to be drawn.
    pub fn take_freshness(&mut self) -> Freshness {
        std::mem::take(&mut self.freshness)
    }

    /// Looks at what the event may have changed, and writes changes of condition down.
    pub(super) fn look_over(&mut self, now: Now, touch: &Touch) {
        let kill = self.settings.allow_force_stop;
        if let Scope::Server(id) = &touch.scope {
            let Some(panel) = self.panels.get_mut(&id.panel) else {
                return;
            };
            let fresh = if std::mem::take(&mut panel.shaken) {
                panel.look_over(now, kill, touch)
            } else {
                panel.look_at_one(now, &id.uuid, kill, touch)
            };
            self.freshness = self.freshness.max(fresh);
            return;
        }
        if matches!(touch.scope, Scope::All) {
            self.freshness = Freshness::News;
            self.panels
                .values_mut()
                .for_each(|panel| panel.replan = true);
        }
        for panel in self.panels.values_mut() {
            panel.shaken = false;
            self.freshness = self.freshness.max(panel.look_over(now, kill, touch));
        }
        self.looked_over = now.mono;
    }
}

impl Panel {
    fn look_over(&mut self, now: Now, kill: bool, touch: &Touch) -> Freshness {
        let mut servers = std::mem::take(&mut self.servers);
        let looks = servers
            .values_mut()
            .map(|server| self.look_at(now, server, kill, touch));
        let fresh = looks.max().unwrap_or_default();
        self.servers = servers;
        fresh
    }

    fn look_at_one(&mut self, now: Now, uuid: &str, kill: bool, touch: &Touch) -> Freshness {
        // Out of the panel for the moment, because how it looks depends on the panel too.
        let Some((uuid, mut server)) = self.servers.remove_entry(uuid) else {
            return Freshness::Same;
        };
        let fresh = self.look_at(now, &mut server, kill, touch);
        self.servers.insert(uuid, server);
        fresh
    }

    fn look_at(&mut self, now: Now, server: &mut Server, kill: bool, touch: &Touch) -> Freshness {
        let face = self.face(now, server, kill);
        let figures = std::mem::take(&mut server.figures);
        let noted = server.fate.noted.take();
        let before = server
            .face
            .as_ref()
            .map_or(Condition::Unknown, |face| face.condition);
        let after = face.condition;
        if before != after || noted == Some(Cause::Restarted) {
            let cause = cause(before, after, noted);
            if before != after {
                server.since.changed(now, (before, after), cause);
            }
            server
                .trail
                .changed(now, (before, after), cause, touch.source);
        }
        if server.face.as_ref() != Some(&face) {
            server.face = Some(face);
            self.replan = true;
            Freshness::News
        } else if figures {
            Freshness::Figures
        } else {
            Freshness::Same
        }
    }

    fn face(&self, now: Now, server: &Server, kill: bool) -> Face {
        let condition = self.condition(now, server);
        Face {
            condition,
            problem: server.problem(),
            source: server.reading.as_ref().map(|reading| reading.source),
            live: server.live_view(),
            can: pending::can(server, condition, kill),
            pending: server.pending.as_ref().map(|pending| Pending {
                signal: pending.signal,
                phase: pending.phase,
            }),
            cause: server.cause(condition),
            wants_socket: server.is_up() || server.fate.fell_lately(now),
        }
    }
}

/// Why a condition changed, by what was noted of the reading that changed it.
fn cause(from: Condition, to: Condition, noted: Option<Cause>) -> Cause {
    let listed = |condition: Condition| {
        condition.standing() == Standing::Blocked || condition == Condition::InstallFailed
    };
    let away = |condition: Condition| condition.standing() == Standing::Unknown;
    if listed(from) || listed(to) {
        return Cause::List;
    }
    if away(to) {
        return Cause::Away;
    }
    match noted {
        Some(noted) => noted,
        None if away(from) => Cause::Away,
        None => Cause::Observed,
    }
}
