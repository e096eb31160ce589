//! What is installed, started as a person does: by its menu entry with nothing set up, by that entry's action, and the demo
//! by a command in a terminal; each on a desktop of its own.
//! Never touches the person's own desktop or profile.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};

use crate::demo::Theme;
use crate::desktop::PrivateDesktop;
use crate::package::release::Release;
use crate::package::tree::ID;

/// Starts everything below `system`, a folder that looks like `/`.
pub(super) fn from(system: &Path, release: &Release) -> Result<()> {
    let entry = system.join(format!("usr/share/applications/{ID}.desktop"));
    let entry = fs::read_to_string(entry)?;
    let lines = entry.lines().filter_map(|line| line.strip_prefix("Exec="));
    let [start, settings] = lines.collect::<Vec<_>>()[..] else {
        bail!("the menu entry has other commands than expected:\n{entry}");
    };
    let programs = system.join("usr/bin");
    let agent = programs.join("pterotray");
    let agent = agent.to_str().context("a plain path")?;
    starts_by_its_entry(&as_menus_do(start, &programs))?;
    shows_its_settings(&as_menus_do(settings, &programs), agent)?;
    shows_the_demo(agent, release)
}

/// Program and arguments of a menu entry's command, the program as found by a desktop whose search path leads here.
fn as_menus_do<'a>(line: &'a str, programs: &Path) -> (String, Vec<&'a str>) {
    let mut words = line.split_whitespace();
    let program = programs.join(words.next().unwrap_or_default());
    (program.display().to_string(), words.collect())
}

/// With nothing set up both the icon and the window come.
fn starts_by_its_entry((program, arguments): &(String, Vec<&str>)) -> Result<()> {
    let mut desktop = PrivateDesktop::start(Theme::Dark)?;
    desktop.spawn("start", Command::new(program).args(arguments))?;
    icon_comes(&desktop, "start")?;
    window_comes(&desktop, "start")
}

/// The entry's action needs nothing that runs.
fn shows_its_settings((program, arguments): &(String, Vec<&str>), agent: &str) -> Result<()> {
    let desktop = PrivateDesktop::start(Theme::Dark)?;
    desktop.run(program, arguments)?;
    window_comes(&desktop, "settings")?;
    desktop.run(agent, &["quit"]).map(drop)
}

/// The icon stands there, the command line answers, and the window opens when asked for.
fn shows_the_demo(agent: &str, release: &Release) -> Result<()> {
    let mut desktop = PrivateDesktop::start(Theme::Dark)?;
    let version = desktop.run(agent, &["--version"])?;
    ensure!(
        version.trim() == format!("pterotray {}", release.version),
        "its version is {version:?}"
    );
    let profile = desktop.folder().join("profile");
    let profile = profile.to_str().context("a plain path")?;
    let mut demo = Command::new(agent);
    demo.args(["--hidden", "demo", "--profile", profile]);
    desktop.spawn("demo", &mut demo)?;
    icon_comes(&desktop, "demo")?;
    desktop.wait_until("the demo's servers in a terminal", "demo", |desktop| {
        let status = desktop.run(agent, &["status", "--profile", profile])?;
        Ok(status.contains("Survival"))
    })?;
    desktop.run(agent, &["show", "--profile", profile])?;
    window_comes(&desktop, "demo")?;
    desktop
        .run(agent, &["quit", "--profile", profile])
        .map(drop)
}

fn icon_comes(desktop: &PrivateDesktop, log: &str) -> Result<()> {
    let there = |desktop: &PrivateDesktop| Ok(desktop.tray_icons() > 0);
    desktop.wait_until("a tray icon", log, there)
}

fn window_comes(desktop: &PrivateDesktop, log: &str) -> Result<()> {
    let there = |desktop: &PrivateDesktop| Ok(!desktop.windows("pterotray-window").is_empty());
    desktop.wait_until("the window", log, there)
}
