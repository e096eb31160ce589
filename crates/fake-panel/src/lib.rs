//! An honest little Pterodactyl or Pelican panel on loopback with its nodes' websockets, for tests, benches and the demo.
//! All nodes listen at one port beside the panel's; time can be skipped or run faster, and what is due on the way happens
//! at its own moment. Never shares a type with the client:
//! every body is written by hand from what real panels send, so that a mistake of the client shows.
//!
//! ```no_run
//! use fake_panel::{Call, FakePanel, Fault, Rules, ServerSpec, SocketFault, World};
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
//! panel.with(|world| world.fault_times(1, Call::List, Fault::Unauthorized401));
//! panel.with(|world| {
//!     let server = world.server("Survival");
//!     server.fault_on(Call::Resources, Some(Fault::NeverAnswer));
//!     server.socket_fault(Some(SocketFault::Frozen));
//! });
//! assert!(panel.power_requests().is_empty());
//! assert_eq!((panel.count(Call::List), panel.connections()), (0, 0));
//! panel.with(|world| world.restart_node("node-1"));
//! panel.skip(std::time::Duration::from_secs(600));
//! # Ok(()) }
//! ```
#![forbid(unsafe_code)]

mod activity;
mod answer;
mod ask;
mod backup;
mod bodies;
mod bucket;
mod call;
mod console;
mod daemon;
mod desk;
pub mod evening;
mod face;
mod fault;
mod frames;
mod gauges;
mod happening;
mod hear;
mod ids;
mod life;
mod line;
mod list;
mod node;
mod order;
mod panel;
mod people;
mod placed;
mod power;
mod refusal;
mod routes;
mod rules;
mod schedule;
mod serve;
mod server;
mod socket;
mod socket_fault;
mod talk;
mod throttle;
mod token;
mod twist;
mod watch;
mod words;
mod work;
mod world;

pub use call::Call;
pub use desk::Request;
pub use fault::{Conflict, Fault, NodeTrouble};
pub use node::{Manners, Node};
pub use order::{BadOrder, ORDERS};
pub use panel::FakePanel;
pub use people::User;
pub use power::{PowerState, Signal};
pub use rules::{Flavour, Rules};
pub use server::{Allocation, Limits, Server, ServerSpec, Variable};
pub use socket_fault::SocketFault;
pub use token::TokenSpec;
pub use words::manners;
pub use world::{PowerRequest, World};
