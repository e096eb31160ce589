//! When to ask one panel what, and when to open and close which live socket: pure, obeyed by the driver.
//!
//! Sends nothing, opens nothing and reads no clock. Times are on the monotonic clock.

mod came;
mod list;
mod look;
mod looks;
mod places;
mod silence;
mod sockets;
mod spending;

use crate::effect::Plan;
pub(crate) use came::Came;
use list::List;
use looks::Looks;
use places::Places;
use pterodactyl_client::{
    Budget,
    live::{Advice, TokenRefusal},
};
use silence::Silence;
use sockets::{Sockets, Turn};
use spending::{Spending, WINDOW};
use std::{collections::VecDeque, time::Duration};

/// A first round of more than this part of the panel's limit is spread like any other.
const FIRST_ROUND: u32 = 4;
/// Servers on one page of a list.
const PAGE: usize = 100;
/// Activity logs that wait to be asked for.
const MOST_LOGS: usize = 8;
/// A live socket costs the panel a token this often (API reference, 7.7).
const TOKENS_EVERY: u32 = 7;
/// So many tokens in a row, and then a look at a server that waits for one.
const TOKENS_IN_A_ROW: u32 = 3;

/// What to do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Next {
    /// Ask for the list.
    List,
    /// Ask for a server's resources.
    Resources(String),
    /// Ask for a server's own page.
    View(String),
    /// Ask what people did to a server of late.
    Log(String),
    /// Ask for a token for a server's live socket, whether it is open already or not.
    Token(String),
    /// Open a server's live socket with the token at hand.
    Open(String),
    /// Close a server's live socket.
    Close(String),
    /// Nothing before this time, or before something comes back.
    Wait(Option<Duration>),
}

/// The timing of one panel.
#[derive(Debug)]
pub(crate) struct Watch {
    shortest: Duration,
    every: Duration,
    list: List,
    /// Requests that a list takes.
    pages: usize,
    looks: Looks,
    sockets: Sockets,
    /// Servers of which somebody waits to hear who stopped them.
    logs: VecDeque<String>,
    views: VecDeque<String>,
    /// Own pages are asked for one at a time, when nothing else is due.
    view_at: Duration,
    spending: Spending,
    places: Places,
    /// The panel has more than one node.
    nodes: bool,
    /// Tokens asked for since the last look at a server.
    tokens: u32,
    silence: Silence,
}

impl Watch {
    /// Everything is due at once. `shortest` is the shortest time between two looks at one server;
    /// `seed` begins the chance by which waits are spread.
    pub(crate) fn new(shortest: Duration, seed: u64) -> Watch {
        Watch {
            shortest,
            every: shortest,
            list: List::default(),
            pages: 1,
            looks: Looks::default(),
            sockets: Sockets::new(shortest, seed),
            logs: VecDeque::new(),
            views: VecDeque::new(),
            view_at: Duration::ZERO,
            spending: Spending::default(),
            places: Places::default(),
            nodes: false,
            tokens: 0,
            silence: Silence::default(),
        }
    }

    /// Takes in what is to be watched. New servers are due at once.
    pub(crate) fn adopt(&mut self, plan: &Plan, now: Duration) {
        // Where the panel is a fake one without a cache, its pace counts, not the person's.
        let real = self.shortest >= Duration::from_secs(20);
        let before = self.every;
        self.every = if real {
            plan.every.max(self.shortest)
        } else {
            self.shortest
        };
        self.looks.adopt(plan, now);
        self.pages = plan.listed.div_ceil(PAGE).max(1);
        let mut nodes = plan.servers.values().map(|watched| &watched.node);
        let first = nodes.next();
        self.nodes = nodes.any(|node| Some(node) != first);
        self.sockets.adopt(plan, now);
        let fresh = u32::try_from(self.looks.fresh()).unwrap_or(u32::MAX);
        // A first round that would eat the panel's limit is spread like any other.
        let many = fresh.saturating_mul(FIRST_ROUND) > self.spending.limit();
        if many || self.every < before {
            self.looks.spread(now, self.period(), many);
        }
    }

    /// Takes in what an answer of the panel says of its limit.
    pub(crate) fn learn(&mut self, now: Duration, budget: Option<Budget>) {
        self.spending.learn(now, budget);
    }

    /// A person's own request went out: never held back, but it counts.
    pub(crate) fn spent(&mut self, now: Duration) {
        self.spending.spend(now);
    }

    /// The time between two looks at one server: never more than half of the panel's limit for
    /// everything together.
    pub(crate) fn period(&self) -> Duration {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        // The list's pages count too, so that the edges of a minute hold as well.
        let polled = self.looks.polled();
        let requests = count(polled + polled.div_ceil(100));
        let tokens = count(self.sockets.count()).div_ceil(TOKENS_EVERY);
        let share = self.spending.share();
        // However many sockets there are, polling keeps a part.
        let left = share.saturating_sub(tokens).max(share / 4).max(1);
        let fair = WINDOW.saturating_mul(requests) / left;
        self.every.max(fair)
    }

    /// Everything is due now: a person asked.
    pub(crate) fn refresh(&mut self, now: Duration) {
        self.list.now(now);
        self.looks.now(now);
        self.sockets.retry(now);
    }

    /// A person wants one server's socket: what was given up about it is tried again.
    pub(crate) fn retry_socket(&mut self, now: Duration, uuid: &str) {
        self.sockets.retry_one(now, uuid);
    }

    /// The computer slept: the panel has to prove that it answers, and sockets are opened anew.
    pub(crate) fn woke(&mut self, now: Duration) {
        self.list.doubt(now);
        self.looks.woke(now);
        self.sockets.woke(now);
    }

    /// The list is due now: another one is wanted than before.
    pub(crate) fn list_anew(&mut self, now: Duration) {
        self.list.now(now);
    }

    /// The list is due soon; once more if it is on its way already.
    pub(crate) fn relist(&mut self, now: Duration) {
        self.list.soon(now, self.every);
    }

    /// A server is looked at often for a while.
    pub(crate) fn follow(&mut self, uuid: &str, now: Duration) {
        let unit = Duration::from_secs(1).min(self.shortest);
        if let Some(look) = self.looks.get_mut(uuid) {
            look.follow(now, unit);
        }
    }

    /// A server's own page is wanted.
    pub(crate) fn view(&mut self, uuid: &str) {
        if !self.views.iter().any(|waiting| waiting == uuid) {
            self.views.push_back(uuid.to_owned());
        }
    }

    /// What people did to a server is wanted, soon or not at all: of many that went down at once
    /// not all are asked for.
    pub(crate) fn log(&mut self, uuid: &str) {
        if self.logs.len() < MOST_LOGS && !self.logs.iter().any(|waiting| waiting == uuid) {
            self.logs.push_back(uuid.to_owned());
        }
    }

    /// What to do at `now`. What is given out counts as being in flight, or open.
    pub(crate) fn next(&mut self, now: Duration) -> Next {
        match self.sockets.free_turn(now) {
            Some(Turn::Open(uuid)) => return Next::Open(uuid),
            Some(Turn::Close(uuid)) => return Next::Close(uuid),
            Some(Turn::Token(_) | Turn::View(_)) | None => {}
        }
        let of_sockets = self.sockets.wake(now);
        if self.places.are_taken() {
            return Next::Wait(of_sockets);
        }
        let spent = self.spending.not_before(now, self.cost(now));
        if let Some(until) = self.silence.end(now).max(spent) {
            return Next::Wait(of_sockets.into_iter().chain([until]).min());
        }
        match self.ask(now) {
            Ok(next) => {
                let node = match &next {
                    Next::Resources(uuid) | Next::Token(uuid) => self.looks.node_of(uuid),
                    Next::List
                    | Next::View(_)
                    | Next::Log(_)
                    | Next::Open(_)
                    | Next::Close(_)
                    | Next::Wait(_) => None,
                };
                self.places.take(next.clone(), node);
                let pages = if next == Next::List { self.pages } else { 1 };
                (0..pages).for_each(|_| self.spending.spend(now));
                next
            }
            Err(until) => Next::Wait(
                until
                    .into_iter()
                    .chain(of_sockets)
                    .filter(|at| *at > now)
                    .min(),
            ),
        }
    }

    /// Requests that the next turn takes.
    fn cost(&self, now: Duration) -> usize {
        let list = self.list.due().is_some_and(|due| due <= now);
        if list { self.pages } else { 1 }
    }

    /// The next request, or when there is one.
    fn ask(&mut self, now: Duration) -> Result<Next, Option<Duration>> {
        let list_at = self.list.due();
        if list_at.is_some_and(|due| due <= now) {
            self.list.start(now);
            return Ok(Next::List);
        }
        // While the panel does not answer, its servers are not asked one by one.
        if !self.list.proves() {
            return Err(list_at);
        }
        let aside = self.places.have_room_aside();
        if aside
            && self.tokens < TOKENS_IN_A_ROW
            && let Some(next) = self.ask_for_socket(now)
        {
            return Ok(next);
        }
        if aside && let Some(uuid) = self.logs.pop_front() {
            return Ok(Next::Log(uuid));
        }
        let look_at = match self
            .looks
            .next(now, self.places.crowded().filter(|_| self.nodes))
        {
            Ok(uuid) => {
                self.tokens = 0;
                return Ok(Next::Resources(uuid));
            }
            Err(at) => at,
        };
        if !aside {
            return Err(list_at.into_iter().chain(look_at).min());
        }
        // Nobody waits for a look.
        if let Some(next) = self.ask_for_socket(now) {
            return Ok(next);
        }
        let view_at = (!self.views.is_empty()).then_some(self.view_at);
        if self.view_at <= now
            && let Some(uuid) = self.views.pop_front()
        {
            self.view_at = now + Duration::from_secs(240) / self.spending.limit();
            return Ok(Next::View(uuid));
        }
        Err([list_at, look_at, view_at].into_iter().flatten().min())
    }

    /// What a socket needs of the panel.
    fn ask_for_socket(&mut self, now: Duration) -> Option<Next> {
        let crowded = self.places.crowded_for_tokens().filter(|_| self.nodes);
        match self.sockets.costly_turn(now, crowded)? {
            Turn::Token(uuid) => {
                self.tokens += 1;
                Some(Next::Token(uuid))
            }
            Turn::View(uuid) => Some(Next::View(uuid)),
            Turn::Open(_) | Turn::Close(_) => None,
        }
    }

    /// A request broke down without an answer: everything may be asked anew.
    pub(crate) fn lost(&mut self, now: Duration) {
        self.places.lost();
        self.list.lost();
        self.looks.lost();
        self.sockets.lost(now);
    }

    /// The list came back, after so many requests. Whether it says anything: what was asked for before a sleep does
    /// not.
    pub(crate) fn list_done(&mut self, now: Duration, came: Came, requests: usize) -> bool {
        // It took more than was thought: there are more pages, or they moved while they were read.
        (self.pages..requests).for_each(|_| self.spending.spend(now));
        self.places.free(&Next::List);
        self.silence.list(now, came, || self.sockets.chance());
        self.list.done(now, came, self.every)
    }

    /// A server's resources came back.
    pub(crate) fn resources_done(&mut self, now: Duration, uuid: &str, came: Came) {
        let period = self.period();
        self.looks.done(now, uuid, came, period);
        self.places.free(&Next::Resources(uuid.to_owned()));
        self.silence
            .server(now, uuid, came, || self.sockets.chance());
    }

    /// What people did to a server came back.
    pub(crate) fn log_done(&mut self, now: Duration, uuid: &str, came: Came) {
        self.places.free(&Next::Log(uuid.to_owned()));
        self.silence
            .server(now, uuid, came, || self.sockets.chance());
    }

    /// A server's own page came back.
    pub(crate) fn view_done(&mut self, now: Duration, uuid: &str, came: Came) {
        self.sockets.viewed(now, uuid, came == Came::Good);
        self.places.free(&Next::View(uuid.to_owned()));
        self.silence
            .server(now, uuid, came, || self.sockets.chance());
    }

    /// A token came, or did not. Its route has a limit of its own, so it says nothing about others.
    pub(crate) fn token_done(&mut self, now: Duration, uuid: &str, came: Result<(), TokenRefusal>) {
        self.places.free(&Next::Token(uuid.to_owned()));
        self.sockets.token_done(now, uuid, came);
    }

    /// A socket's node told the server's state, and goes on telling.
    pub(crate) fn tells(&mut self, uuid: &str) {
        if let Some(look) = self.looks.get_mut(uuid) {
            look.covered = true;
        }
    }

    /// An open socket's session wants a newer token.
    pub(crate) fn needs_token(&mut self, now: Duration, uuid: &str) {
        self.sockets.needs_token(uuid, now);
    }

    /// A socket is over, or never came about.
    pub(crate) fn closed(&mut self, now: Duration, uuid: &str, advice: &Advice) {
        // What nobody wants any more does not come back within seconds either.
        let brief = !advice.poll && self.sockets.wants(uuid);
        self.sockets.closed(now, uuid, advice);
        if let Some(look) = self.looks.get_mut(uuid) {
            look.uncover(now, brief);
        }
    }
}

#[cfg(test)]
mod tests;
