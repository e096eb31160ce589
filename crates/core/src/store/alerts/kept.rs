//! The last alerts, for whoever missed them, and how many nobody has looked at.
//!
//! Bounded: 50. Decides nothing.

use crate::{
    alert::{Alert, KeptAlert, News, Silence, Subject},
    id::PanelId,
    time::Now,
};
use std::sync::Arc;

const MOST: usize = 50;

/// The last alerts.
#[derive(Debug, Default)]
pub(in crate::store) struct Kept {
    /// Newest first. Shared with every snapshot until it changes.
    list: Arc<Vec<KeptAlert>>,
    /// The newest alert's number.
    number: u64,
}

impl Kept {
    pub(in crate::store) fn next_number(&mut self) -> u64 {
        self.number += 1;
        self.number
    }

    pub(super) fn keep(&mut self, now: Now, alert: &Alert, silent: Option<Silence>) {
        if !alert.news.is_kept() {
            return;
        }
        let list = Arc::make_mut(&mut self.list);
        list.insert(
            0,
            KeptAlert {
                number: alert.number,
                at_ms: now.wall_ms,
                about: alert.about.clone(),
                name: alert.name.clone(),
                news: alert.news.clone(),
                silent,
                // One alert tells of all that flapping kept silent.
                unread: silent != Some(Silence::Flapping),
            },
        );
        list.truncate(MOST);
    }

    /// What was said alone is part of something else now.
    pub(super) fn forget(&mut self, number: u64) {
        if self.list.iter().any(|kept| kept.number == number) {
            Arc::make_mut(&mut self.list).retain(|kept| kept.number != number);
        }
    }

    /// The newest alert about this grew: the older form of it goes.
    pub(super) fn forget_about(&mut self, about: &Subject) {
        let newest = self.list.iter().find(|kept| kept.about == *about);
        if let Some(number) = newest.map(|kept| kept.number) {
            self.forget(number);
        }
    }

    /// What flapping kept silent is told after all: its silent form goes.
    pub(super) fn forget_silent(&mut self, about: &Subject) {
        let newest = self.list.iter().find(|kept| kept.about == *about);
        let silent = newest.filter(|kept| kept.silent == Some(Silence::Flapping));
        if let Some(number) = silent.map(|kept| kept.number) {
            self.forget(number);
        }
    }

    /// A panel is removed: what was said of it goes too.
    pub(super) fn forget_panel(&mut self, panel: &PanelId) {
        let of_it = |kept: &KeptAlert| kept.about.panel() == Some(panel);
        if self.list.iter().any(of_it) {
            Arc::make_mut(&mut self.list).retain(|kept| !of_it(kept));
        }
    }

    /// What was said last of a subject.
    pub(super) fn last_fall(&self, about: &Subject) -> Option<&News> {
        let kept = self.list.iter().find(|kept| kept.about == *about)?;
        Some(&kept.news)
    }

    /// More is known of what was said last of a subject; that alert, as it is now.
    pub(super) fn amend(&mut self, about: &Subject, news: News) -> Option<&KeptAlert> {
        let place = self.list.iter().position(|kept| kept.about == *about)?;
        let kept = Arc::make_mut(&mut self.list).get_mut(place)?;
        kept.news = news;
        Some(kept)
    }

    pub(in crate::store) fn list(&self) -> Arc<Vec<KeptAlert>> {
        Arc::clone(&self.list)
    }

    pub(in crate::store) fn unread(&self) -> u32 {
        let unread = self.list.iter().filter(|kept| kept.unread);
        u32::try_from(unread.count()).unwrap_or(u32::MAX)
    }

    /// Somebody looked at all up to this number.
    pub(in crate::store) fn see(&mut self, newest: u64) {
        self.mark_read(|kept| kept.number <= newest);
    }

    /// Somebody read this one.
    pub(in crate::store) fn read(&mut self, number: u64) {
        self.mark_read(|kept| kept.number == number);
    }

    fn mark_read(&mut self, which: impl Fn(&KeptAlert) -> bool) {
        let unread = |kept: &KeptAlert| kept.unread && which(kept);
        if self.list.iter().any(unread) {
            let list = Arc::make_mut(&mut self.list).iter_mut();
            list.filter(|kept| unread(kept))
                .for_each(|kept| kept.unread = false);
        }
    }

    pub(in crate::store) fn get(&self, number: u64) -> Option<&KeptAlert> {
        self.list.iter().find(|kept| kept.number == number)
    }
}
