//! The fake panel from outside, over real sockets. Never uses the client, so that the two cannot agree on a mistake.

#![expect(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in test functions; this whole crate is tests"
)]

mod behaviour;
mod claims;
mod compare;
mod described;
mod ear;
mod faults;
mod limits;
mod live;
mod placed;
mod program;
mod recorded_world;
mod recording;
mod replay;
mod replay_cases;
mod scene;
mod script;
mod socket_faults;
mod stage;
mod transcripts;
mod wire;
