//! Where files live: settings, key file, logs, and the agent's socket; all of them in one profile.
//!
//! Creates folders for their owner only. Never reads or writes a file.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The environment variable that names a profile folder.
pub const PROFILE: &str = "PTEROTRAY_PROFILE";

/// The places of one profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    config: PathBuf,
    state: PathBuf,
    runtime: PathBuf,
}

impl Paths {
    /// Everything below one folder: for the demo, tests and a second account.
    pub fn within(profile: &Path) -> Paths {
        Paths {
            config: profile.to_owned(),
            state: profile.to_owned(),
            runtime: profile.to_owned(),
        }
    }

    /// The system's places for this user; `None` when there is no home folder.
    pub fn of_user() -> Option<Paths> {
        let dirs = directories::ProjectDirs::from("", "", "pterotray")?;
        let state = dirs.state_dir().unwrap_or(dirs.data_local_dir()).to_owned();
        let runtime = dirs
            .runtime_dir()
            .map_or_else(|| state.clone(), Path::to_owned);
        Some(Paths {
            config: dirs.config_dir().to_owned(),
            state,
            runtime,
        })
    }

    /// The settings file.
    pub fn settings(&self) -> PathBuf {
        self.config.join("settings.json")
    }

    /// The key file, used only when the person chose it.
    pub fn keys(&self) -> PathBuf {
        self.config.join("keys.json")
    }

    /// The folder of the log files.
    pub fn logs(&self) -> PathBuf {
        self.state.join("logs")
    }

    /// The folder of the agent's socket.
    pub fn runtime(&self) -> &Path {
        &self.runtime
    }

    /// The agent's socket.
    pub fn socket(&self) -> PathBuf {
        self.runtime.join("agent.sock")
    }
}

/// What the agent's socket is called where sockets are named pipes: its path with everything but
/// letters and digits as `-`. Both ends must agree on it.
pub fn pipe_name(socket: &Path) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    socket.display().to_string().chars().map(plain).collect()
}

/// Makes a folder that only its owner may enter.
///
/// # Errors
/// Whatever the file system says.
pub fn private_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)?;
    mode::owner_only(path)
}

#[cfg(unix)]
mod mode {
    use std::{fs, io, os::unix::fs::PermissionsExt as _, path::Path};

    pub(super) fn owner_only(path: &Path) -> io::Result<()> {
        fs::set_permissions(path, fs::Permissions::from_mode(0o700))
    }
}

#[cfg(not(unix))]
mod mode {
    use std::{io, path::Path};

    // Folders below the user's profile are the user's own there.
    #[expect(
        clippy::unnecessary_wraps,
        reason = "the same signature on every system"
    )]
    pub(super) fn owner_only(_path: &Path) -> io::Result<()> {
        Ok(())
    }
}
