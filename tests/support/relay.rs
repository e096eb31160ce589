//! A socket in front of the agent's that writes down all that passes, both ways. Changes nothing of it.

use crate::program::Program;
use serde_json::Value;
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{UnixListener, UnixStream},
    task::JoinHandle,
};

type Bytes = Arc<Mutex<Vec<u8>>>;

/// The socket, for as long as this lives.
pub struct Relay {
    socket: PathBuf,
    asked: Bytes,
    told: Bytes,
    passing: JoinHandle<()>,
}

impl Relay {
    /// One in front of this agent, below the desk's folder.
    ///
    /// # Panics
    /// When there is one already.
    pub fn to(agent: &Program<'_>, name: &str) -> Relay {
        let socket = agent.desk.ground.path(name);
        let listener = UnixListener::bind(&socket).expect("a socket in the desk's folder");
        let (asked, told) = (Bytes::default(), Bytes::default());
        let (to, both) = (agent.socket(), (Arc::clone(&asked), Arc::clone(&told)));
        let passing = tokio::spawn(async move {
            while let Ok((guest, _)) = listener.accept().await {
                let Ok(agent) = UnixStream::connect(&to).await else {
                    continue;
                };
                let (from_guest, to_guest) = guest.into_split();
                let (from_agent, to_agent) = agent.into_split();
                tokio::spawn(pass(from_guest, to_agent, Arc::clone(&both.0)));
                tokio::spawn(pass(from_agent, to_guest, Arc::clone(&both.1)));
            }
        });
        Relay {
            socket,
            asked,
            told,
            passing,
        }
    }

    /// Where guests come in.
    pub fn socket(&self) -> &Path {
        &self.socket
    }

    /// What guests said so far, a value each line.
    pub fn asked(&self) -> Vec<Value> {
        lines(&self.asked)
    }

    /// What the agent said so far, a value each line.
    pub fn told(&self) -> Vec<Value> {
        lines(&self.told)
    }

    /// Whether this text passed, either way.
    pub fn holds(&self, text: &str) -> bool {
        let all = [self.asked(), self.told()].concat();
        all.iter().any(|line| line.to_string().contains(text))
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.passing.abort();
    }
}

/// Passes on what comes until one side hangs up, which the other then does too.
async fn pass(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, kept: Bytes) {
    let mut piece = vec![0; 1 << 16];
    while let Ok(length @ 1..) = from.read(&mut piece).await {
        keep(&kept, &piece[..length]);
        if to.write_all(&piece[..length]).await.is_err() {
            return;
        }
    }
}

fn keep(bytes: &Bytes, piece: &[u8]) {
    let mut bytes = bytes.lock().unwrap_or_else(PoisonError::into_inner);
    bytes.extend_from_slice(piece);
}

/// Whole lines only: the last may still be on its way.
fn lines(bytes: &Bytes) -> Vec<Value> {
    let bytes = bytes.lock().unwrap_or_else(PoisonError::into_inner);
    let whole = bytes.split_inclusive(|&byte| byte == b'\n');
    whole
        .filter(|line| line.ends_with(b"\n"))
        .map(|line| serde_json::from_slice(line).expect("both sides say JSON, a line each"))
        .collect()
}
