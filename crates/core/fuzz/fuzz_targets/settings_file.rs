//! A settings file of anybody's making: it is read or refused, and what was read is the same when it is saved and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pterotray_core::settings::{self, Settings};
use std::fs;

fuzz_target!(|text: &[u8]| {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("settings.json");
    fs::write(&file, text).expect("it can be written");
    let read = settings::load(&file, false).settings;
    let again = folder.path().join("again.json");
    settings::save(&again, &Settings::default(), &read).expect("it can be saved");
    assert_eq!(settings::load(&again, false).settings, read);
});
