//! Every sentence a person reads, by key, from `locales/<language>.ftl`.
//!
//! Never fails: a missing sentence shows its key, and a test makes sure that none is missing.

use crate::{
    condition::Condition,
    format,
    history::Cause,
    problem::Problem,
    settings::{AlertRule, Sensor},
    snapshot::{Pending, Phase},
};
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use pterodactyl_client::PowerSignal;
use std::time::Duration;
use unic_langid::LanguageIdentifier;

/// The languages there are, the first one being the fallback.
const LANGUAGES: [(&str, &str); 1] = [("en", include_str!("../../../locales/en.ftl"))];

/// The sentences of one language.
pub struct Texts {
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Texts")
            .field("locales", &self.bundle.locales)
            .finish()
    }
}

impl Texts {
    /// The language that fits a tag such as `de-AT` best; English when none does.
    pub fn new(wanted: Option<&str>) -> Texts {
        let primary = wanted
            .and_then(|tag| tag.split(['-', '_']).next())
            .unwrap_or("en");
        let (tag, source) = LANGUAGES
            .into_iter()
            .find(|(tag, _)| tag.eq_ignore_ascii_case(primary))
            .unwrap_or(LANGUAGES[0]);
        let locale: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // Names are cleaned of bidi controls already, and menus show isolation marks as boxes.
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(part, _)| part);
        // A sentence defined twice keeps its first form; a test finds it.
        let _ = bundle.add_resource(resource);
        Texts { bundle }
    }

    /// A sentence without parts.
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// A sentence with parts put in. `key` may name an attribute: `problem-dns.next`.
    pub fn say_with(&self, key: &str, parts: &[(&str, Part<'_>)]) -> String {
        let (id, attribute) = key
            .split_once('.')
            .map_or((key, None), |(id, a)| (id, Some(a)));
        let pattern = self
            .bundle
            .get_message(id)
            .and_then(|message| match attribute {
                Some(name) => message
                    .get_attribute(name)
                    .map(|attribute| attribute.value()),
                None => message.value(),
            });
        let Some(pattern) = pattern else {
            return key.to_owned();
        };
        let mut args = FluentArgs::new();
        for (name, part) in parts {
            args.set(*name, FluentValue::from(*part));
        }
        self.bundle
            .format_pattern(pattern, Some(&args), &mut Vec::new())
            .into_owned()
    }

    /// The word for a condition.
    pub fn condition(&self, condition: Condition) -> String {
        self.say(&format!("condition-{}", condition.name().replace('_', "-")))
    }

    /// The word for a power signal.
    pub fn signal(&self, signal: PowerSignal) -> String {
        self.say(&format!("power-{}", signal.as_str()))
    }

    /// The name of a sensor.
    pub fn sensor(&self, sensor: Sensor) -> String {
        self.say(&format!("sensor-{}", sensor.name()))
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
        self.about(problem, "")
    }

    /// What to do about it.
    pub fn next_step(&self, problem: &Problem) -> String {
        self.about(problem, ".next")
    }

    fn about(&self, problem: &Problem, attribute: &str) -> String {
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
        self.say_with(&key, &parts)
    }
}

/// A part of a sentence.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a> {
    /// Put in as it is.
    Text(&'a str),
    /// Chooses plurals.
    Count(usize),
}

impl<'a> From<Part<'a>> for FluentValue<'a> {
    fn from(part: Part<'a>) -> FluentValue<'a> {
        match part {
            Part::Text(text) => FluentValue::from(text),
            Part::Count(count) => FluentValue::from(count),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::ProblemKind;

    #[test]
    fn every_condition_signal_and_problem_has_its_words_and_next_step() {
        let texts = Texts::new(Some("en"));
        for condition in Condition::ALL {
            assert!(
                !texts.condition(condition).contains("condition-"),
                "{condition:?}"
            );
        }
        for kind in ProblemKind::ALL {
            for problem in [Problem::of(kind), Problem::with(kind, "some words")] {
                let said = [texts.problem(&problem), texts.next_step(&problem)];
                assert!(
                    said.iter().all(|text| !text.starts_with("problem-")),
                    "{said:?}"
                );
                assert!(
                    said.iter()
                        .all(|text| !text.is_empty() && !text.contains("{$"))
                );
            }
        }
    }

    #[test]
    fn every_rule_has_its_name() {
        let texts = Texts::new(Some("en"));
        for rule in AlertRule::ALL {
            assert!(!texts.alert_rule(rule).contains("alert-rule-"), "{rule:?}");
        }
    }

    #[test]
    fn every_key_the_code_names_is_there() {
        let texts = Texts::new(Some("en"));
        let sources = [
            include_str!("menu.rs"),
            include_str!("menu/alerts.rs"),
            include_str!("notification.rs"),
            include_str!("notification/sentences.rs"),
        ];
        let named = sources
            .iter()
            .flat_map(|source| source.split('"').skip(1).step_by(2));
        let prefixes = ["menu-", "alert-", "button-", "headline-"];
        let mut checked = 0;
        for key in named.filter(|word| prefixes.iter().any(|prefix| word.starts_with(prefix))) {
            // A key that is put together ends in a dash here; its parts are checked above.
            if key.contains('{') {
                continue;
            }
            checked += 1;
            assert_ne!(texts.say(key), key, "{key} is missing");
        }
        assert!(checked > 20, "{checked}");
    }

    #[test]
    fn an_unknown_language_falls_back_to_english() {
        assert_eq!(Texts::new(Some("tlh")).say("menu-quit"), "Quit");
        assert_eq!(Texts::new(Some("en_GB.UTF-8")).say("menu-quit"), "Quit");
    }

    #[test]
    fn no_sentence_stands_twice_in_the_file() {
        for (tag, source) in LANGUAGES {
            let mut keys: Vec<&str> = source
                .lines()
                .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
                .filter_map(|line| line.split(" =").next())
                .collect();
            let count = keys.len();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), count, "{tag}");
            assert!(FluentResource::try_new(source.to_owned()).is_ok(), "{tag}");
        }
    }

    #[test]
    fn plurals_are_chosen() {
        let texts = Texts::new(None);
        let more = |count| texts.say_with("headline-more", &[("count", Part::Count(count))]);
        assert_eq!(more(1), "1 server needs a look");
        assert_eq!(more(4), "4 servers need a look");
    }
}
