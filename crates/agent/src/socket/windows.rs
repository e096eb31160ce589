//! A named pipe that only its owner may open.

use interprocess::{
    local_socket::{
        GenericNamespaced, ListenerOptions, Name, ToNsName as _,
        tokio::{Listener, Stream},
    },
    os::windows::{local_socket::ListenerOptionsExt as _, security_descriptor::SecurityDescriptor},
};
use pterotray_core::paths::{Paths, pipe_name};
use std::io;
use widestring::u16cstr;

/// Where the agent is reached.
pub(super) fn name(paths: &Paths) -> io::Result<Name<'static>> {
    pipe_name(&paths.socket()).to_ns_name::<GenericNamespaced>()
}

/// Makes the pipe. Pipes end with their process, so there is never a dead one.
pub(super) fn listen(paths: &Paths) -> io::Result<Listener> {
    // Protected, nothing inherited: everything to the owner, nothing to anybody else.
    let owner_only = SecurityDescriptor::deserialize(u16cstr!("D:P(A;;GA;;;OW)"))?;
    ListenerOptions::new()
        .name(name(paths)?)
        .security_descriptor(owner_only)
        .create_tokio()
}

/// The pipe's own descriptor has kept everybody else out.
pub(super) fn is_own(_stream: &Stream) -> bool {
    true
}
