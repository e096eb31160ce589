//! A tour of the demo's tray on a private desktop, the way a person would take it: look at the icon, hear of the crash,
//! open the menu. Every stop is a picture below `target/demo`.
//! Never sleeps for a fixed time: each picture waits for what it is to show.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Theme, pictures};
use crate::desktop::{PrivateDesktop, SIZE};
use crate::root;

/// The tray is the last thing in the panel, which is 36 pixels high; its only icon is in the corner.
pub(super) const TRAY_ICON: (u32, u32) = (SIZE.0 - 18, 18);
pub(super) const ELSEWHERE: (u32, u32) = (SIZE.0 / 3, SIZE.1 / 2);

/// Classes of the panel's windows; its plugins, and so the tooltip and the menu, are in a process of their own.
pub(super) const PANEL: &str = "xfce4-panel|wrapper";

/// The name of the demo's log on the private desktop.
const LOG: &str = "pterotray";

/// Starts a desktop and the demo on it, takes the pictures, prints the servers, ends both.
pub(super) fn take(theme: Theme) -> Result<()> {
    fs::create_dir_all(pictures())?;
    let mut desktop = PrivateDesktop::start(theme)?;
    let profile = desktop.folder().join("profile").display().to_string();
    let mut demo = Command::new(super::agent());
    demo.args(["--hidden", "--profile", &profile, "demo"]);
    desktop.spawn(LOG, &mut demo)?;
    let tour = Tour {
        desktop,
        profile,
        theme,
    };
    tour.wait_until("the demo knows its servers", |tour| {
        Ok(tour
            .conditions()
            .is_some_and(|all| all.iter().any(|(_, now)| now == "running")))
    })?;
    let seen = tour.see_all();
    if seen.is_err() {
        // Not among the pictures, which are copied as a whole.
        let file = root().join("target/demo-failed.png");
        let whole = format!("{}x{}+0+0", SIZE.0, SIZE.1);
        tour.desktop.picture(&whole, &file)?;
        println!("What was on the screen: {}", file.display());
    }
    seen?;
    if theme == Theme::Dark {
        println!("{}", tour.ask("status")?.trim_end());
    }
    println!("Pictures: {}", pictures().display());
    Ok(())
}

/// Copies all pictures to where the README shows them from.
pub(super) fn copy_to_docs() -> Result<()> {
    let docs = root().join("docs/pictures");
    fs::create_dir_all(&docs)?;
    for picture in fs::read_dir(pictures())? {
        let picture = picture?;
        fs::copy(picture.path(), docs.join(picture.file_name()))
            .with_context(|| format!("cannot copy to {}", docs.display()))?;
    }
    println!("Copied to {}", docs.display());
    Ok(())
}

struct Tour {
    desktop: PrivateDesktop,
    profile: String,
    theme: Theme,
}

impl Tour {
    fn see_all(&self) -> Result<()> {
        self.see_tray()?;
        self.see_notification()?;
        self.see_menu()
    }

    fn see_tray(&self) -> Result<()> {
        self.wait_until("a tray icon", |tour| Ok(tour.desktop.tray_icons() > 0))?;
        let corner = format!("36x36+{}+0", SIZE.0 - 36);
        self.wait_until("the panel draws the tray icon", |tour| {
            Ok(tour.desktop.colours(&corner)? > 8)
        })?;
        let before = self.desktop.windows(PANEL).len();
        self.desktop.point(TRAY_ICON)?;
        self.wait_until("a tooltip", |tour| {
            Ok(tour.desktop.windows(PANEL).len() > before)
        })?;
        self.picture("tray", (420, 100), Corner::Top)?;
        self.desktop.point(ELSEWHERE)
    }

    fn see_notification(&self) -> Result<()> {
        self.wait_until("a server crashes", |tour| {
            Ok(tour
                .conditions()
                .is_some_and(|all| all.iter().any(|(_, now)| now == "crashed")))
        })?;
        self.wait_until("its notification", |tour| {
            Ok(!tour.desktop.windows("xfce4-notifyd").is_empty())
        })?;
        self.picture("notification", (480, 220), Corner::Bottom)
    }

    /// Opens the menu with the right mouse button and, from the keyboard, the first server's own menu.
    fn see_menu(&self) -> Result<()> {
        let windows = |tour: &Self| tour.desktop.windows(PANEL).len();
        let closed = windows(self);
        self.desktop.click(TRAY_ICON, 3)?;
        self.wait_until("the menu", |tour| Ok(windows(tour) > closed))?;
        let open = windows(self);
        self.desktop.keys(&["Down", "Right"])?;
        self.wait_until("the server's menu", |tour| Ok(windows(tour) > open))?;
        self.picture("menu", (760, 560), Corner::Top)?;
        self.desktop.keys(&["Escape", "Escape", "Escape"])?;
        self.wait_until("the menu closes", |tour| Ok(windows(tour) <= closed))
    }

    /// The servers' names and conditions, or `None` while the agent does not answer.
    fn conditions(&self) -> Option<Vec<(String, String)>> {
        let answer = self.ask("status --json").ok()?;
        let status: Value = serde_json::from_str(&answer).ok()?;
        let panels = status["panels"].as_array()?;
        let servers = panels
            .iter()
            .filter_map(|panel| panel["servers"].as_array())
            .flatten();
        let text = |server: &Value, key: &str| server[key].as_str().map(str::to_owned);
        servers
            .map(|server| Some((text(server, "name")?, text(server, "condition")?)))
            .collect()
    }

    fn ask(&self, command: &str) -> Result<String> {
        let agent = super::agent().display().to_string();
        let mut arguments = vec!["--profile", &self.profile];
        arguments.extend(command.split(' '));
        self.desktop.run(&agent, &arguments)
    }

    fn wait_until(&self, what: &str, is_so: impl Fn(&Self) -> Result<bool>) -> Result<()> {
        self.desktop.wait_until(what, LOG, |_| is_so(self))
    }

    fn picture(&self, name: &str, (width, height): (u32, u32), corner: Corner) -> Result<()> {
        let left = SIZE.0 - width;
        let top = match corner {
            Corner::Top => 0,
            Corner::Bottom => SIZE.1 - height,
        };
        self.desktop
            .picture(&format!("{width}x{height}+{left}+{top}"), &self.file(name))
    }

    fn file(&self, name: &str) -> PathBuf {
        let ending = if self.theme == Theme::Light {
            "-light"
        } else {
            ""
        };
        pictures().join(format!("{name}{ending}.png"))
    }
}

/// Which right corner of the screen a picture shows.
#[derive(Clone, Copy)]
enum Corner {
    Top,
    Bottom,
}
