//! A recording of any form: it is read or refused, and what is read is judged.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pterodactyl_client::recorded::Exchange;

fuzz_target!(|input: &[u8]| {
    let found = Exchange::read_all(&String::from_utf8_lossy(input));
    assert!(!found.is_empty());
    for exchange in found.into_iter().flatten() {
        if let Err(error) = exchange.outcome() {
            assert!(!error.to_string().chars().any(char::is_control));
            let _ = error.about_for(exchange.call());
        }
    }
});
