//! Renders the SVG sources below `icons/` into the PNG, ICO and ICNS files the programs embed, and into the sheet of all.
//! Never decides what an icon looks like: it writes what the drawing gives, or compares.

mod container;
mod drawing;
mod picture;
mod sheet;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::root;
use drawing::{generated, render_all};
use picture::Picture;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Write nothing; fail when a file differs from a fresh rendering
    #[arg(long)]
    check: bool,
}

/// Renders, then writes or compares. Fails naming every file that is missing or different.
pub(crate) fn run(options: &Options) -> Result<()> {
    if options.check {
        return compare();
    }
    let fresh = render_all(&root().join("icons"))?;
    write(&root(), &fresh)?;
    println!("{} pictures written", fresh.len() + 2);
    Ok(())
}

/// The check alone, as a step of the tests.
pub(crate) fn compare() -> Result<()> {
    check(&root(), &render_all(&root().join("icons"))?)
}

/// Writes below `top`, where the names begin.
fn write(top: &Path, fresh: &BTreeMap<String, Picture>) -> Result<()> {
    for (name, picture) in fresh {
        write_file(&top.join(name), &picture.to_png()?)?;
    }
    for (name, bytes) in containers(top)? {
        write_file(&top.join(name), &bytes)?;
    }
    Ok(())
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().context("an icon's path has a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

/// PNG files are compared by their pixels, so that another compression level or a rounding difference
/// between processors is not a failure; the containers must hold exactly the PNG files on disk.
fn check(top: &Path, fresh: &BTreeMap<String, Picture>) -> Result<()> {
    let mut stale: Vec<String> = Vec::new();
    for (name, picture) in fresh {
        let same = Picture::from_png(&top.join(name)).is_ok_and(|disk| disk.resembles(picture));
        if !same {
            stale.push(name.clone());
        }
    }
    if stale.is_empty() {
        for (name, bytes) in containers(top)? {
            if fs::read(top.join(&name)).ok().as_ref() != Some(&bytes) {
                stale.push(name);
            }
        }
    }
    if !stale.is_empty() {
        bail!(
            "these files are not what the SVG sources give: {}\nRun `cargo xtask icons` and commit the result.",
            stale.join(", ")
        );
    }
    println!("{} pictures are up to date", fresh.len() + 2);
    Ok(())
}

/// The Windows and macOS icon files by their paths, made of the PNG files on disk.
/// No size is kept twice: the double densities of macOS up to 64 pixels, then the single ones, which have the same pixels.
fn containers(top: &Path) -> Result<[(String, Vec<u8>); 2]> {
    let app = |size: u32| {
        let path = top.join(generated(&format!("app-{size}.png")));
        let png = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok((size, png))
    };
    let ico: Vec<_> = [16, 20, 24, 32, 48, 256]
        .into_iter()
        .map(app)
        .collect::<Result<_>>()?;
    let icns: Vec<_> = [32, 64, 128, 256, 512]
        .into_iter()
        .map(app)
        .collect::<Result<_>>()?;
    Ok([
        (generated("icon.ico"), container::ico(&ico)?),
        (generated("icon.icns"), container::icns(&icns)?),
    ])
}
