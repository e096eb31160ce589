//! A resources answer: no panic, and no number below nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pterodactyl_client::Call;
use pterodactyl_client::recorded::{Answer, Exchange};

fuzz_target!(|body: &[u8]| {
    let json = "Content-Type: application/json";
    let Ok(exchange) = Exchange::new(Call::Resources, 200, json, body) else {
        return;
    };
    if let Ok(Answer::Resources(found)) = exchange.outcome() {
        assert!(found.cpu_percent >= 0.0 && found.cpu_percent.is_finite());
    }
});
