//! The activity log: who did what, and when. It must never be taken for complete: crashes and what schedules do are not in
//! it, and what was done over a websocket arrives up to a minute late.

use std::time::SystemTime;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::power::PowerSignal;
use crate::text::{DESCRIPTION, NAME, clean};
use crate::timestamp::moment;

/// One entry of the activity log of a server or an account.
#[derive(Debug, Clone, PartialEq)]
pub struct ActivityEntry {
    /// The panel's own name for the entry.
    pub id: String,
    /// What happened, such as `server:power.stop` or `server:console.command`; new kinds come with new panels.
    pub event: String,
    /// Who did it; `None` for the panel itself, a deleted user, or when it was not asked for.
    pub actor: Option<Actor>,
    /// Done with an API key. Power signals over a websocket count as done in the browser.
    pub is_api: bool,
    /// From where; only one's own, or all for administrators.
    pub ip: Option<String>,
    /// When.
    pub at: Option<SystemTime>,
    /// More about it, by event (a command's text, a file's name, ...). All text in it is cleaned.
    pub properties: Map<String, Value>,
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The user's uuid; empty when the panel leaves it out.
    pub uuid: String,
    /// The login name.
    pub username: String,
}

impl ActivityEntry {
    /// The power signal that was sent, if this is about one.
    #[must_use]
    pub fn power_signal(&self) -> Option<PowerSignal> {
        PowerSignal::read(self.event.strip_prefix("server:power.")?)
    }
}

/// `attributes` of an `activity_log`; Pelican has no `batch`.
#[derive(Deserialize)]
pub(crate) struct RawActivity {
    id: Option<Value>,
    event: Option<String>,
    is_api: Option<bool>,
    ip: Option<String>,
    #[serde(default, deserialize_with = "moment")]
    timestamp: Option<SystemTime>,
    /// An object; an empty one is a list on Pelican, as PHP has it.
    properties: Option<Value>,
    relationships: Option<RawRelationships>,
}

#[derive(Deserialize)]
struct RawRelationships {
    actor: Option<RawActorItem>,
}

/// A user, or the `null_resource` of the panel's own deeds.
#[derive(Deserialize)]
struct RawActorItem {
    attributes: Option<RawActor>,
}

#[derive(Deserialize)]
struct RawActor {
    uuid: Option<String>,
    username: Option<String>,
}

impl From<RawActivity> for ActivityEntry {
    fn from(raw: RawActivity) -> Self {
        let id = match raw.id {
            Some(Value::String(id)) => id,
            Some(id) => id.to_string(),
            None => String::new(),
        };
        let actor = raw
            .relationships
            .and_then(|relationships| relationships.actor?.attributes);
        Self {
            id: clean(&id, NAME),
            event: clean(&raw.event.unwrap_or_default(), NAME),
            actor: actor.map(|actor| Actor {
                uuid: clean(&actor.uuid.unwrap_or_default(), NAME),
                username: clean(&actor.username.unwrap_or_default(), NAME),
            }),
            is_api: raw.is_api.unwrap_or_default(),
            ip: raw.ip.map(|ip| clean(&ip, NAME)),
            at: raw.timestamp,
            properties: match raw.properties.map(tame) {
                Some(Value::Object(properties)) => properties,
                Some(list @ Value::Array(_)) if list != Value::Array(Vec::new()) => {
                    Map::from_iter([(String::new(), list)])
                }
                Some(_) | None => Map::new(),
            },
        }
    }
}

/// `value` with every text in it cleaned.
fn tame(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(clean(&text, DESCRIPTION)),
        Value::Array(list) => list.into_iter().map(tame).collect(),
        Value::Object(map) => map
            .into_iter()
            .map(|(key, value)| (clean(&key, NAME), tame(value)))
            .collect(),
        plain @ (Value::Null | Value::Bool(_) | Value::Number(_)) => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> ActivityEntry {
        serde_json::from_str::<RawActivity>(json).unwrap().into()
    }

    #[test]
    fn who_stopped_it_is_told() {
        let entry = read(
            r#"{"id":"a","event":"server:power.stop","is_api":true,"timestamp":"2026-11-23T03:14:51+00:00","properties":{},
                "relationships":{"actor":{"object":"user","attributes":{"uuid":"u","username":"mira"}}}}"#,
        );
        assert_eq!(entry.power_signal(), Some(PowerSignal::Stop));
        assert_eq!(entry.actor.unwrap().username, "mira");
        assert!(entry.at.is_some() && entry.is_api);
    }

    #[test]
    fn an_entry_without_anything_is_still_an_entry() {
        let entry = read(
            r#"{"id":7,"event":null,"properties":[],"timestamp":"yesterday","relationships":{"actor":{"object":"null_resource","attributes":null}}}"#,
        );
        assert_eq!((entry.id.as_str(), entry.event.as_str()), ("7", ""));
        assert_eq!(entry.power_signal(), None);
        assert_eq!((entry.actor, entry.at), (None, None));
        assert!(entry.properties.is_empty());
    }

    #[test]
    fn properties_are_kept_and_cleaned() {
        let entry = read(
            "{\"event\":\"server:console.command\",\"properties\":{\"command\":\"say \\u001b[31mhi\",\"files\":[\"a\\u202eb\",3],\"deep\":{\"x\":null}}}",
        );
        let expected =
            serde_json::json!({"command": "say hi", "files": ["ab", 3], "deep": {"x": null}});
        assert_eq!(Value::Object(entry.properties), expected);
    }
}
