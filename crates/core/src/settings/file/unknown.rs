//! What a newer program wrote into the settings file and this one does not know, kept when it saves.
//!
//! Never brings back a field that this program knows and a person took away.

use super::read;
use serde_json::{Map, Value};

/// Puts what `old` has and this program does not know into `new`.
pub(super) fn keep(old: &Map<String, Value>, new: &mut Value) {
    let Ok(settings) = read(old.clone()) else {
        return;
    };
    if let Ok(known) = serde_json::to_value(&settings) {
        add(&Value::Object(old.clone()), &known, new);
    }
}

/// `old` as it stands in the file, and what this program makes of it.
fn add(old: &Value, known: &Value, new: &mut Value) {
    match (old, known, new) {
        (Value::Object(old), Value::Object(known), Value::Object(new)) => {
            for (name, value) in old {
                match (known.get(name), new.get_mut(name)) {
                    (Some(known), Some(new)) => add(value, known, new),
                    (None, None) => {
                        new.insert(name.clone(), value.clone());
                    }
                    (Some(_), None) | (None, Some(_)) => {}
                }
            }
        }
        (Value::Array(old), Value::Array(known), Value::Array(new)) => {
            for old in old {
                if let (Some(known), Some(new)) = (same(known, old), same_mut(new, old)) {
                    add(old, known, new);
                }
            }
        }
        _ => {}
    }
}

/// Of a list, the entry with the same id: entries move and go.
fn same<'a>(list: &'a [Value], entry: &Value) -> Option<&'a Value> {
    let id = entry.get("id")?;
    list.iter().find(|other| other.get("id") == Some(id))
}

fn same_mut<'a>(list: &'a mut [Value], entry: &Value) -> Option<&'a mut Value> {
    let id = entry.get("id")?;
    list.iter_mut().find(|other| other.get("id") == Some(id))
}
