//! Where a console's lines come from: the running agent, or a loop of our own.
//!
//! Reads along at one server only.

use crate::{
    cli::view::View,
    socket::client::{Client, ClientError},
};
use pterotray_core::{Action, App, Console, ConsoleNews, Outcome, ServerId, paths::Paths};

/// One of the two.
pub(super) enum Reading {
    /// The agent tells the lines on one connection and answers on another: neither waits for the other.
    Agent { lines: Client, asks: Box<Client> },
    /// Our own socket to the node.
    Own { app: App, console: Console },
}

impl Reading {
    /// Begins to read along.
    ///
    /// # Errors
    /// When the agent goes away.
    pub(super) async fn begin(
        view: View,
        paths: &Paths,
        server: &ServerId,
    ) -> Result<Reading, ClientError> {
        match view {
            View::Agent(mut lines) => {
                lines.read_console(server.clone()).await?;
                let asks = Box::new(Client::connect(paths).await?);
                Ok(Reading::Agent { lines, asks })
            }
            View::Own(app) => {
                let console = app.console(server.clone());
                Ok(Reading::Own { app, console })
            }
        }
    }

    /// Waits for something new. Nothing is lost when the future is dropped before it is done.
    ///
    /// # Errors
    /// When the agent goes away.
    pub(super) async fn next(&mut self) -> Result<ConsoleNews, ClientError> {
        match self {
            Reading::Agent { lines, .. } => lines.console().await,
            Reading::Own { console, .. } => Ok(console.next().await),
        }
    }

    /// Asks for something and waits for what became of it.
    ///
    /// # Errors
    /// When the agent goes away.
    pub(super) async fn ask(&mut self, action: Action) -> Result<Outcome, ClientError> {
        match self {
            Reading::Agent { asks, .. } => asks.ask(action).await,
            Reading::Own { app, .. } => Ok(app.ask(action).await),
        }
    }
}
