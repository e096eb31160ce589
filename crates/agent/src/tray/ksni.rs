//! The tray on Linux: a `StatusNotifierItem` on the session bus.
//!
//! Needs no GTK, waits for a tray host as long as it takes, and never fails for want of one.

#[path = "ksni/item.rs"]
mod item;

use crate::activation::Activation;
use item::StatusItem;
use ksni::TrayMethods as _;
use pterotray_core::{App, Problem, ProblemKind, Snapshot, Texts};
use std::{future, io, ops::ControlFlow, sync::Arc, time::Duration};
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, sleep, sleep_until},
};

/// The snapshots as they come.
type Changes = watch::Receiver<Option<Arc<Snapshot>>>;

/// How long a desktop may take to bring its tray up, or to bring it back.
const GRACE: Duration = Duration::from_secs(10);
/// How long to wait before asking again for a session bus that is not there.
const RETRY: Duration = Duration::from_secs(30);

/// Runs the agent's future. The main thread is not needed for anything else here.
///
/// # Errors
/// When the system gives no timer or no event queue.
pub(crate) fn run_main<T, F>(agent: impl FnOnce() -> F + Send + 'static) -> io::Result<T>
where
    T: Send + 'static,
    F: Future<Output = T>,
{
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let result = runtime.block_on(agent());
    // A keyring that waits for somebody must not keep the program from ending.
    runtime.shutdown_background();
    Ok(result)
}

/// Shows the newest snapshot until nobody sends any more.
pub(super) async fn run(app: App, texts: Arc<Texts>, activation: Activation, changes: Changes) {
    let spawn = |item: StatusItem| item.assume_sni_available(true).spawn();
    show_by(spawn, app, texts, activation, changes).await;
}

/// The same, by whatever puts the item on the bus.
async fn show_by<F>(
    spawn: impl Fn(StatusItem) -> F,
    app: App,
    texts: Arc<Texts>,
    activation: Activation,
    mut changes: Changes,
) where
    F: Future<Output = Result<ksni::Handle<StatusItem>, ksni::Error>>,
{
    let Ok(first) = changes
        .wait_for(Option::is_some)
        .await
        .map(|snapshot| snapshot.clone())
    else {
        return;
    };
    let Some(mut shown) = first else { return };
    let mut said = None;
    loop {
        let (tell, news) = mpsc::unbounded_channel();
        let door = activation.clone();
        let item = StatusItem::new(app.clone(), Arc::clone(&texts), door, tell, shown);
        match spawn(item).await {
            Ok(handle) => {
                if let Some(kind) = said {
                    app.mended(kind);
                }
                if keep(&app, &handle, &mut changes, news).await.is_break() {
                    return;
                }
                tracing::warn!("the session bus is gone");
                said = Some(ProblemKind::NoSessionBus);
                app.notice(Problem::of(ProblemKind::NoSessionBus));
            }
            Err(error) => {
                let kind = problem_kind(&error);
                if said != Some(kind) {
                    tracing::warn!(%error, "no tray icon for now");
                    app.notice(Problem::of(kind));
                    said = Some(kind);
                }
            }
        }
        sleep(RETRY).await;
        let Some(newest) = changes.borrow_and_update().clone() else {
            return;
        };
        if changes.has_changed().is_err() {
            return;
        }
        shown = newest;
    }
}

fn problem_kind(error: &ksni::Error) -> ProblemKind {
    if matches!(error, ksni::Error::Dbus(_)) {
        ProblemKind::NoSessionBus
    } else {
        ProblemKind::NoTray
    }
}

/// Keeps the item as new as the newest snapshot, and says when nobody shows it. Breaks off when the
/// program ends, and goes on when the bus was lost.
async fn keep(
    app: &App,
    handle: &ksni::Handle<StatusItem>,
    changes: &mut Changes,
    mut news: mpsc::UnboundedReceiver<Host>,
) -> ControlFlow<()> {
    let mut complain_at = None;
    let mut figures_at = None;
    loop {
        tokio::select! {
            changed = changes.changed() => {
                if changed.is_err() {
                    handle.shutdown().await;
                    return ControlFlow::Break(());
                }
            }
            () = at(figures_at) => {}
            Some(host) = news.recv() => {
                match host {
                    Host::Gone => complain_at = Some(Instant::now() + GRACE),
                    Host::There => {
                        complain_at = None;
                        app.mended(ProblemKind::NoTray);
                    }
                    // Its figures have become more urgent.
                    Host::Looks => {}
                }
            }
            () = at(complain_at) => {
                complain_at = None;
                app.notice(Problem::of(ProblemKind::NoTray));
            }
        }
        let newest = changes.borrow_and_update().clone();
        if let Some(snapshot) = newest {
            match handle.update(|item| item.show(snapshot)).await {
                Some(wait) => figures_at = wait,
                None => return ControlFlow::Continue(()),
            }
        }
    }
}

async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => future::pending().await,
    }
}

#[cfg(test)]
#[path = "ksni/run_tests.rs"]
mod tests;

/// What the host that shows our icon does.
enum Host {
    /// It is there.
    There,
    /// There is none.
    Gone,
    /// It shows the menu.
    Looks,
}
