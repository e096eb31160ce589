//! The tray as a desktop sees it over the bus: what it tells, how often, and to whom.

use acceptance::{Desk, Entry, MenuNews, Panel, Program, Room, until};
use fake_panel::PowerState;
use serde_json::json;
use std::{collections::BTreeMap, time::Duration};

const SIX: [&str; 6] = ["Alpha", "Bravo", "Creative", "Event", "Survival", "Zulu"];

/// What a line of the menu says, by its number.
type Said = BTreeMap<i32, String>;

fn said(menu: &Entry) -> Said {
    let below = menu.entries.iter().flat_map(said);
    below.chain([(menu.id, menu.label.clone())]).collect()
}

/// The servers' names from top to bottom.
fn order(menu: &Entry) -> Vec<String> {
    let lines = menu.entries.iter().filter(|line| !line.entries.is_empty());
    // The first that has entries of its own and is no server.
    let servers = lines.take_while(|line| !line.label.starts_with("Pause alerts"));
    let name = |line: &Entry| line.label.split(' ').next().unwrap_or_default().to_owned();
    servers.map(name).collect()
}

async fn menu(agent: &Program<'_>) -> Entry {
    agent.menu().await.expect("a menu")
}

/// How often lines changed; none of them may have been told what it said already.
fn updates(news: &[MenuNews], known: &mut Said) -> usize {
    let mut count = 0;
    for one in news {
        let MenuNews::Lines(lines) = one else {
            panic!("the menu has to be read anew though no server came or went");
        };
        count += 1;
        assert!(!lines.is_empty(), "an update of nothing");
        for (id, text) in one.labels() {
            let before = known.insert(id, text.clone());
            assert_ne!(before, Some(text), "the label of {id} is no news");
        }
    }
    count
}

/// So many rounds of four changes each while somebody has the menu open.
async fn a_busy_evening(servers: &[&str], rounds: u32) {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(servers).await;
    let agent = desk.watching(&panel, "until_quit").await;
    let [first, .., last] = servers else {
        panic!("some servers")
    };
    agent.open_menu().await;
    let mut watch = agent.watch_menu().await;
    let mut known = said(&menu(&agent).await);
    // What was told while it was read is in it, or newer.
    for one in watch.news().await {
        known.extend(one.labels());
    }
    let begun = panel.now();
    // Every server tells its figures twenty times a second meanwhile.
    for _ in 0..rounds {
        panel.crash(last);
        agent.shows(last, "— crashed").await;
        panel.stop(first);
        agent.shows(first, "— offline").await;
        agent.click(&[last, "Start"]).await;
        agent.shows(last, "%").await;
        panel.start(first);
        agent.shows(first, "%").await;
    }
    let looks = panel.lists();
    let later = async || (panel.lists() > looks + 10).then_some(());
    until("ten more looks at the list", later).await;
    let updates = updates(&watch.news().await, &mut known);
    let seconds = (panel.now() - begun).as_secs_f64();
    // Each round is at most twelve changes of state and of what was pressed, and four alerts; figures come once a second.
    let most = f64::from(rounds) * 16.0 + seconds + 2.0;
    assert!(
        updates > 4,
        "{updates} updates in {seconds} s: nothing was told"
    );
    assert!((updates as f64) < most, "{updates} updates in {seconds} s");
}

#[tokio::test]
async fn a_busy_minute_of_six_servers_changes_lines_and_never_the_layout() {
    a_busy_evening(&SIX, 15).await;
}

#[tokio::test]
async fn the_same_with_as_many_servers_as_there_are_rows() {
    let names = many(20);
    a_busy_evening(&names.iter().map(String::as_str).collect::<Vec<_>>(), 2).await;
}

fn many(servers: usize) -> Vec<String> {
    (0..servers).map(|n| format!("Server{n:02}")).collect()
}

#[tokio::test]
async fn figures_are_told_while_somebody_may_look_and_not_before() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&SIX).await;
    let agent = desk.watching(&panel, "until_quit").await;
    agent.shows("Zulu", "%").await;
    let mut watch = agent.watch_menu().await;
    // Every server tells its figures twenty times a second meanwhile.
    let looks = panel.lists();
    let later = async || (panel.lists() > looks + 10).then_some(());
    until("ten more looks at the list", later).await;
    let news = watch.news().await;
    // One that a minute has passed for.
    assert!(news.len() <= 1, "{news:#?}");
    agent.open_menu().await;
    let mut told = 0;
    let figures = async || {
        told += watch.news().await.len();
        (told >= 3).then_some(())
    };
    until("figures in the open menu, three times", figures).await;
}

#[tokio::test]
async fn nothing_is_told_while_nothing_that_is_shown_changes() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&SIX).await;
    let agent = desk.watching(&panel, "until_quit").await;
    for name in SIX {
        panel.stop(name);
        agent.shows(name, "— offline").await;
    }
    // Somebody stopped them: that is told as soon as the activity log has been asked.
    agent.menu_shows(&["1 new alert"]).await;
    let mut watch = agent.watch_menu().await;
    let rounds = panel.lists();
    // The panel is asked and answers, and a setting changes that the menu does not show.
    let change = json!({"kind": "change_settings", "change": {"poll_seconds": 90}});
    assert_eq!(agent.act(change).await["kind"], "done");
    let later = async || (panel.lists() > rounds + 10).then_some(());
    until("ten more looks at the list", later).await;
    let news = watch.news().await;
    assert!(news.is_empty(), "{news:#?}");
}

#[tokio::test]
async fn an_open_menu_keeps_its_place_until_it_opens_again() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&SIX).await;
    let agent = desk.watching(&panel, "until_quit").await;
    let mut watch = agent.watch_menu().await;
    agent.open_menu().await;
    let open = menu(&agent).await;
    assert_eq!(order(&open), SIX);
    panel.crash("Zulu");
    let crashed = agent.shows("Zulu", "— crashed").await;
    let now = menu(&agent).await;
    assert_eq!(order(&now), SIX, "nothing moves under the pointer");
    assert_eq!(crashed.id, open.find(&["Zulu"]).expect("a row").id);
    agent.open_menu().await;
    assert_eq!(order(&menu(&agent).await)[0], "Zulu", "the problem on top");
    let news = watch.news().await;
    let layout = |one: &MenuNews| matches!(one, MenuNews::Layout);
    assert!(!news.iter().any(layout), "{news:#?}");
}

#[tokio::test]
async fn the_row_under_the_pointer_is_the_same_server_whatever_the_others_do() {
    let desk = Desk::with(Room::TRAY).await;
    let names = many(25);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let panel = Panel::with(&names).await;
    let agent = desk.watching(&panel, "until_quit").await;
    agent.open_menu().await;
    let open = menu(&agent).await;
    assert_eq!(order(&open), names[..20]);
    let under = open.find(&["Server19", "Stop"]).expect("its entry").id;
    // One without a row comes before all others from now on, in a menu that is opened from now on.
    panel.crash("Server24");
    agent.notified("Server24 crashed").await;
    let now = menu(&agent).await;
    assert_eq!(order(&now), names[..20]);
    assert_eq!(
        now.find(&["Server19", "Stop"]).map(|line| line.id),
        Some(under)
    );
    agent.press_line(under).await;
    panel.until_state("Server19", PowerState::Offline).await;
    assert_eq!(panel.signals(), ["stop Server19"]);
    agent.open_menu().await;
    assert_eq!(order(&menu(&agent).await)[0], "Server24");
}

#[tokio::test]
async fn a_press_shows_before_the_panel_has_answered() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "until_quit").await;
    panel.stop("Survival");
    let row = agent.shows("Survival", "— offline").await.id;
    panel.thinks_about_signals_for("Survival", Duration::from_secs(2));
    let mut watch = agent.watch_menu().await;
    agent.click(&["Survival", "Start"]).await;
    agent.shows("Survival", "%").await;
    let mut told = Vec::new();
    for one in watch.news().await {
        let MenuNews::Lines(lines) = one else {
            panic!("the menu has to be read anew for a press")
        };
        let of_row = lines
            .into_iter()
            .filter(|(id, name, _)| *id == row && name == "label");
        told.extend(of_row.filter_map(|(_, _, text)| String::try_from(text).ok()));
    }
    assert_eq!(
        told.first().map(String::as_str),
        Some("Survival — offline (starting…)")
    );
    assert!(
        told.last().is_some_and(|text| text.contains('%')),
        "{told:#?}"
    );
    assert_eq!(panel.signals(), ["start Survival"]);
}

#[tokio::test]
async fn a_press_that_the_panel_refuses_is_taken_back_in_the_menu() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "until_quit").await;
    panel.stop("Survival");
    agent.shows("Survival", "— offline").await;
    panel.refuses_signals("Survival");
    let mut watch = agent.watch_menu().await;
    agent.click(&["Survival", "Start"]).await;
    agent.notified("Survival did not start").await;
    let row = agent.shows("Survival", "— offline").await;
    assert_eq!(row.label, "Survival — offline");
    let news = format!("{:?}", watch.news().await);
    assert!(news.contains("starting…"), "{news}");
    assert_eq!(panel.state("Survival"), PowerState::Offline);
}

#[tokio::test]
async fn a_host_that_is_killed_and_comes_back_has_the_newest_icon_again() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&SIX).await;
    let agent = desk.watching(&panel, "until_quit").await;
    let calm = agent.pixels().await.expect("an icon");
    desk.tray_host_dies().await;
    panel.crash("Zulu");
    agent.notified("Zulu crashed").await;
    desk.tray_host_appears().await;
    agent.shows("Zulu", "— crashed").await;
    assert_ne!(agent.pixels().await.expect("an icon"), calm);
    agent.click(&["Zulu", "Start"]).await;
    agent.shows("Zulu", "%").await;
    assert_eq!(
        agent.snapshot().await["notices"],
        json!([]),
        "it was back in time"
    );
}

#[tokio::test]
async fn a_second_host_takes_over_from_the_first() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "until_quit").await;
    desk.tray_host_appears().await;
    agent.shows("Survival", "%").await;
    panel.crash("Survival");
    agent.shows("Survival", "— crashed").await;
    assert_eq!(agent.snapshot().await["notices"], json!([]));
}

#[tokio::test]
async fn a_host_that_stays_away_is_said_once_and_forgotten_when_it_is_back() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "until_quit").await;
    desk.tray_host_dies().await;
    agent.until_notice("no_tray").await;
    let about_it = |notes: Vec<acceptance::Note>| {
        let said = |note: &&acceptance::Note| note.body.contains("shows no tray icons");
        notes.iter().filter(said).count()
    };
    let told = async || (about_it(agent.notes()) > 0).then_some(());
    until("somebody is told", told).await;
    desk.tray_host_appears().await;
    agent.shows("Survival", "%").await;
    agent.until_no_notice("no_tray").await;
    panel.crash("Survival");
    agent.notified("Survival crashed").await;
    assert_eq!(about_it(agent.notes()), 1, "{:#?}", agent.notes());
}

#[tokio::test]
async fn a_left_click_does_what_was_chosen_and_a_middle_click_refreshes() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    // The list is asked for every three minutes, or when somebody wants it.
    let agent = desk.unhurried_agent().await;
    assert_eq!(agent.add_panel(&panel, "until_quit").await["kind"], "done");
    agent.until_all_run().await;
    let one_more = async |before| (panel.lists() > before).then_some(());
    let before = panel.lists();
    agent.middle_click().await;
    until("a refresh by the middle button", async || {
        one_more(before).await
    })
    .await;
    let look = agent.pixels().await;
    let change = json!({"left_click": "refresh", "icon_style": "light"});
    let change = json!({"kind": "change_settings", "change": change});
    assert_eq!(agent.act(change).await["kind"], "done");
    let arrived = async || (agent.pixels().await != look).then_some(());
    until("the settings arrive at the icon", arrived).await;
    let before = panel.lists();
    agent.left_click().await;
    until("a refresh by the left button", async || {
        one_more(before).await
    })
    .await;
    agent.scroll().await;
    assert!(panel.signals().is_empty());
    assert_eq!(
        agent.snapshot().await["notices"],
        json!([]),
        "no window was asked for"
    );
}

#[tokio::test]
async fn two_panels_have_a_heading_each() {
    let desk = Desk::with(Room::TRAY).await;
    let home = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&home, "until_quit").await;
    let rented = Panel::with(&["Creative"]).await;
    assert_eq!(agent.add_panel(&rented, "until_quit").await["kind"], "done");
    agent.shows("Creative", "%").await;
    let snapshot = agent.snapshot().await;
    let name = |at: usize| snapshot["panels"][at]["name"].as_str().unwrap_or_default();
    let menu = menu(&agent).await;
    let labels = menu.labels();
    let at = |start: &str| labels.iter().position(|label| label.starts_with(start));
    let places = [at(name(0)), at("Survival"), at("Creative")];
    assert!(places.iter().all(Option::is_some), "{labels:#?}");
    assert!(places.is_sorted(), "{labels:#?}");
    assert_eq!(
        labels.iter().filter(|label| **label == name(1)).count(),
        1 + usize::from(name(0) == name(1))
    );
}

#[tokio::test]
async fn the_icon_is_drawn_as_was_chosen() {
    let desk = Desk::with(Room::TRAY).await;
    let panel = Panel::with(&["Survival"]).await;
    let agent = desk.watching(&panel, "until_quit").await;
    let mut seen = vec![agent.pixels().await.expect("an icon")];
    for style in ["light", "dark"] {
        let change = json!({"kind": "change_settings", "change": {"icon_style": style}});
        assert_eq!(agent.act(change).await["kind"], "done");
        let another = async || {
            let now = agent.pixels().await?;
            (!seen.contains(&now)).then_some(now)
        };
        let now = until("an icon of another style", another).await;
        seen.push(now);
    }
}

#[tokio::test]
async fn the_window_that_icon_or_menu_opens_may_come_to_the_front_and_no_later_one() {
    const TOKEN: &str = "XDG_ACTIVATION_TOKEN";
    let desk = Desk::with(Room::TRAY).await;
    let window = desk.window_that_tells();
    let environment = [("PTEROTRAY_WINDOW", window.path()), (TOKEN, "of-the-start")];
    let agent = desk.agent_in(&environment).await;
    agent.menu_shows(&["Open Pterotray"]).await;
    agent.gets_token("from-the-icon").await;
    agent.left_click().await;
    let token = window.environment(TOKEN).await;
    assert_eq!(token.as_deref(), Some("from-the-icon"));
    agent.gets_token("from-the-menu").await;
    agent.click(&["Open Pterotray"]).await;
    let token = window.environment(TOKEN).await;
    assert_eq!(token.as_deref(), Some("from-the-menu"));
    let page = json!({"kind": "settings"});
    agent.act(json!({"kind": "show", "page": page})).await;
    assert_eq!(window.environment(TOKEN).await, None);
}
