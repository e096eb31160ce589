//! Lines from the agent, one JSON value each.
//!
//! Never takes in more than the contract allows.

use pterotray_core::wire::{self, LONGEST_SAID};
use serde_json::Value;
use std::io;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, BufReader};

/// Lines of a connection.
pub(super) struct Lines<R> {
    read: BufReader<R>,
    line: Vec<u8>,
}

impl<R: AsyncRead + Unpin> Lines<R> {
    /// The lines that come from `read`.
    pub(super) fn new(read: R) -> Lines<R> {
        Lines {
            read: BufReader::new(read),
            line: Vec::new(),
        }
    }

    /// The next one. May be given up and asked for again: a line that came in half is kept.
    ///
    /// # Errors
    /// When the connection ends, a line is too long, or it is not JSON.
    pub(super) async fn next(&mut self) -> io::Result<Value> {
        let room = (LONGEST_SAID + 1).saturating_sub(self.line.len());
        let mut read = (&mut self.read).take(room as u64);
        read.read_until(b'\n', &mut self.line).await?;
        if self.line.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let value = wire::decode(&self.line, LONGEST_SAID).map_err(io::Error::other);
        self.line.clear();
        value
    }
}
