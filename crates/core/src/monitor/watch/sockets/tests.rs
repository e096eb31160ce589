//! Sockets opened and closed in virtual time.

use super::*;
use crate::effect::Watched;
use pterodactyl_client::Scope;
use std::collections::BTreeSet;

const PACE: Duration = Duration::from_secs(21);

fn seconds(n: u64) -> Duration {
    Duration::from_secs(n)
}

fn plan(live: &[&str]) -> Plan {
    let watched = |place: usize| Watched {
        node: "node-1".to_owned(),
        live: u16::try_from(place).ok(),
    };
    let servers = live.iter().enumerate();
    Plan {
        scope: Scope::Mine,
        every: PACE,
        listed: live.len(),
        servers: servers
            .map(|(place, uuid)| ((*uuid).to_owned(), watched(place)))
            .collect(),
        silent_nodes: BTreeSet::new(),
    }
}

fn wanting(live: &[&str]) -> Sockets {
    let mut sockets = Sockets::new(PACE, 1);
    sockets.adopt(&plan(live), Duration::ZERO);
    sockets
}

fn open(uuid: &str) -> Option<Turn> {
    Some(Turn::Open(uuid.to_owned()))
}

fn token(uuid: &str) -> Option<Turn> {
    Some(Turn::Token(uuid.to_owned()))
}

/// Opens a socket, from its token on.
fn opened(uuid: &str) -> Sockets {
    let mut sockets = wanting(&[uuid]);
    assert_eq!(sockets.costly_turn(Duration::ZERO, None), token(uuid));
    sockets.token_done(Duration::ZERO, uuid, Ok(()));
    assert_eq!(sockets.free_turn(Duration::ZERO), open(uuid));
    sockets
}

fn advice(retry: Retry, token: NextToken) -> Advice {
    Advice {
        retry,
        token,
        poll: true,
    }
}

#[test]
fn the_most_wanted_comes_first_and_the_next_a_little_later() {
    let mut sockets = wanting(&["b", "a"]);
    assert_eq!(sockets.costly_turn(Duration::ZERO, None), token("b"));
    assert_eq!(sockets.costly_turn(Duration::ZERO, None), None);
    sockets.token_done(Duration::ZERO, "b", Ok(()));
    assert_eq!(sockets.free_turn(Duration::ZERO), open("b"));
    assert_eq!(sockets.costly_turn(Duration::ZERO, None), None);
    let wake = sockets.wake(Duration::ZERO).unwrap();
    assert_eq!(wake, STAGGER);
    assert_eq!(sockets.costly_turn(wake, None), token("a"));
}

#[test]
fn a_server_never_has_a_second_socket() {
    let mut sockets = opened("a");
    for n in 0..60 {
        sockets.adopt(&plan(&["a"]), seconds(n));
        assert_eq!(sockets.free_turn(seconds(n)), None);
        assert_eq!(sockets.costly_turn(seconds(n), None), None);
    }
}

#[test]
fn one_that_is_no_longer_wanted_is_closed_and_may_come_back_afterwards() {
    let mut sockets = opened("a");
    sockets.adopt(&plan(&[]), seconds(1));
    assert_eq!(sockets.free_turn(seconds(1)), Some(Turn::Close("a".into())));
    // Wanted again before it is closed: not a second one.
    sockets.adopt(&plan(&["a"]), seconds(2));
    assert_eq!(sockets.costly_turn(seconds(2), None), None);
    sockets.closed(seconds(3), "a", &advice(Retry::Never, NextToken::Reuse));
    sockets.adopt(&plan(&[]), seconds(4));
    sockets.adopt(&plan(&["a"]), seconds(5));
    assert_eq!(sockets.costly_turn(seconds(5), None), token("a"));
}

#[test]
fn a_dropped_one_comes_back_with_the_token_at_hand() {
    let mut sockets = opened("a");
    let wait = Retry::After(seconds(2));
    sockets.closed(seconds(10), "a", &advice(wait, NextToken::Reuse));
    assert_eq!(sockets.wake(seconds(10)), Some(seconds(12)));
    assert_eq!(sockets.free_turn(seconds(12)), open("a"));
}

#[test]
fn what_the_node_refuses_is_asked_of_the_panel_first() {
    let mut sockets = opened("a");
    let ask = Retry::AskPanel(seconds(4));
    sockets.closed(seconds(10), "a", &advice(ask, NextToken::Fresh));
    assert_eq!(
        sockets.costly_turn(seconds(14), None),
        Some(Turn::View("a".into()))
    );
    sockets.viewed(seconds(15), "a", true);
    assert_eq!(sockets.costly_turn(seconds(15), None), token("a"));
}

#[test]
fn a_token_refused_for_good_is_asked_for_twice_at_most() {
    let mut sockets = wanting(&["a"]);
    let mut asked = 0;
    for n in 0..600 {
        match sockets.costly_turn(seconds(n), None) {
            Some(Turn::Token(_)) => {
                asked += 1;
                sockets.token_done(seconds(n), "a", Err(TokenRefusal::Never));
            }
            Some(Turn::View(_)) => sockets.viewed(seconds(n), "a", true),
            _ => {}
        }
    }
    assert_eq!(asked, 2);
}

#[test]
fn a_throttled_token_waits_as_long_as_the_panel_says() {
    let mut sockets = wanting(&["a"]);
    assert_eq!(sockets.costly_turn(Duration::ZERO, None), token("a"));
    let later = TokenRefusal::Later(Some(seconds(60)));
    sockets.token_done(Duration::ZERO, "a", Err(later));
    assert!((seconds(60)..seconds(121)).contains(&sockets.wake(Duration::ZERO).unwrap()));
    // Not even for a person who asks anew.
    sockets.retry(seconds(5));
    assert_eq!(sockets.wake(seconds(5)), Some(seconds(60)));
    assert_eq!(sockets.costly_turn(seconds(59), None), None);
}

#[test]
fn a_token_that_does_not_come_stands_in_nobodys_way() {
    let mut sockets = wanting(&["hung", "a", "b"]);
    assert_eq!(sockets.costly_turn(Duration::ZERO, None), token("hung"));
    assert_eq!(sockets.costly_turn(Duration::ZERO, None), None);
    let wake = sockets.wake(Duration::ZERO).unwrap();
    assert_eq!(sockets.costly_turn(wake, None), token("a"));
    // Not more than two of one node.
    assert_eq!(sockets.costly_turn(wake + SLOW, None), None);
    sockets.token_done(wake, "a", Ok(()));
    assert_eq!(sockets.free_turn(wake), open("a"));
    assert_eq!(sockets.costly_turn(wake + STAGGER, None), token("b"));
}

#[test]
fn a_person_who_asks_anew_gets_a_socket_that_waits_long() {
    let mut sockets = opened("a");
    let wait = Retry::After(seconds(600));
    sockets.closed(seconds(10), "a", &advice(wait, NextToken::Fresh));
    sockets.retry(seconds(20));
    assert_eq!(sockets.costly_turn(seconds(20), None), token("a"));
}

#[test]
fn after_a_sleep_every_socket_is_closed_and_opened_with_a_fresh_token() {
    let mut sockets = opened("a");
    sockets.woke(seconds(9));
    assert_eq!(sockets.free_turn(seconds(9)), Some(Turn::Close("a".into())));
    sockets.closed(seconds(9), "a", &advice(Retry::Never, NextToken::Reuse));
    assert_eq!(sockets.costly_turn(seconds(9), None), token("a"));
}

#[test]
fn nothing_is_opened_on_a_silent_node() {
    let mut sockets = opened("a");
    let wait = Retry::After(seconds(1));
    sockets.closed(seconds(10), "a", &advice(wait, NextToken::Reuse));
    let mut silent = plan(&["a"]);
    silent.silent_nodes.insert("node-1".to_owned());
    sockets.adopt(&silent, seconds(10));
    assert_eq!(sockets.free_turn(seconds(60)), None);
    assert_eq!(sockets.wake(seconds(60)), None);
    sockets.adopt(&plan(&["a"]), seconds(70));
    assert_eq!(sockets.free_turn(seconds(70)), open("a"));
}

#[test]
fn a_session_that_wants_a_newer_token_goes_before_new_sockets() {
    let mut sockets = opened("b");
    sockets.adopt(&plan(&["b", "a"]), seconds(400));
    sockets.needs_token("b", seconds(420));
    assert_eq!(sockets.costly_turn(seconds(420), None), token("b"));
    assert_eq!(sockets.costly_turn(seconds(420), None), token("a"));
}
