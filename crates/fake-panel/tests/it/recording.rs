//! Reads the recorded exchanges. Never repairs one: what cannot be read fails the test.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::wire::Reply;

/// Which panel was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Generation {
    Old,
    New,
    Pelican,
}

impl Generation {
    pub(crate) const ALL: [Self; 3] = [Self::Old, Self::New, Self::Pelican];

    /// The folder, and what every name in it begins with.
    pub(crate) fn folder(self) -> (&'static str, &'static str) {
        match self {
            Self::Old => ("1.11", ""),
            Self::New => ("1.14", "p114-"),
            Self::Pelican => ("pelican", "pelican-"),
        }
    }

    /// Where the recorded panel was.
    pub(crate) fn url(self) -> &'static str {
        match self {
            Self::Old => "http://127.0.0.1:8081",
            Self::New => "http://127.0.0.1:8181",
            Self::Pelican => "http://127.0.0.1:8281",
        }
    }

    /// The client's recordings, and those of calls which only this crate plays.
    fn folders(self) -> [PathBuf; 2] {
        let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let (name, _) = self.folder();
        ["../pterodactyl-client/tests/recordings", "tests/recordings"]
            .map(|folder| crate_folder.join(folder).join(name))
    }

    /// The text of every file of a kind, by its name without the common beginning.
    pub(crate) fn texts(self, ending: &str) -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        for folder in self.folders() {
            let Ok(entries) = std::fs::read_dir(&folder) else {
                continue;
            };
            for entry in entries {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_str().unwrap();
                let Some(name) = name.strip_suffix(ending) else {
                    continue;
                };
                let name = name.strip_prefix(self.folder().1).unwrap_or(name);
                let text = std::fs::read_to_string(&path).unwrap();
                let twice = all.insert(name.to_owned(), text).is_some();
                assert!(!twice, "{name} is in both folders");
            }
        }
        assert!(!all.is_empty(), "no recordings of {self:?}");
        all
    }
}

pub(crate) struct Recording {
    /// Whose key was used, as written in the file.
    pub(crate) by: String,
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
    pub(crate) reply: Reply,
}

/// Every recorded exchange of a generation by name.
pub(crate) fn all(generation: Generation) -> BTreeMap<String, Recording> {
    let texts = generation.texts(".http").into_iter();
    texts.map(|(name, text)| (name, read(&text))).collect()
}

fn read(text: &str) -> Recording {
    let (asked, answered) = text.split_once("\n\n").unwrap();
    let by = asked
        .lines()
        .find_map(|line| line.strip_prefix("# as: "))
        .unwrap();
    let request: Vec<&str> = asked
        .lines()
        .filter_map(|line| line.strip_prefix('>'))
        .collect();
    // curl was given the path and query as they are, after the one space.
    let (method, target) = request[0].trim_start().split_once(' ').unwrap();
    let empty = request.iter().position(|line| line.is_empty());
    let headers = &request[1..empty.unwrap_or(request.len())];
    let headers = headers
        .iter()
        .filter_map(|line| line[1..].split_once(": ").or(line[1..].split_once(':')));
    let body = empty.map_or(String::new(), |at| {
        let lines = request[at + 1..].iter().map(|line| line.trim_start());
        lines.collect::<Vec<_>>().join("\n")
    });
    let (head, rest) = answered.split_once("\n\n").unwrap();
    let (answer, _) = rest.rsplit_once("\n# total ").unwrap();
    Recording {
        by: by.to_owned(),
        method: method.to_owned(),
        target: target.to_owned(),
        headers: headers
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
        body,
        reply: Reply::read(head, answer),
    }
}
