//! Requests that fail or are swallowed, and how they hold up nobody else.

use super::*;

#[test]
fn failing_servers_never_take_all_the_places() {
    let mut watch = proven(8);
    for _ in 0..6 {
        let uuid = looked_at(&mut watch, seconds(1));
        watch.resources_done(seconds(1), &uuid, Came::Bad);
    }
    // The six that failed are due again before the two that were never asked come a second time.
    let asked = std::iter::from_fn(|| match watch.next(seconds(20)) {
        Next::Resources(uuid) => Some(uuid),
        _ => None,
    });
    assert_eq!(asked.collect::<Vec<_>>(), ["s006", "s007", "s000", "s001"]);
}

#[test]
fn a_silent_node_is_tried_with_one_server_at_a_time_less_and_less_often() {
    let mut watch = proven(8);
    let mut silent = plan(8);
    silent.silent_nodes.insert("node-1".to_owned());
    watch.adopt(&silent, seconds(1));
    let mut tries = Vec::new();
    let mut now = seconds(1);
    while now < seconds(150) {
        match watch.next(now) {
            Next::Resources(uuid) => {
                assert!(matches!(watch.next(now), Next::Wait(_)), "one at a time");
                watch.resources_done(now, &uuid, Came::Bad);
                tries.push((now.as_secs(), uuid));
            }
            Next::Wait(Some(until)) => now = until,
            other => panic!("{other:?}"),
        }
    }
    let times: Vec<u64> = tries.iter().map(|(at, _)| *at).collect();
    assert_eq!(times, [6, 16, 36, 76, 136]);
    let servers: BTreeSet<_> = tries.into_iter().map(|(_, uuid)| uuid).collect();
    assert_eq!(servers.len(), 5, "each time another one");
    // It answers again: everybody's turn.
    watch.adopt(&plan(8), seconds(150));
    let asked = std::iter::from_fn(|| match watch.next(seconds(150)) {
        Next::Resources(uuid) => Some(uuid),
        _ => None,
    });
    assert_eq!(asked.count(), 4);
}

/// What the panel remembers of a server is no word of its node.
#[test]
fn a_node_that_counts_as_silent_is_asked_no_more_often_for_good_answers() {
    let mut watch = proven(8);
    let mut silent = plan(8);
    silent.silent_nodes.insert("node-1".to_owned());
    watch.adopt(&silent, seconds(1));
    let first = looked_at(&mut watch, seconds(6));
    watch.resources_done(seconds(6), &first, Came::Good);
    assert_eq!(watch.next(seconds(6)), Next::Wait(Some(seconds(16))));
}

#[test]
fn a_silent_node_is_not_tried_again_at_once_because_the_server_that_was_tried_is_blocked() {
    let mut watch = proven(8);
    let mut silent = plan(8);
    silent.silent_nodes.insert("node-1".to_owned());
    watch.adopt(&silent, seconds(1));
    let asked = looked_at(&mut watch, seconds(6));
    silent.servers.remove(&asked);
    watch.adopt(&silent, seconds(6));
    assert_eq!(watch.next(seconds(6)), Next::Wait(Some(seconds(16))));
}

#[test]
fn a_node_that_swallows_requests_leaves_the_others_fresh() {
    let mut two = plan(10);
    for uuid in ["s005", "s006", "s007", "s008", "s009"] {
        two.servers.get_mut(uuid).unwrap().node = "node-2".to_owned();
    }
    let mut watch = Watch::new(SHORTEST, 1);
    watch.learn(Duration::ZERO, limit(720, 700));
    watch.adopt(&two, Duration::ZERO);
    let hung = |uuid: &str| uuid < "s005";
    let takes = |uuid: &str| {
        if hung(uuid) {
            seconds(25)
        } else {
            milliseconds(200)
        }
    };
    let evening = Evening::where_each_takes(watch, takes, Duration::ZERO, seconds(100));
    for (uuid, times) in evening.asked.iter().filter(|(uuid, _)| !hung(uuid)) {
        assert!(
            times[0] < seconds(2),
            "{uuid}: first asked at {:?}",
            times[0]
        );
        for pair in times.windows(2) {
            let gap = pair[1] - pair[0];
            assert!(gap < seconds(33), "{uuid}: {gap:?} between two looks");
        }
    }
}

/// How many looks come about while nothing else is answered.
fn answered_looks(watch: &mut Watch) -> usize {
    let mut looks = 0;
    loop {
        match watch.next(Duration::ZERO) {
            Next::Resources(uuid) => {
                looks += 1;
                watch.resources_done(Duration::ZERO, &uuid, Came::Good);
            }
            Next::Wait(_) => return looks,
            _ => {}
        }
    }
}

#[test]
fn however_many_tokens_are_swallowed_looks_keep_a_place() {
    let mut watch = proven(12);
    let mut live = plan(12);
    for (place, watched) in (0..8).zip(live.servers.values_mut()) {
        watched.live = Some(place);
    }
    watch.adopt(&live, Duration::ZERO);
    for uuid in live.servers.keys().take(8) {
        watch.needs_token(Duration::ZERO, uuid);
        watch.log(uuid);
        watch.view(uuid);
    }
    assert_eq!(answered_looks(&mut watch), 12);
}

#[test]
fn tokens_that_are_swallowed_leave_their_nodes_other_servers_in_sight() {
    let mut watch = proven(12);
    let mut two = plan(12);
    for (place, (uuid, watched)) in (0..).zip(&mut two.servers) {
        watched.live = (place < 3).then_some(place);
        let node = if uuid < &"s006".to_owned() {
            "node-1"
        } else {
            "node-2"
        };
        watched.node = node.to_owned();
    }
    watch.adopt(&two, Duration::ZERO);
    for uuid in two.servers.keys().take(3) {
        watch.needs_token(Duration::ZERO, uuid);
    }
    assert_eq!(answered_looks(&mut watch), 12);
}

#[test]
fn however_many_sockets_are_wanted_looks_get_a_part_of_what_is_asked() {
    let mut many = plan(300);
    for (place, watched) in (0..).zip(many.servers.values_mut()) {
        watched.live = Some(place);
    }
    let mut watch = Watch::new(SHORTEST, 1);
    watch.learn(Duration::ZERO, limit(256, 250));
    watch.adopt(&many, Duration::ZERO);
    let (mut tokens, mut looks, mut now) = (0, 0, Duration::ZERO);
    // In the first minute both find room; in the second all of it is used.
    while now < seconds(122) {
        if now < seconds(62) {
            (tokens, looks) = (0, 0);
        }
        match watch.next(now) {
            Next::List => {
                watch.list_done(now, Came::Good, 3);
            }
            Next::Token(uuid) => {
                tokens += 1;
                watch.token_done(now, &uuid, Ok(()));
            }
            Next::Resources(uuid) => {
                looks += 1;
                watch.resources_done(now, &uuid, Came::Good);
            }
            Next::Open(_) => {}
            Next::Wait(Some(until)) => now = until,
            other => panic!("{other:?}"),
        }
    }
    assert!(tokens >= 60, "{tokens} tokens");
    assert!(looks * 4 >= tokens, "{looks} looks, {tokens} tokens");
}
