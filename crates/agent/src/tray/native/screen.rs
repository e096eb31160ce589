//! The icon on the screen: its picture, its tooltip, its menu, and what is done about a click.
//!
//! Lives on the main thread. What is shown, and when, is decided by the core.

use super::{
    super::{
        draw,
        icon::{Style, tray_pictures},
    },
    lines::{Lines, action},
    system::SIZE,
};
use anyhow::Context as _;
use pterotray_core::{Action, App, Problem, ProblemKind, Snapshot, Texts, Tray, menu::Shown};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tray_icon::{MouseButton, TrayIcon, TrayIconBuilder, menu::Menu};

/// What the main thread knows of the tray.
pub(super) struct Screen {
    app: App,
    shown: Shown,
    newest: Arc<Snapshot>,
    /// Moments count from here.
    begun: Instant,
    due: Option<Instant>,
    drawn: Option<Drawn>,
    failing: bool,
}

impl Screen {
    pub(super) fn new(app: App, texts: Arc<Texts>, newest: Arc<Snapshot>) -> Screen {
        let mut screen = Screen {
            app,
            shown: Shown::new(Duration::ZERO, &newest, texts),
            newest,
            begun: Instant::now(),
            due: None,
            drawn: None,
            failing: false,
        };
        screen.draw();
        screen
    }

    /// Shows what is new.
    pub(super) fn show(&mut self, newest: Arc<Snapshot>) {
        self.newest = newest;
        self.refresh();
    }

    /// The same at another moment.
    pub(super) fn refresh(&mut self) {
        let wait = self.shown.take(self.begun.elapsed(), &self.newest);
        self.due = wait.map(|due| self.begun + due);
        self.draw();
    }

    /// When figures that wait are due.
    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// The menu may open soon.
    pub(super) fn open(&mut self) {
        self.shown.open(self.begun.elapsed(), &self.newest);
        self.refresh();
    }

    pub(super) fn clicked(&mut self, button: MouseButton) {
        let action = match button {
            MouseButton::Left => self.shown.tray().left_click.clone(),
            MouseButton::Middle => Some(Action::Refresh),
            MouseButton::Right => None,
        };
        if let Some(action) = action {
            self.app.act(action);
        }
    }

    pub(super) fn pressed(&mut self, id: &str) {
        let Some(action) = action(id) else {
            return;
        };
        self.app.act(action);
        if let Some(drawn) = &mut self.drawn
            && let Err(error) = draw::mark(&mut Lines(&drawn.menu), &drawn.tray.menu)
        {
            self.fail(&error);
        }
        self.shown.close(self.begun.elapsed(), &self.newest);
        self.draw();
    }

    fn draw(&mut self) {
        let tray = self.shown.tray();
        let done = match &mut self.drawn {
            Some(drawn) if drawn.tray == *tray => return,
            Some(drawn) => drawn.change(tray),
            None => Drawn::new(tray).map(|drawn| self.drawn = Some(drawn)),
        };
        match done {
            Ok(()) if std::mem::take(&mut self.failing) => self.app.mended(ProblemKind::NoTray),
            Ok(()) => {}
            Err(error) => self.fail(&error),
        }
    }

    /// Nobody knows what is on the screen now: it is drawn from nothing with the next change.
    fn fail(&mut self, error: &anyhow::Error) {
        tracing::warn!(
            error = format!("{error:#}"),
            "the tray icon cannot be drawn"
        );
        self.drawn = None;
        if !std::mem::replace(&mut self.failing, true) {
            self.app.notice(Problem::of(ProblemKind::NoTray));
        }
    }
}

/// An icon and what it shows.
struct Drawn {
    icon: TrayIcon,
    menu: Menu,
    tray: Tray,
}

impl Drawn {
    fn new(tray: &Tray) -> anyhow::Result<Drawn> {
        let menu = Menu::new();
        draw::redraw(&mut Lines(&menu), &[], &tray.menu)?;
        let (picture, template) = picture(tray)?;
        let icon = TrayIconBuilder::new()
            .with_id("pterotray")
            .with_tooltip(&tray.tooltip)
            .with_icon(picture)
            .with_icon_as_template(template)
            .with_menu(Box::new(menu.clone()))
            .with_menu_on_left_click(false)
            .build()?;
        Ok(Drawn {
            icon,
            menu,
            tray: tray.clone(),
        })
    }

    fn change(&mut self, tray: &Tray) -> anyhow::Result<()> {
        draw::redraw(&mut Lines(&self.menu), &self.tray.menu, &tray.menu)?;
        let look = |tray: &Tray| (tray.icon, tray.style, tray.unread);
        if look(tray) != look(&self.tray) {
            let (picture, template) = picture(tray)?;
            self.icon
                .set_icon_with_as_template(Some(picture), template)?;
        }
        if tray.tooltip != self.tray.tooltip {
            self.icon.set_tooltip(Some(&tray.tooltip))?;
        }
        self.tray.clone_from(tray);
        Ok(())
    }
}

/// The picture of a state, and whether the system colours it itself.
fn picture(tray: &Tray) -> anyhow::Result<(tray_icon::Icon, bool)> {
    let style = Style::from(tray.style);
    let pixels = tray_pictures(tray.icon, style, tray.unread)?
        .into_iter()
        .find(|pixels| pixels.width == SIZE)
        .context("no picture of the size")?;
    let picture = tray_icon::Icon::from_rgba(pixels.rgba, pixels.width, pixels.height)
        .context("the picture")?;
    Ok((picture, style == Style::Template))
}
