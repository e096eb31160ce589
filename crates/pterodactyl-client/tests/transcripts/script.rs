//! Reads a transcript of a websocket (`*.ws.txt`): what was sent, what arrived and what was noted, line by line. It must
//! never interpret a frame; that is what the transcripts test.

/// One line, or one answer to a handshake.
#[derive(Debug)]
pub(crate) struct Line {
    /// Seconds since the transcript's start.
    pub at: f64,
    /// Which of several sockets it is about; blank when there is only one.
    pub socket: String,
    pub kind: Kind,
}

#[derive(Debug)]
pub(crate) enum Kind {
    /// A websocket was opened.
    Opened,
    /// A websocket was opened and authenticated, which the transcript does not show frame by frame.
    OpenedAndAuthenticated,
    /// A text frame sent by the recording client; tokens are replaced by a word about them.
    Sent(String),
    /// A text frame of the node.
    Heard(String),
    /// The recording client closed the connection.
    Left,
    /// The node closed it.
    Closed { code: u16, reason: String },
    /// It broke off.
    Dropped,
    /// An answer to a request for a websocket.
    Answered {
        what: String,
        status: u16,
        content_type: Option<String>,
        body: String,
    },
    /// A new experiment begins; what is open and has no label is over.
    Heading,
}

/// No transcript is longer: ten days in seconds.
const LONGEST: f64 = 864_000.0;

/// The lines of `text` that mean something. Time never goes backwards.
pub(crate) fn read(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut now = 0.0_f64;
    let text = text.trim_start_matches('\u{feff}');
    let mut rest = text.lines().peekable();
    while let Some(line) = rest.next() {
        let Some((at, told)) = timed(line) else {
            continue;
        };
        now = now.max(at);
        let at = now;
        let (socket, kind) = if let Some(what) = told.strip_prefix("## ") {
            let mut answer = Vec::new();
            while let Some(more) = rest.next_if(|line| timed(line).is_none()) {
                answer.push(more);
            }
            (String::new(), answered(what, &answer))
        } else if let Some(note) = told.strip_prefix("== ") {
            noted(note)
        } else if told.starts_with("-- ") {
            (String::new(), Some(Kind::Heading))
        } else {
            frame(told)
        };
        lines.extend(kind.map(|kind| Line { at, socket, kind }));
    }
    lines
}

/// `   0.316 rest` with its time.
fn timed(line: &str) -> Option<(f64, &str)> {
    let (time, rest) = line.trim_start().split_once(' ')?;
    let (whole, parts) = time.split_once('.')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let at: f64 = time.parse().ok()?;
    (digits(whole) && digits(parts) && at <= LONGEST).then_some((at, rest))
}

/// `label> text`, `label< text`, `label > text`.
fn frame(told: &str) -> (String, Option<Kind>) {
    let Some(at) = told.find(['<', '>']) else {
        return (String::new(), None);
    };
    let label = told[..at].trim().to_owned();
    let text = told[at + 1..].trim_start().to_owned();
    let kind = if told[at..].starts_with('>') {
        Kind::Sent(text)
    } else if text.starts_with("ConnectionClosedError") {
        Kind::Dropped
    } else {
        Kind::Heard(text)
    };
    (label, Some(kind))
}

fn noted(note: &str) -> (String, Option<Kind>) {
    if note.starts_with("101 ") {
        return (String::new(), Some(Kind::Opened));
    }
    if note.starts_with("authenticated;") {
        return (String::new(), Some(Kind::OpenedAndAuthenticated));
    }
    if note.contains(" refused: (") || note.starts_with("connecting again: InvalidStatus") {
        return (String::new(), refused(note));
    }
    let ends = ["closed code=", "closed ConnectionClosed", "closed 1000"];
    let end = ends.iter().find_map(|end| note.find(end));
    if let Some(at) = end {
        return (note[..at].to_owned(), Some(closed(&note[at..])));
    }
    if note.starts_with("ConnectionClosedError(Close(") {
        return (String::new(), Some(closed(note)));
    }
    (String::new(), None)
}

/// `closed code=1001 reason='…'` or `closed ConnectionClosedError(Close(code=4409, reason='…'), …)`.
fn closed(note: &str) -> Kind {
    let Some((_, code)) = note.split_once("code=") else {
        return if note.contains("1000") {
            Kind::Left
        } else {
            Kind::Dropped
        };
    };
    let digits = code
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(code.len());
    let code = code[..digits].parse().unwrap_or_default();
    let reason = note.split('\'').nth(1).unwrap_or_default().to_owned();
    if code == 1000 {
        Kind::Left
    } else {
        Kind::Closed { code, reason }
    }
}

/// The recording client's own words for a handshake that failed.
fn refused(note: &str) -> Option<Kind> {
    let (what, rest) = note.split_once(": ")?;
    let digits: String = rest
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    let (_, body) = note.split_once("bytearray(b'")?;
    Some(Kind::Answered {
        what: what.to_owned(),
        status: digits.parse().ok()?,
        content_type: Some("application/json".into()),
        body: body.split('\'').next()?.to_owned(),
    })
}

/// A raw HTTP answer.
fn answered(what: &str, answer: &[&str]) -> Option<Kind> {
    let status = answer.first()?.split(' ').nth(1)?.parse().ok()?;
    let header = |line: &&str| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-type")
            .then(|| value.to_owned())
    };
    let body = answer.iter().skip_while(|line| {
        // Some transcripts leave the blank line before the body out.
        line.starts_with("HTTP/")
            || line
                .split_once(": ")
                .is_some_and(|(name, _)| !name.contains(['{', ' ']))
    });
    let body: Vec<&str> = body
        .copied()
        .filter(|line| !line.starts_with("curl:"))
        .collect();
    Some(Kind::Answered {
        what: what.split(" (").next().unwrap_or(what).to_owned(),
        status,
        content_type: answer.iter().find_map(header),
        body: body.join("\n").trim().to_owned(),
    })
}
