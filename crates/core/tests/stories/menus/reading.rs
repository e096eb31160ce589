//! A tray's menu as a person reads and presses it.
//!
//! Judges nothing.

use crate::stories::story::Story;
use pterotray_core::{
    Action, Item, Snapshot, Texts, Tray,
    menu::{self, Rows},
};
use std::time::Duration;

/// What a tray shows that was never looked at before.
pub(super) fn tray_of(snapshot: &Snapshot) -> Tray {
    menu::build(snapshot, &Texts::new(Some("en")), &Rows::of(snapshot))
}

pub(super) fn tray(story: &Story) -> Tray {
    tray_of(&story.snapshot())
}

/// What can be seen of the menu as text: two spaces a level, `(…)` for what cannot be pressed.
pub(super) fn read(items: &[Item], depth: usize) -> String {
    let indent = "  ".repeat(depth);
    let line = |item: &Item| match item {
        Item::Label(text) if text.is_empty() => String::new(),
        Item::Label(text) | Item::Figure(text) => format!("{indent}({text})\n"),
        Item::Separator => format!("{indent}--\n"),
        Item::Entry { visible: false, .. } => String::new(),
        Item::Entry {
            text,
            enabled: true,
            ..
        } => format!("{indent}{text}\n"),
        Item::Entry {
            text,
            enabled: false,
            ..
        } => format!("{indent}({text})\n"),
        Item::Choice { text, chosen, .. } => {
            let mark = if *chosen { "x" } else { " " };
            format!("{indent}[{mark}] {text}\n")
        }
        Item::Menu { text, items } => format!("{indent}{text} >\n{}", read(items, depth + 1)),
        Item::Server {
            condition, items, ..
        } => {
            let (glyph, text) = (condition.glyph(), item.text());
            format!("{indent}{glyph} {text}\n{}", read(items, depth + 1))
        }
    };
    items.iter().map(line).collect()
}

/// The rows' texts, top to bottom.
pub(super) fn rows(tray: &Tray) -> Vec<String> {
    let row = |item: &Item| match item {
        Item::Server { .. } => Some(item.text().into_owned()),
        _ => None,
    };
    tray.menu.iter().filter_map(row).collect()
}

/// Where every line stands, seen or not.
pub(super) fn shape(items: &[Item]) -> String {
    let one = |item: &Item| match item {
        Item::Label(_) | Item::Figure(_) => "l".to_owned(),
        Item::Separator => "-".to_owned(),
        Item::Entry { .. } => "e".to_owned(),
        Item::Choice { .. } => "c".to_owned(),
        Item::Menu { items, .. } => format!("({})", shape(items)),
        Item::Server { items, .. } => format!("[{}]", shape(items)),
    };
    items.iter().map(one).collect()
}

/// The actions of what can be pressed in a menu, by what it says.
pub(super) fn presses(items: &[Item]) -> Vec<(String, Action)> {
    let of = |item: &Item| match item {
        Item::Entry {
            text,
            visible: true,
            press,
            ..
        }
        | Item::Choice { text, press, .. } => vec![(text.clone(), press.clone())],
        Item::Menu { items, .. } | Item::Server { items, .. } => presses(items),
        _ => Vec::new(),
    };
    items.iter().flat_map(of).collect()
}

pub(super) fn press(story: &mut Story, text: &str) {
    let found = presses(&tray(story).menu)
        .into_iter()
        .find(|(words, _)| words == text);
    let (_, action) = found.unwrap();
    story.press(action);
}

/// The tray of the last snapshot, so much later: what a desktop shows while nothing happens.
pub(super) fn grown_old(story: &Story, seconds: i64) -> (Tray, Option<Duration>) {
    let mut snapshot = story.snapshot();
    snapshot.at_ms += seconds * 1000;
    let tray = tray_of(&snapshot);
    (tray, menu::holds_for(&snapshot))
}
