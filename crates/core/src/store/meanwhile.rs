//! The summary of what changed while nobody could look: one for all panels.
//!
//! Finds nothing out itself: each panel's gap does.

use super::{State, gap::TOLD_AFTER, panel::Panel};
use crate::{
    alert::{News, Subject},
    effect::Effect,
    id::PanelId,
    time::Now,
};
use std::{collections::BTreeSet, time::Duration};

/// What is known so far.
#[derive(Debug, Default)]
pub(super) struct Meanwhile {
    /// When the first panel knew all of its own.
    since: Option<Now>,
    /// On which panels.
    of: BTreeSet<PanelId>,
    down: Vec<String>,
    up: Vec<String>,
}

impl Meanwhile {
    /// When it is told, whatever is still to come.
    pub(super) fn due(&self) -> Option<Duration> {
        Some(self.since?.mono + TOLD_AFTER)
    }
}

impl State {
    /// A panel may know by now what changed on it.
    pub(super) fn close_gap(&mut self, now: Now, id: &PanelId) {
        let Some(panel) = self.panels.get_mut(id) else {
            return;
        };
        let Some(gap) = panel.close_gap(now) else {
            return;
        };
        if gap.down.is_empty() && gap.up.is_empty() {
            return;
        }
        let so_far = &mut self.meanwhile;
        so_far.of.insert(id.clone());
        so_far.since.get_or_insert(now);
        so_far.down.extend(gap.down);
        so_far.up.extend(gap.up);
    }

    /// Tells in one alert what changed, once all panels know, or have had time enough.
    pub(super) fn sum_up(&mut self, now: Now, out: &mut Vec<Effect>) {
        let Some(due) = self.meanwhile.due() else {
            return;
        };
        let waits = |panel: &Panel| panel.gap.is_some();
        if due > now.mono && self.panels.values().any(waits) {
            return;
        }
        let Meanwhile { of, down, up, .. } = std::mem::take(&mut self.meanwhile);
        let mut names = of.iter().filter_map(|id| {
            let panel = self.panels.get(id)?;
            Some(panel.settings.name.clone())
        });
        // A name only where one panel has it all.
        let name = names.next().filter(|_| of.len() == 1).unwrap_or_default();
        let news = News::Meanwhile { down, up };
        self.tell(now, Subject::Away, name, news, out);
    }
}
