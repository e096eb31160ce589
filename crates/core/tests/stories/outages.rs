//! Panels and nodes that do not answer, and stops that take too long.

use super::story::{Story, id, panel};
use pterodactyl_client::{
    Error,
    PowerState::{Offline, Running, Stopping},
    Unreachable,
};
use pterotray_core::{
    Action, Desktop, Effect, News, Page, PowerSignal, Silence, Subject, Urgency,
    settings::AlertRule,
};

fn refused() -> Error {
    Error::Unreachable(Unreachable::Refused)
}

fn node_down() -> Error {
    Error::NodeUnreachable {
        detail: String::new(),
    }
}

#[test]
fn a_panel_that_is_away_for_a_minute_is_one_alert_and_one_when_it_answers() {
    let mut story = Story::live_running(&["Skyblock", "Creative"]);
    story
        .later(10)
        .list_fails(refused())
        .later(5)
        .list_fails(refused());
    story.later(50);
    assert_eq!(story.told_words(), [""; 0], "a minute of grace");
    story.later(10);
    assert_eq!(
        story.told_words(),
        ["Home is unreachable · 2 servers unknown. Nothing answers at this address."]
    );
    assert_eq!(story.told[0].1.about, Subject::Panel(panel()));
    story.later(240).list_fails(refused()).later(240).list();
    assert_eq!(story.told.len(), 2);
    assert_eq!(
        story.told_words()[1],
        "Home answers again · It was away for 9 min."
    );
    assert!(story.told[1].1.goes_on);
}

#[test]
fn a_short_outage_and_one_from_the_start_are_nobodys_business() {
    let mut story = Story::live_running(&["Skyblock"]);
    story.list_fails(refused()).later(5).list_fails(refused());
    story.later(40).list().later(600);
    assert_eq!(story.told_words(), [""; 0]);

    let mut story = Story::begun();
    story
        .list_fails(refused())
        .later(5)
        .list_fails(refused())
        .later(600);
    assert_eq!(story.told_words(), [""; 0], "it never answered");
}

#[test]
fn where_this_computers_own_network_is_gone_nobody_blames_the_panel() {
    let gone = || Error::Unreachable(Unreachable::Dns);
    let mut story = Story::live_running(&["Skyblock"]);
    story
        .list_fails(gone())
        .later(5)
        .list_fails(gone())
        .later(600);
    assert_eq!(story.told_words(), [""; 0]);
    // The network is there again and the panel is not.
    story.list_fails(refused());
    assert_eq!(story.told.len(), 1);
}

#[test]
fn a_sleep_during_an_outage_begins_the_grace_anew() {
    let mut story = Story::live_running(&["Skyblock"]);
    story.list_fails(refused()).later(5).list_fails(refused());
    story.sleeps(3600).later(1).list_fails(refused());
    assert_eq!(story.told_words(), [""; 0]);
    story.later(61);
    assert_eq!(story.told.len(), 1);
}

#[test]
fn a_refused_key_is_no_outage() {
    let mut story = Story::live_running(&["Skyblock"]);
    story
        .list_fails(Error::Unauthorized)
        .later(5)
        .list_fails(Error::Unauthorized)
        .later(600);
    let told: Vec<_> = story.told.iter().map(|(_, alert)| &alert.news).collect();
    assert!(matches!(told[..], [News::KeyRefused { .. }]), "{told:?}");
    story.list();
    assert_eq!(story.told.len(), 1);
}

#[test]
fn a_node_that_is_away_for_a_minute_is_one_alert_for_all_its_servers() {
    let mut story = Story::listing(&["Skyblock", "Creative", "Valheim"]);
    for name in ["Skyblock", "Creative", "Valheim"] {
        story.reads(name, Running);
    }
    story.later(20);
    for name in ["Skyblock", "Creative", "Valheim"] {
        story.fails(name, node_down());
    }
    story.later(59);
    assert_eq!(story.told_words(), [""; 0]);
    story.later(2);
    assert_eq!(
        story.told_words(),
        ["Node node-1 is unreachable · 3 servers unknown."]
    );
    story
        .later(300)
        .reads("Skyblock", Running)
        .reads("Creative", Running);
    assert_eq!(
        story.told_words()[1..],
        ["Node node-1 answers again · It was away for 6 min."]
    );
    assert!(story.told[1].1.goes_on);
}

#[test]
fn another_key_does_not_make_a_panel_or_a_node_forgotten_that_was_told_to_be_away() {
    let mut story = Story::listing(&["Skyblock", "Creative"]);
    story.reads("Skyblock", Running).reads("Creative", Running);
    story.later(20);
    story
        .fails("Skyblock", node_down())
        .fails("Creative", node_down());
    story.later(61);
    story.gets_another_key().later(1).list();
    story.later(238).reads("Skyblock", Running);
    assert_eq!(
        story.told_words()[1..],
        ["Node node-1 answers again · It was away for 5 min."]
    );

    let mut story = Story::live_running(&["Skyblock"]);
    story.list_fails(refused()).later(5).list_fails(refused());
    story.later(61).gets_another_key().later(239).list();
    assert_eq!(
        story.told_words()[1..],
        ["Home answers again · It was away for 5 min."]
    );
}

#[test]
fn a_stop_that_hangs_offers_a_force_stop_that_asks_first() {
    let mut story = Story::live_with("Skyblock", Running);
    story
        .power("Skyblock", PowerSignal::Stop)
        .taken("Skyblock", PowerSignal::Stop);
    story.tells("Skyblock", Stopping).later(89);
    assert_eq!(story.told_words(), [""; 0]);
    story.later(2);
    let told = story.notification();
    assert_eq!(told.title, "Skyblock is still stopping after 90 s");
    assert_eq!(told.buttons[0].text, "Force stop…");
    let (server, signal) = (id("Skyblock"), PowerSignal::Kill);
    let page = Page::Confirm { server, signal };
    assert_eq!(told.buttons[0].press, Action::Show { page });
    story.later(300);
    assert_eq!(story.told.len(), 1, "once");
    // It stops after all: what was said is taken back.
    story.tells("Skyblock", Offline);
    let about = Subject::Server(id("Skyblock"));
    let back = Effect::Desktop(Desktop::Withdraw(about));
    assert!(story.effects.contains(&back));
    assert_eq!(story.told.len(), 1);
}

#[test]
fn somebody_elses_stop_that_hung_ends_in_place_of_the_alert() {
    let mut story = Story::live_with("Skyblock", Running);
    story
        .tells("Skyblock", Stopping)
        .later(100)
        .tells("Skyblock", Offline)
        .later(3);
    assert_eq!(
        story.told_words(),
        [
            "Skyblock is still stopping after 90 s · Give it time, or force it to stop.",
            "Skyblock was stopped · Not from here.",
        ]
    );
    assert!(story.told[1].1.goes_on);
}

#[test]
fn a_hanging_stop_follows_the_rule() {
    let mut story = Story::live_with("Skyblock", Running);
    story.rule("Skyblock", AlertRule::Nothing);
    story.tells("Skyblock", Stopping).later(200);
    assert_eq!(story.told_words(), [""; 0]);
    assert_eq!(story.reasons("Skyblock"), [Silence::Rule]);
}

#[test]
fn a_crashed_server_that_is_suspended_is_spoken_of_no_more() {
    let mut story = Story::live_with("Skyblock", Running);
    story.crashes("Skyblock").later(3);
    assert_eq!(story.notification().urgency, Urgency::Critical);
    story.relists("Skyblock", |server| {
        server.status = pterodactyl_client::ServerStatus::Suspended;
    });
    let about = Subject::Server(id("Skyblock"));
    assert!(
        story
            .effects
            .contains(&Effect::Desktop(Desktop::Withdraw(about)))
    );
}
