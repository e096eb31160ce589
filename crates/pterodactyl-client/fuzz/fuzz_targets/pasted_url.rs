//! What a person pastes: an address that stays itself, or a reason.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pterodactyl_client::BaseUrl;

fuzz_target!(|pasted: &str| {
    if let Ok(base) = BaseUrl::parse(pasted) {
        let text = base.as_str();
        assert_eq!(BaseUrl::parse(text).as_ref(), Ok(&base));
        assert!(!text.ends_with('/') && !text.contains(['?', '#']));
        assert!(base.open_server("../x").starts_with(text));
    }
});
