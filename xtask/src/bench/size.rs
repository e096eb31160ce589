//! What is shipped: sizes of the programs, and of how many crates they are made.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};

use super::measured::Measured;
use super::table::{Bar, Row, Shape};
use crate::command::{self, words};
use crate::root;

pub(super) const ROWS: [Row; 4] = [
    Row::new(
        "size-agent",
        "size of `pterotray`",
        Shape::Megabytes,
        Bar::None,
    ),
    Row::new(
        "size-window",
        "size of `pterotray-window`, page included",
        Shape::Megabytes,
        Bar::None,
    ),
    Row::new(
        "crates-agent",
        "crates in `pterotray`, ours included",
        Shape::Count,
        Bar::None,
    ),
    Row::new(
        "crates-window",
        "crates in `pterotray-window`, ours included",
        Shape::Count,
        Bar::None,
    ),
];

/// Of the released programs and of this system's dependencies.
pub(super) fn measure() -> Measured {
    let mut measured = Measured::default();
    for (name, package) in [("agent", "pterotray"), ("window", "pterotray-window")] {
        if let Err(error) = measure_one(&mut measured, name, package) {
            measured.remarks.push(format!("Not measured: {error:#}."));
        }
    }
    measured
}

fn measure_one(measured: &mut Measured, name: &str, package: &str) -> Result<()> {
    let program = format!("{package}{}", std::env::consts::EXE_SUFFIX);
    let program = root().join("target/release").join(program);
    let size = program
        .metadata()
        .with_context(|| program.display().to_string())?;
    measured.note(&format!("size-{name}"), size.len() as f64 / 1e6);
    let tree = format!("cargo tree --package {package} --edges normal,no-proc-macro --prefix none");
    let tree = command::output(&mut words(&tree))?;
    // A crate in two versions counts twice; one that is named again (`(*)`) does not.
    let crates: BTreeSet<(&str, &str)> = tree
        .lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            Some((words.next()?, words.next()?))
        })
        .collect();
    measured.note(&format!("crates-{name}"), crates.len() as f64);
    Ok(())
}
