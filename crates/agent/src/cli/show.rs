//! `pterotray show` and `quit`: what only a running agent can do.
//!
//! Never starts one.

use super::{exit::Exit, not_running, select, told, view::View};
use crate::socket::client::{Client, ClientError};
use anyhow::Context as _;
use pterotray_command_line::PageName;
use pterotray_core::{Action, Page, Texts, paths::Paths};
use std::time::Duration;
use tokio::time::timeout;

/// How long a running agent may take to end.
const ENDING: Duration = Duration::from_secs(10);

/// Brings up the window of the running agent at a page.
pub(super) async fn page(paths: &Paths, page: PageName, texts: &Texts) -> anyhow::Result<Exit> {
    let page = match page {
        PageName::Servers => Page::Servers,
        PageName::Settings => Page::Settings,
        PageName::Welcome => Page::Welcome { panel: None },
    };
    match Client::connect(paths).await {
        Ok(mut client) => Ok(told(client.ask(Action::Show { page }).await?, texts)),
        Err(error) => not_running(error, texts),
    }
}

/// Brings up the window at one server.
pub(super) async fn server(
    paths: &Paths,
    wanted: &str,
    panel: Option<&str>,
    texts: &Texts,
) -> anyhow::Result<Exit> {
    let mut view = match Client::connect(paths).await {
        Ok(client) => View::Agent(client),
        Err(error) => return not_running(error, texts),
    };
    let server = match select::one(&mut view, wanted, panel, texts).await? {
        Ok(server) => server.id,
        Err(exit) => return Ok(exit),
    };
    let page = Page::Server { server };
    Ok(told(view.ask(Action::Show { page }).await?, texts))
}

/// Ends the running agent and waits until it is gone.
pub(super) async fn quit(paths: &Paths, texts: &Texts) -> anyhow::Result<Exit> {
    match Client::connect(paths).await {
        Ok(client) => end(client, texts).await,
        Err(error) => not_running(error, texts),
    }
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
        .context("the running agent does not end")?;
    Ok(Exit::Done)
}
