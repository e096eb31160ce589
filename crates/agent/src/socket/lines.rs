//! Lines off a socket, never holding more of one than allowed.
//!
//! Knows nothing of what they say.

use std::io;
use tokio::io::{AsyncRead, AsyncReadExt as _};

/// How much is read at once.
const CHUNK: usize = 8 * 1024;

/// Cuts a byte stream into lines.
#[derive(Debug)]
pub(super) struct Lines<S> {
    stream: S,
    longest: usize,
    read: Vec<u8>,
    /// How many of the bytes in `read` are known to hold no line feed.
    searched: usize,
}

impl<S: AsyncRead + Unpin> Lines<S> {
    pub(super) fn new(stream: S, longest: usize) -> Lines<S> {
        Lines {
            stream,
            longest,
            read: Vec::new(),
            searched: 0,
        }
    }

    /// What the lines come from, for writing to it.
    pub(super) fn stream(&mut self) -> &mut S {
        &mut self.stream
    }

    /// The next line without its line feed; `None` at the end. Half a line at the end is dropped.
    /// Nothing is lost when the future is dropped before it is done.
    ///
    /// # Errors
    /// When reading fails, or the line is too long; nothing may be read after that.
    pub(super) async fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            let fresh = &self.read[self.searched..];
            if let Some(at) = fresh.iter().position(|byte| *byte == b'\n') {
                return Ok(Some(self.cut(self.searched + at)));
            }
            self.searched = self.read.len();
            if self.searched > self.longest {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "a line that is too long",
                ));
            }
            self.read.reserve(CHUNK);
            if self.stream.read_buf(&mut self.read).await? == 0 {
                return Ok(None);
            }
        }
    }

    fn cut(&mut self, line_feed: usize) -> Vec<u8> {
        let rest = self.read.split_off(line_feed + 1);
        let mut line = std::mem::replace(&mut self.read, rest);
        line.pop();
        self.searched = 0;
        line
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[tokio::test]
    async fn lines_come_one_by_one_and_half_a_line_at_the_end_is_dropped() {
        let mut lines = Lines::new(&b"one\n\ntwo\nthr"[..], 100);
        for expected in ["one", "", "two"] {
            assert_eq!(lines.next().await.unwrap().unwrap(), expected.as_bytes());
        }
        assert_eq!(lines.next().await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_line_without_end_is_refused_before_it_fills_the_memory() {
        let endless = tokio::io::repeat(b'x');
        let mut lines = Lines::new(endless, 1000);
        assert!(lines.next().await.is_err());
        assert!(lines.read.capacity() < 100_000);
    }
}
