//! The agent's log: one file a day in the profile, the last seven kept, only its owner can read it.
//!
//! Other people's crates are heard from warnings on only: their details may show headers, and
//! with them the key. A panic's message is not written: it may quote anything.

use pterotray_core::paths::{Paths, private_folder};
use std::panic::{self, PanicHookInfo};
use tracing::level_filters::LevelFilter;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::{
    filter::Targets, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

/// The environment variable with the level: error, warn, info (as without it), debug, trace, off.
const LEVEL: &str = "PTEROTRAY_LOG";
/// How many files are kept.
const FILES: usize = 7;
/// The crates whose details are known to hold no key.
const OURS: [&str; 4] = [
    "pterotray",
    "pterotray_core",
    "pterodactyl_client",
    "fake_panel",
];

/// Writes the log from now on.
///
/// # Errors
/// When folder or file cannot be made; the agent works without.
pub(crate) fn start(paths: &Paths) -> anyhow::Result<()> {
    let folder = paths.logs();
    private_folder(&folder)?;
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("pterotray")
        .filename_suffix("log")
        .max_log_files(FILES)
        .build(&folder)?;
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_writer(file);
    let heard = heard(std::env::var(LEVEL).ok().as_deref());
    tracing_subscriber::registry()
        .with(lines)
        .with(heard)
        .try_init()?;
    Ok(())
}

/// Makes a panic leave its place, and nothing else, in the log and on the terminal.
pub(crate) fn note_panics() {
    panic::set_hook(Box::new(|panic: &PanicHookInfo<'_>| {
        let at = panic
            .location()
            .map_or_else(|| "?".to_owned(), ToString::to_string);
        tracing::error!(at, "panicked");
        crate::cli::print::error(&format!("internal error at {at}; please report it"));
    }));
}

/// The level that was asked for, by its name.
pub(crate) fn level_asked_for() -> String {
    level(std::env::var(LEVEL).ok().as_deref()).to_string()
}

fn level(asked: Option<&str>) -> LevelFilter {
    asked
        .and_then(|level| level.trim().parse().ok())
        .unwrap_or(LevelFilter::INFO)
}

fn heard(asked: Option<&str>) -> Targets {
    let level = level(asked);
    let others = level.min(LevelFilter::WARN);
    OURS.into_iter()
        .fold(Targets::new().with_default(others), |targets, ours| {
            targets.with_target(ours, level)
        })
}

#[cfg(test)]
mod tests {
    use super::heard;
    use tracing::Level;

    #[test]
    fn our_own_crates_speak_at_the_level_asked_for_and_others_never_in_detail() {
        let heard_at = heard(Some("trace"));
        assert!(heard_at.would_enable("pterotray_core::store", &Level::TRACE));
        assert!(!heard_at.would_enable("h2::codec", &Level::INFO));
        assert!(heard_at.would_enable("hyper", &Level::WARN));
    }

    #[test]
    fn without_or_with_a_wrong_level_it_is_info() {
        for level in [None, Some("loud")] {
            assert!(heard(level).would_enable("pterotray", &Level::INFO));
            assert!(!heard(level).would_enable("pterotray", &Level::DEBUG));
        }
        assert!(!heard(Some("off")).would_enable("hyper", &Level::ERROR));
    }
}
