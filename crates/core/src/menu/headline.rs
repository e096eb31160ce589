//! The one line that says how things stand.
//!
//! Names at most one server: whoever wants to know more opens the menu.

use crate::{
    condition::Standing,
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

/// The one server with a problem by name, or how many there are.
fn trouble(snapshot: &Snapshot, texts: &Texts) -> Option<String> {
    let problem = |server: &&ServerView| server.condition.standing() == Standing::Problem;
    let troubled: Vec<&ServerView> = snapshot.listed().filter(problem).collect();
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
