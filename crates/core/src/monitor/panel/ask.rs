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
    ActivityEntry, ActivityQuery, Client, Error, Resources, Scope, Server, ServerQuery, ServerView,
    WebsocketCredentials, live::TokenRefusal,
};

/// What came back.
pub(super) enum Done {
    /// With the number of requests it took.
    List(Result<Vec<Server>, Error>, usize),
    Resources(String, Now, Result<Resources, Error>),
    View(String, Box<Result<ServerView, Error>>),
    Log(String, Result<Vec<ActivityEntry>, Error>),
    Token(String, Result<WebsocketCredentials, Error>),
}

impl Watching {
    pub(super) fn ask(&mut self, next: Next) {
        let client = self.panel.client.clone();
        let scope = self.scope;
        match next {
            Next::List => {
                self.flying.spawn(async move {
                    let mut requests = 0;
                    let came = list(&client, scope, &mut requests).await;
                    Done::List(came, requests)
                });
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
        self.learn();
        match done {
            Done::List(came, requests) => self.listed(came, requests),
            Done::Resources(uuid, asked, came) => self.read(uuid, asked, came),
            Done::View(uuid, came) => self.viewed(uuid, *came),
            Done::Log(uuid, came) => self.logged(uuid, came),
            Done::Token(uuid, Ok(given)) => {
                let held = Held::new(given, self.now());
                if let Some(permissions) = held.permits() {
                    let server = self.server(uuid.clone());
                    self.say(Event::Permitted {
                        server,
                        permissions,
                    });
                }
                self.token(uuid, Ok(held));
            }
            Done::Token(uuid, Err(error)) => {
                tracing::debug!(server = %uuid, %error, "the panel gives no token");
                self.token(uuid, Err(TokenRefusal::from(&error)));
            }
        }
    }

    /// What the panel counts is learned once: told again it would look new.
    fn learn(&mut self) {
        if let Some((budget, at)) = self.panel.client.allowance().counted()
            && self.counted != Some(at)
        {
            self.counted = Some(at);
            self.watch.learn(self.now(), Some(budget));
        }
    }

    fn listed(&mut self, came: Result<Vec<Server>, Error>, requests: usize) {
        let now = self.now();
        let panel = self.panel.id.clone();
        let result = came.as_ref().err().map_or(Came::Good, Came::of_list);
        if !self.watch.list_done(now, result, requests) {
            return;
        }
        self.say(match came {
            Ok(servers) => Event::Listed { panel, servers },
            Err(error) => Event::ListFailed { panel, error },
        });
    }

    fn read(&mut self, uuid: String, asked: Now, came: Result<Resources, Error>) {
        let now = self.now();
        let server = self.server(uuid.clone());
        match came {
            Ok(resources) => {
                let result = Came::of_resources(&resources);
                self.watch.resources_done(now, &uuid, result);
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
async fn list(client: &Client, scope: Scope, requests: &mut usize) -> Result<Vec<Server>, Error> {
    let mut listed = client.list_counting(&query(scope), requests).await?;
    if listed.is_empty() && scope == Scope::All {
        let mine = query(Scope::Mine);
        listed = client.list_counting(&mine, requests).await?;
    }
    Ok(listed.into_iter().map(|listed| listed.server).collect())
}

fn query(scope: Scope) -> ServerQuery {
    ServerQuery {
        scope,
        ..ServerQuery::default()
    }
}
