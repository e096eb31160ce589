//! Reads the recorded exchanges. Never repairs one: what cannot be read fails the test.

use std::collections::BTreeMap;
use std::path::Path;

use crate::wire::Reply;

/// The client's recordings, and those of calls which only this crate plays.
const FOLDERS: [&str; 2] = [
    "../pterodactyl-client/tests/recordings/1.11",
    "tests/recordings/1.11",
];

pub(crate) struct Recording {
    /// Whose key was used, as written in the file.
    pub(crate) by: String,
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
    pub(crate) reply: Reply,
}

/// Every recording by name.
pub(crate) fn all() -> BTreeMap<String, Recording> {
    let mut all = BTreeMap::new();
    for folder in FOLDERS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|kind| kind == "http") {
                let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
                let text = std::fs::read_to_string(&path).unwrap();
                let twice = all.insert(name.clone(), read(&text)).is_some();
                assert!(!twice, "{name} is in both folders");
            }
        }
    }
    all
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
