//! A small, careful client for the client API of the Pterodactyl panel (1.8 to 1.14, and of Pelican, its fork), and for the
//! websockets of its nodes: who a key belongs to, which servers it sees, what they are doing, who stopped them, and the
//! power signals, commands, backups and schedules that change it.
//!
//! It asks once and never retries, follows no redirect, keeps no cookie, believes an answer only when it has the
//! panel's own shape, and never lets the key out again: not into an error, not into `{:?}`, not into an address.
//!
//! ```
//! use pterodactyl_client::{BaseUrl, Client, PowerSignal, PowerState, Scope};
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! # let mut world = fake_panel::World::new(fake_panel::Rules::quick());
//! # let key = world.add_user("mira", false);
//! # let uuid = world.add_server(fake_panel::ServerSpec::new("Survival", "mira", "node-1"));
//! # let panel = fake_panel::FakePanel::start(world).await?;
//! # let pasted = panel.url();
//! let base = BaseUrl::parse(&pasted)?;
//! let client = Client::new(base, key.into())?;
//! for server in client.servers(Scope::Mine).await? {
//!     match client.resources(&server.uuid).await {
//!         Ok(resources) if resources.state == PowerState::Offline => {
//!             client.power(&server.uuid, PowerSignal::Start).await?;
//!         }
//!         Ok(resources) => println!("{}: {:?}", server.name, resources.state),
//!         // Not known is not offline.
//!         Err(error) if error.is_about_the_node() => println!("{}: {error}", server.name),
//!         Err(error) => return Err(error.into()),
//!     }
//! }
//! # assert_eq!(panel.power_requests().len(), 1);
//! # Ok(())
//! # }
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(run()).unwrap();
//! ```
//!
//! * [`Client`] asks; [`Error`] names what went wrong and answers questions about it (whose trouble, when again, which
//!   permission); [`Allowance`] says what may be sent now.
//! * [`setup`] goes from what a person pasted to an address worth keeping, or to the one thing that is wrong.
//! * [`Trust`] is for panels with a certificate of their own making; there is no way to switch the check off.
//! * [`live`] keeps a websocket to a node; [`console`] turns console lines into styled text.
//! * [`recorded`] judges answers that somebody wrote down, as the `classify` example does.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod account;
mod activity;
mod backup;
mod base_url;
mod budget;
mod call;
mod client;
pub mod console;
mod credentials;
mod error;
pub mod live;
mod number;
mod page;
mod permissions;
mod power;
mod query;
pub mod recorded;
mod refusal;
mod reply;
mod resources;
mod schedule;
mod server;
pub mod setup;
mod startup;
mod text;
mod timestamp;
mod tls;
mod transport;

#[cfg(test)]
mod loopback_tests;
#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod recordings_tests;
#[cfg(test)]
mod setup_tests;
#[cfg(test)]
mod tls_tests;

pub use account::Account;
pub use activity::{ActivityEntry, Actor};
pub use backup::{Backup, BackupState, NewBackup};
pub use base_url::{BaseUrl, BaseUrlError};
pub use budget::{Allowance, Budget, MaySend};
pub use call::Call;
pub use client::{Client, Scope};
pub use credentials::WebsocketCredentials;
pub use error::{About, ConflictState, Error, NotAPanel, TlsFault, Unreachable};
pub use page::Listing;
pub use permissions::{KnownPermission, Permissions};
pub use power::{PowerSignal, PowerState};
pub use query::{ActivityQuery, ServerQuery};
pub use resources::Resources;
pub use schedule::{Schedule, Task};
pub use secrecy::SecretString;
pub use server::{
    Allocation, Egg, Limits, ListedServer, NetworkAllocation, Server, ServerStatus, ServerView,
    Subuser,
};
pub use startup::{Startup, Variable};
pub use tls::{Fingerprint, NoFingerprint, Trust};
