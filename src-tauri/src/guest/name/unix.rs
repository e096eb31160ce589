//! The agent's socket is a file.

use interprocess::local_socket::{GenericFilePath, Name, ToFsName as _};
use std::{io, path::Path};

pub(in crate::guest) fn of(socket: &Path) -> io::Result<Name<'_>> {
    socket.to_fs_name::<GenericFilePath>()
}
