//! CHANGELOG.md: which versions were released when, and a new one among them.
//! Never changes what was written about a version.

use std::fs;

use anyhow::{Context as _, Result, ensure};

use crate::root;

/// What waits for the next release stands below this line.
const UNRELEASED: &str = "## Unreleased\n";

/// The whole text.
pub(crate) fn read() -> Result<String> {
    fs::read_to_string(root().join("CHANGELOG.md")).context("CHANGELOG.md cannot be read")
}

/// Every released version with its day, newest first.
pub(crate) fn releases(text: &str) -> Vec<(String, String)> {
    let headings = text.lines().filter_map(|line| line.strip_prefix("## "));
    let parts = headings.filter_map(|heading| heading.split_once(" - "));
    parts
        .map(|(version, day)| (version.to_owned(), day.trim().to_owned()))
        .collect()
}

/// The text with what waited now being of this version.
pub(crate) fn released(text: &str, version: &str, day: &str) -> Result<String> {
    let (before, after) = text
        .split_once(UNRELEASED)
        .context("CHANGELOG.md has no part \"Unreleased\"")?;
    let waiting = after.split("\n## ").next().unwrap_or(after);
    ensure!(
        waiting.lines().any(|line| line.starts_with("- ")),
        "CHANGELOG.md says of nothing that it is new: there is nothing to release"
    );
    Ok(format!(
        "{before}{UNRELEASED}\n## {version} - {day}\n{after}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "# Changelog\n\n## Unreleased\n\n### Added\n- Tea.\n\n## 0.1.0 - 2026-11-01\n\n- All.\n";

    #[test]
    fn what_waited_is_of_the_version_and_the_next_starts_empty() {
        let text = released(TEXT, "0.2.0", "2026-12-01").unwrap();
        assert!(
            text.contains("## Unreleased\n\n## 0.2.0 - 2026-12-01\n\n### Added\n- Tea.\n"),
            "{text}"
        );
        let all = releases(&text);
        assert_eq!(all[0], ("0.2.0".to_owned(), "2026-12-01".to_owned()));
        assert_eq!(all[1], ("0.1.0".to_owned(), "2026-11-01".to_owned()));
        assert_eq!(all.len(), 2);
    }

    #[test]
    fn nothing_new_is_no_release() {
        let text = released(TEXT, "0.2.0", "2026-12-01").unwrap();
        assert!(released(&text, "0.3.0", "2026-12-02").is_err());
    }

    #[test]
    fn there_is_a_place_for_what_comes_next() {
        assert!(read().unwrap().contains(UNRELEASED));
    }
}
