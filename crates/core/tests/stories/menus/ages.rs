//! How long ago, and how much longer: what grows old in tray and menu while nothing happens.

use super::reading::{grown_old, press, rows};
use crate::stories::story::Story;
use pterodactyl_client::{
    Error,
    PowerState::{Offline, Running},
};
use pterotray_core::{Condition, Item};
use std::time::Duration;

#[test]
fn the_headline_tells_how_long_ago_a_server_crashed() {
    let mut story = Story::live_with("Survival", Running);
    assert_eq!(grown_old(&story, 0).1, None, "no age is to be seen");
    story.tells("Survival", Offline);
    let said = |seconds| {
        let (tray, holds) = grown_old(&story, seconds);
        (tray.tooltip, holds.map(|holds| holds.as_secs()))
    };
    let crashed = |ago: &str| format!("0 of 1 running · Survival crashed {ago}");
    assert_eq!(said(0), (crashed("just now"), Some(60)));
    assert_eq!(said(59), (crashed("just now"), Some(1)));
    assert_eq!(said(125), (crashed("2 min ago"), Some(55)));
    assert_eq!(said(3600), (crashed("1 h ago"), Some(3600)));
    assert_eq!(
        said(-3600),
        (crashed("just now"), Some(60)),
        "the clock was set"
    );
    story.later(600).tells("Survival", Running);
    assert_eq!(grown_old(&story, 0).1, None);
}

#[test]
fn what_is_not_known_tells_when_it_was_known_last() {
    let mut story = Story::listing(&["Alpha", "Bravo"]);
    assert_eq!(grown_old(&story, 0).1, None, "never read, so no age");
    story.reads("Alpha", Running);
    for _ in 0..2 {
        story.later(30).list_fails(Error::Unauthorized);
    }
    let (tray, holds) = grown_old(&story, 0);
    assert_eq!(
        rows(&tray),
        ["Alpha — unknown (1 min ago)", "Bravo — unknown"]
    );
    assert_eq!(holds, Some(Duration::from_secs(60)));
    let (tray, _) = grown_old(&story, 120);
    assert_eq!(rows(&tray)[0], "Alpha — unknown (3 min ago)");
}

#[test]
fn a_crash_is_as_old_as_it_is_though_nobody_could_look_for_a_while() {
    let mut story = Story::with("Survival", Running);
    story.later(30).reads("Survival", Offline);
    let crashed = story.now.wall_ms;
    assert_eq!(story.shown("Survival").since_ms, Some(crashed));
    for _ in 0..2 {
        story.later(30).list_fails(Error::Unauthorized);
    }
    let away = story.now.wall_ms;
    assert_eq!(story.shown("Survival").since_ms, Some(away));
    story.later(30).list().reads("Survival", Offline);
    assert_eq!(story.condition("Survival"), Condition::Crashed);
    assert_eq!(story.shown("Survival").since_ms, Some(crashed));
}

#[test]
fn what_was_found_so_has_no_beginning() {
    let story = Story::with("Survival", Offline);
    assert_eq!(story.shown("Survival").since_ms, None);
}

#[test]
fn a_pause_tells_how_long_it_lasts_still() {
    let mut story = Story::listing(&["Skyblock"]);
    press(&mut story, "For 1 hour");
    let said = |seconds| {
        let (tray, holds) = grown_old(&story, seconds);
        let pause = tray.menu.iter().map(Item::text);
        let mut pause = pause.filter(|text| text.starts_with("Alerts are"));
        (pause.next().unwrap().into_owned(), holds)
    };
    let paused = |left: &str| format!("Alerts are paused ({left} left)");
    assert_eq!(said(0), (paused("1 h"), Some(Duration::from_secs(60))));
    assert_eq!(said(90), (paused("59 min"), Some(Duration::from_secs(30))));
    assert_eq!(said(3599), (paused("1 min"), Some(Duration::from_secs(1))));
}
