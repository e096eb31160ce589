//! What was said of servers, held against what is told of them.
//!
//! Knows the events only, nothing of the state that they made.

use super::NAMES;
use crate::stories::story::{Story, id};
use proptest::prelude::*;
use pterodactyl_client::PowerState;
use pterotray_core::{Alert, Desktop, Effect, Event, LiveNews, News, Subject, settings::AlertRule};
use std::collections::{BTreeMap, BTreeSet};

/// What was said of the servers so far, by whomever.
#[derive(Default)]
pub(super) struct Said {
    /// Said to be offline since an alert last told so.
    offline: BTreeSet<&'static str>,
    /// By a socket that is open, as the last thing.
    pub(super) live: BTreeMap<&'static str, PowerState>,
    open: BTreeSet<&'static str>,
}

impl Said {
    pub(super) fn hear(&mut self, event: &Event) {
        let (server, state) = match event {
            Event::ResourcesRead {
                server, resources, ..
            } => (server, Some(&resources.state)),
            Event::Live {
                server,
                news: LiveNews::State(state),
            } => (server, Some(state)),
            Event::Live {
                server,
                news: LiveNews::Stats(stats),
            } => (server, Some(&stats.state)),
            Event::Live { server, .. } => (server, None),
            _ => return,
        };
        let Some(name) = NAMES.into_iter().find(|name| id(name) == *server) else {
            return;
        };
        match event {
            Event::Live {
                news: LiveNews::Opened,
                ..
            } => {
                self.open.insert(name);
                self.live.remove(name);
            }
            Event::Live {
                news: LiveNews::Closed { .. },
                ..
            } => {
                self.open.remove(name);
                self.live.remove(name);
            }
            Event::Live { .. } if self.open.contains(name) => {
                if let Some(state) = state {
                    self.live.insert(name, state.clone());
                }
            }
            _ => {}
        }
        if state == Some(&PowerState::Offline) {
            self.offline.insert(name);
        }
    }

    /// What goes down in the news was said to be down; what is unknown is never told, nor what
    /// nobody wants to hear.
    pub(super) fn check(&mut self, story: &Story) -> Result<(), TestCaseError> {
        for effect in &story.effects {
            let Effect::Desktop(Desktop::Alert(Alert { about, news, .. })) = effect else {
                continue;
            };
            let fell = matches!(
                news,
                News::Crashed { .. }
                    | News::WentDown { .. }
                    | News::WasStopped { .. }
                    | News::CrashedRestarting { .. }
            );
            if fell {
                let told = NAMES
                    .into_iter()
                    .find(|name| Subject::Server(id(name)) == *about);
                prop_assert!(told.is_some_and(|name| self.offline.remove(name)));
            }
            prop_assert!(is_wanted(story, about, news), "{news:?} of {about:?}");
            if let News::Meanwhile { down, up } = news {
                prop_assert!(!down.is_empty() || !up.is_empty());
            }
        }
        Ok(())
    }
}

/// It answers a press, which is said at once whatever else is wished.
pub(super) fn is_answer(news: &News) -> bool {
    let failed = matches!(
        news,
        News::ActionFailed { .. } | News::ActionUnseen { .. } | News::Notice { .. }
    );
    failed || news.is_answer()
}

/// Neither its rule nor a silence forbids it.
fn is_wanted(story: &Story, about: &Subject, news: &News) -> bool {
    if is_answer(news) || matches!(news, News::HeldBack { .. }) {
        return true;
    }
    let settings = &story.snapshot().settings;
    if settings.alerts.paused.is_some() || settings.alerts.quiet.holds(story.now) {
        return false;
    }
    let Some(server) = about.server() else {
        return true;
    };
    let rule = settings.alerts.rule_of(server);
    let stopped = matches!(news, News::WasStopped { .. });
    !settings.hidden.contains(server)
        && rule != AlertRule::Nothing
        && !(stopped && rule == AlertRule::Crashes)
}
