//! `cargo xtask fuzz`: every fuzz target for a while, through cargo-fuzz. What it finds to try later goes below `target/`; the
//! corpora that git knows stay as they are.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::command::{self, words};
use crate::root;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// How long all targets together may run
    #[arg(long, default_value_t = 10)]
    minutes: u32,
    /// Only this target
    #[arg(long)]
    only: Option<String>,
}

/// Each is a workspace of its own.
const FOLDERS: [&str; 2] = ["crates/pterodactyl-client/fuzz", "crates/core/fuzz"];

pub(crate) fn run(options: &Options) -> Result<()> {
    if command::find("cargo-fuzz").is_none() {
        bail!("cargo-fuzz is not installed: `cargo install cargo-fuzz`");
    }
    let mut targets = Vec::new();
    for folder in FOLDERS {
        let listed = command::output(fuzz("list").args(["--fuzz-dir", folder]))?;
        targets.extend(listed.lines().map(|target| (folder, target.to_owned())));
    }
    if let Some(only) = &options.only {
        targets.retain(|(_, target)| target == only);
    }
    if targets.is_empty() {
        bail!("there is no such target");
    }
    let seconds = usize::try_from(options.minutes)? * 60 / targets.len();
    for (folder, target) in &targets {
        println!("\n── {target}, {seconds} s");
        run_one(folder, target, seconds)?;
    }
    println!("\n{} targets, nothing found", targets.len());
    Ok(())
}

fn run_one(folder: &str, target: &str, seconds: usize) -> Result<()> {
    let below = root().join("target/fuzz");
    let corpus = below.join("corpus").join(target);
    let found = below.join("found").join(target);
    fs::create_dir_all(&found)?;
    copy(&root().join(folder).join("corpus").join(target), &corpus)?;
    let mut run = fuzz("run");
    run.args(["--fuzz-dir", folder, "--target-dir"])
        .arg(below.join("build"));
    run.arg(target).arg(&corpus).arg("--");
    run.arg(format!("-max_total_time={seconds}"))
        .arg("-timeout=10");
    run.arg(format!("-artifact_prefix={}/", found.display()));
    command::run(&mut run)
        .with_context(|| format!("{target}; what it choked on lies in {}", found.display()))
}

/// Sanitizers are not stable yet; this lets the stable compiler have them.
fn fuzz(word: &str) -> Command {
    let mut command = words("cargo fuzz");
    command.arg(word).env("RUSTC_BOOTSTRAP", "1");
    command
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("{}", from.display()))? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}
