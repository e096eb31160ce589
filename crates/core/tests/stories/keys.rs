//! A typed key on its way through the loop: named nowhere, whatever is printed of it.

use super::story::Story;
use pterotray_core::{Action, Drive, Effect, Event, TypedKey};
use std::fmt::Debug;

const KEY: &str = "ptlc_0123456789abcdefghijklmnopqrstuvwxyz";

#[test]
fn a_typed_key_stands_in_no_print_of_action_event_order_or_state() {
    let mut story = Story::begun();
    let action = Action::TryPanel {
        url: "https://panel.example.com".into(),
        key: TypedKey(KEY.into()),
        trust: None,
        unencrypted: false,
    };
    let event = Event::Asked {
        ask: Some(1),
        action: action.clone(),
    };
    let prints = |what: &dyn Debug| format!("{what:?} {what:#?}");
    let mut printed = vec![prints(&action), prints(&event)];
    story.happens(event);
    let order = story.effects.iter().find_map(|effect| match effect {
        Effect::Drive(order @ Drive::Try { .. }) => Some(order),
        _ => None,
    });
    printed.extend([prints(&order.unwrap()), prints(&story.effects)]);
    printed.extend([prints(&story.state), prints(&story.snapshot())]);
    for print in printed {
        assert!(!print.contains(KEY), "{print}");
    }
}
