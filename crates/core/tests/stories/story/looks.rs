//! What can be seen of a story: what is shown, what was told, what was ordered.
//!
//! Lets nothing happen.

use super::{Story, id};
use pterotray_core::{
    Alert, Condition, Desktop, Drive, Effect, News, Notification, Outcome, Plan, PowerSignal,
    ServerView, Silence, Snapshot, Subject, Texts, notification,
};

impl Story {
    /// Everything that was told so far, in English: title and text.
    pub(crate) fn told_words(&self) -> Vec<String> {
        let texts = Texts::new(Some("en"));
        let word =
            |alert: &Alert| notification::line(&alert.name, &alert.about, &alert.news, &texts);
        self.told.iter().map(|(_, alert)| word(alert)).collect()
    }

    /// Whether what was told of a server was taken back at some time.
    pub(crate) fn withdrawn(&self, name: &str) -> bool {
        self.taken_back.contains(&Subject::Server(id(name)))
    }

    /// Why nothing was told of a server, each time.
    pub(crate) fn reasons(&self, name: &str) -> Vec<Silence> {
        let about = Subject::Server(id(name));
        let of = self.hushed.iter().filter(|(subject, _)| *subject == about);
        of.map(|(_, why)| *why).collect()
    }

    /// The plan that the last step ordered, if it did.
    pub(crate) fn plan(&self) -> Option<Plan> {
        let plan = |order: Drive| match order {
            Drive::Watch { plan, .. } => Some(plan),
            _ => None,
        };
        self.orders().into_iter().find_map(plan)
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        self.state.snapshot(self.now)
    }

    pub(crate) fn shown(&self, name: &str) -> ServerView {
        self.snapshot().server(&id(name)).unwrap().clone()
    }

    pub(crate) fn condition(&self, name: &str) -> Condition {
        self.shown(name).condition
    }

    /// The signals sent by the last step.
    pub(crate) fn sent(&self) -> Vec<PowerSignal> {
        let signal = |effect: &Effect| match effect {
            Effect::Drive(Drive::Power { signal, .. }) => Some(*signal),
            _ => None,
        };
        self.effects.iter().filter_map(signal).collect()
    }

    /// What the last step told a person.
    pub(crate) fn news(&self) -> Vec<News> {
        let news = |effect: &Effect| match effect {
            Effect::Desktop(Desktop::Alert(alert)) => Some(alert.news.clone()),
            _ => None,
        };
        self.effects.iter().filter_map(news).collect()
    }

    /// The one notification of the last step, in English.
    pub(crate) fn notification(&self) -> Notification {
        let texts = Texts::new(Some("en"));
        let word = |effect: &Effect| match effect {
            Effect::Desktop(Desktop::Alert(alert)) => Some(notification::word(alert, &texts)),
            _ => None,
        };
        let all: Vec<Notification> = self.effects.iter().filter_map(word).collect();
        let [one] = all.try_into().unwrap();
        one
    }

    /// Who was answered by the last step, and what.
    pub(crate) fn replies(&self) -> Vec<(u64, Outcome)> {
        let reply = |effect: &Effect| match effect {
            Effect::Reply { ask, outcome } => Some((*ask, outcome.clone())),
            _ => None,
        };
        self.effects.iter().filter_map(reply).collect()
    }

    pub(crate) fn orders(&self) -> Vec<Drive> {
        let order = |effect: &Effect| match effect {
            Effect::Drive(order) => Some(order.clone()),
            _ => None,
        };
        self.effects.iter().filter_map(order).collect()
    }
}
