//! The notice of a newer version: asked for once a day where a person wants it, told once.
//!
//! Must not ask where nobody wants it, nor where the system brings new versions by itself.

use super::{State, drive};
use crate::{
    effect::{Drive, Effect},
    problem::{Problem, ProblemKind},
    time::Now,
    version,
};
use std::time::Duration;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

impl State {
    /// This installation may be asked to look for newer versions.
    #[must_use]
    pub fn offering_new_versions(mut self, offered: bool) -> State {
        self.offers_new_versions = offered;
        self
    }

    /// Asks, when it is time.
    pub(super) fn ask_for_newest(&mut self, now: Now, out: &mut Vec<Effect>) {
        if self.newest_due(now).is_some_and(|due| due <= now.mono) {
            // Kept before anything is sent: a restart does not ask again.
            self.settings.new_versions.asked_ms = now.wall_ms;
            self.save(out);
            out.push(drive(Drive::AskNewest));
        }
    }

    /// When it is time, on the monotonic clock.
    pub(super) fn newest_due(&self, now: Now) -> Option<Duration> {
        let chosen = &self.settings.new_versions;
        if !self.offers_new_versions || !chosen.ask {
            return None;
        }
        let since = now.wall_ms.saturating_sub(chosen.asked_ms);
        // A clock that was set back would keep it silent for as long.
        let left = if since < 0 { 0 } else { DAY_MS - since };
        let left = Duration::from_millis(u64::try_from(left).unwrap_or_default());
        Some(now.mono + left)
    }

    /// Tells of a version that is newer than this one and than what was told.
    pub(super) fn newest(&mut self, now: Now, newest: String, out: &mut Vec<Effect>) {
        let chosen = &mut self.settings.new_versions;
        let is_news = version::is_newer(&newest, version::OWN)
            && (chosen.told.is_empty() || version::is_newer(&newest, &chosen.told));
        if !chosen.ask || !is_news {
            return;
        }
        chosen.told.clone_from(&newest);
        self.save(out);
        self.notices
            .retain(|notice| notice.kind != ProblemKind::NewVersion);
        self.notice(now, Problem::with(ProblemKind::NewVersion, &newest), out);
    }
}
