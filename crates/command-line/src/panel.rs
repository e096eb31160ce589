//! `pterotray panel …`: panels, added, listed and removed. Takes no key: arguments are seen by everybody on a computer.

use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// What to do with panels.
#[derive(Debug, Subcommand)]
pub enum PanelCommand {
    /// Add a panel, or give one a new key; it is tried before anything is kept
    ///
    /// The API key is asked for without showing it, or read from the first line of the standard input.
    Add(Add),
    /// List the panels
    List {
        /// Print one JSON object for programs
        #[arg(long)]
        json: bool,
    },
    /// Remove a panel with its key and all that is known of it
    Remove(Remove),
}

/// A panel to be added.
#[derive(Debug, Args)]
pub struct Add {
    /// The panel's address, as in the browser
    #[arg(value_name = "URL")]
    pub url: String,
    /// What to call it; its host name, unless you say
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Read the key from the standard input, as when it is no terminal
    #[arg(long)]
    pub key_stdin: bool,
    /// Where to keep the key: the keyring, or where the replaced one was, unless you say
    #[arg(long, value_enum, value_name = "PLACE")]
    pub keep_key: Option<KeptIn>,
    /// Replace address and key of the panel that has this name or address
    #[arg(long, value_name = "NAME")]
    pub replace: Option<String>,
    /// Trust exactly the certificate with this SHA-256 fingerprint, for this panel only
    #[arg(long, value_name = "SHA256", conflicts_with = "ca")]
    pub fingerprint: Option<String>,
    /// Trust the authority in this PEM file, for this panel only
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Send the key over plain http, where anybody on the way can read it
    #[arg(long)]
    pub unencrypted: bool,
    /// Show the servers of others too, as administrators of the panel may
    #[arg(long)]
    pub show_others: bool,
}

/// A panel to be removed.
#[derive(Debug, Args)]
pub struct Remove {
    /// The panel's name or address, as `pterotray panel list` shows them
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Do not ask whether this is meant
    #[arg(long, short)]
    pub yes: bool,
}

/// Where a key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KeptIn {
    /// The system's keyring
    Keyring,
    /// A file that only you can read, and every program you start
    File,
    /// The memory of the running Pterotray, until it quits
    UntilQuit,
}
