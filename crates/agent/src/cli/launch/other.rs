//! Whether there is a display, where there always is one.

/// Always.
pub(super) fn is_there() -> bool {
    true
}
