//! The entry on Linux: a desktop file in the user's autostart folder.

use std::{env, fs, io, path::PathBuf};

/// As the window's plug-in names it.
const FILE: &str = "Pterotray.desktop";

/// Whether there is an entry.
pub(crate) fn is_on() -> bool {
    places().iter().any(|file| file.exists())
}

/// Removes it. None is no error.
///
/// # Errors
/// Whatever the file system says.
pub(crate) fn remove() -> io::Result<()> {
    for file in places() {
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

/// Where it may be: the plug-in and the specification do not agree when `XDG_CONFIG_HOME` is set.
fn places() -> Vec<PathBuf> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty());
    let named = set("XDG_CONFIG_HOME").map(PathBuf::from);
    let home = set("HOME").map(|home| PathBuf::from(home).join(".config"));
    let folders = named.into_iter().chain(home);
    folders
        .map(|folder| folder.join("autostart").join(FILE))
        .collect()
}
