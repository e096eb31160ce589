//! Help in the language of whoever asks: the one description of the command line with all its words exchanged.
//!
//! Never part of a command that is understood: building all this is only paid for by who asks for help or is not
//! understood. The words of `pterotray-command-line` itself, English, are for manual pages and completions.

use super::Arguments;
use clap::{
    Arg, Command, CommandFactory as _,
    builder::{PossibleValue, Resettable, StyledStr},
};
use pterotray_core::Texts;

/// The description of the command line, every word of it in the language of `texts`.
pub(super) fn worded(texts: &Texts) -> Command {
    let mut command = Arguments::command();
    // Brings in what clap adds by itself: `--help`, `--version`, `help`.
    command.build();
    of_command(command, texts)
}

/// How a command is written. Clap draws it, with English words around it and inside.
pub(super) fn usage(drawn: &StyledStr, texts: &Texts) -> String {
    let drawn = drawn.to_string();
    let shape = drawn.strip_prefix("Usage: ").unwrap_or(&drawn);
    shape.replace("[OPTIONS]", &format!("[{}]", texts.say("help-any-options")))
}

fn of_command(command: Command, texts: &Texts) -> Command {
    let key = key(&command);
    let about = texts.say(&key);
    let mut command = command
        .about(about.clone())
        .subcommand_value_name(texts.say("help-value-command"))
        .mut_args(|arg| of_argument(arg, &key, texts))
        .mut_subcommands(|inner| of_command(inner, texts));
    if command.get_long_about().is_some() {
        command = command.long_about(format!("{about}\n\n{}", texts.say(&format!("{key}.more"))));
    }
    if command.get_after_help().is_some() {
        command = command.after_help(texts.say(&format!("{key}.after")));
    }
    let template = template(&mut command, texts);
    command.help_template(template)
}

/// The key of a command's words: `help-panel-add`. What `help` has below it are the commands beside it.
fn key(command: &Command) -> String {
    let name = command.get_display_name().unwrap_or_default();
    let below = name.strip_prefix("pterotray").unwrap_or_default();
    if below.ends_with("-help") {
        return "help-help".to_owned();
    }
    format!("help{}", below.replacen("-help-", "-", 1))
}

/// Clap's own arrangement with other headings, which it cannot be given in another way.
fn template(command: &mut Command, texts: &Texts) -> String {
    let style = *command.get_styles().get_header();
    let heading = |key| format!("{style}{}:{style:#}", texts.say(key));
    let usage = usage(&command.render_usage(), texts);
    let mut template = format!("{{about-with-newline}}\n{} {usage}", heading("help-usage"));
    let any = |wanted: fn(&Arg) -> bool| {
        let mut shown = command.get_arguments().filter(|arg| !arg.is_hide_set());
        shown.any(wanted)
    };
    for (is_there, key, part) in [
        (command.has_subcommands(), "help-commands", "subcommands"),
        (any(Arg::is_positional), "help-arguments", "positionals"),
        (any(|arg| !arg.is_positional()), "help-options", "options"),
    ] {
        if is_there {
            template += &format!("\n\n{}\n{{{part}}}", heading(key));
        }
    }
    template + "{after-help}"
}

fn of_argument(arg: Arg, key: &str, texts: &Texts) -> Arg {
    if arg.is_hide_set() {
        return arg;
    }
    let name = arg.get_id().as_str().replace('_', "-");
    // What every command takes is described once.
    let is_everywhere = arg.is_global_set() || name == "help" || name == "version";
    let key = format!("{}.{name}", if is_everywhere { "help" } else { key });
    if name == "help" && arg.get_long_help().is_some() {
        let arg = arg.help(texts.say("help.help-short"));
        return arg.long_help(texts.say("help.help-long"));
    }
    let help = texts.say(&key);
    let values = arg.get_possible_values();
    let values: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
    let arg = with_value_name(arg, texts);
    if values.is_empty() {
        return arg.help(help).long_help(Resettable::Reset);
    }
    of_choice(arg, &key, &help, &values, texts)
}

fn with_value_name(arg: Arg, texts: &Texts) -> Arg {
    let name = arg.get_value_names().and_then(|names| names.first());
    let takes = arg.get_action().takes_values();
    let Some(name) = name.filter(|_| takes) else {
        return arg;
    };
    let key = format!("help-value-{}", name.to_lowercase());
    arg.value_name(texts.say(&key))
}

/// An argument of a few possible values: clap lists them in English, so that is switched off and done here.
fn of_choice(arg: Arg, key: &str, help: &str, values: &[&str], texts: &Texts) -> Arg {
    let default = arg.get_default_values().first();
    let default = default.map(|value| {
        let value = value.to_string_lossy();
        format!("[{}: {value}]", texts.say("help-default"))
    });
    let default = default.unwrap_or_default();
    let names = values.join(", ");
    let short = format!("{help} {default} [{}: {names}]", texts.say("help-values"));
    let width = values.iter().map(|value| value.len()).max().unwrap_or(0) + 1;
    let mut long = format!("{help}\n\n{}:", texts.say("help-each-value"));
    for value in values {
        let what = texts.say(&format!("{key}-{value}"));
        let value = format!("{value}:");
        long += &format!("\n- {value:width$} {what}");
    }
    if !default.is_empty() {
        long += &format!("\n\n{default}");
    }
    arg.help(short.replace("  ", " "))
        .long_help(long)
        .hide_possible_values(true)
        .hide_default_value(true)
}

#[cfg(test)]
#[path = "help_tests.rs"]
mod tests;
