//! What the caller asked for, from the command line. Sets nothing up.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

/// One of the peer's two clients, ready to run.
#[derive(Debug, Clone)]
pub(crate) struct PeerProgram {
    /// The version of py-dactyl; also its name in the figures.
    pub(crate) version: String,
    /// `async` or `blocking`, as the script calls it.
    pub(crate) kind: String,
    /// The interpreter that has it.
    pub(crate) python: PathBuf,
}

/// What to measure, and for how long.
#[derive(Debug, Default)]
pub(crate) struct Wishes {
    pub(crate) quick: bool,
    only: Vec<String>,
    pub(crate) script: PathBuf,
    pub(crate) peers: Vec<PeerProgram>,
}

impl Wishes {
    /// Reads `--quick`, `--only GROUP`, `--script FILE` and `--peer VERSION KIND PYTHON`.
    pub(crate) fn read(words: &[String]) -> Result<Wishes> {
        let mut wishes = Wishes::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().context(format!("{word} wants a value"));
            match word.as_str() {
                "--bench" => {}
                "--quick" => wishes.quick = true,
                "--only" => wishes.only.push(value()?.clone()),
                "--script" => wishes.script = PathBuf::from(value()?),
                "--peer" => wishes.peers.push(PeerProgram {
                    version: value()?.clone(),
                    kind: value()?.clone(),
                    python: PathBuf::from(value()?),
                }),
                other => bail!("nobody knows what {other} is"),
            }
        }
        Ok(wishes)
    }

    /// Whether a group of figures is asked for: all are when none is named.
    pub(crate) fn wants(&self, group: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|one| one == group)
    }

    /// A count or time: the short run's or the long one's.
    pub(crate) fn pick<T>(&self, quick: T, whole: T) -> T {
        if self.quick { quick } else { whole }
    }
}
