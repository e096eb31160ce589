//! docs/benchmarks.md: the whole run's table and how it was measured. Measures nothing.

use anyhow::{Context as _, Result};

use crate::root;

/// Writes it anew.
pub(super) fn write(machine: &str, table: &str, remarks: &[String], how: &[&str]) -> Result<()> {
    let place = root().join("docs/benchmarks.md");
    let remarks: String = remarks
        .iter()
        .map(|remark| format!("* {remark}\n"))
        .collect();
    let how = how.join("\n");
    let text = format!("{HEAD}\n{machine}\n\n{table}\n\n{remarks}\n{HOW}\n{how}");
    std::fs::write(&place, text).with_context(|| format!("{}", place.display()))?;
    println!("\nWritten to docs/benchmarks.md");
    Ok(())
}

const HEAD: &str = "# Benchmarks

Written by `cargo xtask bench`; do not edit. A promise that is not met is shown as not met.

* **HA** is the traffic of Home Assistant's Pterodactyl integration, sent by `xtask/peers/home_assistant.py` through the library
  that it uses: py-dactyl 2.1.3 (Home Assistant 2026.11) and 2.0.4 (until 2026.10). It is not Home Assistant itself.
* **Trays** as others build them, and a bare one as the lower bound, hold one icon, a menu and no server.
* **Ratio** is the first peer's figure divided by ours.
";

const HOW: &str = "## How it is measured

To repeat it: `cargo xtask bench`, with `--quick` for fewer samples (twenty minutes, after everything is built); `cargo xtask bench
SUBJECT` prints one part. It wants Linux, Python 3 with access to a package index for Home Assistant's traffic, and PyGObject with
AppIndicator for the Python tray; without them these figures are left out and the table says so. Nothing else should run on the
machine meanwhile.
";
