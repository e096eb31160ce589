//! Stories: events in, snapshots and effects out, in virtual time. No clock, no network, no tasks.
#![expect(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "a story that goes another way fails where it does"
)]

mod stories {
    pub(crate) mod story;

    mod alerts;
    mod causes;
    mod conditions;
    mod console;
    mod falls;
    mod gaps;
    mod groups;
    mod headlines;
    mod history;
    mod keys;
    mod live;
    mod meanwhile;
    mod menus;
    mod nodes;
    mod outages;
    mod panels;
    mod permitted;
    mod power;
    mod presses;
    mod properties;
    mod quieted;
    mod restarts;
    mod roster;
    mod rules;
    mod samples;
    mod shown;
    mod silences;
    mod thresholds;
    mod window;
}
