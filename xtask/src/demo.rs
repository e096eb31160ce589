//! `cargo xtask demo`: builds everything and shows it at work, on this desktop or on a private one with pictures.
//! Never uses a real panel, a real key or the person's own profile.

#[cfg(target_os = "linux")]
mod notifiers;
#[cfg(not(target_os = "linux"))]
#[path = "demo/no_notifiers.rs"]
mod notifiers;
#[cfg(target_os = "linux")]
mod states;
#[cfg(not(target_os = "linux"))]
#[path = "demo/no_states.rs"]
mod states;
#[cfg(target_os = "linux")]
mod tour;
#[cfg(not(target_os = "linux"))]
#[path = "demo/no_tour.rs"]
mod tour;

use std::env::consts::EXE_SUFFIX;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::command::{self, words};
use crate::root;
use crate::setup::{self, Wanted};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Use a private desktop and take pictures, even where a display exists
    #[arg(long)]
    pictures: bool,
    /// Only see the crash under each notification server, and press its button
    #[arg(long)]
    notifications: bool,
    /// Only take the pictures of the tray icon in each of its states
    #[arg(long)]
    states: bool,
    /// Take the programs as they lie in target/debug
    #[arg(long)]
    no_build: bool,
    /// Let the evening go on for so many minutes before the window's pages are taken: charts fill
    #[arg(long, requires = "pictures", default_value_t = 0)]
    minutes: u32,
    /// Also copy the pictures to docs/pictures
    #[arg(long, requires = "pictures")]
    update_docs: bool,
}

/// How the private desktop looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Theme {
    Dark,
    Light,
}

/// Sets up, builds, and either runs the demo until the person quits it or takes its pictures.
pub(crate) fn run(options: &Options) -> Result<()> {
    let some = options.notifications || options.states;
    let unseen = options.pictures || some || !has_display();
    if !options.no_build {
        setup::run(if unseen {
            Wanted::Pictures
        } else {
            Wanted::Build
        })?;
        build()?;
    }
    if options.notifications {
        return notifiers::take();
    }
    if options.states {
        return take_states();
    }
    if !unseen {
        println!("The demo is in the tray. Quit it there, or with Ctrl-C.");
        return command::run(Command::new(agent()).arg("demo"));
    }
    if !options.pictures {
        println!("There is no display here: the demo runs on a private one.");
    }
    tour::take(Theme::Dark)?;
    if options.pictures {
        tour::take(Theme::Light)?;
        notifiers::take()?;
        take_states()?;
    }
    window_pages(options.minutes)?;
    if options.update_docs {
        tour::copy_to_docs()?;
    }
    Ok(())
}

fn take_states() -> Result<()> {
    states::take(Theme::Dark)?;
    states::take(Theme::Light)
}

fn build() -> Result<()> {
    println!("Building the page and the programs");
    command::run(words("npm run build").current_dir(root().join("ui")))?;
    command::run(&mut words(
        "cargo build -p pterotray -p pterotray-window -p fake-panel",
    ))
}

/// The acceptance tests know how to drive the window, so the pictures of its pages are taken from there.
fn window_pages(minutes: u32) -> Result<()> {
    println!("Taking pictures of the window's pages");
    let mut taking = words("cargo run --quiet -p acceptance --example pictures --");
    command::run(taking.arg(pictures()).arg(minutes.to_string()))
}

/// Where all pictures go first.
fn pictures() -> PathBuf {
    root().join("target/demo")
}

fn has_display() -> bool {
    let has = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    std::env::consts::OS != "linux" || has("DISPLAY") || has("WAYLAND_DISPLAY")
}

/// The agent as just built; it finds the window beside itself.
fn agent() -> PathBuf {
    root().join(format!("target/debug/pterotray{EXE_SUFFIX}"))
}
