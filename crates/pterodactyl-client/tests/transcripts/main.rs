//! Every recorded websocket of a real node, replayed through the session, in both directions. A transcript without a row,
//! or a row without a transcript, fails.

#![expect(
    clippy::unwrap_used,
    reason = "a transcript that cannot be read fails the test"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

mod connection;
mod replay;
mod script;
mod table;
mod wire;

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

#[test]
fn what_a_transcript_may_not_say_is_told_and_no_reason_to_stop() {
    let read = |text: &str| replay::replay(&script::read(text));
    assert!(read("").is_empty() && read("# only notes\n\nnothing timed").is_empty());
    let text = "1000.000 == 101 Switching Protocols\n1000.100 > auth <jwt>\n1000.200 < {\"event\":\"auth success\"}\n\
        1000.300 < no JSON\n1000.400 < {\"event\":\"from the future\"}\n 999.000 < {\"event\":\"status\",\"args\":[\"paused\"]}\n\
        1002.000 == closed code=1006 reason=''\n";
    for text in [text.to_owned(), text.replace('\n', "\r\n")] {
        let stories = read(&text);
        assert_eq!(stories.len(), 1);
        let told = &stories[0].summary;
        assert!(
            told.starts_with("paused; AuthSuccess; unreadable; Unknown(\"from the future\")"),
            "{told}"
        );
        assert!(told.ends_with("Dropped: After, same token"), "{told}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_may_stand_in_for_a_transcript(
        lines in proptest::collection::vec(
            "( {0,3}[0-9]{1,7}\\.[0-9]{3} |\\PC{0,3})(== 101 x|== authenticated; x|== A?closed code=[0-9]{0,6} reason='x'|\
            -- x|## a|HTTP/1.1 [0-9]{1,4} x|[AB]?[<>] (auth <jwt>|auth expires in [0-9]{1,25} s|\\{\"event\":\"(auth success|jwt error|\
            token expiring|stats|status|set state|send command|throttled|deleted)\"(,\"args\":\\[\"(jwt: exp claim is invalid|auth|stop|\\PC{0,6})\"\\])?\\}|\\PC{0,20}))",
            0..30,
        )
    ) {
        let text = lines.join("\n");
        for story in replay::replay(&script::read(&text)) {
            proptest::prop_assert!(!story.summary.is_empty());
        }
    }
}
