//! What the command line looks through: the running agent, or the same loop run right here.
//!
//! Saves nothing by itself and shows nothing on a desktop.

use crate::socket::{
    self, Hold,
    client::{Client, ClientError},
};
use pterotray_core::{
    Action, App, Condition, Config, Outcome, PanelView, Problem, ProblemKind, ServerView, Snapshot,
    keys::KeyStore, paths::Paths, settings::KeyPlace,
};
use std::{sync::Arc, time::Duration};
use tokio::time::timeout;

/// How long the agent, or another command, may have the profile to itself.
const OTHERS_TURN: Duration = Duration::from_secs(10);
/// How long settings and keys may take to reach their place.
const FINISHING: Duration = Duration::from_secs(30);

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
        let config = Config {
            live: false,
            ..config
        };
        View::open_live(config, keys).await
    }

    /// The same, for who stays: with live sockets of its own when no agent runs.
    ///
    /// # Errors
    /// When an agent runs but cannot be talked to.
    pub(crate) async fn open_live(
        config: Config,
        keys: Arc<dyn KeyStore>,
    ) -> Result<View, ClientError> {
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

    /// The picture as it is now; an agent may take [`OTHERS_TURN`] to send it.
    ///
    /// # Errors
    /// When the agent goes away first, or sends none.
    pub(crate) async fn now(&mut self) -> Result<Arc<Snapshot>, ClientError> {
        let seen = self.until(OTHERS_TURN, |_| true).await?;
        Ok(seen.snapshot)
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

/// What panels are changed through: the running agent, or a loop of our own that nobody else of this
/// profile writes beside.
#[derive(Debug)]
pub(crate) struct Changing {
    pub(crate) view: View,
    _hold: Option<Hold>,
}

impl Changing {
    /// Through the agent when one runs, else by itself, as soon as it has the profile to itself.
    ///
    /// # Errors
    /// When an agent runs but cannot be talked to, or the profile cannot be written.
    pub(crate) async fn open(
        config: Config,
        keys: Arc<dyn KeyStore>,
    ) -> Result<Changing, ClientError> {
        let paths = config.paths.clone();
        let turn = async || {
            if let Some(client) = Client::connect_if_running(&paths).await? {
                return Ok(Some((Some(client), None)));
            }
            let hold = socket::hold(&paths)?;
            Ok::<_, ClientError>(hold.map(|hold| (None, Some(hold))))
        };
        let (client, hold) = socket::until(OTHERS_TURN, turn).await?;
        let view = match client {
            Some(client) => View::Agent(client),
            None => View::Own(own(config, keys)),
        };
        Ok(Changing { view, _hold: hold })
    }

    /// An agent does it.
    pub(crate) fn by_agent(&self) -> bool {
        matches!(self.view, View::Agent(_))
    }

    /// Waits until everything is where it was asked to be.
    ///
    /// # Errors
    /// When it takes too long, or the settings could not be written.
    pub(crate) async fn finish(self) -> Result<(), Problem> {
        let View::Own(app) = &self.view else {
            return Ok(());
        };
        timeout(FINISHING, app.finished())
            .await
            .map_err(|_| Problem::of(ProblemKind::KeyringSilent))?;
        let snapshot = app.snapshots().borrow().clone();
        let mut notices = snapshot.notices.iter();
        match notices.find(|notice| notice.kind == ProblemKind::SettingsUnsaved) {
            Some(problem) => Err(problem.clone()),
            None => Ok(()),
        }
    }
}

/// The profile for a command alone, as soon as nobody else has it.
///
/// # Errors
/// When somebody keeps it, or it cannot be written.
pub(crate) async fn hold(paths: &Paths) -> Result<Hold, ClientError> {
    socket::until(OTHERS_TURN, async || Ok(socket::hold(paths)?)).await
}

/// A loop that keeps what is changed, and opens no sockets for the moment it runs.
fn own(config: Config, keys: Arc<dyn KeyStore>) -> App {
    let config = Config {
        live: false,
        environment: None,
        ..config
    };
    App::start(config, keys).0
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
