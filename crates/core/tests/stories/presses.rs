//! Buttons of alerts that come late: what is not true any more is said, never done.

use super::story::{Story, id, server};
use pterodactyl_client::{
    Error,
    PowerState::{Offline, Running, Stopping},
};
use pterotray_core::{Action, Event, News, PowerSignal, Subject};

fn refused(story: &mut Story, signal: PowerSignal) -> Action {
    story.power("Skyblock", signal);
    story.happens(Event::PowerRefused {
        ask: None,
        server: id("Skyblock"),
        signal,
        error: Error::Conflict {
            state: None,
            detail: "A backup is being restored.".into(),
        },
    });
    story.notification().buttons[0].press.clone()
}

fn crashed() -> (Story, Action) {
    let mut story = Story::live_running(&["Skyblock"]);
    story.crashes("Skyblock").later(3);
    let press = story.notification().buttons[0].press.clone();
    (story, press)
}

#[test]
fn trying_again_sends_the_signal_again_while_the_server_is_as_it_was() {
    for (state, signal) in [
        (Offline, PowerSignal::Start),
        (Running, PowerSignal::Stop),
        (Running, PowerSignal::Restart),
    ] {
        let mut story = Story::live_with("Skyblock", state);
        let again = refused(&mut story, signal);
        story.later(600).press(again);
        assert_eq!(story.sent(), [signal]);
    }
}

#[test]
fn trying_again_does_nothing_to_a_server_that_moved_on() {
    // The restart of a crashed server failed; somebody else brought it back.
    let (mut story, _) = crashed();
    let again = refused(&mut story, PowerSignal::Restart);
    story.later(60).comes_up("Skyblock").later(60).press(again);
    assert_eq!(story.sent(), []);
    assert_eq!(story.news(), [News::AlreadyUp]);

    // A stop failed; it was restarted since.
    let mut story = Story::live_with("Skyblock", Running);
    let again = refused(&mut story, PowerSignal::Stop);
    story.later(60).tells("Skyblock", Stopping).soon();
    story.tells("Skyblock", Offline).soon();
    story.comes_up("Skyblock").later(60).press(again);
    assert_eq!(story.sent(), []);
    assert_eq!(
        story.told_words().last().unwrap(),
        "Skyblock: nothing was done · The server has changed since that alert. See how it is now."
    );
}

#[test]
fn a_stop_is_not_tried_again_while_nobody_knows_how_the_server_is() {
    let mut story = Story::with("Skyblock", Running);
    let again = refused(&mut story, PowerSignal::Stop);
    story.later(600).press(again);
    assert_eq!(story.sent(), []);
    assert_eq!(story.told.len(), 2, "it says so");
}

#[test]
fn what_failed_is_taken_back_once_it_has_happened_after_all() {
    let mut story = Story::live_with("Skyblock", Offline);
    refused(&mut story, PowerSignal::Start);
    story.later(60).comes_up("Skyblock");
    assert!(story.withdrawn("Skyblock"));
}

#[test]
fn a_failure_in_the_place_of_another_is_taken_back_once() {
    let mut story = Story::live_with("Skyblock", Offline);
    refused(&mut story, PowerSignal::Start);
    story.later(60);
    refused(&mut story, PowerSignal::Start);
    story.later(60).comes_up("Skyblock");
    let about = Subject::Server(id("Skyblock"));
    let times = story.taken_back.iter().filter(|one| **one == about);
    assert_eq!(times.count(), 1);
}

#[test]
fn a_press_on_an_alert_that_was_forgotten_says_so() {
    let (mut story, press) = crashed();
    for _ in 0..51 {
        story.later(20);
        refused(&mut story, PowerSignal::Start);
    }
    story.press(press);
    assert_eq!(story.sent(), []);
    assert_eq!(
        story.notification().title,
        "Skyblock: nothing was done",
        "and not silence"
    );
}

#[test]
fn a_press_on_an_alert_of_a_deleted_server_says_so() {
    let (mut story, press) = crashed();
    story.listed.clear();
    story.listed.push(server("Creative"));
    story.list().press(press);
    assert_eq!(story.sent(), []);
    assert_eq!(
        story.told_words().last().unwrap(),
        "Skyblock: nothing was done · It is not on the panel any more."
    );
}
