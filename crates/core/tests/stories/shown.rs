//! What of the tray is on the screen, while time passes and somebody may have the menu open.

use super::story::{Story, resources, server};
use pterodactyl_client::PowerState::{Offline, Running};
use pterotray_core::{Item, Texts, menu::Shown};
use std::{sync::Arc, time::Duration};

/// A tray and a person in front of it.
struct Screen {
    story: Story,
    shown: Shown,
}

impl Screen {
    fn of(story: Story) -> Screen {
        let texts = Arc::new(Texts::new(Some("en")));
        let shown = Shown::new(story.now.mono, &story.snapshot(), texts);
        Screen { story, shown }
    }

    /// A menu that was just opened, of so many running servers.
    fn opened(servers: usize) -> Screen {
        let mut story = Story::begun();
        story.listed = (0..servers).map(|n| server(&name(n))).collect();
        story.list();
        for n in 0..servers {
            story.reads(&name(n), Running);
        }
        let mut screen = Screen::of(story);
        screen.open();
        screen
    }

    fn open(&mut self) {
        let now = self.story.now.mono;
        self.shown.open(now, &self.story.snapshot());
    }

    /// What happened meanwhile arrives; how long figures have to wait, if they do.
    fn arrives(&mut self) -> Option<Duration> {
        let now = self.story.now.mono;
        let due = self.shown.take(now, &self.story.snapshot());
        due.map(|due| due - now)
    }

    /// What stands in the menu where a server's row can be: its name, or nothing where there is none any more.
    fn places(&self) -> Vec<String> {
        let place = |item: &Item| match item {
            Item::Server { text, .. } => Some(text.split(' ').next().unwrap().to_owned()),
            Item::Label(text) if text.is_empty() => Some(String::new()),
            _ => None,
        };
        // The first is the place for what is wrong with the panel.
        let all = self.shown.tray().menu.iter().filter_map(place);
        all.skip(1).collect()
    }

    fn row(&self, name: &str) -> String {
        let rows = self.shown.tray().menu.iter();
        let row = rows
            .map(|item| item.text())
            .find(|text| text.starts_with(name));
        row.unwrap().into_owned()
    }

    fn uses(&mut self, name: &str, percent: f64) {
        let mut used = resources(Running, Duration::from_secs(600));
        used.cpu_percent = percent;
        self.story.reads_with(name, used);
    }
}

fn name(n: usize) -> String {
    format!("Server{n:02}")
}

fn names(numbers: impl Iterator<Item = usize>) -> Vec<String> {
    numbers.map(name).collect()
}

#[test]
fn nothing_moves_until_the_menu_opens() {
    let mut screen = Screen::opened(3);
    for _ in 0..10 {
        screen.story.later(30).reads("Server02", Running);
    }
    screen.story.later(30).reads("Server02", Offline);
    screen.arrives();
    assert_eq!(screen.places(), names(0..3));
    assert_eq!(screen.row("Server02"), "Server02 — crashed");
    screen.open();
    assert_eq!(screen.places(), ["Server02", "Server00", "Server01"]);
}

#[test]
fn a_server_without_a_row_takes_nobodys_place_when_it_crashes() {
    let mut screen = Screen::opened(25);
    assert_eq!(screen.places(), names(0..20));
    screen.story.later(30).reads("Server23", Offline);
    screen.arrives();
    assert_eq!(screen.places(), names(0..20));
    let headline = &screen.shown.tray().tooltip;
    assert!(headline.contains("Server23 crashed"), "{headline}");
    screen.open();
    let first = [vec![name(23)], names(0..19)].concat();
    assert_eq!(screen.places(), first);
}

#[test]
fn the_place_of_a_server_that_went_away_stays_empty_until_the_menu_opens() {
    let mut screen = Screen::opened(22);
    screen.story.listed.remove(3);
    screen.story.list();
    screen.arrives();
    let mut places = names(0..21);
    places[3] = String::new();
    assert_eq!(screen.places(), places, "the next one came last");
    // It comes back to where it was; there is no room for the one that came meanwhile.
    screen.story.listed.push(server("Server03"));
    screen.story.list().reads("Server03", Running);
    screen.arrives();
    assert_eq!(screen.places(), names(0..21));
    screen.open();
    assert_eq!(screen.places(), names(0..20));
}

#[test]
fn servers_that_come_and_go_while_nobody_looks_leave_no_heap_of_empty_places() {
    let mut screen = Screen::opened(2);
    for n in 2..100 {
        screen.story.listed.remove(0);
        screen.story.listed.push(server(&name(n)));
        screen.story.list();
        screen.arrives();
        assert!(screen.places().len() <= 41, "{:?}", screen.places());
    }
}

#[test]
fn a_press_closes_the_menu_so_that_rows_may_move() {
    let mut screen = Screen::opened(2);
    screen.story.later(30).reads("Server01", Offline);
    screen.arrives();
    let now = screen.story.now.mono;
    screen.shown.close(now, &screen.story.snapshot());
    assert_eq!(screen.places(), ["Server01", "Server00"]);
}

#[test]
fn figures_change_once_a_second_in_an_open_menu_and_everything_else_at_once() {
    let mut screen = Screen::opened(2);
    for part in 1..50_u32 {
        screen.story.soon();
        screen.uses("Server00", 100.0 + f64::from(part));
        assert!(screen.arrives().is_some(), "{part}");
    }
    assert_eq!(
        screen.row("Server00"),
        "Server00 — running, 23 %, 2.1 of 4 GiB"
    );
    screen.story.soon();
    let wait = screen.arrives();
    assert_eq!(wait, None, "a second has passed");
    assert_eq!(
        screen.row("Server00"),
        "Server00 — running, 149 %, 2.1 of 4 GiB"
    );
    screen.story.soon().reads("Server01", Offline);
    assert_eq!(screen.arrives(), None);
    assert_eq!(screen.row("Server01"), "Server01 — crashed");
}

#[test]
fn figures_wait_in_a_menu_that_is_closed_and_are_there_when_it_opens() {
    let mut screen = Screen::of(Story::with("Skyblock", Running));
    screen.story.later(20);
    screen.uses("Skyblock", 50.0);
    assert_eq!(screen.arrives(), Some(Duration::from_secs(40)));
    assert_eq!(
        screen.row("Skyblock"),
        "Skyblock — running, 23 %, 2.1 of 4 GiB"
    );
    screen.open();
    assert_eq!(
        screen.row("Skyblock"),
        "Skyblock — running, 50 %, 2.1 of 4 GiB"
    );
    screen.story.later(600);
    screen.arrives();
    screen.uses("Skyblock", 60.0);
    assert_eq!(screen.arrives(), None, "nothing changed for long");
    screen.uses("Skyblock", 70.0);
    assert_eq!(screen.arrives(), Some(Duration::from_secs(60)));
}

#[test]
fn the_first_figures_of_a_server_do_not_wait() {
    let mut screen = Screen::of(Story::listing(&["Skyblock"]));
    screen.story.opens("Skyblock").tells("Skyblock", Running);
    assert_eq!(screen.arrives(), None);
    assert_eq!(screen.row("Skyblock"), "Skyblock — running");
    screen.story.soon();
    let stats = resources(Running, Duration::from_secs(5));
    screen.story.tells_stats("Skyblock", stats);
    assert_eq!(screen.arrives(), None);
    assert!(screen.row("Skyblock").contains("23 %"));
}
