//! The page in the real window: what is typed and pressed there reaches panel, node and settings.

use acceptance::{Desk, Driven, Panel, until};
use serde_json::{Value, json};

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
