//! Plays the client's side of every recorded websocket transcript against the nodes' face and compares what is heard.
//! Never compares statistics' values and times, which no two runs share.

use fake_panel::FakePanel;

use crate::ear::Ear;
use crate::recorded_world;
use crate::recording::{self, Generation};
use crate::script;
use crate::stage::{All, play, rules};

/// Transcripts that are carried out by tests of their own, because they speak in words of what was sent.
const ELSEWHERE: [(&str, &str); 5] = [
    (
        "ws-handshake-refused",
        "`handshakes_are_refused_as_recorded`",
    ),
    ("ws-frames", "`odd_frames_are_answered_as_recorded`"),
    ("ws-more-than-30", "`forty_sockets_fare_as_recorded`"),
    ("w112-ws-more-than-30", "`forty_sockets_fare_as_recorded`"),
    (
        "ws-deflate",
        "`an_offer_of_compression_changes_nothing_that_is_heard`",
    ),
];

/// Transcripts that are not played, and why.
const NOT_PLAYED: [(&str, &str); 1] = [(
    "ws-start-fails",
    "the recorded daemon pulls a missing image twice, and what it says meanwhile is in another order in each recording; \
     this one fails a start once, after it has begun",
)];

/// Lines of transcripts that are left out on both sides, by how they begin, and why.
const LEFT_OUT: [(&str, &str, &str); 3] = [
    (
        "ws-lifecycle",
        "daemon error: [..] another power action",
        "sent at the same moment as the action it waits for: recorded before, between and after its events",
    ),
    (
        "ws-throttled",
        "console output: g",
        "the recorded node takes frames that come together in any order",
    ),
    (
        "ws-throttled",
        "throttled: global",
        "as above: recorded before a refusal that came first",
    ),
];

#[tokio::test]
async fn every_transcript_is_heard_again() {
    let mut wrong = Vec::new();
    for generation in [Generation::Old, Generation::New] {
        let recordings = recording::all(generation);
        for (name, text) in generation.texts(".ws.txt") {
            let shown = format!("{}/{name}", generation.folder().0);
            if let Some((_, test)) = ELSEWHERE.iter().find(|(one, _)| *one == name) {
                println!("{shown:52} by {test}");
                continue;
            }
            if let Some((_, reason)) = NOT_PLAYED.iter().find(|(one, _)| *one == name) {
                println!("{shown:52} NOT PLAYED: {reason}");
                continue;
            }
            let mut lines = script::read(&text);
            if (generation, name.as_str()) == (Generation::New, "ws-lifecycle") {
                // Sent at the same moment: this node took the second one first.
                script::swap(&mut lines, "restart", "stop");
            }
            let rules = rules(generation, &name);
            let (world, keys) = recorded_world::build(generation, &recordings, rules);
            let got = play(world, keys, &text, &lines).await;
            let (got, recorded) = (without(&name, got), without(&name, script::heard(&lines)));
            let events: usize = recorded.values().map(Vec::len).sum();
            let same = got == recorded;
            let verdict = if same { "same" } else { "DIFFERENT" };
            println!("{shown:52} {events:4} events {verdict}");
            if !same {
                wrong.push(format!("{shown}\n{}", differences(&recorded, &got)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn without(name: &str, mut heard: All) -> All {
    for (of, line, _) in LEFT_OUT {
        if of == name {
            heard
                .values_mut()
                .for_each(|own| own.retain(|one| !one.starts_with(line)));
        }
    }
    heard
}

fn differences(recorded: &All, got: &All) -> String {
    let mut text = String::new();
    for (who, recorded) in recorded {
        let got = got.get(who).cloned().unwrap_or_default();
        let same = recorded
            .iter()
            .zip(&got)
            .take_while(|(one, other)| one == other);
        let same = same.count();
        let rest = |all: &[String]| all.iter().skip(same).take(4).cloned().collect::<Vec<_>>();
        if same < recorded.len().max(got.len()) {
            let (was, is) = (rest(recorded), rest(&got));
            text.push_str(&format!(
                "  {who:?} after {same}:\n    recorded {was:?}\n    got {is:?}\n"
            ));
        }
    }
    for who in got.keys().filter(|who| !recorded.contains_key(*who)) {
        text.push_str(&format!("  {who:?} heard {:?}\n", got[who]));
    }
    text
}

#[tokio::test]
async fn handshakes_are_refused_as_recorded() {
    for generation in [Generation::Old, Generation::New] {
        let recordings = recording::all(generation);
        let rules = recorded_world::rules(generation);
        let (world, _) = recorded_world::build(generation, &recordings, rules);
        let panel = FakePanel::start(world).await.unwrap();
        let text = &generation.texts(".ws.txt")["ws-handshake-refused"];
        let mut compared = 0;
        for block in text.split(" ## ").skip(1) {
            let (head, answer) = block.split_once('\n').unwrap();
            let Some((_, asked)) = head.split_once("(Origin: ") else {
                continue;
            };
            let (origin, url) = asked.split_once(") ").unwrap();
            let uuid = url.split('/').nth(5).unwrap();
            let own = panel.url();
            let origin = origin.replace(generation.url(), &own);
            let port = generation.url().rsplit(':').next().unwrap();
            let here = format!("{}", panel.port());
            let origin = origin.replace(&format!("localhost:{port}"), &format!("localhost:{here}"));
            let origin = (origin != "None").then_some(origin.as_str());
            let status: u16 = answer.split(' ').nth(1).unwrap().parse().unwrap();
            let got = Ear::open(&panel, uuid, origin).await;
            match got {
                Ok(_) => assert_eq!(status, 101, "{head}"),
                Err((got, body)) => {
                    assert_eq!(status, got, "{head}");
                    let same = body.split("request_id").next().unwrap();
                    assert!(answer.contains(same), "{head}: {body}");
                }
            }
            compared += 1;
        }
        assert!(compared >= 8, "{generation:?}: only {compared}");
    }
}

#[test]
fn exceptions_are_about_transcripts_that_are_there() {
    let mut names = Vec::new();
    for generation in [Generation::Old, Generation::New] {
        names.extend(generation.texts(".ws.txt").into_keys());
    }
    for (name, reason) in ELSEWHERE.into_iter().chain(NOT_PLAYED) {
        assert!(names.iter().any(|one| one == name), "{name}");
        assert!(!reason.is_empty());
    }
}
