//! Where a console's lines come from, and who is asked for something meanwhile: the running agent, or a loop of our own.
//!
//! Reads along at one server only.

use crate::{
    cli::view::View,
    socket::client::{Client, ClientError},
};
use pterotray_core::{Action, App, Console, ConsoleNews, Outcome, ServerId, paths::Paths};

/// The lines.
pub(super) enum Lines {
    /// The agent tells them on a connection for nothing else.
    Agent(Client),
    /// Our own socket to the node.
    Own(Console),
}

/// Who is asked, while lines go on coming.
pub(super) enum Asks {
    Agent(Box<Client>),
    Own(App),
}

/// Begins to read along.
///
/// # Errors
/// When the agent goes away.
pub(super) async fn begin(
    view: View,
    paths: &Paths,
    server: &ServerId,
) -> Result<(Lines, Asks), ClientError> {
    match view {
        View::Agent(mut lines) => {
            lines.read_console(server.clone()).await?;
            let asks = Box::new(Client::connect(paths).await?);
            Ok((Lines::Agent(lines), Asks::Agent(asks)))
        }
        View::Own(app) => {
            let console = app.console(server.clone());
            Ok((Lines::Own(console), Asks::Own(app)))
        }
    }
}

impl Lines {
    /// Waits for something new. Nothing is lost when the future is dropped before it is done.
    ///
    /// # Errors
    /// When the agent goes away.
    pub(super) async fn next(&mut self) -> Result<ConsoleNews, ClientError> {
        match self {
            Lines::Agent(lines) => lines.console().await,
            Lines::Own(console) => Ok(console.next().await),
        }
    }
}

impl Asks {
    /// Asks for something and waits for what became of it.
    ///
    /// # Errors
    /// When the agent goes away.
    pub(super) async fn ask(&mut self, action: Action) -> Result<Outcome, ClientError> {
        match self {
            Asks::Agent(client) => client.ask(action).await,
            Asks::Own(app) => Ok(app.ask(action).await),
        }
    }
}
