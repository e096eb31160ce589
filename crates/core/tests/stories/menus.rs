//! The tray's menu, as a person reads it.

mod ages;
mod reading;

use super::story::{Story, id, server};
use pterodactyl_client::{
    Error,
    PowerState::{Offline, Running},
    ServerStatus,
};
use pterotray_core::{
    Action, Desktop, Effect, Item, Page, PowerSignal,
    settings::{LeftClick, SettingsChange},
};
use reading::{press, read, rows, shape, tray, tray_of};

#[test]
fn an_evening_reads_like_this() {
    let mut story = Story::listing(&["Skyblock", "Creative", "Event"]);
    story.relists("Event", |server| server.status = ServerStatus::Suspended);
    story.reads("Skyblock", Running).reads("Creative", Offline);
    let expected = "\
(1 of 3 running)
--
● Skyblock — running, 23 %, 2.1 of 4 GiB
  (Start)
  Restart
  Stop
  --
  (CPU 23 %)
  (Memory 2.1 of 4 GiB)
  (Disk 3.1 of 10 GiB)
  (Uptime 10 min)
  --
  (Copy address)
  Open in panel
  Show
  Console
  Alerts >
    [x] As in the settings (Every stop)
    [ ] Crashes only
    [ ] Every stop
    [ ] Also when it comes back
    [ ] Nothing
○ Creative — offline
  Start
  (Restart)
  (Stop)
  --
  (CPU –)
  (Memory –)
  (Disk 3.1 of 10 GiB)
  (Uptime –)
  --
  (Copy address)
  Open in panel
  Show
  Console
  Alerts >
    [x] As in the settings (Every stop)
    [ ] Crashes only
    [ ] Every stop
    [ ] Also when it comes back
    [ ] Nothing
⏸ Event — suspended
  --
  (CPU –)
  (Memory –)
  (Disk –)
  (Uptime –)
  --
  (Copy address)
  Open in panel
  Show
  Console
  Alerts >
    [x] As in the settings (Every stop)
    [ ] Crashes only
    [ ] Every stop
    [ ] Also when it comes back
    [ ] Nothing
--
Alerts…
Pause alerts >
  For 1 hour
  Until tomorrow
  Until I resume
Refresh now
Open Pterotray
Settings…
Quit
";
    assert_eq!(read(&tray(&story).menu, 0), expected);
}

#[test]
fn whatever_servers_do_every_line_keeps_its_place() {
    let mut story = Story::listing(&["Skyblock", "Creative", "Event"]);
    let fresh = shape(&tray(&story).menu);
    story.reads("Skyblock", Running).reads("Creative", Offline);
    assert_eq!(shape(&tray(&story).menu), fresh);
    story.later(30).reads("Skyblock", Offline);
    assert_eq!(shape(&tray(&story).menu), fresh);
    story.relists("Event", |server| server.status = ServerStatus::Suspended);
    story.list_fails(Error::Unauthorized);
    story.list_fails(Error::Unauthorized);
    assert_eq!(shape(&tray(&story).menu), fresh);
}

#[test]
fn pinned_servers_stand_after_problems_and_before_the_rest() {
    let mut story = Story::listing(&["Alpha", "Bravo", "Charlie", "Delta"]);
    for name in ["Alpha", "Bravo", "Delta"] {
        story.reads(name, Running);
    }
    story.reads("Charlie", Offline);
    for name in ["Delta", "Charlie"] {
        story.press(Action::Pin {
            server: id(name),
            pinned: true,
        });
    }
    story.later(30).reads("Bravo", Offline);
    let names = rows(&tray(&story));
    let names: Vec<&str> = names
        .iter()
        .filter_map(|row| row.split(' ').next())
        .collect();
    assert_eq!(names, ["Bravo", "Delta", "Charlie", "Alpha"]);
}

#[test]
fn a_crash_says_why_in_its_row() {
    let mut story = Story::live_with("Survival", Running);
    story.tells("Survival", Offline).reports_a_crash("Survival");
    assert_eq!(
        rows(&tray(&story)),
        ["Survival — crashed, exit code 137, out of memory"]
    );
}

#[test]
fn stop_and_restart_ask_first_when_the_person_wants_it() {
    let mut story = Story::with("Skyblock", Running);
    let change = SettingsChange {
        confirm_power: Some(true),
        ..SettingsChange::default()
    };
    story.press(Action::ChangeSettings { change });
    let text = read(&tray(&story).menu, 0);
    assert!(text.contains("  Restart…\n  Stop…\n"), "{text}");
}

#[test]
fn a_left_click_does_what_the_setting_says() {
    let mut story = Story::with("Skyblock", Running);
    let page = Page::Servers;
    assert_eq!(tray(&story).left_click, Some(Action::Show { page }));
    let wanted = [
        (LeftClick::Refresh, Some(Action::Refresh)),
        (LeftClick::Nothing, None),
    ];
    for (choice, expected) in wanted {
        let change = SettingsChange {
            left_click: Some(choice),
            ..SettingsChange::default()
        };
        story.press(Action::ChangeSettings { change });
        assert_eq!(tray(&story).left_click, expected);
    }
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
    assert_eq!(
        tray.tooltip,
        "1 of 2 running · Zulu crashed just now · 1 new alert"
    );
    assert_eq!(rows(&tray)[0], "Zulu — crashed");
}

#[test]
fn a_press_shows_at_once() {
    let mut story = Story::with("Skyblock", Offline);
    story.power("Skyblock", PowerSignal::Start);
    assert!(read(&tray(&story).menu, 0).contains("○ Skyblock — offline (starting…)"));
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
    let page = Page::Confirm {
        server: id("Skyblock"),
        signal: PowerSignal::Kill,
    };
    assert_eq!(press, Some(Action::Show { page }));
}

#[test]
fn many_servers_are_cut_to_twenty_rows() {
    let mut story = Story::begun();
    story.listed = (0..32).map(|n| server(&format!("Server{n:02}"))).collect();
    story.list();
    let tray = tray(&story);
    assert_eq!(rows(&tray).len(), 20);
    assert!(read(&tray.menu, 0).contains("12 more…"));
}

#[test]
fn nothing_set_up_offers_to_set_up() {
    let story_without = pterotray_core::State::new(false);
    let snapshot = story_without.snapshot(Story::begun().now);
    let tray = tray_of(&snapshot);
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

#[test]
fn alerts_are_paused_resumed_and_chosen_from_the_menu_and_nothing_moves() {
    let mut story = Story::listing(&["Skyblock"]);
    story.reads("Skyblock", Running);
    let before = shape(&tray(&story).menu);
    press(&mut story, "Until I resume");
    let menu = read(&tray(&story).menu, 0);
    assert!(menu.contains("Alerts are paused >\n  Resume\n"), "{menu}");
    press(&mut story, "Resume");
    assert!(!read(&tray(&story).menu, 0).contains("Resume\n  "));
    press(&mut story, "Crashes only");
    let menu = read(&tray(&story).menu, 0);
    assert!(
        menu.contains("[x] Crashes only\n    [ ] Every stop"),
        "{menu}"
    );
    press(&mut story, "As in the settings (Every stop)");
    let menu = read(&tray(&story).menu, 0);
    assert!(menu.contains("[x] As in the settings"), "{menu}");
    assert_eq!(story.shown("Skyblock").alert_rule, None);
    assert_eq!(shape(&tray(&story).menu), before);
}

#[test]
fn new_alerts_are_marked_until_somebody_looks_at_them() {
    let mut story = Story::live_running(&["Skyblock"]);
    story.crashes("Skyblock").later(3);
    assert!(tray(&story).tooltip.ends_with(" · 1 new alert"));
    press(&mut story, "1 new alert");
    let shown = Desktop::Show(Page::Alerts);
    assert!(story.effects.contains(&Effect::Desktop(shown)));
    assert!(!tray(&story).tooltip.contains("new alert"));
    assert!(!read(&tray(&story).menu, 0).contains("new alert"));
}

#[test]
fn what_a_notification_offers_is_in_the_menu_too_and_the_icon_is_marked_until_it_is_read() {
    let mut story = Story::live_running(&["Skyblock"]);
    assert!(!tray(&story).unread);
    story.crashes("Skyblock").later(3);
    let shown = tray(&story);
    assert!(shown.unread);
    let menu = read(&shown.menu, 0);
    let offered: Vec<String> = story
        .notification()
        .buttons
        .into_iter()
        .map(|it| it.text)
        .collect();
    assert_eq!(offered, ["Restart", "Console"]);
    // What is down is not restarted but started there.
    for line in ["  Start\n", "  Console\n"] {
        assert!(menu.contains(line), "{line} in {menu}");
    }
    let newest = u64::MAX;
    story.press(Action::AlertsSeen { newest });
    assert!(!tray(&story).unread);
}
