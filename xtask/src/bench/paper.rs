//! docs/benchmarks.md: one part for each subject, each written by its own bench. Measures nothing.

use anyhow::{Context as _, Result};

use crate::root;

/// Where the part about alerts begins; that about watching stands before it.
const ALERTS: &str = "# Alerts\n";

/// Writes the part about watching anew and leaves that about alerts.
pub(super) fn write_watch(part: &str) -> Result<()> {
    write(|paper| join(part, split(paper).1))
}

/// Writes the part about alerts anew and leaves that about watching.
pub(super) fn write_alerts(part: &str) -> Result<()> {
    write(|paper| join(split(paper).0, part))
}

fn write(change: impl Fn(&str) -> String) -> Result<()> {
    let place = root().join("docs/benchmarks.md");
    let paper = std::fs::read_to_string(&place).unwrap_or_default();
    std::fs::write(&place, change(&paper)).with_context(|| format!("{}", place.display()))?;
    println!("\nWritten to docs/benchmarks.md");
    Ok(())
}

/// What stands before the part about alerts, and that part.
fn split(paper: &str) -> (&str, &str) {
    let begin = paper.find(&format!("\n{ALERTS}"));
    begin.map_or((paper, ""), |begin| paper.split_at(begin + 1))
}

fn join(watch: &str, alerts: &str) -> String {
    let parts = [watch.trim_end(), alerts.trim_end()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}\n", parts.join("\n\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_is_written_without_the_other() {
        let both = join("# Benchmarks\n\nold\n", "# Alerts\n\nolder\n");
        let (watch, alerts) = split(&both);
        assert_eq!(
            join("# Benchmarks\n\nnew\n", alerts),
            "# Benchmarks\n\nnew\n\n# Alerts\n\nolder\n"
        );
        assert_eq!(
            join(watch, "# Alerts\n\nnewer\n"),
            "# Benchmarks\n\nold\n\n# Alerts\n\nnewer\n"
        );
        assert_eq!(split("# Benchmarks\n"), ("# Benchmarks\n", ""));
    }
}
