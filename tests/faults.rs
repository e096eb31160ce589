//! One bad server never touches the others: `pterotray status` against a panel where one of ten is faulty.

use acceptance::{Desk, Panel, Room};
use fake_panel::{Conflict, Fault};
use serde_json::Value;

const TEN: [&str; 10] = [
    "Anarchy", "Bedwars", "Creative", "Dungeon", "Event", "Factions", "Lobby", "Parkour",
    "Skyblock", "Survival",
];

/// One of ten servers is faulty: it says why, and no other suffers.
async fn faulty(fault: Fault, kind: &str) {
    let panel = Panel::with(&TEN).await;
    panel.fault("Event", fault);
    let desk = Desk::with(Room::BARE).await;
    let terminal = desk.terminal().at(&panel);
    let (ended, readable) = tokio::join!(
        terminal.run(&["status", "--json"]),
        terminal.run(&["status"])
    );
    assert_eq!(ended.code, 0, "{ended:#?}");
    let status = ended.json();
    let servers = status["panels"][0]["servers"].as_array().expect("servers");
    let mut names: Vec<_> = servers
        .iter()
        .filter_map(|server| server["name"].as_str())
        .collect();
    names.sort_unstable();
    assert_eq!(names, TEN);
    for server in servers {
        if server["name"] == "Event" {
            assert_eq!(server["problem"]["kind"], kind, "{server:#}");
            assert_ne!(server["condition"], "offline", "{server:#}");
        } else {
            assert_eq!(server["condition"], "running", "{server:#}");
            assert_eq!(server["problem"], Value::Null, "{server:#}");
            assert!(server["resources"]["memory_bytes"].is_u64(), "{server:#}");
            assert!(server["age_ms"].is_u64(), "{server:#}");
        }
    }
    // The same for a person's eyes.
    assert_eq!(readable.code, 0, "{readable:#?}");
    assert_eq!(readable.out.matches("Running").count(), 9, "{readable:#?}");
    assert!(readable.out.contains("Event"), "{readable:#?}");
}

/// A test for each way to be faulty, with what `status` calls it.
macro_rules! one_faulty_server_hides_no_other {
    ($($name:ident: $fault:expr => $kind:literal,)*) => {
        mod one_faulty_server_hides_no_other {
            use super::*;
            $(#[tokio::test] async fn $name() { faulty($fault, $kind).await; })*
        }
    };
}

one_faulty_server_hides_no_other! {
    not_found: Fault::NotFound404 => "not_found",
    forbidden: Fault::Forbidden403 => "forbidden",
    conflict: Fault::Conflict409(Conflict::Installing) => "conflict",
    too_many_requests: Fault::TooMany429 { headers: true } => "rate_limited",
    too_many_requests_by_a_proxy: Fault::TooMany429 { headers: false } => "rate_limited",
    panel_error: Fault::Error500 => "panel_broken",
    bad_gateway: Fault::BadGateway502 => "panel_broken",
    node_unreachable: Fault::NodeTimeout504 => "node_unreachable",
    web_page_with_a_log_in: Fault::Html200 => "login_wall",
    foreign_json: Fault::EmptyJson200 => "not_a_panel",
    cut_json: Fault::CutJson => "unreadable",
    connection_reset: Fault::Reset => "connection",
    no_answer: Fault::NeverAnswer => "timed_out",
    unknown_state: Fault::UnknownState => "unknown_state",
}
