//! How much is too much, for how long, and when that is over.

use super::story::{Story, id, resources};
use pterodactyl_client::{PowerState::Running, Resources};
use pterotray_core::{
    Desktop, Effect, Subject,
    settings::{SettingsChange, Thresholds},
};
use std::time::Duration;

const GIB: u64 = 1024 * 1024 * 1024;

fn using(percent_of_cpu_limit: f64, memory: u64) -> Resources {
    Resources {
        // The limit is two cores.
        cpu_percent: percent_of_cpu_limit * 2.0,
        memory_bytes: memory,
        ..resources(Running, Duration::from_secs(5000))
    }
}

/// Reads for so many minutes, twice a minute.
fn minutes(story: &mut Story, minutes: u32, used: &Resources) {
    for _ in 0..minutes * 2 {
        story.later(30).reads_with("Skyblock", used.clone());
    }
}

fn watched(thresholds: Thresholds) -> Story {
    let mut story = Story::with("Skyblock", Running);
    story.chooses(SettingsChange {
        thresholds: Some(thresholds),
        ..SettingsChange::default()
    });
    story
}

fn all() -> Thresholds {
    Thresholds {
        cpu_percent: Some(90),
        memory_percent: Some(80),
        disk_percent: Some(95),
        minutes: 5,
    }
}

#[test]
fn too_much_is_told_once_when_it_lasts_and_taken_back_when_it_is_clearly_over() {
    let mut story = watched(all());
    minutes(&mut story, 5, &using(95.0, GIB));
    assert_eq!(story.told_words(), [""; 0]);
    minutes(&mut story, 30, &using(95.0, GIB));
    assert_eq!(
        story.told_words(),
        ["Skyblock uses much CPU · 95 % of its limit, for 5 min"]
    );
    // A little less is not over.
    minutes(&mut story, 2, &using(85.0, GIB));
    let back = Effect::Desktop(Desktop::Withdraw(Subject::Use(id("Skyblock"))));
    assert!(!story.effects.contains(&back));
    minutes(&mut story, 30, &using(95.0, GIB));
    assert_eq!(story.told.len(), 1);
    story.later(30).reads_with("Skyblock", using(70.0, GIB));
    assert!(story.effects.contains(&back));
}

#[test]
fn a_peak_is_nothing_and_memory_counts_like_cpu() {
    let mut story = watched(all());
    for _ in 0..10 {
        minutes(&mut story, 3, &using(99.0, 3 * GIB));
        minutes(&mut story, 1, &using(10.0, GIB));
    }
    assert_eq!(story.told_words(), [""; 0]);
    minutes(&mut story, 6, &using(10.0, 3 * GIB + GIB / 2));
    assert_eq!(
        story.told_words(),
        ["Skyblock uses much memory · 88 % of its limit, for 5 min"]
    );
}

#[test]
fn it_is_off_until_somebody_sets_it() {
    let mut story = watched(Thresholds::default());
    minutes(&mut story, 60, &using(100.0, 4 * GIB));
    assert_eq!(story.told_words(), [""; 0]);
}

#[test]
fn too_much_of_several_is_one_alert_that_stays_until_all_are_over() {
    let mut story = watched(all());
    let much = using(95.0, 3 * GIB + GIB / 2);
    minutes(&mut story, 6, &much);
    assert_eq!(
        story.told_words(),
        ["Skyblock uses much of what it may · \
          CPU: 95 % of its limit, for 5 min Memory: 88 % of its limit, for 5 min"]
    );
    let back = Subject::Use(id("Skyblock"));
    minutes(&mut story, 2, &using(10.0, 3 * GIB + GIB / 2));
    assert!(!story.taken_back.contains(&back), "memory is still full");
    minutes(&mut story, 2, &using(10.0, GIB));
    assert!(story.taken_back.contains(&back));
}

#[test]
fn a_second_one_waits_until_a_minute_has_passed() {
    let mut story = watched(Thresholds {
        minutes: 1,
        ..all()
    });
    let both = using(95.0, 3 * GIB + GIB / 2);
    story.later(30).reads_with("Skyblock", using(95.0, GIB));
    for _ in 0..15 {
        story.later(10).reads_with("Skyblock", both.clone());
    }
    let at: Vec<_> = story.told.iter().map(|(now, _)| now.mono).collect();
    assert_eq!(at.len(), 2, "{:?}", story.told_words());
    assert!(at[1] - at[0] >= Duration::from_secs(60));
}

#[test]
fn without_a_limit_the_processor_is_measured_in_cores() {
    let mut story = watched(all());
    story.relists("Skyblock", |server| server.limits.cpu_percent = 0);
    minutes(&mut story, 6, &using(60.0, GIB));
    assert_eq!(
        story.told_words(),
        ["Skyblock uses much CPU · 120 % of one core, for 5 min"]
    );
}
