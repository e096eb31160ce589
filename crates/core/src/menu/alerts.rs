//! Alerts in the menu: those nobody has looked at, the pause, and each server's rule.
//!
//! The same lines in the same places, whatever is chosen, so that texts change in place.

use super::Item;
use crate::{
    action::{Action, Page},
    settings::{AlertRule, PauseLength},
    snapshot::{ServerView, Snapshot},
    text::{Part, Texts},
};

/// How many alerts nobody has looked at; `None` when there are none.
pub(super) fn unread(snapshot: &Snapshot, texts: &Texts) -> Option<String> {
    let count = usize::try_from(snapshot.unread_alerts).unwrap_or(usize::MAX);
    let parts = [("count", Part::Count(count))];
    (count > 0).then(|| texts.say_with("menu-new-alerts", &parts))
}

/// Leads to the alerts nobody has looked at; not seen when there are none.
pub(super) fn unread_entry(snapshot: &Snapshot, texts: &Texts) -> Item {
    let text = unread(snapshot, texts);
    let page = Page::Alerts;
    Item::Entry {
        visible: text.is_some(),
        text: text.unwrap_or_default(),
        enabled: true,
        press: Action::Show { page },
    }
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
    let key = if paused {
        "menu-alerts-paused"
    } else {
        "menu-pause-alerts"
    };
    Item::Menu {
        text: texts.say(key),
        items,
    }
}

/// What is told of a server.
pub(super) fn rules(server: &ServerView, snapshot: &Snapshot, texts: &Texts) -> Item {
    let holds = server.alert_rule.unwrap_or(snapshot.settings.alerts.rule);
    let choice = |rule: AlertRule| Item::Choice {
        text: texts.alert_rule(rule),
        chosen: rule == holds,
        press: Action::SetAlertRule {
            server: server.id.clone(),
            rule: Some(rule),
        },
    };
    Item::Menu {
        text: texts.say("menu-alerts"),
        items: AlertRule::ALL.map(choice).to_vec(),
    }
}
