//! Every sentence that the programs name is there, and none is left over that nobody says. Reads their source; says nothing.
//!
//! What only the window's page says (`window-…`) is the matter of the page's own tests.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

const SOURCES: [&str; 5] = [
    "crates/core/src",
    "crates/agent/src",
    "crates/command-line/src",
    "crates/pterodactyl-client/src",
    "src-tauri/src",
];
/// What keys begin with.
const FAMILIES: [&str; 18] = [
    "ago-",
    "alert-",
    "button-",
    "cause-",
    "cli-",
    "condition-",
    "headline-",
    "menu-",
    "not-live-",
    "notification-",
    "number-",
    "pending-",
    "power-",
    "problem-",
    "report-",
    "sensor-",
    "size-",
    "window-",
];
/// The report says what a program is told, found by its letters, and leaves as it is what has no sentence.
const BY_ITS_LETTERS: [&str; 2] = ["report-word-", "not-live-"];
const SIGNALS: [&str; 4] = ["start", "stop", "restart", "kill"];

/// Every key that is put together, a star where something is put in, and all that this may be.
fn built() -> BTreeMap<&'static str, Vec<String>> {
    let signals = || SIGNALS.map(str::to_owned).to_vec();
    BTreeMap::from([
        ("alert-above-*", names("Measure")),
        ("alert-action-failed-*", signals()),
        ("alert-measure-*", names("Measure")),
        ("alert-rule-*", names("AlertRule")),
        ("condition-*", names("Condition")),
        ("power-*", signals()),
        ("problem-*", names("ProblemKind")),
        ("sensor-*", names("Sensor")),
        ("window-silent-*", names("Silence")),
    ])
}

#[test]
fn every_sentence_that_is_named_is_there() {
    let (there, named) = (keys(), named());
    assert!(named.len() > 150, "{}", named.len());
    let whole = named.iter().filter(|key| !key.contains('*'));
    let missing: Vec<_> = whole.filter(|key| !there.contains(*key)).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let stranger = there
        .iter()
        .find(|key| !is_of_a_family(key) && !is_elsewhere(key));
    assert_eq!(stranger.map(String::as_str), Some("ago"));
}

#[test]
fn every_sentence_that_is_put_together_is_there() {
    let (there, built) = (keys(), built());
    let named = named();
    let by_letters = |key: &str| BY_ITS_LETTERS.iter().any(|family| key.starts_with(family));
    let starred = named
        .iter()
        .filter(|key| key.contains('*') && !by_letters(key));
    let starred: Vec<&str> = starred.map(String::as_str).collect();
    assert_eq!(starred, built.keys().copied().collect::<Vec<_>>());
    let missing: Vec<_> = made()
        .into_iter()
        .filter(|key| !there.contains(key))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn no_sentence_is_left_that_nobody_says() {
    let mut said: BTreeSet<String> = named().into_iter().chain(made()).collect();
    let letters = quoted().into_iter().flat_map(|word| {
        let parts = word.split(|c: char| !c.is_ascii_alphanumeric());
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        BY_ITS_LETTERS.map(|family| format!("{family}{}", parts.join("-")))
    });
    said.extend(letters);
    // What a sentence has besides itself is said with it.
    let of_its_own =
        |key: &String| !key.contains('.') && !key.starts_with("window-") && !is_elsewhere(key);
    let left = keys().into_iter().filter(of_its_own);
    let left: Vec<String> = left.filter(|key| !said.contains(key)).collect();
    assert!(left.is_empty(), "{left:?}");
}

/// Help: its own tests know each of its words.
fn is_elsewhere(key: &str) -> bool {
    key.starts_with("help")
}

fn made() -> Vec<String> {
    let made = built().into_iter().flat_map(|(key, all)| {
        let put_in = move |one: String| key.replace('*', &one.replace('_', "-"));
        all.into_iter().map(put_in)
    });
    made.collect()
}

/// Every key of the English file, attributes with their sentence's in front.
fn keys() -> BTreeSet<String> {
    let source = read(&root().join("locales/en.ftl"));
    let mut found = BTreeSet::new();
    let mut sentence = "";
    for line in source.lines() {
        let Some((name, _)) = line.split_once(" =") else {
            continue;
        };
        if line.starts_with(|first: char| first.is_ascii_lowercase()) {
            sentence = name;
            found.insert(name.to_owned());
        } else if let Some(attribute) = name.strip_prefix("    .") {
            found.insert(format!("{sentence}.{attribute}"));
        }
    }
    found
}

fn is_of_a_family(key: &str) -> bool {
    FAMILIES.iter().any(|family| key.starts_with(family))
}

/// What begins like a key there, a star for each `{…}`.
fn named() -> BTreeSet<String> {
    let is_key = |word: &str| {
        let plain = |c: char| c.is_ascii_lowercase() || "-.*".contains(c);
        let whole = word.chars().all(plain) && !word.ends_with('-');
        whole && (is_of_a_family(word) || word == "ago")
    };
    let mut words: BTreeSet<String> = quoted().iter().map(|word| starred(word)).collect();
    words.retain(|word| is_key(word));
    words
}

/// Everything in quotes in the programs' source.
fn quoted() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for folder in SOURCES {
        for file in files(&root().join(folder)) {
            let source = read(&file);
            let source = source
                .split("#[cfg(test)]\nmod tests {")
                .next()
                .unwrap_or("");
            found.extend(source.split('"').map(str::to_owned));
        }
    }
    found
}

fn starred(word: &str) -> String {
    let mut pieces = word.split('{');
    let mut starred = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        if !starred.ends_with('*') {
            starred.push('*');
        }
        starred.push_str(piece.split_once('}').map_or("", |(_, after)| after));
    }
    starred
}

/// Source files below a folder that are no tests.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the source") {
        let path = entry.expect("its entry").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if name.ends_with("tests") || name == "simulation" {
            continue;
        }
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The values of a union of words, as the page's types have them.
fn names(of: &str) -> Vec<String> {
    let source = read(&root().join(format!("ui/src/bindings/{of}.ts")));
    let code = source.split_once("export type").expect("a type").1;
    let words = code.split('"').skip(1).step_by(2).map(str::to_owned);
    words.collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
