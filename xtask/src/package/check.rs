//! Looks at the finished packages as a person's computer would: asks the validators, installs, starts what is in there.
//! Never leaves anything behind.

mod contents;
mod installed;
mod started;

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};

use super::Kind;
use super::release::Release;
use super::tree::Tree;
use crate::command::{self, words};
use crate::setup;
use installed::Installed;

/// How large a package may be, in bytes.
const MOST_PACKED: u64 = 12_000_000;
/// What its files may hold together, in bytes. What the programs need of the system is not in it.
const MOST_INSTALLED: u64 = 20_000_000;

/// Checks a package that holds the files of this tree.
pub(super) fn package(kind: Kind, file: &Path, tree: &Tree, release: &Release) -> Result<()> {
    for (what, bytes, most) in [
        ("the package", fs::metadata(file)?.len(), MOST_PACKED),
        ("what it installs", tree.size()?, MOST_INSTALLED),
    ] {
        ensure!(bytes <= most, "{what} has {bytes} bytes, more than {most}");
    }
    judged(kind, file)?;
    if !setup::may_administer() {
        contents::all_in_place(tree, &tree.top)?;
        started::from(&tree.top, release)?;
        println!(
            "{} holds together, and its programs start. It was not installed: that is tried as root and in CI only.",
            file.display()
        );
        return Ok(());
    }
    let installed = Installed::put(kind, file)?;
    contents::all_in_place(tree, installed.top())?;
    started::from(installed.top(), release)?;
    installed.remove(tree)?;
    println!("{} was installed, started and removed", file.display());
    Ok(())
}

/// By the tool of each system that knows what a package must be.
fn judged(kind: Kind, file: &Path) -> Result<()> {
    let judge = match kind {
        Kind::Deb => "lintian --fail-on error,warning --allow-root",
        Kind::Rpm => "rpm --checksig --nosignature",
    };
    command::run(words(judge).arg(file))
}
