//! An honest little Pterodactyl panel on loopback, for tests, benches and the demo. Never shares a type with the client:
//! every body is written by hand from what real panels send, so that a mistake of the client shows.
//!
//! ```no_run
//! use fake_panel::{FakePanel, Fault, Rules, ServerSpec, World};
//!
//! # async fn story() -> std::io::Result<()> {
//! let mut world = World::new(Rules::quick());
//! let key = world.add_user("alice", false);
//! world.add_server(ServerSpec::new("Survival", "alice", "node-1"));
//! world.server("Survival").been_running_for(std::time::Duration::from_secs(3600));
//!
//! let panel = FakePanel::start(world).await?;
//! println!("{} with key {key}", panel.url());
//! panel.with(|world| world.server("Survival").crash());
//! panel.with(|world| world.server("Survival").fault(Some(Fault::NeverAnswer)));
//! assert!(panel.power_requests().is_empty());
//! # Ok(()) }
//! ```
#![forbid(unsafe_code)]

mod answer;
mod ask;
mod bodies;
pub mod evening;
mod face;
mod fault;
mod gauges;
mod ids;
mod life;
mod line;
mod list;
mod panel;
mod people;
mod refusal;
mod rules;
mod server;
mod world;

pub use fault::{Conflict, Fault, NodeTrouble};
pub use life::{PowerState, Signal};
pub use panel::{FakePanel, Request};
pub use people::User;
pub use rules::{Flavour, Rules};
pub use server::{Allocation, Limits, Server, ServerSpec, Variable};
pub use world::{Node, PowerRequest, World};
