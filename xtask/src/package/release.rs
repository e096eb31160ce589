//! Which release is packed: its version and its day, and how packages tell of it.
//! Never reads a clock: the same commit gives the same package.

use anyhow::{Context as _, Result};

use super::{HOMEPAGE, MAINTAINER};
use crate::changelog;
use crate::command::{self, words};

/// The release.
pub(super) struct Release {
    pub(super) version: String,
    /// Day of the last commit, as 2026-01-31.
    day: String,
    /// The same as mail tells it.
    date: String,
    /// Its second since 1970: every file carries it.
    pub(super) second: u32,
    /// The versions released so far with their days, newest first.
    history: Vec<(String, String)>,
}

impl Release {
    /// The workspace's version at its last commit.
    pub(super) fn of_today() -> Result<Self> {
        let line = command::output(&mut words("git log -1 --format=%cs|%ct|%cD"))?;
        let mut parts = line.trim().split('|');
        let mut part = || parts.next().context("git tells no date of the last commit");
        Ok(Self {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            day: part()?.to_owned(),
            second: part()?.parse()?,
            date: part()?.to_owned(),
            history: changelog::releases(&changelog::read()?),
        })
    }

    /// The description for software centres, with every release in it.
    pub(super) fn metainfo(&self) -> String {
        let mut all = self.history.clone();
        if all.iter().all(|(version, _)| *version != self.version) {
            all.insert(0, (self.version.clone(), self.day.clone()));
        }
        let line = |(version, day)| format!(r#"<release version="{version}" date="{day}"/>"#);
        let lines: Vec<_> = all.into_iter().map(line).collect();
        include_str!("files/io.github.pterotray.Pterotray.metainfo.xml")
            .replace("HOMEPAGE", HOMEPAGE)
            .replace("<release/>", &lines.join("\n    "))
    }

    /// Debian wants a changelog in a form of its own; what changed is in ours.
    pub(super) fn debian_changelog(&self) -> String {
        let Self { version, date, .. } = self;
        format!(
            "pterotray ({version}) unstable; urgency=medium\n\n\
            \x20 * Release {version}; what changed is in CHANGELOG.md.\n\n \
            -- {MAINTAINER}  {date}\n"
        )
    }
}

#[cfg(test)]
pub(super) fn sample() -> Release {
    Release {
        version: "1.2.3".into(),
        day: "2026-01-31".into(),
        date: "Sat, 31 Jan 2026 10:00:00 +0000".into(),
        second: 0,
        history: vec![("1.2.2".into(), "2026-01-01".into())],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn software_centres_are_told_every_release_once_and_this_one_first() {
        let mut release = sample();
        let told = "<releases>\n    <release version=\"1.2.3\" date=\"2026-01-31\"/>\n    \
            <release version=\"1.2.2\" date=\"2026-01-01\"/>\n  </releases>";
        assert!(release.metainfo().contains(told), "{}", release.metainfo());
        assert!(release.metainfo().contains(HOMEPAGE));
        release
            .history
            .insert(0, ("1.2.3".into(), "2026-01-31".into()));
        assert!(release.metainfo().contains(told), "{}", release.metainfo());
    }

    #[test]
    fn debians_changelog_has_debians_form() {
        let text = sample().debian_changelog();
        assert!(
            text.starts_with("pterotray (1.2.3) unstable; urgency=medium\n\n  * "),
            "{text}"
        );
        let last = text.lines().last().unwrap();
        assert_eq!(
            last,
            format!(" -- {MAINTAINER}  Sat, 31 Jan 2026 10:00:00 +0000")
        );
    }
}
