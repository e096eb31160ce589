//! `cargo xtask release`: gives everything that has a version the next one, or tells whether all of it is of a tag's.
//! Never commits, tags or uploads: that is a person's decision.

use std::fmt;
use std::fs;
use std::str::FromStr;

use anyhow::{Context as _, Result, bail, ensure};

use crate::changelog;
use crate::command::{self, words};
use crate::root;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// The new version, such as 1.2.0
    #[arg(required_unless_present = "check", requires = "date")]
    version: Option<Version>,
    /// The day that CHANGELOG.md and software centres tell, such as 2026-12-01
    #[arg(long, value_parser = day)]
    date: Option<String>,
    /// Change nothing: tell whether all versions are that of this tag, such as v1.2.0
    #[arg(long, value_name = "TAG", conflicts_with_all = ["version", "date"])]
    check: Option<String>,
}

/// A version of three numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Version([u32; 3]);

impl FromStr for Version {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let numbers: Vec<u32> = text.split('.').map(str::parse).collect::<Result<_, _>>()?;
        let version = numbers.try_into().ok().map(Version);
        version
            .filter(|version| version.to_string() == text)
            .with_context(|| format!("{text} is no version of three numbers"))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Version([major, minor, patch]) = self;
        write!(to, "{major}.{minor}.{patch}")
    }
}

/// A day as it stands in the changelog.
fn day(text: &str) -> Result<String, String> {
    let parts: Vec<_> = text.split('-').collect();
    let is_number = |part: &str, digits: usize, most: u16| {
        part.len() == digits
            && part
                .parse()
                .is_ok_and(|number: u16| (1..=most).contains(&number))
    };
    match parts[..] {
        [year, month, day]
            if is_number(year, 4, 9999) && is_number(month, 2, 12) && is_number(day, 2, 31) =>
        {
            Ok(text.to_owned())
        }
        _ => Err("a day is written as 2026-12-01".to_owned()),
    }
}

/// Changes the files, or looks at them.
pub(crate) fn run(options: &Options) -> Result<()> {
    match (&options.check, options.version, &options.date) {
        (Some(tag), ..) => check(tag),
        (None, Some(version), Some(date)) => bump(version, date),
        (None, ..) => bail!("a version and its --date are wanted"),
    }
}

fn bump(version: Version, date: &str) -> Result<()> {
    let present: Version = env!("CARGO_PKG_VERSION").parse()?;
    let first = changelog::releases(&changelog::read()?).is_empty();
    ensure!(
        version > present || (first && version == present),
        "{version} does not come after {present}"
    );
    let changes = changelog::released(&changelog::read()?, &version.to_string(), date)?;
    let manifest = root().join("Cargo.toml");
    let text = with_version(&fs::read_to_string(&manifest)?, version)?;
    fs::write(manifest, text)?;
    command::run(&mut words("cargo update --workspace --offline"))?;
    let npm = format!("npm version {version} --no-git-tag-version --allow-same-version");
    command::output(words(&npm).current_dir(root().join("ui")))?;
    fs::write(root().join("CHANGELOG.md"), changes)?;
    println!(
        "Everything is {version} now. Look at `git diff`, commit it, and tag the commit v{version}."
    );
    Ok(())
}

/// The workspace's manifest with another version of its packages.
fn with_version(manifest: &str, version: Version) -> Result<String> {
    let (before, after) = manifest
        .split_once("\nversion = \"")
        .context("Cargo.toml has no version")?;
    let (_, rest) = after.split_once('"').context("Cargo.toml has no version")?;
    Ok(format!("{before}\nversion = \"{version}\"{rest}"))
}

fn check(tag: &str) -> Result<()> {
    let version = env!("CARGO_PKG_VERSION");
    ensure!(
        tag == format!("v{version}"),
        "the tag is {tag}, but Cargo.toml says {version}: run `cargo xtask release` first"
    );
    let released = changelog::releases(&changelog::read()?);
    ensure!(
        released
            .first()
            .is_some_and(|(newest, _)| newest == version),
        "CHANGELOG.md does not say when {version} was released: run `cargo xtask release` first"
    );
    ensure!(
        version_of_page()? == version,
        "ui/package.json has another version: run `cargo xtask release` first"
    );
    println!("{tag} is what is here");
    Ok(())
}

fn version_of_page() -> Result<String> {
    let package = fs::read(root().join("ui/package.json"))?;
    let package: serde_json::Value = serde_json::from_slice(&package)?;
    let version = package["version"].as_str();
    Ok(version
        .context("ui/package.json has no version")?
        .to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_three_numbers_and_they_have_an_order() {
        let version = |text: &str| text.parse::<Version>();
        assert!(version("1.10.0").unwrap() > version("1.9.9").unwrap());
        for wrong in ["1.0", "1.0.0.0", "v1.0.0", "1.0.0-rc1", "01.0.0", ""] {
            assert!(version(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_day_is_one() {
        assert_eq!(day("2026-12-01").unwrap(), "2026-12-01");
        for wrong in [
            "2026-13-01",
            "2026-1-1",
            "1.12.2026",
            "today",
            "2026-12-01-1",
        ] {
            assert!(day(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_the_workspaces_own_version_changes() {
        let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
        let changed = with_version(&manifest, Version([7, 8, 9])).unwrap();
        let differ = manifest
            .lines()
            .zip(changed.lines())
            .filter(|(a, b)| a != b);
        let differ: Vec<_> = differ.map(|(_, new)| new).collect();
        assert_eq!(differ, ["version = \"7.8.9\""]);
    }

    #[test]
    fn page_and_programs_have_one_version() {
        assert_eq!(version_of_page().unwrap(), env!("CARGO_PKG_VERSION"));
    }

    #[test]
    fn a_tag_of_another_version_is_told_apart() {
        assert!(
            check("v99.0.0")
                .unwrap_err()
                .to_string()
                .contains("v99.0.0")
        );
    }
}
