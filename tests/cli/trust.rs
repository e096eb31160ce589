//! A panel of the environment whose certificate nobody knows: refused, and trusted only as the environment says.

use acceptance::{Desk, Ended, Front, Panel, Room};
use std::fs;

const STATUS: &[&str] = &["status", "--json"];

/// What is wrong with the only panel.
fn problem(ended: &Ended) -> String {
    ended.json()["panels"][0]["problem"]["kind"].to_string()
}

/// The fingerprint, as somebody who adds the panel is told it.
async fn told_fingerprint(desk: &Desk, front: &Front, panel: &Panel) -> String {
    let add = ["panel", "add", front.url(), "--keep-key", "file"];
    let refused = desk.terminal().run_with(&add, panel.key()).await;
    let mut words = refused.err.split_whitespace();
    words.find(|&word| word == "--fingerprint");
    let told = words.next();
    told.unwrap_or_else(|| panic!("no fingerprint is told: {refused:#?}"))
        .to_owned()
}

#[tokio::test]
async fn an_unknown_certificate_is_refused_with_the_cause_and_the_next_step() {
    let panel = Panel::with(&["Survival"]).await;
    let (front, desk) = (Front::of(&panel).await, Desk::with(Room::BARE).await);
    let terminal = desk.terminal().with(front.url(), panel.key());
    let refused = terminal.run(STATUS).await;
    assert_eq!(refused.code, 4, "{refused:#?}");
    assert_eq!(problem(&refused), r#""certificate_unknown""#);
    let said = ": The panel's certificate comes from nobody this computer knows. Ask";
    assert!(refused.err.contains(said), "{refused:#?}");
    assert_eq!(panel.requests(), 0, "the key goes nowhere");
}

#[tokio::test]
async fn the_authority_in_a_file_is_trusted() {
    let panel = Panel::with(&["Survival"]).await;
    let (front, desk) = (Front::of(&panel).await, Desk::with(Room::BARE).await);
    let file = desk.home().join("authority.pem");
    fs::write(&file, front.certificate()).expect("the home can be written");
    let terminal = desk.terminal().with(front.url(), panel.key());
    let file = file.to_str().expect("a plain path");
    let ended = terminal.and("PTEROTRAY_CA", file).run(STATUS).await;
    assert_eq!(ended.code, 0, "{ended:#?}");
    let status = ended.json();
    assert_eq!(status["panels"][0]["servers"][0]["condition"], "running");
}

#[tokio::test]
async fn the_one_certificate_of_a_fingerprint_is_trusted_and_no_other() {
    let panel = Panel::with(&["Survival"]).await;
    let (front, desk) = (Front::of(&panel).await, Desk::with(Room::BARE).await);
    let sha256 = told_fingerprint(&desk, &front, &panel).await;
    let trusting = |sha256: &str| {
        let terminal = desk.terminal().with(front.url(), panel.key());
        terminal.and("PTEROTRAY_FINGERPRINT", sha256)
    };
    let ended = trusting(&sha256).run(STATUS).await;
    assert_eq!(ended.code, 0, "{ended:#?}");
    assert_eq!(ended.json()["panels"][0]["servers"][0]["name"], "Survival");
    let before = panel.requests();
    let other = trusting(&"00".repeat(32)).run(STATUS).await;
    assert_eq!(other.code, 4, "{other:#?}");
    assert_eq!(problem(&other), r#""certificate_changed""#);
    assert!(other.err.contains("not the one that was trusted"));
    assert_eq!(panel.requests(), before, "the key goes nowhere");
}

#[tokio::test]
async fn an_authority_that_the_system_learns_later_is_trusted_without_a_new_start() {
    let panel = Panel::with(&["Survival"]).await;
    let (front, desk) = (Front::of(&panel).await, Desk::with(Room::BARE).await);
    let (other, file) = (Front::of(&panel).await, desk.home().join("system.pem"));
    fs::write(&file, other.certificate()).expect("the home can be written");
    let terminal = desk.terminal().with(front.url(), panel.key());
    let system = file.to_str().expect("a plain path");
    let terminal = terminal.and("SSL_CERT_FILE", system);
    let mut watch = terminal.follow(&["watch", "--json"]);
    let problem = watch.json_until(|line| line["kind"] == "problem").await;
    assert_eq!(problem["to"], "certificate_unknown", "{problem}");
    let both = [other.certificate(), front.certificate()].concat();
    fs::write(&file, both).expect("the home can be written");
    watch
        .json_until(|line| line["kind"] == "problem" && line["to"].is_null())
        .await;
}
