//! A sleep with more than one panel: one summary all the same.

use super::story::{Story, id, panel, resources, server};
use pterodactyl_client::PowerState::{self, Offline, Running};
use pterotray_core::{
    Event, PanelId, ServerId,
    settings::{KeyPlace, PanelSettings},
};
use std::time::Duration;

fn office() -> PanelId {
    PanelId("office".into())
}

/// The story's own panel, and another one with a server of its own.
fn two_panels() -> Story {
    let mut story = Story::listing(&["Skyblock"]);
    story.reads("Skyblock", Running);
    story.happens(Event::KeyKept {
        ask: None,
        panel: PanelSettings {
            id: office(),
            name: "Office".into(),
            url: "https://office.example.com".into(),
            key_place: KeyPlace::UntilQuit,
            show_others: false,
            trust: None,
            admin: false,
        },
    });
    story.happens(Event::KeyLoaded {
        panel: office(),
        tail: "wxyz".into(),
    });
    list_office(&mut story);
    read_office(&mut story, Running);
    story
}

fn list_office(story: &mut Story) {
    story.happens(Event::Listed {
        panel: office(),
        servers: vec![server("Factorio")],
    });
}

fn read_office(story: &mut Story, state: PowerState) {
    let uptime = if state == Offline { 0 } else { 600 };
    story.happens(Event::ResourcesRead {
        server: ServerId {
            panel: office(),
            uuid: id("Factorio").uuid,
        },
        asked: story.now,
        resources: resources(state, Duration::from_secs(uptime)),
    });
}

const SUMMARY: &str = "Changed meanwhile · 2 servers went down: Skyblock, Factorio.";

#[test]
fn two_panels_are_one_summary() {
    let mut story = two_panels();
    story.sleeps(3600).later(1).list();
    story.later(1).reads("Skyblock", Offline);
    assert_eq!(story.told_words(), [""; 0], "the other one may have more");
    story.later(2);
    list_office(&mut story);
    story.later(1);
    read_office(&mut story, Offline);
    assert_eq!(story.told_words(), [SUMMARY]);
    story.later(3600);
    assert_eq!(story.told.len(), 1);
}

#[test]
fn a_panel_that_stays_away_holds_the_summary_up_for_a_minute_only() {
    let mut story = two_panels();
    story.sleeps(3600).later(1).list();
    story.later(1).reads("Skyblock", Offline).later(59);
    assert_eq!(story.told_words(), [""; 0]);
    story.later(2);
    assert_eq!(
        story.told_words(),
        ["Home: changed meanwhile · Skyblock went down."]
    );
    assert_ne!(
        story.told[0].1.about.panel(),
        Some(&panel()),
        "the panel's own news keep their place"
    );
}
