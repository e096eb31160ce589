//! The answer to arguments that are no command: the help that was asked for, or what is wrong with them.
//!
//! Shows what was typed as one clean line, and never a key that stands where none belongs.

use super::{
    Exit, help, paths,
    print::{self, coloured},
    profile,
};
use clap::{
    Error,
    builder::StyledStr,
    error::{ContextKind, ContextValue, ErrorKind},
};
use pterotray_core::{Part, Texts, plain, settings};
use std::{ffi::OsString, path::PathBuf};

/// The longest word that is shown again.
const LONGEST: usize = 80;
/// What the panels' keys begin with.
const KEYS: [&str; 4] = ["ptlc_", "ptla_", "pacc_", "papp_"];

/// Answers arguments, the program's name in front, that clap made no command of.
///
/// The language is that of every other command, the settings' before the system's, though these arguments may be
/// nonsense: they are only looked through for the profile whose settings count. So it takes the settings of the user
/// where the folder is written in a way that is not understood, and the system's language where there are none.
pub(crate) fn answer(arguments: Vec<OsString>, texts: &Texts) -> Exit {
    if let Ok(paths) = paths(profile(named_among(&arguments)), texts) {
        let settings = settings::load(&paths.settings(), false).settings;
        texts.speak(settings.language.as_deref());
    }
    let Err(error) = help::worded(texts).try_get_matches_from(arguments) else {
        return Exit::Usage;
    };
    if !error.use_stderr() {
        print::out(&drawn(&error.render(), coloured()));
        return Exit::Done;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        print::note(error.render().to_string().trim_end());
    } else {
        print::error(&complaint(&error, texts));
    }
    Exit::Usage
}

/// The folder behind `--profile`, in either way to write it.
fn named_among(arguments: &[OsString]) -> Option<PathBuf> {
    let behind = arguments
        .iter()
        .skip_while(|word| *word != "--profile")
        .nth(1);
    let mut texts = arguments.iter().filter_map(|word| word.to_str());
    let mut joined = || texts.find_map(|word| word.strip_prefix("--profile="));
    behind
        .map(PathBuf::from)
        .or_else(|| joined().map(PathBuf::from))
}

fn drawn(text: &StyledStr, coloured: bool) -> String {
    if coloured {
        text.ansi().to_string()
    } else {
        text.to_string()
    }
}

/// What is wrong, what may have been meant, how it is written, and where there is more.
fn complaint(error: &Error, texts: &Texts) -> String {
    let list = |key, kind| {
        let names = words(error.get(kind)?).filter(|names| !names.is_empty())?;
        Some(texts.say_with(key, &[("names", Part::Text(&names))]))
    };
    let usage = if let Some(ContextValue::StyledStr(drawn)) = error.get(ContextKind::Usage) {
        Some(help::usage(drawn, texts))
    } else {
        None
    };
    let lines = [
        Some(cause(error, texts)),
        list("cli-usage-possible", ContextKind::ValidValue),
        list("cli-usage-possible", ContextKind::ValidSubcommand),
        list("cli-usage-similar", ContextKind::SuggestedSubcommand),
        list("cli-usage-similar", ContextKind::SuggestedArg),
        list("cli-usage-similar", ContextKind::SuggestedValue),
        usage.map(|usage| format!("{}: {usage}", texts.say("help-usage"))),
        Some(texts.say_with("cli-usage-help", &[("help", Part::Text("--help"))])),
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the rest cannot come of this command line, and clap may add more"
)]
fn cause(error: &Error, texts: &Texts) -> String {
    use ErrorKind as K;
    let quoted = |kind| error.get(kind).and_then(words).unwrap_or_default();
    let argument = quoted(ContextKind::InvalidArg);
    let other = quoted(ContextKind::PriorArg);
    let command = quoted(ContextKind::InvalidSubcommand);
    let value = quoted(ContextKind::InvalidValue);
    let key = match error.kind() {
        K::InvalidSubcommand => "cli-usage-no-such-command",
        K::MissingSubcommand => "cli-usage-no-command",
        K::UnknownArgument if argument.starts_with('-') => "cli-usage-no-such-option",
        K::UnknownArgument => "cli-usage-too-much",
        K::InvalidValue if value.is_empty() => "cli-usage-no-value",
        K::InvalidValue | K::ValueValidation => "cli-usage-wrong-value",
        K::TooManyValues => "cli-usage-unwanted-value",
        K::ArgumentConflict if argument == other => "cli-usage-twice",
        K::ArgumentConflict => "cli-usage-together",
        K::MissingRequiredArgument => "cli-usage-missing",
        K::InvalidUtf8 => "cli-usage-not-text",
        _ => "cli-usage-wrong",
    };
    let parts = [
        ("argument", Part::Text(&argument)),
        ("command", Part::Text(&command)),
        ("value", Part::Text(&value)),
        ("other", Part::Text(&other)),
    ];
    texts.say_with(key, &parts)
}

/// The words of an error, on one line; `None` where there are none.
fn words(value: &ContextValue) -> Option<String> {
    let words = if let ContextValue::String(word) = value {
        std::slice::from_ref(word)
    } else if let ContextValue::Strings(words) = value {
        words
    } else {
        return None;
    };
    let shown = words.iter().map(|word| shown(word));
    Some(shown.collect::<Vec<_>>().join(", "))
}

fn shown(word: &str) -> String {
    let word = plain::line(word, LONGEST);
    match KEYS.iter().find(|key| word.contains(*key)) {
        Some(key) => format!("{key}…"),
        None => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complained(line: &[&str], texts: &Texts) -> String {
        let words = ["pterotray"].iter().chain(line);
        let wrong = help::worded(texts).try_get_matches_from(words);
        complaint(&wrong.expect_err("it is no command"), texts)
    }

    fn german(line: &[&str]) -> String {
        complained(line, &Texts::new(Some("de")))
    }

    #[test]
    fn each_mistake_is_named_with_what_may_be_meant_and_how_it_is_written() {
        let said = german(&["wacth"]);
        let expected = "\
Einen Befehl „wacth“ gibt es nicht.
Ist das gemeint: watch?
Verwendung: pterotray [OPTIONEN] [BEFEHL]
--help sagt mehr.";
        assert_eq!(said, expected);
        for (line, cause) in [
            (
                &["status", "--jsn"][..],
                "Eine Option „--jsn“ gibt es hier nicht.\nIst das gemeint: --json?",
            ),
            (&["quit", "now"], "„now“ ist ein Wort zu viel."),
            (
                &["panel", "--profile", "/p"],
                "Hinter „pterotray panel“ fehlt ein Befehl.\nMöglich: add, list, remove, help\n",
            ),
            (&["stop"], "Es fehlt: <SERVER>..."),
            (
                &["status", "--panel"],
                "--panel <NAME> braucht einen Wert dahinter.",
            ),
            (
                &["status", "--json=yes"],
                "--json nimmt keinen Wert, „yes“ ist aber einer.",
            ),
            (&["status", "--json", "--json"], "--json steht zweimal da."),
            (
                &["show", "Survival", "--page", "settings"],
                "[SERVER] und --page <SEITE> schließen einander aus.",
            ),
            (
                &["show", "--page", "setings"],
                "„setings“ ist kein Wert für --page <SEITE>.\nMöglich: servers, settings, welcome\nIst das gemeint: settings?",
            ),
        ] {
            let said = german(line);
            assert!(said.starts_with(cause), "{line:?}: {said}");
            assert!(said.ends_with("\n--help sagt mehr."), "{line:?}: {said}");
        }
        let english = complained(&["stop"], &Texts::new(None));
        assert!(
            english.starts_with("Something is missing: <SERVER>...\nUsage: pterotray stop"),
            "{english}"
        );
    }

    #[test]
    fn what_was_typed_is_shown_as_one_plain_line_and_a_key_is_not() {
        let hostile = "\u{1b}]0;owned\u{7}dance\n\u{202e}\u{1b}[31m";
        let said = german(&[hostile]);
        assert!(
            said.starts_with("Einen Befehl „dance“ gibt es nicht.\n"),
            "{said:?}"
        );
        let long = "x".repeat(5000);
        assert!(german(&["status", &long]).len() < 400);
        for line in [
            &["panel", "add", "https://a.example", "ptlc_secret"][..],
            &["panel", "add", "https://a.example", "--key=ptlc_secret"],
            &[
                "panel",
                "add",
                "https://a.example",
                "--keep-key",
                "pacc_secret",
            ],
        ] {
            let said = german(line);
            assert!(!said.contains("secret"), "{said}");
        }
    }

    #[test]
    fn the_profile_is_found_among_nonsense() {
        let named = |line: &str| {
            let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
            named_among(&words)
        };
        for line in [
            "pterotray --profile /p dance",
            "pterotray dance --wrong --profile=/p",
        ] {
            assert_eq!(named(line), Some(PathBuf::from("/p")), "{line}");
        }
        assert_eq!(named("pterotray dance --profile"), None);
    }
}
