//! Writes the settings file: one write at a time, the newest settings last, none lost at the end.
//!
//! Decides nothing about what is written.

use crate::{
    app::Inbox,
    event::Event,
    problem::{Problem, ProblemKind},
    settings::{self, Settings},
};
use std::path::PathBuf;
use tokio::{
    sync::{mpsc, oneshot},
    task::spawn_blocking,
};

/// The way to the writer.
#[derive(Debug, Clone)]
pub(super) struct Saver(mpsc::UnboundedSender<Order>);

#[derive(Debug)]
enum Order {
    Write(Box<Settings>),
    /// Tell when everything asked for before is written.
    Tell(oneshot::Sender<()>),
}

impl Saver {
    /// Starts the writer of this file.
    pub(super) fn start(path: PathBuf, events: Inbox) -> Saver {
        let (orders, inbox) = mpsc::unbounded_channel();
        tokio::spawn(run(path, events, inbox));
        Saver(orders)
    }

    pub(super) fn write(&self, settings: Box<Settings>) {
        // The writer ends with the last sender.
        let _ = self.0.send(Order::Write(settings));
    }

    /// Waits until everything asked for so far is written.
    pub(super) async fn written(self) {
        let (done, wait) = oneshot::channel();
        let _ = self.0.send(Order::Tell(done));
        // A writer that is gone writes nothing any more.
        let _ = wait.await;
    }
}

async fn run(path: PathBuf, events: Inbox, mut orders: mpsc::UnboundedReceiver<Order>) {
    while let Some(order) = orders.recv().await {
        let mut newest = None;
        let mut waiting = Vec::new();
        let mut next = Some(order);
        // Of several at once only the newest is worth a write.
        while let Some(order) = next {
            match order {
                Order::Write(settings) => newest = Some(settings),
                Order::Tell(done) => waiting.push(done),
            }
            next = orders.try_recv().ok();
        }
        if let Some(settings) = newest {
            write(path.clone(), settings, &events).await;
        }
        for done in waiting {
            // Whoever waited may have gone.
            let _ = done.send(());
        }
    }
}

async fn write(path: PathBuf, settings: Box<Settings>, events: &Inbox) {
    let written = spawn_blocking(move || settings::save(&path, &settings)).await;
    events.say(match written {
        Ok(Ok(())) => Event::Mended(ProblemKind::SettingsUnsaved),
        Ok(Err(error)) => Event::Noticed(Problem::with(
            ProblemKind::SettingsUnsaved,
            &error.to_string(),
        )),
        Err(_) => Event::Noticed(Problem::of(ProblemKind::SettingsUnsaved)),
    });
}
