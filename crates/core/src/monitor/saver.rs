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
    /// This is what the file holds.
    Read(Box<Settings>),
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

    /// What this program found in the file: what differs from it later is an edit by somebody else.
    pub(super) fn read(&self, settings: Box<Settings>) {
        let _ = self.0.send(Order::Read(settings));
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
    let mut base = Settings::default();
    while let Some(order) = orders.recv().await {
        let mut newest = None;
        let mut waiting = Vec::new();
        let mut next = Some(order);
        // Of several at once only the newest is worth a write.
        while let Some(order) = next {
            match order {
                Order::Read(settings) => base = *settings,
                Order::Write(settings) => newest = Some(settings),
                Order::Tell(done) => waiting.push(done),
            }
            next = orders.try_recv().ok();
        }
        if let Some(settings) = newest
            && write(path.clone(), base.clone(), settings.clone(), &events).await
        {
            base = *settings;
        }
        for done in waiting {
            // Whoever waited may have gone.
            let _ = done.send(());
        }
    }
}

/// Gives whether it is written.
async fn write(path: PathBuf, base: Settings, settings: Box<Settings>, events: &Inbox) -> bool {
    let written = spawn_blocking(move || settings::save(&path, &base, &settings)).await;
    let done = matches!(written, Ok(Ok(())));
    events.say(match written {
        Ok(Ok(())) => Event::Mended(ProblemKind::SettingsUnsaved),
        Ok(Err(error)) => Event::Noticed(Problem::with(
            ProblemKind::SettingsUnsaved,
            &error.to_string(),
        )),
        Err(_) => Event::Noticed(Problem::of(ProblemKind::SettingsUnsaved)),
    });
    done
}
