//! Restarts: what is seen of them, what they explain, and what they hide from nobody.

use super::{
    power::phase,
    story::{Story, id, resources},
};
use pterodactyl_client::{
    Error,
    PowerState::{Offline, Running, Starting, Stopping},
};
use pterotray_core::{Condition, Event, News, Phase, PowerSignal};
use std::time::Duration;

#[test]
fn a_restart_is_seen_by_the_way_down_or_by_a_younger_uptime() {
    let old = Duration::from_secs(5000);
    let mut quick = Story::listing(&["Skyblock"]);
    quick.reads_with("Skyblock", resources(Running, old));
    quick
        .power("Skyblock", PowerSignal::Restart)
        .taken("Skyblock", PowerSignal::Restart);
    quick
        .later(3)
        .reads_with("Skyblock", resources(Running, old + Duration::from_secs(3)));
    assert_eq!(phase(&quick), Some(Phase::Accepted));
    quick
        .later(10)
        .reads_with("Skyblock", resources(Running, Duration::from_secs(4)));
    assert_eq!(phase(&quick), None);
    assert_eq!(quick.news(), []);

    let mut slow = Story::with("Skyblock", Running);
    slow.power("Skyblock", PowerSignal::Restart)
        .taken("Skyblock", PowerSignal::Restart);
    slow.later(3)
        .reads("Skyblock", Stopping)
        .later(3)
        .reads("Skyblock", Starting);
    assert_eq!(phase(&slow), None);
}

#[test]
fn a_restart_of_what_had_been_up_for_long_unknown_to_anybody_is_not_seen_in_that_run() {
    let up = |seconds| resources(Running, Duration::from_secs(seconds));
    let mut story = Story::with("Skyblock", Offline);
    story.sleeps(3600).later(1);
    story
        .power("Skyblock", PowerSignal::Restart)
        .taken("Skyblock", PowerSignal::Restart)
        .list();
    story.later(1).reads_with("Skyblock", up(1800));
    assert_eq!(phase(&story), Some(Phase::Accepted));
    story.later(10).reads("Skyblock", Offline);
    assert_eq!(story.condition("Skyblock"), Condition::Offline);
    story.later(10).reads_with("Skyblock", up(5));
    assert_eq!(phase(&story), None);
    story.later(120);
    assert_eq!(story.told_words(), [""; 0]);
}

#[test]
fn a_restart_is_not_seen_in_one_by_somebody_else_before_it() {
    let up = |seconds| resources(Running, Duration::from_secs(seconds));
    let mut story = Story::listing(&["Skyblock"]);
    story.reads_with("Skyblock", up(5000));
    story.sleeps(3600).later(1);
    story
        .power("Skyblock", PowerSignal::Restart)
        .taken("Skyblock", PowerSignal::Restart)
        .list();
    story.later(1).reads_with("Skyblock", up(130));
    assert_eq!(phase(&story), Some(Phase::Accepted));
    story.later(10).reads("Skyblock", Offline);
    story.later(10).reads_with("Skyblock", up(5));
    assert_eq!(phase(&story), None);
    assert_eq!(story.told_words(), [""; 0]);
}

/// A restart whose answer says nothing of whether it arrived.
fn restart_breaks(story: &mut Story) {
    let (server, signal) = (id("Skyblock"), PowerSignal::Restart);
    story.power("Skyblock", signal);
    story.happens(Event::PowerRefused {
        ask: None,
        server,
        signal,
        error: broken(),
    });
    assert!(matches!(story.news()[..], [News::ActionFailed { .. }]));
}

fn broken() -> Error {
    Error::Broken {
        status: 500,
        detail: String::new(),
    }
}

#[test]
fn a_restart_that_did_not_come_about_explains_no_fall_long_after_it() {
    let mut story = Story::with("Skyblock", Running);
    restart_breaks(&mut story);
    for _ in 0..6 {
        story.later(21).reads("Skyblock", Running);
    }
    story.later(21).reads("Skyblock", Offline);
    assert_eq!(story.news(), [News::WentDown { times: 1 }]);
}

#[test]
fn a_restart_that_did_not_come_about_does_not_hide_what_is_found_down_long_after_it() {
    let mut story = Story::with("Skyblock", Running);
    for _ in 0..2 {
        story.later(5).list_fails(broken());
    }
    restart_breaks(&mut story);
    for _ in 0..4 {
        story.later(60).list_fails(broken());
    }
    story.later(60).list();
    story.later(1).reads("Skyblock", Offline);
    let down = vec!["Skyblock".to_owned()];
    let up = Vec::new();
    assert_eq!(story.news(), [News::Meanwhile { down, up }]);
}

#[test]
fn a_restart_whose_stop_takes_its_time_is_still_our_own() {
    let mut story = Story::with("Skyblock", Running);
    restart_breaks(&mut story);
    story.later(21).reads("Skyblock", Stopping);
    story.later(60).reads("Skyblock", Stopping);
    story.later(21).reads("Skyblock", Offline).later(10);
    assert_eq!(story.news(), []);
}

#[test]
fn a_restart_that_goes_down_and_does_not_come_up_is_told_and_can_be_tried_again() {
    let mut story = Story::with("Skyblock", Running);
    story
        .power("Skyblock", PowerSignal::Restart)
        .taken("Skyblock", PowerSignal::Restart);
    story
        .later(10)
        .reads("Skyblock", Stopping)
        .later(10)
        .reads("Skyblock", Offline);
    let mut told = Vec::new();
    for _ in 0..5 {
        story.later(30);
        told.extend(story.news());
        story.reads("Skyblock", Offline);
    }
    assert_eq!(
        told,
        [News::ActionUnseen {
            signal: PowerSignal::Restart
        }]
    );
    assert!(story.shown("Skyblock").can.start);
}
