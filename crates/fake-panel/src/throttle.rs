//! Fixed windows of requests: per user over everything, per server for some actions (REFERENCE 9). Never reads a clock.

use std::time::Duration;

use crate::life::Moment;
use crate::people::User;
use crate::refusal::Refusal;
use crate::world::World;

/// What newer panels ration per server, over all users together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Action {
    Token,
    Restore,
    Schedule,
}

/// Whose requests are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Counter {
    /// A user's, and whether at the application API.
    User(u32, bool),
    /// A server's, by UUID.
    Server(Action, String),
}

/// A request counted against a limit.
pub(crate) struct Count {
    pub(crate) limit: u32,
    pub(crate) used: u32,
}

/// Counts a request in its window, or refuses it. Refused ones neither count nor lengthen the window.
fn count(
    world: &mut World,
    counter: Counter,
    limit: u32,
    lasts: Duration,
) -> Result<Count, Refusal> {
    let now = world.now;
    let window: &mut (Moment, u32) = world.windows.entry(counter).or_insert((now, 0));
    if window.0 + lasts <= now {
        *window = (now, 0);
    }
    if window.1 >= limit {
        let wait = (window.0 + lasts - now).as_secs_f64().ceil();
        let reset = world.unix(now).floor() + wait;
        return Err(Refusal::throttled()
            .with("x-ratelimit-limit", limit)
            .with("x-ratelimit-remaining", 0)
            .with("retry-after", wait)
            .with("x-ratelimit-reset", reset));
    }
    window.1 += 1;
    Ok(Count {
        limit,
        used: window.1,
    })
}

/// Against the user's limit; the application API has its own.
pub(crate) fn of_user(world: &mut World, user: &User, application: bool) -> Result<Count, Refusal> {
    const APPLICATION: u32 = 240;
    let newer = world.rules.flavour.is_newer();
    let limit = match (application, newer) {
        (false, _) => world.rules.limit_per_minute,
        (true, false) => APPLICATION,
        (true, true) => APPLICATION.max(256),
    };
    let lasts = world.rules.limit_window;
    count(world, Counter::User(user.id, application), limit, lasts)
}

/// Against the server's limit for an action; panels before 1.12 have none.
pub(crate) fn of_server(
    world: &mut World,
    index: usize,
    action: Action,
) -> Result<Option<Count>, Refusal> {
    if !world.rules.flavour.is_newer() {
        return Ok(None);
    }
    let rules = &world.rules;
    let (limit, lasts) = match action {
        Action::Token => (rules.tokens_per_minute, rules.throttle_window),
        Action::Schedule => (rules.schedules_per_minute, rules.throttle_window),
        Action::Restore => (rules.restores_per_window, rules.restore_window),
    };
    let uuid = world.servers[index].uuid.clone();
    count(world, Counter::Server(action, uuid), limit, lasts).map(Some)
}
