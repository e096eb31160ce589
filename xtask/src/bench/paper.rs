//! docs/benchmarks.md: one part for each subject, each written by its own bench. Measures nothing.

use anyhow::{Context as _, Result};

use crate::root;

/// A subject, by the heading of its part. They stand in this order.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Watching,
    Alerts,
    Tray,
}

const HEADINGS: [&str; 3] = ["# Benchmarks\n", "# Alerts\n", "# Tray\n"];

/// Writes this part anew, its heading first, and leaves the others.
pub(super) fn write(part: Part, text: &str) -> Result<()> {
    let place = root().join("docs/benchmarks.md");
    let paper = std::fs::read_to_string(&place).unwrap_or_default();
    std::fs::write(&place, with(&paper, part, text))
        .with_context(|| format!("{}", place.display()))?;
    println!("\nWritten to docs/benchmarks.md");
    Ok(())
}

fn with(paper: &str, part: Part, text: &str) -> String {
    let mut parts = HEADINGS.map(|heading| find(paper, heading));
    parts[part as usize] = text;
    let there = parts.into_iter().map(str::trim_end);
    let there: Vec<&str> = there.filter(|part| !part.is_empty()).collect();
    format!("{}\n", there.join("\n\n"))
}

/// From this heading to the next one of a part.
fn find<'a>(paper: &'a str, heading: &str) -> &'a str {
    let Some(begin) = at(paper, heading) else {
        return "";
    };
    let ends = HEADINGS.iter().filter_map(|other| at(paper, other));
    let end = ends.filter(|&end| end > begin).min();
    &paper[begin..end.unwrap_or(paper.len())]
}

/// Where a line begins with it.
fn at(paper: &str, heading: &str) -> Option<usize> {
    if paper.starts_with(heading) {
        return Some(0);
    }
    paper.find(&format!("\n{heading}")).map(|before| before + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_is_written_without_the_others() {
        let first = with("", Part::Alerts, "# Alerts\n\nold\n");
        assert_eq!(first, "# Alerts\n\nold\n");
        let two = with(&first, Part::Watching, "# Benchmarks\n\nsome\n");
        assert_eq!(two, "# Benchmarks\n\nsome\n\n# Alerts\n\nold\n");
        let three = with(&two, Part::Tray, "# Tray\n\nlast");
        let again = with(&three, Part::Alerts, "# Alerts\n\nnew\n");
        assert_eq!(
            again,
            "# Benchmarks\n\nsome\n\n# Alerts\n\nnew\n\n# Tray\n\nlast\n"
        );
    }
}
