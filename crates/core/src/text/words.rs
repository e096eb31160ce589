//! The words for what there is: conditions, signals, sensors, rules, causes, problems.
//!
//! Holds no sentence of its own, only which one it is.

use super::{Part, Texts};
use crate::{
    alert::Silence,
    condition::Condition,
    format,
    history::Cause,
    problem::Problem,
    settings::{AlertRule, Sensor},
    snapshot::{Pending, Phase},
};
use pterodactyl_client::PowerSignal;
use std::time::Duration;

impl Texts {
    /// The word for a condition.
    pub fn condition(&self, condition: Condition) -> String {
        self.say(&format!("condition-{}", condition.name().replace('_', "-")))
    }

    /// The word for a condition inside a sentence. Some languages write nouns large there too.
    pub fn condition_inside(&self, condition: Condition) -> String {
        let word = self.condition(condition);
        if self.say("condition-inside") == "small" {
            word.to_lowercase()
        } else {
            word
        }
    }

    /// The word for a power signal.
    pub fn signal(&self, signal: PowerSignal) -> String {
        self.say(&format!("power-{}", signal.as_str()))
    }

    /// The name of a sensor.
    pub fn sensor(&self, sensor: Sensor) -> String {
        self.say(&format!("sensor-{}", sensor.name()))
    }

    /// Why an alert was not shown.
    pub fn silence(&self, why: Silence) -> String {
        self.say(&format!("window-silent-{}", why.name().replace('_', "-")))
    }

    /// The name of a rule for alerts.
    pub fn alert_rule(&self, rule: AlertRule) -> String {
        self.say(&format!("alert-rule-{}", rule.name().replace('_', "-")))
    }

    /// How far a signal is.
    pub fn pending(&self, pending: Pending) -> String {
        let key = match pending.phase {
            Phase::Asked => match pending.signal {
                PowerSignal::Start => "pending-start",
                PowerSignal::Stop => "pending-stop",
                PowerSignal::Restart => "pending-restart",
                PowerSignal::Kill => "pending-kill",
            },
            Phase::Accepted => "pending-accepted",
            Phase::Overdue => "pending-overdue",
        };
        self.say_with(key, &[("signal", Part::Text(&self.signal(pending.signal)))])
    }

    /// How long ago, coarsely: `just now`, `2 min ago`.
    pub fn ago(&self, length: Duration) -> String {
        match format::age(length) {
            Some(age) => self.say_with("ago", &[("age", Part::Text(&age))]),
            None => self.say("ago-now"),
        }
    }

    /// What a node reported of a crash, as part of a sentence; `None` when it told nothing.
    pub fn cause(&self, cause: Cause) -> Option<String> {
        let Cause::Crashed {
            exit_code,
            out_of_memory,
        } = cause
        else {
            return None;
        };
        let code = exit_code.map(|code| {
            let code = code.to_string();
            self.say_with("cause-exit-code", &[("code", Part::Text(&code))])
        });
        let memory = (out_of_memory == Some(true)).then(|| self.say("cause-out-of-memory"));
        let parts: Vec<String> = code.into_iter().chain(memory).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// What is wrong, in one sentence.
    pub fn problem(&self, problem: &Problem) -> String {
        self.about(problem, "").unwrap_or_else(|key| key)
    }

    /// What to do about it.
    pub fn next_step(&self, problem: &Problem) -> String {
        self.about(problem, ".next").unwrap_or_else(|key| key)
    }

    /// What to do about it when address and key are only tried: nothing is tried again by itself.
    pub fn trial_step(&self, problem: &Problem) -> String {
        self.about(problem, ".trial")
            .unwrap_or_else(|_| self.next_step(problem))
    }

    /// The sentence, or the key of one that is not there.
    fn about(&self, problem: &Problem, attribute: &str) -> Result<String, String> {
        let key = format!(
            "problem-{}{attribute}",
            problem.kind.name().replace('_', "-")
        );
        // The sentence around it ends with a full stop of its own.
        let detail = problem.detail.trim_end_matches('.');
        let has_detail = if detail.is_empty() { "no" } else { "yes" };
        let parts = [
            ("detail", Part::Text(detail)),
            ("has-detail", Part::Text(has_detail)),
        ];
        let said = self.spoken().say(&key, &parts, &mut Vec::new());
        said.ok_or(key)
    }
}
