//! The last happenings of an evening in words, for whoever has to understand a failed one.
//!
//! Off while thousands of evenings run; a failed one is run again with it.

use std::{collections::VecDeque, fmt, time::Duration};

const KEPT: usize = 40;

/// The story of one evening.
#[derive(Debug)]
pub(super) struct Story {
    told: bool,
    kept: usize,
    lines: VecDeque<(Duration, String)>,
}

impl Story {
    pub(super) fn new(told: bool) -> Story {
        let kept = std::env::var("PTEROTRAY_EVENING_LINES");
        Story {
            told,
            kept: kept.ok().and_then(|n| n.parse().ok()).unwrap_or(KEPT),
            lines: VecDeque::new(),
        }
    }

    /// One happening. The words are only made when somebody will read them.
    pub(super) fn tell(&mut self, at: Duration, words: impl FnOnce() -> String) {
        if !self.told {
            return;
        }
        if self.lines.len() >= self.kept {
            self.lines.pop_front();
        }
        self.lines.push_back((at, words()));
    }
}

impl fmt::Display for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, words) in &self.lines {
            writeln!(f, "  {}  {words}", Clock(*at))?;
        }
        Ok(())
    }
}

/// A moment of the evening as minutes, seconds and milliseconds.
pub(super) struct Clock(pub(super) Duration);

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        let millis = self.0.subsec_millis();
        write!(f, "{:02}:{:02}.{millis:03}", seconds / 60, seconds % 60)
    }
}
