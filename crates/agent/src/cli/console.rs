//! `pterotray console`: one server's console on the terminal, and what is typed there sent to the server.
//!
//! Sends no line that was not typed by somebody who sits there.

mod paint;
mod reading;
mod screen;

use super::{exit::Exit, print, select, view::View};
use crate::socket::client::ClientError;
use pterotray_core::{Action, Errand, Outcome, ServerId, Texts, paths::Paths};
use reading::{Asks, Lines};
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
    let (lines, asks) = reading::begin(view, paths, &server.id).await?;
    let typing = Typing {
        typed: typed(),
        server: server.id.clone(),
        asks,
    };
    attend(lines, typing, Screen::new(server, texts, wish.json)).await
}

async fn attend(
    mut lines: Lines,
    mut typing: Typing,
    mut screen: Screen<'_>,
) -> anyhow::Result<Exit> {
    if typing.typed.is_some() {
        screen.greet();
    }
    let mut told_to_stop = std::pin::pin!(tokio::signal::ctrl_c());
    loop {
        // A panel may take its time to answer: what the server says comes meanwhile.
        let mut answer = std::pin::pin!(typing.next_answer());
        let outcome = loop {
            tokio::select! {
                news = lines.next() => if let Some(exit) = screen.show(&news?) {
                    return Ok(exit);
                },
                answer = &mut answer => match answer? {
                    Some(outcome) => break outcome,
                    // The end of the input: Ctrl-D.
                    None => return Ok(Exit::Done),
                },
                stopped = &mut told_to_stop => return Ok(stopped.map(|()| Exit::Done)?),
            }
        };
        screen.answer(outcome);
    }
}

/// What somebody types, on its way to the server.
struct Typing {
    /// `None` where nobody sits.
    typed: Option<mpsc::Receiver<String>>,
    server: ServerId,
    asks: Asks,
}

impl Typing {
    /// Sends the next line and waits for what became of it; `None` at the end of the input.
    async fn next_answer(&mut self) -> Result<Option<Outcome>, ClientError> {
        let Some(line) = next_typed(self.typed.as_mut()).await else {
            return Ok(None);
        };
        let action = Action::Errand {
            server: self.server.clone(),
            errand: Errand::Command { line },
        };
        self.asks.ask(action).await.map(Some)
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
