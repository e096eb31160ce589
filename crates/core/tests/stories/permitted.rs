//! What a sub-user may do changes while Pterotray runs: noticed when somebody looks, and asked for by nobody else.

use super::story::{Story, id, server};
use pterodactyl_client::{PowerState::Offline, Server};
use pterotray_core::{Action, Drive, Event, Page, PowerSignal, ServerId};

/// Somebody else's server, of which we may do no more than look.
fn watching() -> Story {
    let mut story = Story::begun();
    story.listed = vec![Server {
        owner: false,
        ..server("Skyblock")
    }];
    story.list();
    story.reads("Skyblock", Offline);
    story.views("Skyblock", &["websocket.connect"]);
    assert!(!story.shown("Skyblock").can.start);
    story
}

fn asked_again(story: &Story) -> Vec<ServerId> {
    let orders = story.orders().into_iter();
    let view = |order| match order {
        Drive::View(server) => Some(server),
        _ => None,
    };
    orders.filter_map(view).collect()
}

fn show(page: Page) -> Action {
    Action::Show { page }
}

#[test]
fn what_was_granted_later_is_noticed_at_a_refresh() {
    let mut story = watching();
    story.later(5).press(Action::Refresh);
    assert_eq!(asked_again(&story), [id("Skyblock")]);
    story.press(Action::Refresh);
    assert_eq!(asked_again(&story), [], "it is on its way");
    story.views("Skyblock", &["websocket.connect", "control.start"]);
    assert!(story.shown("Skyblock").can.start);
}

#[test]
fn the_window_asks_again_what_it_shows_and_not_what_was_told_a_moment_ago() {
    let one = id("Skyblock");
    let pages = [
        Page::Servers,
        Page::Server {
            server: one.clone(),
        },
        Page::Confirm {
            server: one.clone(),
            signal: PowerSignal::Start,
        },
    ];
    for page in pages {
        let mut story = watching();
        story.later(30).press(show(page.clone()));
        assert_eq!(asked_again(&story), [], "{page:?}");
        story.later(60).press(show(page.clone()));
        assert_eq!(asked_again(&story), std::slice::from_ref(&one), "{page:?}");
    }
    let mut story = watching();
    story.later(100).press(show(Page::Settings));
    assert_eq!(asked_again(&story), []);
}

#[test]
fn an_unanswered_question_is_asked_again_at_the_next_look() {
    let mut story = watching();
    story.later(5).press(Action::Refresh);
    let server = id("Skyblock");
    story.happens(Event::NotViewed { server });
    story.press(Action::Refresh);
    assert_eq!(asked_again(&story), [id("Skyblock")]);
}

#[test]
fn what_is_refused_here_is_asked_for_again() {
    let mut story = watching();
    story.later(5).power("Skyblock", PowerSignal::Start);
    assert_eq!(story.sent(), []);
    assert_eq!(asked_again(&story), [id("Skyblock")]);
}

#[test]
fn a_token_tells_without_being_asked() {
    let mut story = watching();
    story.happens(Event::Permitted {
        server: id("Skyblock"),
        permissions: ["websocket.connect", "control.start"].into_iter().collect(),
    });
    assert!(story.shown("Skyblock").can.start);
    story.later(30).press(show(Page::Servers));
    assert_eq!(asked_again(&story), []);
}

#[test]
fn nobody_asks_by_itself_nor_about_an_owner() {
    let mut story = watching();
    for _ in 0..10 {
        story.later(180).list();
        assert_eq!(asked_again(&story), []);
    }
    let mut story = Story::listing(&["Skyblock"]);
    story.later(100).press(Action::Refresh);
    assert_eq!(asked_again(&story), []);
    story.happens(Event::Permitted {
        server: id("Skyblock"),
        permissions: ["control.start"].into_iter().collect(),
    });
    story.reads("Skyblock", Offline);
    assert!(story.shown("Skyblock").can.start && story.shown("Skyblock").may.activity);
}
