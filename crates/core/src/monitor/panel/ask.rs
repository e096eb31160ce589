//! The requests to one panel, and what their answers say to timing and store.
//!
//! Repeats nothing by itself.

use super::{Watching, line::Held};
use crate::{
    alert::Actor,
    event::{Event, Logged},
    monitor::watch::{Came, Next},
    plain,
    time::Now,
};
use pterodactyl_client::{
    ActivityEntry, ActivityQuery, Client, Error, Resources, Scope, Server, ServerView,
    WebsocketCredentials, live::TokenRefusal,
};

/// What came back.
pub(super) enum Done {
    List(Result<Vec<Server>, Error>),
    Resources(String, Now, Result<Resources, Error>),
    View(String, Box<Result<ServerView, Error>>),
    Log(String, Result<Vec<ActivityEntry>, Error>),
    Token(String, Result<WebsocketCredentials, Error>),
}

impl Done {
    fn is_too_many(&self) -> bool {
        let error = match self {
            Done::List(came) => came.as_ref().err(),
            Done::Resources(_, _, came) => came.as_ref().err(),
            Done::View(_, came) => came.as_ref().as_ref().err(),
            Done::Log(_, came) => came.as_ref().err(),
            Done::Token(_, came) => came.as_ref().err(),
        };
        matches!(error, Some(Error::RateLimited { .. }))
    }
}

impl Watching {
    pub(super) fn ask(&mut self, next: Next) {
        let client = self.panel.client.clone();
        let scope = self.scope;
        match next {
            Next::List => {
                self.flying
                    .spawn(async move { Done::List(list(&client, scope).await) });
            }
            Next::Resources(uuid) => {
                let asked = self.panel.clock.now();
                self.flying.spawn(async move {
                    let came = client.resources(&uuid).await;
                    Done::Resources(uuid, asked, came)
                });
            }
            Next::View(uuid) => {
                self.flying.spawn(async move {
                    let came = Box::new(client.server(&uuid).await);
                    Done::View(uuid, came)
                });
            }
            Next::Log(uuid) => {
                let query = ActivityQuery {
                    event: Some("server:power".to_owned()),
                    per_page: Some(ENTRIES),
                    page: None,
                };
                self.flying.spawn(async move {
                    let came = client.activity(&uuid, &query).await;
                    Done::Log(uuid, came.map(|page| page.entries))
                });
            }
            Next::Token(uuid) => {
                self.flying.spawn(async move {
                    let came = client.websocket(&uuid).await;
                    Done::Token(uuid, came)
                });
            }
            Next::Open(_) | Next::Close(_) | Next::Wait(_) => {}
        }
    }

    pub(super) fn hear(&mut self, done: Done) {
        let now = self.now();
        // What a refusal says of the limit may be about one server only.
        if !done.is_too_many() {
            self.watch.learn(now, self.panel.client.budget());
        }
        match done {
            Done::List(came) => self.listed(came),
            Done::Resources(uuid, asked, came) => self.read(uuid, asked, came),
            Done::View(uuid, came) => self.viewed(uuid, *came),
            Done::Log(uuid, came) => self.logged(uuid, came),
            Done::Token(uuid, Ok(given)) => {
                let held = Held::new(given, self.now());
                self.token(uuid, Ok(held));
            }
            Done::Token(uuid, Err(error)) => {
                tracing::debug!(server = %uuid, %error, "the panel gives no token");
                self.token(uuid, Err(TokenRefusal::from(&error)));
            }
        }
    }

    fn listed(&mut self, came: Result<Vec<Server>, Error>) {
        let now = self.now();
        let panel = self.panel.id.clone();
        match came {
            Ok(servers) => {
                self.watch.list_done(now, Came::Good);
                self.say(Event::Listed { panel, servers });
            }
            Err(error) => {
                self.watch.list_done(now, Came::of_list(&error));
                self.say(Event::ListFailed { panel, error });
            }
        }
    }

    fn read(&mut self, uuid: String, asked: Now, came: Result<Resources, Error>) {
        let now = self.now();
        let server = self.server(uuid.clone());
        match came {
            Ok(resources) => {
                self.watch.resources_done(now, &uuid, Came::Good);
                self.say(Event::ResourcesRead {
                    server,
                    asked,
                    resources,
                });
            }
            Err(error) => {
                self.watch
                    .resources_done(now, &uuid, Came::of_server(&error));
                self.say(Event::ResourcesFailed { server, error });
            }
        }
    }

    fn logged(&mut self, uuid: String, came: Result<Vec<ActivityEntry>, Error>) {
        let now = self.now();
        let result = came.as_ref().err().map_or(Came::Good, Came::of_server);
        self.watch.log_done(now, &uuid, result);
        let entries = came.unwrap_or_else(|error| {
            tracing::debug!(server = %uuid, %error, "the activity log did not come");
            Vec::new()
        });
        let server = self.server(uuid);
        let entries = entries.into_iter().filter_map(logged).collect();
        self.say(Event::Logged { server, entries });
    }

    fn viewed(&mut self, uuid: String, came: Result<ServerView, Error>) {
        let now = self.now();
        let server = self.server(uuid.clone());
        match came {
            Ok(view) => {
                self.watch.view_done(now, &uuid, Came::Good);
                let view = Box::new(view);
                self.say(Event::Viewed { server, view });
            }
            Err(error) => {
                self.watch.view_done(now, &uuid, Came::of_server(&error));
                tracing::debug!(server = %uuid, %error, "the server's own page did not come");
                self.say(Event::NotViewed { server });
            }
        }
    }
}

/// The newest power signals of a server's log; one is looked for.
const ENTRIES: u8 = 10;

fn logged(entry: ActivityEntry) -> Option<Logged> {
    let since = entry.at?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(Logged {
        at_ms: i64::try_from(since.as_millis()).ok()?,
        signal: entry.power_signal()?,
        actor: entry.actor.map(|actor| Actor {
            name: plain::line(&actor.username, 40),
            by_api: entry.is_api,
        }),
    })
}

/// Only root admins get the servers of others; anybody else gets an empty list instead of theirs.
async fn list(client: &Client, scope: Scope) -> Result<Vec<Server>, Error> {
    let servers = client.servers(scope).await?;
    if servers.is_empty() && scope == Scope::All {
        return client.servers(Scope::Mine).await;
    }
    Ok(servers)
}
