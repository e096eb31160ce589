//! The agent's log: a file in the profile with a few before it, bounded in size, for its owner only.
//!
//! Other people's crates are heard from warnings on only: their details may show headers, and
//! with them the key. A panic's message is not written: it may quote anything.

mod file;

use file::LogFile;
use pterotray_core::paths::{Paths, private_folder};
use std::{
    panic::{self, PanicHookInfo},
    sync::Mutex,
};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::{
    Registry, filter::Targets, layer::SubscriberExt as _, reload, util::SubscriberInitExt as _,
};

/// The environment variable with the level: error, warn, info, debug, trace, off. It outranks the settings.
const LEVEL: &str = "PTEROTRAY_LOG";
/// The crates whose details are known to hold no key.
const OURS: [&str; 4] = [
    "pterotray",
    "pterotray_core",
    "pterodactyl_client",
    "fake_panel",
];

/// How much the log tells; may be changed at any time.
#[derive(Debug)]
pub(crate) struct Loudness {
    heard: reload::Handle<Targets, Registry>,
    level: LevelFilter,
}

impl Loudness {
    /// The settings name this level from now on.
    pub(crate) fn set(&mut self, setting: Option<&str>) {
        let level = level_asked_for(setting);
        if level != self.level && self.heard.reload(heard(level)).is_ok() {
            self.level = level;
            tracing::info!(%level, "the log's level was changed");
        }
    }
}

/// Writes the log from now on, at the level of the settings unless the environment names another one.
///
/// # Errors
/// When folder or file cannot be made; the agent works without.
pub(crate) fn start(paths: &Paths, setting: Option<&str>) -> anyhow::Result<Loudness> {
    let folder = paths.logs();
    private_folder(&folder)?;
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_writer(Mutex::new(LogFile::open(&folder, file::FULL)?));
    let level = level_asked_for(setting);
    let (filter, heard) = reload::Layer::new(heard(level));
    tracing_subscriber::registry()
        .with(filter)
        .with(lines)
        .try_init()?;
    Ok(Loudness { heard, level })
}

/// Makes a panic leave its place, and nothing else, in the log and behind `words` on the terminal.
pub(crate) fn note_panics(words: String) {
    panic::set_hook(Box::new(move |panic: &PanicHookInfo<'_>| {
        let at = panic
            .location()
            .map_or_else(|| "?".to_owned(), ToString::to_string);
        tracing::error!(at, "panicked");
        crate::cli::print::error(&format!("{words} {at}"));
    }));
}

/// The level: the environment's, else the settings', else `info`.
pub(crate) fn level_asked_for(setting: Option<&str>) -> LevelFilter {
    level(std::env::var(LEVEL).ok().as_deref(), setting)
}

fn level(environment: Option<&str>, setting: Option<&str>) -> LevelFilter {
    let named = |level: &&str| !level.is_empty();
    let understood = |level: &str| Some(level.trim()).filter(named)?.parse().ok();
    let asked = environment.and_then(understood);
    asked
        .or_else(|| setting.and_then(understood))
        .unwrap_or(LevelFilter::INFO)
}

fn heard(level: LevelFilter) -> Targets {
    let others = level.min(LevelFilter::WARN);
    OURS.into_iter()
        .fold(Targets::new().with_default(others), |targets, ours| {
            targets.with_target(ours, level)
        })
}

#[cfg(test)]
mod tests {
    use super::{heard, level, note_panics};
    use std::{fs::File, panic, sync::Mutex};
    use tracing::{Level, level_filters::LevelFilter};

    #[test]
    fn a_panic_leaves_its_place_in_the_log_and_none_of_its_words() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        let log = tracing_subscriber::fmt().with_writer(Mutex::new(File::create(&path).unwrap()));
        let before = panic::take_hook();
        note_panics(String::new());
        tracing::subscriber::with_default(log.finish(), || {
            let quoted = "the panel refused ptlc_secret".to_owned();
            panic::catch_unwind(|| panic::panic_any(quoted)).unwrap_err();
            panic::catch_unwind(|| panic!("and so did {}", "ptlc_secret")).unwrap_err();
        });
        panic::set_hook(before);
        let written = std::fs::read_to_string(&path).unwrap();
        assert_eq!(written.matches("panicked").count(), 2, "{written}");
        assert!(written.contains(file!()), "{written}");
        assert!(!written.contains("ptlc_secret"), "{written}");
    }

    #[test]
    fn our_own_crates_speak_at_the_level_asked_for_and_others_never_in_detail() {
        let heard_at = heard(LevelFilter::TRACE);
        assert!(heard_at.would_enable("pterotray_core::store", &Level::TRACE));
        assert!(!heard_at.would_enable("hyper::proto", &Level::INFO));
        assert!(heard_at.would_enable("hyper", &Level::WARN));
    }

    #[test]
    fn the_environment_outranks_the_settings_and_what_is_no_level_counts_for_nothing() {
        assert_eq!(level(Some("off"), Some("trace")), LevelFilter::OFF);
        assert_eq!(level(None, Some("debug")), LevelFilter::DEBUG);
        assert_eq!(level(Some(""), Some("warn")), LevelFilter::WARN);
        assert_eq!(level(Some("loud"), Some("quiet")), LevelFilter::INFO);
        assert_eq!(level(None, None), LevelFilter::INFO);
        assert!(!heard(LevelFilter::OFF).would_enable("hyper", &Level::ERROR));
    }
}
