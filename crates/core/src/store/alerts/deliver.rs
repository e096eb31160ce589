//! The way out: an alert is told, held back by a silence, or only kept.
//!
//! Never decides whether something is worth telling.

use super::super::{Freshness, State};
use crate::{
    alert::{Alert, News, Silence, Subject},
    effect::{Desktop, Effect},
    time::Now,
};

impl State {
    /// Tells a person, and keeps it.
    pub(in crate::store) fn tell(
        &mut self,
        now: Now,
        about: Subject,
        name: String,
        news: News,
        out: &mut Vec<Effect>,
    ) {
        self.deliver(now, about, name, news, false, out);
    }

    /// The same, in place of what was told before where it `goes_on` with that. During a silence it
    /// is only kept. Its number.
    pub(super) fn deliver(
        &mut self,
        now: Now,
        about: Subject,
        name: String,
        news: News,
        goes_on: bool,
        out: &mut Vec<Effect>,
    ) -> u64 {
        let why = self.silence(now).filter(|_| news.may_wait());
        let alert = self.keep(now, about, name, news, goes_on, why);
        let number = alert.number;
        let Some(why) = why else {
            out.push(Effect::Desktop(Desktop::Alert(alert)));
            return number;
        };
        self.hold_back(why, &alert.about, &alert.name, &alert.news);
        if goes_on {
            out.push(Effect::Desktop(Desktop::Withdraw(alert.about.clone())));
        }
        hush(&alert.about, why, out);
        number
    }

    /// Not told, but kept for whoever looks.
    pub(super) fn keep_silent(
        &mut self,
        now: Now,
        about: Subject,
        name: String,
        news: News,
        why: Silence,
        out: &mut Vec<Effect>,
    ) {
        let alert = self.keep(now, about, name, news, false, Some(why));
        hush(&alert.about, why, out);
    }

    fn keep(
        &mut self,
        now: Now,
        about: Subject,
        name: String,
        news: News,
        goes_on: bool,
        silent: Option<Silence>,
    ) -> Alert {
        let alert = Alert {
            number: self.alerts.kept.next_number(),
            about,
            name,
            news,
            goes_on,
        };
        self.freshness = Freshness::News;
        self.alerts.kept.keep(now, &alert, silent);
        self.mark(now, &alert);
        alert
    }

    /// Says more in an alert that was told: who did it, say.
    pub(super) fn amend(&mut self, about: &Subject, news: News, out: &mut Vec<Effect>) {
        self.freshness = Freshness::News;
        let amended = self.alerts.kept.amend(about, news);
        if let Some(kept) = amended.filter(|kept| kept.silent.is_none()) {
            out.push(Effect::Desktop(Desktop::Amend(Alert {
                number: kept.number,
                about: kept.about.clone(),
                name: kept.name.clone(),
                news: kept.news.clone(),
                goes_on: true,
            })));
        }
    }
}

/// Something is not told.
pub(super) fn hush(about: &Subject, why: Silence, out: &mut Vec<Effect>) {
    let about = about.clone();
    out.push(Effect::Hushed { about, why });
}
