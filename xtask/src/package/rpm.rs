//! A .rpm, written by the rpm crate: no RPM tools are needed.
//! Never lists a dependency by hand: what the programs link to is asked of them.

use std::collections::BTreeSet;
use std::env::consts::ARCH;
use std::path::{Path, PathBuf};

use anyhow::Result;
use rpm::{BuildConfig, CompressionType, Dependency, FileMode, FileOptions, PackageBuilder};

use super::tree::{Release, Tree};
use super::{DESCRIPTION, HOMEPAGE, SUMMARY};
use crate::command::{self, words};

/// Packs the tree; returns the file.
pub(super) fn pack(tree: &Tree, release: &Release, place: &Path) -> Result<PathBuf> {
    let config = BuildConfig::default()
        .compression(CompressionType::Gzip)
        .source_date(release.second);
    let mut package = PackageBuilder::new(
        "pterotray",
        &release.version,
        "MIT OR Apache-2.0",
        ARCH,
        SUMMARY,
    );
    package
        .using_config(config)
        .description(DESCRIPTION)
        .url(HOMEPAGE);
    for file in &tree.files {
        let options = FileOptions::new(format!("/{}", file.path))
            .mode(FileMode::regular(u16::try_from(file.mode)?));
        package.with_file(tree.top.join(&file.path), options)?;
    }
    for library in libraries(tree)? {
        package.requires(Dependency::any(library));
    }
    let file = place.join(format!("pterotray-{}-1.{ARCH}.rpm", release.version));
    package.build()?.write_file(&file)?;
    Ok(file)
}

/// The libraries that the programs link to, as RPM names them.
fn libraries(tree: &Tree) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for program in tree.programs() {
        let said = command::output(words("readelf --dynamic --wide").arg(program))?;
        found.extend(said.lines().filter_map(needed).map(required));
    }
    Ok(found)
}

/// The library that a line of readelf says is needed.
fn needed(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once("(NEEDED)")?;
    let (_, rest) = rest.split_once('[')?;
    rest.split_once(']').map(|(name, _)| name)
}

/// What provides a library on a system of 64 bits.
fn required(library: &str) -> String {
    format!("{library}()(64bit)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_needed_library_is_read_from_its_line() {
        let line = " 0x0000000000000001 (NEEDED)   Shared library: [libgtk-3.so.0]";
        assert_eq!(needed(line), Some("libgtk-3.so.0"));
        assert_eq!(needed(" 0x000000000000000e (SONAME) [x]"), None);
        assert_eq!(required("libc.so.6"), "libc.so.6()(64bit)");
    }
}
