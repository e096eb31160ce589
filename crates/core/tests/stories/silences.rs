//! Pause and quiet hours, the list of the last alerts, and buttons that come late.

use super::story::{Story, id};
use pterodactyl_client::{Error, PowerState::Offline, Unreachable};
use pterotray_core::{
    Action, Desktop, Effect, News, PowerSignal, Silence, Subject,
    settings::{Pause, PauseLength, QuietHours, SettingsChange},
};

const THREE: [&str; 3] = ["Creative", "Skyblock", "Valheim"];

fn pause(story: &mut Story, length: PauseLength) {
    story.press(Action::PauseAlerts { length });
}

#[test]
fn a_pause_of_an_hour_ends_by_itself_with_one_summary() {
    let mut story = Story::live_running(&THREE);
    pause(&mut story, PauseLength::Hour);
    story.later(60).crashes("Skyblock").later(60);
    story.later(60).is_stopped("Creative").later(60);
    story.later(60).comes_up("Creative").later(60);
    story.later(3000);
    assert_eq!(story.told_words(), [""; 0]);
    assert!(story.reasons("Skyblock").contains(&Silence::Paused));
    assert_eq!(story.snapshot().unread_alerts, 3, "but they are kept");
    story.later(300);
    assert_eq!(
        story.told_words(),
        ["While alerts were paused · Skyblock went down. Creative went down and is up again."]
    );
    assert_eq!(story.snapshot().settings.alerts.paused, None);
    story.later(7200);
    assert_eq!(story.told.len(), 1);
    story.crashes("Valheim").later(3);
    assert_eq!(story.told.len(), 2, "and then as ever");
}

#[test]
fn a_pause_in_which_nothing_happens_ends_in_silence() {
    let mut story = Story::live_running(&THREE);
    pause(&mut story, PauseLength::Hour);
    story.later(7200);
    assert_eq!(story.told_words(), [""; 0]);
}

#[test]
fn until_i_resume_means_that_and_until_tomorrow_means_the_morning() {
    let mut story = Story::live_running(&THREE);
    pause(&mut story, PauseLength::UntilResumed);
    story.crashes("Skyblock").later(48 * 3600);
    assert_eq!(story.told_words(), [""; 0]);
    story.press(Action::ResumeAlerts);
    assert_eq!(
        story.told_words(),
        ["While alerts were paused · Skyblock went down."]
    );

    let mut story = Story::live_running(&THREE);
    story.now.utc_offset = 120;
    pause(&mut story, PauseLength::Tomorrow);
    let Some(Pause::Until { at_ms }) = story.snapshot().settings.alerts.paused else {
        panic!("no end");
    };
    let local = at_ms + 120 * 60_000;
    assert_eq!(
        local.rem_euclid(86_400_000),
        8 * 3_600_000,
        "eight o'clock here"
    );
    assert!(at_ms > story.now.wall_ms && at_ms <= story.now.wall_ms + 86_400_000);
}

#[test]
fn an_alert_from_before_the_pause_is_taken_back_when_it_is_over() {
    let mut story = Story::live_running(&THREE);
    story.crashes("Skyblock").later(60);
    pause(&mut story, PauseLength::Hour);
    story.later(60).comes_up("Skyblock");
    let back = Effect::Desktop(Desktop::Withdraw(Subject::Server(id("Skyblock"))));
    assert!(story.effects.contains(&back));
    story.later(7200);
    assert_eq!(story.told.len(), 1, "nothing is left to be summed up");
}

#[test]
fn what_answers_a_press_is_said_during_a_pause_too() {
    let mut story = Story::with("Skyblock", Offline);
    pause(&mut story, PauseLength::Hour);
    story.power("Skyblock", PowerSignal::Start);
    story.happens(pterotray_core::Event::PowerRefused {
        ask: None,
        server: id("Skyblock"),
        signal: PowerSignal::Start,
        error: Error::Forbidden {
            detail: String::new(),
        },
    });
    assert_eq!(story.notification().title, "Skyblock did not start");
}

#[test]
fn several_at_once_and_outages_are_in_the_summary() {
    let mut story = Story::live_running(&THREE);
    pause(&mut story, PauseLength::Hour);
    for name in THREE {
        story.crashes(name);
    }
    story.later(60);
    let refused = || Error::Unreachable(Unreachable::Refused);
    story
        .list_fails(refused())
        .later(5)
        .list_fails(refused())
        .later(300)
        .list();
    story.comes_up("Valheim").later(7200);
    assert_eq!(
        story.told_words(),
        [
            "While alerts were paused · 2 servers went down: Creative, Skyblock. \
             Valheim went down and is up again. Home did not answer."
        ]
    );
}

#[test]
fn quiet_hours_hold_even_crashes_back_until_their_end() {
    let mut story = Story::live_running(&THREE);
    let minute = |story: &Story| story.now.minute_of_day();
    let start = minute(&story);
    let quiet = QuietHours {
        on: true,
        from: start,
        to: (start + 120) % 1440,
    };
    story.chooses(SettingsChange {
        quiet_hours: Some(quiet),
        ..SettingsChange::default()
    });
    story.later(600).crashes("Skyblock").later(6000);
    assert_eq!(story.told_words(), [""; 0]);
    assert_eq!(story.snapshot().alerts[0].silent, Some(Silence::QuietHours));
    story.later(700);
    assert_eq!(
        story.told_words(),
        ["During the quiet hours · Skyblock went down."]
    );
    // The next evening it is quiet again.
    story.later(23 * 3600).crashes("Valheim").later(60);
    assert_eq!(story.told.len(), 1);
}

#[test]
fn the_last_fifty_are_kept_newest_first_and_unread_until_looked_at() {
    let mut story = Story::live_running(&["Skyblock"]);
    for _ in 0..30 {
        story.later(1200).crashes("Skyblock").later(3);
        story.later(1200).comes_up("Skyblock");
    }
    let shown = story.snapshot();
    assert_eq!(shown.alerts.len(), 50);
    assert_eq!(shown.unread_alerts, 50);
    assert!(matches!(shown.alerts[0].news, News::CameBack { .. }));
    assert!(shown.alerts[0].at_ms > shown.alerts[1].at_ms);
    story.press(Action::AlertsSeen { newest: u64::MAX });
    assert_eq!(story.snapshot().unread_alerts, 0);
    story.later(1200).crashes("Skyblock").later(3);
    assert_eq!(story.snapshot().unread_alerts, 1);
}

#[test]
fn an_alert_that_was_answered_is_read_and_no_other() {
    let mut story = Story::live_running(&THREE);
    story.crashes("Skyblock").later(30);
    story.crashes("Valheim").later(30);
    let [valheim, skyblock] = [0, 1].map(|place| story.snapshot().alerts[place].clone());
    assert!(valheim.unread && skyblock.unread);
    let alert = skyblock.number;
    story.press(Action::AlertRead { alert });
    let shown = story.snapshot();
    assert_eq!(shown.unread_alerts, 1);
    assert_eq!(
        (shown.alerts[0].unread, shown.alerts[1].unread),
        (true, false)
    );
    // What comes while somebody looks is not seen with the others.
    let newest = valheim.number;
    story.crashes("Creative").later(30);
    story.press(Action::AlertsSeen { newest });
    assert_eq!(story.snapshot().unread_alerts, 1);
}

#[test]
fn a_button_does_what_it_says_only_while_that_makes_sense() {
    let crashed = || {
        let mut story = Story::live_running(&["Skyblock"]);
        story.crashes("Skyblock").later(3);
        let press = story.notification().buttons[0].press.clone();
        (story, press)
    };
    let (mut story, press) = crashed();
    story.later(29 * 60).press(press);
    assert_eq!(story.sent(), [PowerSignal::Restart]);

    let (mut story, press) = crashed();
    story.later(31 * 60).press(press);
    assert_eq!(story.sent(), []);
    assert_eq!(story.news(), [News::TooOld]);

    let (mut story, press) = crashed();
    story.later(60).comes_up("Skyblock").later(1).press(press);
    assert_eq!(story.sent(), []);
    assert_eq!(story.news(), [News::AlreadyUp]);

    let (mut story, press) = crashed();
    story.listed.clear();
    story.listed.push(super::story::server("Creative"));
    story.list().press(press);
    assert_eq!(story.sent(), [], "it was deleted");
}
