//! What somebody sees who sits and waits for panels: how many servers have answered.
//!
//! Programs get nothing of it, and what answers at once shows nothing.

use super::{
    print,
    view::{listed, server_settled},
};
use pterotray_core::{Part, Snapshot, Texts};
use std::{cell::Cell, pin::pin, time::Duration};
use tokio::time::sleep;

/// What answers within this needs no words.
const SHORT: Duration = Duration::from_millis(300);

/// How far it has come.
#[derive(Debug, Default)]
pub(super) struct Progress(Cell<Answered>);

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Answered {
    servers: usize,
    of: usize,
}

impl Progress {
    /// Takes note of the newest picture.
    pub(super) fn saw(&self, snapshot: &Snapshot) {
        // A panel that has not listed its servers has an unknown number of them.
        let all_listed = snapshot
            .panels
            .iter()
            .all(|it| it.problem.is_some() || listed(it));
        self.0.set(Answered {
            servers: snapshot.servers().filter(|it| server_settled(it)).count(),
            of: snapshot.servers().filter(|_| all_listed).count(),
        });
    }

    /// Waits for the end of the work, and shows meanwhile how far it is.
    pub(super) async fn of<T>(&self, texts: &Texts, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        let mut shown = None;
        loop {
            tokio::select! {
                biased;
                done = &mut work => {
                    if shown.is_some() {
                        print::passing("");
                    }
                    return done;
                }
                () = sleep(SHORT) => {
                    if shown.replace(self.0.get()) != Some(self.0.get()) {
                        print::passing(&words(self.0.get(), texts));
                    }
                }
            }
        }
    }
}

fn words(Answered { servers, of }: Answered, texts: &Texts) -> String {
    if of == 0 {
        return texts.say("cli-looking");
    }
    let (servers, of) = (servers.to_string(), of.to_string());
    let parts = [("done", Part::Text(&servers)), ("all", Part::Text(&of))];
    texts.say_with("cli-looking-count", &parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;

    #[test]
    fn servers_are_counted_as_soon_as_all_are_known() {
        let texts = Texts::new(None);
        let progress = Progress::default();
        let mut snapshot = samples::snapshot();
        let all = snapshot.servers().count().to_string();
        progress.saw(&snapshot);
        assert_eq!(
            words(progress.0.get(), &texts),
            format!("Asking the panels… {all} of {all}")
        );
        snapshot.panels[0].servers[0].read_at_ms = None;
        snapshot.panels[0].servers[0].condition = pterotray_core::Condition::Unknown;
        progress.saw(&snapshot);
        assert_ne!(progress.0.get().servers, progress.0.get().of);
        snapshot.panels[0].connecting = true;
        progress.saw(&snapshot);
        assert_eq!(words(progress.0.get(), &texts), "Asking the panels…");
    }
}
