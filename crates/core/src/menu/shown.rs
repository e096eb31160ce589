//! What a tray shows now, and what of something newer it is to show: at once, or in a while.
//!
//! Knows no tray. Never makes anything but figures wait, and never moves a row.

use super::{Item, Rows, Tray, build};
use crate::{snapshot::Snapshot, text::Texts};
use std::{sync::Arc, time::Duration};

/// So often figures change in a menu that may be open: nobody reads faster.
const OPEN_EVERY: Duration = Duration::from_secs(1);
/// For so long after it opened a menu may still be: no host passes on that it closed.
const OPEN_FOR: Duration = Duration::from_secs(5 * 60);
/// So often they change in a menu that is closed, for hosts that show one without saying so.
const CLOSED_EVERY: Duration = Duration::from_secs(60);

/// What is shown.
#[derive(Debug)]
pub struct Shown {
    texts: Arc<Texts>,
    rows: Rows,
    tray: Tray,
    /// When its figures were the newest.
    drawn: Duration,
    opened: Option<Duration>,
}

impl Shown {
    /// The first that is shown. Moments count from any one.
    pub fn new(now: Duration, snapshot: &Snapshot, texts: Arc<Texts>) -> Shown {
        let rows = Rows::of(snapshot);
        Shown {
            tray: build(snapshot, &texts, &rows),
            texts,
            rows,
            drawn: now,
            opened: None,
        }
    }

    /// What is shown.
    pub fn tray(&self) -> &Tray {
        &self.tray
    }

    /// Shows what is new. When only figures are, and it is too early for them, gives the moment to come again.
    pub fn take(&mut self, now: Duration, snapshot: &Snapshot) -> Option<Duration> {
        self.rows.keep(snapshot);
        let fresh = build(snapshot, &self.texts, &self.rows);
        if fresh == self.tray {
            return None;
        }
        let due = self.drawn + self.every(now);
        if now < due && same_but_for_figures(&fresh, &self.tray) {
            return Some(due);
        }
        self.draw(now, fresh);
        None
    }

    /// The menu is about to open: it has the newest figures, and every row in its own place.
    pub fn open(&mut self, now: Duration, snapshot: &Snapshot) {
        self.opened = Some(now);
        self.close(now, snapshot);
    }

    /// The menu was closed just now, by a press.
    pub fn close(&mut self, now: Duration, snapshot: &Snapshot) {
        self.rows = Rows::of(snapshot);
        let fresh = build(snapshot, &self.texts, &self.rows);
        self.draw(now, fresh);
    }

    fn draw(&mut self, now: Duration, fresh: Tray) {
        self.tray = fresh;
        self.drawn = now;
    }

    fn every(&self, now: Duration) -> Duration {
        match self.opened {
            Some(opened) if now < opened + OPEN_FOR => OPEN_EVERY,
            _ => CLOSED_EVERY,
        }
    }
}

fn same_but_for_figures(one: &Tray, other: &Tray) -> bool {
    (one.icon, one.style, &one.tooltip) == (other.icon, other.style, &other.tooltip)
        && one.left_click == other.left_click
        && alike(&one.menu, &other.menu)
}

fn alike(one: &[Item], other: &[Item]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| like(one, other))
}

fn like(one: &Item, other: &Item) -> bool {
    match (one, other) {
        (Item::Figure(_), Item::Figure(_)) => true,
        (
            Item::Server {
                id,
                text,
                figures,
                condition,
                items,
            },
            Item::Server {
                id: other_id,
                text: other_text,
                figures: other_figures,
                condition: other_condition,
                items: other_items,
            },
        ) => {
            (id, text, condition) == (other_id, other_text, other_condition)
                // The first figures and the last ones are news.
                && figures.is_empty() == other_figures.is_empty()
                && alike(items, other_items)
        }
        (one, other) => one == other,
    }
}
