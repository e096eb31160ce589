//! A desk, the released program on it, and one panel for each fault.

use super::{
    cell::Cell,
    phase::{Part, Phase},
    words::{ANSWERS, SOCKETS},
};
use acceptance::{Desk, Program, release_agent};
use serde_json::json;

/// The panels of one kind of fault.
pub(crate) struct Scene<'a> {
    pub(crate) desk: &'a Desk,
    pub(crate) cells: Vec<Cell>,
}

impl<'a> Scene<'a> {
    pub(crate) async fn new(desk: &'a Desk, part: Part) -> Scene<'a> {
        let words = if part == Part::Socket {
            &SOCKETS[..]
        } else {
            &ANSWERS[..]
        };
        let mut cells = Vec::new();
        for (word, number) in words.iter().zip(1..) {
            cells.push(Cell::new(number, word).await);
        }
        Scene { desk, cells }
    }

    /// The program as it is started at login. Polls come round every three seconds instead of every 21.
    pub(crate) async fn start(&self) -> Program<'a> {
        let words = ["--shortest-poll-ms", "3000", "--hidden"];
        Program::start_as_told(self.desk, &release_agent(), &words).await
    }

    pub(crate) async fn add_panels(&self, program: &Program<'_>, phase: Phase) {
        let updates = if phase.live() { "automatic" } else { "off" };
        let wish = json!({"kind": "change_settings", "change": {"live_updates": updates}});
        assert_eq!(program.act(wish).await["kind"], "done");
        for cell in &self.cells {
            // In a file, so that it is there after the next start.
            let kept = program.add_panel(&cell.panel, "file").await;
            assert_eq!(kept["kind"], "done", "{kept}");
        }
    }

    /// How often each panel was asked for a signal.
    pub(crate) fn signals_sent(&self) -> Vec<u64> {
        self.cells.iter().map(Cell::power_requests).collect()
    }

    pub(crate) async fn quit(&self, program: Program<'_>) {
        program.act(json!({"kind": "quit"})).await;
        program.ended().await;
    }
}
