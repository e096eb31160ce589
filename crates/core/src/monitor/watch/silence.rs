//! How long a panel that said "too many" is asked nothing, and whether it was said of one server or of the account.
//!
//! Sends nothing and reads no clock; chance is given to it, and drawn only when it counts.

use super::{Came, list::SILENCE};
use std::time::Duration;

/// The longest that a silence is drawn out, so that computers that share a limit do not end it all at once.
const SPREAD: Duration = Duration::from_secs(5);

/// The silence towards one panel.
#[derive(Debug, Default)]
pub(super) struct Silence {
    until: Duration,
    /// The server that was answered with 429 last, with no other answer since.
    too_many: Option<String>,
}

impl Silence {
    /// When it ends, while there is one.
    pub(super) fn end(&self, now: Duration) -> Option<Duration> {
        Some(self.until).filter(|until| *until > now)
    }

    /// The list came back: a 429 of it is about the account.
    pub(super) fn list(&mut self, now: Duration, came: Came, chance: impl FnOnce() -> f64) {
        match came {
            Came::TooMany(wait) => self.begin(now, wait, chance),
            Came::Good | Came::Bad | Came::OnlyThis | Came::Refused => self.too_many = None,
        }
    }

    /// Something about a server came back. 429 may be about one server only; one of a second server right after it is
    /// about the account.
    pub(super) fn server(
        &mut self,
        now: Duration,
        uuid: &str,
        came: Came,
        chance: impl FnOnce() -> f64,
    ) {
        let Came::TooMany(wait) = came else {
            self.too_many = None;
            return;
        };
        let before = self.too_many.replace(uuid.to_owned());
        if before.is_some_and(|before| before != uuid) {
            self.begin(now, wait, chance);
        }
    }

    fn begin(&mut self, now: Duration, wait: Option<Duration>, chance: impl FnOnce() -> f64) {
        let least = now + wait.unwrap_or(SILENCE) + Duration::from_secs(1);
        let until = least + SPREAD.mul_f64(chance());
        self.until = self.until.max(until);
    }
}
