//! What a menu library is told, on a canvas that remembers it.

use super::{Canvas, mark, redraw, seen};
use pterotray_core::{Action, Condition, Item, Page, PanelId, PowerSignal, ServerId};

/// What is drawn, and every step that was taken.
#[derive(Default)]
struct Recording {
    lines: Vec<Line>,
    steps: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
struct Line {
    text: String,
    enabled: bool,
    chosen: bool,
    press: Option<Action>,
    picture: Option<Condition>,
    lines: Vec<Line>,
}

fn line(item: &Item) -> Line {
    let (enabled, chosen, press, picture, items): (_, _, _, _, &[Item]) = match item {
        Item::Label(_) | Item::Figure(_) | Item::Separator => (false, false, None, None, &[]),
        Item::Entry { enabled, press, .. } => (*enabled, false, Some(press.clone()), None, &[]),
        Item::Choice { chosen, press, .. } => (true, *chosen, Some(press.clone()), None, &[]),
        Item::Menu { items, .. } => (true, false, None, None, items),
        Item::Server {
            condition, items, ..
        } => (true, false, None, Some(*condition), items),
    };
    Line {
        text: item.text().into_owned(),
        enabled,
        chosen,
        press,
        picture,
        lines: lines(items),
    }
}

fn lines(items: &[Item]) -> Vec<Line> {
    seen(items).into_iter().map(line).collect()
}

impl Recording {
    fn of(menu: &[Item]) -> Recording {
        Recording {
            lines: lines(menu),
            steps: Vec::new(),
        }
    }

    fn level<'a>(&mut self, path: &'a [usize]) -> (&mut Vec<Line>, &'a usize) {
        let (last, above) = path.split_last().unwrap();
        let mut level = &mut self.lines;
        for place in above {
            level = &mut level[*place].lines;
        }
        (level, last)
    }

    /// What was told on the way from one menu to the other.
    fn from_to(before: &[Item], now: &[Item]) -> Vec<String> {
        let mut canvas = Recording::of(before);
        redraw(&mut canvas, before, now).unwrap();
        assert_eq!(canvas.lines, lines(now), "{:#?}", canvas.steps);
        canvas.steps
    }
}

impl Canvas for Recording {
    type Error = std::convert::Infallible;

    fn insert(&mut self, path: &[usize], item: &Item) -> Result<(), Self::Error> {
        let (level, place) = self.level(path);
        level.insert(*place, line(item));
        self.steps.push(format!("insert {path:?} {}", item.text()));
        Ok(())
    }

    fn remove(&mut self, path: &[usize]) -> Result<(), Self::Error> {
        let (level, place) = self.level(path);
        let gone = level.remove(*place);
        self.steps.push(format!("remove {path:?} {}", gone.text));
        Ok(())
    }

    fn change(&mut self, path: &[usize], item: &Item) -> Result<(), Self::Error> {
        let (level, place) = self.level(path);
        let drawn = &mut level[*place];
        let now = line(item);
        assert_eq!(drawn.press, now.press, "a press means what was drawn");
        *drawn = Line {
            lines: std::mem::take(&mut drawn.lines),
            ..now
        };
        self.steps.push(format!("change {path:?} {}", item.text()));
        Ok(())
    }
}

fn id(name: &str) -> ServerId {
    ServerId {
        panel: PanelId("home".to_owned()),
        uuid: name.to_owned(),
    }
}

fn power(name: &str, signal: PowerSignal, enabled: bool, visible: bool) -> Item {
    Item::Entry {
        text: signal.as_str().to_owned(),
        enabled,
        visible,
        press: Action::Power {
            server: id(name),
            signal,
        },
    }
}

fn server(name: &str, condition: Condition) -> Item {
    let runs = condition == Condition::Running;
    let crashed = condition == Condition::Crashed;
    let reading = if runs { "CPU 23 %" } else { "CPU –" };
    Item::Server {
        id: id(name),
        text: format!("{name} — {}", condition.name()),
        figures: if runs { "23 %" } else { "" }.to_owned(),
        condition,
        items: vec![
            power(name, PowerSignal::Start, !runs, true),
            power(name, PowerSignal::Stop, runs, true),
            power(
                name,
                PowerSignal::Kill,
                true,
                condition == Condition::StillStopping,
            ),
            Item::Separator,
            Item::Label(if crashed { "why" } else { "" }.to_owned()),
            Item::Figure(reading.to_owned()),
        ],
    }
}

fn menu(headline: &str, servers: &[(&str, Condition)]) -> Vec<Item> {
    let mut menu = vec![Item::Label(headline.to_owned()), Item::Separator];
    menu.extend(servers.iter().map(|(name, is)| server(name, *is)));
    menu.push(Item::Separator);
    menu.push(Item::Entry {
        text: "Refresh".to_owned(),
        enabled: true,
        visible: true,
        press: Action::Refresh,
    });
    menu
}

use Condition::{Crashed, Offline, Running, StillStopping};

#[test]
fn the_same_again_takes_no_step() {
    let same = menu("2 of 2", &[("Alpha", Running), ("Bravo", Running)]);
    assert!(Recording::from_to(&same, &same).is_empty());
}

#[test]
fn a_server_that_does_something_else_says_so_where_it_stands() {
    let before = menu("2 of 2", &[("Alpha", Running), ("Bravo", Running)]);
    let now = menu("1 of 2", &[("Alpha", Running), ("Bravo", Offline)]);
    assert_eq!(
        Recording::from_to(&before, &now),
        [
            "change [0] 1 of 2",
            "change [3] Bravo — offline",
            "change [3, 0] start",
            "change [3, 1] stop",
            "change [3, 3] CPU –",
        ]
    );
}

#[test]
fn a_line_that_comes_to_be_seen_moves_no_other_menu() {
    let before = menu("2 of 2", &[("Alpha", Running), ("Bravo", Offline)]);
    let now = menu("2 of 2", &[("Alpha", StillStopping), ("Bravo", Crashed)]);
    let steps = Recording::from_to(&before, &now);
    assert!(
        steps.contains(&"insert [2, 2] kill".to_owned()),
        "{steps:#?}"
    );
    assert!(
        steps.contains(&"insert [3, 3] why".to_owned()),
        "{steps:#?}"
    );
    let back = Recording::from_to(&now, &before);
    assert!(back.contains(&"remove [2, 2] kill".to_owned()), "{back:#?}");
    assert!(back.contains(&"remove [3, 3] why".to_owned()), "{back:#?}");
}

#[test]
fn servers_that_come_and_go_leave_the_others_alone() {
    let before = menu("2", &[("Alpha", Running), ("Charlie", Running)]);
    let now = menu("2", &[("Bravo", Running), ("Charlie", Running)]);
    assert_eq!(
        Recording::from_to(&before, &now),
        [
            "remove [2] Alpha — running, 23 %",
            "insert [2] Bravo — running, 23 %"
        ]
    );
    let empty = menu("2", &[]);
    assert_eq!(Recording::from_to(&now, &empty).len(), 2);
    assert_eq!(Recording::from_to(&empty, &now).len(), 2);
}

#[test]
fn a_row_that_goes_up_takes_its_own_menu_with_it() {
    let before = menu(
        "3",
        &[("Alpha", Running), ("Bravo", Running), ("Zulu", Running)],
    );
    let now = menu(
        "3",
        &[("Zulu", Crashed), ("Alpha", Running), ("Bravo", Running)],
    );
    assert_eq!(
        Recording::from_to(&before, &now),
        [
            "remove [4] Zulu — running, 23 %",
            "insert [2] Zulu — crashed"
        ]
    );
}

#[test]
fn an_entry_that_asks_for_something_else_is_another_line() {
    let server = id("Alpha");
    let signal = PowerSignal::Stop;
    let entry = |press| Item::Entry {
        text: "Stop".to_owned(),
        enabled: true,
        visible: true,
        press,
    };
    let page = Page::Confirm {
        server: server.clone(),
        signal,
    };
    let before = [entry(Action::Power { server, signal })];
    let now = [entry(Action::Show { page })];
    assert_eq!(
        Recording::from_to(&before, &now),
        ["remove [0] Stop", "insert [0] Stop"]
    );
}

#[test]
fn any_menu_becomes_any_other() {
    let conditions = [Running, Offline, Crashed, StillStopping];
    let names = ["Alpha", "Bravo", "Charlie", "Delta"];
    let menus: Vec<Vec<Item>> = (0..64_usize)
        .map(|n| {
            // Some of the names, begun at another one each time.
            let some = (0..names.len()).filter(|bit| n >> bit & 1 == 1);
            let servers = some.map(|at| (names[(at + n / 16) % 4], conditions[(n + at) % 4]));
            menu("any", &servers.collect::<Vec<_>>())
        })
        .collect();
    for before in &menus {
        for now in &menus {
            Recording::from_to(before, now);
        }
    }
}

#[test]
fn choices_are_marked_as_they_are_however_often_they_are_pressed() {
    let choice = |minutes: &str, chosen| Item::Choice {
        text: minutes.to_owned(),
        chosen,
        press: Action::Refresh,
    };
    let menu = [Item::Menu {
        text: "Alerts".to_owned(),
        items: vec![choice("All", true), choice("None", false)],
    }];
    let mut canvas = Recording::of(&menu);
    // The library's own idea of a press on the one that is chosen already.
    canvas.lines[0].lines[0].chosen = false;
    mark(&mut canvas, &menu).unwrap();
    assert_eq!(canvas.lines, lines(&menu));
}
