//! The agent's side of the socket: greets guests, passes their wishes on, sends them snapshots.
//!
//! Whatever a guest sends, or does not read, touches no other guest. Never logs a line.

use super::{
    Guests, Seat,
    behind::Behind,
    followed::{Followed, Wanted},
    lines::Lines,
    system,
};
use interprocess::local_socket::{tokio::Stream, traits::tokio::Listener as _};
use pterotray_core::{
    Action, Snapshot,
    wire::{self, Ask, Guest, LONGEST_ASK, PROTOCOL, Said},
};
use std::{io, sync::Arc, time::Duration};
use tokio::{
    io::AsyncWriteExt as _,
    sync::{Semaphore, mpsc, watch},
    time::{Instant, sleep, sleep_until, timeout},
};

/// How long a guest may take to greet.
const GREETING: Duration = Duration::from_secs(5);
/// How long a guest may take to read what was written to it.
const READING: Duration = Duration::from_secs(10);
/// At most four snapshots a second.
const BETWEEN_SNAPSHOTS: Duration = Duration::from_millis(250);
/// Wishes of one guest that may be under way at once; the next one is read when one is done.
const MOST_WISHES: usize = 16;

/// Lets guests in, for ever.
pub(crate) async fn serve<B: Behind>(seat: &Seat, behind: B, guests: Guests) {
    loop {
        let stream = match seat.listener.accept().await {
            Ok(stream) => stream,
            Err(error) => {
                // Out of file handles, most likely: others have to end first.
                tracing::warn!(%error, "a guest could not be let in");
                sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        if !system::is_own(&stream) {
            tracing::warn!("a guest of another user was sent away");
            continue;
        }
        let Some(place) = guests.admit() else {
            tracing::warn!("too many guests");
            continue;
        };
        let (behind, guests) = (behind.clone(), guests.clone());
        tokio::spawn(async move {
            if let Err(error) = host(&stream, &behind, &guests).await {
                tracing::debug!(%error, "a guest was sent away");
            }
            drop(place);
        });
    }
}

/// One guest, from its greeting to its end.
async fn host<B: Behind>(stream: &Stream, behind: &B, guests: &Guests) -> io::Result<()> {
    let hello = Said::Hello {
        protocol: PROTOCOL,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    write(stream, &hello).await?;
    let mut lines = Lines::new(stream, LONGEST_ASK);
    let line = timeout(GREETING, lines.next()).await??;
    let guest = match line.as_deref().and_then(understood) {
        Some(Ask::Hello {
            protocol: PROTOCOL,
            guest,
        }) => guest,
        Some(Ask::Hello { .. }) => return end_for_another_version(stream, lines, behind).await,
        Some(
            Ask::Subscribe
            | Ask::Unsubscribe
            | Ask::History { .. }
            | Ask::Console { .. }
            | Ask::Act { .. },
        )
        | None => return Ok(()),
    };
    let (outbox, to_write) = mpsc::channel(MOST_WISHES * 2);
    let _registered = match guest {
        Guest::Window => Some(guests.register_window(outbox.clone())),
        Guest::CommandLine => None,
    };
    let (want, wanted) = watch::channel(Wanted::default());
    tokio::select! {
        ended = listen(&mut lines, behind, &outbox, &want) => ended,
        ended = speak(stream, behind, to_write, wanted) => ended,
    }
}

/// A guest of another version may end the agent, and nothing else: after an update the old one must go.
async fn end_for_another_version<B: Behind>(
    stream: &Stream,
    mut lines: Lines<&Stream>,
    behind: &B,
) -> io::Result<()> {
    let line = timeout(GREETING, lines.next()).await??;
    if let Some(Ask::Act { id, action }) = line.as_deref().and_then(understood)
        && action == Action::Quit
    {
        let outcome = behind.ask(action).await;
        write(stream, &Said::Reply { id, outcome }).await?;
        // It looks whether the agent is gone; nothing else is heard.
        while lines.next().await?.is_some() {}
    }
    Ok(())
}

/// Takes in what a guest says until it leaves or says something that is not understood.
async fn listen<B: Behind>(
    lines: &mut Lines<&Stream>,
    behind: &B,
    outbox: &mpsc::Sender<Said>,
    want: &watch::Sender<Wanted>,
) -> io::Result<()> {
    let wishes = Arc::new(Semaphore::new(MOST_WISHES));
    while let Some(line) = lines.next().await? {
        match understood(&line) {
            Some(Ask::Subscribe) => {
                want.send_modify(|wanted| wanted.snapshots = true);
            }
            Some(Ask::Unsubscribe) => {
                want.send_modify(|wanted| wanted.snapshots = false);
            }
            Some(Ask::History { server }) => want.send_modify(|wanted| {
                wanted.history = (wanted.history.0 + 1, server);
            }),
            Some(Ask::Console { server }) => want.send_modify(|wanted| {
                wanted.console = (wanted.console.0 + 1, server);
            }),
            Some(Ask::Act { id, action }) => {
                let Ok(wish) = Arc::clone(&wishes).acquire_owned().await else {
                    return Ok(());
                };
                let (behind, outbox) = (behind.clone(), outbox.clone());
                // A task of its own: a wish once heard is carried out though the guest may leave.
                tokio::spawn(async move {
                    let outcome = behind.ask(action).await;
                    let _ = outbox.send(Said::Reply { id, outcome }).await;
                    drop(wish);
                });
            }
            Some(Ask::Hello { .. }) | None => return Ok(()),
        }
    }
    Ok(())
}

/// Says what there is to say: replies in their order, and of the snapshots always the latest.
async fn speak<B: Behind>(
    stream: &Stream,
    behind: &B,
    mut outbox: mpsc::Receiver<Said>,
    mut wanted: watch::Receiver<Wanted>,
) -> io::Result<()> {
    let mut snapshots = behind.snapshots();
    let mut followed = Followed::new(behind.clone());
    let mut not_before = Instant::now();
    let mut subscribed = false;
    loop {
        tokio::select! {
            biased;
            Some(said) = outbox.recv() => write(stream, &said).await?,
            Ok(()) = wanted.changed() => {
                let wanted = wanted.borrow_and_update().clone();
                if wanted.snapshots && !subscribed {
                    snapshots.mark_changed();
                }
                subscribed = wanted.snapshots;
                followed.want(&wanted);
            }
            Some(snapshot) = next(&mut snapshots, not_before), if subscribed => {
                followed.saw(&snapshot);
                write(stream, &Said::Snapshot { snapshot }).await?;
                not_before = Instant::now() + BETWEEN_SNAPSHOTS;
            }
            said = followed.next() => write(stream, &said).await?,
            else => return Ok(()),
        }
    }
}

/// The next snapshot worth sending; `None` when there will be no more.
async fn next(
    snapshots: &mut watch::Receiver<Arc<Snapshot>>,
    not_before: Instant,
) -> Option<Arc<Snapshot>> {
    sleep_until(not_before).await;
    snapshots.changed().await.ok()?;
    Some(Arc::clone(&snapshots.borrow_and_update()))
}

fn understood(line: &[u8]) -> Option<Ask> {
    wire::decode(line, LONGEST_ASK).ok()
}

async fn write(mut stream: &Stream, said: &Said) -> io::Result<()> {
    let line = wire::encode(said).map_err(io::Error::other)?;
    timeout(READING, stream.write_all(&line)).await?
}

#[cfg(test)]
#[path = "server_tests.rs"]
mod tests;
