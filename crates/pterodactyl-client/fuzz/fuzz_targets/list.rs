//! A page of the server list: no panic, and no text that was not cleaned.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pterodactyl_client::Call;
use pterodactyl_client::recorded::{Answer, Exchange};

fuzz_target!(|body: &[u8]| {
    let json = "Content-Type: application/json";
    let Ok(exchange) = Exchange::new(Call::Servers, 200, json, body) else {
        return;
    };
    let Ok(Answer::Servers(page)) = exchange.outcome() else {
        return;
    };
    for listed in page.entries {
        let server = listed.server;
        for text in [&server.name, &server.node, &server.description] {
            assert!(!text.chars().any(char::is_control) && text.chars().count() <= 2000);
        }
        assert!(
            server
                .uuid
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        );
    }
});
