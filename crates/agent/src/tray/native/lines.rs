//! A menu of the system, line by line.
//!
//! Decides nothing. A line's id is what it asks for, so that a press means what the line said, however late it comes.

use super::super::{
    draw::{Canvas, seen},
    icon::{Pixels, item_file},
};
use anyhow::Context as _;
use pterotray_core::{Action, Condition, Item};
use tray_icon::menu::{
    CheckMenuItem, Icon, IsMenuItem, Menu, MenuItem, MenuItemKind, PredefinedMenuItem, Submenu,
};

/// What the line with this id asks for.
pub(super) fn action(id: &str) -> Option<Action> {
    serde_json::from_str(id).ok()
}

/// The menu as a canvas.
pub(super) struct Lines<'a>(pub(super) &'a Menu);

impl Canvas for Lines<'_> {
    type Error = anyhow::Error;

    fn insert(&mut self, path: &[usize], line: &Item) -> anyhow::Result<()> {
        let (level, place) = self.level(path)?;
        let line = item(line)?;
        match level {
            Level::Top(menu) => menu.insert(&*line, place),
            Level::Below(menu) => menu.insert(&*line, place),
        }
        .context("a line cannot be put in")
    }

    fn remove(&mut self, path: &[usize]) -> anyhow::Result<()> {
        let (level, place) = self.level(path)?;
        let gone = match level {
            Level::Top(menu) => menu.remove_at(place),
            Level::Below(menu) => menu.remove_at(place),
        };
        gone.map(drop).context("no line to take away")
    }

    fn change(&mut self, path: &[usize], line: &Item) -> anyhow::Result<()> {
        let text = label(line);
        match (self.line(path)?, line) {
            (MenuItemKind::MenuItem(drawn), Item::Entry { enabled, .. }) => {
                drawn.set_text(text);
                drawn.set_enabled(*enabled);
            }
            (MenuItemKind::MenuItem(drawn), _) => drawn.set_text(text),
            (MenuItemKind::Check(drawn), Item::Choice { chosen, .. }) => {
                drawn.set_text(text);
                drawn.set_checked(*chosen);
            }
            (MenuItemKind::Submenu(drawn), Item::Server { condition, .. }) => {
                drawn.set_text(text);
                drawn.set_icon(Some(picture(*condition)?));
            }
            (MenuItemKind::Submenu(drawn), _) => drawn.set_text(text),
            _ => anyhow::bail!("another line is there"),
        }
        Ok(())
    }
}

enum Level {
    Top(Menu),
    Below(Submenu),
}

impl Level {
    fn line(&self, place: usize) -> anyhow::Result<MenuItemKind> {
        let lines = match self {
            Level::Top(menu) => menu.items(),
            Level::Below(menu) => menu.items(),
        };
        lines.into_iter().nth(place).context("no such line")
    }
}

impl Lines<'_> {
    /// The menu that a line is in, and its place there.
    fn level(&self, path: &[usize]) -> anyhow::Result<(Level, usize)> {
        let (place, above) = path.split_last().context("a path of nothing")?;
        let mut level = Level::Top(self.0.clone());
        for step in above {
            let line = level.line(*step)?;
            level = Level::Below(line.as_submenu().context("nothing is below it")?.clone());
        }
        Ok((level, *place))
    }

    fn line(&self, path: &[usize]) -> anyhow::Result<MenuItemKind> {
        let (level, place) = self.level(path)?;
        level.line(place)
    }
}

/// A line with all below it.
fn item(line: &Item) -> anyhow::Result<Box<dyn IsMenuItem>> {
    let text = label(line);
    Ok(match line {
        Item::Label(_) | Item::Figure(_) => Box::new(MenuItem::new(text, false, None)),
        Item::Separator => Box::new(PredefinedMenuItem::separator()),
        Item::Entry { enabled, press, .. } => {
            Box::new(MenuItem::with_id(id(press)?, text, *enabled, None))
        }
        Item::Choice { chosen, press, .. } => Box::new(CheckMenuItem::with_id(
            id(press)?,
            text,
            true,
            *chosen,
            None,
        )),
        Item::Menu { items, .. } => Box::new(submenu(&text, items)?),
        Item::Server {
            condition, items, ..
        } => {
            let below = submenu(&text, items)?;
            below.set_icon(Some(picture(*condition)?));
            Box::new(below)
        }
    })
}

fn submenu(text: &str, items: &[Item]) -> anyhow::Result<Submenu> {
    let below = Submenu::new(text, true);
    for line in seen(items) {
        below.append(&*item(line)?)?;
    }
    Ok(below)
}

fn id(press: &Action) -> anyhow::Result<String> {
    serde_json::to_string(press).context("an entry's id")
}

fn picture(condition: Condition) -> anyhow::Result<Icon> {
    let pixels = Pixels::of_png(item_file(condition))?;
    Icon::from_rgba(pixels.rgba, pixels.width, pixels.height).context("a condition's picture")
}

/// A line's text. A single ampersand would mark an access key there.
fn label(line: &Item) -> String {
    line.text().replace('&', "&&")
}
