//! What notifications ask for: each button, and the click on each that is on the screen.
//!
//! Bounded, and never asks for the same thing twice. A press belongs to the alert it was offered
//! with, even where a newer notification has taken its place meanwhile.

use super::bus::Place;
use pterotray_core::{Action, Notification, Subject};

/// More than anybody leaves lying about; the oldest is forgotten first.
const MOST: usize = 64;

/// The name of the click on the notification itself.
pub(super) const OPEN: &str = "default";

/// The name of a button: no other one of any notification has it.
pub(super) fn key(alert: u64, button: usize) -> String {
    format!("{alert}.{button}")
}

/// What is on the screen, and what was a moment ago. `At` orders what a notification server says.
#[derive(Debug)]
pub(super) struct Shown<At> {
    entries: Vec<Entry<At>>,
}

#[derive(Debug)]
struct Entry<At> {
    alert: u64,
    about: Subject,
    open: Action,
    presses: Vec<Action>,
    /// Where it is, and since when it is there.
    place: Option<(Place, At)>,
}

/// What somebody asks for, and the alert that was answered with it.
#[derive(Debug, PartialEq)]
pub(super) struct Asked {
    pub(super) alert: u64,
    pub(super) action: Action,
}

impl<At> Default for Shown<At> {
    fn default() -> Shown<At> {
        let entries = Vec::new();
        Shown { entries }
    }
}

impl<At: Copy + PartialOrd> Shown<At> {
    /// A notification is about to be shown. From now on it can be answered.
    pub(super) fn offer(&mut self, notification: &Notification) {
        let same = |entry: &Entry<At>| entry.alert == notification.alert;
        let place = self.entries.iter().position(same);
        let place = place.and_then(|place| self.entries.remove(place).place);
        if self.entries.len() == MOST {
            self.entries.remove(0);
        }
        let presses = notification.buttons.iter();
        self.entries.push(Entry {
            alert: notification.alert,
            about: notification.about.clone(),
            open: notification.open.clone(),
            presses: presses.map(|button| button.press.clone()).collect(),
            place,
        });
    }

    /// It is on the screen, and what was there about the same subject or in the same place is not.
    pub(super) fn appeared(&mut self, notification: &Notification, place: Place, at: At) {
        for entry in &mut self.entries {
            let here = |(other, _): &mut (Place, At)| *other == place;
            if entry.about == notification.about || entry.place.as_mut().is_some_and(here) {
                entry.place = None;
            }
        }
        let mut entries = self.entries.iter_mut();
        if let Some(entry) = entries.find(|entry| entry.alert == notification.alert) {
            entry.place = Some((place, at));
        }
    }

    /// The number that this server gave the notification about a subject.
    pub(super) fn id_of(&self, about: &Subject, server: &str) -> Option<u32> {
        let here = self.entries.iter().filter(|entry| entry.about == *about);
        let mut places = here.filter_map(|entry| entry.place.as_ref());
        let (place, _) = places.find(|(place, _)| place.server == server)?;
        Some(place.id)
    }

    /// The notification of this alert is on the screen.
    pub(super) fn has(&self, alert: u64) -> bool {
        let mut entries = self.entries.iter();
        entries.any(|entry| entry.alert == alert && entry.place.is_some())
    }

    /// Somebody pressed this, or clicked on the notification. It is answered with that.
    pub(super) fn pressed(&mut self, place: &Place, at: At, key: &str) -> Option<Asked> {
        if key == OPEN {
            let number = self.position(place, at)?;
            let entry = self.entries.remove(number);
            return Some(Asked {
                alert: entry.alert,
                action: entry.open,
            });
        }
        let (alert, button) = key.split_once('.')?;
        let (alert, button): (u64, usize) = (alert.parse().ok()?, button.parse().ok()?);
        let number = self.entries.iter().position(|it| it.alert == alert)?;
        let action = self.entries[number].presses.get(button)?.clone();
        self.entries.remove(number);
        Some(Asked { alert, action })
    }

    /// The notification is gone.
    pub(super) fn closed(&mut self, place: &Place, at: At) {
        if let Some(number) = self.position(place, at) {
            self.entries.remove(number);
        }
    }

    /// Forgets the notification about a subject; says where it is.
    pub(super) fn withdraw(&mut self, about: &Subject) -> Option<Place> {
        let on_screen = |entry: &Entry<At>| entry.about == *about && entry.place.is_some();
        let number = self.entries.iter().position(on_screen)?;
        self.entries.remove(number).place.map(|(place, _)| place)
    }

    fn position(&self, place: &Place, at: At) -> Option<usize> {
        let meant = |entry: &Entry<At>| {
            let here = entry.place.as_ref();
            here.is_some_and(|(here, since)| here == place && *since < at)
        };
        self.entries.iter().position(meant)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pterotray_core::{Button, Page, PanelId, ServerId, Urgency};

    fn server(number: u64) -> ServerId {
        ServerId {
            panel: PanelId("home".to_owned()),
            uuid: number.to_string(),
        }
    }

    /// An alert with this number about the server with that one.
    fn notification(alert: u64, about: u64) -> Notification {
        let server = server(about);
        Notification {
            alert,
            about: Subject::Server(server.clone()),
            title: "Survival went down".to_owned(),
            body: String::new(),
            urgency: Urgency::Critical,
            buttons: vec![Button {
                text: "Restart".to_owned(),
                press: Action::Answer {
                    alert,
                    server: server.clone(),
                    name: "Survival".to_owned(),
                },
            }],
            open: Action::Show {
                page: Page::Server { server },
            },
        }
    }

    fn at(server: &str, id: u32) -> Place {
        let server = server.to_owned();
        Place { server, id }
    }

    fn show(shown: &mut Shown<u32>, one: &Notification, id: u32, moment: u32) {
        shown.offer(one);
        shown.appeared(one, at(":1.7", id), moment);
    }

    fn press_of(one: &Notification) -> Option<Asked> {
        Some(Asked {
            alert: one.alert,
            action: one.buttons[0].press.clone(),
        })
    }

    #[test]
    fn a_button_asks_for_its_own_action_and_only_once() {
        let (mut shown, one, two) = (Shown::default(), notification(1, 1), notification(2, 2));
        show(&mut shown, &one, 7, 1);
        show(&mut shown, &two, 8, 2);
        assert_eq!(shown.pressed(&at(":1.7", 7), 3, "1.0"), press_of(&one));
        assert_eq!(shown.pressed(&at(":1.7", 7), 4, "1.0"), None);
        let opened = shown.pressed(&at(":1.7", 8), 5, OPEN).unwrap();
        assert_eq!(opened.action, two.open);
        assert_eq!(shown.pressed(&at(":1.7", 8), 6, OPEN), None);
    }

    #[test]
    fn a_press_before_the_server_has_answered_counts() {
        let (mut shown, one) = (Shown::default(), notification(1, 1));
        shown.offer(&one);
        assert_eq!(shown.pressed(&at(":1.7", 7), 1, "1.0"), press_of(&one));
        // And its closing takes nothing from whatever comes there later.
        shown.appeared(&one, at(":1.7", 7), 2);
        assert!(!shown.has(1));
    }

    #[test]
    fn a_press_of_the_older_one_is_never_one_of_the_newer_in_its_place() {
        let (mut shown, old, new) = (Shown::default(), notification(1, 1), notification(2, 1));
        show(&mut shown, &old, 7, 1);
        show(&mut shown, &new, 7, 5);
        assert_eq!(shown.pressed(&at(":1.7", 7), 4, OPEN), None);
        assert_eq!(shown.pressed(&at(":1.7", 7), 4, "1.0"), press_of(&old));
        shown.closed(&at(":1.7", 7), 4);
        assert!(shown.has(2), "the server closed the older one");
        shown.closed(&at(":1.7", 7), 6);
        assert!(!shown.has(2));
    }

    #[test]
    fn foreign_numbers_servers_and_unknown_buttons_ask_for_nothing() {
        let mut shown = Shown::default();
        show(&mut shown, &notification(1, 1), 7, 1);
        for (server, id, key) in [
            (":1.7", 9, OPEN),
            (":1.8", 7, OPEN),
            (":1.7", 7, "1.1"),
            (":1.7", 7, "2.0"),
            (":1.7", 7, "0"),
            (":1.7", 7, "1.-1"),
        ] {
            assert_eq!(shown.pressed(&at(server, id), 2, key), None, "{key}");
        }
    }

    #[test]
    fn the_same_subject_is_replaced_where_it_is_and_taken_back_once() {
        let mut shown = Shown::default();
        let one = notification(1, 1);
        show(&mut shown, &one, 7, 1);
        assert_eq!(shown.id_of(&one.about, ":1.7"), Some(7));
        assert_eq!(shown.id_of(&one.about, ":1.8"), None, "another server");
        show(&mut shown, &notification(2, 1), 8, 2);
        assert_eq!(shown.id_of(&one.about, ":1.7"), Some(8));
        assert_eq!(shown.withdraw(&one.about), Some(at(":1.7", 8)));
        assert_eq!(shown.withdraw(&one.about), None);
    }

    #[test]
    fn many_do_not_pile_up() {
        let mut shown = Shown::default();
        for number in 0..=64 {
            let id = u32::try_from(number).unwrap() + 1;
            show(&mut shown, &notification(number, number), id, id);
        }
        assert_eq!(shown.entries.len(), MOST);
        assert!(!shown.has(0));
        assert!(shown.has(64));
    }
}
