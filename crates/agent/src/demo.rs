//! `pterotray demo`: the whole program on a fake panel of its own, with a lively evening on it.
//!
//! Never touches the person's settings or keyring: its profile is thrown away, its keys are in memory.

use crate::{Start, agent, cli::Exit};
use anyhow::Context as _;
use fake_panel::{FakePanel, evening};
use pterotray_core::{Config, EnvironmentPanel, Part, Texts, keys::Memory, paths::Paths};
use secrecy::SecretString;
use std::{path::PathBuf, sync::Arc, time::Duration};

/// The fake panel caches for a second only, so that the evening is seen as it happens.
const SHORTEST_POLL: Duration = Duration::from_secs(2);

/// Runs until it is told to quit. A profile folder that was named stays.
///
/// # Errors
/// When the profile, the fake panel or the agent cannot be started.
pub(crate) async fn run(
    profile: Option<PathBuf>,
    shortest_poll: Option<Duration>,
    hidden: bool,
    texts: Arc<Texts>,
) -> anyhow::Result<Exit> {
    let thrown_away = tempfile::Builder::new()
        .prefix("pterotray-demo-")
        .tempdir()
        .with_context(|| texts.say("cli-no-demo"))?;
    let profile = profile.unwrap_or_else(|| thrown_away.path().to_owned());
    let profile = std::path::absolute(profile)?;
    let (world, key) = evening::world();
    let started = FakePanel::start(world).await;
    let panel = started.with_context(|| texts.say("cli-no-demo"))?;
    let config = Config {
        demo: true,
        shortest_poll: shortest_poll.unwrap_or(SHORTEST_POLL),
        environment: Some(EnvironmentPanel {
            name: "Demo".to_owned(),
            url: panel.url(),
            key: SecretString::from(key),
            trust: None,
        }),
        ..Config::new(Paths::within(&profile))
    };
    let folder = profile.display().to_string();
    let greeting = texts.say_with("cli-demo", &[("profile", Part::Text(&folder))]);
    let keys = Arc::new(Memory::default());
    let start = Start {
        config,
        keys,
        hidden,
        greeting: Some(greeting),
        texts,
    };
    tokio::select! {
        ended = agent(start) => ended,
        () = evening::play(&panel, 1.0) => Ok(Exit::Done),
    }
}
