//! The agent's place: there is one in each profile, and whoever comes second leaves the work to the first.
//!
//! Takes no place from anybody.

use crate::{
    cli::{self, Exit, print},
    socket::{self, client::Client},
};
use anyhow::Context as _;
use pterotray_core::{Action, Page, Part, Texts, paths::Paths};
use std::time::Duration;

/// How long another agent may take from its lock to its socket.
const OTHER_STARTS: Duration = Duration::from_secs(5);

/// Whether this is the one agent of its profile.
pub(crate) enum Place {
    Free(socket::Seat),
    /// This is the one.
    Taken(Client),
}

/// Takes the agent's place, or finds who has it. A command that is just changing the settings has it
/// for a moment only.
pub(crate) async fn take(paths: &Paths, texts: &Texts) -> anyhow::Result<Place> {
    let look = async || {
        let taken = socket::take(paths).with_context(|| {
            let folder = paths.runtime().display().to_string();
            texts.say_with("cli-no-socket", &[("folder", Part::Text(&folder))])
        })?;
        if let Some(seat) = taken {
            return Ok(Some(Place::Free(seat)));
        }
        let first = Client::connect_if_running(paths).await?;
        Ok::<_, anyhow::Error>(first.map(Place::Taken))
    };
    socket::until(OTHER_STARTS, look).await
}

/// Asks the agent that runs already to show its window.
pub(crate) async fn hand_over(
    mut client: Client,
    hidden: bool,
    texts: &Texts,
) -> anyhow::Result<Exit> {
    print::note(&texts.say("cli-already-running"));
    if hidden {
        return Ok(Exit::Done);
    }
    let outcome = client
        .ask(Action::Show {
            page: Page::Servers,
        })
        .await?;
    Ok(cli::told(outcome, texts))
}
