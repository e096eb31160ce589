//! When the system wants the program to end.
//!
//! Ends nothing itself.

/// Waits for Ctrl-C; for ever when nobody can press it.
pub(crate) async fn asked_for() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}
