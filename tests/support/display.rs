//! An X server that nobody sees, for one desk.
//!
//! Shows no window by itself.

use crate::{bus::first_line, ground::Ground};
use std::process::Stdio;
use tokio::process::Child;

/// Its name and its process.
pub(crate) async fn start(ground: &Ground) -> (String, Child) {
    let mut server = ground
        .command("Xvfb")
        .args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1280x800x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ])
        .stdout(Stdio::piped())
        .spawn()
        .expect("Xvfb starts (package xvfb)");
    // It picks a free number itself and prints it.
    let number = first_line(&mut server).await;
    assert!(!number.is_empty(), "Xvfb ended without a display");
    (format!(":{number}"), server)
}
