//! What `cargo xtask bench watch` measures: the real loop over real sockets against the fake panel, and the peer's traffic
//! beside it. Prints one figure a line, as JSON, on standard output.
//!
//! Judges nothing: which figure is good enough stands in `xtask`. The fake panel always lives in a process of its own, so
//! that processor time and memory measured here are ours alone.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "its figures go to standard output, its progress to standard error"
)]

mod watch {
    pub(crate) mod changes;
    pub(crate) mod clock;
    pub(crate) mod faults;
    pub(crate) mod figure;
    pub(crate) mod limit;
    pub(crate) mod live;
    #[cfg(target_os = "linux")]
    #[path = "meters/linux.rs"]
    pub(crate) mod meters;
    #[cfg(not(target_os = "linux"))]
    #[path = "meters/other.rs"]
    pub(crate) mod meters;
    pub(crate) mod ours;
    pub(crate) mod panel;
    pub(crate) mod peer;
    pub(crate) mod refresh;
    pub(crate) mod stage;
    pub(crate) mod traffic;
    pub(crate) mod weight;
    pub(crate) mod wishes;
}

use anyhow::Result;
use watch::{changes, faults, limit, live, panel, refresh, stage, traffic, weight, wishes::Wishes};

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    // One thread, as the agent has it.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    match words.first().map(String::as_str) {
        Some(stage::PANEL) => runtime.block_on(panel::run()),
        Some(weight::HOLD) => runtime.block_on(weight::hold()),
        // Only `cargo bench` says so; `cargo test --all-targets` starts benches too.
        _ if words.iter().any(|word| word == "--bench") => runtime.block_on(run(&words)),
        _ => Ok(()),
    }
}

async fn run(words: &[String]) -> Result<()> {
    let wishes = Wishes::read(words)?;
    let traffic = async {
        if wishes.wants("traffic") {
            traffic::measure().await?;
        }
        Ok(())
    };
    tokio::try_join!(traffic, one_after_the_other(&wishes))?;
    Ok(())
}

async fn one_after_the_other(wishes: &Wishes) -> Result<()> {
    // First what must have the machine for itself …
    if wishes.wants("refresh") {
        refresh::measure(50, wishes).await?;
        refresh::measure(200, wishes).await?;
    }
    if wishes.wants("live") {
        live::measure(wishes).await?;
    }
    if wishes.wants("memory") {
        weight::memory(wishes).await?;
    }
    // … then what takes minutes of waiting, all at once.
    let limit = async {
        if wishes.wants("limit") {
            limit::measure(wishes).await?;
        }
        Ok::<(), anyhow::Error>(())
    };
    let changes = async {
        if wishes.wants("polling") {
            changes::measure(wishes).await?;
        }
        Ok(())
    };
    let faults = async {
        if wishes.wants("faults") {
            faults::measure(wishes).await?;
        }
        Ok(())
    };
    tokio::try_join!(limit, changes, faults)?;
    Ok(())
}
