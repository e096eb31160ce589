//! `pterotray doctor`: says what works, and names nobody.

use acceptance::{Desk, Panel, Room, fits_schema};
use serde_json::json;

/// What a JSON token for the websocket begins with, in base64.
const TOKEN: &str = "eyJ";

#[tokio::test]
async fn it_tells_how_the_panel_fares_and_what_the_desktop_has_and_names_nobody() {
    let panel = Panel::with(&["Survival"]).await;
    let desk = Desk::with(Room {
        keyring: true,
        ..Room::TRAY
    })
    .await;
    let agent = desk.watching(&panel, "until_quit").await;
    let terminal = desk.terminal().of(&agent);
    let report = terminal.run(&["doctor"]).await;
    assert_eq!(report.code, 0, "{report:#?}");
    for part in [
        "Panel 1: http",
        "answered in: ",
        "requests left this minute: ",
        "1 running",
        "live sockets: 1 open",
        "Agent: running",
        "Tray: there is a host",
        "Keyring: answers",
        "Log: ",
    ] {
        assert!(report.out.contains(part), "{part}\n{report:#?}");
    }
    let key_end = &panel.key()[panel.key().len() - 4..];
    for private in ["Survival", "node-1", "127.0.0.1", panel.key(), key_end] {
        assert!(!report.out.contains(private), "{private}\n{report:#?}");
    }
    let named = terminal.run(&["doctor", "--addresses"]).await;
    assert!(named.out.contains(&panel.url()), "{named:#?}");
    assert!(!named.out.contains(panel.key()), "{named:#?}");
    // The window's report is the same, but for figures that go on.
    let window = agent.act(json!({"kind": "diagnose"})).await;
    let text = window["text"].as_str().expect("a report");
    for part in [
        "Tray: there is a host",
        "Notifications: ",
        "Keyring: answers",
        "Starts at login: no",
        "Log: ",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[tokio::test]
async fn a_locked_keyring_is_said_to_be_locked() {
    let desk = Desk::with(Room {
        keyring: true,
        ..Room::TRAY
    })
    .await;
    desk.lock_keyring().await;
    let report = desk.terminal().run(&["doctor"]).await;
    assert!(report.out.contains("Keyring: locked"), "{report:#?}");
}

#[tokio::test]
async fn no_key_no_token_and_no_name_is_in_it_however_it_is_asked_for() {
    let panel = Panel::with(&["Survival"]).await;
    let desk = Desk::with(Room::TRAY).await;
    let agent = desk.watching(&panel, "until_quit").await;
    let terminal = desk.terminal().of(&agent);
    let text = terminal.run(&["doctor"]).await;
    let json = terminal.run(&["doctor", "--json"]).await;
    fits_schema(&json.json(), "doctor.json");
    assert_eq!(json.json()["agent_running"], true);
    let named = terminal.run(&["doctor", "--json", "--addresses"]).await;
    fits_schema(&named.json(), "doctor.json");
    let window = agent.act(json!({"kind": "diagnose"})).await.to_string();
    for secret in [TOKEN, panel.key()] {
        for report in [&text.out, &json.out, &named.out, &window] {
            assert!(!report.contains(secret), "{report}");
        }
    }
    for private in ["Survival", "127.0.0.1", "node-1"] {
        for report in [&text.out, &json.out, &window] {
            assert!(!report.contains(private), "{private}\n{report}");
        }
    }
}

#[tokio::test]
async fn people_read_it_in_their_language_and_programs_in_the_documented_one() {
    let down = Panel::with(&["Survival"]).await.shut_down().await;
    let desk = Desk::with(Room::BARE).await;
    let german = || {
        let terminal = desk.terminal().with(&down.url(), down.key());
        terminal.in_language("de_DE.UTF-8")
    };
    let report = german().run(&["doctor"]).await;
    assert_eq!(report.code, 4, "{report:#?}");
    for part in [
        "Panel 1: http, Schlüssel aus der Umgebung, antwortet nicht",
        "  Problem: refused (Unter dieser Adresse antwortet nichts)",
        "Infobereich: kein Sitzungsbus",
        "Schlüsselbund: es gibt keinen",
        "Start bei der Anmeldung: nein",
        "Pterotray: läuft nicht",
    ] {
        assert!(report.out.contains(part), "{part}\n{report:#?}");
    }
    let json = german().run(&["doctor", "--json"]).await.json();
    fits_schema(&json, "doctor.json");
    assert_eq!(json["desktop"]["keyring"], "there is none");
    assert_eq!(json["panels"][0]["problem"], "refused");
}

#[tokio::test]
async fn without_anything_it_still_reports_and_the_json_has_the_documented_values() {
    let down = Panel::with(&["Survival"]).await.shut_down().await;
    let desk = Desk::with(Room::BARE).await;
    let terminal = desk.terminal().with(&down.url(), down.key());
    let report = terminal.run(&["doctor", "--json"]).await;
    assert_eq!(report.code, 4, "{report:#?}");
    let json = report.json();
    fits_schema(&json, "doctor.json");
    assert_eq!(json["agent_running"], false);
    assert_eq!(json["panels"][0]["problem"], "refused");
    assert_eq!(json["panels"][0]["key_set"], true);
    assert!(json["panels"][0]["latency_ms"].is_null(), "{json}");
    assert_eq!(json["desktop"]["keyring"], "there is none");
    for private in ["127.0.0.1", down.key()] {
        assert!(!report.out.contains(private), "{private}\n{report:#?}");
    }
}
