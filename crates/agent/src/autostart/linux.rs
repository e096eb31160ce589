//! The entry on Linux: a desktop file in the user's autostart folder.

pub(crate) use pterotray_core::login_entry::{is_there as is_on, remove};

use pterotray_core::login_entry;
use std::{env, io, path::PathBuf};

/// An entry whose program is gone gets the one that runs now.
///
/// # Errors
/// Whatever the file system says.
pub(crate) fn mend() -> io::Result<()> {
    window().map_or(Ok(()), |window| login_entry::mend(&window))
}

/// What such an entry starts: the AppImage, or the window's program beside this one.
fn window() -> Option<PathBuf> {
    let image = env::var_os("APPIMAGE").map(PathBuf::from);
    let beside = || Some(env::current_exe().ok()?.with_file_name("pterotray-window"));
    image.or_else(beside).filter(|program| program.is_file())
}
