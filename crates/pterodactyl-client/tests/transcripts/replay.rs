//! Plays a transcript to sessions, one a connection: what the node said goes in, what the recording client sent is wanted
//! of the session too, and time passes as it did. It must never help a session: tokens come when they came.

use pterodactyl_client::live::{HandshakeError, Input};

use super::connection::Connection;
use super::script::{Kind, Line};

/// What one connection came to.
#[derive(Debug, Default)]
pub(crate) struct Story {
    /// What happened, with its time, for people.
    pub steps: Vec<String>,
    /// The same as one line that can be compared.
    pub summary: String,
}

/// Plays a whole transcript. What cannot be understood is told, never a reason to stop.
pub(crate) fn replay(lines: &[Line]) -> Vec<Story> {
    let mut table = Table::default();
    for line in lines {
        table.play(line);
    }
    let over = lines.last().map_or(0.0, |line| line.at);
    for connection in std::mem::take(&mut table.open) {
        let opened = connection.opened;
        table.done.push((opened, connection.finish(over)));
    }
    table.done.sort_by(|a, b| a.0.total_cmp(&b.0));
    table.done.into_iter().map(|(_, story)| story).collect()
}

#[derive(Default)]
struct Table {
    open: Vec<Connection>,
    seen: Vec<String>,
    done: Vec<(f64, Story)>,
}

impl Table {
    fn play(&mut self, line: &Line) {
        let (at, label) = (line.at, line.socket.as_str());
        match &line.kind {
            Kind::Opened => self.open.push(Connection::open(at)),
            Kind::OpenedAndAuthenticated => {
                let mut connection = Connection::open(at);
                connection.hear(at, r#"{"event":"auth success"}"#);
                self.open.push(connection);
            }
            Kind::Answered {
                what,
                status,
                content_type,
                body,
            } => {
                let told = if *status == 101 {
                    "opened".to_owned()
                } else {
                    HandshakeError::read(*status, content_type.as_deref(), body).to_string()
                };
                let summary = format!("{what}: {told}");
                let steps = vec![format!("{at:8.3} {summary}")];
                self.done.push((at, Story { steps, summary }));
            }
            Kind::Sent(text) => {
                if let Some(connection) = self.connection(at, label) {
                    connection.send(at, text);
                }
            }
            Kind::Heard(text) => {
                if let Some(connection) = self.connection(at, label) {
                    connection.hear(at, text);
                }
            }
            Kind::Left => self.end(at, label, Input::Leave),
            Kind::Dropped => self.end(at, label, Input::Dropped),
            Kind::Closed { code, reason } => {
                let (code, reason) = (*code, reason.clone());
                self.end(at, label, Input::Closed { code, reason });
            }
            Kind::Heading => {
                // Where a transcript leaves out the end of an experiment, its heading is the end.
                if self.open.iter().any(|connection| connection.unseen_login) {
                    self.end(at, "", Input::Leave);
                }
            }
        }
    }

    /// The connection of that label: known, or opened before labels were given, or (where the transcript leaves its
    /// opening out) new.
    fn connection(&mut self, at: f64, label: &str) -> Option<&mut Connection> {
        let known = self
            .open
            .iter()
            .position(|c| c.label.as_deref() == Some(label));
        let index = known.or_else(|| self.open.iter().position(|c| c.label.is_none()));
        let index = index.or_else(|| {
            let new = !self.seen.iter().any(|seen| seen == label);
            new.then(|| {
                self.open.push(Connection::open(at));
                self.open.len() - 1
            })
        })?;
        self.seen.push(label.to_owned());
        self.open[index].label = Some(label.to_owned());
        self.open.get_mut(index)
    }

    fn end(&mut self, at: f64, label: &str, input: Input) {
        if let Some(connection) = self.connection(at, label) {
            connection.put(at, input);
            let label = connection.label.clone();
            let index = self.open.iter().position(|c| c.label == label);
            let connection = self.open.remove(index.unwrap_or_default());
            self.done.push((connection.opened, connection.finish(at)));
        }
    }
}
