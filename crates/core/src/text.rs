//! Every sentence a person reads, by key, from `locales/<language>.ftl`.
//!
//! Never fails: a missing sentence shows its key, and a test makes sure that none is missing.

mod words;

use crate::format;
use fluent_bundle::{
    FluentArgs, FluentError, FluentResource, FluentValue, concurrent::FluentBundle,
};
use std::sync::{PoisonError, RwLock, RwLockReadGuard};
use unic_langid::LanguageIdentifier;

/// The languages there are, the first one being the fallback.
const LANGUAGES: [(&str, &str); 2] = [
    ("en", include_str!("../../../locales/en.ftl")),
    ("de", include_str!("../../../locales/de.ftl")),
];

/// The sentences of one language at a time: the one that was chosen, or the system's.
pub struct Texts {
    system: &'static str,
    /// Only what is spoken is held in memory.
    spoken: RwLock<Spoken>,
}

struct Spoken {
    tag: &'static str,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Texts")
            .field("language", &self.language())
            .finish()
    }
}

impl Texts {
    /// The language that fits the system's tag, such as `de_AT.UTF-8`, best; English when none does.
    pub fn new(system: Option<&str>) -> Texts {
        let system = fitting(system.unwrap_or_default()).unwrap_or(LANGUAGES[0].0);
        Texts {
            system,
            spoken: RwLock::new(Spoken::of(system)),
        }
    }

    /// Speaks this language from now on; the system's for `None` or one that there is not.
    pub fn speak(&self, chosen: Option<&str>) {
        let tag = chosen.and_then(fitting).unwrap_or(self.system);
        if self.language() != tag {
            *self.spoken.write().unwrap_or_else(PoisonError::into_inner) = Spoken::of(tag);
        }
    }

    /// The tag of the language that is spoken.
    pub fn language(&self) -> &'static str {
        self.spoken().tag
    }

    fn spoken(&self) -> RwLockReadGuard<'_, Spoken> {
        self.spoken.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// A sentence without parts.
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// A sentence with parts put in. `key` may name an attribute: `problem-dns.next`.
    pub fn say_with(&self, key: &str, parts: &[(&str, Part<'_>)]) -> String {
        let spoken = self.spoken();
        let said = spoken.say(key, parts, &mut Vec::new());
        said.unwrap_or_else(|| key.to_owned())
    }

    /// A size: `2.1 GiB`.
    pub fn size(&self, bytes: u64) -> String {
        self.number(format::size(bytes))
    }

    /// What is used of what is allowed: `2.1 of 4 GiB`, or just the size when nothing limits it.
    pub fn size_of(&self, bytes: u64, limit_mib: i64) -> String {
        let (used, limit) = format::size_of(bytes, limit_mib);
        let used = self.number(used);
        let Some(limit) = limit else { return used };
        let limit = self.number(limit);
        let parts = [("used", Part::Text(&used)), ("limit", Part::Text(&limit))];
        self.say_with("size-of", &parts)
    }

    /// Percent of one core: `23 %`, `0.4 %`.
    pub fn percent(&self, value: f64) -> String {
        self.number(format::percent(value))
    }

    fn number(&self, number: String) -> String {
        number.replace('.', &self.say("number-decimal"))
    }
}

/// The language whose tag begins like this one.
fn fitting(tag: &str) -> Option<&'static str> {
    let primary = tag.split(['-', '_', '.']).next()?;
    let mut tags = LANGUAGES.iter().map(|(tag, _)| *tag);
    tags.find(|tag| tag.eq_ignore_ascii_case(primary))
}

impl Spoken {
    fn of(wanted: &str) -> Spoken {
        let (tag, source) = LANGUAGES
            .into_iter()
            .find(|(tag, _)| *tag == wanted)
            .unwrap_or(LANGUAGES[0]);
        let locale: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        // Names are cleaned of bidi controls already, and menus show isolation marks as boxes.
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(part, _)| part);
        // A sentence defined twice keeps its first form; a test finds it.
        let _ = bundle.add_resource(resource);
        Spoken { tag, bundle }
    }

    /// A sentence, if there is one; what is wrong with it is left in `wrong`.
    fn say(
        &self,
        key: &str,
        parts: &[(&str, Part<'_>)],
        wrong: &mut Vec<FluentError>,
    ) -> Option<String> {
        let (id, attribute) = key
            .split_once('.')
            .map_or((key, None), |(id, name)| (id, Some(name)));
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut args = FluentArgs::new();
        for (name, part) in parts {
            args.set(*name, FluentValue::from(*part));
        }
        let said = self.bundle.format_pattern(pattern, Some(&args), wrong);
        Some(said.into_owned())
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
    use crate::{
        condition::Condition,
        problem::{Problem, ProblemKind},
        settings::AlertRule,
    };
    use std::collections::{BTreeMap, BTreeSet};

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
                let said = [
                    texts.problem(&problem),
                    texts.next_step(&problem),
                    texts.trial_step(&problem),
                ];
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
    fn nothing_is_promised_for_what_was_only_tried() {
        use ProblemKind as K;
        let passing = [
            K::TimedOut,
            K::Connection,
            K::RateLimited,
            K::PanelMaintenance,
            K::PanelBroken,
            K::Unreadable,
        ];
        for (tag, _) in LANGUAGES {
            let texts = Texts::new(Some(tag));
            for kind in passing {
                let problem = Problem::of(kind);
                let promise = texts.next_step(&problem);
                assert!(promise.contains("Pterotray"), "{tag} {kind:?}: {promise}");
                let step = texts.trial_step(&problem);
                assert!(!step.contains("Pterotray"), "{tag} {kind:?}: {step}");
            }
            let refused = Problem::of(K::KeyRejected);
            assert_eq!(texts.trial_step(&refused), texts.next_step(&refused));
        }
    }

    #[test]
    fn every_problem_has_a_paragraph_that_begins_with_its_english_words() {
        let page = include_str!("../../../docs/troubleshooting.md");
        for line in LANGUAGES[0].1.lines() {
            let Some((key, words)) = line.split_once(" = ") else {
                continue;
            };
            let words = words.split('{').next().unwrap_or_default();
            let missing = key.starts_with("problem-") && !page.contains(&format!("**{words}**"));
            assert!(!missing, "{key}: {words}");
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

    /// Every key of a file, attributes with their message's name in front, and the names of its parts.
    fn sentences(source: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut found = BTreeMap::new();
        let (mut message, mut key) = (String::new(), String::new());
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            let name = line.trim_start().split(" =").next().unwrap_or_default();
            if line.starts_with(|c: char| c.is_ascii_lowercase()) {
                (message, key) = (name.to_owned(), name.to_owned());
            } else if line.starts_with("    .") {
                key = format!("{message}{name}");
            }
            let parts: &mut BTreeSet<String> = found.entry(key.clone()).or_default();
            let named = line.split('$').skip(1).map(|rest| {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
                rest[..end.unwrap_or(rest.len())].to_owned()
            });
            parts.extend(named);
        }
        found.remove("");
        found
    }

    #[test]
    fn every_language_has_every_sentence_with_the_same_parts() {
        let (first, english) = LANGUAGES[0];
        let english = sentences(english);
        assert!(english.len() > 500, "{}", english.len());
        for (tag, source) in LANGUAGES {
            let theirs = sentences(source);
            for (key, parts) in &english {
                assert_eq!(
                    Some(parts),
                    theirs.get(key),
                    "{key} in {tag} and in {first}"
                );
            }
            let more = theirs.keys().find(|key| !english.contains_key(*key));
            assert_eq!(more, None, "only in {tag}");
        }
    }

    #[test]
    fn every_sentence_of_every_language_can_be_said() {
        for (tag, source) in LANGUAGES {
            let spoken = Spoken::of(tag);
            for (key, names) in sentences(source) {
                for count in [1, 2, 5] {
                    let of = |name: &String| match name.as_str() {
                        "count" => Part::Count(count),
                        _ => Part::Text("yes"),
                    };
                    let parts: Vec<_> =
                        names.iter().map(|name| (name.as_str(), of(name))).collect();
                    let mut wrong = Vec::new();
                    let said = spoken.say(&key, &parts, &mut wrong);
                    assert!(said.is_some_and(|said| !said.is_empty()), "{key} in {tag}");
                    assert!(wrong.is_empty(), "{key} in {tag}: {wrong:?}");
                }
            }
        }
    }

    #[test]
    fn the_language_is_the_systems_until_another_one_is_chosen() {
        let texts = Texts::new(Some("de_AT.UTF-8"));
        assert_eq!(texts.say("menu-quit"), "Beenden");
        texts.speak(Some("en"));
        assert_eq!(texts.say("menu-quit"), "Quit");
        texts.speak(Some("tlh"));
        assert_eq!(texts.language(), "de");
        texts.speak(None);
        assert_eq!(texts.language(), "de");
    }

    #[test]
    fn numbers_and_words_inside_a_sentence_are_written_as_in_the_language() {
        let gib = |tenths: u64| tenths * 1024 * 1024 * 1024 / 10;
        let german = Texts::new(Some("de"));
        assert_eq!(german.size_of(gib(21), 4096), "2,1 von 4 GiB");
        assert_eq!(german.percent(0.4), "0,4 %");
        assert_eq!(german.condition_inside(Condition::Maintenance), "Wartung");
        let english = Texts::new(None);
        assert_eq!(english.size_of(gib(21), 4096), "2.1 of 4 GiB");
        assert_eq!(english.size_of(gib(21), 0), "2.1 GiB");
        assert_eq!(
            english.condition_inside(Condition::Maintenance),
            "maintenance"
        );
    }

    #[test]
    fn plurals_are_chosen() {
        let texts = Texts::new(None);
        let more = |count| texts.say_with("headline-more", &[("count", Part::Count(count))]);
        assert_eq!(more(1), "1 server needs a look");
        assert_eq!(more(4), "4 servers need a look");
        let german = Texts::new(Some("de"));
        let more = |count| german.say_with("menu-more", &[("count", Part::Count(count))]);
        assert_eq!(more(1), "1 weiterer …");
        assert_eq!(more(2), "2 weitere …");
    }
}
