//! The servers a signal goes to, as they are written. Finds none of them.

use clap::Args;

/// The servers a signal goes to.
#[derive(Debug, Args)]
pub struct Servers {
    /// Name, beginning of a name, short id or uuid
    #[arg(required = true, value_name = "SERVER")]
    pub servers: Vec<String>,
    /// Wait until it shows: up to 2 minutes, 10 for a stop
    #[arg(long, short)]
    pub wait: bool,
    /// Only servers of this panel
    #[arg(long, value_name = "NAME")]
    pub panel: Option<String>,
}
