//! The tray on Linux: a `StatusNotifierItem` on the session bus.
//!
//! Needs no GTK, waits for a tray host as long as it takes, and never fails for want of one.

#[path = "ksni/item.rs"]
mod item;

use item::StatusItem;
use ksni::TrayMethods as _;
use pterotray_core::{App, Problem, ProblemKind, menu};
use std::{future, io, ops::ControlFlow, time::Duration};
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, sleep, sleep_until},
};

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

/// Shows the newest value until nobody sends any more.
pub(super) async fn run(app: App, mut changes: watch::Receiver<Option<menu::Tray>>) {
    let Ok(first) = changes
        .wait_for(Option::is_some)
        .await
        .map(|tray| tray.clone())
    else {
        return;
    };
    let Some(mut shown) = first else { return };
    let mut said = None;
    loop {
        let (hosts, news) = mpsc::unbounded_channel();
        let item = StatusItem::new(app.clone(), hosts, shown);
        match item.assume_sni_available(true).spawn().await {
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

/// Keeps the item as new as the newest value, and says when nobody shows it. Breaks off when the
/// program ends, and goes on when the bus was lost.
async fn keep(
    app: &App,
    handle: &ksni::Handle<StatusItem>,
    changes: &mut watch::Receiver<Option<menu::Tray>>,
    mut news: mpsc::UnboundedReceiver<Host>,
) -> ControlFlow<()> {
    let mut complain_at = None;
    loop {
        tokio::select! {
            changed = changes.changed() => {
                let newest = changes.borrow_and_update().clone();
                if changed.is_err() {
                    handle.shutdown().await;
                    return ControlFlow::Break(());
                }
                if let Some(tray) = newest
                    && handle.update(|item| item.show(tray)).await.is_none()
                {
                    return ControlFlow::Continue(());
                }
            }
            Some(host) = news.recv() => match host {
                Host::Gone => complain_at = Some(Instant::now() + GRACE),
                Host::There => {
                    complain_at = None;
                    app.mended(ProblemKind::NoTray);
                }
            },
            () = at(complain_at) => {
                complain_at = None;
                app.notice(Problem::of(ProblemKind::NoTray));
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

/// Whether something shows our icon.
enum Host {
    There,
    Gone,
}
