//! The state, and the one pure function that changes it.
//!
//! Reads no clock, does no I/O, never awaits: its only inputs are its arguments, and what must be
//! done comes back as effects.

mod alerts;
mod panel;
mod pending;
mod power;
mod server;
mod setup;
mod view;

use crate::{
    action::{Action, Outcome, Page},
    alert::{Alert, News, Subject},
    effect::{Desktop, Drive, Effect},
    event::{AskId, Event},
    id::{PanelId, ServerId},
    problem::{Problem, ProblemKind},
    settings::{PanelSettings, Settings},
    time::Now,
};
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
    demo: bool,
    attempts: u64,
}

impl State {
    /// Nothing known yet. `demo` only labels the snapshots.
    pub fn new(demo: bool) -> State {
        State {
            demo,
            ..State::default()
        }
    }

    /// Takes in one event. What must be done is returned, in order.
    pub fn apply(&mut self, now: Now, event: Event) -> Vec<Effect> {
        let mut out = Vec::new();
        self.hear(now, event, &mut out);
        self.plan(&mut out);
        out
    }

    fn hear(&mut self, now: Now, event: Event, out: &mut Vec<Effect>) {
        match event {
            Event::Started {
                settings,
                environment,
                problems,
            } => {
                self.start(settings, environment, problems, out);
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
            Event::Found { ask, trial, found } => {
                reply(out, ask, Outcome::Found { trial, found });
            }
            Event::TrialFailed { ask, problem } | Event::KeyNotKept { ask, problem } => {
                reply(out, ask, Outcome::Failed { problem });
            }
            Event::KeyKept { ask, panel } => self.keep_panel(ask, panel, out),
            Event::Listed { panel, servers } => self.adopt(&panel, servers, out),
            Event::Paced { panel, every } => {
                if let Some(panel) = self.panels.get_mut(&panel) {
                    panel.paced(every);
                }
            }
            Event::ListFailed { panel, error } => self.lose(&panel, &error, out),
            Event::ResourcesRead {
                server, resources, ..
            } => {
                self.read(now, &server, &resources, out);
            }
            Event::ResourcesFailed { server, error } => self.unread(&server, &error, out),
            Event::Live { .. } => {}
            Event::Viewed { server, view } => {
                if let Some(known) = self.server_mut(&server) {
                    known.viewed(*view);
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
                self.power_refused(ask, &server, signal, &error, out);
            }
            Event::NotViewed { server } => {
                if let Some(known) = self.server_mut(&server) {
                    known.not_viewed();
                }
            }
            Event::KeyForgotten { ask, problem } => match problem {
                Some(problem) => self.not_forgotten(ask, problem, out),
                None => reply(out, ask, Outcome::Done),
            },
            Event::Noticed(problem) => self.notice(problem, out),
            Event::Mended(kind) => self.notices.retain(|notice| notice.kind != kind),
            Event::TimeReached => {
                self.expire(now, out);
                self.retry_keys(Some(now), out);
            }
        }
    }

    fn obey(&mut self, now: Now, ask: Option<AskId>, action: Action, out: &mut Vec<Effect>) {
        match action {
            Action::Power { server, signal } => self.power(now, ask, server, signal, out),
            Action::BringBack { server } => self.bring_back(now, ask, server, out),
            Action::Refresh => {
                out.extend(
                    self.panels
                        .keys()
                        .map(|id| drive(Drive::Refresh(id.clone()))),
                );
                self.retry_keys(None, out);
                reply(out, ask, Outcome::Done);
            }
            Action::OpenInPanel { server } => self.open_in_panel(ask, &server, out),
            Action::Show { page } => {
                out.push(Effect::Desktop(Desktop::Show(page)));
                reply(out, ask, Outcome::Done);
            }
            Action::Quit => {
                reply(out, ask, Outcome::Done);
                out.push(Effect::Desktop(Desktop::Quit));
            }
            Action::DismissNotice { notice } => {
                self.notices.retain(|known| known.kind != notice);
                reply(out, ask, Outcome::Done);
            }
            Action::TryPanel { .. }
            | Action::KeepPanel { .. }
            | Action::RemovePanel { .. }
            | Action::ForgetKey { .. }
            | Action::ChangePanel { .. }
            | Action::ChangeSettings { .. } => self.set_up(now, ask, action, out),
        }
    }

    fn open_in_panel(&self, ask: Option<AskId>, id: &ServerId, out: &mut Vec<Effect>) {
        match self
            .panels
            .get(&id.panel)
            .and_then(|panel| panel.page_of(&id.uuid))
        {
            Some(page) => {
                out.push(Effect::Desktop(Desktop::OpenUrl(page)));
                reply(out, ask, Outcome::Done);
            }
            None => fail(out, ask, Problem::of(ProblemKind::NoSuchServer)),
        }
    }

    /// Says once what is missing on this computer's side. Without a tray the window takes its place.
    fn notice(&mut self, problem: Problem, out: &mut Vec<Effect>) {
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
        let name = String::new();
        out.push(Effect::Desktop(Desktop::Alert(Alert {
            about: Subject::Program,
            name,
            news,
        })));
    }

    /// Tells the driver what to watch, when that changed.
    fn plan(&mut self, out: &mut Vec<Effect>) {
        let every = self.settings.poll_every();
        for (id, panel) in &mut self.panels {
            if let Some(plan) = panel.new_plan(every) {
                out.push(drive(Drive::Watch {
                    panel: id.clone(),
                    plan,
                }));
            }
        }
    }

    /// When [`Event::TimeReached`] is wanted next, on the monotonic clock.
    pub fn next_deadline(&self, now: Now) -> Option<Duration> {
        let of_panel = |panel: &Panel| panel.next_deadline(now);
        self.panels.values().filter_map(of_panel).min()
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
