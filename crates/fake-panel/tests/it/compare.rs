//! Compares two answers: status, headers that matter, code, text and the shape of the body. Never their values.

use serde_json::Value;

use crate::claims::claims;
use crate::wire::Reply;

const PRESENT_ALIKE: [&str; 7] = [
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "retry-after",
    "x-frame-options",
    "allow",
    "location",
];

/// What is different; `urls` are those of the recorded panel and of this one.
pub(crate) fn compare(
    urls: (&str, &str),
    recorded: &Reply,
    got: &Reply,
    first_only: bool,
) -> Vec<String> {
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
    let location = location.map(|to| to.replace(urls.0, urls.1));
    same("location", location.as_deref(), got.header("location"));
    if kind(recorded) == Some("application/json") && !recorded.body.trim().is_empty() {
        let (mut recorded, mut got) = (recorded.json(), got.json());
        if first_only {
            for list in [&mut recorded, &mut got] {
                only_first(list);
            }
        }
        with_open_token(&mut recorded);
        with_open_token(&mut got);
        wrong.extend(differences("", &recorded, &got));
        same_texts(urls, &recorded, &got, &mut wrong);
    }
    wrong
}

/// A list as if there were nothing else in it.
fn only_first(list: &mut Value) {
    if let Some(entries) = list["data"].as_array_mut() {
        entries.truncate(1);
        list["meta"]["pagination"] = Value::Null;
    }
}

/// A token's claims instead of the token.
fn with_open_token(body: &mut Value) {
    if let Some(token) = body.pointer_mut("/data/token")
        && let Some(text) = token.as_str()
    {
        *token = claims(text);
    }
}

/// The media type, without its parameters.
fn kind(reply: &Reply) -> Option<&str> {
    reply.header("content-type")?.split(';').next()
}

/// Texts of errors, pages and permissions are the same to the letter, apart from addresses and request ids.
fn same_texts(urls: (&str, &str), recorded: &Value, got: &Value, wrong: &mut Vec<String>) {
    for at in ["/errors", "/meta/pagination", "/meta/user_permissions"] {
        let text = |body: &Value| body.pointer(at).map(ToString::to_string);
        let recorded = text(recorded).map(|text| {
            let text = text.replace(urls.0, urls.1);
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
    // Names of images are keys.
    if at.ends_with("/docker_images") {
        return Vec::new();
    }
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
