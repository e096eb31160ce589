//! One connection of a transcript, played to a session of its own. It must never help the session.

use std::collections::VecDeque;
use std::time::Duration;

use pterodactyl_client::PowerState;
use pterodactyl_client::live::{
    CrashLine, CrashReader, Event, Input, Notice, Output, Session, Setup, State, Why, decode,
};
use serde_json::Value;

use super::replay::Story;
use super::wire::{ask, parse, token};

pub(crate) struct Connection {
    pub label: Option<String>,
    pub opened: f64,
    pub unseen_login: bool,
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
    pub(crate) fn open(at: f64) -> Self {
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

    pub(crate) fn hear(&mut self, at: f64, text: &str) {
        if decode(text).is_err() {
            self.step(at, "! a frame that cannot be understood");
            self.count("unreadable");
        }
        self.unseen_login |= self.recorded.is_empty();
        self.put(at, Input::Text(text.to_owned()));
    }

    pub(crate) fn send(&mut self, at: f64, text: &str) {
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
    pub(crate) fn put(&mut self, at: f64, input: Input) {
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
                    let outputs = self.session.handle(now, Input::Pong);
                    self.note(at, outputs);
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

    pub(crate) fn finish(mut self, at: f64) -> Story {
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
