//! Renders the SVG sources below `icons/` into the PNG, ICO and ICNS files the programs embed.
//! Never draws anything itself beyond laying a badge over the mark: a change of looks is a change of an SVG file.

mod container;
mod picture;
mod sheet;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::root;
use picture::Picture;

/// Aggregate states of the tray icon, worst first; each has `icons/state/<name>.svg`.
const STATES: [&str; 7] = [
    "needs_you",
    "problem",
    "unreachable",
    "transition",
    "all_fine",
    "nothing_running",
    "connecting",
];

/// Conditions of one server, as `status --json` names them; each has `icons/item/<name>.svg`.
const CONDITIONS: [&str; 14] = [
    "running",
    "starting",
    "stopping",
    "offline",
    "crashed",
    "still_stopping",
    "suspended",
    "maintenance",
    "installing",
    "install_failed",
    "restoring",
    "transferring",
    "node_unreachable",
    "unknown",
];

/// Edge lengths in pixels. The tray's are the two that panels ask for: plain and double density.
const TRAY_SIZES: [u32; 2] = [22, 44];
const ITEM_SIZE: u32 = 16;
const APP_SIZES: [u32; 6] = [16, 32, 48, 128, 256, 512];

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Write nothing; fail when a file differs from a fresh rendering
    #[arg(long)]
    check: bool,
    /// Also draw all icons on light and on dark into this PNG file, to look at
    #[arg(long, value_name = "FILE")]
    sheet: Option<PathBuf>,
}

/// Renders, then writes or compares. Fails naming every file that is missing or different.
pub(crate) fn run(options: &Options) -> Result<()> {
    let sources = root().join("icons");
    let fresh = render_all(&sources)?;
    if let Some(file) = &options.sheet {
        fs::write(file, sheet::draw(&fresh).to_png()?)
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    let generated = sources.join("generated");
    if options.check {
        return check(&generated, &fresh);
    }
    write(&generated, &fresh)?;
    println!(
        "{} icons written to {}",
        fresh.len() + 2,
        generated.display()
    );
    Ok(())
}

/// The check alone, as a step of the tests.
pub(crate) fn compare() -> Result<()> {
    let sources = root().join("icons");
    check(&sources.join("generated"), &render_all(&sources)?)
}

/// Every picture by its path below `icons/generated`.
fn render_all(sources: &Path) -> Result<BTreeMap<String, Picture>> {
    let mut pictures = BTreeMap::new();
    for state in STATES {
        for size in TRAY_SIZES {
            let mark = Picture::from_svg(&sources.join("tray.svg"), size)?;
            let badge = Picture::from_svg(&sources.join(format!("state/{state}.svg")), size)?;
            // A gap of transparent pixels round the badge keeps it apart from the mark on any panel.
            let gap = size as f32 / 22.0;
            pictures.insert(format!("tray/{state}-{size}.png"), mark.under(&badge, gap));
        }
    }
    for condition in CONDITIONS {
        let source = sources.join(format!("item/{condition}.svg"));
        pictures.insert(
            format!("item/{condition}-{ITEM_SIZE}.png"),
            Picture::from_svg(&source, ITEM_SIZE)?,
        );
    }
    for size in APP_SIZES {
        pictures.insert(
            format!("app-{size}.png"),
            Picture::from_svg(&sources.join("pterotray.svg"), size)?,
        );
    }
    Ok(pictures)
}

fn write(generated: &Path, fresh: &BTreeMap<String, Picture>) -> Result<()> {
    for (name, picture) in fresh {
        write_file(&generated.join(name), &picture.to_png()?)?;
    }
    for (name, bytes) in containers(generated)? {
        write_file(&generated.join(name), &bytes)?;
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
fn check(generated: &Path, fresh: &BTreeMap<String, Picture>) -> Result<()> {
    let mut stale: Vec<String> = Vec::new();
    for (name, picture) in fresh {
        let same =
            Picture::from_png(&generated.join(name)).is_ok_and(|disk| disk.resembles(picture));
        if !same {
            stale.push(name.clone());
        }
    }
    if stale.is_empty() {
        for (name, bytes) in containers(generated)? {
            if fs::read(generated.join(name)).ok().as_ref() != Some(&bytes) {
                stale.push(name.to_owned());
            }
        }
    }
    if !stale.is_empty() {
        bail!(
            "these files below icons/generated are not what the SVG sources give: {}\nRun `cargo xtask icons` and commit the result.",
            stale.join(", ")
        );
    }
    println!("{} icons are up to date", fresh.len() + 2);
    Ok(())
}

/// The Windows and macOS icon files, made of the PNG files on disk.
fn containers(generated: &Path) -> Result<[(&'static str, Vec<u8>); 2]> {
    let app = |size: u32| {
        let path = generated.join(format!("app-{size}.png"));
        let png = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok((size, png))
    };
    let ico: Vec<_> = [16, 32, 48, 256]
        .into_iter()
        .map(app)
        .collect::<Result<_>>()?;
    let icns: Vec<_> = [128, 256, 512]
        .into_iter()
        .map(app)
        .collect::<Result<_>>()?;
    Ok([
        ("icon.ico", container::ico(&ico)?),
        ("icon.icns", container::icns(&icns)?),
    ])
}
