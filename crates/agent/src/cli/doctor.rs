//! `pterotray doctor`: what works here and what does not, for people, and to be given to whoever helps.
//!
//! Has no place for a key, a token or a server's name; hosts and folders only where they were asked for.

use super::{
    Place,
    exit::{self, Exit},
    print, told,
    view::{View, settled},
    waiting::Progress,
};
use crate::{keyring, surroundings};
use pterotray_core::{Action, Diagnosis, Outcome, Part, Snapshot, Texts};
use serde::Serialize;
use std::time::Duration;

/// How long the panels may take to say everything.
const SETTLING: Duration = Duration::from_secs(15);

/// What `doctor --json` prints: a contract, only ever added to.
#[derive(Debug, Serialize)]
struct Findings {
    /// A running Pterotray told all of this; otherwise this command looked itself.
    agent_running: bool,
    #[serde(flatten)]
    diagnosis: Diagnosis,
    /// Names and addresses of the panels, where they were asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    addresses: Vec<Address>,
}

#[derive(Debug, Serialize)]
struct Address {
    name: String,
    url: String,
}

/// Looks, and prints what it found. Code 0 when every panel answers, else that of the first that does not.
pub(super) async fn run(
    place: Place,
    json: bool,
    addresses: bool,
    texts: &Texts,
) -> anyhow::Result<Exit> {
    let paths = place.paths.clone();
    let mut view = View::open_live(place.config()?, keyring::system()).await?;
    let progress = Progress::default();
    let looking = view.until(SETTLING, |snapshot| {
        progress.saw(snapshot);
        settled(snapshot)
    });
    let seen = progress.of(texts, looking).await?;
    let level = seen.snapshot.settings.log_level.as_deref();
    let outcome = view.ask(Action::Diagnose).await?;
    // The agent has told of its own surroundings: it may see more than a terminal.
    let is_complete = matches!(&outcome,
        Outcome::Report { diagnosis, .. } if diagnosis.surroundings.is_some());
    let outcome = if is_complete {
        outcome
    } else {
        surroundings::complete(outcome, &paths, level, texts).await
    };
    let Outcome::Report { mut diagnosis, .. } = outcome else {
        return Ok(told(outcome, texts));
    };
    if addresses && let Some(around) = &mut diagnosis.surroundings {
        around.logs = paths.logs().display().to_string();
    }
    let findings = Findings {
        agent_running: matches!(view, View::Agent(_)),
        diagnosis: *diagnosis,
        addresses: if addresses {
            addresses_of(&seen.snapshot)
        } else {
            Vec::new()
        },
    };
    if json {
        print::line(&serde_json::to_string(&findings)?);
    } else {
        print::out(&findings.in_words(texts));
    }
    let mut problems = seen.snapshot.panels.iter().filter_map(|panel| {
        let problem = panel.problem.as_ref().filter(|_| !panel.answers());
        problem.map(exit::of)
    });
    Ok(problems.next().unwrap_or(Exit::Done))
}

fn addresses_of(snapshot: &Snapshot) -> Vec<Address> {
    let address = |panel: &pterotray_core::PanelView| Address {
        name: panel.name.clone(),
        url: panel.url.clone(),
    };
    snapshot.panels.iter().map(address).collect()
}

impl Findings {
    fn in_words(&self, texts: &Texts) -> String {
        let mut text = self.diagnosis.in_words(texts);
        text += &texts.say(if self.agent_running {
            "cli-doctor-agent"
        } else {
            "cli-doctor-no-agent"
        });
        text.push('\n');
        for (address, number) in self.addresses.iter().zip(1..) {
            let number = number.to_string();
            let parts = [
                ("number", Part::Text(&number)),
                ("name", Part::Text(&address.name)),
                ("url", Part::Text(&address.url)),
            ];
            text += &texts.say_with("cli-doctor-address", &parts);
            text.push('\n');
        }
        text
    }
}
