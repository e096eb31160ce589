//! When to ask a panel what: pure, obeyed by the poll driver.
//!
//! Reads no clock and sends nothing. Times are on the monotonic clock.

use crate::effect::Plan;
use pterodactyl_client::Budget;
use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

/// Requests to one panel at a time (design, section 3).
const IN_FLIGHT: usize = 4;
/// Between two lists when nothing surprising happens.
const LIST_EVERY: Duration = Duration::from_secs(180);
/// Between two lists, however surprising things are.
const LIST_NOT_BEFORE: Duration = Duration::from_secs(15);
/// Between two tries with a key that was refused.
const REFUSED_EVERY: Duration = Duration::from_secs(300);
/// Waits after failures in a row.
const BACK_OFF: [u64; 5] = [5, 10, 20, 40, 60];
/// Waits of looks after a power signal, in poll periods of a quick panel; the panel's cache
/// makes more of them useless.
const FOLLOW: [u64; 7] = [1, 3, 6, 10, 15, 21, 30];
/// Servers that failed before are asked by at most so many of these requests: a node that swallows
/// requests must not hold up all the others.
const FAILING_IN_FLIGHT: usize = 2;
/// Without a word from the panel, how long to be silent after a 429 (API reference, 9).
const SILENCE: Duration = Duration::from_secs(60);

/// What to do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Next {
    /// Ask for the list.
    List,
    /// Ask for a server's resources.
    Resources(String),
    /// Ask for a server's own page.
    View(String),
    /// Nothing before this time, or before something comes back.
    Wait(Option<Duration>),
}

/// What came of a request, as far as timing cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Came {
    /// An answer that says something.
    Good,
    /// Nothing usable.
    Bad,
    /// The key was refused.
    Refused,
    /// 429, with the panel's wait if it named one.
    TooMany(Option<Duration>),
}

/// The timing of one panel.
#[derive(Debug)]
pub(crate) struct Schedule {
    shortest: Duration,
    every: Duration,
    limit: Option<Budget>,
    list: List,
    servers: BTreeMap<String, Look>,
    views: VecDeque<String>,
    /// Own pages are asked for one at a time, when nothing else is due.
    view_at: Duration,
    in_flight: usize,
    silent_until: Duration,
    too_many: u32,
}

#[derive(Debug)]
struct List {
    due: Duration,
    started: Option<Duration>,
    in_flight: bool,
    failures: u32,
    came_once: bool,
    /// Wanted again before it came back.
    again: bool,
}

#[derive(Debug)]
struct Look {
    due: Duration,
    in_flight: bool,
    failures: u32,
    follow: Vec<Duration>,
    /// It has its place in the period.
    placed: bool,
}

impl Look {
    fn new(due: Duration) -> Look {
        Look {
            due,
            in_flight: false,
            failures: 0,
            follow: Vec::new(),
            placed: false,
        }
    }
}

impl Schedule {
    /// Everything is due at once.
    pub(crate) fn new(shortest: Duration) -> Schedule {
        let list = List {
            due: Duration::ZERO,
            started: None,
            in_flight: false,
            failures: 0,
            came_once: false,
            again: false,
        };
        Schedule {
            shortest,
            every: shortest,
            limit: None,
            list,
            servers: BTreeMap::new(),
            views: VecDeque::new(),
            view_at: Duration::ZERO,
            in_flight: 0,
            silent_until: Duration::ZERO,
            too_many: 0,
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
        self.servers
            .retain(|uuid, _| plan.servers.contains_key(uuid));
        for uuid in plan.servers.keys() {
            self.servers.entry(uuid.clone()).or_insert(Look::new(now));
        }
        let limit = self.limit.map_or(u32::MAX, |budget| budget.limit);
        let fresh = self.servers.values().filter(|look| !look.placed).count();
        // A first round that would eat the panel's limit is spread like any other.
        let many = u32::try_from(fresh).unwrap_or(u32::MAX).saturating_mul(4) > limit;
        if many || self.every < before {
            self.spread(now, many);
        }
    }

    /// Brings every server's next look into the period from now on, evenly.
    fn spread(&mut self, now: Duration, first_round: bool) {
        let step = self.period() / u32::try_from(self.servers.len()).unwrap_or(u32::MAX).max(1);
        for (place, look) in (0_u32..).zip(self.servers.values_mut()) {
            let slot = now + step.saturating_mul(place);
            look.due = if first_round && !look.placed {
                slot
            } else {
                look.due.min(slot)
            };
            look.placed = true;
        }
    }

    /// Takes in what the panel says of its limit.
    pub(crate) fn learn(&mut self, budget: Option<Budget>) {
        if budget.is_some() {
            self.limit = budget;
        }
    }

    /// The time between two looks at one server: never more than half of the panel's limit for all
    /// of them together, and twice as long when little of it is left.
    pub(crate) fn period(&self) -> Duration {
        let Some(budget) = self.limit.filter(|budget| budget.limit > 0) else {
            return self.every;
        };
        // The list's pages count too, so that the edges of a minute hold as well.
        let count = self.servers.len() + self.servers.len().div_ceil(100);
        let requests = u32::try_from(count).unwrap_or(u32::MAX);
        let fair = Duration::from_secs(120).saturating_mul(requests) / budget.limit;
        let scarce = budget.remaining.saturating_mul(5) < budget.limit;
        self.every.max(fair) * if scarce { 2 } else { 1 }
    }

    /// Everything is due now: a person asked.
    pub(crate) fn refresh(&mut self, now: Duration) {
        self.list.due = now;
        for look in self.servers.values_mut() {
            look.due = look.due.min(now);
        }
    }

    /// The list is due soon; once more if it is on its way already.
    pub(crate) fn relist(&mut self, now: Duration) {
        if self.list.in_flight {
            self.list.again = true;
        }
        self.list.due = self.list.due.min(self.soon(now));
    }

    fn soon(&self, now: Duration) -> Duration {
        let gap = LIST_NOT_BEFORE.min(self.every);
        self.list
            .started
            .map_or(now, |started| (started + gap).max(now))
    }

    /// A server is looked at often for a while.
    pub(crate) fn follow(&mut self, uuid: &str, now: Duration) {
        let unit = Duration::from_secs(1).min(self.shortest);
        if let Some(look) = self.servers.get_mut(uuid) {
            look.follow = FOLLOW
                .iter()
                .rev()
                .map(|n| now + unit * (*n as u32))
                .collect();
            look.due = look
                .follow
                .pop()
                .map_or(look.due, |first| look.due.min(first));
        }
    }

    /// A server's own page is wanted.
    pub(crate) fn view(&mut self, uuid: &str) {
        if !self.views.iter().any(|waiting| waiting == uuid) {
            self.views.push_back(uuid.to_owned());
        }
    }

    /// What to do at `now`. What is given out counts as being in flight.
    pub(crate) fn next(&mut self, now: Duration) -> Next {
        if self.in_flight >= IN_FLIGHT {
            return Next::Wait(None);
        }
        if now < self.silent_until {
            return Next::Wait(Some(self.silent_until));
        }
        if !self.list.in_flight && self.list.due <= now {
            self.list.in_flight = true;
            self.list.started = Some(now);
            self.in_flight += 1;
            return Next::List;
        }
        let list_at = (!self.list.in_flight).then_some(self.list.due);
        // While the panel does not answer, its servers are not asked one by one.
        if !self.list.came_once || self.list.failures >= 2 {
            return Next::Wait(list_at);
        }
        let failing = |look: &&Look| look.in_flight && look.failures > 0;
        let spare = self.servers.values().filter(failing).count() < FAILING_IN_FLIGHT;
        let ready = |look: &Look| !look.in_flight && (spare || look.failures == 0);
        let next = self.servers.iter_mut().filter(|(_, look)| ready(look));
        let next = next.min_by_key(|(_, look)| look.due);
        let look_at = next.as_ref().map(|(_, look)| look.due);
        if let Some((uuid, look)) = next.filter(|(_, look)| look.due <= now) {
            look.in_flight = true;
            self.in_flight += 1;
            return Next::Resources(uuid.clone());
        }
        let view_at = (!self.views.is_empty()).then_some(self.view_at);
        if self.view_at <= now
            && let Some(uuid) = self.views.pop_front()
        {
            self.in_flight += 1;
            let limit = self.limit.map_or(240, |budget| budget.limit.max(1));
            self.view_at = now + Duration::from_secs(240) / limit;
            return Next::View(uuid);
        }
        Next::Wait([list_at, look_at, view_at].into_iter().flatten().min())
    }

    /// A request broke down without an answer: everything may be asked anew.
    pub(crate) fn lost(&mut self) {
        self.in_flight = 0;
        self.list.in_flight = false;
        for look in self.servers.values_mut() {
            look.in_flight = false;
        }
    }

    /// The list came back.
    pub(crate) fn list_done(&mut self, now: Duration, came: Came) {
        self.in_flight = self.in_flight.saturating_sub(1);
        self.list.in_flight = false;
        let wait = match came {
            Came::Good => {
                self.list.failures = 0;
                self.list.came_once = true;
                LIST_EVERY.min(self.every * 6)
            }
            Came::Refused => {
                self.list.failures += 1;
                if self.list.failures < 2 {
                    back_off(1)
                } else {
                    REFUSED_EVERY
                }
            }
            Came::Bad => {
                self.list.failures += 1;
                back_off(self.list.failures)
            }
            Came::TooMany(wait) => wait.unwrap_or(SILENCE),
        };
        self.list.due = now + wait;
        if std::mem::take(&mut self.list.again) && came == Came::Good {
            self.list.due = self.soon(now);
        }
        self.hush(now, came);
    }

    /// A server's resources came back.
    pub(crate) fn resources_done(&mut self, now: Duration, uuid: &str, came: Came) {
        self.in_flight = self.in_flight.saturating_sub(1);
        let period = self.period();
        let count = u32::try_from(self.servers.len()).unwrap_or(u32::MAX).max(1);
        let place = self
            .servers
            .keys()
            .position(|known| known == uuid)
            .unwrap_or_default();
        if let Some(look) = self.servers.get_mut(uuid) {
            look.in_flight = false;
            look.failures = if came == Came::Good {
                0
            } else {
                look.failures + 1
            };
            let wait = match came {
                Came::Good if look.placed => period,
                // The first round comes in one go; the second one spreads them over the period.
                Came::Good => {
                    let place = u32::try_from(place).unwrap_or(u32::MAX).saturating_add(1);
                    (period / count).saturating_mul(place)
                }
                Came::TooMany(wait) => wait.unwrap_or(SILENCE).max(period),
                Came::Bad | Came::Refused => period * 2_u32.pow(look.failures.min(4) - 1),
            };
            look.placed = true;
            look.follow.retain(|at| *at > now);
            let regular = now + wait;
            look.due = look.follow.pop().map_or(regular, |next| next.min(regular));
        }
        self.hush(now, came);
    }

    /// A server's own page came back.
    pub(crate) fn view_done(&mut self, now: Duration, came: Came) {
        self.in_flight = self.in_flight.saturating_sub(1);
        self.hush(now, came);
    }

    /// One 429 may be about one server only; a second one in a row is about the account.
    fn hush(&mut self, now: Duration, came: Came) {
        let Came::TooMany(wait) = came else {
            self.too_many = 0;
            return;
        };
        self.too_many += 1;
        if self.too_many >= 2 {
            self.silent_until = now + wait.unwrap_or(SILENCE) + Duration::from_secs(1);
        }
    }
}

fn back_off(failures: u32) -> Duration {
    let step = usize::try_from(failures.saturating_sub(1)).unwrap_or(usize::MAX);
    Duration::from_secs(BACK_OFF[step.min(BACK_OFF.len() - 1)])
}

#[cfg(test)]
mod tests;
