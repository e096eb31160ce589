//! One panel being watched: asks what its timing says, keeps its servers' live sockets, and tells the store what came.
//!
//! Judges nothing and changes no state.

mod ask;
mod line;

use super::watch::{Next, Watch};
use crate::{
    app::Inbox,
    clock::Clock,
    console::Readers,
    effect::Plan,
    event::{Event, LiveNews},
    id::{PanelId, ServerId},
    time::overslept,
};
use ask::Done;
use line::{Held, Lines, Told};
use pterodactyl_client::{
    Client, Scope,
    live::{Dial, TokenRefusal, Why},
};
use std::time::{Duration, Instant};
use tokio::{
    sync::mpsc,
    task::{JoinError, JoinSet},
};

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
    /// Somebody began to read along at a server's console.
    Console(String),
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
    /// Who reads along at its servers' consoles.
    pub(crate) readers: Readers,
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
    /// When the panel's counts came that were learned last.
    counted: Option<Instant>,
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
            counted: None,
            panel: self,
        };
        watching.take(first);
        loop {
            let until = watching.act();
            let wait = until.map(|until| until.saturating_sub(watching.now()));
            let turn = tokio::select! {
                order = orders.recv() => Turn::Order(order),
                Some((uuid, told)) = told.recv() => Turn::Told(uuid, told),
                Some(done) = watching.flying.join_next() => Turn::Done(done),
                () = sleep(wait) => Turn::Time,
            };
            // Before anything that was asked for earlier is heard.
            if overslept(until, watching.now()) {
                watching.say(Event::Woke);
            }
            match turn {
                Turn::Order(Some(order)) => watching.take(order),
                Turn::Order(None) => return,
                Turn::Told(uuid, told) => watching.told(uuid, told),
                Turn::Done(Ok(done)) => watching.hear(done),
                Turn::Done(Err(error)) => {
                    tracing::error!(%error, "a request broke down");
                    watching.watch.lost(watching.now());
                }
                Turn::Time => {}
            }
            watching.pace();
        }
    }
}

/// What a panel's task wakes up for.
enum Turn {
    Order(Option<Order>),
    Told(String, Told),
    Done(Result<Done, JoinError>),
    Time,
}

impl Watching {
    fn now(&self) -> Duration {
        self.panel.clock.now().mono
    }

    /// Does everything that is due. Returns until when there is nothing to do.
    fn act(&mut self) -> Option<Duration> {
        loop {
            let now = self.now();
            match self.watch.next(now) {
                Next::Wait(until) => return until,
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
                    self.watch.list_anew(now);
                }
            }
            Order::Refresh => self.watch.refresh(now),
            Order::Relist => self.watch.relist(now),
            Order::Woke => self.watch.woke(now),
            Order::Follow(uuid) => self.watch.follow(&uuid, now),
            Order::View(uuid) => self.watch.view(&uuid),
            Order::Console(uuid) => {
                self.watch.retry_socket(now, &uuid);
                self.lines.read_along(&uuid);
            }
            Order::Log(uuid) => self.watch.log(&uuid),
            Order::Spent => self.watch.spent(now),
        }
    }

    /// A live socket told something that timing cares about.
    fn told(&mut self, uuid: String, told: Told) {
        let now = self.now();
        match told {
            Told::Tells => self.watch.tells(&uuid),
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
