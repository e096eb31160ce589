//! Where a window can always be opened.
//!
//! Must stay without a check: the system itself says what is wrong.

/// # Errors
/// Never.
#[expect(
    clippy::unnecessary_wraps,
    reason = "the same signature on every system"
)]
pub(crate) fn required() -> anyhow::Result<()> {
    Ok(())
}
