//! How many requests the panel still grants, and what may be sent now. It must never guess: without both headers nothing is
//! learned, and nothing from a route that has a limit of its own.

use std::time::{Duration, Instant};

use reqwest::header::HeaderMap;

use crate::call::Call;
use crate::error::Error;

/// The panel counts in windows of this length, which begin with the first request.
const WINDOW: Duration = Duration::from_secs(60);

/// The panel's own count of requests, from the newest answer that carried it. It is kept per user and minute and shared
/// with all of the user's keys and browser tabs, so it can shrink by more than what was sent here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Requests granted per minute (`X-RateLimit-Limit`).
    pub limit: u32,
    /// Requests left in the running minute (`X-RateLimit-Remaining`).
    pub remaining: u32,
}

impl Budget {
    /// What `headers` say, or `None` when they do not say both numbers.
    pub(crate) fn read(headers: &HeaderMap) -> Option<Self> {
        // Of a header that came twice, on two lines or on one, the first is the panel's.
        let number = |name: &str| {
            let told = headers.get(name)?.to_str().ok()?;
            told.split(',').next()?.trim().parse().ok()
        };
        Some(Self {
            limit: number("x-ratelimit-limit")?,
            remaining: number("x-ratelimit-remaining")?,
        })
    }
}

/// What may be sent to a panel now, as far as its answers told. Pure: time and answers are passed in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Allowance {
    counted: Option<(Budget, Instant)>,
    silent_until: Option<Instant>,
}

/// The answer to "may I ask now?".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MaySend {
    /// Yes; this many requests are left as far as is known, one's own share of them being smaller.
    Now {
        /// Requests left in the running minute; `None` when no answer told yet or the minute is over.
        remaining: Option<u32>,
    },
    /// No, not before then.
    NotBefore(Instant),
}

impl Allowance {
    /// Takes in an answer to `call` that came `now`: the counts it carried, and the error if it was a refusal.
    pub fn learn(&mut self, now: Instant, call: Call, told: Option<Budget>, error: Option<&Error>) {
        // A 429 may count one server's own limit: its zero says nothing about the rest.
        let refused = matches!(error, Some(Error::RateLimited { .. }));
        if let Some(budget) = told
            && !call.has_its_own_limit()
            && !refused
        {
            self.counted = Some((budget, now));
        }
        if let Some(error @ Error::RateLimited { .. }) = error {
            self.silent_until = self.silent_until.max(error.retry_at(now));
        }
    }

    /// What may be sent. A person's own action may still be tried when this says no; a refusal costs nothing.
    #[must_use]
    pub fn may_send(&self, now: Instant) -> MaySend {
        if let Some(then) = self.silent_until.filter(|then| *then > now) {
            return MaySend::NotBefore(then);
        }
        let fresh = self.counted.filter(|(_, at)| now < *at + WINDOW);
        match fresh {
            Some((budget, at)) if budget.remaining == 0 => MaySend::NotBefore(at + WINDOW),
            Some((budget, _)) => MaySend::Now {
                remaining: Some(budget.remaining),
            },
            None => MaySend::Now { remaining: None },
        }
    }

    /// The newest counts, and when they came.
    #[must_use]
    pub fn counted(&self) -> Option<(Budget, Instant)> {
        self.counted
    }

    /// The newest counts, however old.
    #[must_use]
    pub fn budget(&self) -> Option<Budget> {
        self.counted.map(|(budget, _)| budget)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&'static str, &'static str)]) -> Option<Budget> {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        Budget::read(&headers)
    }

    #[test]
    fn both_numbers_or_nothing() {
        let both = [
            ("x-ratelimit-limit", "256"),
            ("x-ratelimit-remaining", "255"),
        ];
        assert_eq!(
            read(&both),
            Some(Budget {
                limit: 256,
                remaining: 255
            })
        );
        assert_eq!(read(&both[..1]), None);
        assert_eq!(
            read(&[
                ("x-ratelimit-limit", "many"),
                ("x-ratelimit-remaining", "1")
            ]),
            None
        );
        assert_eq!(read(&[]), None);
    }

    const fn budget(remaining: u32) -> Option<Budget> {
        let limit = 256;
        Some(Budget { limit, remaining })
    }

    #[test]
    fn a_token_answer_teaches_nothing_about_the_rest() {
        let now = Instant::now();
        let mut allowance = Allowance::default();
        allowance.learn(now, Call::Resources, budget(200), None);
        let own = Budget {
            limit: 5,
            remaining: 0,
        };
        allowance.learn(now, Call::Websocket, Some(own), None);
        let limited = Error::ActionLimited {
            retry_after: Some(WINDOW),
        };
        allowance.learn(now, Call::Websocket, Some(own), Some(&limited));
        assert_eq!(allowance.budget(), budget(200));
        let remaining = Some(200);
        assert_eq!(allowance.may_send(now), MaySend::Now { remaining });
    }

    #[test]
    fn a_refusal_is_silence_until_its_time_is_over() {
        let now = Instant::now();
        let later = |seconds| now + Duration::from_secs(seconds);
        let mut allowance = Allowance::default();
        assert_eq!(allowance.may_send(now), MaySend::Now { remaining: None });
        let limited = |seconds| Error::RateLimited {
            retry_after: Some(Duration::from_secs(seconds)),
        };
        allowance.learn(now, Call::Servers, budget(0), Some(&limited(90)));
        assert_eq!(allowance.may_send(now), MaySend::NotBefore(later(90)));
        // A shorter wait told meanwhile does not shorten the longer one.
        allowance.learn(now, Call::Servers, None, Some(&limited(5)));
        assert_eq!(allowance.may_send(later(89)), MaySend::NotBefore(later(90)));
        assert_eq!(
            allowance.may_send(later(90)),
            MaySend::Now { remaining: None }
        );
    }

    #[test]
    fn a_refusals_own_counts_are_not_the_accounts() {
        let now = Instant::now();
        let mut allowance = Allowance::default();
        allowance.learn(now, Call::Resources, budget(200), None);
        let limited = Error::RateLimited { retry_after: None };
        allowance.learn(now, Call::Resources, budget(0), Some(&limited));
        assert_eq!(allowance.budget(), budget(200));
    }

    #[test]
    fn an_empty_minute_ends_by_itself() {
        let now = Instant::now();
        let mut allowance = Allowance::default();
        allowance.learn(now, Call::Account, budget(0), None);
        assert_eq!(allowance.may_send(now), MaySend::NotBefore(now + WINDOW));
        let over = MaySend::Now { remaining: None };
        assert_eq!(allowance.may_send(now + WINDOW), over);
        assert_eq!(allowance.budget(), budget(0));
    }
}
