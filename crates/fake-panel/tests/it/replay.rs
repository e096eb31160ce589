//! Sends every recorded request to a fake panel in the recorded state and compares the answers. Never compares values
//! that differ from installation to installation (times, names, numbers): shape, status, code, text and headers only.

use fake_panel::FakePanel;
use serde_json::Value;

use crate::recorded_world::{self, Keys};
use crate::recording::{self, Recording};
use crate::replay_cases::{Case, NOT_REPLAYED, REPLAYED};
use crate::wire::{self, Reply};

#[tokio::test]
async fn every_recorded_request_gets_the_recorded_kind_of_answer() {
    let recordings = recording::all();
    let mut wrong = Vec::new();
    for case in &REPLAYED {
        let Some(recording) = recordings.get(case.name) else {
            wrong.push(format!("{}: no such file", case.name));
            continue;
        };
        let differences = replay(case, recording).await;
        wrong.extend(
            differences
                .iter()
                .map(|one| format!("{}: {one}", case.name)),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_recording_is_skipped_silently() {
    let there: Vec<String> = recording::all().into_keys().collect();
    let mut named: Vec<&str> = REPLAYED.iter().map(|case| case.name).collect();
    named.extend(NOT_REPLAYED.iter().map(|(name, _)| *name));
    named.sort_unstable();
    assert_eq!(there, named);
}

#[test]
fn a_difference_in_shape_is_noticed() {
    let recorded = serde_json::json!({"a": [{"b": 1, "c": null}], "d": "x"});
    let found = |got: Value| differences("", &recorded, &got).len();
    assert_eq!(found(recorded.clone()), 0);
    assert_eq!(
        found(serde_json::json!({"a": [{"b": "1", "c": null}], "d": "x"})),
        1
    );
    assert_eq!(
        found(serde_json::json!({"a": [{"b": 1}], "d": "x", "e": 1})),
        2
    );
    assert_eq!(found(serde_json::json!({"a": [], "d": null})), 2);
}

async fn replay(case: &Case, recording: &Recording) -> Vec<String> {
    let (mut world, keys) = recorded_world::build();
    (case.set_up)(&mut world);
    let panel = FakePanel::start(world).await.unwrap();
    let key = key_of(&keys, &recording.by);
    for path in case.before {
        // Where the recording itself has no key, dave had used up the limit.
        wire::get(&panel, key.unwrap_or(&keys.dave), path).await;
    }
    panel.with(case.then);
    let own = format!("http://{}", wire::host(&panel));
    let mut headers = Vec::new();
    for (name, value) in &recording.headers {
        let value = value.replace("http://127.0.0.1:8081", &own);
        let value = match name.as_str() {
            "Authorization" => credentials(&keys, case.name, key, &value),
            _ => value,
        };
        headers.push((name.as_str(), value));
    }
    let headers: Vec<(&str, &str)> = headers
        .iter()
        .map(|(name, value)| (*name, &**value))
        .collect();
    let (method, target) = (&recording.method, &recording.target);
    let got = wire::send(&panel, method, target, &headers, &recording.body).await;
    match got {
        Ok(got) => compare(&own, &recording.reply, &got),
        Err(problem) => vec![format!("no answer: {problem}")],
    }
}

fn key_of<'a>(keys: &'a Keys, by: &str) -> Option<&'a str> {
    Some(match by {
        "key_admin" => &keys.admin,
        "key_alice" => &keys.alice,
        "key_alice_ipdenied" => &keys.alice_ipdenied,
        "key_alice_ipok" => &keys.alice_ipok,
        "key_bob" => &keys.bob,
        "key_dave" => &keys.dave,
        "key_app" => &keys.app,
        "none" | "bad" => return None,
        other => panic!("nobody is called {other}"),
    })
}

/// The header with the shortened key of the file replaced by one that means the same here.
fn credentials(keys: &Keys, name: &str, key: Option<&str>, recorded: &str) -> String {
    let alice = &keys.alice;
    match (name, key) {
        (_, Some(key)) => format!("Bearer {key}"),
        ("auth-key-with-space", None) => format!("Bearer {alice}   "),
        ("auth-lowercase-bearer", None) => format!("bearer {alice}"),
        ("auth-wrong-secret", None) => format!("Bearer {}{}", &alice[..16], "x".repeat(32)),
        ("auth-wrong", None) => format!("Bearer ptlc_{}", "0".repeat(43)),
        (_, None) => recorded.to_owned(),
    }
}

const PRESENT_ALIKE: [&str; 7] = [
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "retry-after",
    "x-frame-options",
    "allow",
    "location",
];

fn compare(own: &str, recorded: &Reply, got: &Reply) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut same = |what: &str, recorded: Option<&str>, got: Option<&str>| {
        if recorded != got {
            wrong.push(format!("{what}: recorded {recorded:?}, got {got:?}"));
        }
    };
    let statuses = [recorded.status, got.status].map(|status| status.to_string());
    same("status", Some(&statuses[0]), Some(&statuses[1]));
    same("content type", kind(recorded), kind(got));
    for name in PRESENT_ALIKE {
        let there = |reply: &Reply| reply.header(name).map(|_| "present");
        same(name, there(recorded), there(got));
    }
    for name in ["x-ratelimit-limit", "allow"] {
        same(name, recorded.header(name), got.header(name));
    }
    let location = recorded.header("location");
    let location = location.map(|to| to.replace("http://127.0.0.1:8081", own));
    same("location", location.as_deref(), got.header("location"));
    if kind(recorded) == Some("application/json") && !recorded.body.trim().is_empty() {
        let recorded_json: Value = serde_json::from_str(&recorded.body).unwrap();
        wrong.extend(differences("", &recorded_json, &got.json()));
        same_texts(own, &recorded_json, &got.json(), &mut wrong);
    }
    wrong
}

/// The media type, without its parameters.
fn kind(reply: &Reply) -> Option<&str> {
    reply.header("content-type")?.split(';').next()
}

/// Texts of errors, pages and permissions are the same to the letter, apart from addresses and request ids.
fn same_texts(own: &str, recorded: &Value, got: &Value, wrong: &mut Vec<String>) {
    for at in ["/errors", "/meta/pagination", "/meta/user_permissions"] {
        let text = |body: &Value| body.pointer(at).map(ToString::to_string);
        let recorded = text(recorded).map(|text| {
            let text = text.replace("http://127.0.0.1:8081", own);
            without_request_id(&text)
        });
        let got = text(got).map(|text| without_request_id(&text));
        if recorded != got {
            wrong.push(format!("{at}: recorded {recorded:?}, got {got:?}"));
        }
    }
}

fn without_request_id(text: &str) -> String {
    let mut text = text.to_owned();
    for mark in ["(request id: ", "(request_id: "] {
        if let Some(at) = text.find(mark) {
            text.replace_range(at + mark.len()..at + mark.len() + 36, "?");
        }
    }
    text
}

/// Differences in keys and JSON types, all the way down.
fn differences(at: &str, recorded: &Value, got: &Value) -> Vec<String> {
    // An alias is set or not, address by address.
    let nullable = at.ends_with("/ip_alias");
    match (recorded, got) {
        (Value::Object(recorded), Value::Object(got)) => {
            let more = got.keys().filter(|key| !recorded.contains_key(*key));
            let mut wrong: Vec<_> = more.map(|key| format!("{at}/{key} is too much")).collect();
            for (key, value) in recorded {
                let at = format!("{at}/{key}");
                match got.get(key) {
                    Some(got) => wrong.extend(differences(&at, value, got)),
                    None => wrong.push(format!("{at} is missing")),
                }
            }
            wrong
        }
        (Value::Array(recorded), Value::Array(got)) if recorded.len() == got.len() => {
            let pairs = recorded.iter().zip(got).enumerate();
            pairs
                .flat_map(|(index, (one, other))| differences(&format!("{at}/{index}"), one, other))
                .collect()
        }
        (Value::Array(recorded), Value::Array(got)) => {
            vec![format!(
                "{at}: {} entries, got {}",
                recorded.len(),
                got.len()
            )]
        }
        (Value::Null, Value::String(_)) | (Value::String(_), Value::Null) if nullable => Vec::new(),
        _ if kind_of(recorded) == kind_of(got) => Vec::new(),
        _ => vec![format!("{at}: recorded {recorded}, got {got}")],
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
