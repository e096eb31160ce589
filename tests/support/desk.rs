//! A throw-away desktop: home, bus, display, tray host, notification server and keyring of its own.
//!
//! Everything on it ends when it is dropped.

mod keyring;
mod looks;

use crate::{
    bus::Bus, display, ground::Ground, keyring::Keyring, notes::Notes, panel::Panel,
    processes::Process, program::Program, programs, tray_host::TrayHost,
};
use std::{ffi::OsStr, fs, path::PathBuf};
use tokio::process::{Child, Command};

/// How often the end of a desk looks for processes that are left.
const MOST_ROUNDS: usize = 200;

/// What a desk has.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// A session bus; without it there is no tray, no notification and no keyring either.
    pub bus: bool,
    /// Something that shows tray icons.
    pub tray: bool,
    /// Something that shows notifications.
    pub notifications: bool,
    /// A keyring, unlocked.
    pub keyring: bool,
    /// An X server.
    pub display: bool,
    /// A window manager on it.
    pub window_manager: bool,
}

impl Room {
    /// Everything a desktop has.
    pub const WHOLE: Room = Room {
        bus: true,
        tray: true,
        notifications: true,
        keyring: true,
        display: true,
        window_manager: true,
    };
    /// What the tray alone needs: no keyring, no display.
    pub const TRAY: Room = Room {
        keyring: false,
        display: false,
        window_manager: false,
        ..Room::WHOLE
    };
    /// Nothing but a folder.
    pub const BARE: Room = Room {
        bus: false,
        tray: false,
        notifications: false,
        ..Room::TRAY
    };
}

/// The desk. Processes end before their folder goes.
pub struct Desk {
    pub(crate) bus: Option<Bus>,
    pub(crate) tray: TrayHost,
    pub(crate) notes: Notes,
    display: Option<(String, Child)>,
    keyring: Option<Keyring>,
    _window_manager: Option<Child>,
    pub(crate) ground: Ground,
}

impl Desk {
    /// Sets one up.
    ///
    /// # Panics
    /// When a part of it cannot be started; says which.
    pub async fn with(room: Room) -> Desk {
        let ground = Ground::new();
        let bus = if room.bus {
            Some(Bus::start(&ground).await)
        } else {
            None
        };
        let mut desk = Desk {
            bus,
            tray: TrayHost::default(),
            notes: Notes::default(),
            display: None,
            keyring: None,
            _window_manager: None,
            ground,
        };
        if let Some(bus) = &desk.bus {
            if room.tray {
                desk.tray.appear(bus).await;
            }
            if room.notifications {
                desk.notes.appear(&bus.connection).await;
            }
            if room.keyring {
                desk.keyring = Some(Keyring::start(&desk.ground, bus).await);
            }
        }
        if room.display {
            desk.display = Some(display::start(&desk.ground).await);
        }
        if room.window_manager {
            let started = desk.command("openbox").spawn();
            desk._window_manager = Some(started.expect("openbox starts (package openbox)"));
        }
        desk
    }

    /// One with everything.
    ///
    /// # Panics
    /// When a part of it cannot be started; says which.
    pub async fn whole() -> Desk {
        Desk::with(Room::WHOLE).await
    }

    /// The folder that the programs are told to keep everything in.
    pub fn profile(&self) -> PathBuf {
        self.ground.path("profile")
    }

    /// The home folder of whoever owns the desk.
    pub fn home(&self) -> PathBuf {
        self.ground.path("home")
    }

    /// What the notification server says that it can do.
    pub fn notifications_can(&self, abilities: &[&str]) {
        self.notes.can(abilities);
    }

    /// Somebody presses this button of the next notification that has it, before the server answers.
    pub fn presses_at_once(&self, button: &str) {
        self.notes.presses_at_once(button);
    }

    /// Another notification server takes over.
    ///
    /// # Panics
    /// When there is no bus.
    pub async fn restarts_notifications(&self) {
        self.notes.leave().await;
        self.notes.appear(&self.bus().connect().await).await;
    }

    /// Writes the settings file before a program reads it.
    ///
    /// # Panics
    /// When the profile cannot be written.
    pub fn write_settings(&self, text: &str) {
        let made = fs::create_dir_all(self.profile());
        let written = made.and_then(|()| fs::write(self.profile().join("settings.json"), text));
        written.expect("the profile can be written");
    }

    /// Starts the agent as a login does, and waits until it can be spoken to.
    ///
    /// # Panics
    /// When it cannot.
    pub async fn agent(&self) -> Program<'_> {
        Program::start(self, &programs::agent(), &["--hidden"]).await
    }

    /// Starts the agent with these environment variables.
    ///
    /// # Panics
    /// When it cannot be spoken to.
    pub async fn agent_in(&self, environment: &[(&str, &str)]) -> Program<'_> {
        Program::start_in(self, environment).await
    }

    /// Starts the agent and adds this panel, its key kept in `place`; every server of it runs and is shown so.
    ///
    /// # Panics
    /// When it does not come to that.
    pub async fn watching(&self, panel: &Panel, place: &str) -> Program<'_> {
        let agent = self.agent().await;
        let kept = agent.add_panel(panel, place).await;
        assert_eq!(kept["kind"], "done", "{kept}");
        agent.until_all_run().await;
        agent
    }

    /// The same without quick polls.
    ///
    /// # Panics
    /// When it cannot.
    pub async fn unhurried_agent(&self) -> Program<'_> {
        Program::start_as_told(self, &programs::agent(), &["--hidden"]).await
    }

    /// Whether a program has put its icon into the tray.
    pub fn has_icon(&self) -> bool {
        self.tray.newest().is_some()
    }

    /// The system says that the computer woke up.
    ///
    /// # Panics
    /// When there is no bus.
    pub async fn wakes_up(&self) {
        self.bus().says_it_woke().await;
    }

    /// Starts the agent as a person does.
    ///
    /// # Panics
    /// When it cannot be spoken to.
    pub async fn agent_by_hand(&self) -> Program<'_> {
        Program::start(self, &programs::agent(), &[]).await
    }

    /// A tray host comes up, late or in the place of another.
    ///
    /// # Panics
    /// When there is no bus.
    pub async fn tray_host_appears(&self) {
        self.tray.appear(self.bus()).await;
    }

    /// The tray host is killed.
    pub async fn tray_host_dies(&self) {
        self.tray.vanish().await;
    }

    /// Everybody may walk through the desk's own folder from now on, as through the home folders of many systems.
    ///
    /// # Panics
    /// When its permissions cannot be changed.
    pub fn lets_everybody_through(&self) {
        self.ground.lets_everybody_through();
    }

    pub(crate) fn display_name(&self) -> &str {
        let (name, _) = self.display.as_ref().expect("this desk has a display");
        name
    }

    pub(crate) fn bus(&self) -> &Bus {
        self.bus.as_ref().expect("this desk has a bus")
    }

    /// A program that sees the desk's bus and display.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = self.ground.command(program);
        if let Some(bus) = &self.bus {
            command
                .env("DBUS_SESSION_BUS_ADDRESS", &bus.address)
                .env("DBUS_SYSTEM_BUS_ADDRESS", &bus.address);
        }
        if let Some((display, _)) = &self.display {
            command.env("DISPLAY", display).env("GDK_BACKEND", "x11");
            command
                .env("LIBGL_ALWAYS_SOFTWARE", "1")
                .env("GSETTINGS_BACKEND", "memory");
        }
        command
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // What the programs started on their own ends too, a window's web processes included.
        // One may be starting another while it is looked for, so it is looked for until none is left.
        for _ in 0..MOST_ROUNDS {
            let left = Process::marked(&self.ground.mark());
            if left.is_empty() {
                return;
            }
            left.iter().for_each(Process::kill);
        }
    }
}
