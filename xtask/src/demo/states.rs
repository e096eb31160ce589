//! The tray icon in each of its states on a real panel, with what its tooltip says: one strip of pictures a theme.
//! Never sleeps for a fixed time, and never shows a state that the agent does not really have.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::tour::{ELSEWHERE, PANEL, TRAY_ICON};
use super::{Theme, pictures};
use crate::desktop::{PrivateDesktop, SIZE};
use crate::root;

/// A state of the icon: what its tooltip says, and what is wrong with a panel of three servers; `None` is no panel at all.
struct State {
    says: &'static str,
    panel: Option<&'static [&'static str]>,
}

/// In the order of the sheet of icons: the worst first.
const STATES: [State; 7] = [
    State {
        says: "not set up",
        panel: None,
    },
    State {
        says: "Install failed",
        panel: Some(&["Server 0002=status:install_failed"]),
    },
    State {
        says: "2 of 3 running · 1 unknown",
        panel: Some(&["node:node-2=refuses"]),
    },
    State {
        says: "Stopping",
        panel: Some(&["Server 0002=hang-stop", "Server 0002=stop"]),
    },
    State {
        says: "3 of 3 running",
        panel: Some(&[]),
    },
    State {
        says: "0 of 3 running",
        panel: Some(&["Server 0001=kill", "Server 0002=kill", "Server 0003=kill"]),
    },
    State {
        says: "Connecting",
        panel: Some(&["panel=never"]),
    },
];

const AGENT: &str = "agent";
const FAKE_PANEL: &str = "fake-panel";
/// What of the screen's corner is taken: the icon, and the tooltip below it.
const PICTURE: (u32, u32) = (300, 108);

/// Goes through all states and puts their pictures below one another.
pub(super) fn take(theme: Theme) -> Result<()> {
    fs::create_dir_all(pictures())?;
    let mut desktop = PrivateDesktop::start(theme)?;
    let mut strip = Vec::new();
    for (number, state) in STATES.iter().enumerate() {
        let file = desktop.folder().join(format!("state-{number}.png"));
        see(&mut desktop, number, state, &file)?;
        strip.push(file.display().to_string());
    }
    let ending = if theme == Theme::Light { "-light" } else { "" };
    let whole = pictures().join(format!("states{ending}.png"));
    let whole = whole.display().to_string();
    let mut arguments: Vec<&str> = strip.iter().map(String::as_str).collect();
    arguments.extend(["-append", "-strip", &whole]);
    desktop.run("convert", &arguments).map(drop)
}

/// Brings the agent into a state, points at its icon, takes the picture, and ends all of it.
fn see(desktop: &mut PrivateDesktop, number: usize, state: &State, file: &Path) -> Result<()> {
    let profile = desktop.folder().join(format!("profile-{number}"));
    let mut agent = Command::new(super::agent());
    agent.args(["--shortest-poll-ms", "200", "--hidden", "--profile"]);
    agent.arg(&profile);
    if let Some(faults) = state.panel {
        let (url, key) = start_panel(desktop, faults)?;
        agent
            .env("PTEROTRAY_URL", url)
            .env("PTEROTRAY_API_KEY", key);
    }
    desktop.spawn(AGENT, &mut agent)?;
    desktop.wait_until(state.says, AGENT, |desktop| {
        Ok(tooltip(desktop).is_some_and(|text| text.contains(state.says)))
    })?;
    let corner = format!("36x36+{}+0", SIZE.0 - 36);
    desktop.wait_until("the panel draws the icon", AGENT, |desktop| {
        Ok(desktop.colours(&corner)? > 8)
    })?;
    let before = desktop.windows(PANEL).len();
    desktop.point(TRAY_ICON)?;
    desktop.wait_until("a tooltip on the screen", AGENT, |desktop| {
        Ok(desktop.windows(PANEL).len() > before)
    })?;
    let (width, height) = PICTURE;
    desktop.picture(&format!("{width}x{height}+{}+0", SIZE.0 - width), file)?;
    desktop.point(ELSEWHERE)?;
    desktop.wait_until("the tooltip goes", AGENT, |desktop| {
        Ok(desktop.windows(PANEL).len() <= before)
    })?;
    desktop.end_newest()?;
    if state.panel.is_some() {
        desktop.end_newest()?;
    }
    desktop.wait_until("the icon goes", AGENT, |desktop| {
        Ok(desktop.tray_icons() == 0)
    })
}

/// A panel of three servers with this wrong; its address and a key.
fn start_panel(desktop: &mut PrivateDesktop, faults: &[&str]) -> Result<(String, String)> {
    let program = root().join(format!(
        "target/debug/fake-panel{}",
        std::env::consts::EXE_SUFFIX
    ));
    let mut panel = Command::new(program);
    panel.args(["--servers", "3"]);
    for fault in faults {
        panel.args(["--fault", fault]);
    }
    desktop.spawn(FAKE_PANEL, &mut panel)?;
    let said = desktop.folder().join(format!("{FAKE_PANEL}.log"));
    let read = || {
        let text = fs::read_to_string(&said).ok()?;
        let (url, key) = text.trim_end().split_once('\n')?;
        Some((url.to_owned(), key.to_owned()))
    };
    desktop.wait_until("the fake panel", FAKE_PANEL, |_| Ok(read().is_some()))?;
    read().context("it was there a moment ago")
}

/// What the only icon's tooltip says.
fn tooltip(desktop: &PrivateDesktop) -> Option<String> {
    let items = desktop.tray_items();
    let (owner, path) = items.first()?;
    let interface = "org.kde.StatusNotifierItem";
    desktop.property(owner, path, interface, "ToolTip").ok()
}
