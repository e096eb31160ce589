//! The tray as a value: icon, tooltip and menu, built from a snapshot and compared with `==`.
//!
//! Knows no tray library and does nothing.

use crate::{
    action::{Action, Page},
    condition::{Condition, Standing},
    format,
    id::ServerId,
    snapshot::{Aggregate, ServerView, Snapshot},
    text::{Part, Texts},
};
use pterodactyl_client::PowerSignal;
use std::collections::BTreeSet;

/// Everything a tray shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Tray {
    /// The icon's state.
    pub icon: Aggregate,
    /// Text of the tooltip.
    pub tooltip: String,
    /// The menu, top to bottom.
    pub menu: Vec<Item>,
}

/// One line of a menu.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// Text that cannot be pressed.
    Label(String),
    /// A line between groups.
    Separator,
    /// Something to press.
    Entry {
        /// What it says.
        text: String,
        /// It can be pressed now.
        enabled: bool,
        /// What a press asks for.
        press: Action,
    },
    /// A server with its own menu.
    Server {
        /// What it says.
        text: String,
        /// Its indicator: an icon, or the condition's glyph where menus show no icons.
        condition: Condition,
        /// Its menu.
        items: Vec<Item>,
    },
}

/// Rows of servers before "N more…" (design, section 5).
const MOST_ROWS: usize = 20;

/// The tray for a snapshot.
pub fn build(snapshot: &Snapshot, texts: &Texts) -> Tray {
    let headline = headline(snapshot, texts);
    let mut menu = vec![Item::Label(headline.clone())];
    if snapshot.demo {
        menu.push(Item::Label(texts.say("menu-demo")));
    }
    menu.push(Item::Separator);
    let before = menu.len();
    panels(snapshot, texts, &mut menu);
    if menu.len() > before {
        menu.push(Item::Separator);
    }
    if snapshot.panels.is_empty() {
        menu.push(show(texts, "menu-set-up", Page::Welcome { panel: None }));
    }
    menu.push(Item::Entry {
        text: texts.say("menu-refresh"),
        enabled: !snapshot.panels.is_empty(),
        press: Action::Refresh,
    });
    menu.push(show(texts, "menu-open", Page::Servers));
    menu.push(show(texts, "menu-settings", Page::Settings));
    menu.push(Item::Entry {
        text: texts.say("menu-quit"),
        enabled: true,
        press: Action::Quit,
    });
    Tray {
        icon: snapshot.aggregate,
        tooltip: headline,
        menu,
    }
}

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
    let total = snapshot.servers().count();
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
    let running = snapshot.servers().filter(up).count();
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
    let troubled: Vec<&ServerView> = snapshot.servers().filter(problem).collect();
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

fn panels(snapshot: &Snapshot, texts: &Texts, menu: &mut Vec<Item>) {
    let several = snapshot.panels.len() > 1;
    let shown = shown(snapshot);
    for panel in &snapshot.panels {
        if several {
            menu.push(Item::Label(panel.name.clone()));
        }
        if let Some(problem) = &panel.problem {
            menu.push(Item::Label(format!("? {}", texts.problem(problem))));
            if problem.kind.needs_a_key() {
                let page = Page::Welcome {
                    panel: Some(panel.id.clone()),
                };
                menu.push(show(texts, "menu-new-key", page));
            }
        }
        let rows = panel
            .servers
            .iter()
            .filter(|server| shown.contains(&server.id));
        menu.extend(rows.map(|server| row(server, texts)));
    }
    let hidden = snapshot.servers().count() - shown.len();
    if hidden > 0 {
        menu.push(Item::Entry {
            text: texts.say_with("menu-more", &[("count", Part::Count(hidden))]),
            enabled: true,
            press: Action::Show {
                page: Page::Servers,
            },
        });
    }
}

/// The servers that get a row: a problem of the last panel goes before what is down on the first.
fn shown(snapshot: &Snapshot) -> BTreeSet<&ServerId> {
    let mut servers: Vec<&ServerView> = snapshot.servers().collect();
    servers.sort_by_key(|server| server.condition.rank());
    servers
        .into_iter()
        .take(MOST_ROWS)
        .map(|server| &server.id)
        .collect()
}

fn row(server: &ServerView, texts: &Texts) -> Item {
    let mut items: Vec<Item> = [
        PowerSignal::Start,
        PowerSignal::Stop,
        PowerSignal::Restart,
        PowerSignal::Kill,
    ]
    .into_iter()
    // Force stop is not even shown unless it is possible.
    .filter(|signal| *signal != PowerSignal::Kill || server.can.kill)
    .map(|signal| Item::Entry {
        text: texts.signal(signal),
        enabled: server.can.allows(signal),
        press: power(server, signal),
    })
    .collect();
    if server.condition.standing() == Standing::Blocked {
        items.clear();
    } else {
        items.push(Item::Separator);
    }
    if let Some(problem) = &server.problem {
        items.push(Item::Label(texts.problem(problem)));
    }
    let open = Action::OpenInPanel {
        server: server.id.clone(),
    };
    items.push(Item::Entry {
        text: texts.say("menu-open-in-panel"),
        enabled: true,
        press: open,
    });
    items.push(show(
        texts,
        "menu-show",
        Page::Server {
            server: server.id.clone(),
        },
    ));
    Item::Server {
        text: label(server, texts),
        condition: server.condition,
        items,
    }
}

/// A force stop is never one slip of the mouse away: it goes through the window, which asks first.
fn power(server: &ServerView, signal: PowerSignal) -> Action {
    let server = server.id.clone();
    if signal == PowerSignal::Kill {
        return Action::Show {
            page: Page::Server { server },
        };
    }
    Action::Power { server, signal }
}

fn label(server: &ServerView, texts: &Texts) -> String {
    let what = what(server, texts);
    let mut parts = vec![
        ("name", Part::Text(&server.name)),
        ("what", Part::Text(&what)),
    ];
    let pending = server.pending.map(|pending| texts.pending(pending));
    match &pending {
        Some(pending) => {
            parts.push(("pending", Part::Text(pending)));
            texts.say_with("menu-server-pending", &parts)
        }
        None => texts.say_with("menu-server", &parts),
    }
}

/// What a running server uses; of any other, the word.
fn what(server: &ServerView, texts: &Texts) -> String {
    match (&server.resources, server.condition) {
        (Some(used), Condition::Running) => {
            let cpu = format::percent(used.cpu_percent);
            let memory = format::size_of(used.memory_bytes, server.limits.memory_mib);
            let parts = [("cpu", Part::Text(&cpu)), ("memory", Part::Text(&memory))];
            texts.say_with("menu-running-use", &parts)
        }
        _ => texts.condition(server.condition).to_lowercase(),
    }
}

fn show(texts: &Texts, key: &str, page: Page) -> Item {
    Item::Entry {
        text: texts.say(key),
        enabled: true,
        press: Action::Show { page },
    }
}
