//! The agent's socket is a named pipe: its path with everything but letters and digits as `-`.
//!
//! Must name it as the agent does.

use interprocess::local_socket::{GenericNamespaced, Name, ToNsName as _};
use std::{io, path::Path};

pub(in crate::guest) fn of(socket: &Path) -> io::Result<Name<'static>> {
    let path = socket.display().to_string();
    let plain = path
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    plain.collect::<String>().to_ns_name::<GenericNamespaced>()
}
