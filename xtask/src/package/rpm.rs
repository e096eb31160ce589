//! A .rpm, written by the rpm crate: no RPM tools are needed.
//! Never lists a library by hand: what the programs link to is asked of them.

use std::collections::BTreeSet;
use std::env::consts::ARCH;
use std::path::{Path, PathBuf};

use anyhow::Result;
use rpm::{BuildConfig, CompressionType, Dependency, FileMode, FileOptions, PackageBuilder};

use super::release::Release;
use super::tree::{Role, Tree};
use super::{DESCRIPTION, HOMEPAGE, MAINTAINER, SUMMARY};
use crate::command::{self, words};

/// What keeps the key and what shows the alerts; without either, Pterotray says so and works.
const RECOMMENDED: [&str; 2] = [
    "(gnome-keyring or kwalletmanager or keepassxc)",
    "desktop-notification-daemon",
];

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
        .packager(MAINTAINER)
        .url(HOMEPAGE);
    for file in &tree.files {
        let options =
            FileOptions::new(format!("/{}", file.path)).mode(FileMode::regular(file.role.mode()));
        let options = match file.role {
            Role::Document => options.doc(),
            Role::Licence => options.license(),
            Role::Program | Role::Other => options,
        };
        package.with_file(tree.top.join(&file.path), options)?;
    }
    for needed in requirements(tree)? {
        package.requires(Dependency::any(needed));
    }
    package.requires(Dependency::rpmlib("RichDependencies", "4.12.0-1"));
    for useful in RECOMMENDED {
        package.recommends(Dependency::any(useful));
    }
    let file = place.join(format!("pterotray-{}-1.{ARCH}.rpm", release.version));
    package.build()?.write_file(&file)?;
    Ok(file)
}

/// The libraries that the programs link to and the versions of their symbols, as RPM names them.
fn requirements(tree: &Tree) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for program in tree.programs() {
        let mut ask = words("readelf --dynamic --version-info --wide");
        found.extend(required(&command::output(ask.arg(program))?));
    }
    Ok(found)
}

/// What provides them on a system of 64 bits, from what readelf says of a program.
fn required(said: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut library = None;
    for line in said.lines() {
        if let Some((_, rest)) = line.split_once("(NEEDED)") {
            let name = rest
                .split_once('[')
                .and_then(|(_, rest)| rest.split_once(']'));
            found.extend(name.map(|(name, _)| format!("{name}()(64bit)")));
        } else if let Some(file) = word_after(line, "File:") {
            library = Some(file);
        } else if let (Some(library), Some(version)) = (library, word_after(line, "Name:")) {
            found.insert(format!("{library}({version})(64bit)"));
        }
    }
    found
}

fn word_after<'a>(line: &'a str, mark: &str) -> Option<&'a str> {
    line.split_once(mark)?.1.split_whitespace().next()
}

#[cfg(test)]
mod tests {
    use super::required;

    #[test]
    fn libraries_and_the_versions_of_their_symbols_are_required() {
        let said = "\
 0x0000000000000001 (NEEDED)             Shared library: [libc.so.6]
 0x000000000000000e (SONAME)             Library soname: [x.so]
Version needs section '.gnu.version_r' contains 1 entry:
  000000: Version: 1  File: libc.so.6  Cnt: 2
  0x0010:   Name: GLIBC_2.34  Flags: none  Version: 7
  0x0020:   Name: GLIBC_2.2.5  Flags: none  Version: 2
";
        let required: Vec<_> = required(said).into_iter().collect();
        assert_eq!(
            required,
            [
                "libc.so.6()(64bit)",
                "libc.so.6(GLIBC_2.2.5)(64bit)",
                "libc.so.6(GLIBC_2.34)(64bit)"
            ]
        );
    }
}
