//! `pterotray console`: one server's console on the terminal, and what is typed there sent to the server.
//!
//! Sends no line that was not typed by somebody who sits there.

mod paint;
mod reading;
mod screen;

use super::{exit::Exit, print, select, view::View};
use pterotray_core::{Texts, paths::Paths};
use reading::Reading;
use screen::Screen;
use std::{io, thread};
use tokio::sync::mpsc;

/// Lines typed ahead of the server.
const TYPED_AHEAD: usize = 16;

/// What was asked for on the command line.
#[derive(Debug)]
pub(super) struct Wish<'a> {
    pub(super) server: &'a str,
    pub(super) panel: Option<&'a str>,
    pub(super) json: bool,
}

/// Reads along until it is stopped, its reader goes away, or nothing can come any more.
pub(super) async fn run(
    mut view: View,
    paths: &Paths,
    texts: &Texts,
    wish: Wish<'_>,
) -> anyhow::Result<Exit> {
    let server = match select::one(&mut view, wish.server, wish.panel, texts).await? {
        Ok(server) => server,
        Err(exit) => return Ok(exit),
    };
    let reading = Reading::begin(view, paths, &server.id).await?;
    attend(reading, Screen::new(server, texts, wish.json)).await
}

async fn attend(mut reading: Reading, mut screen: Screen<'_>) -> anyhow::Result<Exit> {
    let mut typed = typed();
    if typed.is_some() {
        screen.greet();
    }
    let mut told_to_stop = std::pin::pin!(tokio::signal::ctrl_c());
    loop {
        tokio::select! {
            news = reading.next() => if let Some(exit) = screen.show(&news?) {
                return Ok(exit);
            },
            line = next_typed(typed.as_mut()) => match line {
                Some(line) => {
                    let outcome = reading.ask(screen.command(line)).await?;
                    screen.answer(outcome);
                }
                // The end of the input: Ctrl-D.
                None => return Ok(Exit::Done),
            },
            stopped = &mut told_to_stop => return Ok(stopped.map(|()| Exit::Done)?),
        }
    }
}

/// What somebody types, line by line; `None` where nobody sits.
fn typed() -> Option<mpsc::Receiver<String>> {
    if !print::somebody_types() {
        return None;
    }
    let (lines, typed) = mpsc::channel(TYPED_AHEAD);
    // A thread that nobody waits for: reading from a terminal cannot be given up.
    thread::spawn(move || {
        for line in io::stdin().lines().map_while(Result::ok) {
            if lines.blocking_send(line).is_err() {
                return;
            }
        }
    });
    Some(typed)
}

async fn next_typed(typed: Option<&mut mpsc::Receiver<String>>) -> Option<String> {
    let Some(typed) = typed else {
        return std::future::pending().await;
    };
    loop {
        let line = typed.recv().await?;
        if !line.trim().is_empty() {
            return Some(line);
        }
    }
}
