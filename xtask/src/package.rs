//! `cargo xtask package`: the released programs with what a desktop wants beside them, as .deb and .rpm below target/package.
//! Never signs, uploads or installs anything.

mod check;
mod deb;
mod rpm;
mod tree;

use std::fs;

use anyhow::{Context as _, Result};

use crate::command::{self, words};
use crate::root;
use crate::setup::{self, Wanted};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only this kind; both without it
    #[arg(long, value_enum)]
    only: Option<Kind>,
    /// Unpack the .deb afterwards, validate what is in it, and start it on a private desktop
    #[arg(long)]
    check: bool,
    /// Take the programs as they lie in target/release
    #[arg(long)]
    no_build: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    Deb,
    Rpm,
}

/// What both kinds say of the program.
const SUMMARY: &str = "Pterodactyl and Pelican game servers in the system tray";
const DESCRIPTION: &str = "\
A light program in the tray shows which game servers run, tells within seconds when one goes down and why, and brings it \
back with one click. Its window, a program of its own, exists only while it is open.";
const HOMEPAGE: &str = "https://github.com/pterotray/pterotray";

/// Builds, lays the files out once, and packs them.
pub(crate) fn run(options: &Options) -> Result<()> {
    if !options.no_build {
        setup::run(Wanted::Build)?;
        build()?;
    }
    let place = root().join("target/package");
    if place.exists() {
        fs::remove_dir_all(&place).with_context(|| format!("cannot clear {}", place.display()))?;
    }
    let release = tree::Release::of_today()?;
    let tree = tree::lay_out(&place.join("tree"), &release)?;
    for (kind, pack) in [
        (Kind::Deb, deb::pack as fn(&_, &_, &_) -> Result<_>),
        (Kind::Rpm, rpm::pack),
    ] {
        if options.only.is_none_or(|only| only == kind) {
            let file = pack(&tree, &release, &place)?;
            let size = fs::metadata(&file)?.len();
            println!("{} ({:.1} MB)", file.display(), size as f64 / 1e6);
            if options.check && kind == Kind::Deb {
                setup::run(Wanted::Pictures)?;
                check::deb(&file)?;
            }
        }
    }
    Ok(())
}

fn build() -> Result<()> {
    setup::page_packages()?;
    command::run(words("npm run build").current_dir(root().join("ui")))?;
    command::run(&mut words(
        "cargo build --release -p pterotray -p pterotray-window",
    ))
}
