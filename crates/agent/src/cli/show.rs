//! `pterotray show` and `quit`: what only a running agent can do.
//!
//! Decides nothing about what is shown.

use super::{Place, exit::Exit, launch, select, told, view::View};
use crate::socket::client::{Client, ClientError};
use pterotray_command_line::PageName;
use pterotray_core::{Action, Page, Texts, paths::Paths};
use std::time::Duration;
use tokio::time::timeout;

/// How long a running agent may take to end.
const ENDING: Duration = Duration::from_secs(10);

/// Brings up the window at a page, of an agent that is started if none runs.
pub(super) async fn page(place: &Place, page: PageName, texts: &Texts) -> anyhow::Result<Exit> {
    let page = match page {
        PageName::Servers => Page::Servers,
        PageName::Settings => Page::Settings,
        PageName::Welcome => Page::Welcome { panel: None },
    };
    let mut agent = launch::agent(place).await?;
    Ok(told(agent.ask(Action::Show { page }).await?, texts))
}

/// Brings up the window at one server.
pub(super) async fn server(
    place: &Place,
    wanted: &str,
    panel: Option<&str>,
    texts: &Texts,
) -> anyhow::Result<Exit> {
    let mut view = View::Agent(launch::agent(place).await?);
    let server = match select::one(&mut view, wanted, panel, texts).await? {
        Ok(server) => server.id,
        Err(exit) => return Ok(exit),
    };
    let page = Page::Server { server };
    Ok(told(view.ask(Action::Show { page }).await?, texts))
}

/// Ends the running agent, of whatever version, and waits until it is gone.
pub(super) async fn quit(paths: &Paths, texts: &Texts) -> anyhow::Result<Exit> {
    end(Client::connect_to_end(paths).await?, texts).await
}

/// Ends this agent and waits until it is gone.
pub(super) async fn end(mut client: Client, texts: &Texts) -> anyhow::Result<Exit> {
    match client.ask(Action::Quit).await {
        Ok(outcome) => {
            let ended = told(outcome, texts);
            if ended != Exit::Done {
                return Ok(ended);
            }
        }
        // It may be gone before its answer is.
        Err(ClientError::Gone) => {}
        Err(ClientError::Socket(_)) => return Ok(Exit::Done),
        Err(error) => return Err(error.into()),
    }
    timeout(ENDING, client.until_gone())
        .await
        .map_err(|_| ClientError::Stays)?;
    Ok(Exit::Done)
}
