//! Whether there is a display to open a window on.
//!
//! Must be asked before the toolkit: that one ends the process when there is none.

/// # Errors
/// When neither Wayland nor X is named.
pub(crate) fn required() -> anyhow::Result<()> {
    let named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    anyhow::ensure!(
        named("WAYLAND_DISPLAY") || named("DISPLAY"),
        "there is no display to open a window on; `pterotray status` works without one"
    );
    Ok(())
}
