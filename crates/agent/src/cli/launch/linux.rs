//! Whether there is a display: X11 or Wayland.

/// Whether a window could be seen.
pub(super) fn is_there() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    set("DISPLAY") || set("WAYLAND_DISPLAY")
}
