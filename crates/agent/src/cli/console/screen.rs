//! Where a console is shown: lines for a person, or objects for programs.
//!
//! Decides nothing but when there is no more to wait for.

use super::paint;
use crate::cli::{
    exit::{self, Exit},
    failure, print,
    select::failed,
    table,
};
use pterotray_core::{
    ConsoleLine, ConsoleNews, ConsoleState, Outcome, Part, Problem, ProblemKind, ServerView, Texts,
    why_not_live,
};
use serde::Serialize;

/// What programs are told, one object a line: a contract, only ever added to.
#[derive(Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Told<'a> {
    /// The server printed a line.
    Line { text: String },
    /// The node tells its last lines once more; they follow.
    Anew,
    /// So many lines were left out before the next one.
    LeftOut { lines: u32 },
    /// Whether anything can come.
    State {
        state: &'static str,
        problem: Option<ProblemKind>,
        detail: Option<&'a str>,
    },
}

/// The terminal, or whatever reads our output.
pub(super) struct Screen<'a> {
    server: ServerView,
    texts: &'a Texts,
    json: bool,
    coloured: bool,
    /// As it was told last.
    state: Option<ConsoleState>,
    has_lines: bool,
    was_live: bool,
}

impl<'a> Screen<'a> {
    pub(super) fn new(server: ServerView, texts: &'a Texts, json: bool) -> Screen<'a> {
        Screen {
            server,
            texts,
            json,
            coloured: !json && print::coloured(),
            state: None,
            has_lines: false,
            was_live: false,
        }
    }

    /// Says how to use it.
    pub(super) fn greet(&self) {
        let parts = [("name", Part::Text(&self.server.name))];
        print::progress(&self.texts.say_with("cli-console-typing", &parts));
    }

    /// Says why a line did not reach the server, if it did not.
    pub(super) fn answer(&self, outcome: Outcome) {
        if let Some(problem) = failure(outcome) {
            self.complain(&table::reason(&problem, self.texts, ""));
        }
    }

    /// Shows what is new; how the command ends, when it does.
    pub(super) fn show(&mut self, news: &ConsoleNews) -> Option<Exit> {
        // A way that opened comes before what came on it, a way that closed after it.
        let begins = news.state == ConsoleState::Live;
        let is_read = (!begins || self.tell_state(&news.state))
            && self.tell_gaps(news)
            && news.lines.iter().all(|line| self.tell_line(line))
            && self.tell_state(&news.state);
        self.has_lines |= !news.lines.is_empty();
        if !is_read {
            return Some(Exit::Done);
        }
        match &news.state {
            ConsoleState::None { problem } if self.is_over(problem) => Some(exit::of(problem)),
            ConsoleState::None { .. } | ConsoleState::Connecting | ConsoleState::Failed { .. } => {
                None
            }
            ConsoleState::Live => {
                self.was_live = true;
                None
            }
        }
    }

    /// Whether waiting is no use: at once when nothing ever came, later only for what does not pass.
    fn is_over(&self, problem: &Problem) -> bool {
        use ProblemKind as K;
        !self.was_live || matches!(problem.kind, K::NoSuchServer | K::Forbidden)
    }

    fn tell_gaps(&self, news: &ConsoleNews) -> bool {
        if news.fresh && self.has_lines && !self.remark(&Told::Anew, "cli-console-anew", &[]) {
            return false;
        }
        let lines = news.left_out;
        let parts = [(
            "count",
            Part::Count(usize::try_from(lines).unwrap_or_default()),
        )];
        lines == 0 || self.remark(&Told::LeftOut { lines }, "cli-console-left-out", &parts)
    }

    fn tell_line(&self, line: &ConsoleLine) -> bool {
        if self.json {
            let text = paint::plain(line);
            tell(&Told::Line { text })
        } else if self.coloured {
            print::line(&paint::coloured(line))
        } else {
            print::line(&paint::plain(line))
        }
    }

    /// Tells programs every state, and a person why nothing comes; each once.
    fn tell_state(&mut self, state: &ConsoleState) -> bool {
        if self.state.as_ref() == Some(state) {
            return true;
        }
        self.state = Some(state.clone());
        if self.json {
            return tell(&told(state));
        }
        match state {
            ConsoleState::Failed { why } => {
                let why = why_not_live(why, self.texts);
                let parts = [("why", Part::Text(&why))];
                self.complain(&self.texts.say_with("cli-console-failed", &parts));
            }
            ConsoleState::None { problem } => {
                self.complain(&table::reason(problem, self.texts, ""));
            }
            ConsoleState::Connecting if self.was_live => {
                print::note(&self.texts.say("cli-console-connecting"));
            }
            ConsoleState::Connecting | ConsoleState::Live => {}
        }
        true
    }

    /// Something about the lines, between them.
    fn remark(&self, told: &Told<'_>, key: &str, parts: &[(&str, Part<'_>)]) -> bool {
        if self.json {
            return tell(told);
        }
        print::note(&self.texts.say_with(key, parts));
        true
    }

    fn complain(&self, reason: &str) {
        print::error(&failed(&self.server.name, reason, self.texts));
    }
}

fn told(state: &ConsoleState) -> Told<'_> {
    let (state, problem, detail) = match state {
        ConsoleState::Connecting => ("connecting", None, None),
        ConsoleState::Live => ("live", None, None),
        ConsoleState::Failed { why } => ("failed", None, Some(why.as_str())),
        ConsoleState::None { problem } => {
            let detail = Some(problem.detail.as_str()).filter(|detail| !detail.is_empty());
            ("none", Some(problem.kind), detail)
        }
    };
    Told::State {
        state,
        problem,
        detail,
    }
}

/// Prints an object; `false` when nobody reads it any more.
fn tell(told: &Told<'_>) -> bool {
    // Nothing in it that JSON cannot say.
    print::line(&serde_json::to_string(told).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;

    fn screen(texts: &Texts) -> Screen<'_> {
        let server = samples::snapshot().panels[0].servers[0].clone();
        Screen::new(server, texts, true)
    }

    fn news(state: ConsoleState) -> ConsoleNews {
        ConsoleNews {
            state,
            fresh: false,
            left_out: 0,
            lines: Vec::new(),
        }
    }

    fn none(kind: ProblemKind) -> ConsoleNews {
        news(ConsoleState::None {
            problem: Problem::of(kind),
        })
    }

    #[test]
    fn who_may_not_read_is_told_at_once_and_a_silent_node_is_waited_for_once_it_spoke() {
        let texts = Texts::new(None);
        let refused = screen(&texts).show(&none(ProblemKind::Forbidden));
        assert_eq!(refused, Some(Exit::Refused));
        let mut live = screen(&texts);
        assert_eq!(live.show(&news(ConsoleState::Live)), None);
        assert_eq!(live.show(&none(ProblemKind::NodeUnreachable)), None);
        let gone = live.show(&none(ProblemKind::NoSuchServer));
        assert_eq!(gone, Some(Exit::NoSuchServer));
    }

    #[test]
    fn what_programs_are_told_is_a_contract() {
        let json = |told: &Told<'_>| serde_json::to_string(told).unwrap();
        let text = "Done (3.2s)!".to_owned();
        assert_eq!(
            json(&Told::Line { text }),
            r#"{"kind":"line","text":"Done (3.2s)!"}"#
        );
        assert_eq!(json(&Told::Anew), r#"{"kind":"anew"}"#);
        assert_eq!(
            json(&Told::LeftOut { lines: 7 }),
            r#"{"kind":"left_out","lines":7}"#
        );
        let refused = none(ProblemKind::Forbidden);
        assert_eq!(
            json(&told(&refused.state)),
            r#"{"kind":"state","state":"none","problem":"forbidden","detail":null}"#
        );
    }
}
