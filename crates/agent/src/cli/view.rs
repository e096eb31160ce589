//! What the command line looks through: the running agent, or the same loop run right here.
//!
//! Saves nothing by itself and shows nothing on a desktop.

use crate::socket::client::{Client, ClientError};
use pterotray_core::{
    Action, App, Condition, Config, Outcome, PanelView, ServerView, Snapshot, keys::KeyStore,
    settings::KeyPlace,
};
use std::{sync::Arc, time::Duration};
use tokio::time::timeout;

/// One of the two.
#[derive(Debug)]
pub(crate) enum View {
    /// The agent: its fresh state, its budget of requests.
    Agent(Client),
    /// Our own loop. What it wants of a desktop goes nowhere.
    Own(App),
}

/// The last snapshot looked at.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) snapshot: Arc<Snapshot>,
    /// It is what was waited for; otherwise the time was up.
    pub(crate) fits: bool,
}

impl View {
    /// Through the agent when one runs that knows the environment's panel too, else by itself.
    ///
    /// # Errors
    /// When an agent runs but cannot be talked to.
    pub(crate) async fn open(config: Config, keys: Arc<dyn KeyStore>) -> Result<View, ClientError> {
        match Client::connect(&config.paths).await {
            Ok(mut client) => {
                let known = match &config.environment {
                    None => true,
                    Some(panel) => knows_environment(&mut client, &panel.url).await?,
                };
                if known {
                    return Ok(View::Agent(client));
                }
            }
            Err(ClientError::NotRunning) => {}
            Err(error) => return Err(error),
        }
        let (app, _) = App::start(
            Config {
                saves: false,
                live: false,
                ..config
            },
            keys,
        );
        Ok(View::Own(app))
    }

    /// Asks for something and waits for what became of it.
    ///
    /// # Errors
    /// When the agent goes away first.
    pub(crate) async fn ask(&mut self, action: Action) -> Result<Outcome, ClientError> {
        match self {
            View::Agent(client) => client.ask(action).await,
            View::Own(app) => Ok(app.ask(action).await),
        }
    }

    /// Looks at the newest snapshot and every later one until one fits or the time is up.
    ///
    /// # Errors
    /// When the agent goes away first.
    pub(crate) async fn until(
        &mut self,
        longest: Duration,
        mut fits: impl FnMut(&Snapshot) -> bool,
    ) -> Result<Seen, ClientError> {
        let mut last = None;
        let found = async {
            match self {
                View::Agent(client) => {
                    // Asked for anew each time: one comes at once though nothing has changed.
                    client.subscribe().await?;
                    while !fits(last.insert(client.snapshot().await?)) {}
                }
                View::Own(app) => {
                    let mut snapshots = app.snapshots();
                    snapshots.mark_changed();
                    while snapshots.changed().await.is_ok() {
                        if fits(last.insert(Arc::clone(&snapshots.borrow_and_update()))) {
                            break;
                        }
                    }
                }
            }
            Ok::<(), ClientError>(())
        };
        let fits = match timeout(longest, found).await {
            Ok(found) => found.map(|()| true)?,
            Err(_) => false,
        };
        Ok(Seen {
            snapshot: last.ok_or(ClientError::Silent)?,
            fits,
        })
    }
}

async fn knows_environment(client: &mut Client, url: &str) -> Result<bool, ClientError> {
    client.subscribe().await?;
    let snapshot = client.snapshot().await?;
    Ok(snapshot
        .panels
        .iter()
        .any(|panel| panel.key.place == KeyPlace::Environment && panel.url == url))
}

/// Whether every panel has said what there is to say, or why it says nothing.
pub(crate) fn settled(snapshot: &Snapshot) -> bool {
    snapshot.panels.iter().all(|panel| {
        panel.problem.is_some() || (listed(panel) && panel.servers.iter().all(server_settled))
    })
}

/// Whether the panel's servers are known.
pub(crate) fn listed(panel: &PanelView) -> bool {
    !panel.connecting
}

/// Whether it is known what a server does, or why not.
pub(crate) fn server_settled(server: &ServerView) -> bool {
    server.read_at_ms.is_some()
        || server.problem.is_some()
        || server.condition != Condition::Unknown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;
    use pterotray_core::{Problem, ProblemKind};

    fn with(change: impl FnOnce(&mut PanelView)) -> bool {
        let mut snapshot = samples::snapshot();
        change(&mut snapshot.panels[0]);
        settled(&snapshot)
    }

    fn unread(server: &mut ServerView) {
        server.condition = Condition::Unknown;
        server.read_at_ms = None;
    }

    #[test]
    fn it_waits_for_the_list_and_for_every_server() {
        assert!(with(|_| {}));
        assert!(!with(|panel| panel.connecting = true));
        assert!(!with(|panel| unread(&mut panel.servers[1])));
    }

    #[test]
    fn it_does_not_wait_for_what_will_not_come() {
        assert!(with(|panel| {
            panel.connecting = true;
            panel.problem = Some(Problem::of(ProblemKind::Dns));
        }));
        assert!(with(|panel| {
            unread(&mut panel.servers[0]);
            panel.servers[0].problem = Some(Problem::of(ProblemKind::Unreadable));
        }));
        assert!(with(|panel| {
            unread(&mut panel.servers[0]);
            panel.servers[0].condition = Condition::Suspended;
        }));
        assert!(with(|panel| panel.servers.clear()));
    }
}
