//! What is told, and above all what is not.

use super::story::{Story, id};
use pterodactyl_client::{
    Error,
    PowerState::{Missing, Offline, Running, Starting, Stopping},
};
use pterotray_core::{Action, Condition, News, PowerSignal, Urgency};

#[test]
fn a_server_that_goes_down_unasked_is_told_once_and_can_be_brought_back() {
    let mut story = Story::with("Skyblock", Running);
    story.later(30).reads("Skyblock", Offline);
    let told = story.notification();
    assert_eq!(told.title, "Skyblock went down");
    assert_eq!(told.urgency, Urgency::Critical);
    assert_eq!(told.buttons[0].text, "Restart");
    assert_eq!(story.condition("Skyblock"), Condition::Crashed);

    story.later(30).reads("Skyblock", Offline);
    assert_eq!(story.news(), []);

    story.press(told.buttons[0].press.clone());
    assert_eq!(story.sent(), [PowerSignal::Restart]);
}

#[test]
fn the_first_reading_is_never_news() {
    let mut story = Story::listing(&["Skyblock"]);
    story.reads("Skyblock", Offline);
    assert_eq!(story.news(), []);
    assert_eq!(story.condition("Skyblock"), Condition::Offline);
}

#[test]
fn a_stop_seen_on_its_way_is_a_stop_and_not_a_crash() {
    let mut story = Story::with("Skyblock", Running);
    story.later(30).reads("Skyblock", Stopping);
    assert_eq!(story.news(), []);
    story.later(30).reads("Skyblock", Offline);
    assert_eq!(story.news(), [News::WasStopped { by: None }]);
    assert_eq!(story.condition("Skyblock"), Condition::Offline);
}

#[test]
fn what_was_asked_for_here_is_not_told() {
    for signal in [PowerSignal::Stop, PowerSignal::Restart] {
        let mut story = Story::with("Skyblock", Running);
        story.power("Skyblock", signal).taken("Skyblock", signal);
        story.later(5).reads("Skyblock", Offline);
        assert_eq!(story.news(), [], "{signal:?}");
        assert_eq!(
            story.condition("Skyblock"),
            Condition::Offline,
            "{signal:?}"
        );
    }
}

#[test]
fn a_stop_after_our_own_restart_is_news_again() {
    let mut story = Story::with("Skyblock", Running);
    story
        .power("Skyblock", PowerSignal::Restart)
        .taken("Skyblock", PowerSignal::Restart);
    story.later(5).reads("Skyblock", Stopping);
    story.later(5).reads("Skyblock", Starting);
    story.later(30).reads("Skyblock", Running);
    story.later(30).reads("Skyblock", Offline);
    assert_eq!(story.news(), [News::WentDown { times: 1 }]);
}

#[test]
fn unknown_is_not_offline() {
    let mut story = Story::with("Skyblock", Running);
    for error in [
        Error::NodeUnreachable {
            detail: String::new(),
        },
        Error::Broken {
            status: 502,
            detail: String::new(),
        },
        Error::NotFound,
    ] {
        story.later(10).fails("Skyblock", error);
        assert_eq!(story.news(), []);
    }
    story.later(10).reads("Skyblock", Missing);
    assert_eq!(story.news(), []);
    assert_ne!(story.condition("Skyblock"), Condition::Offline);
}

#[test]
fn coming_back_replaces_the_bad_news_with_the_time_it_was_down() {
    let mut story = Story::with("Skyblock", Running);
    for _ in 0..12 {
        story.later(30).reads("Skyblock", Offline);
    }
    story.reads("Skyblock", Starting);
    assert_eq!(story.news(), []);
    story.later(30).reads("Skyblock", Running);
    assert_eq!(
        story.news(),
        [News::CameBack {
            down_seconds: Some(360)
        }]
    );
    let told = story.notification();
    assert_eq!(told.title, "Skyblock is running again");
    assert_eq!(told.body, "It was down for 6 min.");
}

#[test]
fn a_late_press_on_an_alert_never_restarts_a_server_that_is_up() {
    let mut story = Story::with("Skyblock", Running);
    story
        .later(30)
        .reads("Skyblock", Offline)
        .later(60)
        .reads("Skyblock", Running);
    story.press(Action::BringBack {
        server: id("Skyblock"),
    });
    assert_eq!(story.sent(), []);
    assert_eq!(story.news(), [News::AlreadyUp]);
}

#[test]
fn what_changed_in_a_long_silence_is_told_without_a_guess() {
    let mut story = Story::with("Skyblock", Running);
    story.later(8 * 3600).reads("Skyblock", Offline);
    let down = vec!["Skyblock".to_owned()];
    let up = Vec::new();
    assert_eq!(story.news(), [News::Meanwhile { down, up }]);
    assert_eq!(story.condition("Skyblock"), Condition::Offline);
}

#[test]
fn what_happened_while_the_computer_slept_is_not_news() {
    let mut story = Story::with("Skyblock", Running);
    story.sleeps(8 * 3600);
    assert_eq!(
        story.condition("Skyblock"),
        Condition::Unknown,
        "an old reading is not believed"
    );
    story.reads("Skyblock", Offline);
    assert_eq!(story.news(), []);
}

#[test]
fn a_press_while_nothing_is_known_never_restarts_what_may_be_up() {
    let mut story = Story::with("Skyblock", Running);
    story.later(30).reads("Skyblock", Offline).later(600);
    assert_eq!(story.condition("Skyblock"), Condition::Unknown);
    story.press(Action::BringBack {
        server: id("Skyblock"),
    });
    assert_eq!(story.sent(), [PowerSignal::Start]);
}

#[test]
fn a_refused_action_says_what_the_panel_says_and_offers_another_try() {
    let mut story = Story::with("Skyblock", Offline);
    story.power("Skyblock", PowerSignal::Start);
    let error = Error::Conflict {
        state: None,
        detail: "A backup is being restored.".into(),
    };
    let signal = PowerSignal::Start;
    story.happens(pterotray_core::Event::PowerRefused {
        ask: None,
        server: id("Skyblock"),
        signal,
        error,
    });
    let told = story.notification();
    assert_eq!(told.title, "Skyblock did not start");
    assert!(
        told.body.contains("A backup is being restored."),
        "{}",
        told.body
    );
    assert_eq!(told.buttons[0].text, "Try again");
    assert!(story.shown("Skyblock").can.start, "it can be tried again");
}

#[test]
fn a_refused_key_is_told_once_and_leads_to_a_new_one() {
    let mut story = Story::with("Skyblock", Running);
    story.list_fails(Error::Unauthorized);
    assert_eq!(story.news(), [], "one refusal may be a hiccup");
    story.later(5).list_fails(Error::Unauthorized);
    assert_eq!(story.notification().buttons[0].text, "Enter a new key");
    story.later(300).list_fails(Error::Unauthorized);
    assert_eq!(story.news(), []);
}
