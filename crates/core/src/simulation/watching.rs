//! The driver's part: carries out the store's orders against the model, exactly as the real one does against panels.

use super::{
    answer::{Answer, Good, Question},
    fault::Route,
    server::Measured,
    world::{Due, World},
};
use crate::{
    condition::Condition,
    effect::{Desktop, Drive, Effect},
    event::{Event, LiveNews},
    id::{PanelId, ServerId},
    monitor::watch::{Came, Next, Watch},
};
use pterodactyl_client::{Budget, Error, PowerState, Server, live::TokenRefusal};
use std::{collections::VecDeque, time::Duration};

/// A pace is remembered this long, to judge what is late.
const REMEMBERED: Duration = Duration::from_secs(600);

/// One panel being watched.
pub(super) struct Watching {
    pub(super) watch: Option<Watch>,
    /// Counts the times it was begun.
    pub(super) number: u64,
    wait: Option<Duration>,
    pub(super) in_flight: usize,
    budget: Option<Budget>,
    period: Option<Duration>,
    /// The periods of late, each with when it ended; the last one is the present.
    periods: VecDeque<(Duration, Duration)>,
    /// When we asked, how many pages.
    pub(super) asked: VecDeque<(Duration, u32)>,
}

impl Watching {
    pub(super) fn new() -> Watching {
        Watching {
            watch: None,
            number: 0,
            wait: None,
            in_flight: 0,
            budget: None,
            period: None,
            periods: VecDeque::new(),
            asked: VecDeque::new(),
        }
    }

    /// On the computer's clock.
    pub(super) fn wakes_at(&self) -> Option<Duration> {
        self.watch.as_ref().and(self.wait)
    }

    /// The longest time between two looks that held at any moment from `from` on.
    pub(super) fn slowest(&self, from: Duration) -> Duration {
        let held = self.periods.iter().filter(|(until, _)| *until >= from);
        held.map(|(_, period)| *period).max().unwrap_or_default()
    }
}

impl World {
    pub(super) fn watch(&mut self, panel: usize, order: impl FnOnce(&mut Watch)) {
        if let Some(watch) = &mut self.watching[panel].watch {
            order(watch);
            self.stirred.insert(panel);
        }
    }

    pub(super) fn address(&self, server: usize) -> (usize, String) {
        let known = &self.servers[server];
        (known.panel, known.id.uuid.clone())
    }

    fn number(&self, id: &PanelId) -> Option<usize> {
        self.panels.iter().position(|panel| panel.id == *id)
    }

    fn server_number(&self, panel: usize, uuid: &str) -> Option<usize> {
        self.numbers.get(&(panel, uuid.to_owned())).copied()
    }

    /// Something reaches the store, and what it orders is carried out.
    pub(super) fn apply(&mut self, event: Event) {
        let pressed = matches!(event, Event::Asked { .. });
        let quiet = self.is_quiet(&event);
        let now = self.now();
        let effects = self.state.apply(now, event);
        self.deadline = self.state.next_deadline(now);
        let sent = |effect: &&Effect| matches!(effect, Effect::Drive(Drive::Power { .. }));
        if effects.iter().filter(sent).count() > usize::from(pressed) {
            let at = self.at;
            self.judge
                .find(at, "more power requests than presses".to_owned());
        }
        self.judge.stale |= !quiet || !effects.is_empty();
        for effect in effects {
            match effect {
                Effect::Drive(order) => self.obey(order),
                Effect::Desktop(Desktop::Alert(alert)) => self.judge_alert(&alert),
                Effect::Desktop(_) | Effect::Reply { .. } => {}
            }
        }
    }

    /// The event tells what is shown already: the next louder one is soon enough to look.
    fn is_quiet(&self, event: &Event) -> bool {
        let (server, state) = match event {
            Event::ResourcesRead {
                server, resources, ..
            } => (server, &resources.state),
            Event::Live {
                server,
                news: LiveNews::Stats(resources),
            } => (server, &resources.state),
            _ => return matches!(event, Event::Viewed { .. } | Event::NotViewed { .. }),
        };
        let panel = self.number(&server.panel);
        let known = panel.and_then(|panel| self.server_number(panel, &server.uuid));
        let told = known.map(|known| &self.servers[known].told);
        told.is_some_and(|told| match state {
            PowerState::Offline => told.shown == Some(Condition::Offline),
            PowerState::Running => told.shown == Some(Condition::Running),
            _ => false,
        } && told.pending.is_none())
    }

    fn obey(&mut self, order: Drive) {
        let now = self.now().mono;
        match order {
            Drive::LoadKey { panel, .. } => {
                let after = self.dice.millis(1, 30);
                self.queue.put(self.at + after, Due::Key(panel.id));
            }
            Drive::Watch { panel, plan } => {
                self.forget_tokens(&panel, |uuid| plan.servers.contains_key(uuid));
                self.on(&panel, |watch| watch.adopt(&plan, now));
            }
            Drive::Refresh(panel) => self.on(&panel, |watch| watch.refresh(now)),
            Drive::Relist(panel) => self.on(&panel, |watch| watch.relist(now)),
            Drive::Woke(panel) => {
                self.story
                    .tell(self.at, || "the store knows of the sleep".to_owned());
                self.on(&panel, |watch| watch.woke(now));
            }
            Drive::Follow(server) => {
                self.on(&server.panel, |watch| watch.follow(&server.uuid, now));
            }
            Drive::View(server) => self.on(&server.panel, |watch| watch.view(&server.uuid)),
            Drive::Power {
                ask,
                server,
                signal,
            } => {
                self.on(&server.panel, |watch| watch.spent(now));
                let panel = self.number(&server.panel);
                let known = panel.and_then(|panel| self.server_number(panel, &server.uuid));
                if let (Some(panel), Some(known)) = (panel, known) {
                    self.tell(known, || format!("we send {signal:?}"));
                    self.send(panel, Route::Power, Some(known), Some((ask, signal)));
                }
            }
            Drive::Unwatch(_)
            | Drive::Try { .. }
            | Drive::KeepKey { .. }
            | Drive::ForgetKey { .. }
            | Drive::Save(_) => {}
        }
    }

    fn on(&mut self, panel: &PanelId, order: impl FnOnce(&mut Watch)) {
        if let Some(panel) = self.number(panel) {
            self.watch(panel, order);
        }
    }

    /// Tokens of servers that are no longer watched are forgotten.
    fn forget_tokens(&mut self, panel: &PanelId, watched: impl Fn(&str) -> bool) {
        let here = |server: &&mut super::server::Server| server.id.panel == *panel;
        for server in self.servers.iter_mut().filter(here) {
            if !watched(&server.id.uuid) {
                server.live.token = None;
            }
        }
    }

    /// A panel's key is at hand: it is watched from now on.
    pub(super) fn key(&mut self, panel: &PanelId) {
        let Some(number) = self.number(panel) else {
            return;
        };
        let seed = self.dice.seed();
        let watching = &mut self.watching[number];
        watching.watch = Some(Watch::new(Duration::from_secs(21), seed));
        watching.number += 1;
        watching.in_flight = 0;
        let panel = panel.clone();
        let tail = String::new();
        self.apply(Event::KeyLoaded { panel, tail });
    }

    /// Everything the watches want done now.
    pub(super) fn act(&mut self) {
        while let Some(panel) = self.stirred.pop_first() {
            if self.judge.finding.is_some() {
                return;
            }
            self.turns(panel);
            self.pace(panel);
        }
    }

    fn turns(&mut self, panel: usize) {
        for _ in 0..5000 {
            let now = self.now().mono;
            let Some(watch) = &mut self.watching[panel].watch else {
                return;
            };
            let (route, uuid) = match watch.next(now) {
                Next::Wait(until) => {
                    self.watching[panel].wait = until;
                    return;
                }
                Next::List => {
                    self.ask(panel, Route::List, None);
                    continue;
                }
                Next::Resources(uuid) => (Some(Route::Resources), uuid),
                Next::View(uuid) => (Some(Route::View), uuid),
                Next::Token(uuid) => (Some(Route::Token), uuid),
                Next::Open(uuid) => {
                    if let Some(server) = self.server_number(panel, &uuid) {
                        self.open_socket(server);
                    }
                    continue;
                }
                Next::Close(uuid) => {
                    if let Some(server) = self.server_number(panel, &uuid) {
                        self.close_socket(server);
                    }
                    continue;
                }
            };
            let server = self.server_number(panel, &uuid);
            if let Some(route) = route {
                self.ask(panel, route, server);
            }
        }
        let at = self.at;
        self.judge.find(at, "the watch never waits".to_owned());
    }

    fn pace(&mut self, panel: usize) {
        let at = self.at;
        let watching = &mut self.watching[panel];
        let Some(every) = watching.watch.as_ref().map(Watch::period) else {
            return;
        };
        if watching.period == Some(every) {
            return;
        }
        watching.period = Some(every);
        if let Some(last) = watching.periods.back_mut() {
            last.0 = at;
        }
        watching.periods.push_back((Duration::MAX, every));
        watching
            .periods
            .retain(|(until, _)| *until >= at.saturating_sub(REMEMBERED));
        let panel = self.panels[panel].id.clone();
        self.apply(Event::Paced { panel, every });
    }

    fn ask(&mut self, panel: usize, route: Route, server: Option<usize>) {
        self.watching[panel].in_flight += 1;
        if self.watching[panel].in_flight > 4 {
            let at = self.at;
            self.judge
                .find(at, "more than four requests in flight".to_owned());
        }
        let pages = if route == Route::List {
            let mine =
                |server: &&super::server::Server| server.panel == panel && server.gone.is_none();
            u32::try_from(self.servers.iter().filter(mine).count().div_ceil(100)).unwrap_or(1)
        } else {
            1
        };
        self.watching[panel]
            .asked
            .push_back((self.at, pages.max(1)));
        self.judge_rate(panel);
        self.send(panel, route, server, None);
    }

    fn send(
        &mut self,
        panel: usize,
        route: Route,
        server: Option<usize>,
        power: Option<(Option<u64>, pterodactyl_client::PowerSignal)>,
    ) {
        if let Some(server) = server {
            self.tell(server, || format!("{route:?} is asked for"));
        } else {
            self.story
                .tell(self.at, || format!("panel {panel}: {route:?} is asked for"));
        }
        let question = Question {
            panel,
            watching: self.watching[panel].number,
            route,
            server,
            asked: self.now(),
            power,
        };
        let up = self.dice.millis(2, 250);
        let due = if self.offline > 0 {
            Due::Answers(Box::new(World::lost(question)))
        } else {
            Due::Arrives(Box::new(question))
        };
        self.queue.put(self.at + up, due);
    }

    /// An answer reaches us.
    pub(super) fn hear(&mut self, answer: Answer) {
        let Answer {
            question,
            came,
            budget,
        } = answer;
        if question.route == Route::Power {
            return self.hear_power(&question, came);
        }
        let watching = &mut self.watching[question.panel];
        if question.watching != watching.number {
            return;
        }
        watching.in_flight -= 1;
        watching.budget = budget.or(watching.budget);
        let known = watching.budget;
        let now = self.now().mono;
        self.watch(question.panel, |watch| watch.learn(now, known));
        if let Err(error) = &came {
            let (panel, route) = (question.panel, question.route);
            let whose = question.server.map_or_else(
                || format!("panel {panel}"),
                |server| self.servers[server].name.clone(),
            );
            self.story
                .tell(self.at, || format!("{whose}: {route:?} fails: {error}"));
        }
        match (question.route, question.server) {
            (Route::Resources, Some(server)) => self.hear_resources(&question, server, came),
            (Route::View, Some(server)) => self.hear_view(server, came),
            (Route::Token, Some(server)) => {
                let came = came.map(|_| ()).map_err(|error| TokenRefusal::from(&error));
                self.token_came(server, came);
            }
            _ => self.hear_list(question.panel, came),
        }
    }

    fn hear_list(&mut self, number: usize, came: Result<Good, Error>) {
        let now = self.now().mono;
        let panel = self.panels[number].id.clone();
        match came {
            Ok(good) => {
                let servers: Vec<Server> = match good {
                    Good::List(servers) => servers,
                    Good::Resources(_) | Good::Missing(_) | Good::View(_) | Good::Done => {
                        Vec::new()
                    }
                };
                self.watch(number, |watch| watch.list_done(now, Came::Good));
                self.apply(Event::Listed { panel, servers });
            }
            Err(error) => {
                let came = match &error {
                    Error::Broken { status: 500, .. } => Came::OnlyThis,
                    other => came_of(other),
                };
                self.watch(number, |watch| watch.list_done(now, came));
                self.apply(Event::ListFailed { panel, error });
            }
        }
    }

    fn hear_resources(&mut self, question: &Question, server: usize, came: Result<Good, Error>) {
        let now = self.now().mono;
        let (panel, uuid) = self.address(server);
        let id: ServerId = self.servers[server].id.clone();
        let read: Result<Box<Measured>, Error> = match came {
            Ok(Good::Resources(measured)) => {
                self.tell(server, || format!("reads {:?}", measured.power));
                self.believe(server, (*measured).clone());
                Ok(measured)
            }
            Ok(Good::Missing(measured)) => Ok(measured),
            Ok(Good::List(_) | Good::View(_) | Good::Done) => return,
            Err(error) => Err(error),
        };
        let event = match read {
            Ok(measured) => {
                self.watch(panel, |watch| watch.resources_done(now, &uuid, Came::Good));
                Event::ResourcesRead {
                    server: id,
                    asked: question.asked,
                    resources: measured.resources,
                }
            }
            Err(error) => {
                let came = came_of(&error);
                self.watch(panel, |watch| watch.resources_done(now, &uuid, came));
                Event::ResourcesFailed { server: id, error }
            }
        };
        self.apply(event);
    }

    fn hear_view(&mut self, server: usize, came: Result<Good, Error>) {
        let now = self.now().mono;
        let (panel, uuid) = self.address(server);
        let id = self.servers[server].id.clone();
        let (came, event) = match came {
            Ok(Good::View(view)) => (Came::Good, Event::Viewed { server: id, view }),
            Ok(_) => return,
            Err(error) => (came_of(&error), Event::NotViewed { server: id }),
        };
        self.watch(panel, |watch| watch.view_done(now, &uuid, came));
        self.apply(event);
    }

    fn hear_power(&mut self, question: &Question, came: Result<Good, Error>) {
        let (Some(server), Some((ask, signal))) = (question.server, question.power) else {
            return;
        };
        let id = self.servers[server].id.clone();
        self.apply(match came {
            Ok(_) => Event::PowerTaken {
                ask,
                server: id,
                signal,
            },
            Err(error) => Event::PowerRefused {
                ask,
                server: id,
                signal,
                error,
            },
        });
    }
}

fn came_of(error: &Error) -> Came {
    if let Error::RateLimited { retry_after } = error {
        Came::TooMany(*retry_after)
    } else if error.is_about_the_key() {
        Came::Refused
    } else {
        Came::Bad
    }
}
