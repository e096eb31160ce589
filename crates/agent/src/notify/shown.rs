//! Which notifications are on the screen, and what each of their buttons asks for.
//!
//! Bounded, and never asks for the same thing twice.

use pterotray_core::{Action, Notification, Subject};

/// More than anybody leaves lying about; the oldest is forgotten first.
const MOST: usize = 64;

/// The name of the click on the notification itself.
pub(super) const OPEN: &str = "default";

/// What is on the screen.
#[derive(Debug, Default)]
pub(super) struct Shown {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    about: Subject,
    id: u32,
    open: Action,
    presses: Vec<Action>,
}

impl Shown {
    /// The number of the notification about this subject.
    pub(super) fn id_of(&self, about: &Subject) -> Option<u32> {
        self.entries
            .iter()
            .find(|entry| entry.about == *about)
            .map(|entry| entry.id)
    }

    /// Keeps what a notification asks for, in place of an older one about the same subject.
    pub(super) fn keep(&mut self, id: u32, notification: &Notification) {
        self.entries
            .retain(|entry| entry.about != notification.about && entry.id != id);
        if self.entries.len() == MOST {
            self.entries.remove(0);
        }
        self.entries.push(Entry {
            about: notification.about.clone(),
            id,
            open: notification.open.clone(),
            presses: notification
                .buttons
                .iter()
                .map(|button| button.press.clone())
                .collect(),
        });
    }

    /// What a press asks for. The notification is answered with that.
    pub(super) fn press(&mut self, id: u32, key: &str) -> Option<Action> {
        let place = self.entries.iter().position(|entry| entry.id == id)?;
        let entry = self.entries.remove(place);
        if key == OPEN {
            return Some(entry.open);
        }
        let button: usize = key.parse().ok()?;
        entry.presses.into_iter().nth(button)
    }

    /// It can still be answered.
    #[cfg_attr(
        not(target_os = "linux"),
        expect(dead_code, reason = "only Linux replaces and withdraws")
    )]
    pub(super) fn has(&self, id: u32) -> bool {
        self.entries.iter().any(|entry| entry.id == id)
    }

    /// The notification is gone.
    #[cfg_attr(
        not(target_os = "linux"),
        expect(dead_code, reason = "only Linux replaces and withdraws")
    )]
    pub(super) fn closed(&mut self, id: u32) {
        self.entries.retain(|entry| entry.id != id);
    }

    /// Forgets the notification about a subject; gives its number.
    pub(super) fn withdraw(&mut self, about: &Subject) -> Option<u32> {
        let id = self.id_of(about)?;
        self.closed(id);
        Some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, OPEN, Shown};
    use pterotray_core::{
        Action, Button, Notification, Page, PanelId, PowerSignal, ServerId, Subject, Urgency,
    };

    fn server(number: usize) -> ServerId {
        ServerId {
            panel: PanelId("home".to_owned()),
            uuid: number.to_string(),
        }
    }

    fn notification(number: usize) -> Notification {
        let server = server(number);
        Notification {
            about: Subject::Server(server.clone()),
            title: "Survival went down".to_owned(),
            body: String::new(),
            urgency: Urgency::Critical,
            buttons: vec![Button {
                text: "Restart".to_owned(),
                press: Action::Power {
                    server: server.clone(),
                    signal: PowerSignal::Restart,
                },
            }],
            open: Action::Show {
                page: Page::Server { server },
            },
        }
    }

    #[test]
    fn a_button_asks_for_its_own_action_and_only_once() {
        let mut shown = Shown::default();
        let one = notification(1);
        shown.keep(7, &one);
        shown.keep(8, &notification(2));
        assert_eq!(shown.press(7, "0"), Some(one.buttons[0].press.clone()));
        assert_eq!(shown.press(7, "0"), None);
        assert_eq!(shown.press(8, OPEN), Some(notification(2).open));
    }

    #[test]
    fn foreign_numbers_and_unknown_buttons_ask_for_nothing() {
        let mut shown = Shown::default();
        shown.keep(7, &notification(1));
        assert_eq!(shown.press(9, "0"), None);
        assert_eq!(shown.press(7, "1"), None);
        shown.keep(7, &notification(1));
        assert_eq!(shown.press(7, "-1"), None);
    }

    #[test]
    fn the_same_subject_replaces_and_a_closed_one_is_forgotten() {
        let mut shown = Shown::default();
        let one = notification(1);
        shown.keep(7, &one);
        assert_eq!(shown.id_of(&one.about), Some(7));
        shown.keep(8, &one);
        assert_eq!(shown.press(7, OPEN), None);
        assert_eq!(shown.id_of(&one.about), Some(8));
        shown.closed(8);
        assert_eq!(shown.id_of(&one.about), None);
        assert_eq!(shown.withdraw(&one.about), None);
    }

    #[test]
    fn many_do_not_pile_up() {
        let mut shown = Shown::default();
        for number in 0..=MOST {
            shown.keep(u32::try_from(number).unwrap() + 1, &notification(number));
        }
        assert_eq!(shown.entries.len(), MOST);
        assert_eq!(shown.id_of(&notification(0).about), None);
        assert!(shown.id_of(&notification(MOST).about).is_some());
    }
}
