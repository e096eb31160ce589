//! What `cargo xtask bench tray` measures: how soon the tray shows a change, how soon it is there, and what it costs, with the
//! released program, a session bus, a tray host and the fake panel.
//!
//! Judges nothing: which figure is good enough stands in `xtask`.

mod tray {
    pub(crate) mod crowd;
    pub(crate) mod idle;
    pub(crate) mod live;
    pub(crate) mod scene;
}

use acceptance::figure;
use tray::{crowd, idle, live};

fn main() {
    figure::measure(async |quick| {
        // Memory and delays first and one at a time: several of the same program share what is counted.
        let empty = idle::empty().await;
        idle::five().await;
        live::measure(quick).await;
        crowd::thousand(empty, quick).await;
        // Then what takes minutes of looking on.
        tokio::join!(idle::polled(), idle::nothing_to_do(), crowd::busy(quick));
    });
}
