//! Which panel and which servers a person means; says what there is when none fits.
//!
//! Sends nothing.

use super::{
    exit::{self, Exit},
    print,
    status::LONGEST,
    table,
    view::{View, listed},
};
use pterotray_core::{
    Part, ServerView, Snapshot, Texts,
    report::{self, NotOne},
};

/// The snapshot with one panel only: the one of that name, upper and lower case being the same.
///
/// # Errors
/// The names of the panels there are, when none fits.
pub(super) fn panel(snapshot: &Snapshot, wanted: Option<&str>) -> Result<Snapshot, Vec<String>> {
    let mut chosen = snapshot.clone();
    let Some(wanted) = wanted.map(|name| name.trim().to_lowercase()) else {
        return Ok(chosen);
    };
    chosen
        .panels
        .retain(|panel| panel.name.to_lowercase() == wanted);
    if chosen.panels.is_empty() {
        return Err(snapshot
            .panels
            .iter()
            .map(|panel| panel.name.clone())
            .collect());
    }
    Ok(chosen)
}

/// Says which panels there are instead.
pub(super) fn no_such_panel(texts: &Texts, wanted: Option<&str>, names: &[String]) -> Exit {
    let (wanted, names) = (wanted.unwrap_or_default(), names.join(", "));
    let parts = [("name", Part::Text(wanted)), ("names", Part::Text(&names))];
    print::error(&texts.say_with("cli-no-such-panel", &parts));
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
    print::progress(&texts.say("cli-looking"));
    let all_listed = |snapshot: &Snapshot| {
        let mut panels = snapshot.panels.iter();
        panels.all(|panel| panel.problem.is_some() || listed(panel))
    };
    let seen = view.until(LONGEST, all_listed).await?;
    let snapshot = match panel(&seen.snapshot, of_panel) {
        Ok(snapshot) => snapshot,
        Err(names) => return Ok(Err(no_such_panel(texts, of_panel, &names))),
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
    let parts = [("name", Part::Text(word))];
    match why {
        NotOne::None => texts.say_with("cli-no-such-server", &parts),
        NotOne::Several(names) => {
            let indented: String = names.iter().map(|name| format!("\n  {name}")).collect();
            texts.say_with("cli-ambiguous", &parts) + &indented
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;
    use pterotray_core::{Problem, ProblemKind};

    #[test]
    fn a_panel_is_chosen_by_name_and_a_wrong_name_lists_those_there_are() {
        let snapshot = samples::snapshot();
        assert_eq!(panel(&snapshot, Some("home")).unwrap(), snapshot);
        assert_eq!(panel(&snapshot, None).unwrap(), snapshot);
        assert_eq!(panel(&snapshot, Some("hom")).unwrap_err(), ["Home"]);
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
