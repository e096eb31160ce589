//! The one line that says how things stand.
//!
//! Names at most one server: whoever wants to know more opens the menu. Claims nothing that was not read.

use super::age;
use crate::{
    condition::{Condition, Standing},
    snapshot::{ServerView, Snapshot},
    text::{Part, Texts},
};

/// One line that says how things stand; the same in tooltip and menu.
pub fn headline(snapshot: &Snapshot, texts: &Texts) -> String {
    if snapshot.panels.is_empty() {
        return texts.say("headline-not-set-up");
    }
    let problem = panel_problem(snapshot, texts);
    if problem.is_none() && nothing_read(snapshot) {
        return texts.say(if waits(snapshot) {
            "headline-connecting"
        } else {
            "headline-no-servers"
        });
    }
    let mut parts = counts(snapshot, texts);
    let calm = problem.is_none();
    parts.extend(problem);
    let concerned = trouble(snapshot, texts);
    parts.extend(concerned.or_else(|| changing(snapshot, texts).filter(|_| calm)));
    parts.join(" · ")
}

/// What is wrong with the first panel that has something wrong with it.
fn panel_problem(snapshot: &Snapshot, texts: &Texts) -> Option<String> {
    snapshot.panels.iter().find_map(|panel| {
        let problem = panel.problem.as_ref()?;
        Some(format!("{}: {}", panel.name, texts.problem(problem)))
    })
}

/// No server has told anything yet, not even why nothing can be read of it.
fn nothing_read(snapshot: &Snapshot) -> bool {
    let unread = |server: &ServerView| {
        let unknown = server.condition == Condition::Unknown;
        unknown && server.read_at_ms.is_none() && server.problem.is_none()
    };
    snapshot.listed().all(unread)
}

/// There is, or may be, something to be read.
fn waits(snapshot: &Snapshot) -> bool {
    snapshot.listed().next().is_some() || snapshot.panels.iter().any(|panel| panel.connecting)
}

/// How many run, as far as that is known, and of how many it is not.
fn counts(snapshot: &Snapshot, texts: &Texts) -> Vec<String> {
    let total = snapshot.listed().count();
    let running = standing(snapshot, Standing::Up).len();
    let unknown = standing(snapshot, Standing::Unknown).len();
    let mut parts = Vec::new();
    if unknown < total {
        let counts = [
            ("running", Part::Count(running)),
            ("total", Part::Count(total)),
        ];
        parts.push(texts.say_with("headline-running", &counts));
    }
    if unknown > 0 {
        parts.push(texts.say_with("headline-unknown", &[("count", Part::Count(unknown))]));
    }
    parts
}

fn standing(snapshot: &Snapshot, standing: Standing) -> Vec<&ServerView> {
    let so = |server: &&ServerView| server.condition.standing() == standing;
    snapshot.listed().filter(so).collect()
}

/// The one server that crashed, if no other has a problem: the headline says how long ago.
pub(super) fn crashed(snapshot: &Snapshot) -> Option<&ServerView> {
    match standing(snapshot, Standing::Problem)[..] {
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
    one_or_more(
        &standing(snapshot, Standing::Problem),
        "headline-more",
        texts,
    )
}

/// The one server that is on its way up or down, or how many are.
fn changing(snapshot: &Snapshot, texts: &Texts) -> Option<String> {
    let changing = standing(snapshot, Standing::Transition);
    one_or_more(&changing, "headline-changing", texts)
}

fn one_or_more(servers: &[&ServerView], more: &str, texts: &Texts) -> Option<String> {
    match servers {
        [] => None,
        [one] => {
            let word = texts.condition(one.condition);
            let parts = [
                ("name", Part::Text(&one.name)),
                ("condition", Part::Text(&word)),
            ];
            Some(texts.say_with("headline-one", &parts))
        }
        _ => Some(texts.say_with(more, &[("count", Part::Count(servers.len()))])),
    }
}
