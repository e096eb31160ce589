//! The tray as a value: icon, tooltip and menu, built from a snapshot and compared with `==`.
//!
//! Knows no tray library and does nothing.

mod age;
mod alerts;
mod headline;
mod row;
mod rows;
mod shown;

pub use age::holds_for;
pub use headline::headline;
pub use rows::Rows;
pub use shown::Shown;

use crate::{
    action::{Action, Page},
    condition::Condition,
    id::ServerId,
    settings::{IconStyle, LeftClick, Settings},
    snapshot::{Aggregate, PanelView, Snapshot},
    text::{Part, Texts},
};
use std::borrow::Cow;

/// Everything a tray shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Tray {
    /// The icon's state.
    pub icon: Aggregate,
    /// How the icon is drawn.
    pub style: IconStyle,
    /// It is marked: there are alerts that nobody has looked at.
    pub unread: bool,
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
    /// A reading, which cannot be pressed and changes all the time.
    Figure(String),
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
        /// Its name and what it does.
        text: String,
        /// What it uses; empty when that is of no interest.
        figures: String,
        /// Its indicator: an icon, or the condition's glyph where menus show no icons.
        condition: Condition,
        /// Its menu.
        items: Vec<Item>,
    },
}

impl Item {
    /// What it says. A server's line reads as one sentence.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Item::Separator => Cow::Borrowed(""),
            Item::Server { text, figures, .. } if !figures.is_empty() => {
                Cow::Owned(format!("{text}, {figures}"))
            }
            Item::Label(text)
            | Item::Figure(text)
            | Item::Entry { text, .. }
            | Item::Choice { text, .. }
            | Item::Menu { text, .. }
            | Item::Server { text, .. } => Cow::Borrowed(text),
        }
    }

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

/// The tray for a snapshot, with these rows.
pub fn build(snapshot: &Snapshot, texts: &Texts, rows: &Rows) -> Tray {
    let headline = headline(snapshot, texts);
    let mut menu = vec![Item::Label(headline.clone())];
    if snapshot.demo {
        menu.push(Item::Label(texts.say("menu-demo")));
    }
    menu.push(Item::Separator);
    let before = menu.len();
    panels(snapshot, texts, rows, &mut menu);
    if menu.len() > before {
        menu.push(Item::Separator);
    }
    if snapshot.panels.is_empty() {
        menu.push(show(texts, "menu-set-up", Page::Welcome { panel: None }));
    }
    if !snapshot.panels.is_empty() {
        menu.push(alerts::kept(snapshot, texts));
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
        unread: snapshot.unread_alerts > 0,
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
fn panels(snapshot: &Snapshot, texts: &Texts, rows: &Rows, menu: &mut Vec<Item>) {
    let several = snapshot.panels.len() > 1;
    let mut drawn = 0;
    for panel in &snapshot.panels {
        if several {
            menu.push(Item::Label(panel.name.clone()));
        }
        trouble(panel, texts, menu);
        for server in rows.of_panel(panel) {
            drawn += usize::from(server.is_some());
            menu.push(match server {
                Some(server) => row::row(server, snapshot, texts),
                None => Item::Label(String::new()),
            });
        }
    }
    let hidden = snapshot.listed().count() - drawn;
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

fn show(texts: &Texts, key: &str, page: Page) -> Item {
    Item::entry(texts.say(key), Action::Show { page })
}
