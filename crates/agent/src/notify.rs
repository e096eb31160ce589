//! Notifications: one value from the core, shown by whatever the system offers.
//!
//! Words nothing, and decides nothing: a pressed button sends the action it was made with.

#[cfg(target_os = "linux")]
mod bubble;
#[cfg(target_os = "linux")]
mod bus;
#[cfg(not(target_os = "linux"))]
#[path = "notify/other.rs"]
mod platform;
#[cfg(target_os = "linux")]
#[path = "notify/linux.rs"]
mod platform;
#[cfg(target_os = "linux")]
mod shown;

pub(crate) use platform::Notifier;
