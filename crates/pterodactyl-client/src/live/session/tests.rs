//! Stories of one connection, in the order in which things happen.

use secrecy::SecretString;
use serde_json::json;

use super::super::handshake::HandshakeError;
use super::super::why::{NextToken, Retry};
use super::*;
use crate::power::{PowerSignal, PowerState};

mod tokens;

const SERVER: &str = "9fa9acaa-78a0-4015-b8ed-2573f0b89b6e";

fn at(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

/// A token that cannot be read, so it lives ten minutes.
fn token(name: &str, received: f64) -> Token {
    Token::read(SecretString::from(name.to_owned()), at(received))
}

fn setup(token: Token) -> Setup {
    Setup {
        server_uuid: SERVER.into(),
        token,
        failures: 0,
        seed: 1,
    }
}

struct Story {
    session: Session,
    out: Vec<Output>,
}

impl Story {
    fn new() -> Self {
        let session = Session::new(setup(token("first", 0.0)));
        Self {
            session,
            out: Vec::new(),
        }
    }

    /// Connected and authenticated at second 1.
    fn live() -> Self {
        let mut story = Self::new();
        story.put(0.5, Input::Connected);
        story.hear(1.0, "auth success", "");
        assert_eq!(story.session.state(), State::Live);
        story
    }

    fn put(&mut self, now: f64, input: Input) {
        self.out = self.session.handle(at(now), input);
    }

    fn hear(&mut self, now: f64, event: &str, arg: &str) {
        let text = json!({ "event": event, "args": [arg] }).to_string();
        self.put(now, Input::Text(text));
    }

    /// Lets time pass, answering every ping, and collects what came out.
    fn wait(&mut self, until: f64) {
        let mut all = Vec::new();
        while let Some(next) = self.session.wake().filter(|next| *next <= at(until)) {
            let out = self.session.handle(next, Input::Time);
            if out.contains(&Output::Ping) {
                let _ = self.session.handle(next, Input::Pong);
            }
            all.extend(out);
        }
        all.extend(self.session.handle(at(until), Input::Time));
        self.out = all;
    }

    fn sent(&self) -> Vec<&str> {
        let frames = self.out.iter().filter_map(|output| match output {
            Output::Send(outgoing) => Some(outgoing.text()),
            Output::Ping | Output::Close(_) | Output::Tell(_) => None,
        });
        frames.collect()
    }

    fn told(&self, notice: &Notice) -> bool {
        self.out.contains(&Output::Tell(notice.clone()))
    }

    fn closed(&self) -> (Why, Advice) {
        let notices = self.out.iter().find_map(|output| match output {
            Output::Tell(Notice::Closed { why, advice }) => Some((why.clone(), advice.clone())),
            Output::Send(_) | Output::Ping | Output::Close(_) | Output::Tell(_) => None,
        });
        notices.expect("the session is over")
    }
}

const AUTH: &str = r#"{"event":"auth","args":["first"]}"#;

#[test]
fn nothing_but_the_token_goes_out_before_it_is_accepted() {
    let mut story = Story::new();
    story.put(0.5, Input::Connected);
    assert_eq!(story.sent(), [AUTH]);
    assert_eq!(story.session.state(), State::Authenticating);
    story.put(0.6, Input::Ask(Ask::Stats));
    let refused = Notice::NotSent {
        ask: Ask::Stats,
        why: NotSent::NotLive,
    };
    assert_eq!(story.out, [Output::Tell(refused)]);
    story.hear(1.0, "auth success", "");
    story.put(1.1, Input::Ask(Ask::Stats));
    assert_eq!(story.sent(), [r#"{"event":"send stats","args":[]}"#]);
}

#[test]
fn a_ping_goes_out_every_25_seconds_and_silence_ends_it_after_10() {
    let mut story = Story::live();
    story.put(25.4, Input::Time);
    assert!(story.out.is_empty());
    story.put(25.5, Input::Time);
    assert_eq!(story.out, [Output::Ping]);
    story.put(26.0, Input::Pong);
    story.put(50.5, Input::Time);
    assert_eq!(story.out, [Output::Ping]);
    story.hear(60.4, "status", "running");
    story.put(60.6, Input::Time);
    assert_eq!(story.session.state(), State::Live, "anything heard will do");
    story.put(75.5, Input::Time);
    story.put(85.5, Input::Time);
    assert_eq!(story.closed().0, Why::Silent);
}

#[test]
fn close_codes_and_events_before_them_say_why() {
    for (code, reason, expected) in [
        (4409, "server is suspended", Why::Blocked { code: 4409 }),
        (4400, "", Why::Blocked { code: 4400 }),
        (1001, "server deleted", Why::Deleted),
        (1001, "", Why::ClosedByNode { code: 1001 }),
        (1000, "permission revoked", Why::Revoked),
        (1006, "", Why::Dropped),
        (1009, "", Why::FrameTooBig),
    ] {
        let mut story = Story::live();
        let reason = reason.into();
        story.put(9.0, Input::Closed { code, reason });
        assert_eq!(story.closed().0, expected, "{code}");
        assert!(
            !story.out.contains(&Output::Close(1000)),
            "it is closed already"
        );
    }
    let mut story = Story::live();
    story.hear(5.0, "deleted", "null");
    story.put(5.1, Input::Dropped);
    assert_eq!(story.closed().0, Why::Deleted);
    let mut story = Story::live();
    story.hear(5.0, "transfer status", "completed");
    story.put(5.1, Input::Dropped);
    assert_eq!(
        (story.closed().0, story.closed().1.token),
        (Why::Moved, NextToken::Fresh)
    );
}

#[test]
fn an_accepted_token_is_reused_while_more_than_a_minute_is_left() {
    let dropped_at = |now: f64| {
        let mut story = Story::live();
        story.put(now, Input::Dropped);
        story.closed().1.token
    };
    assert_eq!(dropped_at(20.0), NextToken::Reuse);
    assert_eq!(dropped_at(545.0), NextToken::Fresh);
    let mut muted = Story::live();
    muted.hear(5.0, "jwt error", "jwt: created too far in past (denylist)");
    muted.put(5.1, Input::Dropped);
    assert_eq!(muted.closed().1.token, NextToken::Fresh);
}

#[test]
fn failures_count_up_until_a_connection_has_lasted() {
    let mut story = Story::new();
    story.put(0.5, Input::Refused(HandshakeError::Full));
    assert_eq!(story.session.failures(at(0.5)), 1);
    let story = Story::live();
    assert_eq!(story.session.failures(at(20.0)), 1);
    assert_eq!(story.session.failures(at(31.0)), 0);
}

#[test]
fn a_flood_of_commands_is_spread_and_what_waits_too_long_is_given_back() {
    let mut story = Story::live();
    let command = |n: u32| Ask::Command(format!("say {n}"));
    let mut refused = 0;
    let mut sent = 0;
    for n in 0..60 {
        story.put(2.0, Input::Ask(command(n)));
        sent += story.sent().len();
        refused += story.out.len() - story.sent().len();
    }
    // The node takes ten frames at once over all kinds, one of which was the token.
    assert!((9..=10).contains(&sent), "{sent}");
    assert_eq!(refused, 60 - sent - QUEUE);
    story.wait(16.9);
    let late = story.sent().len();
    assert!((11..=15).contains(&late), "{late}");
    story.wait(17.0);
    let why = NotSent::Late;
    assert!(story.told(&Notice::NotSent {
        ask: command(41),
        why
    }));
    assert_eq!(story.out.len(), QUEUE - late);
}

#[test]
fn a_command_the_node_would_end_the_connection_over_is_not_sent() {
    let mut story = Story::live();
    let ask = Ask::Command("x".repeat(4096));
    story.put(2.0, Input::Ask(ask.clone()));
    let why = NotSent::TooLong;
    assert_eq!(story.out, [Output::Tell(Notice::NotSent { ask, why })]);
}

#[test]
fn leaving_gives_back_what_waits_and_closes_politely() {
    let mut story = Story::live();
    for _ in 0..5 {
        story.put(2.0, Input::Ask(Ask::Stats));
    }
    story.put(2.0, Input::Leave);
    let (ask, why) = (Ask::Stats, NotSent::NotLive);
    assert_eq!(story.out[0], Output::Close(1000));
    assert!(story.told(&Notice::NotSent { ask, why }));
    assert_eq!(story.closed().1.retry, Retry::Never);
    assert_eq!(story.session.wake(), None);
}

#[test]
fn state_changes_are_told_as_they_come() {
    let mut story = Story::live();
    story.hear(2.0, "status", "running");
    let told = Notice::Event(Event::Status(PowerState::Running));
    assert_eq!(story.out, [Output::Tell(told)]);
}

#[test]
fn nothing_shows_the_token() {
    let mut story = Story::new();
    story.put(0.5, Input::Connected);
    let next = Input::Token(token("second", 0.0));
    let shown = format!("{:?} {:?} {next:?}", story.session, story.out);
    assert!(
        !shown.contains("first") && !shown.contains("second"),
        "{shown}"
    );
}
