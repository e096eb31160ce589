//! Refusals that only time heals: too many requests, maintenance. It must never wait longer than an hour because somebody
//! says so.

use std::time::{Duration, SystemTime};

use crate::budget::Budget;
use crate::error::Error;
use crate::reply::Reply;
use crate::timestamp::http_date;

/// The longest wait taken over from a panel.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

/// No panel grants as little as this to everything; a smaller number is one route's own. Only used before the panel's
/// general limit is known.
const SMALLEST_LIMIT: u32 = 30;

/// The answer 429. It concerns this action only while requests are left (`told_by_panel` or with a `Retry-After`; others put
/// their own numbers under these names), or when a limit that is tighter than the panel's own ran out on a route known to have
/// one.
pub(super) fn rate_limited(reply: &Reply, told_by_panel: bool) -> Error {
    let retry_after = retry_after(reply);
    let counts = Budget::read(&reply.headers);
    let left = counts.is_some_and(|counts| counts.remaining > 0);
    let general = reply.asked.general_limit.unwrap_or(SMALLEST_LIMIT);
    let tighter = counts.is_some_and(|counts| counts.limit < general);
    let meant = told_by_panel || retry_after.is_some();
    if (left && meant) || (tighter && reply.asked.call.has_its_own_limit()) {
        Error::ActionLimited { retry_after }
    } else {
        Error::RateLimited { retry_after }
    }
}

pub(super) fn maintenance(reply: &Reply) -> Error {
    Error::Maintenance {
        retry_after: retry_after(reply),
    }
}

/// How long to stay away: `Retry-After` in seconds, or as a date (what stands in front of a panel may write one), or else the
/// end of the panel's minute. Dates count from the answer's own, so a wrong clock here does no harm.
pub(super) fn retry_after(reply: &Reply) -> Option<Duration> {
    let first = |name: &str| reply.header(name).map(str::trim);
    let told = first("retry-after").and_then(|told| {
        let seconds = || told.split(',').next()?.trim().parse().ok();
        let date = || from_the_answer_to(reply, http_date(told)?);
        seconds().map(Duration::from_secs).or_else(date)
    });
    let reset = || {
        let seconds: u64 = first("x-ratelimit-reset")?.parse().ok()?;
        let then = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))?;
        from_the_answer_to(reply, then)
    };
    told.or_else(reset).map(|wait| wait.min(LONGEST_WAIT))
}

fn from_the_answer_to(reply: &Reply, then: SystemTime) -> Option<Duration> {
    let date = http_date(reply.header("date")?)?;
    Some(then.duration_since(date).unwrap_or_default())
}
