//! Whatever happens in whatever order: never a panic, never two requests for one press, never an
//! alert for what is not known, never a word against what a healthy socket tells.

use super::story::{Story, id, out_of_memory, panel, resources, server};
use proptest::prelude::*;
use pterodactyl_client::{
    Error, PowerState, ServerStatus, Unreachable,
    live::{CrashLine, Why},
};
use pterotray_core::{
    Action, Alert, Condition, Desktop, Effect, Event, Freshness, LiveNews, LiveView, News, Now,
    Phase, Plan, PowerSignal, Snapshot, Standing, Subject,
    settings::{AlertRule, LiveUpdates, PauseLength, QuietHours, SettingsChange, Thresholds},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

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

fn event() -> impl Strategy<Value = Event> {
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

/// What was said of the servers so far, by whomever.
#[derive(Default)]
struct Said {
    /// Said to be offline since an alert last told so.
    offline: BTreeSet<&'static str>,
    /// By a socket that is open, as the last thing.
    live: BTreeMap<&'static str, PowerState>,
    open: BTreeSet<&'static str>,
}

impl Said {
    fn hear(&mut self, event: &Event) {
        let (server, state) = match event {
            Event::ResourcesRead {
                server, resources, ..
            } => (server, Some(&resources.state)),
            Event::Live {
                server,
                news: LiveNews::State(state),
            } => (server, Some(state)),
            Event::Live {
                server,
                news: LiveNews::Stats(stats),
            } => (server, Some(&stats.state)),
            Event::Live { server, .. } => (server, None),
            _ => return,
        };
        let Some(name) = NAMES.into_iter().find(|name| id(name) == *server) else {
            return;
        };
        match event {
            Event::Live {
                news: LiveNews::Opened,
                ..
            } => {
                self.open.insert(name);
                self.live.remove(name);
            }
            Event::Live {
                news: LiveNews::Closed { .. },
                ..
            } => {
                self.open.remove(name);
                self.live.remove(name);
            }
            Event::Live { .. } if self.open.contains(name) => {
                if let Some(state) = state {
                    self.live.insert(name, state.clone());
                }
            }
            _ => {}
        }
        if state == Some(&PowerState::Offline) {
            self.offline.insert(name);
        }
    }

    /// What goes down in the news was said to be down; what is unknown is never told, nor what
    /// nobody wants to hear.
    fn check(&mut self, story: &Story) -> Result<(), TestCaseError> {
        for effect in &story.effects {
            let Effect::Desktop(Desktop::Alert(Alert { about, news, .. })) = effect else {
                continue;
            };
            let fell = matches!(
                news,
                News::Crashed { .. }
                    | News::WentDown { .. }
                    | News::WasStopped { .. }
                    | News::CrashedRestarting { .. }
            );
            if fell {
                let told = NAMES
                    .into_iter()
                    .find(|name| Subject::Server(id(name)) == *about);
                prop_assert!(told.is_some_and(|name| self.offline.remove(name)));
            }
            prop_assert!(is_wanted(story, about, news), "{news:?} of {about:?}");
            if let News::Meanwhile { down, up } = news {
                prop_assert!(!down.is_empty() || !up.is_empty());
            }
        }
        Ok(())
    }
}

/// It answers a press, which is said at once whatever else is wished.
fn is_answer(news: &News) -> bool {
    let failed = matches!(
        news,
        News::ActionFailed { .. } | News::ActionUnseen { .. } | News::Notice { .. }
    );
    failed || news.is_answer()
}

/// Neither its rule nor a silence forbids it.
fn is_wanted(story: &Story, about: &Subject, news: &News) -> bool {
    if is_answer(news) || matches!(news, News::HeldBack { .. }) {
        return true;
    }
    let settings = &story.snapshot().settings;
    if settings.alerts.paused.is_some() || settings.alerts.quiet.holds(story.now) {
        return false;
    }
    let Some(server) = about.server() else {
        return true;
    };
    let rule = settings.alerts.rule_of(server);
    let stopped = matches!(news, News::WasStopped { .. });
    !settings.hidden.contains(server)
        && rule != AlertRule::Nothing
        && !(stopped && rule == AlertRule::Crashes)
}

/// Never more than one alert a server in a minute. How much it uses gives way to everything else.
fn a_minute_apart(story: &Story) -> Result<(), TestCaseError> {
    for name in NAMES {
        let mut last = BTreeMap::new();
        for (at, alert) in &story.told {
            let much = alert.about == Subject::Use(id(name));
            let own = much || alert.about == Subject::Server(id(name));
            if !own || alert.goes_on || is_answer(&alert.news) {
                continue;
            }
            let before = [last.get(&much), last.get(&false)];
            for before in before.into_iter().flatten() {
                prop_assert!(
                    at.since(*before) >= Duration::from_secs(60),
                    "{:?}",
                    story.told
                );
            }
            last.insert(much, *at);
        }
    }
    Ok(())
}

/// What a healthy socket tells is what is shown, whatever else is said.
fn agrees(state: &PowerState, condition: Condition) -> bool {
    if condition.standing() == Standing::Blocked {
        return true;
    }
    match state {
        PowerState::Offline => matches!(condition, Condition::Offline | Condition::Crashed),
        PowerState::Starting => condition == Condition::Starting,
        PowerState::Running => condition == Condition::Running,
        PowerState::Stopping => {
            matches!(condition, Condition::Stopping | Condition::StillStopping)
        }
        PowerState::Missing | PowerState::Unknown(_) => condition == Condition::Unknown,
    }
}

/// A snapshot without the passing of time, and without its figures.
fn without_figures(snapshot: &Snapshot) -> (Snapshot, Snapshot) {
    let mut whole = snapshot.clone();
    whole.at_ms = 0;
    let mut still = whole.clone();
    for server in still.panels.iter_mut().flat_map(|panel| &mut panel.servers) {
        server.resources = None;
        server.read_at_ms = None;
    }
    (whole, still)
}

/// Nothing that changed goes without saying.
fn fresh(story: &mut Story, before: &Snapshot) -> Result<(), TestCaseError> {
    let (whole, still) = without_figures(before);
    let (whole_now, still_now) = without_figures(&story.snapshot());
    let fresh = story.state.take_freshness();
    if still != still_now {
        prop_assert_eq!(fresh, Freshness::News);
    } else if whole != whole_now {
        prop_assert_ne!(fresh, Freshness::Same);
    }
    Ok(())
}

fn at(mut event: Event, now: Now) -> Event {
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

proptest! {
    #[test]
    fn any_evening_is_survived(
        steps in prop::collection::vec((event(), 0_u64..120, prop::option::weighted(0.05, 1_u32..9000)), 1..80)
    ) {
        let mut story = Story::listing(&NAMES);
        let mut said = Said::default();
        for (event, wait, sleep) in steps {
            let before = story.snapshot();
            story.state.take_freshness();
            story.later(wait);
            said.check(&story)?;
            fresh(&mut story, &before)?;
            let event = at(event, story.now);
            if let Some(seconds) = sleep {
                story.sleeps(seconds);
            }
            let asked: Vec<bool> = NAMES.iter().map(|name| awaiting(&story, name)).collect();
            let before = story.snapshot();
            said.hear(&event);
            story.happens(event);
            said.check(&story)?;
            if sleep.is_none() {
                fresh(&mut story, &before)?;
            }
            let sent = story.sent().len();
            prop_assert!(sent <= 1, "one press, one request");
            if sent == 1 {
                let fresh = NAMES.iter().zip(asked).filter(|(name, before)| !before && awaiting(&story, name));
                prop_assert_eq!(fresh.count(), 1, "never a second one while one is unanswered");
            }
            for name in NAMES {
                let shown = story.snapshot().server(&id(name)).cloned();
                let live = shown.filter(|server| server.live == LiveView::Live);
                if let (Some(server), Some(state)) = (live, said.live.get(name)) {
                    prop_assert!(agrees(state, server.condition), "{state:?}: {:?}", server.condition);
                }
            }
        }
        a_minute_apart(&story)?;
    }

    #[test]
    fn at_most_25_get_a_socket_and_each_keeps_its_place(
        steps in prop::collection::vec((0_usize..40, state(), prop::option::weighted(0.1, any::<bool>())), 1..120)
    ) {
        let names: Vec<String> = (0..40).map(|n| format!("S{n}")).collect();
        let borrowed: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut story = Story::listing(&borrowed);
        let mut places = BTreeMap::new();
        for (n, state, pinned) in steps {
            match pinned {
                Some(pinned) => {
                    let server = id(&names[n]);
                    story.press(Action::Pin { server, pinned });
                }
                None => {
                    story.later(1).reads(&names[n], state);
                }
            }
            let Some(plan) = story.plan() else { continue };
            let now = live_places(&plan);
            prop_assert!(now.len() <= 25);
            let distinct: BTreeSet<u16> = now.values().copied().collect();
            prop_assert_eq!(distinct.len(), now.len());
            if pinned.is_none() {
                for (uuid, place) in &places {
                    prop_assert!(now.get(uuid).is_none_or(|now| now == place), "{uuid} moved");
                }
            }
            places = now;
        }
    }
}

fn live_places(plan: &Plan) -> BTreeMap<String, u16> {
    let live = plan.servers.iter();
    live.filter_map(|(uuid, watched)| Some((uuid.clone(), watched.live?)))
        .collect()
}

/// A request for this server is on its way.
fn awaiting(story: &Story, name: &str) -> bool {
    let shown = story.snapshot();
    let pending = shown.server(&id(name)).and_then(|server| server.pending);
    pending.is_some_and(|pending| pending.phase == Phase::Asked)
}
