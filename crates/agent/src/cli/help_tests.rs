//! That help is whole in every language, and word for word that of the manual in English.

use super::*;
use std::collections::BTreeSet;

/// Whatever clap or the description say in English, as whole words.
const ENGLISH: [&str; 24] = [
    "Usage",
    "Commands",
    "Arguments",
    "Options",
    "OPTIONS",
    "COMMAND",
    "DIR",
    "FILE",
    "PAGE",
    "PLACE",
    "Print",
    "default",
    "possible",
    "Possible",
    "values",
    "the",
    "The",
    "and",
    "of",
    "for",
    "with",
    "Show",
    "Only",
    "env",
];

fn english() -> Texts {
    Texts::new(Some("en"))
}

fn german() -> Texts {
    Texts::new(Some("de"))
}

/// Short and long help of a command and of all below it.
fn all(command: &Command) -> Vec<String> {
    let mut command = command.clone();
    let own = [command.render_help(), command.render_long_help()];
    let below = command.get_subcommands().flat_map(all);
    // An empty line may be indented or not.
    let plain = |help: StyledStr| help.to_string().replace("          \n", "\n");
    own.map(plain).into_iter().chain(below).collect()
}

#[test]
fn in_english_it_is_word_for_word_that_of_the_manual() {
    let mut manual = Arguments::command();
    manual.build();
    let (manual, ours) = (all(&manual), all(&worded(&english())));
    assert!(manual.len() > 40, "{}", manual.len());
    for (manual, ours) in manual.iter().zip(&ours) {
        assert_eq!(ours, manual);
    }
    assert_eq!(ours.len(), manual.len());
}

#[test]
fn every_command_and_argument_has_its_words_in_every_language() {
    fn look(command: &Command, tag: &str) {
        let name = command.get_display_name().unwrap_or_default();
        let said = |help: Option<&StyledStr>, what: &str| {
            let help = help.map(ToString::to_string).unwrap_or_default();
            assert!(!help.is_empty(), "{tag}: {name} {what} has no words");
            // A missing sentence shows its key.
            assert!(!help.starts_with("help"), "{tag}: {name} {what}: {help}");
        };
        said(command.get_about(), "itself");
        for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
            said(arg.get_help(), arg.get_id().as_str());
        }
        for below in command.get_subcommands() {
            look(below, tag);
        }
    }
    for tag in ["en", "de"] {
        let command = worded(&Texts::new(Some(tag)));
        look(&command, tag);
        for help in all(&command) {
            assert!(
                !help.contains("help-") && !help.contains("help."),
                "{tag}: {help}"
            );
        }
    }
}

#[test]
fn no_words_are_left_over() {
    let mut known = BTreeSet::new();
    note_keys(&worded(&english()), &mut known);
    let file = include_str!("../../../../locales/en.ftl");
    let of_commands = |line: &&str| line.starts_with("help");
    let keys = file
        .lines()
        .filter(of_commands)
        .filter_map(|line| line.split(" =").next());
    let fixed = [
        "usage",
        "commands",
        "arguments",
        "options",
        "any-options",
        "values",
        "each-value",
        "default",
    ];
    for key in keys {
        let rest = key.trim_start_matches("help-");
        let is_fixed = fixed.contains(&rest) || rest.starts_with("value-");
        assert!(
            is_fixed || known.contains(key),
            "{key} belongs to no command"
        );
    }
}

fn note_keys(command: &Command, keys: &mut BTreeSet<String>) {
    keys.insert(key(command));
    command
        .get_subcommands()
        .for_each(|below| note_keys(below, keys));
}

#[test]
fn nothing_of_it_is_english_in_german() {
    for help in all(&worded(&german())) {
        // An option is one word with its dashes, and what is typed stays as it is.
        let mut words = help.split(|c: char| !c.is_alphanumeric() && c != '-');
        let english = words.find(|word| ENGLISH.contains(word));
        assert_eq!(english, None, "{help}");
    }
}

#[test]
fn the_first_page_in_german_is_this() {
    let help = worded(&german()).render_help().to_string();
    let beginning = "\
Pterodactyl- und Pelican-Spielserver im Infobereich

Verwendung: pterotray [OPTIONEN] [BEFEHL]

Befehle:
  status   Zeigen, wie es allen Servern geht
  watch    Jede Änderung sofort melden, je eine Zeile, bis Strg-C beendet
";
    assert!(help.starts_with(beginning), "{help}");
    let options = "
Optionen:
      --hidden            Beim Start kein Fenster zeigen, wie bei der Anmeldung
      --profile <ORDNER>  Einstellungen, Protokolle und Socket in diesem Ordner halten [Umgebung: PTEROTRAY_PROFILE]
  -h, --help              Hilfe anzeigen (ausführlich mit „--help“)
  -V, --version           Version anzeigen

Rückgabewerte: 0 getan";
    assert!(help.contains(options), "{help}");
    assert!(!help.contains("shortest-poll"), "{help}");
}
