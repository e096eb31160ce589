//! Recordings as people and programs write them down.

use super::*;
use crate::power::PowerSignal;

const TEXT: &str = "# power-kill\n# as: key_alice\n> POST /api/client/servers/1a2b3c4d/power\n> Accept: application/json\n>\n> {\"signal\": \"kill\"}\n\nHTTP/1.1 204 No Content\nServer: nginx\n\n\n\n# total 0.03s\n";

#[test]
fn a_recording_is_taken_apart() {
    let exchange = Exchange::read(TEXT).unwrap();
    assert_eq!(exchange.name(), "power-kill");
    assert_eq!(exchange.call(), Call::Power(Some(PowerSignal::Kill)));
    assert!(matches!(exchange.outcome(), Ok(Answer::Taken)));
    let with_returns = TEXT.replace('\n', "\r\n");
    assert!(Exchange::read(&with_returns).unwrap().outcome().is_ok());
}

#[test]
fn what_is_no_recording_is_named() {
    let read = |text: &str| Exchange::read(text).err();
    assert_eq!(read(""), Some(NotARecording::NoAnswer));
    assert_eq!(read("\nHTTP/1.1 200 OK\n"), Some(NotARecording::NoRequest));
    let odd = |head: &str| read(&format!("> GET /\n\nHTTP/1.1 {head}\n"));
    assert_eq!(odd("fine"), Some(NotARecording::Head));
    assert_eq!(odd("200 OK\nbad name: x"), Some(NotARecording::Head));
}

#[test]
fn a_shortened_application_key_is_still_one() {
    let text = TEXT.replace(
        "> Accept: application/json",
        "> Authorization: Bearer ptla_…",
    );
    assert!(Exchange::read(&text).unwrap().reply.asked.application_key);
    let text = TEXT.replace(
        "> Accept: application/json",
        "> Authorization: Bearer <app ptla_…>",
    );
    assert!(Exchange::read(&text).unwrap().reply.asked.application_key);
    assert!(!Exchange::read(TEXT).unwrap().reply.asked.application_key);
}

/// `GET …/resources`, answered with these header lines and this body.
fn resources(headers: &str, body: &str) -> String {
    format!(
        "> GET /api/client/servers/1a2b3c4d/resources\n> Accept: application/json\n\nHTTP/1.1 200 OK\n{headers}\n\n{body}"
    )
}

const JSON: &str = "Content-Type: application/json";
const STATS: &str = r#"{"object":"stats","attributes":{"current_state":"offline"}}"#;

#[test]
fn only_the_request_and_the_answers_first_line_must_be_there() {
    let read = |text: &str| Exchange::read(text).unwrap();
    let good = |text: &str| read(text).outcome().is_ok();
    assert!(good(&resources(JSON, STATS)));
    assert!(good(&format!("\u{feff}{}", resources(JSON, STATS))));
    assert!(good(&resources(&format!("{JSON}\nX-A: 1\nX-A: 2"), STATS)));
    assert!(good(
        &resources(JSON, STATS).replace("json\n\nHTTP", "json\nHTTP")
    ));
    let noted = format!("{}\n\n# total 0.1s\n\n", resources(JSON, STATS));
    assert!(good(&noted.replace('\n', "\r\n")));
    let bare = "> GET /api/client\n\nHTTP/2 502";
    let error = read(bare).outcome().unwrap_err();
    assert!(matches!(error, Error::Broken { status: 502, .. }));
    // A note in the middle of a body is a part of it.
    let text = "> GET /api/client\n\nHTTP/1.1 502 x\n\n<p>\n# total\n<title>A</title>\n# total 1s";
    let detail = "A".into();
    let broken = Error::Broken {
        status: 502,
        detail,
    };
    assert_eq!(read(text).outcome().unwrap_err(), broken);
}

#[test]
fn a_body_may_be_written_in_the_chunks_it_came_in() {
    let (one, two) = STATS.split_at(20);
    let chunked = format!("{JSON}\nTransfer-Encoding: chunked");
    let body = format!("14\r\n{one}\r\n{:x}\r\n{two}\r\n0\r\n\r\n", two.len());
    assert!(
        Exchange::read(&resources(&chunked, &body))
            .unwrap()
            .outcome()
            .is_ok()
    );
    assert!(
        Exchange::read(&resources(&chunked, STATS))
            .unwrap()
            .outcome()
            .is_ok()
    );
    for cut in ["14\r\n{", "ffffffffffffffff\r\nx", "0", "3\nä\n"] {
        drop(Exchange::read(&resources(&chunked, cut)).unwrap().outcome());
    }
}

#[test]
fn what_was_said_on_the_way_is_not_the_answer() {
    let gone = resources("", "HTTP/1.1 404 Not Found\n\n");
    let status = |text: &str| Exchange::read(text).unwrap().reply.status.as_u16();
    assert_eq!(status(&gone), 404);
    let on = "> POST /api/client/servers/a/power\n\nHTTP/1.1 100 Continue\n\nHTTP/1.1 204 No Content\n\n";
    assert_eq!(status(on), 204);
    let moved = "> GET /api/client\n\nHTTP/1.1 301 Moved\nLocation: /x\n\nHTTP/1.1 200 OK\n\n{}";
    assert_eq!(status(moved), 301, "no redirect is followed");
}

#[test]
fn several_exchanges_may_follow_each_other() {
    let text = format!("{}\n# total 1s\n{TEXT}\n> broken\n", resources(JSON, STATS));
    let found = Exchange::read_all(&format!("{text}{text}> GET /api/client\n"));
    let calls: Vec<Option<Call>> = found
        .iter()
        .map(|found| found.as_ref().ok().map(Exchange::call))
        .collect();
    let kill = Some(Call::Power(Some(PowerSignal::Kill)));
    let (one, none) = (Some(Call::Resources), None);
    assert_eq!(calls, [one, kill, one, kill, none]);
    assert_eq!(found[1].as_ref().unwrap().name(), "power-kill");
    assert_eq!(found[4].as_ref().err(), Some(&NotARecording::NoAnswer));
}

#[test]
fn a_request_is_known_however_it_is_written() {
    let call = |line: &str, body: &str| {
        let text = format!("> {line}\n> Host: p.example\n>\n{body}\nHTTP/1.1 204 x\n");
        Exchange::read(&text).unwrap().call()
    };
    for line in [
        "GET /api/client/account HTTP/1.1",
        "GET /api/client/account/?x=1",
        "GET https://p.example/games/api/client/account HTTP/2",
    ] {
        assert_eq!(call(line, ""), Call::Account, "{line}");
    }
    assert_eq!(call("GET /api/client?page=2", ""), Call::Servers);
    assert_eq!(call("GET //api/client", ""), Call::Other);
    assert_eq!(call("GET /api/client/servers", ""), Call::Other);
    let many = "> {\n>   \"signal\": \" stop \"\n> }";
    let stop = Call::Power(Some(PowerSignal::Stop));
    assert_eq!(call("POST /api/client/servers/a/power", many), stop);
    let text =
        "> GET /api/client\n> Host: p.example\n\nHTTP/1.1 302 x\nLocation: http://10.1.0.1/\n";
    let portal = Exchange::read(text).unwrap().outcome().unwrap_err();
    assert_eq!(portal, Error::CaptivePortal);
}
