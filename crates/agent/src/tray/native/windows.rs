//! What Windows wants of a program that lives in its notification area.

use tao::event_loop::EventLoop;

/// The picture's edge in pixels: 16 are shown at 100 % and these at 200 %; what lies between is made smaller.
pub(super) const SIZE: u32 = 32;

/// The taskbar shows windows only, and there are none.
pub(super) fn stay_out_of_sight<T: 'static>(_events: &mut EventLoop<T>) {}
