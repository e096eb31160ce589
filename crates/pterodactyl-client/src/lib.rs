//! A small, careful client for the client API of the Pterodactyl panel (and of Pelican, its fork): who a key belongs
//! to, which servers it sees, what one server is doing, and the four power signals.
//!
//! It asks once and never retries, follows no redirect, keeps no cookie, believes an answer only when it has the
//! panel's own shape, and never lets the key out again: not into an error, not into `{:?}`, not into an address.
//!
//! ```no_run
//! use pterodactyl_client::{BaseUrl, Client, PowerSignal, PowerState, Scope};
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let base = BaseUrl::parse("panel.example.com")?;
//! let client = Client::new(base, std::env::var("PANEL_KEY")?.into())?;
//! for server in client.servers(Scope::Mine).await? {
//!     let resources = client.resources(&server.uuid).await?;
//!     if resources.state == PowerState::Offline {
//!         client.power(&server.uuid, PowerSignal::Start).await?;
//!     }
//! }
//! # Ok(())
//! # }
//! ```

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod account;
mod base_url;
mod budget;
mod client;
mod error;
mod number;
mod page;
mod permissions;
mod power;
mod refusal;
mod reply;
mod resources;
mod server;
mod text;
mod transport;

#[cfg(test)]
mod loopback_tests;
#[cfg(test)]
mod recordings_tests;

pub use account::Account;
pub use base_url::{BaseUrl, BaseUrlError};
pub use budget::Budget;
pub use client::{Client, Scope};
pub use error::{ConflictState, Error, NotAPanel, Unreachable};
pub use permissions::Permissions;
pub use power::{PowerSignal, PowerState};
pub use resources::Resources;
pub use secrecy::SecretString;
pub use server::{Allocation, Limits, Server, ServerStatus, ServerView};
