//! The state, and the one pure function that changes it.
//!
//! Reads no clock, does no I/O, never awaits: its only inputs are its arguments, and what must be
//! done comes back as effects.

mod alerts;
mod console;
mod errand;
mod fate;
mod freshness;
mod gap;
mod keys;
mod leaving;
mod live;
mod look;
mod meanwhile;
mod newer;
mod node;
mod panel;
mod pending;
mod permitted;
mod pins;
mod power;
mod reading;
mod roster;
mod server;
mod setup;
mod since;
mod sparks;
mod stumble;
mod trail;
mod view;
mod wish;
mod word;

pub use freshness::Freshness;

use crate::{
    action::{Outcome, Page},
    alert::{News, Subject},
    effect::{Desktop, Drive, Effect},
    event::{AskId, Event},
    history::History,
    id::{PanelId, ServerId},
    problem::{Problem, ProblemKind},
    settings::{PanelSettings, Settings},
    snapshot::Places,
    time::Now,
};
use alerts::Alerts;
use freshness::{Scope, Touch};
use keys::Retry;
use meanwhile::Meanwhile;
use panel::Panel;
use server::Server;
use std::{collections::BTreeMap, time::Duration};

/// Everything that is known. Only [`State::apply`] changes it.
#[derive(Debug, Default)]
pub struct State {
    settings: Settings,
    environment: Option<PanelSettings>,
    panels: BTreeMap<PanelId, Panel>,
    notices: Vec<Problem>,
    /// Whose consoles are being read, and by how many.
    consoles: BTreeMap<ServerId, u32>,
    alerts: Alerts,
    meanwhile: Meanwhile,
    demo: bool,
    offers_new_versions: bool,
    places: Places,
    attempts: u64,
    /// When the last event was.
    last: Option<Now>,
    /// When a sleep was noticed last.
    woke: Option<Now>,
    /// When everything that time may change was looked at.
    looked_over: Duration,
    /// When time alone changes something next, or earlier.
    due: Option<Duration>,
    freshness: Freshness,
}

impl State {
    /// Nothing known yet. `demo` only labels the snapshots.
    pub fn new(demo: bool) -> State {
        State {
            demo,
            ..State::default()
        }
    }

    /// Only to say where things are.
    #[must_use]
    pub fn keeping_things_at(mut self, places: Places) -> State {
        self.places = places;
        self
    }

    /// Takes in one event. What must be done is returned, in order.
    pub fn apply(&mut self, now: Now, event: Event) -> Vec<Effect> {
        let mut out = Vec::new();
        let touch = Touch::of(&event);
        let owed = self.owed_after(now, &event);
        self.notice_sleep(now, &mut out);
        self.hear(now, event, &mut out);
        self.ask_for_newest(now, &mut out);
        self.finish_alerts(now, &mut out);
        self.look_over(now, &touch);
        self.plan(&mut out);
        self.due = owed.or(self.next_due(now, &touch));
        out
    }

    /// What was due before an event that happened to come first is still to be done: only [`Event::TimeReached`] does it.
    fn owed_after(&self, now: Now, event: &Event) -> Option<Duration> {
        let passed = self.due.is_some_and(|due| due <= now.mono);
        (passed && !matches!(event, Event::TimeReached)).then_some(now.mono)
    }

    fn hear(&mut self, now: Now, event: Event, out: &mut Vec<Effect>) {
        match event {
            Event::Started {
                settings,
                environment,
                problems,
            } => {
                self.start(now, *settings, environment, problems, out);
            }
            Event::Asked { ask, action } => self.obey(now, ask, action, out),
            Event::KeyLoaded { panel, tail } => self.key_loaded(&panel, tail),
            Event::KeyMissing {
                panel,
                attempt,
                problem,
            } => {
                self.key_missing(now, &panel, attempt, problem, out);
            }
            Event::KeySilent { panel, attempt } => self.key_silent(&panel, attempt),
            Event::WatchBroke { panel } => self.watch_anew(&panel, out),
            Event::Found { ask, trial, found } => {
                reply(out, ask, Outcome::Found { trial, found });
            }
            Event::TrialFailed {
                ask,
                problem,
                certificate: Some(sha256),
            } => reply(out, ask, Outcome::Untrusted { problem, sha256 }),
            Event::TrialFailed { ask, problem, .. } | Event::KeyNotKept { ask, problem } => {
                reply(out, ask, Outcome::Failed { problem });
            }
            Event::KeyKept { ask, panel } => self.keep_panel(ask, panel, out),
            Event::Listed { panel, servers } => self.adopt(now, &panel, servers, out),
            Event::Paced { panel, every } => {
                if let Some(panel) = self.panels.get_mut(&panel) {
                    panel.paced(every);
                }
            }
            Event::ListFailed { panel, error } => self.lose(now, &panel, &error, out),
            Event::ResourcesRead {
                server,
                asked,
                resources,
            } => {
                self.read(now, &server, asked, &resources, out);
            }
            Event::ResourcesFailed { server, error } => self.unread(now, &server, &error, out),
            Event::Live { server, news } => self.live(now, &server, news, out),
            Event::Logged { server, entries } => self.logged(now, &server, &entries, out),
            Event::Permitted {
                server,
                permissions,
            } => self.token_permits(now, &server, permissions),
            Event::Viewed { server, view } => {
                if let Some(panel) = self.panels.get_mut(&server.panel) {
                    panel.viewed(now, &server.uuid, *view);
                }
            }
            Event::PowerTaken {
                ask,
                server,
                signal,
            } => {
                self.power_taken(now, ask, &server, signal, out);
            }
            Event::PowerRefused {
                ask,
                server,
                signal,
                error,
            } => {
                self.power_refused(now, ask, &server, signal, &error, out);
            }
            Event::NotViewed { server } => {
                if let Some(known) = self.server_mut(&server) {
                    known.not_viewed();
                }
            }
            Event::KeyForgotten { ask, problem } => match problem {
                Some(problem) => self.not_forgotten(now, ask, problem, out),
                None => self.forgotten(ask, out),
            },
            Event::DesktopDid { ask, kind, done } => self.desktop_did(now, ask, kind, done, out),
            Event::ErrandDone { ask, server, came } => State::errand_done(ask, &server, came, out),
            Event::ConsoleOpened { server } => self.console_opened(&server, out),
            Event::ConsoleClosed { server } => self.console_closed(&server),
            Event::Diagnosed { ask, diagnosis } => {
                // The program puts it into words, once it has added what only it can tell.
                let text = String::new();
                reply(out, ask, Outcome::Report { text, diagnosis });
            }
            Event::Newest(version) => self.newest(now, version, out),
            Event::Noticed(problem) => self.notice(now, problem, out),
            Event::Mended(kind) => self.notices.retain(|notice| notice.kind != kind),
            Event::Woke => self.woke(now, out),
            Event::TimeReached => {
                self.settle(now, out);
                self.expire(now, out);
                self.retry_keys(Retry::Due(now), out);
                self.see_off(Some(now), out);
            }
        }
    }

    /// Says once what is missing on this computer's side. Without a tray the window takes its place.
    fn notice(&mut self, now: Now, problem: Problem, out: &mut Vec<Effect>) {
        if self
            .notices
            .iter()
            .any(|notice| notice.kind == problem.kind)
        {
            return;
        }
        if matches!(
            problem.kind,
            ProblemKind::NoTray | ProblemKind::NoSessionBus
        ) {
            out.push(Effect::Desktop(Desktop::Show(Page::Servers)));
        }
        self.notices.push(problem.clone());
        let news = News::Notice { problem };
        self.tell(now, Subject::Program, String::new(), news, out);
    }

    /// Tells the driver what to watch, when that changed.
    fn plan(&mut self, out: &mut Vec<Effect>) {
        for (id, panel) in &mut self.panels {
            if let Some(plan) = panel.new_plan(&self.settings, &self.consoles) {
                // Who is on the way to a live socket shows.
                self.freshness = Freshness::News;
                out.push(drive(Drive::Watch {
                    panel: id.clone(),
                    plan,
                }));
            }
        }
    }

    /// When [`Event::TimeReached`] is wanted next, on the monotonic clock. It may be wanted
    /// though nothing changes then; after it everything is looked at anew.
    pub fn next_deadline(&self, now: Now) -> Option<Duration> {
        self.due.map(|due| due.max(now.mono))
    }

    /// An event about one server moves the next deadline only by what it says of that server: so
    /// many come from the sockets that not all servers can be asked each time.
    fn next_due(&self, now: Now, touch: &Touch) -> Option<Duration> {
        let past = self.looked_over;
        let of_itself = self.alerts_due(now).into_iter().chain(self.newest_due(now));
        let Scope::Server(id) = &touch.scope else {
            let of_panel = |panel: &Panel| panel.next_deadline(past);
            let of_panels = self.panels.values().filter_map(of_panel);
            return of_panels.chain(of_itself).min();
        };
        let panel = self.panels.get(&id.panel);
        let of_server = panel.and_then(|panel| panel.next_deadline_of(past, &id.uuid));
        let dues = self.due.into_iter().chain(of_server);
        dues.chain(of_itself).min()
    }

    /// The past of a server, for whoever draws it; `None` for one that is not known.
    pub fn history(&self, id: &ServerId) -> Option<History> {
        let server = self.panels.get(&id.panel)?.servers.get(&id.uuid)?;
        Some(server.trail.history(self.last?))
    }

    fn server_mut(&mut self, id: &ServerId) -> Option<&mut Server> {
        self.panels.get_mut(&id.panel)?.servers.get_mut(&id.uuid)
    }
}

fn drive(order: Drive) -> Effect {
    Effect::Drive(order)
}

fn reply(out: &mut Vec<Effect>, ask: Option<AskId>, outcome: Outcome) {
    if let Some(ask) = ask {
        out.push(Effect::Reply { ask, outcome });
    }
}

fn fail(out: &mut Vec<Effect>, ask: Option<AskId>, problem: Problem) {
    reply(out, ask, Outcome::Failed { problem });
}
