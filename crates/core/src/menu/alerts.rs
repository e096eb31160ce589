//! Alerts in the menu: those nobody has looked at, the pause, and each server's rule.
//!
//! The same lines in the same places, whatever is chosen, so that texts change in place.

use super::{Item, age};
use crate::{
    action::{Action, Page},
    format,
    settings::{AlertRule, PauseLength},
    snapshot::{ServerView, Snapshot},
    text::{Part, Texts},
};
use std::time::Duration;

/// How many alerts nobody has looked at; `None` when there are none.
pub(super) fn unread(snapshot: &Snapshot, texts: &Texts) -> Option<String> {
    let count = usize::try_from(snapshot.unread_alerts).unwrap_or(usize::MAX);
    let parts = [("count", Part::Count(count))];
    (count > 0).then(|| texts.say_with("menu-new-alerts", &parts))
}

/// Leads to the alerts, and says when nobody has looked at some. Always there: whatever came to be seen in an open
/// menu would move the rest.
pub(super) fn kept(snapshot: &Snapshot, texts: &Texts) -> Item {
    let text = unread(snapshot, texts).unwrap_or_else(|| texts.say("menu-kept-alerts"));
    let page = Page::Alerts;
    Item::entry(text, Action::Show { page })
}

/// Pause and its end.
pub(super) fn pause(snapshot: &Snapshot, texts: &Texts) -> Item {
    let paused = snapshot.settings.alerts.paused.is_some();
    let length = |key: &str, length: PauseLength| {
        Item::entry(texts.say(key), Action::PauseAlerts { length })
    };
    let items = vec![
        Item::Entry {
            text: texts.say("menu-resume-alerts"),
            enabled: true,
            visible: paused,
            press: Action::ResumeAlerts,
        },
        length("menu-pause-hour", PauseLength::Hour),
        length("menu-pause-tomorrow", PauseLength::Tomorrow),
        length("menu-pause-until-resumed", PauseLength::UntilResumed),
    ];
    Item::Menu {
        text: pause_text(snapshot, texts),
        items,
    }
}

/// Whether alerts are paused, and for how long still where that has an end.
fn pause_text(snapshot: &Snapshot, texts: &Texts) -> String {
    match (snapshot.settings.alerts.paused, age::pause_left(snapshot)) {
        (None, _) => texts.say("menu-pause-alerts"),
        (Some(_), None) => texts.say("menu-alerts-paused"),
        (Some(_), Some(left)) => {
            // A part of the last minute is a minute too.
            let left = format::age(left + Duration::from_millis(59_999)).unwrap_or_default();
            texts.say_with("menu-alerts-paused-for", &[("left", Part::Text(&left))])
        }
    }
}

/// What is told of a server.
pub(super) fn rules(server: &ServerView, snapshot: &Snapshot, texts: &Texts) -> Item {
    let usual = texts.alert_rule(snapshot.settings.alerts.rule);
    let usual = texts.say_with("window-rule-usual", &[("rule", Part::Text(&usual))]);
    let choice = |rule: Option<AlertRule>, text: String| Item::Choice {
        text,
        chosen: rule == server.alert_rule,
        press: Action::SetAlertRule {
            server: server.id.clone(),
            rule,
        },
    };
    let mut items = vec![choice(None, usual)];
    items.extend(AlertRule::ALL.map(|rule| choice(Some(rule), texts.alert_rule(rule))));
    Item::Menu {
        text: texts.say("menu-alerts"),
        items,
    }
}
