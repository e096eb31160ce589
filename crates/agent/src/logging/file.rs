//! The log's file: begins anew when it is full, and keeps a few of those before.
//!
//! Never grows beyond its bounds, whatever happens how often.

use crate::own_file;
use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// The file that is written to.
pub(super) const NAME: &str = "pterotray.log";
/// When a file is full, in bytes.
pub(super) const FULL: u64 = 1024 * 1024;
/// How many full ones are kept.
pub(super) const KEPT: usize = 4;

/// Writes lines.
#[derive(Debug)]
pub(super) struct LogFile {
    folder: PathBuf,
    file: File,
    written: u64,
    full: u64,
}

impl LogFile {
    /// Goes on where the file ends.
    ///
    /// # Errors
    /// Whatever the file system says.
    pub(super) fn open(folder: &Path, full: u64) -> io::Result<LogFile> {
        let file = own_file::longer(&folder.join(NAME))?;
        let written = file.metadata()?.len();
        Ok(LogFile {
            folder: folder.to_owned(),
            file,
            written,
            full,
        })
    }

    /// The full file takes the first number, each older one the next; the oldest goes.
    fn begin_anew(&mut self) -> io::Result<()> {
        for number in (1..KEPT).rev() {
            fs::rename(self.numbered(number), self.numbered(number + 1)).or_else(unless_missing)?;
        }
        fs::rename(self.folder.join(NAME), self.numbered(1)).or_else(unless_missing)?;
        *self = LogFile::open(&self.folder, self.full)?;
        Ok(())
    }

    fn numbered(&self, number: usize) -> PathBuf {
        self.folder.join(format!("pterotray.{number}.log"))
    }
}

fn unless_missing(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound {
        Ok(())
    } else {
        Err(error)
    }
}

impl Write for LogFile {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let more = u64::try_from(line.len()).unwrap_or(u64::MAX);
        if self.written > 0 && self.written.saturating_add(more) > self.full {
            self.begin_anew()?;
        }
        let count = self.file.write(line)?;
        self.written += u64::try_from(count).unwrap_or(u64::MAX);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn however_much_is_written_the_newest_is_kept_and_the_folder_stays_small() {
        let folder = tempfile::tempdir().unwrap();
        let mut log = LogFile::open(folder.path(), 100).unwrap();
        for number in 0..1000 {
            writeln!(log, "line {number} of a long evening").unwrap();
        }
        let all = names(folder.path());
        assert_eq!(all.len(), KEPT + 1, "{all:?}");
        let sizes = all
            .iter()
            .map(|name| fs::metadata(folder.path().join(name)).unwrap().len());
        assert!(sizes.max().unwrap() <= 100);
        let newest = fs::read_to_string(folder.path().join(NAME)).unwrap();
        assert!(newest.ends_with("line 999 of a long evening\n"), "{newest}");
        let before = fs::read_to_string(folder.path().join("pterotray.1.log")).unwrap();
        assert!(
            before.lines().all(|line| line.starts_with("line 99")),
            "{before}"
        );
    }

    #[test]
    fn it_goes_on_where_the_last_run_ended() {
        let folder = tempfile::tempdir().unwrap();
        for run in ["first", "second"] {
            let mut log = LogFile::open(folder.path(), 100).unwrap();
            writeln!(log, "{run}").unwrap();
        }
        let text = fs::read_to_string(folder.path().join(NAME)).unwrap();
        assert_eq!(text, "first\nsecond\n");
        assert_eq!(names(folder.path()), [NAME]);
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_reads_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        drop(LogFile::open(folder.path(), 100).unwrap());
        let mode = fs::metadata(folder.path().join(NAME))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
