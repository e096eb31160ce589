//! The memory of a running process, searched for a text. Linux gives it to the process's owner, or to whoever started it.
//!
//! Never changes anything in it, and never keeps a copy.

use crate::processes::Process;
use memchr::memmem::Finder;
use rustix::param::page_size;
use std::{fs::File, os::unix::fs::FileExt as _};

/// A page that was never used has an entry of zeros in `pagemap`; so many entries are looked at in one go.
const ENTRIES: usize = 32;
const NEVER_USED: [u8; ENTRIES * ENTRY] = [0; ENTRIES * ENTRY];
/// Bytes of an entry.
const ENTRY: usize = 8;

impl Process {
    /// Whether this text stands anywhere in its memory, in UTF-8 or as web engines keep texts, in UTF-16.
    ///
    /// # Panics
    /// When it is gone, or its memory may not be read.
    pub fn holds(&self, text: &str) -> bool {
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let search = Search {
            memory: self.open("mem"),
            pages: self.open("pagemap"),
            texts: [Finder::new(text.as_bytes()), Finder::new(&wide)],
            overlap: wide.len(),
        };
        let maps = self.proc_file("maps");
        maps.lines()
            .filter_map(readable)
            .any(|(from, to)| search.finds(from, to))
    }

    fn open(&self, name: &str) -> File {
        let file = File::open(self.proc_path(name));
        file.unwrap_or_else(|error| panic!("{name} of {self:?}: {error}"))
    }
}

/// Where a line of `maps` begins and ends, if it may be read and can hold more than the file it was read from.
fn readable(line: &str) -> Option<(u64, u64)> {
    let (range, rest) = line.split_once(' ')?;
    let (from, to) = range.split_once('-')?;
    let number = |text| u64::from_str_radix(text, 16).ok();
    let own = rest.starts_with("rw") || rest.starts_with('r') && !rest.contains('/');
    own.then_some((number(from)?, number(to)?))
}

struct Search<'a> {
    memory: File,
    pages: File,
    texts: [Finder<'a>; 2],
    /// The longest text: what is read begins with the end of what was read before.
    overlap: usize,
}

impl Search<'_> {
    /// Web engines reserve many gigabytes and use a little of them here and there: only that is read.
    fn finds(&self, from: u64, to: u64) -> bool {
        let piece = (ENTRIES * page_size()) as u64;
        let mut entries = NEVER_USED;
        let mut read = Vec::new();
        (from..to).step_by(ENTRIES * page_size()).any(|here| {
            let length = piece.min(to - here);
            let place = here / page_size() as u64 * ENTRY as u64;
            let got = self.pages.read_at(&mut entries, place).unwrap_or(0);
            if entries[..got] == NEVER_USED[..got] && got > 0 {
                read.clear();
                return false;
            }
            read.drain(..read.len().saturating_sub(self.overlap));
            let kept = read.len();
            read.resize(kept + length as usize, 0);
            // Some regions cannot be read although they are said to be.
            let got = self.memory.read_at(&mut read[kept..], here).unwrap_or(0);
            read.truncate(kept + got);
            self.texts.iter().any(|text| text.find(&read).is_some())
        })
    }
}
