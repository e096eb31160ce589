//! Whatever happens in whatever order: never a panic, never two requests for one press, never an
//! alert for what is not known.

use super::story::{Story, id, panel, resources, server};
use proptest::prelude::*;
use pterodactyl_client::{Error, PowerState, ServerStatus, Unreachable};
use pterotray_core::{Action, Event, News, Now, Phase, PowerSignal};
use std::time::Duration;

const NAMES: [&str; 3] = ["Skyblock", "Creative", "Valheim"];

fn state() -> impl Strategy<Value = PowerState> {
    prop_oneof![
        Just(PowerState::Offline),
        Just(PowerState::Starting),
        Just(PowerState::Running),
        Just(PowerState::Stopping),
        Just(PowerState::Missing),
        "[a-z]{0,8}".prop_map(PowerState::Unknown),
    ]
}

fn error() -> impl Strategy<Value = Error> {
    prop_oneof![
        Just(Error::NotFound),
        Just(Error::Unauthorized),
        Just(Error::Unreachable(Unreachable::TimedOut)),
        Just(Error::NodeUnreachable {
            detail: String::new()
        }),
        Just(Error::Conflict {
            state: None,
            detail: String::new()
        }),
        Just(Error::RateLimited { retry_after: None }),
        Just(Error::Broken {
            status: 500,
            detail: String::new()
        }),
    ]
}

fn signal() -> impl Strategy<Value = PowerSignal> {
    prop_oneof![
        Just(PowerSignal::Start),
        Just(PowerSignal::Stop),
        Just(PowerSignal::Restart),
        Just(PowerSignal::Kill),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    let name = || prop::sample::select(NAMES.to_vec());
    prop_oneof![
        4 => (name(), state(), 0_u64..100_000).prop_map(|(name, state, uptime)| {
            let resources = resources(state, Duration::from_secs(uptime));
            let asked = Now { mono: Duration::ZERO, wall_ms: 1_795_000_000_000 };
            Event::ResourcesRead { server: id(name), asked, resources }
        }),
        2 => (name(), error()).prop_map(|(name, error)| {
            Event::ResourcesFailed { server: id(name), error }
        }),
        1 => error().prop_map(|error| Event::ListFailed { panel: panel(), error }),
        1 => (prop::sample::subsequence(NAMES.to_vec(), 0..=3), any::<bool>()).prop_map(
            |(names, suspended)| {
                let mut servers: Vec<_> = names.into_iter().map(server).collect();
                if let Some(first) = servers.first_mut().filter(|_| suspended) {
                    first.status = ServerStatus::Suspended;
                }
                Event::Listed { panel: panel(), servers }
            }
        ),
        2 => (name(), signal()).prop_map(|(name, signal)| {
            Event::Asked { ask: None, action: Action::Power { server: id(name), signal } }
        }),
        1 => name().prop_map(|name| {
            Event::Asked { ask: None, action: Action::BringBack { server: id(name) } }
        }),
        1 => (name(), signal()).prop_map(|(name, signal)| {
            Event::PowerTaken {
        ask: None, server: id(name), signal }
        }),
        1 => (name(), signal(), error()).prop_map(|(name, signal, error)| {
            Event::PowerRefused {
        ask: None, server: id(name), signal, error }
        }),
    ]
}

proptest! {
    #[test]
    fn any_evening_is_survived(steps in prop::collection::vec((event(), 0_u64..120), 1..80)) {
        let mut story = Story::listing(&NAMES);
        for (event, wait) in steps {
            story.later(wait);
            let asked: Vec<bool> = NAMES.iter().map(|name| awaiting(&story, name)).collect();
            let read = match &event {
                Event::ResourcesRead { resources, .. } => Some(resources.state.clone()),
                _ => None,
            };
            story.happens(event);
            let sent = story.sent().len();
            prop_assert!(sent <= 1, "one press, one request");
            if sent == 1 {
                let fresh = NAMES.iter().zip(asked).filter(|(name, before)| !before && awaiting(&story, name));
                prop_assert_eq!(fresh.count(), 1, "never a second one while one is unanswered");
            }
            for news in story.news() {
                if matches!(news, News::WentDown { .. } | News::WasStopped) {
                    prop_assert_eq!(&read, &Some(PowerState::Offline));
                }
            }
        }
    }
}

/// A request for this server is on its way.
fn awaiting(story: &Story, name: &str) -> bool {
    let shown = story.snapshot();
    let pending = shown.server(&id(name)).and_then(|server| server.pending);
    pending.is_some_and(|pending| pending.phase == Phase::Asked)
}
