//! Transcripts that tell in words what was sent, or by how many: those words are carried out here and the answers compared.
//! Never sends what is not described.

use std::collections::BTreeMap;

use fake_panel::{FakePanel, Manners};

use crate::ear::{Ear, Heard, short};
use crate::recorded_world::{self, OFFLINE};
use crate::recording::{self, Generation};
use crate::scene::rules;

fn transcript(name: &str) -> String {
    let mut all = Generation::New.texts(".ws.txt");
    all.remove(name).unwrap_or_else(|| panic!("no {name}"))
}

async fn panel(manners: Manners) -> FakePanel {
    let recordings = recording::all(Generation::New);
    let (world, _) = recorded_world::build(Generation::New, &recordings, rules(manners));
    FakePanel::start(world).await.unwrap()
}

async fn authenticated(panel: &FakePanel, mut ear: Ear) -> Ear {
    let token = panel.with(|world| world.mint(OFFLINE, "alice", |_| {}));
    ear.send("auth", &[&token]).await;
    ear.wait_for(|heard| heard.starts_with("status")).await;
    ear.heard().await;
    ear
}

/// The blocks of a transcript, each begun by a line of words after two dashes.
fn blocks(text: &str) -> Vec<(String, Vec<String>)> {
    let mut blocks: Vec<(String, Vec<String>)> = Vec::new();
    for line in text.lines() {
        let Some((_, rest)) = line.trim_start().split_once(' ') else {
            continue;
        };
        if let Some(words) = rest.strip_prefix("-- ") {
            blocks.push((words.to_owned(), Vec::new()));
        } else if let Some((_, lines)) = blocks.last_mut() {
            lines.push(rest.to_owned());
        }
    }
    blocks
}

/// What was heard in a block, in short.
fn heard(lines: &[String]) -> Vec<String> {
    let heard = lines.iter().filter_map(|line| {
        if let Some((_, code)) = line.split_once("; close code ") {
            return Some(format!("closed {}", code.split(' ').next()?));
        }
        let frame = serde_json::from_str(line.strip_prefix("< ")?).ok()?;
        Some(short(&Heard::Frame(frame)))
    });
    heard.collect()
}

/// The frame that is described so; `None` for compressed ones, for there is no compression here (see `ws-deflate`).
fn frame(words: &str) -> Option<String> {
    let whole = r#"{"event":"send stats","args":[]}"#;
    if let Some(size) = words.strip_prefix("text frame of ") {
        let size = size.strip_suffix(" bytes")?.parse::<usize>().unwrap();
        return Some(format!("{}{whole}", " ".repeat(size - whole.len())));
    }
    let text = match words {
        "binary frame" => r#"{"event":"send stats"}"#,
        "not JSON" => "nope!",
        "JSON but not an object" => "12345",
        "args not strings" => r#"{"event":"send stats","args":[1,{"a":true}]}"#,
        "args null" => r#"{"event":"send stats","args":null}"#,
        "no event" => r#"{"args":[]}"#,
        other => panic!("what is {other:?}?"),
    };
    Some(text.to_owned())
}

#[tokio::test]
async fn odd_frames_are_answered_as_recorded() {
    let panel = panel(Manners::Wings1_13).await;
    let mut compared = 0;
    for (words, lines) in blocks(&transcript("ws-frames")) {
        let Some(frame) = frame(&words) else { continue };
        let mut ear = authenticated(&panel, Ear::of(&panel, OFFLINE).await).await;
        if words == "binary frame" {
            ear.send_bytes(frame.as_bytes()).await;
        } else {
            ear.send_text(&frame).await;
        }
        let mut got = ear.heard().await;
        if lines.iter().any(|line| line == "> send stats") {
            ear.send("send stats", &[]).await;
            got.extend(ear.heard().await);
        }
        assert_eq!(got, heard(&lines), "{words}");
        compared += 1;
    }
    assert_eq!(compared, 8);
}

/// What the numbered sockets of a transcript met: refused handshakes, events and ends.
fn numbered(text: &str) -> BTreeMap<usize, Vec<String>> {
    let mut all: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for line in text.lines() {
        let Some((_, rest)) = line.split_once("socket ") else {
            continue;
        };
        let Some((number, what)) = rest.split_once(' ') else {
            continue;
        };
        let Ok(number) = number.parse() else { continue };
        let own = all.entry(number).or_default();
        if what.starts_with("refused: (400") {
            own.push("400".to_owned());
        } else if what.contains("close=1006") {
            own.push("closed 1006".to_owned());
        } else if let Some(frame) = what.strip_prefix("< ") {
            let frame = serde_json::from_str(frame).unwrap();
            own.push(short(&Heard::Frame(frame)));
        }
    }
    all
}

#[tokio::test]
async fn forty_sockets_fare_as_recorded() {
    for (name, manners) in [
        ("ws-more-than-30", Manners::Wings1_13),
        ("w112-ws-more-than-30", Manners::Wings1_12),
    ] {
        let panel = panel(manners).await;
        let uuid = panel.with(|world| world.server(OFFLINE).uuid().to_owned());
        let own = panel.url();
        let mut ears = Vec::new();
        for _ in 1..=40 {
            ears.push(Ear::open(&panel, &uuid, Some(&own)).await);
        }
        let token = panel.with(|world| world.mint(OFFLINE, "alice", |_| {}));
        let mut got: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (at, ear) in ears.iter_mut().enumerate() {
            let met = match ear {
                Ok(ear) => {
                    ear.send("auth", &[&token]).await;
                    ear.heard().await
                }
                Err((status, _)) => vec![status.to_string()],
            };
            got.insert(at + 1, met);
        }
        for (number, recorded) in numbered(&transcript(name)) {
            let mut got = got[&number].clone();
            // The transcript shows the first answer only; the state that follows it is in all the others.
            got.retain(|one| !one.starts_with("status") && !one.starts_with("stats"));
            if !recorded.iter().any(|one| one.starts_with("daemon error")) {
                // It mostly comes before the end, but not always.
                got.retain(|one| !one.starts_with("daemon error"));
            }
            assert_eq!(got, recorded, "{name}: socket {number}");
        }
        let full = Ear::open(&panel, &uuid, Some(&own)).await.err().unwrap();
        assert_eq!(full.0, 400, "one more handshake while full");
    }
}

#[tokio::test]
async fn an_offer_of_compression_changes_nothing_that_is_heard() {
    let panel = panel(Manners::Wings1_13).await;
    let uuid = panel.with(|world| world.server(OFFLINE).uuid().to_owned());
    let own = panel.url();
    for (words, lines) in blocks(&transcript("ws-deflate")) {
        let mut headers = vec![("origin", &*own)];
        if words == "client offers deflate" {
            headers.push(("sec-websocket-extensions", "permessage-deflate"));
        }
        let ear = Ear::open_with(&panel, &uuid, &headers).await;
        let mut ear = ear.unwrap_or_else(|refused| panic!("{words}: {refused:?}"));
        let token = panel.with(|world| world.mint(OFFLINE, "alice", |_| {}));
        ear.send("auth", &[&token]).await;
        assert_eq!(ear.heard().await, heard(&lines), "{words}");
    }
}
