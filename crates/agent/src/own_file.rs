//! Files that only their owner may read, from the moment they are there.
//!
//! Changes no file that is there already.

use std::{
    fs::{File, OpenOptions},
    io,
    path::Path,
};

/// An empty one.
///
/// # Errors
/// Whatever the file system says.
pub(crate) fn empty(path: &Path) -> io::Result<File> {
    system::for_owner(OpenOptions::new().write(true).truncate(true)).open(path)
}

/// One that is written to at its end.
///
/// # Errors
/// Whatever the file system says.
pub(crate) fn longer(path: &Path) -> io::Result<File> {
    system::for_owner(OpenOptions::new().append(true)).open(path)
}

#[cfg(unix)]
mod system {
    use std::{fs::OpenOptions, os::unix::fs::OpenOptionsExt as _};

    pub(super) fn for_owner(options: &mut OpenOptions) -> &mut OpenOptions {
        options.create(true).mode(0o600)
    }
}

#[cfg(not(unix))]
mod system {
    use std::fs::OpenOptions;

    // The folders of a user are the user's own there.
    pub(super) fn for_owner(options: &mut OpenOptions) -> &mut OpenOptions {
        options.create(true)
    }
}
