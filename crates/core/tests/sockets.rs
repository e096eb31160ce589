//! The real app over real sockets against a fake panel that shares no type with it: what a person sees while things go wrong.
#![expect(
    clippy::unwrap_used,
    reason = "a stage that cannot be set up fails where it does"
)]

mod sockets {
    mod console;
    mod crashes;
    mod delays;
    mod faults;
    mod lines;
    mod live;
    mod panels;
    mod rows;
    mod samples;
    mod scene;
    mod stage;
    mod traffic;
    mod wanted;
}
