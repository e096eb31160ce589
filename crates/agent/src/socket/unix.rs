//! A socket file in the runtime folder, for its owner only.

use interprocess::local_socket::{
    GenericFilePath, ListenerOptions, Name, ToFsName as _,
    tokio::{Listener, Stream},
    traits::StreamCommon as _,
};
use pterotray_core::paths::Paths;
use std::{
    fs::{self, Permissions},
    io,
    os::unix::fs::PermissionsExt as _,
};

/// Where the agent is reached.
pub(super) fn name(paths: &Paths) -> io::Result<Name<'static>> {
    paths.socket().to_fs_name::<GenericFilePath>()
}

/// Makes the socket, replacing a dead one.
pub(super) fn listen(paths: &Paths) -> io::Result<Listener> {
    let path = paths.socket();
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let listener = ListenerOptions::new().name(name(paths)?).create_tokio()?;
    // The folder is the owner's only already, so nobody got in before this line.
    fs::set_permissions(&path, Permissions::from_mode(0o600))?;
    Ok(listener)
}

/// Whether the other end belongs to the user this program runs as.
pub(super) fn is_own(stream: &Stream) -> bool {
    let peer = stream.peer_creds().ok().and_then(|peer| peer.euid());
    peer == Some(rustix::process::geteuid().as_raw())
}
