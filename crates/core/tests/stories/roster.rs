//! Who gets a live socket.

use super::story::{Story, id, server};
use pterodactyl_client::{
    PowerState::{Offline, Running},
    Server, ServerStatus,
};
use pterotray_core::{
    Action, Drive, Event, Outcome, Plan, ProblemKind,
    settings::{LiveUpdates, SettingsChange},
};
use std::collections::BTreeMap;

fn places(plan: &Plan) -> BTreeMap<&str, u16> {
    let live = plan.servers.iter();
    let place = live.filter_map(|(uuid, watched)| Some((uuid.as_str(), watched.live?)));
    place.collect()
}

fn choose(story: &mut Story, live: LiveUpdates) {
    let change = SettingsChange {
        live_updates: Some(live),
        ..SettingsChange::default()
    };
    story.press(Action::ChangeSettings { change });
}

fn pin(story: &mut Story, name: &str, pinned: bool) {
    let server = id(name);
    story.press(Action::Pin { server, pinned });
}

/// Forty servers; the first thirty run.
fn forty() -> Story {
    let names: Vec<String> = (10..50).map(|n| format!("S{n}")).collect();
    let borrowed: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut story = Story::listing(&borrowed);
    for (n, name) in names.iter().enumerate() {
        story.reads(name, if n < 30 { Running } else { Offline });
    }
    story
}

#[test]
fn those_that_run_get_one_up_to_25_and_keep_their_places() {
    let mut story = forty();
    pin(&mut story, "S49", true);
    let plan = story.plan().unwrap();
    let live = places(&plan);
    assert_eq!(live.len(), 25);
    assert_eq!(
        live[id("S49").uuid.as_str()],
        0,
        "pinned is most wanted, even offline"
    );
    assert!(
        !live.contains_key(id("S48").uuid.as_str()),
        "offline and polled"
    );
    let before = plan.clone();
    // One that has a place goes down: it keeps the place for two minutes, then only while nobody wants it more.
    for _ in 0..5 {
        story.later(21);
        for n in 10..40 {
            story.reads(&format!("S{n}"), Running);
            assert_eq!(story.plan(), None, "plans do not change with every reading");
        }
    }
    story.opens("S12").tells("S12", Offline);
    assert_eq!(story.plan(), None, "its node has more to tell of this");
    story.later(60);
    assert_eq!(story.plan(), None, "it may come up again");
    story.later(61);
    let after = story.plan().unwrap();
    let (before, after) = (places(&before), places(&after));
    assert!(
        !after.contains_key(id("S12").uuid.as_str()),
        "others run and want it"
    );
    let moved = after
        .iter()
        .filter(|(uuid, place)| before.get(*uuid) != Some(place));
    assert_eq!(moved.count(), 1, "only the one that took its place");
}

#[test]
fn a_few_that_go_down_keep_their_sockets() {
    let mut story = Story::with("Skyblock", Running);
    story
        .opens("Skyblock")
        .later(60)
        .tells("Skyblock", Offline)
        .later(60);
    assert_eq!(story.plan(), None);
    let plan = {
        choose(&mut story, LiveUpdates::All);
        story.plan()
    };
    assert_eq!(plan, None, "it has its place already");
}

#[test]
fn the_setting_is_followed_at_once() {
    let mut story = forty();
    choose(&mut story, LiveUpdates::All);
    assert_eq!(places(&story.plan().unwrap()).len(), 40);
    choose(&mut story, LiveUpdates::Off);
    assert_eq!(places(&story.plan().unwrap()).len(), 0);
    choose(&mut story, LiveUpdates::Automatic);
    assert_eq!(places(&story.plan().unwrap()).len(), 25);
}

#[test]
fn nobody_is_let_in_without_the_permission_or_while_blocked() {
    let mut story = Story::begun();
    story.listed = ["Skyblock", "Creative"]
        .map(|name| Server {
            owner: false,
            ..server(name)
        })
        .to_vec();
    story.list();
    choose(&mut story, LiveUpdates::All);
    assert_eq!(
        places(&story.plan().unwrap()).len(),
        2,
        "not known to be forbidden"
    );
    story.views("Skyblock", &["control.start"]);
    assert_eq!(places(&story.plan().unwrap()).len(), 1);
    story.views("Skyblock", &["control.start", "websocket.connect"]);
    assert_eq!(places(&story.plan().unwrap()).len(), 2);
    story.relists("Creative", |server| server.status = ServerStatus::Suspended);
    assert_eq!(places(&story.plan().unwrap()).len(), 1);
}

#[test]
fn pins_are_saved_keep_their_order_and_go_with_their_server() {
    let mut story = Story::listing(&["Skyblock", "Creative"]);
    pin(&mut story, "Creative", true);
    pin(&mut story, "Skyblock", true);
    let saved = |story: &Story| {
        story.orders().into_iter().find_map(|order| match order {
            Drive::Save(settings) => Some(settings.pinned),
            _ => None,
        })
    };
    assert_eq!(saved(&story), Some(vec![id("Creative"), id("Skyblock")]));
    let plan = story.plan().unwrap();
    let live = places(&plan);
    assert_eq!(live[id("Creative").uuid.as_str()], 0);
    assert_eq!(live[id("Skyblock").uuid.as_str()], 1);

    pin(&mut story, "Skyblock", true);
    assert_eq!(saved(&story), None, "nothing changed");
    story.listed.retain(|server| server.name == "Skyblock");
    story.list();
    assert_eq!(saved(&story), Some(vec![id("Skyblock")]));
    pin(&mut story, "Skyblock", false);
    assert_eq!(saved(&story), Some(Vec::new()));

    story.happens(Event::Asked {
        ask: Some(1),
        action: Action::Pin {
            server: id("Valheim"),
            pinned: true,
        },
    });
    let refused = |outcome: &Outcome| matches!(outcome, Outcome::Failed { problem } if problem.kind == ProblemKind::NoSuchServer);
    assert!(story.replies().iter().any(|(_, outcome)| refused(outcome)));
}
