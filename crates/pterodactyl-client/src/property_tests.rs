//! Whatever a panel or a person writes: no panic, nothing hostile let through, no secret shown.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::recorded::{Answer, Exchange};
use crate::{BaseUrl, Call, Error};

const JSON: &str = "Content-Type: application/json";

fn outcome(call: Call, status: u16, body: &str) -> Result<Answer, Error> {
    let exchange = Exchange::new(call, status, JSON, body.as_bytes());
    exchange.unwrap().outcome()
}

/// Text as hostile as it gets.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "\\PC{0,20}",
        "(\u{1b}\\[[0-9;]{0,5}[a-zA-Z]|\u{202e}|\u{0}|\n|[a-z]){0,20}",
        Just("x".repeat(5000)),
    ]
}

/// Any JSON, small.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z_]{1,8}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// A server's attributes with one of them replaced by anything.
fn server() -> impl Strategy<Value = Value> {
    let good = json!({
        "uuid": "9fa9acaa-78a0-4015-b8ed-2573f0b89b6e", "identifier": "9fa9acaa", "name": "Survival", "node": "node-1",
        "description": "", "status": null, "is_suspended": false, "is_transferring": false, "server_owner": true,
        "limits": {"memory": 1024, "swap": 0, "disk": 1024, "cpu": 100},
        "relationships": {"allocations": {"data": [{"attributes": {"ip": "10.0.0.1", "ip_alias": null, "port": 1, "is_default": true}}]}},
    });
    let keys: Vec<String> = good.as_object().unwrap().keys().cloned().collect();
    (prop::sample::select(keys), anything()).prop_map(move |(key, value)| {
        let mut server = good.clone();
        server[key] = value;
        server
    })
}

fn tame(text: &str, cap: usize) -> bool {
    text.chars().count() <= cap
        && !text
            .chars()
            .any(|c| c.is_control() || crate::text::reorders(c))
}

proptest! {
    #[test]
    fn a_list_is_read_whole_or_not_at_all(servers in prop::collection::vec(server(), 0..4), total: u32, pages: u32) {
        let data: Vec<Value> = servers.iter().map(|s| json!({"object": "server", "attributes": s})).collect();
        let body = json!({"object": "list", "data": data, "meta": {"pagination": {"total": total, "total_pages": pages}}});
        match outcome(Call::Servers, 200, &body.to_string()) {
            Ok(Answer::Servers(page)) => {
                prop_assert_eq!(page.entries.len(), servers.len());
                for listed in page.entries {
                    let server = listed.server;
                    prop_assert!(crate::server::is_identifier(&server.uuid));
                    prop_assert!(crate::server::is_identifier(&server.identifier));
                    prop_assert!(tame(&server.name, 200) && tame(&server.node, 200));
                    prop_assert!(tame(&server.description, 2000));
                }
            }
            Ok(other) => prop_assert!(false, "{other:?}"),
            Err(error) => prop_assert_eq!(error, Error::Unreadable { what: "server list" }),
        }
    }

    #[test]
    fn resources_are_never_less_than_nothing(state in text(), memory in anything(), cpu in anything(), uptime in anything()) {
        let body = json!({"object": "stats", "attributes": {"current_state": state,
            "resources": {"memory_bytes": memory, "cpu_absolute": cpu, "uptime": uptime}}});
        match outcome(Call::Resources, 200, &body.to_string()) {
            Ok(Answer::Resources(found)) => {
                prop_assert!(found.cpu_percent >= 0.0 && found.cpu_percent.is_finite());
                let shown = format!("{:?}", found.state);
                prop_assert!(shown.len() < 2000, "{}", shown);
            }
            Ok(other) => prop_assert!(false, "{other:?}"),
            Err(error) => prop_assert_eq!(error, Error::Unreadable { what: "resources" }),
        }
    }

    #[test]
    fn a_refusal_is_short_and_clean(status in 300u16..600, code in text(), detail in text(), more in anything()) {
        let body = json!({"errors": [{"code": code, "status": status.to_string(), "detail": detail, "meta": more}]});
        for call in [Call::Account, Call::Servers, Call::Server, Call::Resources, Call::Power(None), Call::Command, Call::Websocket] {
            let error = outcome(call, status, &body.to_string()).unwrap_err();
            prop_assert!(tame(&error.to_string(), 1000), "{:?}", error);
            // A question has at most one owner.
            let owners = [error.is_about_the_key(), error.is_about_the_panel(), error.is_about_the_node(), error.is_about_the_server()];
            prop_assert!(owners.iter().filter(|it_is| **it_is).count() <= 1, "{:?}", error);
        }
    }

    #[test]
    fn any_bytes_are_judged(status in 100u16..1000, headers in prop::sample::select(vec!["", JSON, "Content-Type: text/html"]), body: Vec<u8>) {
        for call in [Call::Servers, Call::Startup, Call::Schedules, Call::Permissions, Call::Activity, Call::CreateBackup] {
            let exchange = Exchange::new(call, status, headers, &body).unwrap();
            if let Err(error) = exchange.outcome() {
                prop_assert!(tame(&error.to_string(), 1000), "{:?}", error);
            }
        }
    }

    #[test]
    fn any_json_is_judged(body in anything(), wrapped: bool) {
        let body = if wrapped { json!({"object": "list", "data": [{"attributes": body}], "meta": body}) } else { body };
        for call in [Call::Startup, Call::Schedules, Call::Permissions, Call::Activity, Call::Backups, Call::Allocations, Call::Websocket] {
            let shown = format!("{:?}", outcome(call, 200, &body.to_string()));
            let escape = char::from(27);
            prop_assert!(!shown.contains(escape));
        }
    }

    #[test]
    fn what_is_pasted_becomes_an_address_that_stays_itself(pasted in prop_oneof![
        text(),
        "(https?://)?[a-z]{1,5}(\\.[a-z]{1,5}){0,2}(:[0-9]{1,6})?(/[a-z./%@?#]{0,12}){0,3}",
    ]) {
        match BaseUrl::parse(&pasted) {
            Ok(base) => {
                let text = base.as_str();
                prop_assert_eq!(&BaseUrl::parse(text), &Ok(base.clone()), "{}", text);
                prop_assert!(!text.ends_with('/') && !text.contains(['?', '#']), "{}", text);
                let open = base.open_server("../x");
                prop_assert!(open.starts_with(text), "{} {}", open, text);
            }
            Err(error) => prop_assert!(tame(&error.to_string(), 100), "{}", error),
        }
    }

    #[test]
    fn any_text_may_stand_in_for_a_recording(
        text in "(> |> GET /api/client\r?\n|# |# total|HTTP/1.1 |HTTP/2 200\n\n|Transfer-Encoding: chunked\n|[0-9a-f]{1,16}|\r|\n|: |\\PC){0,60}",
    ) {
        for exchange in Exchange::read_all(&text).into_iter().flatten() {
            drop(exchange.outcome());
        }
    }
}
