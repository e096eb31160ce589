//! The schedule obeyed in virtual time.

use super::*;
use crate::effect::Watched;
use pterodactyl_client::Scope;
use std::collections::BTreeSet;

const SHORTEST: Duration = Duration::from_secs(21);

fn plan(count: usize) -> Plan {
    Plan {
        scope: Scope::Mine,
        every: Duration::from_secs(30),
        servers: (0..count)
            .map(|n| {
                let node = "node-1".to_owned();
                (format!("s{n:03}"), Watched { node, live: None })
            })
            .collect(),
        silent_nodes: BTreeSet::new(),
    }
}

/// A panel that answers every request after `takes`, for `length`. Returns when each server was
/// asked, and the most requests at a time.
struct Evening {
    schedule: Schedule,
    asked: BTreeMap<String, Vec<Duration>>,
    lists: Vec<Duration>,
    most: usize,
}

impl Evening {
    fn of(mut schedule: Schedule, takes: Duration, length: Duration) -> Evening {
        let mut asked: BTreeMap<String, Vec<Duration>> = BTreeMap::new();
        let (mut lists, mut most) = (Vec::new(), 0);
        let mut flying: Vec<(Duration, Option<String>)> = Vec::new();
        let mut now = Duration::ZERO;
        while now < length {
            let next = schedule.next(now);
            match next {
                Next::List => {
                    lists.push(now);
                    flying.push((now + takes, None));
                }
                Next::Resources(uuid) => {
                    asked.entry(uuid.clone()).or_default().push(now);
                    flying.push((now + takes, Some(uuid)));
                }
                Next::View(_) => {}
                Next::Wait(until) => {
                    let back = flying.iter().map(|(at, _)| *at).min();
                    now = [until, back].into_iter().flatten().min().unwrap_or(length);
                    let (done, rest) = flying.into_iter().partition(|(at, _)| *at <= now);
                    flying = rest;
                    for (_, uuid) in done {
                        match uuid {
                            None => schedule.list_done(now, Came::Good),
                            Some(uuid) => schedule.resources_done(now, &uuid, Came::Good),
                        }
                    }
                }
            }
            most = most.max(flying.len());
        }
        Evening {
            schedule,
            asked,
            lists,
            most,
        }
    }
}

fn watching(count: usize) -> Schedule {
    let mut schedule = Schedule::new(SHORTEST);
    schedule.adopt(&plan(count), Duration::ZERO);
    schedule
}

fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

#[test]
fn the_list_comes_first_and_then_every_server_at_once() {
    let evening = Evening::of(watching(20), Duration::from_millis(50), seconds(2));
    assert_eq!(evening.lists, [Duration::ZERO]);
    assert_eq!(evening.asked.len(), 20);
    assert_eq!(evening.most, 4);
}

#[test]
fn afterwards_each_is_asked_once_a_period_and_they_are_spread_over_it() {
    let evening = Evening::of(watching(30), Duration::from_millis(50), seconds(300));
    let mut starts: Vec<Duration> = Vec::new();
    for (uuid, times) in &evening.asked {
        for pair in times[1..].windows(2) {
            let gap = pair[1] - pair[0];
            assert!((seconds(30)..seconds(32)).contains(&gap), "{uuid}: {gap:?}");
        }
        starts.extend(
            times
                .iter()
                .filter(|at| (seconds(120)..seconds(150)).contains(at)),
        );
    }
    starts.sort();
    let widest = starts.windows(2).map(|pair| pair[1] - pair[0]).max();
    assert!(widest < Some(seconds(3)), "{widest:?}");
}

#[test]
fn the_list_is_asked_every_three_minutes() {
    let evening = Evening::of(watching(1), Duration::from_millis(50), seconds(400));
    assert_eq!(evening.lists.len(), 3);
}

#[test]
fn half_of_the_limit_is_never_exceeded() {
    let mut schedule = watching(150);
    schedule.learn(Some(Budget {
        limit: 256,
        remaining: 200,
    }));
    let evening = Evening::of(schedule, Duration::from_millis(50), seconds(600));
    let in_minute = |minute: u64| {
        let span = seconds(60 * minute)..seconds(60 * (minute + 1));
        evening
            .asked
            .values()
            .flatten()
            .filter(|at| span.contains(at))
            .count()
    };
    for minute in 3..9 {
        assert!(in_minute(minute) <= 128, "{}", in_minute(minute));
    }
    assert!(evening.schedule.period() <= seconds(90));
}

#[test]
fn little_left_of_the_limit_stretches_the_period() {
    let mut schedule = watching(5);
    schedule.learn(Some(Budget {
        limit: 256,
        remaining: 40,
    }));
    assert_eq!(schedule.period(), seconds(60));
}

#[test]
fn a_single_429_concerns_one_server_and_two_in_a_row_silence_the_panel() {
    let mut schedule = watching(2);
    assert_eq!(schedule.next(Duration::ZERO), Next::List);
    schedule.list_done(Duration::ZERO, Came::Good);
    let ask = |schedule: &mut Schedule| {
        let Next::Resources(uuid) = schedule.next(seconds(1)) else {
            panic!("a server is due")
        };
        uuid
    };
    let first = ask(&mut schedule);
    schedule.resources_done(seconds(1), &first, Came::TooMany(Some(seconds(40))));
    let second = ask(&mut schedule);
    assert_ne!(first, second);
    schedule.resources_done(seconds(1), &second, Came::TooMany(Some(seconds(40))));
    assert_eq!(schedule.next(seconds(2)), Next::Wait(Some(seconds(42))));
}

#[test]
fn while_the_panel_does_not_answer_only_the_list_is_tried_less_and_less() {
    let mut schedule = watching(5);
    let mut now = Duration::ZERO;
    let mut waits = Vec::new();
    for _ in 0..6 {
        assert_eq!(schedule.next(now), Next::List);
        schedule.list_done(now, Came::Bad);
        let Next::Wait(Some(until)) = schedule.next(now) else {
            panic!("nothing else")
        };
        waits.push((until - now).as_secs());
        now = until;
    }
    assert_eq!(waits, [5, 10, 20, 40, 60, 60]);
}

#[test]
fn a_refused_key_is_tried_seldom() {
    let mut schedule = watching(5);
    let mut now = Duration::ZERO;
    let mut waits = Vec::new();
    for _ in 0..3 {
        assert_eq!(schedule.next(now), Next::List);
        schedule.list_done(now, Came::Refused);
        let Next::Wait(Some(until)) = schedule.next(now) else {
            panic!("nothing else")
        };
        waits.push((until - now).as_secs());
        now = until;
    }
    assert_eq!(waits, [5, 300, 300]);
}

#[test]
fn a_person_who_asks_gets_everything_now() {
    let mut evening = Evening::of(watching(3), Duration::from_millis(50), seconds(100));
    evening.schedule.refresh(seconds(100));
    assert_eq!(evening.schedule.next(seconds(100)), Next::List);
    assert!(matches!(
        evening.schedule.next(seconds(100)),
        Next::Resources(_)
    ));
}

#[test]
fn a_server_with_a_signal_under_way_is_looked_at_often_for_a_while() {
    let mut evening = Evening::of(watching(1), Duration::from_millis(50), seconds(95));
    evening.schedule.follow("s000", seconds(95));
    let mut looks = 0;
    let mut now = seconds(95);
    while now < seconds(130) {
        match evening.schedule.next(now) {
            Next::Resources(uuid) => {
                looks += 1;
                evening.schedule.resources_done(now, &uuid, Came::Good);
            }
            Next::Wait(Some(until)) => now = until,
            Next::List | Next::View(_) | Next::Wait(None) => break,
        }
    }
    assert!((7..=9).contains(&looks), "{looks}");
}

#[test]
fn a_server_that_keeps_failing_is_asked_less_and_less() {
    let mut schedule = watching(1);
    assert_eq!(schedule.next(Duration::ZERO), Next::List);
    schedule.list_done(Duration::ZERO, Came::Good);
    let mut now = Duration::ZERO;
    let mut waits = Vec::new();
    for _ in 0..5 {
        schedule.list.due = Duration::MAX;
        assert!(matches!(schedule.next(now), Next::Resources(_)));
        schedule.resources_done(now, "s000", Came::Bad);
        let Next::Wait(Some(until)) = schedule.next(now) else {
            panic!("it waits")
        };
        waits.push((until - now).as_secs());
        now = until;
    }
    assert_eq!(waits, [30, 60, 120, 240, 240]);
}

#[test]
fn a_shorter_period_is_obeyed_at_once_by_servers_that_were_looked_at_long_ago() {
    let mut slow = plan(4);
    slow.every = seconds(600);
    let mut schedule = Schedule::new(SHORTEST);
    schedule.adopt(&slow, Duration::ZERO);
    let mut evening = Evening::of(schedule, Duration::from_millis(50), seconds(700));
    evening.schedule.adopt(&plan(4), seconds(700));
    let soon = evening
        .schedule
        .servers
        .values()
        .all(|look| look.due <= seconds(730));
    assert!(soon);
}

#[test]
fn a_list_wanted_while_one_is_on_its_way_is_asked_for_once_more() {
    let mut schedule = watching(1);
    assert_eq!(schedule.next(Duration::ZERO), Next::List);
    schedule.relist(seconds(1));
    schedule.list_done(seconds(2), Came::Good);
    assert_eq!(schedule.list.due, seconds(15));
}

#[test]
fn failing_servers_never_take_all_the_places() {
    let mut schedule = watching(8);
    assert_eq!(schedule.next(Duration::ZERO), Next::List);
    schedule.list_done(Duration::ZERO, Came::Good);
    for look in schedule.servers.values_mut().take(6) {
        look.failures = 1;
    }
    let asked = std::iter::from_fn(|| match schedule.next(seconds(1)) {
        Next::Resources(uuid) => Some(uuid),
        Next::List | Next::View(_) | Next::Wait(_) => None,
    });
    assert_eq!(asked.collect::<Vec<_>>(), ["s000", "s001", "s006", "s007"]);
}

#[test]
fn own_pages_come_after_readings_and_one_by_one() {
    let mut schedule = watching(1);
    assert_eq!(schedule.next(Duration::ZERO), Next::List);
    schedule.list_done(Duration::ZERO, Came::Good);
    schedule.view("s000");
    schedule.view("s001");
    assert!(matches!(schedule.next(seconds(1)), Next::Resources(_)));
    assert!(matches!(schedule.next(seconds(1)), Next::View(_)));
    assert_eq!(schedule.next(seconds(1)), Next::Wait(Some(seconds(2))));
}

#[test]
fn a_first_round_that_would_eat_the_limit_is_spread() {
    let mut schedule = Schedule::new(SHORTEST);
    schedule.learn(Some(Budget {
        limit: 256,
        remaining: 250,
    }));
    schedule.adopt(&plan(150), Duration::ZERO);
    let evening = Evening::of(schedule, Duration::from_millis(50), seconds(60));
    let asked: usize = evening.asked.values().map(Vec::len).sum();
    assert!(asked <= 128, "{asked}");
}
