//! What a token says, and that it is what each panel version says. Never looks at a signature.

use fake_panel::{Rules, ServerSpec, World};
use serde_json::{Value, json};

/// The claims of a token.
pub(crate) fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    let (mut bits, mut bytes) = (0_u32, Vec::new());
    for (at, letter) in payload.bytes().enumerate() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' => 62,
            _ => 63,
        };
        bits = bits << 6 | u32::from(value);
        if at % 4 != 0 {
            bytes.push((bits >> (6 - 2 * (at % 4))) as u8);
        }
    }
    serde_json::from_slice(&bytes).unwrap()
}

fn issued_by(rules: Rules) -> Value {
    let mut world = World::new(rules);
    world.add_user("alice", false);
    world.add_server(ServerSpec::new("Survival", "alice", "one"));
    let token = world.mint("Survival", "alice", |_| {});
    let parts: Vec<&str> = token.split('.').collect();
    assert_eq!(parts.len(), 3);
    assert_eq!(parts[2].len(), 43, "32 bytes");
    claims(&token)
}

#[test]
fn they_are_those_of_the_panel_version() {
    let old = issued_by(Rules::default());
    assert_eq!(old["user_id"], 1);
    assert!(old.get("scope").is_none());
    assert_eq!(old["jti"].as_str().unwrap().len(), 32);
    let new = issued_by(Rules::pterodactyl_1_14());
    assert!(new.get("user_id").is_none());
    assert_eq!(new["scope"], "websocket");
    assert_eq!(new["jti"].as_str().unwrap().len(), 64);
    let pelican = issued_by(Rules::pelican());
    assert!(pelican.get("scope").is_none());
    assert!(pelican.get("user_id").is_none());
    for claims in [old, new, pelican] {
        let number = |name: &str| claims[name].as_i64().unwrap();
        assert_eq!(number("exp") - number("iat"), 600);
        assert_eq!(number("iat") - number("nbf"), 300);
        assert_eq!(claims["permissions"], json!(["*"]));
    }
}
