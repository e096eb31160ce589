//! What stands behind the socket: the running core, with what only this process can add.
//!
//! Opens no socket and decides nothing.

use crate::surroundings;
use pterotray_core::{
    Action, App, Console, ConsoleNews, History, Outcome, ServerId, Snapshot, Texts, paths::Paths,
};
use std::sync::Arc;
use tokio::sync::watch;

/// One who reads along at a console.
pub(crate) trait Reader: Send {
    /// Waits for something new; nothing is lost when the future is dropped before it is done.
    fn next(&mut self) -> impl Future<Output = ConsoleNews> + Send;
}

impl Reader for Console {
    async fn next(&mut self) -> ConsoleNews {
        Console::next(self).await
    }
}

/// What stands behind the socket.
pub(crate) trait Behind: Clone + Send + Sync + 'static {
    /// Reads along at one console until it is dropped.
    type Reader: Reader;
    /// Asks for something and waits for what became of it.
    fn ask(&self, action: Action) -> impl Future<Output = Outcome> + Send;
    /// The newest snapshot and every later one.
    fn snapshots(&self) -> watch::Receiver<Arc<Snapshot>>;
    /// A server's past; `None` when there is no such server.
    fn history(&self, server: ServerId) -> impl Future<Output = Option<History>> + Send;
    /// Reads along at a server's console.
    fn console(&self, server: ServerId) -> Self::Reader;
}

/// The core of this profile.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    pub(crate) app: App,
    pub(crate) paths: Paths,
    pub(crate) texts: Arc<Texts>,
}

impl Behind for Profile {
    type Reader = Console;

    async fn ask(&self, action: Action) -> Outcome {
        let outcome = self.app.ask(action).await;
        let level = self.app.snapshots().borrow().settings.log_level.clone();
        surroundings::complete(outcome, &self.paths, level.as_deref(), &self.texts).await
    }

    fn snapshots(&self) -> watch::Receiver<Arc<Snapshot>> {
        self.app.snapshots()
    }

    async fn history(&self, server: ServerId) -> Option<History> {
        self.app.history(server).await
    }

    fn console(&self, server: ServerId) -> Console {
        self.app.console(server)
    }
}
