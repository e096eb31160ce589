//! Every recorded websocket of a real node, replayed through the session, in both directions. A transcript without a row,
//! or a row without a transcript, fails.

#![expect(
    clippy::unwrap_used,
    reason = "a transcript that cannot be read fails the test"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

mod replay;
mod script;
mod table;

/// The transcripts by folder and name.
fn transcripts() -> BTreeMap<String, PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/recordings");
    let mut found = BTreeMap::new();
    for folder in fs::read_dir(root).unwrap() {
        let folder = folder.unwrap();
        for file in fs::read_dir(folder.path()).unwrap() {
            let file = file.unwrap();
            let name = file.file_name().into_string().unwrap();
            if let Some(name) = name.strip_suffix(".ws.txt") {
                let folder = folder.file_name().into_string().unwrap();
                found.insert(format!("{folder}/{name}"), file.path());
            }
        }
    }
    found
}

#[test]
fn every_transcript_comes_to_what_it_was_recorded_for() {
    let found = transcripts();
    let rows: BTreeSet<&str> = table::ROWS.iter().map(|row| row.0).collect();
    assert_eq!(rows.len(), table::ROWS.len(), "a row stands twice");
    assert_eq!(rows, found.keys().map(String::as_str).collect());
    for (name, expected) in table::ROWS {
        let text = fs::read_to_string(&found[*name]).unwrap();
        let stories = replay::replay(&script::read(&text));
        let told: Vec<&str> = stories.iter().map(|story| story.summary.as_str()).collect();
        assert_eq!(told, *expected, "{name}");
    }
}

/// Whatever a session does differently from the client that made a recording, it does for a reason the table names; what
/// it may never do is send anything before it is let in.
#[test]
fn no_transcript_makes_a_session_speak_before_it_is_let_in() {
    for (name, path) in transcripts() {
        let text = fs::read_to_string(path).unwrap();
        for story in replay::replay(&script::read(&text)) {
            let mut let_in = false;
            for step in &story.steps {
                let_in |= step.contains("Event(AuthSuccess)");
                let speaks = step.contains("> send ") || step.contains("> set ");
                assert!(let_in || !speaks, "{name}: {step}");
            }
        }
    }
}
