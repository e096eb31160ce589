//! Whatever happens in whatever order: never a panic, never two requests for one press, never an
//! alert for what is not known, never a word against what a healthy socket tells.

mod events;
mod said;

use super::story::{Story, id};
use events::{at, event, state};
use proptest::prelude::*;
use pterodactyl_client::PowerState;
use pterotray_core::{
    Action, Condition, Freshness, LiveView, Phase, Plan, Snapshot, Standing, Subject,
};
use said::{Said, is_answer};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

const NAMES: [&str; 3] = ["Skyblock", "Creative", "Valheim"];

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
