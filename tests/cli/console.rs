//! `pterotray console`: through the running agent and by itself, for programs and at a terminal.

use acceptance::{Desk, Panel, Room, fits_schema, until};
use serde_json::Value;

const HOSTILE: &str =
    "\u{1b}]0;taken over\u{7}\u{1b}[2J\u{1b}[31mred\u{1b}[0m \u{1b}[5;5Hmoved\u{9b}6n";

fn says(line: &Value, text: &str) -> bool {
    line["kind"] == "line" && line["text"] == text
}

#[tokio::test]
async fn through_the_agent_programs_get_the_last_lines_and_every_later_one() {
    let panel = Panel::with(&["Survival"]).await;
    panel.print("Survival", "said before anybody looked");
    let desk = Desk::with(Room::TRAY).await;
    let agent = desk.watching(&panel, "until_quit").await;
    let arguments = ["console", "Survival", "--json"];
    let mut console = desk.terminal().of(&agent).follow(&arguments);
    let live = |line: &Value| line["kind"] == "state" && line["state"] == "live";
    let state = console.json_until(live).await;
    fits_schema(&state, "console.json");
    let line = console
        .json_until(|line| says(line, "said before anybody looked"))
        .await;
    fits_schema(&line, "console.json");
    panel.print("Survival", HOSTILE);
    console.json_until(|line| says(line, "red moved")).await;
}

#[tokio::test]
async fn without_an_agent_it_opens_a_socket_of_its_own_and_pipes_get_plain_text() {
    let panel = Panel::with(&["Survival"]).await;
    panel.print("Survival", HOSTILE);
    let desk = Desk::with(Room::BARE).await;
    let mut console = desk.terminal().at(&panel).follow(&["console", "surv"]);
    while console.line().await != "red moved" {}
}

#[tokio::test]
async fn at_a_terminal_colours_are_kept_nothing_else_gets_through_and_what_is_typed_is_sent() {
    let panel = Panel::with(&["Survival"]).await;
    let desk = Desk::with(Room::BARE).await;
    let mut console = desk.terminal().at(&panel).sit_at(&["console", "Survival"]);
    console.until_shown("Console of Survival").await;
    panel.until_live("Survival").await;
    panel.print("Survival", HOSTILE);
    console.until_shown("\u{1b}[31mred\u{1b}[0m moved").await;
    let screen = console.screen();
    for sequence in ["\u{1b}]0", "\u{1b}[2J", "\u{1b}[5;5H", "\u{9b}"] {
        assert!(!screen.contains(sequence), "{sequence:?} in {screen:?}");
    }
    console.enter("dance");
    console.until_shown("Unknown command: dance").await;
    assert_eq!(console.interrupt().await, 0);
}

#[tokio::test]
async fn a_line_that_the_server_does_not_take_is_answered_with_the_reason() {
    let panel = Panel::with(&["Survival"]).await;
    let key = panel.friends_key("Survival");
    let desk = Desk::with(Room::BARE).await;
    let terminal = desk.terminal().with(&panel.url(), &key);
    let mut console = terminal.sit_at(&["console", "Survival"]);
    console.until_shown("Console of Survival").await;
    console.enter("dance");
    console.until_shown("not permitted").await;
    assert_eq!(console.interrupt().await, 0);
}

#[tokio::test]
async fn a_line_that_the_panel_swallows_holds_up_neither_lines_nor_ctrl_c() {
    let panel = Panel::with(&["Survival"]).await;
    panel.swallows_commands("Survival");
    let desk = Desk::with(Room::BARE).await;
    let mut console = desk.terminal().at(&panel).sit_at(&["console", "Survival"]);
    console.until_shown("Console of Survival").await;
    panel.until_live("Survival").await;
    console.enter("dance");
    let arrived = async || (panel.commands_for("Survival") == 1).then_some(());
    until("the line at the panel", arrived).await;
    panel.print("Survival", "said meanwhile");
    console.until_shown("said meanwhile").await;
    let screen = console.screen();
    assert!(
        !screen.contains("did not answer"),
        "it gave up first: {screen}"
    );
    assert_eq!(console.interrupt().await, 0);
}

#[tokio::test]
async fn who_cannot_read_along_is_told_why_and_how_it_ends() {
    let panel = Panel::with(&["Survival"]).await;
    let key = panel.blind_key("Survival");
    let desk = Desk::with(Room::BARE).await;
    let refused = desk
        .terminal()
        .with(&panel.url(), &key)
        .run(&["console", "Survival"])
        .await;
    assert_eq!(refused.code, 6, "{refused:#?}");
    assert!(refused.err.contains("not permitted"), "{refused:#?}");
    let nobody = desk.terminal().at(&panel).run(&["console", "Nether"]).await;
    assert_eq!(nobody.code, 3, "{nobody:#?}");
}
