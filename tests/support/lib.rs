//! Pterotray seen from outside: a throw-away desktop, a fake panel, and the built programs between them.
//!
//! Everything a test starts ends with it. Nothing here links the program's own code, sleeps for a fixed time, or reads
//! the home folder, bus or display of the person who runs the tests.
#![forbid(unsafe_code)]

mod bus;
mod command_line;
mod cost;
mod desk;
mod display;
mod driver;
mod eye;
pub mod figure;
mod front;
mod ground;
mod keyring;
mod memory;
mod menu;
mod menu_news;
mod notes;
mod overheard;
mod panel;
mod processes;
mod program;
mod programs;
mod relay;
mod schema;
mod screen;
mod session;
mod socket;
mod started;
mod stranger;
mod tray;
mod tray_host;
mod typing;
mod vault;
mod wait;
mod xfce;

pub use command_line::{Ended, Following, Terminal};
pub use cost::{Memory, Meter, Spent};
pub use desk::{Desk, Room};
pub use driver::Driven;
pub use eye::Eye;
pub use front::Front;
pub use ground::mode;
pub use menu::Entry;
pub use menu_news::{MenuNews, MenuWatch};
pub use notes::Note;
pub use overheard::Overheard;
pub use panel::{Panel, ShutDown};
pub use processes::Process;
pub use program::{Program, keep_panel, try_panel};
pub use programs::{agent, release_agent, window};
pub use relay::Relay;
pub use schema::fits_schema;
pub use socket::Guest;
pub use started::Started;
pub use stranger::Stranger;
pub use typing::Typing;
pub use vault::Vault;
pub use wait::{LONG, PATIENCE, until, until_at_last, until_or};
pub use xfce::Xfce;
