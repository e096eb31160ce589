//! A refusal of any kind: the first two bytes choose status, call and content type. The sentence is clean and short, and
//! the trouble has one owner.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pterodactyl_client::Call;
use pterodactyl_client::recorded::Exchange;

const CALLS: [Call; 7] = [
    Call::Account,
    Call::Servers,
    Call::Server,
    Call::Resources,
    Call::Power(None),
    Call::Command,
    Call::Websocket,
];
const KINDS: [&str; 4] = [
    "Content-Type: application/json",
    "Content-Type: application/json\nX-RateLimit-Limit: 256\nX-RateLimit-Remaining: 9\nRetry-After: 9",
    "Content-Type: text/html",
    "Content-Type: text/html\nLocation: /auth/login",
];

fuzz_target!(|input: &[u8]| {
    let [first, second, body @ ..] = input else {
        return;
    };
    let call = CALLS[usize::from(*second) % CALLS.len()];
    let kind = KINDS[usize::from(*second) / CALLS.len() % KINDS.len()];
    let Ok(exchange) = Exchange::new(call, 300 + u16::from(*first), kind, body) else {
        return;
    };
    if let Err(error) = exchange.outcome() {
        let text = error.to_string();
        assert!(!text.chars().any(char::is_control) && text.chars().count() <= 1000);
        let owners = [
            error.is_about_the_key(),
            error.is_about_the_panel(),
            error.is_about_the_node(),
            error.is_about_the_server(),
        ];
        assert!(owners.iter().filter(|it_is| **it_is).count() <= 1);
    }
});
