//! A JSON file written whole or not at all, readable by its owner only.
//!
//! Knows nothing of what is in it.

use crate::paths::private_folder;
use serde::Serialize;
use std::{io, io::Write as _, path::Path};

/// Replaces the file.
///
/// # Errors
/// Whatever the file system says; the old file is there as it was.
pub(crate) fn write(path: &Path, value: &impl Serialize) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    private_folder(folder)?;
    // A temporary file is created 0600, and `persist` is a rename: nobody ever sees half of it.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    serde_json::to_writer_pretty(&mut file, value)?;
    file.write_all(b"\n")?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
