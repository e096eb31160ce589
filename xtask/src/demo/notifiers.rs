//! The demo's crash under two notification servers: a picture of each, and its Restart pressed the way each offers that.
//! Never sleeps for a fixed time: each step waits for what it is to show.

use std::cell::Cell;
use std::fs;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Theme;
use crate::desktop::{Notifier, PrivateDesktop, SIZE};
use crate::root;

/// The middle of the row of buttons, so many pixels above the lower edge of a notification.
const BUTTONS_ABOVE: u32 = 31;

/// The name of the demo's log on the private desktop.
const LOG: &str = "pterotray";

/// Takes both pictures, and sees the server start again both times.
pub(super) fn take() -> Result<()> {
    for notifier in [Notifier::Xfce, Notifier::Dunst] {
        let scene = Scene::begin(notifier)?;
        let seen = scene.see();
        if seen.is_err() {
            let whole = format!("{}x{}+0+0", SIZE.0, SIZE.1);
            let file = root().join("target/demo-failed.png");
            scene.desktop.picture(&whole, &file)?;
            println!("What was on the screen: {}", file.display());
        }
        seen?;
    }
    Ok(())
}

struct Scene {
    desktop: PrivateDesktop,
    profile: String,
    notifier: Notifier,
}

impl Scene {
    fn begin(notifier: Notifier) -> Result<Scene> {
        let mut desktop = PrivateDesktop::with(Theme::Dark, notifier)?;
        let profile = desktop.folder().join("profile").display().to_string();
        let mut demo = Command::new(super::agent());
        demo.args(["--hidden", "--profile", &profile, "demo"]);
        desktop.spawn(LOG, &mut demo)?;
        Ok(Scene {
            desktop,
            profile,
            notifier,
        })
    }

    fn see(&self) -> Result<()> {
        let crashed = self.wait_for("a server crashes", |scene| {
            scene.servers_that_are("crashed").pop()
        })?;
        let bubble = self.wait_for("its notification", |scene| {
            scene.desktop.windows(scene.notifier.class()).pop()
        })?;
        let name = format!("notification-{}", self.notifier.name());
        let file = root().join("target/demo").join(name).with_extension("png");
        fs::create_dir_all(root().join("target/demo"))?;
        self.desktop.picture_of_window(&bubble, &file)?;
        self.wait_for("the server starts again", |scene| {
            // A press may come before the button is drawn.
            scene.press_restart(&bubble).ok()?;
            let down = scene.servers_that_are("crashed");
            (!down.contains(&crashed)).then_some(())
        })?;
        println!(
            "{}: {crashed} was restarted from its notification",
            self.notifier.name()
        );
        Ok(())
    }

    /// xfce4-notifyd draws Open, Restart and Console in a row; dunst lets a program choose.
    fn press_restart(&self, bubble: &str) -> Result<()> {
        let desktop = &self.desktop;
        if self.notifier == Notifier::Dunst {
            return desktop.run("dunstctl", &["context"]).map(drop);
        }
        let size = desktop.run("xdotool", &["getwindowgeometry", "--shell", bubble])?;
        let measure = |name: &str| -> Result<u32> {
            let line = size.lines().find_map(|line| line.strip_prefix(name));
            let line = line.with_context(|| format!("{name} in {size}"))?;
            Ok(line.trim_start_matches('=').parse()?)
        };
        let (middle, row) = (
            measure("WIDTH")? / 2,
            measure("HEIGHT")?.saturating_sub(BUTTONS_ABOVE),
        );
        let (middle, row) = (middle.to_string(), row.to_string());
        let press = ["mousemove", "--window", bubble, &middle, &row, "click", "1"];
        desktop.run("xdotool", &press).map(drop)
    }

    /// The names of the servers in this condition; none while the agent does not answer.
    fn servers_that_are(&self, condition: &str) -> Vec<String> {
        let agent = super::agent().display().to_string();
        let ask = ["--profile", &self.profile, "status", "--json"];
        let answer = self.desktop.run(&agent, &ask).unwrap_or_default();
        let status: Value = serde_json::from_str(&answer).unwrap_or_default();
        let panels = status["panels"].as_array().into_iter().flatten();
        let servers = panels.filter_map(|panel| panel["servers"].as_array());
        let meant = servers
            .flatten()
            .filter(|server| server["condition"] == condition);
        meant
            .filter_map(|server| server["name"].as_str().map(str::to_owned))
            .collect()
    }

    fn wait_for<T>(&self, what: &str, look: impl Fn(&Scene) -> Option<T>) -> Result<T> {
        let seen = Cell::new(None);
        self.desktop.wait_until(what, LOG, |_| {
            let now = look(self);
            let there = now.is_some();
            seen.set(now);
            Ok(there)
        })?;
        seen.take().context("it was there a moment ago")
    }
}
