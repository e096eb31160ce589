//! What must hold whatever a node sends and whatever happens in whatever order.

use std::time::Duration;

use proptest::prelude::*;
use secrecy::SecretString;
use serde_json::{Value, json};

use super::handshake::HandshakeError;
use super::session::{Input, Notice, Output, Session, Setup, State, TokenRefusal};
use super::{Ask, CrashReader, Token, decode};
use crate::power::PowerSignal;

/// Events a node sends, known and unknown, with arguments that fit and such that do not.
fn frame() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec![
        "auth success",
        "status",
        "stats",
        "console output",
        "jwt error",
        "daemon error",
        "throttled",
        "token expiring",
        "token expired",
        "transfer status",
        "deleted",
        "backup completed",
        "feature match",
    ]);
    let args = prop::sample::select(vec![
        "",
        "running",
        "auth",
        "global",
        "completed",
        "jwt: exp claim is invalid",
        "jwt: created too far in past (denylist)",
        "{\"state\":\"running\"}",
        "odd",
    ]);
    (names, args).prop_map(|(event, arg)| json!({ "event": event, "args": [arg] }).to_string())
}

fn ask() -> impl Strategy<Value = Ask> {
    prop_oneof![
        Just(Ask::Stats),
        Just(Ask::Logs),
        Just(Ask::Power(PowerSignal::Start)),
        "[a-z]{0,8}".prop_map(Ask::Command),
    ]
}

/// Something that happens; a token's time is filled in later.
#[derive(Debug, Clone)]
enum Happening {
    Put(Input),
    Token,
}

fn happening() -> impl Strategy<Value = Happening> {
    let rare = prop_oneof![
        Just(Input::Refused(HandshakeError::Full)),
        Just(Input::Closed {
            code: 4409,
            reason: String::new()
        }),
        Just(Input::Dropped),
        Just(Input::Leave),
    ];
    prop_oneof![
        4 => frame().prop_map(|text| Happening::Put(Input::Text(text))),
        6 => ask().prop_map(|ask| Happening::Put(Input::Ask(ask))),
        3 => Just(Happening::Put(Input::Connected)),
        3 => Just(Happening::Put(Input::Time)),
        3 => Just(Happening::Put(Input::Pong)),
        2 => Just(Happening::Token),
        2 => Just(Happening::Put(Input::Text(r#"{"event":"auth success"}"#.into()))),
        1 => Just(Happening::Put(Input::NoToken(TokenRefusal::Later(None)))),
        1 => rare.prop_map(Happening::Put),
    ]
}

/// Milliseconds until the next thing happens: often none, sometimes many.
fn wait() -> impl Strategy<Value = u64> {
    prop_oneof![6 => Just(0), 2 => 0_u64..1000, 1 => 0_u64..30_000]
}

/// A node's own buckets, which drop what comes too fast.
struct Node {
    /// Burst, seconds for one more, permits left, when last looked at.
    buckets: [(f64, f64, f64, f64); 5],
}

impl Node {
    const fn new() -> Self {
        Self {
            buckets: [
                (2.0, 5.0, 2.0, 0.0),
                (2.0, 5.0, 2.0, 0.0),
                (10.0, 1.0, 10.0, 0.0),
                (4.0, 1.0, 4.0, 0.0),
                (10.0, 0.2, 10.0, 0.0),
            ],
        }
    }

    fn takes(&mut self, event: &str, now: Duration) -> bool {
        let own = match event {
            "auth" => 0,
            "send logs" => 1,
            "send command" => 2,
            _ => 3,
        };
        [own, 4].into_iter().all(|at| {
            let (burst, refill, left, last) = &mut self.buckets[at];
            *left = (*left + (now.as_secs_f64() - *last) / *refill).min(*burst);
            *last = now.as_secs_f64();
            *left -= 1.0;
            *left >= -1e-6
        })
    }
}

fn setup(seed: u64) -> Setup {
    Setup {
        server_uuid: "9fa9".into(),
        token: Token::read(SecretString::from("secret-word"), Duration::ZERO),
        failures: 0,
        seed,
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in any::<String>()) {
        let _ = decode(&text);
    }

    #[test]
    fn no_frame_makes_the_reader_panic(event in any::<String>(), arg in any::<String>()) {
        let _ = decode(&json!({ "event": event, "args": [arg] }).to_string());
        let known = ["stats", "backup completed", "jwt error", "console output"];
        for event in known {
            let text = json!({ "event": event, "args": [arg] }).to_string();
            prop_assert!(decode(&text).is_ok());
        }
    }

    #[test]
    fn no_token_makes_the_reader_panic(text in any::<String>(), claims in "[A-Za-z0-9_=+/-]{0,80}") {
        let _ = Token::read(text.into(), Duration::ZERO);
        let _ = Token::read(format!("a.{claims}.b").into(), Duration::ZERO);
    }

    #[test]
    fn no_console_makes_the_crash_reader_panic(lines in prop::collection::vec(any::<String>(), 0..8)) {
        let mut reader = CrashReader::default();
        for line in lines {
            let _ = reader.read(&format!("\u{1b}[33m[x Daemon]: {line}"));
            let _ = reader.read(&line);
        }
    }

    #[test]
    fn commands_arrive_as_they_were_typed(line in any::<String>()) {
        let frame: Value = serde_json::from_str(&Ask::Command(line.clone()).encode()).unwrap();
        prop_assert_eq!(frame["args"][0].as_str(), Some(line.as_str()));
    }

    #[test]
    fn a_session_keeps_its_promises(
        seed in any::<u64>(),
        begun in any::<bool>(),
        rest in prop::collection::vec((wait(), happening()), 0..200),
    ) {
        let mut story = Vec::new();
        if begun {
            let success = Input::Text(r#"{"event":"auth success"}"#.into());
            story.extend([Input::Connected, success].map(|input| (0, Happening::Put(input))));
        }
        story.extend(rest);
        let mut session = Session::new(setup(seed));
        let mut node = Node::new();
        let mut now = Duration::from_secs(10);
        let (mut accepted, mut over, mut answered, mut asked) = (false, false, 0, 0);
        for (wait, happening) in story {
            now += Duration::from_millis(wait);
            let input = match happening {
                Happening::Put(input) => input,
                Happening::Token => Input::Token(Token::read(SecretString::from("secret-word"), now)),
            };
            asked += u32::from(matches!(input, Input::Ask(_)));
            accepted |= matches!(&input, Input::Text(text) if text.contains("auth success"));
            let outputs = session.handle(now, input);
            let shown = format!("{outputs:?} {session:?}");
            prop_assert!(!shown.contains("secret-word"));
            for output in outputs {
                let given_back = matches!(output, Output::Tell(Notice::NotSent { .. }));
                prop_assert!(!over || given_back, "after the end only what was not sent is told");
                match output {
                    Output::Send(frame) => {
                        prop_assert!(accepted || frame.event() == "auth", "{frame:?} before success");
                        prop_assert!(node.takes(frame.event(), now), "{frame:?} too fast");
                        answered += u32::from(frame.event() != "auth");
                    }
                    Output::Tell(Notice::NotSent { .. }) => answered += 1,
                    Output::Tell(Notice::Closed { .. }) => over = true,
                    Output::Tell(Notice::Event(_) | Notice::NeedToken) | Output::Ping | Output::Close(_) => {}
                }
            }
            // Time never stands still: coming back when told leads onward.
            if let Some(wake) = session.wake() {
                prop_assert!(wake > now, "{wake:?} is not after {now:?}");
            }
        }
        let closed = matches!(session.state(), State::Closed(_));
        if !closed {
            for output in session.handle(now, Input::Leave) {
                let given_back = matches!(output, Output::Tell(Notice::NotSent { .. }));
                answered += u32::from(given_back);
            }
        }
        // Every wish was sent or given back; a healed session adds its own question for the state.
        prop_assert!(answered >= asked, "{answered} of {asked}");
    }
}
