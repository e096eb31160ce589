//! The tray as a value: icon, tooltip and menu, built from a snapshot and compared with `==`.
//!
//! Knows no tray library and does nothing.

mod age;
mod alerts;
mod headline;
mod row;

pub use age::holds_for;
pub use headline::headline;

use crate::{
    action::{Action, Page},
    condition::Condition,
    id::ServerId,
    settings::{IconStyle, LeftClick, Settings},
    snapshot::{Aggregate, PanelView, ServerView, Snapshot},
    text::{Part, Texts},
};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Everything a tray shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Tray {
    /// The icon's state.
    pub icon: Aggregate,
    /// How the icon is drawn.
    pub style: IconStyle,
    /// Text of the tooltip.
    pub tooltip: String,
    /// What a left click asks for, if anything.
    pub left_click: Option<Action>,
    /// The menu, top to bottom.
    pub menu: Vec<Item>,
}

/// One line of a menu. What cannot be seen now keeps its place, so that an open menu never jumps.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// Text that cannot be pressed; not seen when it is empty.
    Label(String),
    /// A line between groups.
    Separator,
    /// Something to press.
    Entry {
        /// What it says.
        text: String,
        /// It can be pressed now.
        enabled: bool,
        /// It can be seen now.
        visible: bool,
        /// What a press asks for.
        press: Action,
    },
    /// One of several to choose from.
    Choice {
        /// What it says.
        text: String,
        /// It is the one that holds.
        chosen: bool,
        /// What a press asks for.
        press: Action,
    },
    /// A menu below this one.
    Menu {
        /// What it says.
        text: String,
        /// Its lines.
        items: Vec<Item>,
    },
    /// A server with its own menu.
    Server {
        /// Which.
        id: ServerId,
        /// What it says; reads as a sentence.
        text: String,
        /// Its indicator: an icon, or the condition's glyph where menus show no icons.
        condition: Condition,
        /// Its menu.
        items: Vec<Item>,
    },
}

impl Item {
    /// Something to press that always can be.
    fn entry(text: String, press: Action) -> Item {
        Item::Entry {
            text,
            enabled: true,
            visible: true,
            press,
        }
    }
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
    menu.push(alerts::unread_entry(snapshot, texts));
    menu.push(Item::Separator);
    let before = menu.len();
    panels(snapshot, texts, &mut menu);
    if menu.len() > before {
        menu.push(Item::Separator);
    }
    if snapshot.panels.is_empty() {
        menu.push(show(texts, "menu-set-up", Page::Welcome { panel: None }));
    }
    if !snapshot.panels.is_empty() {
        menu.push(alerts::pause(snapshot, texts));
    }
    menu.push(Item::Entry {
        text: texts.say("menu-refresh"),
        enabled: !snapshot.panels.is_empty(),
        visible: true,
        press: Action::Refresh,
    });
    menu.push(show(texts, "menu-open", Page::Servers));
    menu.push(show(texts, "menu-settings", Page::Settings));
    menu.push(Item::entry(texts.say("menu-quit"), Action::Quit));
    Tray {
        icon: snapshot.aggregate,
        style: snapshot.settings.icon_style,
        tooltip: tooltip(headline, snapshot, texts),
        left_click: left_click(&snapshot.settings),
        menu,
    }
}

/// How things stand, and that there is something to read.
fn tooltip(headline: String, snapshot: &Snapshot, texts: &Texts) -> String {
    match alerts::unread(snapshot, texts) {
        Some(unread) => format!("{headline} · {unread}"),
        None => headline,
    }
}

fn left_click(settings: &Settings) -> Option<Action> {
    let page = Page::Servers;
    match settings.left_click {
        LeftClick::Window => Some(Action::Show { page }),
        LeftClick::Refresh => Some(Action::Refresh),
        LeftClick::Nothing => None,
    }
}

/// Each panel's rows, under its name when there are several.
fn panels(snapshot: &Snapshot, texts: &Texts, menu: &mut Vec<Item>) {
    let several = snapshot.panels.len() > 1;
    let shown = shown(snapshot);
    for panel in &snapshot.panels {
        if several {
            menu.push(Item::Label(panel.name.clone()));
        }
        trouble(panel, texts, menu);
        let mut rows: Vec<&ServerView> = panel
            .servers
            .iter()
            .filter(|server| shown.contains(&server.id))
            .collect();
        rows.sort_by_key(|server| rank(server, &snapshot.settings));
        menu.extend(rows.iter().map(|server| row::row(server, snapshot, texts)));
    }
    let hidden = snapshot.listed().count() - shown.len();
    if hidden > 0 {
        let more = texts.say_with("menu-more", &[("count", Part::Count(hidden))]);
        let page = Page::Servers;
        menu.push(Item::entry(more, Action::Show { page }));
    }
}

/// What is wrong with a panel, and the way out of it where a person has one.
fn trouble(panel: &PanelView, texts: &Texts, menu: &mut Vec<Item>) {
    let problem = panel.problem.as_ref();
    let text = problem.map(|problem| format!("? {}", texts.problem(problem)));
    menu.push(Item::Label(text.unwrap_or_default()));
    let page = Page::Welcome {
        panel: Some(panel.id.clone()),
    };
    menu.push(Item::Entry {
        text: texts.say("menu-new-key"),
        enabled: true,
        visible: problem.is_some_and(|problem| problem.kind.needs_a_key()),
        press: Action::Show { page },
    });
}

/// The servers that get a row: a problem of the last panel goes before what is down on the first.
fn shown(snapshot: &Snapshot) -> BTreeSet<&ServerId> {
    let mut servers: Vec<&ServerView> = snapshot.listed().collect();
    servers.sort_by_key(|server| rank(server, &snapshot.settings));
    servers
        .into_iter()
        .take(MOST_ROWS)
        .map(|server| &server.id)
        .collect()
}

/// Problems, then pinned ones as they were pinned, then what runs, then the rest.
fn rank(server: &ServerView, settings: &Settings) -> (u8, usize) {
    let pin = settings.pinned.iter().position(|id| *id == server.id);
    match (server.condition.rank(), pin) {
        (0, _) => (0, 0),
        (_, Some(place)) => (1, place),
        (rank, None) => (rank + 1, 0),
    }
}

/// The same rows as before in the same places, with what is new about them: while a menu is open,
/// nothing moves under the pointer. Rows that came or went do change places.
pub fn hold(before: &[Item], mut now: Vec<Item>) -> Vec<Item> {
    let id = |item: &Item| match item {
        Item::Server { id, .. } => Some(id.clone()),
        Item::Label(_)
        | Item::Separator
        | Item::Entry { .. }
        | Item::Choice { .. }
        | Item::Menu { .. } => None,
    };
    let old: Vec<ServerId> = before.iter().filter_map(id).collect();
    let there: BTreeSet<ServerId> = now.iter().filter_map(id).collect();
    if old.len() != there.len() || !old.iter().all(|id| there.contains(id)) {
        return now;
    }
    let places: Vec<usize> = (0..now.len()).filter(|n| id(&now[*n]).is_some()).collect();
    let mut rows: BTreeMap<ServerId, Item> = BTreeMap::new();
    for place in &places {
        if let Some(id) = id(&now[*place]) {
            rows.insert(id, std::mem::replace(&mut now[*place], Item::Separator));
        }
    }
    let mut ordered: VecDeque<Item> = old.iter().filter_map(|id| rows.remove(id)).collect();
    for place in places {
        if let Some(row) = ordered.pop_front() {
            now[place] = row;
        }
    }
    now
}

fn show(texts: &Texts, key: &str, page: Page) -> Item {
    Item::entry(texts.say(key), Action::Show { page })
}
