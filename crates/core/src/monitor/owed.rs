//! An answer that somebody waits for: it comes even when the work on it breaks down.
//!
//! Never comes twice.

use crate::{app::Inbox, event::Event};

/// Held by the work; what is to be said when that ends without a word goes out then.
pub(super) struct Owed {
    events: Inbox,
    if_broken: Option<Event>,
}

impl Owed {
    pub(super) fn new(events: &Inbox, if_broken: Event) -> Owed {
        Owed {
            events: events.clone(),
            if_broken: Some(if_broken),
        }
    }

    /// The answer.
    pub(super) fn say(mut self, event: Event) {
        self.if_broken = None;
        self.events.say(event);
    }
}

impl Drop for Owed {
    fn drop(&mut self) {
        if let Some(event) = self.if_broken.take() {
            self.events.say(event);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_that_breaks_down_still_answers_and_work_that_ends_answers_once() {
        let (events, mut said) = Inbox::overheard();
        let owed = Owed::new(&events, Event::TimeReached);
        let broken = tokio::spawn(async move {
            let _owed = owed;
            panic!("an answer that nobody thought of");
        });
        assert!(broken.await.is_err());
        assert!(matches!(said(), Some(Event::TimeReached)));
        Owed::new(&events, Event::TimeReached).say(Event::Woke);
        assert!(matches!(said(), Some(Event::Woke)));
        assert!(said().is_none());
    }
}
