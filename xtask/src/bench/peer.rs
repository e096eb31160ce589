//! Who stands beside us: Home Assistant's traffic by its two clients, each in a Python environment of its own below
//! `target/`, and trays as others build them. Never touches the system's Python.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::command;
use crate::root;

/// Somebody whose figures stand beside ours.
#[derive(Clone, Copy)]
pub(crate) struct Beside {
    /// As measuring programs call it.
    pub(super) who: &'static str,
    /// As a reader does.
    pub(super) name: &'static str,
    /// Another figure of theirs, where they have nothing like ours, and what it is multiplied by.
    other: Option<(&'static str, f64)>,
}

impl Beside {
    pub(super) const fn new(who: &'static str, name: &'static str) -> Beside {
        let other = None;
        Beside { who, name, other }
    }

    /// The same with another of their figures.
    pub(super) const fn at(mut self, row: &'static str, factor: f64) -> Beside {
        self.other = Some((row, factor));
        self
    }

    /// Which figure stands beside ours of this name, and what it is multiplied by.
    pub(super) fn figure(&self, ours: &'static str) -> (&'static str, f64) {
        self.other.unwrap_or((ours, 1.0))
    }
}

/// By py-dactyl 2.1.3.
pub(super) const PRESENT: Beside = Beside::new("2.1.3", "HA 2026.11");
/// By py-dactyl 2.0.4.
pub(super) const BEFORE: Beside = Beside::new("2.0.4", "HA 2026.10");
pub(super) const HOME_ASSISTANT: [Beside; 2] = [PRESENT, BEFORE];
/// Tray and window in one process.
pub(super) const TAURI: Beside = Beside::new("tauri", "one-process Tauri");
pub(super) const PYTHON: Beside = Beside::new("python", "Python AppIndicator");
/// The least that an icon and a menu take in Rust.
pub(super) const KSNI: Beside = Beside::new("ksni", "bare ksni");

/// py-dactyl's versions with how the script calls their clients, the present one first.
const CLIENTS: [(&str, &str); 2] = [("2.1.3", "async"), ("2.0.4", "blocking")];

/// A client that can be run.
pub(crate) struct Ready {
    pub(crate) version: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) python: PathBuf,
}

pub(crate) fn script() -> PathBuf {
    root().join("xtask/peers/home_assistant.py")
}

/// The clients that could be made ready, and why others could not.
pub(crate) fn ready() -> (Vec<Ready>, Option<String>) {
    let mut ready = Vec::new();
    for (version, kind) in CLIENTS {
        match installed(version) {
            Ok(python) => ready.push(Ready {
                version,
                kind,
                python,
            }),
            Err(why) => {
                return (
                    ready,
                    Some(first_line(&format!("py-dactyl {version}: {why:#}"))),
                );
            }
        }
    }
    (ready, None)
}

fn installed(version: &str) -> Result<PathBuf> {
    let folder = root()
        .join("target/bench")
        .join(format!("py-dactyl-{version}"));
    let python = interpreter(&folder);
    // Written last: an environment that is half made is made again.
    let whole = folder.join("whole");
    if whole.is_file() && python.is_file() {
        return Ok(python);
    }
    let Some(base) = command::find("python3").or_else(|| command::find("python")) else {
        bail!("there is no Python 3");
    };
    println!("Fetching py-dactyl {version}");
    command::output(
        Command::new(base)
            .args(["-m", "venv", "--clear"])
            .arg(&folder),
    )?;
    let package = format!("py-dactyl=={version}");
    let install = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ];
    command::output(Command::new(&python).args(install).arg(package))?;
    std::fs::write(whole, "")?;
    Ok(python)
}

fn interpreter(environment: &Path) -> PathBuf {
    // Where `venv` puts it on Windows, and everywhere else.
    let windows = environment.join("Scripts/python.exe");
    if windows.is_file() {
        return windows;
    }
    environment.join("bin/python")
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}
