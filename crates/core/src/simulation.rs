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
mod heard;
mod judge;
mod late;
mod machine;
mod night;
mod panel;
mod patience;
mod people;
mod queue;
mod server;
mod shut;
mod socket;
mod story;
mod trouble;
mod watching;
mod weeks;
mod world;

use crate::condition::Condition;
use evening::Evening;
use judge::Asked;
use std::collections::BTreeSet;
use story::Clock;
use world::World;

/// How many evenings a test run has.
const EVENINGS: u64 = 1000;

/// A failed evening: its seed and what was found.
type Failed = (u64, String);

/// Runs one evening.
fn spend(evening: &Evening) -> Result<(BTreeSet<Condition>, Asked), Failed> {
    let mut world = World::new(evening.clone(), false);
    world.run();
    match world.judge.finding {
        None => Ok((world.judge.seen, world.judge.asked)),
        Some((_, words)) => Err((evening.seed, words)),
    }
}

/// Runs a failed evening again to tell its story.
fn relate(evening: &Evening, others: &[Failed]) -> String {
    let mut world = World::new(evening.clone(), true);
    world.run();
    let (at, finding) = world.judge.finding.unwrap_or_default();
    let others: Vec<String> = others
        .iter()
        .map(|(seed, words)| format!("  {seed}: {words}"))
        .collect();
    format!(
        "{finding}, at {} of a {:?} evening of {} servers on {} panels:\n{}\n\
         Again: PTEROTRAY_EVENING={} cargo test -p pterotray-core evening\n\
         Other evenings that failed: {}\n{}",
        Clock(at),
        evening.flavour,
        evening.servers,
        evening.panels,
        world.story,
        evening.seed,
        others.len(),
        others.join("\n"),
    )
}

/// A number from the environment.
fn told(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn every_evening_ends_well_and_every_word_is_shown_in_some() {
    let chosen = told("PTEROTRAY_EVENING");
    let seeds = match chosen {
        Some(seed) => seed..seed + 1,
        None => 0..told("PTEROTRAY_EVENINGS").unwrap_or(EVENINGS),
    };
    let (mut seen, mut asked, mut failed) = (BTreeSet::new(), Asked::default(), Vec::new());
    let ran = seeds.end - seeds.start;
    for seed in seeds {
        match spend(&Evening::short(seed)) {
            Ok((words, looks)) => {
                seen.extend(words);
                asked.add(looks);
            }
            Err(finding) => failed.push(finding),
        }
    }
    if let Some(((seed, _), others)) = failed.split_first() {
        panic!("{}", relate(&Evening::short(*seed), others));
    }
    // A few evenings need not show everything.
    if ran < EVENINGS {
        return;
    }
    let least = [
        asked.polled,
        asked.live,
        asked.settled,
        asked.down,
        asked.unseen,
        asked.silent,
        asked.restarts,
        asked.alerts,
        asked.away,
        asked.woken,
        asked.uses,
    ];
    assert!(
        !least.contains(&0),
        "some questions were never asked: {asked:?}"
    );
    let unseen = |word: &Condition| !seen.contains(word);
    let unseen: Vec<Condition> = Condition::ALL.into_iter().filter(unseen).collect();
    println!("{asked:?}");
    assert!(unseen.is_empty(), "never shown: {unseen:?}");
}

#[test]
fn an_evening_of_a_thousand_servers_ends_well() {
    let evening = Evening::large(told("PTEROTRAY_EVENING").unwrap_or(1));
    if spend(&evening).is_err() {
        panic!("{}", relate(&evening, &[]));
    }
}
