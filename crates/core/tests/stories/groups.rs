//! Alerts about several servers: each ends when its servers are up, gone, or nobody's business any more.

use super::story::{Story, id, panel};
use pterodactyl_client::PowerState::{Offline, Running};
use pterotray_core::{Action, Subject, Texts, Urgency, notification, settings::AlertRule};

const FOUR: [&str; 4] = ["Creative", "Skyblock", "Valheim", "Zomboid"];
const SIX: [&str; 6] = ["A", "B", "C", "D", "E", "F"];

fn all_crash(names: &[&str]) -> Story {
    let mut story = Story::live_running(names);
    story.later(60);
    crash(&mut story, names);
    story
}

fn crash(story: &mut Story, names: &[&str]) {
    for name in names {
        story.crashes(name).soon();
    }
    story.later(5);
}

#[test]
fn servers_that_their_nodes_restart_are_one_alert_that_ends_when_they_run() {
    let mut story = Story::live_running(&FOUR);
    story.later(60);
    for name in FOUR {
        story.crashes(name).soon();
        story.tells(name, pterodactyl_client::PowerState::Starting);
    }
    story.later(5);
    assert_eq!(
        story.told_words(),
        ["4 servers crashed and are restarting · Creative, Skyblock, Valheim, Zomboid"]
    );
    let told = notification::word(&story.told[0].1, &Texts::new(Some("en")));
    assert_eq!(told.urgency, Urgency::Normal, "nobody has to act");
    for name in FOUR {
        story.later(10).tells(name, Running);
    }
    assert_eq!(
        story.told_words()[1..],
        ["All 4 servers are running again · They were down for 43 s."]
    );
    assert!(story.told[1].1.goes_on);
}

#[test]
fn a_group_that_was_found_up_after_a_sleep_is_taken_back() {
    let mut story = all_crash(&FOUR);
    let group = story.told[0].1.about.clone();
    story.sleeps(8 * 3600).later(1).list();
    for name in FOUR {
        story.opens(name).tells(name, Running);
    }
    assert!(story.taken_back.contains(&group));
}

#[test]
fn a_group_goes_with_its_panel() {
    let mut story = all_crash(&FOUR);
    let group = story.told[0].1.about.clone();
    story.press(Action::RemovePanel { panel: panel() });
    assert!(story.taken_back.contains(&group));
}

#[test]
fn a_second_group_leaves_the_first_as_it_is() {
    let mut story = all_crash(&SIX);
    let mut story = {
        for name in SIX {
            story.comes_up(name);
        }
        story.later(700);
        story
    };
    let before = story.told.len();
    crash(&mut story, &SIX[..3]);
    story.later(120);
    crash(&mut story, &SIX[3..]);
    let (first, second) = (
        story.told[before].1.clone(),
        story.told[before + 1].1.clone(),
    );
    assert_ne!(first.about, second.about, "both stay on the screen");
    assert!(!second.goes_on);
    for name in SIX {
        story.later(10).comes_up(name);
    }
    let about: Vec<Subject> = story.told[before + 2..]
        .iter()
        .map(|(_, alert)| alert.about.clone())
        .collect();
    assert_eq!(about, [first.about, second.about], "each is answered");
}

#[test]
fn one_that_crashed_again_alone_does_not_keep_the_group_open() {
    let mut story = Story::live_running(&FOUR);
    story.later(60);
    crash(&mut story, &FOUR[..3]);
    let group = story.told[0].1.about.clone();
    story.later(70).comes_up("Creative").comes_up("Skyblock");
    story.comes_up("Valheim");
    assert_eq!(story.told.last().unwrap().1.about, group);

    let mut story = Story::live_running(&FOUR);
    story.later(60);
    for name in &FOUR[..3] {
        story.crashes(name).soon();
        story.tells(name, pterodactyl_client::PowerState::Starting);
    }
    story.later(5);
    let group = story.told[0].1.about.clone();
    story.later(10).crashes("Creative").later(80);
    assert_eq!(
        story.told.last().unwrap().1.about,
        Subject::Server(id("Creative"))
    );
    story.tells("Skyblock", Running).tells("Valheim", Running);
    story.later(10).comes_up("Creative").later(10);
    assert!(
        story
            .told
            .iter()
            .filter(|(_, alert)| alert.about == group)
            .count()
            == 2
            || story.taken_back.contains(&group),
        "{:?}",
        story.told_words()
    );
}

#[test]
fn a_group_whose_last_server_nobody_wants_to_hear_of_is_taken_back() {
    let mut story = all_crash(&FOUR[..3]);
    let group = story.told[0].1.about.clone();
    story.later(10).comes_up("Creative").comes_up("Skyblock");
    story.rule("Valheim", AlertRule::Nothing);
    assert!(story.taken_back.contains(&group));
    story.later(60).tells("Valheim", Offline);
}
