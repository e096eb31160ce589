//! Anything that can happen to three servers, by chance.
//!
//! Knows nothing of what is likely, nor of what should come of it.

use super::NAMES;
use crate::stories::story::{id, out_of_memory, panel, resources, server};
use proptest::prelude::*;
use pterodactyl_client::{
    Error, PowerState, ServerStatus, Unreachable,
    live::{CrashLine, Why},
};
use pterotray_core::{
    Action, Event, LiveNews, Now, PowerSignal,
    settings::{AlertRule, LiveUpdates, PauseLength, QuietHours, SettingsChange, Thresholds},
};
use std::time::Duration;

pub(super) fn state() -> impl Strategy<Value = PowerState> {
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

fn live_news() -> impl Strategy<Value = LiveNews> {
    let stats = (state(), 0_u64..100_000)
        .prop_map(|(state, uptime)| LiveNews::Stats(resources(state, Duration::from_secs(uptime))));
    let closed = any::<bool>().prop_map(|brief| LiveNews::Closed {
        why: if brief { Why::Dropped } else { Why::Left },
        brief,
    });
    prop_oneof![
        2 => Just(LiveNews::Opened),
        4 => state().prop_map(LiveNews::State),
        2 => stats,
        1 => Just(LiveNews::Crash(CrashLine::Crashed(out_of_memory()))),
        1 => Just(LiveNews::Unsettled),
        1 => closed,
    ]
}

fn mode() -> impl Strategy<Value = LiveUpdates> {
    prop_oneof![
        3 => Just(LiveUpdates::Automatic),
        1 => Just(LiveUpdates::All),
        1 => Just(LiveUpdates::Off),
    ]
}

fn rule() -> impl Strategy<Value = AlertRule> {
    prop::sample::select(AlertRule::ALL.to_vec())
}

/// What a person may want of alerts.
fn wish() -> impl Strategy<Value = Action> {
    let name = || prop::sample::select(NAMES.to_vec());
    let lengths = [
        PauseLength::Hour,
        PauseLength::Tomorrow,
        PauseLength::UntilResumed,
    ];
    let quiet = (any::<bool>(), 0_u16..1440, 0_u16..1440).prop_map(|(on, from, to)| QuietHours {
        on,
        from,
        to,
    });
    let thresholds = prop::option::of(10_u16..60).prop_map(|memory_percent| Thresholds {
        cpu_percent: memory_percent,
        memory_percent,
        minutes: 1,
        ..Thresholds::default()
    });
    let change = (
        prop::option::of(rule()),
        prop::option::of(quiet),
        prop::option::of(thresholds),
    );
    prop_oneof![
        2 => (name(), prop::option::of(rule())).prop_map(|(name, rule)| {
            Action::SetAlertRule { server: id(name), rule }
        }),
        1 => (name(), any::<bool>()).prop_map(|(name, hidden)| {
            Action::Hide { server: id(name), hidden }
        }),
        1 => prop::sample::select(lengths.to_vec())
            .prop_map(|length| Action::PauseAlerts { length }),
        2 => Just(Action::ResumeAlerts),
        2 => change.prop_map(|(alert_rule, quiet_hours, thresholds)| Action::ChangeSettings {
            change: SettingsChange {
                alert_rule,
                quiet_hours,
                thresholds,
                ..SettingsChange::default()
            },
        }),
        1 => (0_u64..9).prop_map(|newest| Action::AlertsSeen { newest }),
        1 => (0_u64..9).prop_map(|alert| Action::AlertRead { alert }),
        2 => (0_u64..9, name()).prop_map(|(alert, name)| Action::Answer {
            alert,
            server: id(name),
            name: name.to_owned(),
        }),
    ]
}

pub(super) fn event() -> impl Strategy<Value = Event> {
    let name = || prop::sample::select(NAMES.to_vec());
    prop_oneof![
        4 => (name(), state(), 0_u64..100_000, 0_u64..40).prop_map(|(name, state, uptime, ago)| {
            let resources = resources(state, Duration::from_secs(uptime));
            // How long ago it was asked for; the story makes a moment of it.
            let asked = Now { mono: Duration::from_secs(ago), wall_ms: 0, utc_offset: 0 };
            Event::ResourcesRead { server: id(name), asked, resources }
        }),
        2 => (name(), error()).prop_map(|(name, error)| {
            Event::ResourcesFailed { server: id(name), error }
        }),
        8 => (name(), live_news()).prop_map(|(name, news)| {
            Event::Live { server: id(name), news }
        }),
        1 => (name(), any::<bool>()).prop_map(|(name, pinned)| {
            Event::Asked { ask: None, action: Action::Pin { server: id(name), pinned } }
        }),
        1 => mode().prop_map(|live_updates| {
            let change = SettingsChange { live_updates: Some(live_updates), ..SettingsChange::default() };
            Event::Asked { ask: None, action: Action::ChangeSettings { change } }
        }),
        3 => wish().prop_map(|action| Event::Asked { ask: None, action }),
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

pub(super) fn at(mut event: Event, now: Now) -> Event {
    if let Event::ResourcesRead { asked, .. } = &mut event {
        let ago = asked.mono;
        *asked = Now {
            mono: now.mono.saturating_sub(ago),
            wall_ms: now.wall_ms - i64::try_from(ago.as_millis()).unwrap(),
            ..now
        };
    }
    event
}
