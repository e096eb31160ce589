//! The page in the real window: what is typed and pressed there reaches panel, node and settings, and what happens there
//! is seen.

use acceptance::{Desk, Driven, Panel, Process, Relay, until};
use serde_json::{Value, json};

fn servers() -> Value {
    json!({"kind": "servers"})
}

#[tokio::test]
async fn from_a_fresh_profile_to_the_first_servers_there_are_four_steps() {
    let desk = Desk::whole().await;
    let panel = Panel::with(&["Skyblock", "Survival"]).await;
    let agent = desk.agent().await;
    let window = Driven::open(&agent, &servers()).await;
    window.types("Your panel’s address", &panel.url()).await;
    window.types("Your API key", panel.key()).await;
    window.presses("Test").await;
    window.reads("2 servers").await;
    window.presses("Save").await;
    for server in panel.servers() {
        window.sees(&runs(&server)).await;
    }
    // Two fields and two buttons: seconds, when the key is at hand.
    assert_eq!(window.steps(), 4);
    assert_eq!(desk.secrets().await, [panel.key()]);
    window.closes().await;
}

/// A server's card that says that it runs.
fn runs(server: &str) -> String {
    format!("//li[.//*[normalize-space()='{server}'] and contains(., 'Running')]")
}

#[tokio::test]
async fn a_killed_agent_is_missed_and_started_again_from_the_window() {
    let desk = Desk::whole().await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "keyring").await;
    let window = Driven::open(&agent, &servers()).await;
    window.sees(&runs("Survival")).await;
    desk.processes("pterotray").iter().for_each(Process::kill);
    window.reads("Pterotray is not running").await;
    panel.crash("Survival");
    window.presses("Start Pterotray").await;
    let mended = "//main[not(contains(., 'not running')) and contains(., 'Offline')]";
    window.sees(mended).await;
    window.presses("Start").await;
    window.sees(&runs("Survival")).await;
    assert_eq!(desk.processes("pterotray").len(), 1);
    window.closes().await;
}

#[tokio::test]
async fn a_window_that_is_put_away_is_told_nothing_until_it_comes_back() {
    let desk = Desk::whole().await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "until_quit").await;
    let relay = Relay::to(&agent, "relay.sock");
    let window = Driven::open_at(&desk, relay.socket(), &servers()).await;
    window.sees(&runs("Survival")).await;
    desk.minimize(&desk.window().await).await;
    let wants_none = async || {
        let last = relay.asked().pop()?;
        (last["kind"] == "unsubscribe").then_some(())
    };
    until("the window asks for no more", wants_none).await;
    panel.crash("Survival");
    agent.notified("Survival crashed").await;
    let heard = |relay: &Relay| {
        let told = relay.told();
        let snapshots = told.iter().filter(|one| one["kind"] == "snapshot");
        let crashed = |one: &&Value| one.to_string().contains("\"crashed\"");
        snapshots.filter(crashed).count()
    };
    assert_eq!(heard(&relay), 0);
    let shown = agent.act(json!({"kind": "show", "page": servers()})).await;
    assert_eq!(shown["kind"], "done");
    window.reads("Crashed").await;
    assert!(heard(&relay) > 0, "the snapshots do not come through here");
    window.closes().await;
}

#[tokio::test]
async fn a_power_button_a_command_and_a_setting_reach_where_they_belong() {
    let desk = Desk::whole().await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "until_quit").await;
    let server = agent.snapshot().await["panels"][0]["servers"][0]["id"].clone();
    let page = json!({"kind": "console", "server": server});
    let window = Driven::open(&agent, &page).await;
    window.reads("Live").await;
    window.types("Command", "help\u{e007}").await;
    window.reads("commands: stop crash").await;

    window.presses("Restart").await;
    let signalled = async || (panel.signals() == ["restart Survival"]).then_some(());
    until("the panel gets the signal", signalled).await;

    window.presses("Settings").await;
    window
        .clicks("//label[contains(., 'Offer Force stop')]")
        .await;
    let saved = async || {
        let text = std::fs::read_to_string(desk.profile().join("settings.json")).ok()?;
        let settings: Value = serde_json::from_str(&text).ok()?;
        (settings["allow_force_stop"] == true).then_some(())
    };
    until("the setting is in the file", saved).await;
    window.closes().await;
}
