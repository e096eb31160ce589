//! The one line that says how things stand.

use super::story::Story;
use pterodactyl_client::{
    Error,
    PowerState::{Offline, Running, Stopping},
};
use pterotray_core::{Aggregate, Texts, menu};
use std::collections::BTreeSet;

const THREE: [&str; 3] = ["Alpha", "Bravo", "Charlie"];

fn said(story: &Story) -> String {
    menu::headline(&story.snapshot(), &Texts::new(Some("en")))
}

/// The same three servers, one of which was found running where any was read.
fn in_state(state: Aggregate) -> Story {
    let mut story = Story::listing(&THREE);
    if state == Aggregate::Connecting {
        return story;
    }
    let first = if state == Aggregate::NothingRunning {
        Offline
    } else {
        Running
    };
    for (name, found) in [("Alpha", first), ("Bravo", Offline), ("Charlie", Offline)] {
        story.reads(name, found);
    }
    story.later(30);
    match state {
        Aggregate::NeedsYou => story
            .list_fails(Error::Unauthorized)
            .later(30)
            .list_fails(Error::Unauthorized),
        Aggregate::Problem => story
            .reads("Bravo", Running)
            .later(30)
            .reads("Bravo", Offline),
        Aggregate::Unreachable => {
            story.opens("Alpha").tells("Alpha", Running);
            let detail = String::new;
            story.fails("Bravo", Error::NodeUnreachable { detail: detail() });
            story.fails("Charlie", Error::NodeUnreachable { detail: detail() })
        }
        Aggregate::Transition => story.reads("Bravo", Stopping),
        Aggregate::AllFine | Aggregate::NothingRunning | Aggregate::Connecting => &mut story,
    };
    story
}

#[test]
fn no_two_states_of_the_icon_say_the_same() {
    let mut all = BTreeSet::new();
    for state in Aggregate::ALL {
        let story = in_state(state);
        assert_eq!(story.snapshot().aggregate, state, "{}", said(&story));
        assert!(all.insert(said(&story)), "{state:?}: {}", said(&story));
    }
    assert_eq!(said(&in_state(Aggregate::AllFine)), "1 of 3 running");
    let unreachable = said(&in_state(Aggregate::Unreachable));
    assert_eq!(unreachable, "1 of 3 running · 2 unknown");
    let transition = said(&in_state(Aggregate::Transition));
    assert_eq!(transition, "1 of 3 running · Bravo: Stopping");
}

#[test]
fn nothing_is_claimed_of_servers_that_were_not_read() {
    let mut story = Story::listing(&THREE);
    assert_eq!(said(&story), "Connecting…");
    story.reads("Alpha", Running);
    assert_eq!(said(&story), "1 of 3 running · 2 unknown");
}

#[test]
fn a_panel_that_is_away_leaves_nothing_to_count() {
    let mut story = Story::listing(&THREE);
    for name in THREE {
        story.reads(name, Running);
    }
    for _ in 0..2 {
        story.later(30).list_fails(Error::Unauthorized);
    }
    assert_eq!(said(&story), "3 unknown · Home: The panel refuses the key.");
}

#[test]
fn several_that_change_are_counted() {
    let mut story = Story::listing(&THREE);
    for name in THREE {
        story.reads(name, Stopping);
    }
    assert_eq!(said(&story), "0 of 3 running · 3 starting or stopping");
}
