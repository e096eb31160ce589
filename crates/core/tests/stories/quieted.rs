//! What a person wants to hear no more of is taken back, and not told later either; nor is what is gone.

use super::story::{Story, id, panel, resources, server};
use pterodactyl_client::{PowerState::Running, ServerStatus};
use pterotray_core::{
    Action, Silence, Subject,
    settings::{AlertRule, SettingsChange, Thresholds},
};
use std::time::Duration;

fn nothing(story: &mut Story) {
    story.rule("Skyblock", AlertRule::Nothing);
}

fn hidden(story: &mut Story) {
    story.press(Action::Hide {
        server: id("Skyblock"),
        hidden: true,
    });
}

fn nothing_at_all(story: &mut Story) {
    story.chooses(SettingsChange {
        alert_rule: Some(AlertRule::Nothing),
        ..SettingsChange::default()
    });
}

const WAYS: [fn(&mut Story); 3] = [nothing, hidden, nothing_at_all];

#[test]
fn what_is_on_the_screen_is_taken_back_and_its_end_is_not_told() {
    for way in WAYS {
        let mut story = Story::live_running(&["Skyblock"]);
        story.crashes("Skyblock").later(3);
        way(&mut story);
        assert!(story.withdrawn("Skyblock"));
        story.later(60).comes_up("Skyblock").later(60);
        assert_eq!(story.told.len(), 1, "{:?}", story.told_words());
    }
}

#[test]
fn what_waits_for_its_minute_is_not_told() {
    for way in WAYS {
        let mut story = Story::live_running(&["Skyblock"]);
        story.crashes("Skyblock").later(3).comes_up("Skyblock");
        story.later(5).crashes("Skyblock").later(10);
        let told = story.told.len();
        way(&mut story);
        story.later(300);
        assert_eq!(story.told.len(), told, "{:?}", story.told_words());
    }
}

#[test]
fn an_unstable_one_is_not_told_of_either() {
    for way in WAYS {
        let mut story = Story::live_running(&["Skyblock"]);
        for _ in 0..5 {
            story.crashes("Skyblock").soon().comes_up("Skyblock");
            story.later(100);
        }
        let told = story.told.len();
        way(&mut story);
        story.later(3600);
        assert_eq!(story.told.len(), told, "{:?}", story.told_words());
    }
}

#[test]
fn crashes_only_silences_a_stop_that_waits() {
    let mut story = Story::live_running(&["Skyblock"]);
    story.crashes("Skyblock").later(3).comes_up("Skyblock");
    story.later(5).is_stopped("Skyblock").later(10);
    let told = story.told.len();
    story.rule("Skyblock", AlertRule::Crashes).later(300);
    assert_eq!(story.told.len(), told, "{:?}", story.told_words());
    assert!(story.reasons("Skyblock").contains(&Silence::Rule));
}

#[test]
fn what_a_pause_held_back_of_it_is_not_summed_up() {
    let mut story = Story::live_running(&["Skyblock"]);
    story.press(Action::PauseAlerts {
        length: pterotray_core::settings::PauseLength::UntilResumed,
    });
    story.crashes("Skyblock").later(60);
    nothing(&mut story);
    story.press(Action::ResumeAlerts);
    assert_eq!(story.told_words(), [""; 0]);
}

/// It uses too much, and that was told.
fn overused() -> Story {
    let mut story = Story::with("Skyblock", Running);
    story.chooses(SettingsChange {
        thresholds: Some(Thresholds {
            memory_percent: Some(10),
            minutes: 1,
            ..Thresholds::default()
        }),
        ..SettingsChange::default()
    });
    for _ in 0..4 {
        let used = resources(Running, Duration::from_secs(5000));
        story.later(30).reads_with("Skyblock", used);
    }
    assert_eq!(story.told.len(), 1, "{:?}", story.told_words());
    story
}

#[test]
fn what_a_server_uses_is_nobodys_business_any_more() {
    let much = Subject::Use(id("Skyblock"));
    for way in WAYS {
        let mut story = overused();
        way(&mut story);
        assert!(story.taken_back.contains(&much));
    }

    let mut story = overused();
    story.relists("Skyblock", |it| it.status = ServerStatus::Suspended);
    assert!(story.taken_back.contains(&much), "it is suspended");

    let mut story = overused();
    story.listed = vec![server("Creative")];
    story.list();
    assert!(story.taken_back.contains(&much), "it is deleted");

    let mut story = overused();
    story.press(Action::RemovePanel { panel: panel() });
    assert!(story.taken_back.contains(&much), "its panel is removed");
    assert!(
        story.snapshot().alerts.is_empty(),
        "nor is it in the list any more"
    );
}
