//! A line that a guest sends to the agent's socket: what is understood says the same when it is written again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pterotray_core::wire::{self, Ask, LONGEST_ASK};

fuzz_target!(|line: &[u8]| {
    if let Ok(ask) = wire::decode::<Ask>(line, LONGEST_ASK) {
        let again = wire::encode(&ask).expect("what was read can be written");
        assert_eq!(wire::decode::<Ask>(&again, LONGEST_ASK).expect("and read"), ask);
    }
});
