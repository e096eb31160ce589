//! Times when nobody could look: asleep, or without a network. One summary afterwards, no storm.

use super::story::{Story, id, panel, resources};
use pterodactyl_client::{
    Error, NotAPanel,
    PowerState::{Offline, Running, Stopping},
    Unreachable,
};
use pterotray_core::{Aggregate, Cause, Condition, Drive, Event, News, PowerSignal};
use std::time::Duration;

fn three() -> Story {
    let mut story = Story::listing(&["Skyblock", "Creative", "Valheim"]);
    story
        .reads("Skyblock", Running)
        .reads("Creative", Offline)
        .reads("Valheim", Running);
    story
}

fn unplugged(story: &mut Story) {
    for _ in 0..2 {
        story
            .later(5)
            .list_fails(Error::Unreachable(Unreachable::Dns));
    }
}

fn meanwhile(down: &[&str], up: &[&str]) -> [News; 1] {
    let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    [News::Meanwhile {
        down: names(down),
        up: names(up),
    }]
}

#[test]
fn a_system_that_says_it_woke_up_is_believed_once() {
    let mut story = three();
    story.happens(Event::Woke);
    assert_eq!(story.orders(), [Drive::Woke(panel())]);
    story.later(1).happens(Event::Woke);
    assert_eq!(story.orders(), []);
    assert_eq!(story.condition("Skyblock"), Condition::Unknown);
    story.later(1).list();
    for (name, state) in [
        ("Skyblock", Running),
        ("Creative", Offline),
        ("Valheim", Running),
    ] {
        story.later(1).reads(name, state);
    }
    assert_eq!(story.condition("Skyblock"), Condition::Running);
    assert_eq!(story.news(), []);
}

#[test]
fn after_a_sleep_the_panel_is_asked_and_one_summary_tells_what_changed() {
    let mut story = three();
    story.sleeps(8 * 3600).later(1).list();
    assert!(story.orders().contains(&Drive::Woke(panel())));
    assert_eq!(story.condition("Skyblock"), Condition::Unknown);
    assert!(
        story.shown("Skyblock").resources.is_some(),
        "the last values stay"
    );
    assert_eq!(story.snapshot().aggregate, Aggregate::Connecting);

    story.later(1).reads("Skyblock", Offline);
    assert_eq!(
        story.condition("Skyblock"),
        Condition::Offline,
        "nobody knows that it crashed"
    );
    assert_eq!(story.shown("Skyblock").cause, Some(Cause::Unseen));
    story.later(1).reads("Creative", Running);
    assert_eq!(story.news(), []);
    story.later(1).reads("Valheim", Running);
    assert_eq!(story.news(), meanwhile(&["Skyblock"], &["Creative"]));
    let told = story.notification();
    assert_eq!(told.title, "Home: changed meanwhile");
    assert_eq!(told.body, "Skyblock went down.\nCreative came up.");
    story.later(300);
    assert_eq!(story.news(), []);
}

#[test]
fn what_changed_meanwhile_is_told_although_the_panel_gets_another_key_before_all_is_known() {
    let mut story = three();
    story.sleeps(8 * 3600).later(1).list();
    story.later(1).reads("Skyblock", Offline);
    story.gets_another_key().later(1).list();
    story.later(1).reads("Creative", Running);
    story.later(1).reads("Valheim", Running);
    assert_eq!(story.news(), meanwhile(&["Skyblock"], &["Creative"]));
}

#[test]
fn nothing_is_told_before_the_panel_has_answered() {
    let mut story = three();
    story.sleeps(3600).later(1);
    for name in ["Skyblock", "Creative", "Valheim"] {
        story.reads(name, Offline);
        assert_eq!(story.news(), []);
    }
    story.later(2).list();
    assert_eq!(story.news(), meanwhile(&["Skyblock", "Valheim"], &[]));
}

#[test]
fn nothing_changed_nothing_told() {
    let mut story = three();
    story.sleeps(3600).later(1).list();
    story
        .reads("Skyblock", Running)
        .reads("Creative", Offline)
        .reads("Valheim", Running);
    assert_eq!(story.news(), []);
    story.later(30).reads("Valheim", Offline);
    assert_eq!(
        story.news(),
        [News::WentDown { times: 1 }],
        "and judged as ever"
    );
}

#[test]
fn a_server_that_cannot_be_read_holds_the_summary_up_for_a_minute_only() {
    let mut story = three();
    story.sleeps(3600).later(1).list();
    story.reads("Skyblock", Offline).reads("Creative", Offline);
    story.later(59);
    assert_eq!(story.news(), []);
    story.later(2);
    assert_eq!(story.news(), meanwhile(&["Skyblock"], &[]));
    assert_eq!(story.condition("Valheim"), Condition::Unknown);
    story.later(20).reads("Valheim", Offline);
    assert_eq!(
        story.news(),
        meanwhile(&["Valheim"], &[]),
        "later, but told"
    );
}

#[test]
fn an_answer_from_before_the_sleep_says_nothing() {
    let mut story = three();
    story.later(10).sleeps(3600);
    story.reads_asked(
        "Skyblock",
        3610,
        resources(Running, Duration::from_secs(600)),
    );
    assert_eq!(story.condition("Skyblock"), Condition::Unknown);
}

#[test]
fn sockets_do_not_survive_a_sleep_and_a_new_one_proves_its_server() {
    let mut story = Story::live_with("Skyblock", Running);
    story.sleeps(3600).later(1).tells("Skyblock", Running);
    assert_eq!(
        story.condition("Skyblock"),
        Condition::Unknown,
        "a late frame"
    );
    story.later(1).opens("Skyblock").tells("Skyblock", Offline);
    assert_eq!(story.condition("Skyblock"), Condition::Offline);
    story.later(1).list();
    assert_eq!(story.news(), meanwhile(&["Skyblock"], &[]));
}

#[test]
fn a_fall_that_nobody_was_told_of_is_part_of_the_summary() {
    let mut story = Story::live_with("Skyblock", Running);
    story
        .tells("Skyblock", Offline)
        .soon()
        .sleeps(3600)
        .later(3);
    let mut told = story.news();
    story.list();
    told.extend(story.news());
    story.reads("Skyblock", Offline);
    told.extend(story.news());
    assert_eq!(told, meanwhile(&["Skyblock"], &[]));
}

#[test]
fn a_network_that_is_gone_suspends_judgement() {
    let mut story = three();
    unplugged(&mut story);
    assert_eq!(story.condition("Valheim"), Condition::Unknown);
    story.later(600).list();
    assert_eq!(
        story.condition("Valheim"),
        Condition::Unknown,
        "not read again yet"
    );
    story
        .reads("Skyblock", Offline)
        .reads("Creative", Offline)
        .reads("Valheim", Offline);
    assert_eq!(story.news(), meanwhile(&["Skyblock", "Valheim"], &[]));
    assert_eq!(story.condition("Valheim"), Condition::Offline);
}

#[test]
fn whatever_the_panel_fails_with_judgement_is_suspended() {
    let page = || NotAPanel::Html { title: None };
    let detail = String::new;
    let failures: [&dyn Fn() -> Error; 4] = [
        &|| Error::NotAPanel(page()),
        &|| Error::Maintenance { retry_after: None },
        &|| Error::Unreadable { what: "list" },
        &|| Error::Broken {
            status: 502,
            detail: detail(),
        },
    ];
    for failure in failures {
        let mut story = three();
        story.list_fails(failure()).later(5).list_fails(failure());
        story.later(20).list();
        assert_eq!(story.condition("Skyblock"), Condition::Unknown);
        story.reads("Skyblock", Offline).reads("Creative", Offline);
        assert_eq!(story.condition("Skyblock"), Condition::Offline);
        story.reads("Valheim", Running);
        assert_eq!(story.news(), meanwhile(&["Skyblock"], &[]), "{}", failure());
    }
}

#[test]
fn what_stopped_while_its_node_was_away_is_one_summary_when_it_answers() {
    let mut story = three();
    let away = || Error::NodeUnreachable {
        detail: String::new(),
    };
    for _ in 0..20 {
        story.later(15).list();
        for name in ["Skyblock", "Creative", "Valheim"] {
            story.fails(name, away());
        }
    }
    story.later(1).reads("Skyblock", Offline);
    let told: Vec<News> = story
        .told
        .iter()
        .map(|(_, told)| told.news.clone())
        .collect();
    assert!(
        !told
            .iter()
            .any(|news| matches!(news, News::Meanwhile { .. })),
        "the others are waited for: {told:?}"
    );
    assert_eq!(story.condition("Skyblock"), Condition::Offline);
    story.later(1).reads("Creative", Offline);
    story.later(1).reads("Valheim", Offline);
    assert_eq!(story.news(), meanwhile(&["Skyblock", "Valheim"], &[]));
    story.later(30).reads("Skyblock", Running);
    story.later(30).reads("Skyblock", Offline);
    assert_eq!(
        story.news(),
        [News::WentDown { times: 1 }],
        "and judged as ever"
    );
}

#[test]
fn what_stopped_while_a_panel_asked_for_long_patience_is_told() {
    let mut story = three();
    let retry_after = Some(Duration::from_secs(280));
    story
        .later(20)
        .list_fails(Error::RateLimited { retry_after });
    story.later(290).list();
    for name in ["Skyblock", "Creative", "Valheim"] {
        story.reads(name, Offline);
    }
    assert_eq!(story.news(), meanwhile(&["Skyblock", "Valheim"], &[]));
}

#[test]
fn a_summary_waits_for_every_server_to_have_its_turn() {
    let mut story = three();
    let every = Duration::from_secs(180);
    story.happens(Event::Paced {
        panel: panel(),
        every,
    });
    story.sleeps(3600).later(1).list();
    story.reads("Creative", Offline).reads("Valheim", Running);
    story.later(190).reads("Skyblock", Offline);
    assert_eq!(story.news(), meanwhile(&["Skyblock"], &[]));
}

#[test]
fn two_gaps_in_a_row_are_one_story() {
    let mut story = three();
    story.sleeps(3600).later(1).list();
    story.reads("Skyblock", Offline);
    story.sleeps(3600).later(1).list();
    story
        .reads("Skyblock", Offline)
        .reads("Creative", Offline)
        .reads("Valheim", Offline);
    assert_eq!(story.news(), meanwhile(&["Skyblock", "Valheim"], &[]));
}

#[test]
fn what_was_stopped_from_here_before_the_sleep_is_no_news() {
    let mut story = Story::with("Skyblock", Running);
    story
        .power("Skyblock", PowerSignal::Stop)
        .taken("Skyblock", PowerSignal::Stop);
    story.later(1).reads("Skyblock", Stopping);
    story.sleeps(60).later(1).list().reads("Skyblock", Offline);
    assert_eq!(story.news(), []);
}

#[test]
fn an_alert_that_sleep_made_old_is_taken_back() {
    let mut story = Story::with("Skyblock", Running);
    story.later(30).reads("Skyblock", Offline);
    story
        .sleeps(3600)
        .later(1)
        .list()
        .reads("Skyblock", Running);
    let about = pterotray_core::Subject::Server(id("Skyblock"));
    let back = pterotray_core::Effect::Desktop(pterotray_core::Desktop::Withdraw(about));
    assert!(story.effects.contains(&back));
    assert_eq!(story.news(), meanwhile(&[], &["Skyblock"]));
}

#[test]
fn a_crash_known_before_the_sleep_stays_one() {
    let mut story = Story::with("Skyblock", Running);
    story.later(30).reads("Skyblock", Offline);
    story
        .sleeps(3600)
        .later(1)
        .list()
        .reads("Skyblock", Offline);
    assert_eq!(story.condition("Skyblock"), Condition::Crashed);
    assert_eq!(story.news(), []);
}

#[test]
fn a_clock_that_is_put_back_or_a_little_forward_disturbs_nobody() {
    let mut story = three();
    story.now.wall_ms -= 7_200_000;
    story.later(5).reads("Skyblock", Running);
    assert_eq!(story.condition("Valheim"), Condition::Running);
    story.sleeps(20).later(5).reads("Skyblock", Running);
    assert_eq!(story.condition("Valheim"), Condition::Running);
    assert!(!story.orders().contains(&Drive::Woke(panel())));
    story.later(5).reads("Skyblock", Offline);
    assert_eq!(story.news(), [News::WentDown { times: 1 }]);
}

#[test]
fn many_names_are_cut_short() {
    let names: Vec<String> = (1..=8).map(|n| format!("S{n}")).collect();
    let borrowed: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut story = Story::listing(&borrowed);
    for name in &borrowed {
        story.reads(name, Running);
    }
    story.sleeps(3600).later(1).list();
    for name in &borrowed {
        story.reads(name, Offline);
    }
    let told = story.notification();
    assert_eq!(
        told.body,
        "8 servers went down: S1, S2, S3, S4, S5 and 3 more."
    );
}
