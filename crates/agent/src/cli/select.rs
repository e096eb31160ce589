//! Which panel and which servers a person means; says what there is when none fits.
//!
//! Sends nothing.

use super::{
    exit::{self, Exit},
    print,
    status::LONGEST,
    table,
    view::{View, listed},
    waiting::Progress,
};
use pterotray_core::{
    Part, ServerView, Snapshot, Texts,
    report::{self, NotOne},
};

/// The snapshot with one panel only: the one of that name or address.
///
/// # Errors
/// What to say, when not exactly one fits.
pub(super) fn panel(
    snapshot: &Snapshot,
    wanted: Option<&str>,
    texts: &Texts,
) -> Result<Snapshot, String> {
    let mut chosen = snapshot.clone();
    if let Some(wanted) = wanted {
        let found = report::find_panel(snapshot, wanted);
        let one = found.map_err(|why| not_one_panel(snapshot, wanted, &why, texts))?;
        chosen.panels.retain(|panel| panel.id == one.id);
    }
    Ok(chosen)
}

/// Says which panels there are instead.
fn not_one_panel(snapshot: &Snapshot, wanted: &str, why: &NotOne, texts: &Texts) -> String {
    match why {
        NotOne::None if snapshot.panels.is_empty() => texts.say("cli-not-set-up"),
        NotOne::None => {
            let names: Vec<&str> = snapshot.panels.iter().map(|it| it.name.as_str()).collect();
            let names = names.join(", ");
            let parts = [("name", Part::Text(wanted)), ("names", Part::Text(&names))];
            texts.say_with("cli-no-such-panel", &parts)
        }
        NotOne::Several(names) => one_of(wanted, names, texts),
    }
}

/// Says that no such panel is meant, and how the command ends.
pub(super) fn no_such_panel(said: &str) -> Exit {
    print::error(said);
    Exit::NoSuchServer
}

/// The servers meant, once every panel has listed its own or said why it does not; the error is how
/// the command ends, and has been said.
pub(super) async fn wanted(
    view: &mut View,
    words: &[String],
    of_panel: Option<&str>,
    texts: &Texts,
) -> anyhow::Result<Result<Vec<ServerView>, Exit>> {
    let progress = Progress::default();
    let all_listed = |snapshot: &Snapshot| {
        progress.saw(snapshot);
        let mut panels = snapshot.panels.iter();
        panels.all(|panel| panel.problem.is_some() || listed(panel))
    };
    let seen = progress.of(texts, view.until(LONGEST, all_listed)).await?;
    let snapshot = match panel(&seen.snapshot, of_panel, texts) {
        Ok(snapshot) => snapshot,
        Err(said) => return Ok(Err(no_such_panel(&said))),
    };
    if snapshot.panels.is_empty() {
        print::error(&texts.say("cli-not-set-up"));
        return Ok(Err(Exit::Failed));
    }
    let found = servers(&snapshot, words, texts);
    Ok(found.map_err(|said| not_found(&snapshot, &said, texts)))
}

/// The one server meant; see [`wanted`].
pub(super) async fn one(
    view: &mut View,
    word: &str,
    of_panel: Option<&str>,
    texts: &Texts,
) -> anyhow::Result<Result<ServerView, Exit>> {
    let found = wanted(view, &[word.to_owned()], of_panel, texts).await?;
    Ok(found.and_then(|servers| servers.into_iter().next().ok_or(Exit::NoSuchServer)))
}

/// Says what was not found. A panel that does not answer may be why; it is, when nothing is known.
fn not_found(snapshot: &Snapshot, said: &str, texts: &Texts) -> Exit {
    let mut why = None;
    for panel in &snapshot.panels {
        if let Some(problem) = &panel.problem {
            let reason = table::reason(problem, texts, "");
            print::error(&failed(&panel.name, &reason, texts));
            why.get_or_insert(exit::of(problem));
        }
    }
    match why {
        Some(exit) if snapshot.servers().next().is_none() => exit,
        Some(_) | None => {
            print::error(said);
            Exit::NoSuchServer
        }
    }
}

/// What did not work, and why.
pub(super) fn failed(name: &str, reason: &str, texts: &Texts) -> String {
    texts.say_with(
        "cli-failed",
        &[("name", Part::Text(name)), ("reason", Part::Text(reason))],
    )
}

/// The servers meant, each once.
///
/// # Errors
/// What to say, when any word does not mean exactly one.
pub(super) fn servers(
    snapshot: &Snapshot,
    wanted: &[String],
    texts: &Texts,
) -> Result<Vec<ServerView>, String> {
    let mut found: Vec<ServerView> = Vec::new();
    let mut wrong = Vec::new();
    for word in wanted {
        match report::find(snapshot, word) {
            Ok(server) if found.iter().any(|known| known.id == server.id) => {}
            Ok(server) => found.push(server.clone()),
            Err(why) => wrong.push(not_one(word, &why, texts)),
        }
    }
    if wrong.is_empty() {
        Ok(found)
    } else {
        Err(wrong.join("\n"))
    }
}

fn not_one(word: &str, why: &NotOne, texts: &Texts) -> String {
    match why {
        NotOne::None => texts.say_with("cli-no-such-server", &[("name", Part::Text(word))]),
        NotOne::Several(names) => one_of(word, names, texts),
    }
}

fn one_of(word: &str, names: &[String], texts: &Texts) -> String {
    let indented: String = names.iter().map(|name| format!("\n  {name}")).collect();
    texts.say_with("cli-ambiguous", &[("name", Part::Text(word))]) + &indented
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;
    use pterotray_core::{Problem, ProblemKind};

    #[test]
    fn a_panel_is_chosen_by_name_or_address_and_a_wrong_one_lists_those_there_are() {
        let texts = Texts::new(None);
        let snapshot = samples::snapshot();
        let address = snapshot.panels[0].url.to_uppercase() + "/";
        for good in [None, Some("home"), Some(address.as_str())] {
            assert_eq!(panel(&snapshot, good, &texts).unwrap(), snapshot);
        }
        let said = panel(&snapshot, Some("hom"), &texts).unwrap_err();
        assert_eq!(said, "There is no panel “hom”. These are set up: Home");
        let none = Snapshot {
            panels: Vec::new(),
            ..snapshot
        };
        let said = panel(&none, Some("hom"), &texts).unwrap_err();
        assert!(said.starts_with("No panel is set up."), "{said}");
    }

    #[test]
    fn of_two_panels_with_one_name_none_is_taken_and_the_address_tells_them_apart() {
        let texts = Texts::new(None);
        let mut snapshot = samples::snapshot();
        let mut second = snapshot.panels[0].clone();
        second.id = pterotray_core::PanelId("second".to_owned());
        second.url = "https://other.example.com".to_owned();
        snapshot.panels.push(second);
        let said = panel(&snapshot, Some("Home"), &texts).unwrap_err();
        assert!(said.contains("Home (https://other.example.com)"), "{said}");
        let other = panel(&snapshot, Some("https://other.example.com"), &texts).unwrap();
        assert_eq!(other.panels.len(), 1);
        assert_eq!(other.panels[0].id.0, "second");
    }

    #[test]
    fn the_same_server_named_twice_is_meant_once() {
        let texts = Texts::new(None);
        let words = ["surv", "1A2B3C4D"].map(str::to_owned);
        let found = servers(&samples::snapshot(), &words, &texts).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].name, "Survival");
    }

    #[test]
    fn one_wrong_word_stops_everything() {
        let texts = Texts::new(None);
        let words = ["Survival", "Nowhere"].map(str::to_owned);
        let said = servers(&samples::snapshot(), &words, &texts).unwrap_err();
        assert_eq!(
            said,
            "There is no server “Nowhere”. pterotray status lists them."
        );
    }

    #[test]
    fn candidates_are_listed_one_a_line() {
        let names = ["Sky (1a)", "Skyblock (2b)"].map(str::to_owned).to_vec();
        let text = not_one("sk", &NotOne::Several(names), &Texts::new(None));
        assert_eq!(
            text,
            "“sk” may be any of these; say which:\n  Sky (1a)\n  Skyblock (2b)"
        );
    }

    #[test]
    fn nothing_is_found_because_the_panel_does_not_answer() {
        let texts = Texts::new(None);
        let mut snapshot = samples::snapshot();
        assert_eq!(not_found(&snapshot, "no x", &texts), Exit::NoSuchServer);
        snapshot.panels[0].problem = Some(Problem::of(ProblemKind::TimedOut));
        assert_eq!(not_found(&snapshot, "no x", &texts), Exit::NoSuchServer);
        snapshot.panels[0].servers.clear();
        assert_eq!(not_found(&snapshot, "no x", &texts), Exit::PanelUnreachable);
    }
}
