//! The report as text, in English: it is read by developers.
//!
//! Adds nothing to what the values say.

use super::{Diagnosis, PanelDiagnosis, Tally};
use std::fmt::{self, Display, Formatter};

impl Display for Diagnosis {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let demo = if self.demo { ", demo" } else { "" };
        writeln!(f, "Pterotray {}{demo}", self.version)?;
        writeln!(f, "System: {}", self.system)?;
        writeln!(f, "State: {}", self.state.name())?;
        writeln!(
            f,
            "Settings: a look every {} s, live updates {:?}, {} pinned, {} hidden",
            self.poll_seconds, self.live_updates, self.pinned, self.hidden
        )?;
        for notice in &self.notices {
            writeln!(f, "Notice: {}", notice.name())?;
        }
        for (panel, number) in self.panels.iter().zip(1..) {
            write!(f, "\nPanel {number}: {panel}")?;
        }
        match &self.surroundings {
            Some(surroundings) => write!(f, "{surroundings}"),
            None => Ok(()),
        }
    }
}

impl Display for PanelDiagnosis {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let either = |yes, one, other| if yes { one } else { other };
        writeln!(
            f,
            "{}{}, key {} ({:?}), {}",
            either(self.https, "https", "http"),
            either(self.own_trust, " with a trust of its own", ""),
            either(self.key_set, "set", "not set"),
            self.key_place,
            either(self.answers, "answers", "does not answer"),
        )?;
        if let Some(problem) = self.problem {
            writeln!(f, "  problem: {}", problem.name())?;
        }
        if let Some(latency) = self.latency_ms {
            writeln!(f, "  answered in: {latency} ms")?;
        }
        if let Some(budget) = self.budget {
            let (remaining, limit) = (budget.remaining, budget.limit);
            writeln!(f, "  requests left this minute: {remaining} of {limit}")?;
        }
        writeln!(f, "  servers: {}", self.servers)?;
        tally(f, "conditions", &self.conditions)?;
        tally(f, "problems", &self.problems)?;
        tally(f, "read by", &self.read_by)?;
        tally(f, "live sockets", &self.live_sockets)?;
        match self.oldest_reading_seconds {
            Some(seconds) => writeln!(f, "  oldest reading: {seconds} s"),
            None => Ok(()),
        }
    }
}

fn tally(f: &mut Formatter<'_>, what: &str, counts: &Tally) -> fmt::Result {
    if counts.is_empty() {
        return Ok(());
    }
    let parts = counts.iter().map(|(one, count)| format!("{count} {one}"));
    writeln!(f, "  {what}: {}", parts.collect::<Vec<_>>().join(", "))
}
