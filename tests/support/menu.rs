//! A tray menu as a desktop reads it (`com.canonical.dbusmenu`). Asks nobody.

use std::collections::HashMap;
use zbus::zvariant::{OwnedValue, Structure, Value};

/// What `GetLayout` gives: its revision, then the root's number, properties and children.
pub(crate) type Layout = (u32, (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>));

/// One line of the menu, or the whole menu; what cannot be seen is left out.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its number, by which changes are told.
    pub id: i32,
    /// What it says, without the marks for access keys.
    pub label: String,
    /// It can be pressed.
    pub enabled: bool,
    /// It is a line between groups.
    pub separator: bool,
    visible: bool,
    /// Its picture, as a file's bytes; empty when it has none.
    pub icon: Vec<u8>,
    /// Its own menu.
    pub entries: Vec<Entry>,
}

impl Entry {
    pub(crate) fn of(layout: &Layout) -> Option<Entry> {
        let (_, (id, properties, children)) = layout;
        let mut root = Entry::new(*id);
        for (name, value) in properties {
            root.take(name, value);
        }
        root.entries = children
            .iter()
            .map(|child| Entry::read(child))
            .collect::<Option<_>>()?;
        root.entries.retain(|entry| entry.visible);
        Some(root)
    }

    fn new(id: i32) -> Entry {
        Entry {
            id,
            label: String::new(),
            enabled: true,
            separator: false,
            visible: true,
            icon: Vec::new(),
            entries: Vec::new(),
        }
    }

    fn read(value: &Value<'_>) -> Option<Entry> {
        let structure: &Structure<'_> = plain(value).downcast_ref().ok()?;
        let [id, properties, children] = structure.fields() else {
            return None;
        };
        let mut entry = Entry::new(id.downcast_ref().ok()?);
        if let Value::Dict(properties) = properties {
            for (name, value) in properties.iter() {
                entry.take(name.downcast_ref().ok()?, value);
            }
        }
        if let Value::Array(children) = children {
            entry.entries = children.iter().map(Entry::read).collect::<Option<_>>()?;
            entry.entries.retain(|entry| entry.visible);
        }
        Some(entry)
    }

    fn take(&mut self, name: &str, value: &Value<'_>) {
        match (name, plain(value)) {
            ("label", Value::Str(text)) => self.label = unmarked(text),
            ("enabled", Value::Bool(enabled)) => self.enabled = *enabled,
            ("visible", Value::Bool(visible)) => self.visible = *visible,
            ("type", Value::Str(kind)) => self.separator = kind.as_str() == "separator",
            ("icon-data", Value::Array(bytes)) => {
                self.icon = bytes
                    .iter()
                    .filter_map(|byte| byte.downcast_ref().ok())
                    .collect();
            }
            _ => {}
        }
    }

    /// The entry at the end of a path; each step is the beginning of a label.
    pub fn find(&self, path: &[&str]) -> Option<&Entry> {
        let Some((first, rest)) = path.split_first() else {
            return Some(self);
        };
        let mut entries = self.entries.iter();
        entries
            .find(|entry| entry.label.starts_with(first))?
            .find(rest)
    }

    /// What its entries say, top to bottom, without the lines between groups.
    pub fn labels(&self) -> Vec<&str> {
        let texts = self.entries.iter().filter(|entry| !entry.separator);
        texts.map(|entry| entry.label.as_str()).collect()
    }
}

fn plain<'a>(value: &'a Value<'a>) -> &'a Value<'a> {
    if let Value::Value(inner) = value {
        plain(inner)
    } else {
        value
    }
}

/// One underscore marks an access key, two are one underscore.
fn unmarked(label: &str) -> String {
    label
        .replace("__", "\u{0}")
        .replace('_', "")
        .replace('\u{0}', "_")
}
