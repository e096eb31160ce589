//! The entry that starts Pterotray at login: whether there is one, whether its program is, and how to be rid of it.
//!
//! Never makes one: that is the window's, when a person asks for it.

#[cfg(target_os = "linux")]
#[path = "autostart/linux.rs"]
mod platform;
#[cfg(not(target_os = "linux"))]
#[path = "autostart/other.rs"]
mod platform;

pub(crate) use platform::{is_on, mend, remove};
