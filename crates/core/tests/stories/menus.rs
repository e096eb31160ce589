//! The tray's menu, as a person reads it.

use super::story::{Story, id, server};
use pterodactyl_client::{
    Error,
    PowerState::{Offline, Running},
    ServerStatus,
};
use pterotray_core::{
    Action, Item, Page, PowerSignal, Texts, Tray, menu, settings::SettingsChange,
};

fn tray(story: &Story) -> Tray {
    menu::build(&story.snapshot(), &Texts::new(Some("en")))
}

/// The menu as text: two spaces a level, `(…)` for what cannot be pressed.
fn read(items: &[Item], depth: usize) -> String {
    let indent = "  ".repeat(depth);
    let line = |item: &Item| match item {
        Item::Label(text) => format!("{indent}({text})\n"),
        Item::Separator => format!("{indent}--\n"),
        Item::Entry {
            text,
            enabled: true,
            ..
        } => format!("{indent}{text}\n"),
        Item::Entry {
            text,
            enabled: false,
            ..
        } => format!("{indent}({text})\n"),
        Item::Server {
            text,
            condition,
            items,
        } => {
            format!(
                "{indent}{} {text}\n{}",
                condition.glyph(),
                read(items, depth + 1)
            )
        }
    };
    items.iter().map(line).collect()
}

#[test]
fn an_evening_reads_like_this() {
    let mut story = Story::listing(&["Skyblock", "Creative", "Event"]);
    story.relists("Event", |server| server.status = ServerStatus::Suspended);
    story.reads("Skyblock", Running).reads("Creative", Offline);
    let expected = "\
(1 of 3 running)
--
● Skyblock — 23 % · 2.1 of 4 GiB
  (Start)
  Stop
  Restart
  --
  Open in panel
  Show
○ Creative — offline
  Start
  (Stop)
  (Restart)
  --
  Open in panel
  Show
⏸ Event — suspended
  Open in panel
  Show
--
Refresh now
Open Pterotray
Settings…
Quit
";
    assert_eq!(read(&tray(&story).menu, 0), expected);
}

#[test]
fn a_crash_comes_first_and_stands_in_the_headline() {
    let mut story = Story::listing(&["Alpha", "Zulu"]);
    story.reads("Alpha", Running).reads("Zulu", Running);
    story
        .later(30)
        .reads("Zulu", Offline)
        .reads("Alpha", Running);
    let tray = tray(&story);
    assert_eq!(tray.tooltip, "1 of 2 running · Zulu: Crashed");
    let first = tray.menu.iter().find_map(|item| match item {
        Item::Server { text, .. } => Some(text.clone()),
        _ => None,
    });
    assert_eq!(first.unwrap(), "Zulu — crashed");
}

#[test]
fn a_press_shows_at_once() {
    let mut story = Story::with("Skyblock", Offline);
    story.power("Skyblock", PowerSignal::Start);
    assert!(read(&tray(&story).menu, 0).contains("○ Skyblock — offline (asking…)"));
    story.taken("Skyblock", PowerSignal::Start);
    assert!(read(&tray(&story).menu, 0).contains("○ Skyblock — offline (Start requested)"));
}

#[test]
fn force_stop_shows_when_allowed_and_goes_through_the_window() {
    let mut story = Story::with("Skyblock", Running);
    assert!(!read(&tray(&story).menu, 0).contains("Force stop"));
    let change = SettingsChange {
        allow_force_stop: Some(true),
        ..SettingsChange::default()
    };
    story.press(Action::ChangeSettings { change });
    let tray = tray(&story);
    let servers = tray.menu.iter().filter_map(|item| match item {
        Item::Server { items, .. } => Some(items),
        _ => None,
    });
    let press = servers.flatten().find_map(|item| match item {
        Item::Entry { text, press, .. } if text.starts_with("Force stop") => Some(press.clone()),
        _ => None,
    });
    let page = Page::Server {
        server: id("Skyblock"),
    };
    assert_eq!(press, Some(Action::Show { page }));
}

#[test]
fn many_servers_are_cut_to_twenty_rows() {
    let mut story = Story::begun();
    story.listed = (0..32).map(|n| server(&format!("Server{n:02}"))).collect();
    story.list();
    let tray = tray(&story);
    let rows = tray
        .menu
        .iter()
        .filter(|item| matches!(item, Item::Server { .. }))
        .count();
    assert_eq!(rows, 20);
    assert!(read(&tray.menu, 0).contains("12 more…"));
}

#[test]
fn nothing_set_up_offers_to_set_up() {
    let story_without = pterotray_core::State::new(false);
    let snapshot = story_without.snapshot(Story::begun().now);
    let tray = menu::build(&snapshot, &Texts::new(None));
    let text = read(&tray.menu, 0);
    assert!(
        text.starts_with("(Pterotray is not set up yet)\n--\nSet up a panel…\n"),
        "{text}"
    );
}

#[test]
fn a_refused_key_says_so_and_leads_to_a_new_one() {
    let mut story = Story::begun();
    story.list_fails(Error::Unauthorized);
    let text = read(&tray(&story).menu, 0);
    assert!(
        text.contains("(? The panel refuses the key.)\nEnter a new key…\n"),
        "{text}"
    );
}
