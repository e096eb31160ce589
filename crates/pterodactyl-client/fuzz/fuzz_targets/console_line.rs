//! A console line: bounded, and nothing in it that moves, hides or turns text around.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pterodactyl_client::console::{LONGEST_LINE, MOST_RUNS, runs};

fuzz_target!(|line: &str| {
    let runs = runs(line);
    assert!(runs.len() <= MOST_RUNS);
    let length: usize = runs.iter().map(|run| run.text.chars().count()).sum();
    assert!(length <= LONGEST_LINE);
    for run in runs {
        assert!(!run.text.is_empty());
        assert!(
            !run.text
                .chars()
                .any(|c| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c))
        );
    }
});
