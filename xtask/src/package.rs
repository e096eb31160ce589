//! `cargo xtask package`: the released programs with what a desktop wants beside them, as .deb and .rpm below target/package.
//! Never signs or uploads anything, and leaves nothing installed.

mod check;
mod deb;
mod release;
mod rpm;
mod tree;

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::command::{self, words};
use crate::setup::{self, Wanted};
use crate::{manual, root};
use release::Release;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only this kind; both without it
    #[arg(long, value_enum)]
    only: Option<Kind>,
    /// Look into the packages afterwards and start what is in them on a private desktop; as root and in CI, install
    /// and remove them too
    #[arg(long)]
    check: bool,
    /// Take the programs as they lie in target/release
    #[arg(long)]
    no_build: bool,
}

/// A kind of package, and whose customs its files follow: Debian's or Fedora's.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Kind {
    Deb,
    Rpm,
}

impl Kind {
    const ALL: [Kind; 2] = [Kind::Deb, Kind::Rpm];

    /// Where completions for zsh belong, below `/usr/share`.
    fn zsh(self) -> &'static str {
        match self {
            Kind::Deb => "zsh/vendor-completions",
            Kind::Rpm => manual::ZSH,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Kind::Deb => "deb",
            Kind::Rpm => "rpm",
        }
    }
}

/// What both kinds say of the program.
const SUMMARY: &str = "Pterodactyl and Pelican game servers in the system tray";
const DESCRIPTION: &str = "\
A light program in the tray shows which game servers run, tells within seconds
when one goes down and why, and brings it back with one click. Its window, a
program of its own, exists only while it is open.";
const MAINTAINER: &str = "The Pterotray developers <pterotray@users.noreply.github.com>";
const HOMEPAGE: &str = env!("CARGO_PKG_REPOSITORY");

/// Builds, lays the files out, packs them, and looks at what came of it.
pub(crate) fn run(options: &Options) -> Result<()> {
    setup::run(match options {
        Options { check: true, .. } => Wanted::Packages,
        Options { .. } => Wanted::Build,
    })?;
    if !options.no_build {
        build()?;
    }
    let place = root().join("target/package");
    if place.exists() {
        fs::remove_dir_all(&place).with_context(|| format!("cannot clear {}", place.display()))?;
    }
    let release = Release::of_today()?;
    let chosen = |kind: &Kind| options.only.is_none_or(|only| only == *kind);
    for kind in Kind::ALL.into_iter().filter(chosen) {
        make(kind, &release, &place, options.check)?;
    }
    Ok(())
}

/// Packs what lies in target/release and looks at what came of it.
pub(crate) fn check() -> Result<()> {
    run(&Options {
        only: None,
        check: true,
        no_build: true,
    })
}

fn make(kind: Kind, release: &Release, place: &Path, check: bool) -> Result<()> {
    let tree = tree::lay_out(&place.join(kind.name()), kind, release)?;
    let file = match kind {
        Kind::Deb => deb::pack(&tree, release, place)?,
        Kind::Rpm => rpm::pack(&tree, release, place)?,
    };
    let packed = fs::metadata(&file)?.len() as f64 / 1e6;
    let installed = tree.size()? as f64 / 1e6;
    println!(
        "{} ({packed:.1} MB, {installed:.1} MB installed)",
        file.display()
    );
    if check {
        check::package(kind, &file, &tree, release)?;
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
