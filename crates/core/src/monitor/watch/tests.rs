//! A panel watched in virtual time.
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "whatever else there is to do fails the test"
)]

mod swallowed;

use super::*;
use crate::effect::Watched;
use pterodactyl_client::{
    Scope,
    live::{NextToken, Retry},
};
use std::collections::{BTreeMap, BTreeSet};

const SHORTEST: Duration = Duration::from_secs(21);

fn plan(count: usize) -> Plan {
    let watched = || Watched {
        node: "node-1".to_owned(),
        live: None,
    };
    Plan {
        scope: Scope::Mine,
        every: Duration::from_secs(30),
        listed: count,
        servers: (0..count)
            .map(|n| (format!("s{n:03}"), watched()))
            .collect(),
        silent_nodes: BTreeSet::new(),
    }
}

fn limit(limit: u32, remaining: u32) -> Option<Budget> {
    Some(Budget { limit, remaining })
}

/// A panel that answers every request after `takes`, for `length`. Returns when each server was
/// asked, and the most requests at a time.
struct Evening {
    watch: Watch,
    asked: BTreeMap<String, Vec<Duration>>,
    lists: Vec<Duration>,
    most: usize,
}

impl Evening {
    fn of(watch: Watch, takes: Duration, length: Duration) -> Evening {
        Evening::where_each_takes(watch, |_| takes, Duration::ZERO, length)
    }

    /// The same from `now` on, where a server's answer takes its own time. A list takes none.
    fn where_each_takes(
        mut watch: Watch,
        takes: impl Fn(&str) -> Duration,
        mut now: Duration,
        length: Duration,
    ) -> Evening {
        let mut asked: BTreeMap<String, Vec<Duration>> = BTreeMap::new();
        let (mut lists, mut most) = (Vec::new(), 0);
        let mut flying: Vec<(Duration, Option<String>)> = Vec::new();
        while now < length {
            match watch.next(now) {
                Next::List => {
                    lists.push(now);
                    flying.push((now, None));
                }
                Next::Resources(uuid) => {
                    asked.entry(uuid.clone()).or_default().push(now);
                    flying.push((now + takes(&uuid), Some(uuid)));
                }
                Next::View(_) | Next::Log(_) | Next::Token(_) | Next::Open(_) | Next::Close(_) => {}
                Next::Wait(until) => {
                    let back = flying.iter().map(|(at, _)| *at).min();
                    now = [until, back].into_iter().flatten().min().unwrap_or(length);
                    let (done, rest) = flying.into_iter().partition(|(at, _)| *at <= now);
                    flying = rest;
                    for (_, uuid) in done {
                        match uuid {
                            None => {
                                watch.list_done(now, Came::Good, 1);
                            }
                            Some(uuid) => watch.resources_done(now, &uuid, Came::Good),
                        }
                    }
                }
            }
            most = most.max(flying.len());
        }
        Evening {
            watch,
            asked,
            lists,
            most,
        }
    }

    /// Requests in the fullest minute, wherever it begins.
    fn fullest_minute(&self) -> usize {
        let mut all: Vec<Duration> = self.asked.values().flatten().copied().collect();
        all.extend(&self.lists);
        all.sort();
        let within = |from: Duration| {
            let minute = from..from + seconds(60);
            all.iter().filter(|at| minute.contains(at)).count()
        };
        all.iter().map(|at| within(*at)).max().unwrap_or_default()
    }
}

fn watching(count: usize) -> Watch {
    let mut watch = Watch::new(SHORTEST, 1);
    watch.learn(Duration::ZERO, limit(720, 700));
    watch.adopt(&plan(count), Duration::ZERO);
    watch
}

/// The same, with the first list there.
fn proven(count: usize) -> Watch {
    let mut watch = watching(count);
    assert_eq!(watch.next(Duration::ZERO), Next::List);
    watch.list_done(Duration::ZERO, Came::Good, 1);
    watch
}

fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

fn milliseconds(n: u64) -> Duration {
    Duration::from_millis(n)
}

fn looked_at(watch: &mut Watch, now: Duration) -> String {
    match watch.next(now) {
        Next::Resources(uuid) => uuid,
        other => panic!("a server is due, not {other:?}"),
    }
}

#[test]
fn the_list_comes_first_and_then_every_server_at_once() {
    let evening = Evening::of(watching(20), milliseconds(50), seconds(2));
    assert_eq!(evening.lists, [Duration::ZERO]);
    assert_eq!(evening.asked.len(), 20);
    assert_eq!(evening.most, 4);
}

#[test]
fn afterwards_each_is_asked_once_a_period_and_they_are_spread_over_it() {
    let evening = Evening::of(watching(30), milliseconds(50), seconds(300));
    let mut starts: Vec<Duration> = Vec::new();
    for (uuid, times) in &evening.asked {
        for pair in times[1..].windows(2) {
            let gap = pair[1] - pair[0];
            assert!((seconds(30)..seconds(32)).contains(&gap), "{uuid}: {gap:?}");
        }
        let span = seconds(120)..seconds(150);
        starts.extend(times.iter().filter(|at| span.contains(at)));
    }
    starts.sort();
    let widest = starts.windows(2).map(|pair| pair[1] - pair[0]).max();
    assert!(widest < Some(seconds(3)), "{widest:?}");
}

#[test]
fn the_list_is_asked_every_three_minutes() {
    let evening = Evening::of(watching(1), milliseconds(50), seconds(400));
    assert_eq!(evening.lists.len(), 3);
}

#[test]
fn half_of_the_limit_is_never_exceeded() {
    let mut watch = Watch::new(SHORTEST, 1);
    watch.learn(Duration::ZERO, limit(256, 200));
    watch.adopt(&plan(150), Duration::ZERO);
    let evening = Evening::of(watch, milliseconds(50), seconds(600));
    assert!(
        evening.fullest_minute() <= 128,
        "{}",
        evening.fullest_minute()
    );
    assert_eq!(evening.asked.len(), 150);
    for times in evening.asked.values() {
        let widest = times.windows(2).map(|pair| pair[1] - pair[0]).max();
        assert!(widest <= Some(seconds(90)), "{widest:?}");
    }
}

#[test]
fn a_person_who_asks_gets_everything_now_but_no_more_than_half_the_limit() {
    let mut watch = watching(400);
    watch.refresh(Duration::ZERO);
    let evening = Evening::of(watch, milliseconds(50), seconds(59));
    // A list is among them, of four pages.
    assert_eq!(evening.fullest_minute() + 3, 360);
}

#[test]
fn little_left_of_the_limit_stretches_the_period() {
    let mut watch = watching(70);
    assert_eq!(watch.period(), seconds(30));
    watch.learn(Duration::ZERO, limit(256, 40));
    assert!(watch.period() > seconds(60));
}

#[test]
fn a_single_429_concerns_one_server_and_two_in_a_row_silence_the_panel() {
    let mut watch = proven(2);
    let first = looked_at(&mut watch, seconds(1));
    watch.resources_done(seconds(1), &first, Came::TooMany(Some(seconds(40))));
    let second = looked_at(&mut watch, seconds(1));
    assert_ne!(first, second);
    watch.resources_done(seconds(1), &second, Came::TooMany(Some(seconds(40))));
    let Next::Wait(Some(until)) = watch.next(seconds(2)) else {
        panic!("silence");
    };
    // As long as the panel says, and a little longer, so that not all computers are back at once.
    assert!((seconds(42)..=seconds(47)).contains(&until), "{until:?}");
    assert_ne!(until, seconds(42));
}

#[test]
fn while_the_panel_does_not_answer_only_the_list_is_tried() {
    let mut watch = watching(5);
    let mut now = Duration::ZERO;
    for _ in 0..6 {
        assert_eq!(watch.next(now), Next::List);
        watch.list_done(now, Came::Bad, 1);
        let Next::Wait(Some(until)) = watch.next(now) else {
            panic!("nothing else")
        };
        now = until;
    }
}

#[test]
fn servers_are_looked_at_while_only_the_list_fails() {
    let mut watch = proven(1);
    let first = looked_at(&mut watch, seconds(1));
    watch.resources_done(seconds(1), &first, Came::Good);
    let mut looks = 0;
    let mut now = seconds(180);
    while now < seconds(400) {
        match watch.next(now) {
            Next::List => {
                watch.list_done(now, Came::OnlyThis, 1);
            }
            Next::Resources(uuid) => {
                looks += 1;
                watch.resources_done(now, &uuid, Came::Good);
            }
            Next::Wait(Some(until)) => now = until,
            other => panic!("{other:?}"),
        }
    }
    assert!(looks >= 7, "{looks}");
}

#[test]
fn after_a_sleep_the_panel_proves_itself_before_its_servers_are_asked() {
    let mut watch = proven(2);
    watch.woke(seconds(10));
    assert_eq!(watch.next(seconds(10)), Next::List);
    assert!(matches!(watch.next(seconds(10)), Next::Wait(_)));
    watch.list_done(seconds(11), Came::Good, 1);
    looked_at(&mut watch, seconds(11));
}

#[test]
fn a_server_with_a_signal_under_way_is_looked_at_often_for_a_while() {
    let mut evening = Evening::of(watching(1), milliseconds(50), seconds(95));
    evening.watch.follow("s000", seconds(95));
    let mut looks = 0;
    let mut now = seconds(95);
    while now < seconds(130) {
        match evening.watch.next(now) {
            Next::Resources(uuid) => {
                looks += 1;
                evening.watch.resources_done(now, &uuid, Came::Good);
            }
            Next::Wait(Some(until)) => now = until,
            _ => break,
        }
    }
    assert!((7..=9).contains(&looks), "{looks}");
}

#[test]
fn a_shorter_period_is_obeyed_at_once_by_servers_that_were_looked_at_long_ago() {
    let mut slow = plan(4);
    slow.every = seconds(600);
    let mut watch = Watch::new(SHORTEST, 1);
    watch.adopt(&slow, Duration::ZERO);
    let evening = Evening::of(watch, milliseconds(50), seconds(650));
    let mut watch = evening.watch;
    watch.adopt(&plan(4), seconds(650));
    let mut asked = BTreeSet::new();
    let mut now = seconds(650);
    while now < seconds(680) {
        match watch.next(now) {
            Next::List => {
                watch.list_done(now, Came::Good, 1);
            }
            Next::Resources(uuid) => {
                watch.resources_done(now, &uuid, Came::Good);
                asked.insert(uuid);
            }
            Next::Wait(Some(until)) => now = until,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(asked.len(), 4);
}

#[test]
fn a_server_whose_socket_is_live_is_not_polled_until_it_is_lost() {
    let mut watch = proven(1);
    let mut live = plan(1);
    live.servers
        .values_mut()
        .for_each(|watched| watched.live = Some(0));
    watch.adopt(&live, Duration::ZERO);
    assert_eq!(watch.next(seconds(1)), Next::Token("s000".into()));
    let uuid = looked_at(&mut watch, seconds(1));
    watch.resources_done(seconds(1), &uuid, Came::Good);
    watch.token_done(seconds(1), "s000", Ok(()));
    assert_eq!(watch.next(seconds(1)), Next::Open("s000".into()));
    watch.tells("s000");
    assert_eq!(watch.next(seconds(100)), Next::Wait(Some(seconds(180))));
    let gone = Advice {
        retry: Retry::After(seconds(20)),
        token: NextToken::Reuse,
        poll: true,
    };
    watch.closed(seconds(100), "s000", &gone);
    looked_at(&mut watch, seconds(100));
}

#[test]
fn servers_that_lose_their_sockets_together_are_spread_over_the_period() {
    let mut watch = proven(20);
    let names: Vec<String> = (0..20).map(|n| format!("s{n:03}")).collect();
    for name in &names {
        watch.tells(name);
    }
    let gone = Advice {
        retry: Retry::Never,
        token: NextToken::Fresh,
        poll: true,
    };
    for name in &names {
        watch.closed(seconds(5), name, &gone);
    }
    let at_once = |_: &str| milliseconds(50);
    let evening = Evening::where_each_takes(watch, at_once, seconds(5), seconds(120));
    let mut third: Vec<Duration> = evening.asked.values().map(|times| times[2]).collect();
    third.sort();
    let widest = third.windows(2).map(|pair| pair[1] - pair[0]).max();
    assert!(third[19] - third[0] > seconds(20), "a burst: {third:?}");
    assert!(widest < Some(seconds(4)), "{widest:?}");
}

#[test]
fn counts_that_are_told_once_silence_the_panel_once() {
    let mut watch = proven(1);
    watch.learn(seconds(1), limit(256, 0));
    watch.learn(seconds(50), None);
    looked_at(&mut watch, seconds(63));
}

#[test]
fn a_list_that_was_asked_for_before_a_sleep_proves_nothing() {
    let mut watch = watching(1);
    assert_eq!(watch.next(Duration::ZERO), Next::List);
    watch.woke(seconds(10));
    assert!(!watch.list_done(seconds(11), Came::Good, 1));
    assert_eq!(watch.next(seconds(11)), Next::List);
    assert!(matches!(watch.next(seconds(11)), Next::Wait(_)));
    assert!(watch.list_done(seconds(12), Came::Good, 1));
    looked_at(&mut watch, seconds(12));
}

#[test]
fn pages_that_nobody_knew_of_count() {
    let mut watch = Watch::new(SHORTEST, 1);
    watch.learn(Duration::ZERO, limit(20, 20));
    watch.adopt(&plan(4), Duration::ZERO);
    assert_eq!(watch.next(Duration::ZERO), Next::List);
    // It took nine: one more is half of the limit.
    watch.list_done(Duration::ZERO, Came::Good, 9);
    looked_at(&mut watch, Duration::ZERO);
    assert!(matches!(watch.next(Duration::ZERO), Next::Wait(Some(_))));
}

#[test]
fn own_pages_come_after_readings_and_one_by_one() {
    let mut watch = proven(1);
    watch.view("s000");
    watch.view("s001");
    looked_at(&mut watch, seconds(1));
    assert!(matches!(watch.next(seconds(1)), Next::View(_)));
    assert!(matches!(watch.next(seconds(1)), Next::Wait(Some(_))));
}

#[test]
fn a_first_round_that_would_eat_the_limit_is_spread() {
    let mut watch = Watch::new(SHORTEST, 1);
    watch.learn(Duration::ZERO, limit(256, 250));
    watch.adopt(&plan(150), Duration::ZERO);
    let evening = Evening::of(watch, milliseconds(50), seconds(10));
    let asked: usize = evening.asked.values().map(Vec::len).sum();
    assert!(asked <= 25, "{asked}");
}
