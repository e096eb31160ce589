//! Hears that the computer woke up, so that nobody waits for the next look to notice it.
//!
//! A hint only: where it does not come, the clocks tell at the next event.

#[cfg(target_os = "linux")]
#[path = "wake/linux.rs"]
mod platform;
#[cfg(not(target_os = "linux"))]
#[path = "wake/other.rs"]
mod platform;

pub(crate) use platform::listen;
