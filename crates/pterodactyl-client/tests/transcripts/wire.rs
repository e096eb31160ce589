//! What the frames and tokens of a transcript stand for. It must never show a token; transcripts have none.

use std::time::Duration;

use pterodactyl_client::PowerSignal;
use pterodactyl_client::live::{Ask, Token};
use serde_json::{Value, json};

/// A frame's event and arguments; what is no frame is its own event. Tokens count as the same.
pub(crate) fn parse(text: &str) -> (String, Value) {
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

pub(crate) fn ask((event, args): &(String, Value)) -> Option<Ask> {
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
pub(crate) fn token(at: f64, about: &str) -> Token {
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
