//! What may be written on the command line, and that every sentence it prints exists.

use super::*;
use clap::{CommandFactory as _, Parser as _};

fn parse(line: &str) -> Result<Arguments, clap::Error> {
    Arguments::try_parse_from(line.split_whitespace())
}

#[test]
fn the_definition_is_sound() {
    Arguments::command().debug_assert();
}

#[test]
fn without_a_command_it_is_the_tray() {
    let arguments = parse("pterotray --hidden").unwrap();
    assert!(arguments.command.is_none());
    assert!(arguments.hidden);
}

#[test]
fn the_profile_may_stand_behind_the_command() {
    let arguments = parse("pterotray status --json --profile /tmp/p").unwrap();
    assert_eq!(profile(arguments.profile), Some(PathBuf::from("/tmp/p")));
    assert!(matches!(
        arguments.command,
        Some(Command::Status {
            json: true,
            panel: None
        })
    ));
}

#[test]
fn signals_take_several_servers_and_need_one() {
    let arguments = parse("pterotray restart Survival sky --wait --panel Home").unwrap();
    let Some(Command::Restart(servers)) = arguments.command else {
        panic!("no restart")
    };
    assert_eq!(servers.servers, ["Survival", "sky"]);
    assert!(servers.wait);
    assert_eq!(servers.panel.as_deref(), Some("Home"));
    assert_eq!(parse("pterotray stop").unwrap_err().exit_code(), 2);
}

#[test]
fn only_kill_can_be_told_to_go_on_unasked() {
    let kill = parse("pterotray kill Survival --yes").unwrap().command;
    assert!(matches!(kill, Some(Command::Kill { yes: true, .. })));
    assert!(parse("pterotray stop Survival --yes").is_err());
}

#[test]
fn the_help_names_commands_exit_codes_and_environment_but_nothing_for_tests() {
    let help = Arguments::command().render_long_help().to_string();
    for word in [
        "status",
        "restart",
        "demo",
        "--profile",
        "5 key refused",
        "PTEROTRAY_API_KEY",
    ] {
        assert!(help.contains(word), "{word} is missing in\n{help}");
    }
    assert!(!help.contains("shortest-poll"), "{help}");
}

#[test]
fn every_sentence_there_is_for_the_command_line_exists() {
    let texts = Texts::new(None);
    let sources = [
        include_str!("console.rs"),
        include_str!("console/screen.rs"),
        include_str!("panel.rs"),
        include_str!("power.rs"),
        include_str!("print.rs"),
        include_str!("reset.rs"),
        include_str!("select.rs"),
        include_str!("show.rs"),
        include_str!("status.rs"),
        include_str!("usage.rs"),
        include_str!("watch.rs"),
        include_str!("doctor.rs"),
        include_str!("table.rs"),
        include_str!("../cli.rs"),
        include_str!("../main.rs"),
        include_str!("../demo.rs"),
    ];
    let mut found = 0;
    for quoted in sources.iter().flat_map(|source| source.split('"')) {
        let is_key = quoted.starts_with("cli-")
            && quoted.chars().all(|c| c.is_ascii_lowercase() || c == '-')
            && quoted.len() > 4;
        if is_key {
            found += 1;
            assert_ne!(texts.say(quoted), quoted, "there is no sentence {quoted}");
        }
    }
    assert!(found > 15, "only {found} keys were found");
}
