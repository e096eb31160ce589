//! The command line's side of the socket: greets the agent, asks it for something, watches it.
//!
//! Never starts an agent, and never reconnects.

use super::{lines::Lines, system};
use interprocess::local_socket::{tokio::Stream, traits::tokio::Stream as _};
use pterotray_core::{
    Action, ConsoleNews, Outcome, ServerId, Snapshot,
    paths::Paths,
    wire::{self, Ask, Guest, LONGEST_SAID, PROTOCOL, Said, WireError},
};
use std::{io, sync::Arc, time::Duration};
use tokio::{io::AsyncWriteExt as _, time::timeout};

const GREETING: Duration = Duration::from_secs(5);

/// Why the agent cannot be asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ClientError {
    /// No agent of this profile runs.
    #[error("no agent is running")]
    NotRunning,
    /// It speaks another protocol.
    #[error("the running agent is of another version ({0})")]
    OtherVersion(String),
    /// It is there but says nothing.
    #[error("the running agent does not answer")]
    Silent,
    /// It was asked to end and does not.
    #[error("the running agent does not end")]
    Stays,
    /// It ended, or sent this guest away.
    #[error("the agent closed the connection")]
    Gone,
    /// The socket failed.
    #[error("the agent's socket failed")]
    Socket(#[from] io::Error),
    /// It said something that is not understood.
    #[error("the agent said something that is not understood")]
    Wire(#[from] WireError),
}

/// A connection to the running agent.
#[derive(Debug)]
pub(crate) struct Client {
    lines: Lines<Stream>,
    asked: u64,
}

impl Client {
    /// Connects and greets.
    ///
    /// # Errors
    /// [`ClientError::NotRunning`] when there is no agent; others when it cannot be talked to.
    pub(crate) async fn connect(paths: &Paths) -> Result<Client, ClientError> {
        match Client::connected(paths).await? {
            (client, None) => Ok(client),
            (_, Some(version)) => Err(ClientError::OtherVersion(version)),
        }
    }

    /// The same, if an agent runs.
    ///
    /// # Errors
    /// When it cannot be talked to.
    pub(crate) async fn connect_if_running(paths: &Paths) -> Result<Option<Client>, ClientError> {
        match Client::connect(paths).await {
            Err(ClientError::NotRunning) => Ok(None),
            connected => connected.map(Some),
        }
    }

    /// The same as [`Client::connect`] for [`Action::Quit`] alone, which an agent takes from every version.
    ///
    /// # Errors
    /// As with [`Client::connect`], but for the version.
    pub(crate) async fn connect_to_end(paths: &Paths) -> Result<Client, ClientError> {
        let (client, _) = Client::connected(paths).await?;
        Ok(client)
    }

    /// A connection, with the agent's version when it speaks another protocol.
    async fn connected(paths: &Paths) -> Result<(Client, Option<String>), ClientError> {
        let stream = match Stream::connect(system::name(paths)?).await {
            Ok(stream) => stream,
            Err(error) => return Err(not_connected(error)),
        };
        let mut client = Client {
            lines: Lines::new(stream, LONGEST_SAID),
            asked: 0,
        };
        let other_version = timeout(GREETING, client.greet())
            .await
            .map_err(|_| ClientError::Silent)??;
        Ok((client, other_version))
    }

    async fn greet(&mut self) -> Result<Option<String>, ClientError> {
        self.say(&Ask::Hello {
            protocol: PROTOCOL,
            guest: Guest::CommandLine,
        })
        .await?;
        match self.hear().await? {
            Said::Hello {
                protocol: PROTOCOL, ..
            } => Ok(None),
            Said::Hello { version, .. } => Ok(Some(version)),
            Said::Snapshot { .. }
            | Said::History { .. }
            | Said::Console { .. }
            | Said::Reply { .. }
            | Said::Show { .. } => Err(ClientError::Silent),
        }
    }

    /// Asks for something and waits for what became of it.
    ///
    /// # Errors
    /// When the connection breaks first.
    pub(crate) async fn ask(&mut self, action: Action) -> Result<Outcome, ClientError> {
        self.asked += 1;
        let id = self.asked;
        self.say(&Ask::Act { id, action }).await?;
        loop {
            match self.hear().await? {
                Said::Reply {
                    id: answered,
                    outcome,
                } if answered == id => return Ok(outcome),
                Said::Reply { .. }
                | Said::Hello { .. }
                | Said::Snapshot { .. }
                | Said::History { .. }
                | Said::Console { .. }
                | Said::Show { .. } => {}
            }
        }
    }

    /// Asks for snapshots from now on; one comes at once, even when it was asked for before.
    ///
    /// # Errors
    /// When the connection breaks.
    pub(crate) async fn subscribe(&mut self) -> Result<(), ClientError> {
        self.say(&Ask::Subscribe).await
    }

    /// The next snapshot. Nothing is lost when the future is dropped before it is done.
    ///
    /// # Errors
    /// When the connection breaks first.
    pub(crate) async fn snapshot(&mut self) -> Result<Arc<Snapshot>, ClientError> {
        loop {
            if let Said::Snapshot { snapshot } = self.hear().await? {
                return Ok(snapshot);
            }
        }
    }

    /// Reads along at this server's console from now on, on a connection that is for nothing else.
    ///
    /// # Errors
    /// When the connection breaks.
    pub(crate) async fn read_console(&mut self, server: ServerId) -> Result<(), ClientError> {
        let server = Some(server);
        self.say(&Ask::Console { server }).await
    }

    /// What is new at the console. Nothing is lost when the future is dropped before it is done.
    ///
    /// # Errors
    /// When the connection breaks first.
    pub(crate) async fn console(&mut self) -> Result<ConsoleNews, ClientError> {
        loop {
            if let Said::Console { news, .. } = self.hear().await? {
                return Ok(news);
            }
        }
    }

    /// Waits until the agent has ended.
    pub(crate) async fn until_gone(&mut self) {
        while self.hear().await.is_ok() {}
    }

    async fn say(&mut self, ask: &Ask) -> Result<(), ClientError> {
        let line = wire::encode(ask)?;
        Ok(self.lines.stream().write_all(&line).await?)
    }

    async fn hear(&mut self) -> Result<Said, ClientError> {
        let line = self.lines.next().await?.ok_or(ClientError::Gone)?;
        Ok(wire::decode(&line, LONGEST_SAID)?)
    }
}

fn not_connected(error: io::Error) -> ClientError {
    // A socket file that nobody listens on any more refuses.
    let nobody = [io::ErrorKind::NotFound, io::ErrorKind::ConnectionRefused];
    if nobody.contains(&error.kind()) {
        ClientError::NotRunning
    } else {
        ClientError::Socket(error)
    }
}
