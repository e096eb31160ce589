//! Since when a server's condition holds, as far as somebody saw it begin.
//!
//! Never guesses: what was found so, or happened while nobody looked, has no beginning.

use crate::{
    condition::{Condition, Standing},
    history::Cause,
    time::Now,
};

/// Since when what is known of a server holds.
#[derive(Debug, Default)]
pub(super) struct Since {
    /// The last condition that was known, and when it began (milliseconds since 1970).
    known: Option<(Condition, Option<i64>)>,
    /// Since when nothing is known, where something was.
    away: Option<i64>,
}

impl Since {
    /// The condition changed. One that is the same after a time of not knowing has gone on.
    pub(super) fn changed(&mut self, now: Now, (from, to): (Condition, Condition), cause: Cause) {
        if to.standing() == Standing::Unknown {
            if from.standing() != Standing::Unknown {
                self.away = Some(now.wall_ms);
            }
            return;
        }
        let away = self.away.take().is_some();
        if away && self.known.is_some_and(|(before, _)| before == to) {
            return;
        }
        let seen = !matches!(cause, Cause::Found | Cause::Unseen | Cause::Away);
        let began = (seen && self.known.is_some()).then_some(now.wall_ms);
        self.known = Some((to, began));
    }

    /// When this condition began, milliseconds since 1970.
    pub(super) fn of(&self, condition: Condition) -> Option<i64> {
        if condition.standing() == Standing::Unknown {
            return self.away;
        }
        let (_, began) = self.known.filter(|(known, _)| *known == condition)?;
        began
    }
}
