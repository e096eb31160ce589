//! The one line that says how things stand.
//!
//! Names at most one server: whoever wants to know more opens the menu.

use super::age;
use crate::{
    condition::{Condition, Standing},
    snapshot::{ServerView, Snapshot},
    text::{Part, Texts},
};

/// One line that says how things stand; the same in tooltip, menu and window.
pub fn headline(snapshot: &Snapshot, texts: &Texts) -> String {
    if snapshot.panels.is_empty() {
        return texts.say("headline-not-set-up");
    }
    let problems = snapshot.panels.iter().filter_map(|panel| {
        let problem = panel.problem.as_ref()?;
        Some(format!("{}: {}", panel.name, texts.problem(problem)))
    });
    let mut parts: Vec<String> = problems.take(1).collect();
    let total = snapshot.listed().count();
    if total == 0 {
        if parts.is_empty() {
            let connecting = snapshot.panels.iter().any(|panel| panel.connecting);
            let key = if connecting {
                "headline-connecting"
            } else {
                "headline-no-servers"
            };
            parts.push(texts.say(key));
        }
        return parts.join(" · ");
    }
    let up = |server: &&ServerView| server.condition.standing() == Standing::Up;
    let running = snapshot.listed().filter(up).count();
    let counts = [
        ("running", Part::Count(running)),
        ("total", Part::Count(total)),
    ];
    parts.insert(0, texts.say_with("headline-running", &counts));
    parts.extend(trouble(snapshot, texts));
    parts.join(" · ")
}

fn troubled(snapshot: &Snapshot) -> Vec<&ServerView> {
    let problem = |server: &&ServerView| server.condition.standing() == Standing::Problem;
    snapshot.listed().filter(problem).collect()
}

/// The one server that crashed, if no other has a problem: the headline says how long ago.
pub(super) fn crashed(snapshot: &Snapshot) -> Option<&ServerView> {
    match troubled(snapshot)[..] {
        [one] if one.condition == Condition::Crashed => Some(one),
        _ => None,
    }
}

/// The one server with a problem by name, or how many there are.
fn trouble(snapshot: &Snapshot, texts: &Texts) -> Option<String> {
    let since = crashed(snapshot).and_then(|one| Some((one, one.since_ms?)));
    if let Some((one, since)) = since {
        let ago = texts.ago(age::of(snapshot, since));
        let parts = [("name", Part::Text(&one.name)), ("ago", Part::Text(&ago))];
        return Some(texts.say_with("headline-crashed", &parts));
    }
    let troubled = troubled(snapshot);
    match troubled[..] {
        [] => None,
        [one] => {
            let word = texts.condition(one.condition);
            let parts = [
                ("name", Part::Text(&one.name)),
                ("condition", Part::Text(&word)),
            ];
            Some(texts.say_with("headline-one", &parts))
        }
        _ => Some(texts.say_with("headline-more", &[("count", Part::Count(troubled.len()))])),
    }
}
