//! What macOS wants of a program that lives in its menu bar.

use tao::{
    event_loop::EventLoop,
    platform::macos::{ActivationPolicy, EventLoopExtMacOS as _},
};

/// The picture's edge in pixels: 18 points are shown, so that these are exact on dense screens and halved on others.
pub(super) const SIZE: u32 = 36;

/// Neither the Dock nor the switcher shows a program without windows.
pub(super) fn stay_out_of_sight<T: 'static>(events: &mut EventLoop<T>) {
    events.set_activation_policy(ActivationPolicy::Accessory);
}
