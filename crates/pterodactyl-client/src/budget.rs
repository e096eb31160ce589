//! How many requests the panel still grants. It must never guess: without both headers nothing is learned.

use reqwest::header::HeaderMap;

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
        let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse().ok();
        Some(Self {
            limit: number("x-ratelimit-limit")?,
            remaining: number("x-ratelimit-remaining")?,
        })
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
}
