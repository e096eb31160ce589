//! Rules, the distance between alerts, unstable servers, and several at once.

use super::story::{Story, id};
use pterodactyl_client::PowerState::{Offline, Running, Starting, Stopping};
use pterotray_core::{
    Condition, Fall, News, PowerSignal, Silence, Subject,
    settings::AlertRule::{self, AlsoBack, Crashes, EveryStop, Nothing},
};

/// A crash, a stop by somebody else, and its coming back after both, far apart.
fn an_evening(rule: AlertRule) -> Story {
    let mut story = Story::live_with("Skyblock", Running);
    story.rule("Skyblock", rule).later(60);
    story.crashes("Skyblock").later(3);
    story.later(600).comes_up("Skyblock");
    story.later(600).is_stopped("Skyblock").later(3);
    story.later(600).comes_up("Skyblock");
    story
}

const CRASHED: &str = "Skyblock crashed · Exit code 137, out of memory.";
const STOPPED: &str = "Skyblock was stopped · Not from here.";
const BACK: &str = "Skyblock is running again · It was down for 10 min.";

#[test]
fn each_rule_tells_what_it_says() {
    assert_eq!(
        an_evening(EveryStop).told_words(),
        [CRASHED, BACK, STOPPED, BACK]
    );
    assert_eq!(
        an_evening(AlsoBack).told_words(),
        [CRASHED, BACK, STOPPED, BACK]
    );
    let crashes = an_evening(Crashes);
    assert_eq!(crashes.told_words(), [CRASHED, BACK]);
    assert_eq!(
        crashes.reasons("Skyblock"),
        [Silence::Rule, Silence::NotMissed]
    );
    let nothing = an_evening(Nothing);
    assert_eq!(nothing.told_words(), [""; 0]);
    let (rule, missed) = (Silence::Rule, Silence::NotMissed);
    assert_eq!(nothing.reasons("Skyblock"), [rule, missed, rule, missed]);
}

#[test]
fn coming_back_is_told_by_that_rule_even_if_nobody_was_told_that_it_was_down() {
    for (rule, words) in [
        (
            AlsoBack,
            &["Skyblock is running again · It was down for 5 min."][..],
        ),
        (EveryStop, &[]),
    ] {
        let mut story = Story::live_with("Skyblock", Running);
        story.rule("Skyblock", rule);
        let stop = PowerSignal::Stop;
        story.power("Skyblock", stop).taken("Skyblock", stop);
        story.is_stopped("Skyblock").later(300).comes_up("Skyblock");
        assert_eq!(story.told_words(), words, "{rule:?}");
        // Not when that was asked for here.
        story.power("Skyblock", stop).taken("Skyblock", stop);
        story.is_stopped("Skyblock").later(300);
        let start = PowerSignal::Start;
        story.power("Skyblock", start).taken("Skyblock", start);
        story.soon().comes_up("Skyblock");
        assert_eq!(story.told_words(), words, "{rule:?}");
        assert_eq!(story.reasons("Skyblock").last(), Some(&Silence::Own));
    }
}

#[test]
fn coming_back_after_a_restart_by_the_node_is_told_by_that_rule_in_its_place() {
    for (rule, told) in [(AlsoBack, 2), (EveryStop, 1)] {
        let mut story = Story::live_with("Skyblock", Running);
        story.rule("Skyblock", rule).crashes("Skyblock").soon();
        story.tells("Skyblock", Starting).later(10);
        story.tells("Skyblock", Running).later(10);
        assert_eq!(story.told.len(), told, "{rule:?}: {:?}", story.told_words());
        if let Some((_, back)) = story.told.get(1) {
            assert_eq!(
                back.news,
                News::CameBack {
                    down_seconds: Some(10)
                }
            );
            assert!(back.goes_on);
        }
    }
}

#[test]
fn a_rule_is_saved_shown_and_goes_with_its_server() {
    let mut story = Story::listing(&["Skyblock", "Creative"]);
    story.rule("Skyblock", Crashes);
    assert_eq!(story.shown("Skyblock").alert_rule, Some(Crashes));
    assert_eq!(story.shown("Creative").alert_rule, None);
    assert_eq!(
        story.snapshot().settings.alerts.rule_of(&id("Skyblock")),
        Crashes
    );
    story.listed.remove(0);
    story.list();
    assert_eq!(story.snapshot().settings.alerts.servers, []);
}

#[test]
fn a_crash_that_the_node_mends_and_then_does_not_is_told_twice_within_the_minute() {
    let mut story = Story::live_with("Skyblock", Running);
    story
        .crashes("Skyblock")
        .soon()
        .tells("Skyblock", Starting)
        .later(3);
    story.tells("Skyblock", Running).later(20);
    story.crashes("Skyblock").later(3);
    assert_eq!(
        story.told_words(),
        [
            "Skyblock crashed and is restarting · Exit code 137, out of memory.",
            "Skyblock crashed · Exit code 137, out of memory. Second time in 10 minutes.",
        ]
    );
    assert!(story.told[1].1.goes_on, "in place of the first");
}

#[test]
fn another_alert_waits_until_a_minute_has_passed() {
    let mut story = Story::live_with("Skyblock", Running);
    story.crashes("Skyblock").later(3);
    story.later(10).comes_up("Skyblock");
    story.later(5).crashes("Skyblock").later(10);
    assert_eq!(story.told.len(), 2, "crashed, and running again");
    story.later(60);
    assert_eq!(story.told.len(), 3);
    assert!(story.told_words()[2].ends_with("Second time in 10 minutes."));

    // What is over by then is not told at all.
    let mut story = Story::live_with("Skyblock", Running);
    story.crashes("Skyblock").later(3);
    story.later(10).comes_up("Skyblock");
    story
        .later(5)
        .crashes("Skyblock")
        .later(10)
        .comes_up("Skyblock")
        .later(120);
    assert_eq!(story.told.len(), 2);
    assert_eq!(story.reasons("Skyblock"), [Silence::Over]);
}

#[test]
fn a_stop_that_hangs_waits_for_its_minute_too() {
    let mut story = Story::live_with("Skyblock", Running);
    story.later(60);
    for _ in 0..2 {
        story.crashes("Skyblock").soon().comes_up("Skyblock");
        story.later(10);
    }
    story.tells("Skyblock", Stopping).later(100);
    assert_eq!(story.condition("Skyblock"), Condition::StillStopping);
    assert_eq!(
        story.told.len(),
        2,
        "the second crash was told a moment ago"
    );
    story.later(10);
    assert_eq!(story.told.len(), 3);
    assert!(matches!(story.told[2].1.news, News::StopHangs { .. }));
    story.later(60);
    assert_eq!(story.told.len(), 3);
}

fn crashes_and_restarts(story: &mut Story) {
    story
        .crashes("Skyblock")
        .soon()
        .comes_up("Skyblock")
        .later(100);
}

#[test]
fn a_crash_loop_is_counted_then_unstable_and_told_again_after_ten_minutes() {
    let mut story = Story::live_with("Skyblock", Running);
    for _ in 0..8 {
        crashes_and_restarts(&mut story);
    }
    let restarting = "Skyblock crashed and is restarting · Exit code 137, out of memory.";
    assert_eq!(
        story.told_words(),
        [
            restarting.to_owned(),
            format!("{restarting} Second time in 10 minutes."),
            format!("{restarting} Third time in 10 minutes."),
        ]
    );
    assert!(
        story
            .reasons("Skyblock")
            .iter()
            .all(|why| *why == Silence::Flapping)
    );
    story.later(300);
    assert_eq!(
        story.told_words()[3..],
        ["Skyblock is still unstable · It went down 5 more times. It is up now."]
    );
    story.later(3600);
    assert_eq!(story.told.len(), 4, "calm again");
    crashes_and_restarts(&mut story);
    assert_eq!(story.told_words()[4], restarting);
}

#[test]
fn an_unstable_server_that_stays_down_is_told_all_the_same() {
    let mut story = Story::live_with("Skyblock", Running);
    for _ in 0..3 {
        crashes_and_restarts(&mut story);
    }
    story.crashes("Skyblock").later(30);
    assert_eq!(story.told.len(), 3);
    let listed = |story: &Story| {
        let alerts = story.snapshot().alerts;
        let fourth = |news: &News| matches!(news, News::Crashed { times: 4, .. });
        let of_it = alerts.iter().filter(|alert| fourth(&alert.news));
        of_it.map(|alert| alert.silent).collect::<Vec<_>>()
    };
    assert_eq!(listed(&story), [Some(Silence::Flapping)]);
    story.later(45);
    assert_eq!(listed(&story), [None], "once, as it was told");
    assert!(matches!(
        story.told[3].1.news,
        News::Crashed { times: 4, .. }
    ));
    story.later(60).comes_up("Skyblock");
    assert!(matches!(story.told[4].1.news, News::CameBack { .. }));
}

const FOUR: [&str; 4] = ["Creative", "Skyblock", "Valheim", "Zomboid"];

#[test]
fn servers_that_crash_at_once_are_one_alert_and_one_when_all_are_back() {
    let mut story = Story::live_running(&FOUR);
    story.later(60);
    for name in FOUR {
        story.crashes(name).soon();
    }
    story.later(5);
    let told = story.told[0].1.clone();
    assert_eq!(
        story.told_words(),
        ["4 servers crashed · Creative, Skyblock, Valheim, Zomboid"]
    );
    assert!(matches!(told.about, Subject::Several(_)));
    for name in &FOUR[..3] {
        story.later(30).comes_up(name);
    }
    assert_eq!(story.told.len(), 1);
    story.later(30).comes_up("Zomboid");
    assert_eq!(
        story.told_words()[1..],
        ["All 4 servers are running again · They were down for 2 min."]
    );
    assert!(
        story
            .reasons("Skyblock")
            .iter()
            .all(|why| *why == Silence::Together)
    );
}

#[test]
fn a_third_one_within_five_seconds_makes_one_alert_of_all_three() {
    let mut story = Story::live_running(&FOUR);
    story
        .crashes("Creative")
        .later(2)
        .crashes("Skyblock")
        .later(2);
    story.is_stopped("Valheim").later(10);
    let last = story.told.last().unwrap().1.news.clone();
    let names = ["Creative", "Skyblock", "Valheim"]
        .map(str::to_owned)
        .to_vec();
    assert_eq!(
        last,
        News::Together {
            fall: Fall::WentDown,
            names
        }
    );
    // The list names them once.
    assert_eq!(story.snapshot().alerts.len(), 1);
    assert_eq!(story.snapshot().unread_alerts, 1);
}

#[test]
fn two_at_once_are_two_and_others_later_are_others() {
    let mut story = Story::live_running(&FOUR);
    story.crashes("Creative").crashes("Skyblock").later(3);
    story.later(10).crashes("Valheim").later(10);
    assert_eq!(story.told.len(), 3);
    assert!(
        story
            .told
            .iter()
            .all(|(_, alert)| matches!(alert.about, Subject::Server(_)))
    );
}

#[test]
fn a_fourth_joins_the_others_and_one_that_is_deleted_is_waited_for_no_longer() {
    let mut story = Story::live_running(&FOUR);
    for name in &FOUR[..3] {
        story.crashes(name);
    }
    story.later(3).crashes("Zomboid").later(5);
    assert_eq!(story.told.len(), 2);
    assert!(story.told[1].1.goes_on);
    for name in &FOUR[..3] {
        story.later(10).comes_up(name);
    }
    story.listed.retain(|server| server.name != "Zomboid");
    story.list();
    assert_eq!(story.told.len(), 2, "nobody waits for what is gone");
    story.later(60).tells("Skyblock", Offline).later(3);
    assert!(matches!(story.told[2].1.about, Subject::Server(_)));
}
