//! A frame of a node's websocket: an event or a reason, and a crash report out of any lines.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pterodactyl_client::live::{CrashReader, decode};

fuzz_target!(|text: &str| {
    let shown = format!("{:?}", decode(text));
    assert!(!shown.contains(char::from(27)));
    let mut reader = CrashReader::default();
    for line in text.lines() {
        let _ = reader.read(line);
    }
});
