//! A tray host that people have: Xfce's panel on the desk's display, seen and pressed with the pointer.
//!
//! Knows of the menu only where its windows are; what they say is for whoever sees them.

use crate::{
    desk::Desk,
    processes::Process,
    tray_host::NAME,
    wait::{until, until_at_last},
};
use std::{fs, process::Stdio};
use tokio::process::Child;

/// One panel along the top; the tray is its last plugin, so that a single icon is at the right edge.
const LAYOUT: &str = include_str!("../../xtask/src/desktop/xfce4-panel.xml");
/// How wide the display is.
const WIDTH: u32 = 1280;
/// The middle of the only icon: the panel is 36 pixels high.
const ICON: (u32, u32) = (WIDTH - 18, 18);
/// Classes of the panel's windows; its plugins, and so the menu, are in a process of their own.
const WINDOWS: &str = "xfce4-panel|wrapper";
/// So far the pointer goes at a time: less than a line of a menu is high.
const STEP: usize = 12;
/// So often it is looked whether something came of it, before it goes on: menus take their time on purpose.
const LOOKS: usize = 8;

/// A window's place and size on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Frame {
    left: u32,
    top: u32,
    width: u32,
    height: u32,
}

/// The running panel. Ends with the desk.
pub struct Xfce<'a> {
    desk: &'a Desk,
    _settings: Child,
    panel: Child,
}

impl<'a> Xfce<'a> {
    /// Brings it up and waits until it takes icons.
    ///
    /// # Panics
    /// When it does not come up.
    pub async fn start(desk: &'a Desk) -> Xfce<'a> {
        let settings = desk.home().join(".config/xfce4/xfconf/xfce-perchannel-xml");
        let made = fs::create_dir_all(&settings);
        let layout = LAYOUT.replace("DARK", "false");
        let written = made.and_then(|()| fs::write(settings.join("xfce4-panel.xml"), layout));
        written.expect("the desk's home can be written");
        let xfce = Xfce {
            desk,
            _settings: start_settings(desk),
            panel: start_panel(desk),
        };
        xfce.takes_icons().await;
        xfce
    }

    /// The panel is killed with its plugins.
    ///
    /// # Panics
    /// When it cannot be.
    pub async fn dies(&mut self) {
        self.panel.kill().await.expect("the panel was running");
        let gone = async || {
            let plugins = self.desk.processes("wrapper-2.0");
            plugins.iter().for_each(Process::kill);
            (plugins.is_empty() && !self.desk.bus().has(NAME).await).then_some(())
        };
        until("the end of the panel", gone).await;
    }

    /// It is started again.
    pub async fn comes_back(&mut self) {
        self.panel = start_panel(self.desk);
        self.takes_icons().await;
    }

    async fn takes_icons(&self) {
        self.desk.bus().wait_for(NAME).await;
    }

    /// Opens the icon's menu with the right button, goes down to the first line that has a menu of its own, and presses the
    /// first line there. What did not come, or went away again, is opened once more.
    ///
    /// # Panics
    /// When there is none.
    pub async fn press_first_below_first(&self) {
        let pressed = async || {
            let menu = self.open_menu().await?;
            if let Some((below, from)) = self.find_below(menu).await {
                // Straight to the side first, as a person does, so that the line stays the chosen one.
                let into = below.left + 24;
                self.pointer(&[], (into, from.1)).await;
                self.pointer(&["click", "1"], (into, below.top + 16)).await;
                return Some(());
            }
            self.xdotool(&["key", "Escape"]).await;
            None
        };
        until_at_last("a server's own menu", pressed).await;
    }

    async fn open_menu(&self) -> Option<Frame> {
        let before = self.windows().await;
        // Nothing is there to be clicked before the panel has drawn it.
        self.pointer(&["click", "3"], ICON).await;
        let frame = self.fresh_window(&before, WIDTH).await?;
        if frame.left + frame.width == WIDTH {
            return Some(frame);
        }
        // That of the clock, which stands there until the icon does.
        self.xdotool(&["key", "Escape"]).await;
        None
    }

    /// The menu of a line of this menu, and where the pointer was when it came.
    async fn find_below(&self, menu: Frame) -> Option<(Frame, (u32, u32))> {
        let before = self.windows().await;
        let middle = menu.left + menu.width / 2;
        for top in (menu.top..menu.top + menu.height).step_by(STEP) {
            let here = (middle, top);
            self.pointer(&[], here).await;
            // The menu itself may have become wider meanwhile; it stays at the right edge.
            if let Some(found) = self.fresh_window(&before, middle).await {
                return Some((found, here));
            }
        }
        None
    }

    async fn windows(&self) -> Vec<Frame> {
        let ids = self
            .xdotool(&["search", "--onlyvisible", "--class", WINDOWS])
            .await;
        let mut frames = Vec::new();
        for id in ids.lines() {
            let told = self.xdotool(&["getwindowgeometry", "--shell", id]).await;
            frames.extend(frame(&told));
        }
        frames
    }

    /// A window larger than a tooltip that comes in a moment, was not there before, and ends left of this.
    async fn fresh_window(&self, before: &[Frame], right: u32) -> Option<Frame> {
        for _ in 0..LOOKS {
            let mut now = self.windows().await;
            let ends = |frame: &Frame| frame.left + frame.width;
            now.retain(|frame| {
                !before.contains(frame) && frame.height > 100 && ends(frame) <= right
            });
            if let Some(frame) = now.pop() {
                return Some(frame);
            }
        }
        None
    }

    /// The pointer goes there, and does this.
    async fn pointer(&self, deed: &[&str], (left, top): (u32, u32)) {
        let (left, top) = (left.to_string(), top.to_string());
        let there = ["mousemove", "--sync", &left, &top];
        self.xdotool(&[&there[..], deed].concat()).await;
    }

    async fn xdotool(&self, arguments: &[&str]) -> String {
        let mut command = self.desk.command("xdotool");
        let done = command
            .args(arguments)
            .stdout(Stdio::piped())
            .output()
            .await;
        // What is not found is no failure.
        String::from_utf8_lossy(&done.expect("xdotool runs (package xdotool)").stdout).into_owned()
    }
}

fn frame(told: &str) -> Option<Frame> {
    let value = |name: &str| {
        let line = told.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|value| value.parse().ok())
    };
    Some(Frame {
        left: value("X=")?,
        top: value("Y=")?,
        width: value("WIDTH=")?,
        height: value("HEIGHT=")?,
    })
}

/// The panel reads its layout from a service, which nobody starts by itself on the desk's bus.
fn start_settings(desk: &Desk) -> Child {
    let file = "/usr/share/dbus-1/services/org.xfce.Xfconf.service";
    let service = fs::read_to_string(file).unwrap_or_default();
    let program = service.lines().find_map(|line| line.strip_prefix("Exec="));
    let program = program.expect("Xfce's settings are installed (package xfce4-panel)");
    let started = desk.command(program).spawn();
    started.expect("Xfce's settings start")
}

fn start_panel(desk: &Desk) -> Child {
    let mut command = desk.command("xfce4-panel");
    let started = command.arg("--disable-wm-check").spawn();
    started.expect("Xfce's panel starts (package xfce4-panel)")
}
