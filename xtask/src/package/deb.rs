//! A .deb, by Debian's own tools.
//! Never lists a dependency by hand: what the programs link to is asked of them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::release::Release;
use super::tree::Tree;
use super::{DESCRIPTION, HOMEPAGE, MAINTAINER, SUMMARY};
use crate::command::{self, words};

/// Packs the tree; returns the file.
pub(super) fn pack(tree: &Tree, release: &Release, place: &Path) -> Result<PathBuf> {
    let arch = command::output(&mut words("dpkg --print-architecture"))?;
    let arch = arch.trim();
    let needs = needs(tree, place)?;
    let size = tree.size()?.div_ceil(1024);
    let folder = tree.top.join("DEBIAN");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("control"), control(release, arch, &needs, size))?;
    let sums = command::output(
        words("md5sum --")
            .args(tree.files.iter().map(|file| &file.path))
            .current_dir(&tree.top),
    )?;
    fs::write(folder.join("md5sums"), sums)?;
    let file = place.join(format!("pterotray_{}_{arch}.deb", release.version));
    let packed = command::output(
        words("dpkg-deb --root-owner-group -Zxz --build")
            .arg(&tree.top)
            .arg(&file)
            .env("SOURCE_DATE_EPOCH", release.second.to_string()),
    );
    fs::remove_dir_all(&folder)?;
    packed.map(|_| file)
}

fn control(release: &Release, arch: &str, needs: &str, size: u64) -> String {
    let version = &release.version;
    let description = DESCRIPTION.replace('\n', "\n ");
    format!(
        "Package: pterotray\nVersion: {version}\nArchitecture: {arch}\n\
        Maintainer: {MAINTAINER}\n\
        Installed-Size: {size}\nDepends: {needs}\n\
        Recommends: gnome-keyring | kwalletmanager | keepassxc, notification-daemon\n\
        Section: net\nPriority: optional\nHomepage: {HOMEPAGE}\n\
        Description: {SUMMARY}\n {description}\n"
    )
}

/// The packages whose libraries the programs link to, in the lowest versions that do.
fn needs(tree: &Tree, place: &Path) -> Result<String> {
    // dpkg-shlibdeps wants to stand in a source package.
    let source = place.join("source");
    fs::create_dir_all(source.join("debian"))?;
    fs::write(
        source.join("debian/control"),
        "Source: pterotray\n\nPackage: pterotray\nArchitecture: any\n",
    )?;
    let mut ask = words("dpkg-shlibdeps -O");
    ask.current_dir(&source).args(tree.programs());
    let said = command::output(&mut ask)?;
    fs::remove_dir_all(&source)?;
    let needs = said.trim().strip_prefix("shlibs:Depends=");
    Ok(needs
        .context("dpkg-shlibdeps names no dependencies")?
        .to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::release::sample;

    #[test]
    fn every_line_of_the_control_file_is_a_field_or_goes_on() {
        let text = control(&sample(), "amd64", "libc6 (>= 2.34)", 9000);
        assert!(text.contains("\nDepends: libc6 (>= 2.34)\n"), "{text}");
        for line in text.lines() {
            let field = line.split_once(": ").map_or("", |(name, _)| name);
            let named = field.chars().all(|c| c.is_ascii_alphabetic() || c == '-');
            assert!(
                line.starts_with(' ') || (named && !field.is_empty()),
                "{line}"
            );
            assert!(line.len() <= 80 || !line.starts_with(' '), "{line}");
        }
    }
}
