//! Where the built programs are. Never builds one: a test that needs a missing one fails and says how to build it.

use std::path::{Path, PathBuf};

/// The program that is always there.
///
/// # Panics
/// When it is not built.
pub fn agent() -> PathBuf {
    built(
        "PTEROTRAY_BIN",
        "debug/pterotray",
        "cargo build -p pterotray",
    )
}

/// The window's program.
///
/// # Panics
/// When it is not built.
pub fn window() -> PathBuf {
    built(
        "PTEROTRAY_WINDOW",
        "debug/pterotray-window",
        "cargo build -p pterotray-window",
    )
}

/// The window's program, or where it would be; for tests that do not open it.
pub(crate) fn window_if_built() -> PathBuf {
    place("PTEROTRAY_WINDOW", "debug/pterotray-window")
}

/// The first program as people get it.
///
/// # Panics
/// When it is not built.
pub fn release_agent() -> PathBuf {
    built(
        "PTEROTRAY_RELEASE_BIN",
        "release/pterotray",
        "cargo build --release -p pterotray",
    )
}

/// The window's program as people get it.
///
/// # Panics
/// When it is not built.
pub(crate) fn release_window() -> PathBuf {
    built(
        "PTEROTRAY_RELEASE_WINDOW",
        "release/pterotray-window",
        "cargo build --release -p pterotray-window",
    )
}

fn built(variable: &str, below_target: &str, command: &str) -> PathBuf {
    let path = place(variable, below_target);
    assert!(
        path.is_file(),
        "{} is not there. Build it with `{command}`, name it by {variable}, or run `cargo xtask test`.",
        path.display()
    );
    path
}

fn place(variable: &str, below_target: &str) -> PathBuf {
    std::env::var_os(variable).map_or_else(|| target().join(below_target), PathBuf::from)
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"),
        PathBuf::from,
    )
}
