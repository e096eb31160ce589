//! The driver's part: carries out the store's orders against the model, exactly as the real one does against panels.

use super::{
    answer::Question,
    fault::Route,
    world::{Due, World},
};
use crate::{
    condition::Condition,
    effect::{Desktop, Drive, Effect},
    event::{Event, LiveNews},
    id::PanelId,
    monitor::watch::{Next, Watch},
};
use pterodactyl_client::PowerState;
use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

/// A pace is remembered this long, to judge what is late.
const REMEMBERED: Duration = Duration::from_secs(600);

/// After a sleep everything is looked at within this time.
pub(super) const PROVEN: Duration = Duration::from_secs(30);

/// One panel being watched.
pub(super) struct Watching {
    pub(super) watch: Option<Watch>,
    /// Counts the times it was begun.
    pub(super) number: u64,
    wait: Option<Duration>,
    pub(super) in_flight: usize,
    period: Option<Duration>,
    /// The periods of late, each with when it ended; the last one is the present.
    periods: VecDeque<(Duration, Duration)>,
    /// When we asked, how many pages.
    pub(super) asked: VecDeque<(Duration, u32)>,
    /// The panel wants to be left alone until then, on the computer's clock.
    pub(super) hushed_until: Duration,
    /// Nodes that the store holds for silent, and when one was asked last, on the same clock.
    pub(super) silent: BTreeMap<String, Option<Duration>>,
    /// The node of each server, as far as the watch was told.
    pub(super) nodes: BTreeMap<String, String>,
}

impl Watching {
    /// How long everything that the watch remembers is as a text.
    pub(super) fn shape(&self) -> Option<usize> {
        Some(format!("{:?}", self.watch.as_ref()?).len())
    }

    pub(super) fn new() -> Watching {
        Watching {
            watch: None,
            number: 0,
            wait: None,
            in_flight: 0,
            period: None,
            periods: VecDeque::new(),
            asked: VecDeque::new(),
            hushed_until: Duration::ZERO,
            silent: BTreeMap::new(),
            nodes: BTreeMap::new(),
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

    pub(super) fn number(&self, id: &PanelId) -> Option<usize> {
        self.panels.iter().position(|panel| panel.id == *id)
    }

    fn server_number(&self, panel: usize, uuid: &str) -> Option<usize> {
        self.numbers.get(&(panel, uuid.to_owned())).copied()
    }

    /// Something reaches the store, and what it orders is carried out.
    pub(super) fn apply(&mut self, event: Event) {
        if self.asleep.is_some() {
            let at = self.at;
            self.judge
                .find(at, format!("the computer sleeps, and hears {event:?}"));
        }
        let pressed = matches!(event, Event::Asked { .. });
        let quiet = self.is_quiet(&event);
        let now = self.now();
        self.drowsy = false;
        self.clock_heard_ms = self.clock_ahead_ms;
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
                Effect::Hushed { about, why } => self.judge_hush(&about, why),
                Effect::Desktop(_) | Effect::Reply { .. } => {}
            }
        }
    }

    /// The event tells what is shown already: the next louder one is soon enough to look.
    fn is_quiet(&self, event: &Event) -> bool {
        if matches!(event, Event::Viewed { .. } | Event::NotViewed { .. }) {
            return true;
        }
        let (Event::ResourcesRead {
            server, resources, ..
        }
        | Event::Live {
            server,
            news: LiveNews::Stats(resources),
        }) = event
        else {
            return false;
        };
        let panel = self.number(&server.panel);
        let known = panel.and_then(|panel| self.server_number(panel, &server.uuid));
        let told = known.map(|known| &self.servers[known].told);
        let word = match resources.state {
            PowerState::Offline => Condition::Offline,
            PowerState::Running => Condition::Running,
            PowerState::Starting
            | PowerState::Stopping
            | PowerState::Missing
            | PowerState::Unknown(_) => return false,
        };
        told.is_some_and(|told| told.shown == Some(word) && told.pending.is_none())
    }

    fn obey(&mut self, order: Drive) {
        let now = self.now().mono;
        match order {
            Drive::LoadKey { panel, .. } => {
                self.unwatch(&panel.id);
                let after = self.dice.millis(1, 30);
                self.queue.put(self.at + after, Due::Key(panel.id));
            }
            Drive::Watch { panel, plan } => {
                self.forget_tokens(&panel, |uuid| plan.servers.contains_key(uuid));
                self.hold_for_silent(&panel, &plan);
                self.on(&panel, |watch| watch.adopt(&plan, now));
            }
            Drive::Refresh(panel) => {
                self.forgive(&panel);
                self.on(&panel, |watch| watch.refresh(now));
            }
            Drive::Relist(panel) => self.on(&panel, |watch| watch.relist(now)),
            Drive::Woke(panel) => {
                self.story
                    .tell(self.at, || "the store knows of the sleep".to_owned());
                // It may take a while until anything wakes the program, but no longer.
                self.queue.put(self.at + PROVEN, Due::Proven(self.at));
                self.forgive(&panel);
                self.on(&panel, |watch| watch.woke(now));
            }
            Drive::Follow(server) => {
                self.on(&server.panel, |watch| watch.follow(&server.uuid, now));
            }
            Drive::Log(server) => self.on(&server.panel, |watch| watch.log(&server.uuid)),
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
            | Drive::Errand { .. }
            | Drive::Console(_)
            | Drive::Try { .. }
            | Drive::KeepKey { .. }
            | Drive::ForgetKey { .. }
            | Drive::Diagnose { .. }
            | Drive::AskNewest
            | Drive::Save(_) => {}
        }
    }

    /// Whatever watched a panel before is gone, its sockets too.
    fn unwatch(&mut self, panel: &PanelId) {
        let Some(number) = self.number(panel) else {
            return;
        };
        self.watching[number].watch = None;
        self.watching[number].number += 1;
        let at = self.at;
        for server in self.servers.iter_mut().filter(|it| it.panel == number) {
            if server.live.socket.take().is_some() {
                server.live.silent_since = at;
            }
            server.live.token = None;
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
        // A new watch has told nobody its pace.
        watching.period = None;
        // It may be another account's key: what was counted before says nothing of its limit.
        watching.asked.clear();
        watching.hushed_until = Duration::ZERO;
        watching.silent.clear();
        watching.nodes.clear();
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
                Next::Log(uuid) => (Some(Route::Log), uuid),
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
            self.pages_of(panel)
        } else {
            1
        };
        self.judge_patience(panel, route, server);
        let pages = u32::try_from(pages).unwrap_or(1);
        self.watching[panel].asked.push_back((self.at, pages));
        self.judge_rate(panel);
        self.send(panel, route, server, None);
    }

    /// A list comes in pages of 100.
    pub(super) fn pages_of(&self, panel: usize) -> usize {
        self.listed(panel).count().div_ceil(100).max(1)
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
}
