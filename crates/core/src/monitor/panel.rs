//! One panel being watched: asks what its timing says, keeps its servers' live sockets, and tells the store what came.
//!
//! Judges nothing and changes no state.

mod ask;
mod line;

use super::watch::{Next, Watch};
use crate::{
    app::Inbox,
    clock::Clock,
    effect::Plan,
    event::{Event, LiveNews},
    id::{PanelId, ServerId},
};
use ask::Done;
use line::{Held, Lines, Told};
use pterodactyl_client::{
    Client, Scope,
    live::{Dial, TokenRefusal, Why},
};
use std::time::Duration;
use tokio::{sync::mpsc, task::JoinSet};

/// What a panel's task is told.
#[derive(Debug)]
pub(crate) enum Order {
    /// Watch this from now on.
    Watch(Plan),
    /// Ask everything now.
    Refresh,
    /// Ask for the list soon.
    Relist,
    /// The computer slept.
    Woke,
    /// Look at a server often for a while.
    Follow(String),
    /// Read a server's own page.
    View(String),
    /// Read what people did to a server of late.
    Log(String),
    /// A person's own request went out beside this task.
    Spent,
}

/// What it takes to watch a panel.
pub(crate) struct Panel {
    pub(crate) id: PanelId,
    pub(crate) client: Client,
    /// The way to its nodes; `None` for whoever looks only once and needs no live sockets.
    pub(crate) dial: Option<Dial>,
    pub(crate) clock: Clock,
    pub(crate) shortest: Duration,
    /// Where the chance begins by which waits are spread.
    pub(crate) seed: u64,
    pub(crate) events: Inbox,
}

/// A panel being watched.
struct Watching {
    panel: Panel,
    watch: Watch,
    scope: Scope,
    flying: JoinSet<Done>,
    lines: Lines,
    /// What the store was told last.
    period: Option<Duration>,
}

impl Panel {
    /// Runs until the orders end.
    pub(crate) async fn run(self, mut orders: mpsc::UnboundedReceiver<Order>) {
        // Whose servers to ask for is not known before the first order.
        let Some(first) = orders.recv().await else {
            return;
        };
        let (lines, mut told) = Lines::new(&self);
        let mut watching = Watching {
            watch: Watch::new(self.shortest, self.seed),
            scope: Scope::Mine,
            flying: JoinSet::new(),
            lines,
            period: None,
            panel: self,
        };
        watching.take(first);
        loop {
            let wait = watching.act();
            tokio::select! {
                order = orders.recv() => match order {
                    Some(order) => watching.take(order),
                    None => return,
                },
                Some((uuid, told)) = told.recv() => watching.told(uuid, told),
                Some(done) = watching.flying.join_next() => match done {
                    Ok(done) => watching.hear(done),
                    Err(error) => {
                        tracing::error!(%error, "a request broke down");
                        watching.watch.lost(watching.now());
                    }
                },
                () = sleep(wait) => {}
            }
            watching.pace();
        }
    }
}

impl Watching {
    fn now(&self) -> Duration {
        self.panel.clock.now().mono
    }

    /// Does everything that is due. Returns how long there is nothing to do.
    fn act(&mut self) -> Option<Duration> {
        loop {
            let now = self.now();
            match self.watch.next(now) {
                Next::Wait(until) => return until.map(|until| until.saturating_sub(now)),
                Next::Open(uuid) => self.lines.open(uuid),
                Next::Close(uuid) => self.lines.close(&uuid),
                ask @ (Next::List
                | Next::Resources(_)
                | Next::View(_)
                | Next::Log(_)
                | Next::Token(_)) => self.ask(ask),
            }
        }
    }

    fn take(&mut self, order: Order) {
        let now = self.now();
        match order {
            Order::Watch(mut plan) => {
                if self.panel.dial.is_none() {
                    plan.servers
                        .values_mut()
                        .for_each(|watched| watched.live = None);
                }
                self.watch.adopt(&plan, now);
                self.lines.keep(|uuid| plan.servers.contains_key(uuid));
                if plan.scope != self.scope {
                    self.scope = plan.scope;
                    self.watch.relist(now);
                }
            }
            Order::Refresh => self.watch.refresh(now),
            Order::Relist => self.watch.relist(now),
            Order::Woke => self.watch.woke(now),
            Order::Follow(uuid) => self.watch.follow(&uuid, now),
            Order::View(uuid) => self.watch.view(&uuid),
            Order::Log(uuid) => self.watch.log(&uuid),
            Order::Spent => self.watch.spent(now),
        }
    }

    /// A live socket told something that timing cares about.
    fn told(&mut self, uuid: String, told: Told) {
        let now = self.now();
        match told {
            Told::Opened => self.watch.opened(&uuid),
            Told::NeedToken => self.watch.needs_token(now, &uuid),
            Told::Closed { advice, held } => {
                self.lines.ended(&uuid, *held);
                self.watch.closed(now, &uuid, &advice);
            }
        }
    }

    /// A token came, for an open socket or for one to be opened, or did not come.
    fn token(&mut self, uuid: String, came: Result<Held, TokenRefusal>) {
        let now = self.now();
        let refused = came.as_ref().err().copied();
        let was_open = self.lines.token(&uuid, came);
        self.watch
            .token_done(now, &uuid, refused.map_or(Ok(()), Err));
        if let Some(refusal) = refused.filter(|_| !was_open) {
            let news = LiveNews::Closed {
                why: Why::NoToken(refusal),
                brief: false,
            };
            let server = self.server(uuid);
            self.say(Event::Live { server, news });
        }
    }

    /// The store is told how often servers are looked at, for it judges their age.
    fn pace(&mut self) {
        let every = self.watch.period();
        if self.period != Some(every) {
            self.period = Some(every);
            let panel = self.panel.id.clone();
            self.say(Event::Paced { panel, every });
        }
    }

    fn server(&self, uuid: String) -> ServerId {
        let panel = self.panel.id.clone();
        ServerId { panel, uuid }
    }

    fn say(&self, event: Event) {
        self.panel.events.say(event);
    }
}

async fn sleep(wait: Option<Duration>) {
    match wait {
        Some(wait) => tokio::time::sleep(wait).await,
        None => std::future::pending().await,
    }
}
