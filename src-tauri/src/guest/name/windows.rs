//! The agent's socket is a named pipe.

use interprocess::local_socket::{GenericNamespaced, Name, ToNsName as _};
use pterotray_core::paths::pipe_name;
use std::{io, path::Path};

pub(in crate::guest) fn of(socket: &Path) -> io::Result<Name<'static>> {
    pipe_name(socket).to_ns_name::<GenericNamespaced>()
}
