//! Thousands of invented evenings in virtual time: the real store and the real watch against a model of panels, nodes,
//! people and a computer that sleeps. What must hold is looked at after every event.
//!
//! Nothing here opens a socket, reads a clock or starts a thread. Everything follows from a seed: a failed evening
//! tells its story and the line that runs it again.

mod answer;
mod calm;
mod dice;
mod evening;
mod fault;
mod judge;
mod late;
mod machine;
mod panel;
mod people;
mod queue;
mod server;
mod socket;
mod story;
mod trouble;
mod watching;
mod world;

use crate::condition::Condition;
use evening::Evening;
use std::collections::BTreeSet;
use story::Clock;
use world::World;

/// How many evenings a test run has.
const EVENINGS: u64 = 400;

/// Runs one evening. One that fails is run again to tell its story.
fn spend(evening: &Evening) -> BTreeSet<Condition> {
    let mut world = World::new(evening.clone(), false);
    world.run();
    if world.judge.finding.is_none() {
        return world.judge.seen;
    }
    let mut world = World::new(evening.clone(), true);
    world.run();
    let (at, finding) = world.judge.finding.unwrap_or_default();
    panic!(
        "{finding}, at {} of a {:?} evening of {} servers on {} panels:\n{}\n\
         Again: PTEROTRAY_EVENING={} cargo test -p pterotray-core evening",
        Clock(at),
        evening.flavour,
        evening.servers,
        evening.panels,
        world.story,
        evening.seed,
    );
}

#[test]
fn every_evening_ends_well_and_every_word_is_shown_in_some() {
    let chosen = std::env::var("PTEROTRAY_EVENING").ok();
    if let Some(seed) = chosen.and_then(|seed| seed.parse().ok()) {
        spend(&Evening::short(seed));
        return;
    }
    let mut seen = BTreeSet::new();
    for seed in 0..EVENINGS {
        seen.extend(spend(&Evening::short(seed)));
    }
    let unseen: Vec<Condition> = Condition::ALL
        .into_iter()
        .filter(|word| !seen.contains(word))
        .collect();
    assert!(unseen.is_empty(), "never shown: {unseen:?}");
}

#[test]
fn an_evening_of_a_thousand_servers_ends_well() {
    spend(&Evening::large(1));
}
