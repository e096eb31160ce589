//! Which panel and which servers a person means; says what there is when none fits.
//!
//! Sends nothing.

use super::{exit::Exit, print};
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
}
