//! The last hour, the last changes, and how urgent a redraw is.

use super::story::{Story, id, resources};
use pterodactyl_client::{
    PowerState::{Offline, Running, Starting, Stopping},
    Resources,
};
use pterotray_core::{
    Action, Cause, Changed, Condition, Freshness, History, PowerSignal, Source,
    settings::SettingsChange,
};
use std::time::Duration;

fn history(story: &Story) -> History {
    story.state.history(&id("Skyblock")).unwrap()
}

fn stats(uptime: u64, rx: u64) -> Resources {
    Resources {
        network_rx_bytes: rx,
        ..resources(Running, Duration::from_secs(uptime))
    }
}

#[test]
fn an_hour_is_kept_one_point_for_ten_seconds() {
    let mut story = Story::live_with("Skyblock", Running);
    for second in 0..5000_u64 {
        story
            .later(1)
            .tells_stats("Skyblock", stats(600 + second, second * 100));
    }
    let points = history(&story).points;
    assert_eq!(points.len(), 360);
    assert!(
        points
            .windows(2)
            .all(|two| two[1].at_ms - two[0].at_ms == 10_000)
    );
    let last = points.last().unwrap();
    assert!(last.at_ms <= story.now.wall_ms && last.at_ms > story.now.wall_ms - 10_000);
    assert!(
        points
            .iter()
            .all(|point| point.rx_per_second == Some(100.0))
    );
    story.later(1800).list();
    assert!(
        history(&story).points.len() <= 180,
        "what is older is not drawn"
    );
}

#[test]
fn a_counter_that_began_anew_gives_no_rate_and_never_a_negative_one() {
    let mut story = Story::listing(&["Skyblock"]);
    for (uptime, rx) in [(1000, 900_000), (1030, 903_000), (5, 500), (35, 3_500)] {
        story.later(30).reads_with("Skyblock", stats(uptime, rx));
    }
    let rates: Vec<_> = history(&story)
        .points
        .iter()
        .map(|p| p.rx_per_second)
        .collect();
    assert_eq!(rates, [None, Some(100.0), None, Some(100.0)]);
}

#[test]
fn a_clock_put_back_leaves_no_points_in_the_future() {
    let mut story = Story::with("Skyblock", Running);
    story.later(30).reads("Skyblock", Running);
    story.now.wall_ms -= 3_600_000;
    story.later(30).reads("Skyblock", Running);
    let points = history(&story).points;
    assert_eq!(points.len(), 1);
    assert!(points[0].at_ms <= story.now.wall_ms);
}

#[test]
fn changes_are_kept_with_their_causes_and_sources() {
    let mut story = Story::with("Skyblock", Running);
    story.opens("Skyblock").tells("Skyblock", Running);
    story
        .later(5)
        .tells("Skyblock", Offline)
        .soon()
        .reports_a_crash("Skyblock");
    story
        .later(5)
        .power("Skyblock", PowerSignal::Start)
        .taken("Skyblock", PowerSignal::Start);
    story
        .tells("Skyblock", Starting)
        .later(5)
        .tells("Skyblock", Running);
    story
        .later(5)
        .tells("Skyblock", Stopping)
        .later(5)
        .tells("Skyblock", Offline);
    story.later(5).closes("Skyblock", false).later(300);
    story.relists("Skyblock", |server| server.transferring = true);
    let told = |changed: &Changed| (changed.from, changed.to, changed.cause, changed.source);
    let changes: Vec<_> = history(&story).changes.iter().map(told).collect();
    let crash = Cause::Crashed {
        exit_code: Some(137),
        out_of_memory: Some(true),
    };
    let own = Cause::Own {
        signal: PowerSignal::Start,
    };
    let live = Some(Source::Live);
    use Condition as C;
    assert_eq!(
        changes,
        [
            (C::Unknown, C::Running, Cause::Found, Some(Source::Poll)),
            (C::Running, C::Crashed, crash, live),
            (C::Crashed, C::Starting, own, live),
            (C::Starting, C::Running, Cause::Observed, live),
            (C::Running, C::Stopping, Cause::Observed, live),
            (C::Stopping, C::Offline, Cause::Stopped, live),
            (C::Offline, C::Unknown, Cause::Away, None),
            (C::Unknown, C::Transferring, Cause::List, Some(Source::List)),
        ]
    );
}

#[test]
fn only_the_last_fifty_changes_are_kept() {
    let mut story = Story::live_with("Skyblock", Running);
    for _ in 0..40 {
        story
            .later(60)
            .tells("Skyblock", Stopping)
            .later(60)
            .tells("Skyblock", Running);
    }
    assert_eq!(history(&story).changes.len(), 50);
}

#[test]
fn figures_may_wait_and_news_may_not() {
    let mut story = Story::live_with("Skyblock", Running);
    assert_eq!(story.state.take_freshness(), Freshness::News);
    assert_eq!(story.state.take_freshness(), Freshness::Same);
    story.later(1).tells_stats("Skyblock", stats(600, 0));
    assert_eq!(story.state.take_freshness(), Freshness::Figures);
    story.later(1).reads("Skyblock", Offline);
    assert_eq!(
        story.state.take_freshness(),
        Freshness::Same,
        "the socket knows better"
    );
    story
        .later(1)
        .tells("Skyblock", Stopping)
        .tells_stats("Skyblock", stats(601, 0));
    assert_eq!(story.state.take_freshness(), Freshness::News);
    story.later(1).tells("Skyblock", Stopping).later(120);
    assert_eq!(
        story.state.take_freshness(),
        Freshness::News,
        "it hangs, and nobody told"
    );
    let change = SettingsChange {
        allow_force_stop: Some(true),
        ..SettingsChange::default()
    };
    story.press(Action::ChangeSettings { change });
    assert_eq!(story.state.take_freshness(), Freshness::News);
}
