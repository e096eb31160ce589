//! Asks one panel what its schedule says, and tells the store what came.
//!
//! Judges nothing and changes no state.

use super::schedule::{Came, Next, Schedule};
use crate::{
    app::{Clock, Inbox},
    effect::Plan,
    event::Event,
    id::{PanelId, ServerId},
    time::Now,
};
use pterodactyl_client::{Client, Error, Resources, Scope, Server, ServerView};
use std::time::Duration;
use tokio::{sync::mpsc, task::JoinSet};

/// What a poll task is told.
#[derive(Debug)]
pub(crate) enum Order {
    /// Watch this from now on.
    Watch(Plan),
    /// Ask everything now.
    Refresh,
    /// Ask for the list soon.
    Relist,
    /// Look at a server often for a while.
    Follow(String),
    /// Read a server's own page.
    View(String),
}

/// What came back.
enum Done {
    List(Result<Vec<Server>, Error>),
    Resources(String, Now, Result<Resources, Error>),
    View(String, Box<Result<ServerView, Error>>),
}

/// One panel being asked.
pub(crate) struct Poll {
    pub(crate) panel: PanelId,
    pub(crate) client: Client,
    pub(crate) clock: Clock,
    pub(crate) shortest: Duration,
    pub(crate) events: Inbox,
}

impl Poll {
    /// Runs until the orders end.
    pub(crate) async fn run(self, mut orders: mpsc::UnboundedReceiver<Order>) {
        let mut schedule = Schedule::new(self.shortest);
        // Whose servers to ask for is not known before the first order.
        let Some(first) = orders.recv().await else {
            return;
        };
        let mut scope = self.take(first, Scope::Mine, &mut schedule);
        let mut period = None;
        let mut flying = JoinSet::new();
        loop {
            let wait = loop {
                let now = self.clock.now().mono;
                let next = schedule.next(now);
                if let Next::Wait(until) = next {
                    break until.map(|until| until.saturating_sub(now));
                }
                self.ask(next, scope, &mut flying);
            };
            tokio::select! {
                order = orders.recv() => match order {
                    Some(order) => scope = self.take(order, scope, &mut schedule),
                    None => return,
                },
                Some(done) = flying.join_next() => match done {
                    Ok(done) => self.hear(done, &mut schedule),
                    Err(error) => {
                        tracing::error!(%error, "a request broke down");
                        schedule.lost();
                    }
                },
                () = sleep(wait) => {}
            }
            if period != Some(schedule.period()) {
                let every = schedule.period();
                period = Some(every);
                self.say(Event::Paced {
                    panel: self.panel.clone(),
                    every,
                });
            }
        }
    }

    fn take(&self, order: Order, scope: Scope, schedule: &mut Schedule) -> Scope {
        let now = self.clock.now().mono;
        match order {
            Order::Watch(plan) => {
                schedule.adopt(&plan, now);
                if plan.scope != scope {
                    schedule.relist(now);
                }
                return plan.scope;
            }
            Order::Refresh => schedule.refresh(now),
            Order::Relist => schedule.relist(now),
            Order::Follow(uuid) => schedule.follow(&uuid, now),
            Order::View(uuid) => schedule.view(&uuid),
        }
        scope
    }

    fn ask(&self, next: Next, scope: Scope, flying: &mut JoinSet<Done>) {
        let client = self.client.clone();
        match next {
            Next::List => {
                flying.spawn(async move { Done::List(list(&client, scope).await) });
            }
            Next::Resources(uuid) => {
                let asked = self.clock.now();
                flying.spawn(async move {
                    let came = client.resources(&uuid).await;
                    Done::Resources(uuid, asked, came)
                });
            }
            Next::View(uuid) => {
                flying.spawn(async move {
                    let came = Box::new(client.server(&uuid).await);
                    Done::View(uuid, came)
                });
            }
            Next::Wait(_) => {}
        }
    }

    fn hear(&self, done: Done, schedule: &mut Schedule) {
        let now = self.clock.now().mono;
        schedule.learn(self.client.budget());
        let panel = self.panel.clone();
        match done {
            Done::List(Ok(servers)) => {
                schedule.list_done(now, Came::Good);
                self.say(Event::Listed { panel, servers });
            }
            Done::List(Err(error)) => {
                schedule.list_done(now, came(&error));
                self.say(Event::ListFailed { panel, error });
            }
            Done::Resources(uuid, asked, Ok(resources)) => {
                schedule.resources_done(now, &uuid, Came::Good);
                self.say(Event::ResourcesRead {
                    server: ServerId { panel, uuid },
                    asked,
                    resources,
                });
            }
            Done::Resources(uuid, _, Err(error)) => {
                schedule.resources_done(now, &uuid, came(&error));
                self.say(Event::ResourcesFailed {
                    server: ServerId { panel, uuid },
                    error,
                });
            }
            Done::View(uuid, view) => match *view {
                Ok(view) => {
                    schedule.view_done(now, Came::Good);
                    let view = Box::new(view);
                    self.say(Event::Viewed {
                        server: ServerId { panel, uuid },
                        view,
                    });
                }
                Err(error) => {
                    schedule.view_done(now, came(&error));
                    tracing::debug!(server = %uuid, %error, "the server's own page did not come");
                    self.say(Event::NotViewed {
                        server: ServerId { panel, uuid },
                    });
                }
            },
        }
    }

    fn say(&self, event: Event) {
        self.events.say(event);
    }
}

/// Only root admins get the servers of others; anybody else gets an empty list instead of theirs.
async fn list(client: &Client, scope: Scope) -> Result<Vec<Server>, Error> {
    let servers = client.servers(scope).await?;
    if servers.is_empty() && scope == Scope::All {
        return client.servers(Scope::Mine).await;
    }
    Ok(servers)
}

fn came(error: &Error) -> Came {
    if let Error::RateLimited { retry_after } = error {
        return Came::TooMany(*retry_after);
    }
    if error.is_about_the_key() {
        Came::Refused
    } else {
        Came::Bad
    }
}

async fn sleep(wait: Option<Duration>) {
    match wait {
        Some(wait) => tokio::time::sleep(wait).await,
        None => std::future::pending().await,
    }
}
