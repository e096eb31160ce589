//! The entry on macOS (a launch agent) and Windows (a value of the registry's Run key).
//!
//! Written to the documented places; not run where it was written.

#[cfg(target_os = "macos")]
mod place {
    use std::{env, fs, io, path::PathBuf};

    fn file() -> Option<PathBuf> {
        let home = env::var_os("HOME").filter(|home| !home.is_empty())?;
        Some(PathBuf::from(home).join("Library/LaunchAgents/Pterotray.plist"))
    }

    pub(crate) fn is_on() -> bool {
        file().is_some_and(|file| file.exists())
    }

    pub(crate) fn remove() -> io::Result<()> {
        match file().map(fs::remove_file) {
            Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Some(Ok(()) | Err(_)) | None => Ok(()),
        }
    }
}

#[cfg(windows)]
mod place {
    use std::{
        io,
        process::{Command, Stdio},
    };

    const KEY: &str = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run";
    const NAME: &str = "Pterotray";

    /// The system's own tool: no crate for two calls.
    fn reg(arguments: &[&str]) -> io::Result<bool> {
        let mut command = Command::new("reg");
        command.args(arguments).stdout(Stdio::null());
        Ok(command.stderr(Stdio::null()).status()?.success())
    }

    pub(crate) fn is_on() -> bool {
        reg(&["query", KEY, "/v", NAME]).unwrap_or(false)
    }

    pub(crate) fn remove() -> io::Result<()> {
        if !is_on() || reg(&["delete", KEY, "/v", NAME, "/f"])? {
            return Ok(());
        }
        Err(io::Error::other("the start at login could not be removed"))
    }
}

pub(crate) use place::{is_on, remove};

/// Programs that are installed stay where they are there.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the same signature on every system"
)]
pub(crate) fn mend() -> std::io::Result<()> {
    Ok(())
}
