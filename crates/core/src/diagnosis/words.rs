//! The report as text, in the language of whoever reads it.
//!
//! Adds nothing to what the values say. Where a value is a word, it is English, for programs; its sentence is found by its
//! letters, and what has none (a notification server's own name) stays as it is.

use super::{BudgetLeft, Diagnosis, PanelDiagnosis, Surroundings, Tally};
use crate::{
    condition::Condition,
    problem::{Problem, ProblemKind},
    settings::{KeyPlace, LiveUpdates},
    text::{Part, Texts},
};

impl Diagnosis {
    /// The report, a line for each thing.
    pub fn in_words(&self, texts: &Texts) -> String {
        let mut page = Page {
            texts,
            text: String::new(),
        };
        page.program(self);
        for (panel, number) in self.panels.iter().zip(1..) {
            page.panel(panel, number);
        }
        if let Some(around) = &self.surroundings {
            page.around(around);
        }
        page.text
    }
}

/// A value's word, where it has one.
pub(super) fn word(value: &str, texts: &Texts) -> String {
    let letters = value.split(|c: char| !c.is_ascii_alphanumeric());
    let letters: Vec<&str> = letters.filter(|part| !part.is_empty()).collect();
    let letters = letters.join("-");
    let known = [
        format!("report-word-{letters}"),
        format!("not-live-{letters}"),
    ];
    let said = |key: &String| Some(texts.say(key)).filter(|said| said != key);
    known
        .iter()
        .find_map(said)
        .unwrap_or_else(|| value.to_owned())
}

struct Page<'a> {
    texts: &'a Texts,
    text: String,
}

impl Page<'_> {
    fn line(&mut self, key: &str, parts: &[(&str, &str)]) {
        let parts: Vec<_> = parts
            .iter()
            .map(|(name, part)| (*name, Part::Text(part)))
            .collect();
        self.text += &self.texts.say_with(key, &parts);
        self.text.push('\n');
    }

    /// A line of a panel, with what it is about as its only part.
    fn below(&mut self, key: &str, what: &str) {
        self.text += "  ";
        self.line(key, &[("what", what)]);
    }

    fn program(&mut self, report: &Diagnosis) {
        let title = if report.demo {
            "report-title-demo"
        } else {
            "report-title"
        };
        self.line(title, &[("version", &report.version)]);
        self.line("report-system", &[("system", &report.system)]);
        let state = word(report.state.name(), self.texts);
        self.line("report-state", &[("state", &state)]);
        let live = self.texts.say(match report.live_updates {
            LiveUpdates::Automatic => "window-live-automatic",
            LiveUpdates::All => "window-live-all",
            LiveUpdates::Off => "window-live-off",
        });
        let parts = [
            ("seconds", report.poll_seconds.to_string()),
            ("live", live),
            ("pinned", report.pinned.to_string()),
            ("hidden", report.hidden.to_string()),
        ];
        let parts = parts.each_ref().map(|(name, part)| (*name, part.as_str()));
        self.line("report-settings", &parts);
        for notice in &report.notices {
            let what = problem(*notice, self.texts);
            self.line("report-notice", &[("what", &what)]);
        }
    }

    fn panel(&mut self, panel: &PanelDiagnosis, number: usize) {
        self.text.push('\n');
        let how = how_it_is_reached(panel, self.texts);
        let number = number.to_string();
        self.line("report-panel", &[("number", &number), ("how", &how)]);
        if let Some(kind) = panel.problem {
            self.below("report-problem", &problem(kind, self.texts));
        }
        if let Some(latency) = panel.latency_ms {
            self.below("report-latency", &latency.to_string());
        }
        if let Some(BudgetLeft { remaining, limit }) = panel.budget {
            let (left, of) = (remaining.to_string(), limit.to_string());
            self.text += "  ";
            self.line("report-budget", &[("left", &left), ("of", &of)]);
        }
        self.below("report-servers", &panel.servers.to_string());
        self.tally("report-conditions", &panel.conditions, condition);
        self.tally("report-problems", &panel.problems, named_problem);
        self.tally("report-read-by", &panel.read_by, word);
        self.tally(
            "report-live-sockets",
            &panel.live_sockets,
            super::live::word,
        );
        if let Some(seconds) = panel.oldest_reading_seconds {
            self.below("report-oldest", &seconds.to_string());
        }
    }

    fn tally(&mut self, key: &str, counts: &Tally, word: fn(&str, &Texts) -> String) {
        let parts = counts
            .iter()
            .map(|(one, count)| format!("{count} {}", word(one, self.texts)));
        let parts: Vec<_> = parts.collect();
        if !parts.is_empty() {
            self.below(key, &parts.join(", "));
        }
    }

    fn around(&mut self, around: &Surroundings) {
        self.text.push('\n');
        let yes_or_no = |yes| if yes { "report-yes" } else { "report-no" };
        for (key, what) in [
            ("report-tray", word(&around.desktop.tray, self.texts)),
            (
                "report-notifications",
                word(&around.desktop.notifications, self.texts),
            ),
            ("report-keyring", word(&around.desktop.keyring, self.texts)),
            (
                "report-start-at-login",
                self.texts.say(yes_or_no(around.start_at_login)),
            ),
            (
                "report-environment",
                self.texts.say(yes_or_no(around.environment)),
            ),
        ] {
            self.line(key, &[("what", &what)]);
        }
        let folder = word(&around.logs, self.texts);
        self.line(
            "report-log",
            &[("folder", &folder), ("level", &around.log_level)],
        );
    }
}

fn how_it_is_reached(panel: &PanelDiagnosis, texts: &Texts) -> String {
    let scheme = if panel.https { "https" } else { "http" };
    let trust = panel.own_trust.then(|| texts.say("report-own-trust"));
    let key = texts.say(match panel.key_place {
        _ if !panel.key_set => "report-no-key",
        KeyPlace::Keyring => "cli-key-keyring",
        KeyPlace::File => "cli-key-file",
        KeyPlace::UntilQuit => "cli-key-until-quit",
        KeyPlace::Environment => "report-key-environment",
    });
    let answers = texts.say(if panel.answers {
        "report-answers"
    } else {
        "report-answers-not"
    });
    let parts = [Some(scheme.to_owned()), trust, Some(key), Some(answers)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The kind, for whoever looks it up, and what it means.
fn problem(kind: ProblemKind, texts: &Texts) -> String {
    let meaning = texts.problem(&Problem::of(kind));
    format!("{} ({})", kind.name(), meaning.trim_end_matches('.'))
}

fn named_problem(name: &str, texts: &Texts) -> String {
    let kind = ProblemKind::ALL
        .into_iter()
        .find(|kind| kind.name() == name);
    kind.map_or_else(|| name.to_owned(), |kind| problem(kind, texts))
}

fn condition(name: &str, texts: &Texts) -> String {
    let known = Condition::ALL
        .into_iter()
        .find(|known| known.name() == name);
    known.map_or_else(|| name.to_owned(), |known| texts.condition_inside(known))
}

#[cfg(test)]
mod tests {
    use super::super::{DesktopFindings, found, live::REASONS};
    use super::*;
    use crate::snapshot::Aggregate;

    fn report() -> Diagnosis {
        let one = |name: &str| Tally::from([(name.to_owned(), 1)]);
        Diagnosis {
            version: "1.2.3".to_owned(),
            system: "linux x86_64".to_owned(),
            demo: false,
            state: Aggregate::NeedsYou,
            poll_seconds: 21,
            live_updates: LiveUpdates::Automatic,
            pinned: 2,
            hidden: 0,
            notices: vec![ProblemKind::NoTray],
            panels: vec![PanelDiagnosis {
                https: true,
                own_trust: true,
                key_set: true,
                key_place: KeyPlace::Keyring,
                answers: false,
                problem: Some(ProblemKind::Refused),
                latency_ms: Some(12),
                budget: Some(BudgetLeft {
                    remaining: 200,
                    limit: 240,
                }),
                servers: 1,
                conditions: one("node_unreachable"),
                problems: one("node_unreachable"),
                read_by: one("live socket"),
                live_sockets: one("failed: the node has fallen silent"),
                oldest_reading_seconds: Some(7),
            }],
            surroundings: Some(Surroundings {
                desktop: DesktopFindings {
                    tray: found::HOST.to_owned(),
                    notifications: "dunst 1.9: actions, body".to_owned(),
                    keyring: found::LOCKED.to_owned(),
                },
                start_at_login: true,
                environment: false,
                logs: "~/.local/state/pterotray/logs".to_owned(),
                log_level: "info".to_owned(),
            }),
        }
    }

    #[test]
    fn in_german_all_of_it_is_german_but_what_is_looked_up() {
        let said = report().in_words(&Texts::new(Some("de")));
        let expected = "\
Pterotray 1.2.3
System: linux x86_64
Zustand: braucht eine Hand
Einstellungen: ein Blick alle 21 s, Live-Aktualisierung: Automatisch, 2 angeheftet, 0 ausgeblendet
Hinweis: no_tray (Dieser Desktop zeigt keine Symbole im Infobereich)

Panel 1: https, mit eigenem Vertrauen, Schlüssel im Schlüsselbund, antwortet nicht
  Problem: refused (Unter dieser Adresse antwortet nichts)
  Antwortzeit: 12 ms
  noch möglich in dieser Minute: 200 von 240 Anfragen
  Server: 1
  Zustände: 1 Node nicht erreichbar
  Probleme: 1 node_unreachable (Das Panel erreicht den Node des Servers nicht)
  gelesen über: 1 Live-Verbindung
  Live-Verbindungen: 1 gescheitert: der Node ist verstummt
  ältester Stand: 7 s

Infobereich: Symbole werden gezeigt
Meldungen: dunst 1.9: actions, body
Schlüsselbund: gesperrt
Start bei der Anmeldung: ja
Panel aus der Umgebung: nein
Protokoll: ~/.local/state/pterotray/logs (Stufe info)
";
        assert_eq!(said, expected);
    }

    #[test]
    fn every_word_among_the_values_is_known_in_every_language() {
        let of_state = Aggregate::ALL.map(Aggregate::name);
        let of_sockets = ["connecting", "open", "failed", "another reason"];
        let of_readings = ["live socket", "poll", "list"];
        let words = [
            &of_state[..],
            &of_sockets,
            &of_readings,
            &REASONS,
            &found::ALL,
        ];
        let german = Texts::new(Some("de"));
        for value in words.concat() {
            let said = word(value, &german);
            assert_ne!(said, value);
            assert_ne!(said, word(value, &Texts::new(Some("en"))), "{value}");
        }
    }

    #[test]
    fn in_english_a_word_among_the_values_is_that_word() {
        let english = Texts::new(Some("en"));
        for value in [&REASONS[..], &found::ALL].concat() {
            assert_eq!(word(value, &english), value);
        }
    }
}
