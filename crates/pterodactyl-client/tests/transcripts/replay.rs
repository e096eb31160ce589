//! Plays a transcript to sessions, one a connection: what the node said goes in, what the recording client sent is wanted
//! of the session too, and time passes as it did. It must never help a session: tokens come when they came.

use std::collections::VecDeque;
use std::time::Duration;

use pterodactyl_client::live::{
    Ask, CrashLine, CrashReader, Event, HandshakeError, Input, Notice, Output, Session, Setup,
    State, Token, Why, decode,
};
use pterodactyl_client::{PowerSignal, PowerState};
use serde_json::{Value, json};

use super::script::{Kind, Line};

/// What one connection came to.
#[derive(Debug, Default)]
pub(crate) struct Story {
    /// What happened, with its time, for people.
    pub steps: Vec<String>,
    /// The same as one line that can be compared.
    pub summary: String,
}

/// Plays a whole transcript.
///
/// # Panics
/// When a frame of the node cannot be decoded.
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

struct Connection {
    label: Option<String>,
    opened: f64,
    unseen_login: bool,
    session: Session,
    state: State,
    crash: CrashReader,
    /// Frames the recording client sent, and those of the session.
    recorded: Vec<(String, Value)>,
    ours: Vec<(String, Value)>,
    states: Vec<String>,
    counts: VecDeque<(String, u32)>,
    story: Story,
}

impl Connection {
    fn open(at: f64) -> Self {
        let setup = Setup {
            server_uuid: String::new(),
            token: token(at, "auth <jwt>"),
            failures: 0,
            seed: 7,
        };
        let mut connection = Self {
            label: None,
            opened: at,
            unseen_login: false,
            session: Session::new(setup),
            state: State::Connecting,
            crash: CrashReader::default(),
            recorded: Vec::new(),
            ours: Vec::new(),
            states: Vec::new(),
            counts: VecDeque::new(),
            story: Story::default(),
        };
        connection.put(at, Input::Connected);
        connection
    }

    fn hear(&mut self, at: f64, text: &str) {
        assert!(decode(text).is_ok(), "{text}");
        self.unseen_login |= self.recorded.is_empty();
        self.put(at, Input::Text(text.to_owned()));
    }

    fn send(&mut self, at: f64, text: &str) {
        let frame = parse(text);
        self.recorded.push(frame.clone());
        if frame.0 == "auth" {
            let first = self
                .recorded
                .iter()
                .filter(|frame| frame.0 == "auth")
                .count()
                == 1;
            if !first || self.session.state() != State::Authenticating {
                self.put(at, Input::Token(token(at, text)));
            }
        } else if let Some(ask) = ask(&frame) {
            self.put(at, Input::Ask(ask));
        }
    }

    /// Lets the session live up to `at` and then gives it `input`.
    fn put(&mut self, at: f64, input: Input) {
        let now = Duration::from_secs_f64(at);
        while let Some(next) = self.session.wake().filter(|next| *next <= now) {
            let outputs = self.session.handle(next, Input::Time);
            self.note(next.as_secs_f64(), outputs);
        }
        let outputs = self.session.handle(now, input);
        self.note(at, outputs);
    }

    fn note(&mut self, at: f64, outputs: Vec<Output>) {
        for output in outputs {
            match output {
                Output::Send(outgoing) => {
                    self.step(at, &format!("> {}", outgoing.event()));
                    self.ours.push(parse(outgoing.text()));
                }
                // Every node answers pings, though no transcript shows it.
                Output::Ping => {
                    let now = Duration::from_secs_f64(at);
                    assert!(self.session.handle(now, Input::Pong).is_empty());
                }
                Output::Close(code) => self.step(at, &format!("> close {code}")),
                Output::Tell(notice) => self.tell(at, notice),
            }
        }
        let state = self.session.state();
        if state != self.state {
            self.step(at, &format!("= {state:?}"));
            self.state = state;
        }
    }

    fn tell(&mut self, at: f64, notice: Notice) {
        self.step(at, &format!("< {notice:?}"));
        match notice {
            Notice::Event(event) => self.event(&event),
            Notice::NeedToken => self.count("token wanted"),
            Notice::NotSent { why, .. } => self.count(&format!("not sent, {why:?}")),
            Notice::Closed { .. } => {}
        }
    }

    fn event(&mut self, event: &Event) {
        #[expect(
            clippy::wildcard_enum_match_arm,
            reason = "the rest is counted by name"
        )]
        match event {
            Event::Status(state) => self.states.push(word(state).to_owned()),
            Event::Stats(_) => self.count("stats"),
            Event::Console(line) => {
                self.count("lines");
                match self.crash.read(line) {
                    Some(CrashLine::Crashed(crash)) => {
                        let code = crash.exit_code.unwrap_or(-1);
                        let memory = crash.out_of_memory == Some(true);
                        self.count(&format!("crash {code} {memory}"));
                    }
                    Some(CrashLine::NotRestarted(why)) => self.count(&format!("{why:?}")),
                    None => {}
                }
            }
            Event::DaemonError(_) => self.count("daemon error"),
            Event::DaemonMessage(_) => self.count("daemon message"),
            Event::InstallOutput(_) => self.count("install output"),
            other => self.count(&format!("{other:?}")),
        }
    }

    fn count(&mut self, what: &str) {
        if let Some((_, count)) = self.counts.iter_mut().find(|(name, _)| name == what) {
            *count += 1;
        } else {
            self.counts.push_back((what.to_owned(), 1));
        }
    }

    fn step(&mut self, at: f64, text: &str) {
        let label = self.label.as_deref().unwrap_or_default();
        self.story.steps.push(format!("{at:8.3} {label}{text}"));
    }

    fn finish(mut self, at: f64) -> Story {
        if !matches!(self.session.state(), State::Closed(_)) {
            self.put(at, Input::Time);
        }
        let mut parts = Vec::new();
        if !self.states.is_empty() {
            parts.push(self.states.join(" "));
        }
        for (what, count) in &self.counts {
            parts.push(if *count == 1 {
                what.clone()
            } else {
                format!("{count} {what}")
            });
        }
        parts.push(self.sent());
        parts.push(self.end());
        self.story.summary = parts.join("; ");
        self.story
    }

    /// How many of the recorded frames the session sent too, letter by letter, and what it sent besides.
    fn sent(&self) -> String {
        let mut left = self.ours.clone();
        let same = self.recorded.iter().filter(|frame| {
            let found = left.iter().position(|own| own == *frame);
            found.map(|at| left.remove(at)).is_some()
        });
        let same = same.count();
        let besides: Vec<&str> = left.iter().map(|frame| frame.0.as_str()).collect();
        let besides = if besides.is_empty() {
            String::new()
        } else {
            format!(" and {}", besides.join(", "))
        };
        format!("sent {same}/{}{besides}", self.recorded.len())
    }

    fn end(&self) -> String {
        let State::Closed(why) = self.session.state() else {
            return format!("{:?}", self.session.state());
        };
        let advice = self
            .story
            .steps
            .iter()
            .rev()
            .find(|step| step.contains("Closed {"));
        let advice = advice.map(String::as_str).unwrap_or_default();
        let retry = ["Never", "After", "AskPanel"].into_iter();
        let retry = retry
            .rev()
            .find(|word| advice.contains(&format!("retry: {word}")));
        let token = if advice.contains("token: Reuse") {
            "same token"
        } else {
            "fresh token"
        };
        if why == Why::Left {
            "Left".to_owned()
        } else {
            format!("{why:?}: {}, {token}", retry.unwrap_or_default())
        }
    }
}

fn word(state: &PowerState) -> &str {
    match state {
        PowerState::Offline => "offline",
        PowerState::Starting => "starting",
        PowerState::Running => "running",
        PowerState::Stopping => "stopping",
        PowerState::Missing => "missing",
        PowerState::Unknown(word) => word,
    }
}

/// A frame's event and arguments; what is no frame is its own event. Tokens count as the same.
fn parse(text: &str) -> (String, Value) {
    let Ok(frame) = serde_json::from_str::<Value>(text) else {
        let event = if text.starts_with("auth") {
            "auth"
        } else {
            text
        };
        let args = if event == "auth" {
            json!("token")
        } else {
            json!([])
        };
        return (event.to_owned(), args);
    };
    let event = frame["event"].as_str().unwrap_or_default().to_owned();
    let args = if event == "auth" {
        json!("token")
    } else if frame["args"].is_null() {
        json!([])
    } else {
        frame["args"].clone()
    };
    (event, args)
}

fn ask((event, args): &(String, Value)) -> Option<Ask> {
    let first = args[0].as_str().unwrap_or_default();
    match event.as_str() {
        "send stats" => Some(Ask::Stats),
        "send logs" => Some(Ask::Logs),
        "send command" => Some(Ask::Command(first.to_owned())),
        "set state" => match first {
            "start" => Some(Ask::Power(PowerSignal::Start)),
            "stop" => Some(Ask::Power(PowerSignal::Stop)),
            "restart" => Some(Ask::Power(PowerSignal::Restart)),
            "kill" => Some(Ask::Power(PowerSignal::Kill)),
            _ => None,
        },
        _ => None,
    }
}

/// A token that came at `at`, living as long as the transcript says of it, else ten minutes.
fn token(at: f64, about: &str) -> Token {
    let life = about
        .split_once("expires in ")
        .and_then(|(_, rest)| rest.split(' ').next()?.parse().ok());
    let claims = json!({ "iat": 0, "exp": life.unwrap_or(600_u64) }).to_string();
    let text = format!("e30.{}.c2ln", base64url(claims.as_bytes()));
    Token::read(text.into(), Duration::from_secs_f64(at))
}

fn base64url(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = group
            .iter()
            .fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - group.len()));
        for at in 0..=group.len() {
            let letter = bits >> (18 - 6 * at) & 63;
            text.push(char::from(LETTERS[letter as usize]));
        }
    }
    text
}
