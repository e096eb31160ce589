//! What is installed, started as a person does: by its menu entry, with nothing set up, and by a command in a terminal.
//! Never touches the person's own desktop or profile.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::demo::Theme;
use crate::desktop::PrivateDesktop;
use crate::package::release::Release;
use crate::package::tree::ID;

/// Starts everything below `system`, a folder that looks like `/`.
pub(super) fn from(system: &Path, release: &Release) -> Result<()> {
    let entry = system.join(format!("usr/share/applications/{ID}.desktop"));
    let entry = fs::read_to_string(entry)?;
    let programs = system.join("usr/bin");
    let agent = programs.join("pterotray");
    let agent = agent.to_str().context("a plain path")?;
    let mut desktop = PrivateDesktop::start(Theme::Dark)?;
    let version = desktop.run(agent, &["--version"])?;
    ensure!(
        version.trim() == format!("pterotray {}", release.version),
        "its version is {version:?}"
    );
    starts_by_its_entry(&mut desktop, &entry, &programs)?;
    desktop.run(agent, &["quit"])?;
    shows_the_demo(&mut desktop, agent)
}

/// With nothing set up both the icon and the window come.
fn starts_by_its_entry(desktop: &mut PrivateDesktop, entry: &str, programs: &Path) -> Result<()> {
    let lines = entry.lines().filter_map(|line| line.strip_prefix("Exec="));
    let [start, settings] = lines.collect::<Vec<_>>()[..] else {
        anyhow::bail!("the menu entry has other commands than expected:\n{entry}");
    };
    let (program, arguments) = as_menus_do(start, programs);
    desktop.spawn("start", Command::new(program).args(arguments))?;
    desktop.wait_until("a tray icon", "start", |desktop| {
        Ok(desktop.tray_icons() > 0)
    })?;
    desktop.wait_until("the window", "start", |desktop| {
        Ok(!desktop.windows("pterotray-window").is_empty())
    })?;
    let (program, arguments) = as_menus_do(settings, programs);
    desktop.run(&program, &arguments).map(drop)
}

/// Program and arguments of a menu entry's command, the program as found by a desktop whose search path leads here.
fn as_menus_do<'a>(line: &'a str, programs: &Path) -> (String, Vec<&'a str>) {
    let mut words = line.split_whitespace();
    let program = programs.join(words.next().unwrap_or_default());
    (program.display().to_string(), words.collect())
}

/// The icon stands there, the command line answers, and the window opens when asked for.
fn shows_the_demo(desktop: &mut PrivateDesktop, agent: &str) -> Result<()> {
    desktop.wait_until("the icon goes", "start", |desktop| {
        Ok(desktop.tray_icons() == 0)
    })?;
    let profile = desktop.folder().join("profile");
    let profile = profile.to_str().context("a plain path")?;
    let mut demo = Command::new(agent);
    demo.args(["--hidden", "demo", "--profile", profile]);
    desktop.spawn("demo", &mut demo)?;
    desktop.wait_until(
        "a tray icon",
        "demo",
        |desktop| Ok(desktop.tray_icons() > 0),
    )?;
    desktop.wait_until("the demo's servers in a terminal", "demo", |desktop| {
        let status = desktop.run(agent, &["status", "--profile", profile])?;
        Ok(status.contains("Survival"))
    })?;
    desktop.run(agent, &["show", "--profile", profile])?;
    desktop.wait_until("the window", "demo", |desktop| {
        Ok(!desktop.windows("pterotray-window").is_empty())
    })?;
    desktop
        .run(agent, &["quit", "--profile", profile])
        .map(drop)
}
