//! A whole desktop nobody sees: display, session bus, window manager, panel with a tray, notifications, keyring.
//! Never touches the person's own desktop, home or keyring, and leaves neither processes nor files behind.

mod reaper;
mod screen;

use std::fs::{self, File, Permissions};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::command;
use crate::demo::Theme;
use reaper::Reaper;

/// Width and height in pixels.
pub(crate) const SIZE: (u32, u32) = (1024, 768);

/// How long any single part may take to be there; generous, since a loaded machine is no failure.
const PATIENCE: Duration = Duration::from_secs(60);

const PANEL_LAYOUT: &str = include_str!("desktop/xfce4-panel.xml");
const NOTIFICATIONS: &str = include_str!("desktop/xfce4-notifyd.xml");
const DUNST: &str = include_str!("desktop/dunstrc");

/// What shows notifications.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notifier {
    Xfce,
    Dunst,
}

impl Notifier {
    /// The name of its program.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Xfce => "xfce4-notifyd",
            Self::Dunst => "dunst",
        }
    }

    /// The class of its windows, as xdotool looks for it.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Xfce => "xfce4-notifyd",
            Self::Dunst => "Dunst",
        }
    }
}

/// What dunst asks which action is meant: always Restart.
const CHOOSER: &str = "#!/bin/sh\nexec grep -m1 Restart\n";

/// A running desktop; ends with everything started on it when dropped, or when this process dies.
pub(crate) struct PrivateDesktop {
    /// Ends the processes and removes the folder; the field's drop does the work.
    reaper: Reaper,
    folder: PathBuf,
    environment: Vec<(&'static str, String)>,
    running: Vec<Child>,
}

impl PrivateDesktop {
    /// Starts all parts and waits until panel, notifications and keyring answer on the bus.
    ///
    /// # Errors
    /// When a program is not installed or does not come up in time; the text holds the end of its log.
    pub(crate) fn start(theme: Theme) -> Result<Self> {
        Self::with(theme, Notifier::Xfce)
    }

    /// The same with a certain notification server.
    ///
    /// # Errors
    /// As for [`PrivateDesktop::start`].
    pub(crate) fn with(theme: Theme, notifier: Notifier) -> Result<Self> {
        let folder = tempfile::Builder::new()
            .prefix("pterotray-desktop-")
            .tempdir()?
            .keep();
        let mut desktop = Self {
            reaper: Reaper::start(&folder)?,
            environment: Vec::new(),
            running: Vec::new(),
            folder,
        };
        desktop.make_home(theme)?;
        desktop.start_display()?;
        desktop.start_bus()?;
        desktop.spawn("openbox", Command::new("openbox").arg("--sm-disable"))?;
        desktop.start_keyring()?;
        desktop.start_notifier(notifier)?;
        desktop.spawn(
            "xfce4-panel",
            Command::new("xfce4-panel").arg("--disable-wm-check"),
        )?;
        for (name, log) in [
            ("org.kde.StatusNotifierWatcher", "xfce4-panel"),
            ("org.freedesktop.Notifications", notifier.name()),
            ("org.freedesktop.secrets", "gnome-keyring-daemon"),
        ] {
            desktop.wait_until(name, log, |desktop| Ok(desktop.has_owner(name)))?;
        }
        let backdrop = if theme == Theme::Dark {
            "#3b4252"
        } else {
            "#b8c4d4"
        };
        desktop.run("xsetroot", &["-solid", backdrop])?;
        Ok(desktop)
    }

    /// A place for files that goes away with the desktop.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Starts a program on this desktop; it is ended with it. What it prints goes to a log named `log`.
    pub(crate) fn spawn(&mut self, log: &str, program: &mut Command) -> Result<()> {
        let file = File::create(self.log(log))?;
        self.launch(
            program
                .stdin(Stdio::null())
                .stdout(file.try_clone()?)
                .stderr(file),
        )?;
        Ok(())
    }

    /// Runs a program on this desktop to its end and returns what it printed.
    pub(crate) fn run(&self, program: &str, arguments: &[&str]) -> Result<String> {
        command::output(self.inside(Command::new(program).args(arguments)))
    }

    /// Waits for something to become true; `log` names whose log explains it when it does not.
    pub(crate) fn wait_until(
        &self,
        what: &str,
        log: &str,
        is_so: impl Fn(&Self) -> Result<bool>,
    ) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        while !is_so(self)? {
            if Instant::now() > deadline {
                let text = fs::read_to_string(self.log(log)).unwrap_or_default();
                let lines: Vec<_> = text.lines().collect();
                let end = lines[lines.len().saturating_sub(8)..].join("\n  ");
                bail!(
                    "waited {} s in vain for: {what}. The end of the log of {log}:\n  {end}",
                    PATIENCE.as_secs()
                );
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Ends the program that was started last.
    pub(crate) fn end_newest(&mut self) -> Result<()> {
        if let Some(mut program) = self.running.pop() {
            program.kill()?;
            program.wait()?;
        }
        Ok(())
    }

    /// How many tray icons programs have announced to the panel.
    pub(crate) fn tray_icons(&self) -> usize {
        self.tray_items().len()
    }

    /// Bus name and path of each icon that programs have announced to the panel.
    pub(crate) fn tray_items(&self) -> Vec<(String, String)> {
        let watcher = "org.kde.StatusNotifierWatcher";
        let path = "/StatusNotifierWatcher";
        let items = self.property(watcher, path, watcher, "RegisteredStatusNotifierItems");
        let items = items.unwrap_or_default();
        let item = |quoted: &str| {
            let (owner, path) = quoted.split_once('/')?;
            Some((owner.to_owned(), format!("/{path}")))
        };
        items
            .split('"')
            .skip(1)
            .step_by(2)
            .filter_map(item)
            .collect()
    }

    /// A property of something on the bus, as `dbus-send` prints it.
    pub(crate) fn property(
        &self,
        of: &str,
        path: &str,
        interface: &str,
        name: &str,
    ) -> Result<String> {
        let method = "org.freedesktop.DBus.Properties.Get";
        let [interface, name] = [interface, name].map(|word| format!("string:{word}"));
        self.ask_bus(of, path, method, &[&interface, &name])
    }

    fn has_owner(&self, name: &str) -> bool {
        let argument = format!("string:{name}");
        let method = "org.freedesktop.DBus.NameHasOwner";
        self.ask_bus(
            "org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            method,
            &[&argument],
        )
        .is_ok_and(|answer| answer.contains("boolean true"))
    }

    fn ask_bus(&self, to: &str, path: &str, method: &str, arguments: &[&str]) -> Result<String> {
        let to = format!("--dest={to}");
        let mut all = vec![
            "--session",
            "--print-reply",
            "--reply-timeout=5000",
            &to,
            path,
            method,
        ];
        all.extend(arguments);
        self.run("dbus-send", &all)
    }

    fn make_home(&mut self, theme: Theme) -> Result<()> {
        for (variable, name) in [
            ("HOME", "home"),
            ("XDG_CONFIG_HOME", "home/.config"),
            ("XDG_DATA_HOME", "home/.local/share"),
            ("XDG_CACHE_HOME", "home/.cache"),
            ("XDG_STATE_HOME", "home/.local/state"),
            ("XDG_RUNTIME_DIR", "run"),
        ] {
            let folder = self.folder.join(name);
            fs::create_dir_all(&folder)?;
            self.environment
                .push((variable, folder.display().to_string()));
        }
        let settings = self
            .folder
            .join("home/.config/xfce4/xfconf/xfce-perchannel-xml");
        fs::create_dir_all(&settings)?;
        let dark = theme == Theme::Dark;
        let layout = PANEL_LAYOUT.replace("DARK", if dark { "true" } else { "false" });
        fs::write(settings.join("xfce4-panel.xml"), layout)?;
        fs::write(settings.join("xfce4-notifyd.xml"), NOTIFICATIONS)?;
        let gtk = if dark { "Adwaita:dark" } else { "Adwaita" };
        let fixed = [
            ("GTK_THEME", gtk),
            ("XDG_SESSION_TYPE", "x11"),
            ("XDG_CURRENT_DESKTOP", "XFCE"),
            ("GDK_BACKEND", "x11"),
            ("LIBGL_ALWAYS_SOFTWARE", "1"),
            ("NO_AT_BRIDGE", "1"),
            ("GIO_USE_VFS", "local"),
            ("GSETTINGS_BACKEND", "memory"),
            ("LANG", "C.UTF-8"),
        ];
        self.environment
            .extend(fixed.map(|(name, value)| (name, value.to_owned())));
        Ok(())
    }

    /// The server picks a free number itself and tells it, so that two desktops never race for one.
    fn start_display(&mut self) -> Result<()> {
        let (width, height) = SIZE;
        let mut server = Command::new("Xvfb");
        server
            .args([
                "-displayfd",
                "1",
                "-nolisten",
                "tcp",
                "-noreset",
                "-screen",
                "0",
            ])
            .arg(format!("{width}x{height}x24"));
        let number = self.first_line("Xvfb", &mut server)?;
        self.environment.push(("DISPLAY", format!(":{number}")));
        Ok(())
    }

    /// Started last of what sets the environment: what the bus starts by itself inherits it.
    fn start_bus(&mut self) -> Result<()> {
        let mut bus = Command::new("dbus-daemon");
        bus.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
        let address = self.first_line("dbus-daemon", &mut bus)?;
        self.environment.push(("DBUS_SESSION_BUS_ADDRESS", address));
        Ok(())
    }

    fn start_notifier(&mut self, notifier: Notifier) -> Result<()> {
        let mut daemon = match notifier {
            Notifier::Xfce => Command::new(notification_daemon()?),
            Notifier::Dunst => {
                let chooser = self.folder.join("choose-action");
                fs::write(&chooser, CHOOSER)?;
                fs::set_permissions(&chooser, Permissions::from_mode(0o700))?;
                let settings = self.folder.join("dunstrc");
                fs::write(
                    &settings,
                    DUNST.replace("CHOOSER", &chooser.display().to_string()),
                )?;
                let mut dunst = Command::new("dunst");
                dunst.arg("-config").arg(settings);
                dunst
            }
        };
        self.spawn(notifier.name(), &mut daemon)
    }

    fn start_keyring(&mut self) -> Result<()> {
        let log = "gnome-keyring-daemon";
        let file = File::create(self.log(log))?;
        let mut daemon = Command::new("gnome-keyring-daemon");
        daemon
            .args(["--foreground", "--unlock", "--components=secrets"])
            .stdin(Stdio::piped())
            .stdout(file.try_clone()?)
            .stderr(file);
        let child = self.launch(&mut daemon)?;
        // The password of a keyring that lives as long as this desktop; the end of input unlocks it.
        let mut input = child.stdin.take().context("the keyring has an input")?;
        input.write_all(b"throw-away")?;
        Ok(())
    }

    /// Starts a program that tells something on its first line.
    fn first_line(&mut self, name: &str, program: &mut Command) -> Result<String> {
        let path = self.log(name);
        let log = File::create(&path)?;
        let child = self.launch(
            program
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(log),
        )?;
        let output = child.stdout.take().context("its output is a pipe")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        if line.trim().is_empty() {
            bail!("{name} ended at once: {}", fs::read_to_string(path)?.trim());
        }
        Ok(line.trim().to_owned())
    }

    fn launch(&mut self, program: &mut Command) -> Result<&mut Child> {
        let name = program.get_program().to_string_lossy().into_owned();
        reaper::own_group(program);
        let child = self
            .inside(program)
            .spawn()
            .with_context(|| format!("{name} could not be started; is it installed?"))?;
        self.reaper.takes(&child)?;
        self.running.push(child);
        self.running.last_mut().context("it was just put there")
    }

    fn inside<'a>(&self, program: &'a mut Command) -> &'a mut Command {
        for name in [
            "WAYLAND_DISPLAY",
            "DBUS_SESSION_BUS_ADDRESS",
            "XAUTHORITY",
            "DISPLAY",
        ] {
            program.env_remove(name);
        }
        let pairs = self.environment.iter().map(|(name, value)| (name, value));
        program.envs(pairs).current_dir(&self.folder)
    }

    fn log(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.log"))
    }
}

impl Drop for PrivateDesktop {
    fn drop(&mut self) {
        self.reaper.end();
        for child in &mut self.running {
            // Nothing is left to be done about one that cannot be waited for.
            let _ = child.wait();
        }
        self.reaper.wait();
    }
}

/// Where the package put the daemon differs by processor; its D-Bus service file knows.
fn notification_daemon() -> Result<String> {
    let file = "/usr/share/dbus-1/services/org.xfce.xfce4-notifyd.Notifications.service";
    let service = fs::read_to_string(file).context("xfce4-notifyd is not installed")?;
    let line = service.lines().find_map(|line| line.strip_prefix("Exec="));
    Ok(line
        .with_context(|| format!("{file} names no program"))?
        .to_owned())
}
