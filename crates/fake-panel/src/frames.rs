//! Text frames of the node's websocket, in and out. Never knows what an event means.

use serde_json::Value;

use crate::gauges::Gauges;

/// An event as Go writes it: three HTML characters escaped, no `args` when there are none, a newline at the end.
pub(crate) fn event(name: &str, args: &[&str]) -> String {
    let mut frame = plain_event(name, args);
    for (letter, escape) in [('<', "\\u003c"), ('>', "\\u003e"), ('&', "\\u0026")] {
        frame = frame.replace(letter, escape);
    }
    frame.push('\n');
    frame
}

/// An event as other languages write it.
pub(crate) fn plain_event(name: &str, args: &[&str]) -> String {
    let name = Value::from(name);
    if args.is_empty() {
        return format!("{{\"event\":{name}}}");
    }
    let args = Value::from(args.to_vec());
    format!("{{\"event\":{name},\"args\":{args}}}")
}

/// A frame of a client.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Heard {
    pub(crate) event: String,
    /// Put together, as Go does it.
    pub(crate) text: String,
    pub(crate) has_args: bool,
}

/// Reads a frame of a client; an error carries a parser's text about it.
pub(crate) fn read(text: &str) -> Result<Heard, String> {
    let frame: Value = serde_json::from_str(text).map_err(|problem| problem.to_string())?;
    let frame = frame
        .as_object()
        .ok_or("invalid type: expected an object")?;
    let event = match frame.get("event") {
        None | Some(Value::Null) => "",
        Some(event) => event.as_str().ok_or("invalid type: expected a string")?,
    };
    let args = frame.get("args").filter(|args| !args.is_null());
    let all = match args {
        None => &[][..],
        Some(args) => args.as_array().ok_or("invalid type: expected a sequence")?,
    };
    let words = all.iter().map(|arg| {
        if arg.is_null() {
            return Ok("");
        }
        arg.as_str().ok_or("invalid type: expected a string")
    });
    Ok(Heard {
        event: event.to_owned(),
        text: words.collect::<Result<String, _>>()?,
        has_args: args.is_some(),
    })
}

/// What a `stats` frame carries.
pub(crate) struct Stats {
    pub(crate) gauges: Gauges,
    pub(crate) memory_limit_bytes: u64,
    pub(crate) state: &'static str,
    /// Pelican's own daemon adds it.
    pub(crate) disk_io: bool,
}

impl Stats {
    /// The JSON inside the argument. Frames on request are in the order of a struct, pushed ones alphabetical.
    pub(crate) fn text(&self, requested: bool) -> String {
        let gauges = &self.gauges;
        let cpu = gauges.cpu_absolute;
        let (memory, limit) = (gauges.memory_bytes, self.memory_limit_bytes);
        let (disk, state) = (gauges.disk_bytes, self.state);
        let (received, sent) = (gauges.network_rx_bytes, gauges.network_tx_bytes);
        let network = format!("{{\"rx_bytes\":{received},\"tx_bytes\":{sent}}}");
        let uptime = gauges.uptime.as_millis();
        let io = if self.disk_io {
            format!("\"disk_io\":{{\"read_bytes\":{disk},\"write_bytes\":{received}}},")
        } else {
            String::new()
        };
        if requested {
            format!(
                "{{\"memory_bytes\":{memory},\"memory_limit_bytes\":{limit},\"cpu_absolute\":{cpu},\"network\":{network},\
                 \"uptime\":{uptime},{io}\"state\":\"{state}\",\"disk_bytes\":{disk}}}"
            )
        } else {
            format!(
                "{{\"cpu_absolute\":{cpu},\"disk_bytes\":{disk},{io}\"memory_bytes\":{memory},\"memory_limit_bytes\":{limit},\
                 \"network\":{network},\"state\":\"{state}\",\"uptime\":{uptime}}}"
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_written_as_go_does_it() {
        assert_eq!(event("auth success", &[]), "{\"event\":\"auth success\"}\n");
        assert_eq!(
            event("console output", &["<b>&\"\\ é🐎"]),
            "{\"event\":\"console output\",\"args\":[\"\\u003cb\\u003e\\u0026\\\"\\\\ é🐎\"]}\n"
        );
    }

    #[test]
    fn frames_may_leave_out_or_split_their_arguments() {
        let text = |frame: &str| read(frame).map(|heard| heard.text);
        assert_eq!(text(r#"{"event":"x"}"#), Ok(String::new()));
        assert_eq!(text(r#"{"event":"x","args":[null]}"#), Ok(String::new()));
        assert_eq!(text(r#"{"event":"x","args":["a","b"]}"#).unwrap(), "ab");
        assert!(!read(r#"{"event":"x","args":null}"#).unwrap().has_args);
        for broken in [
            "nope",
            "[1]",
            "{\"event\":1}",
            r#"{"event":"x","args":[1]}"#,
        ] {
            assert!(read(broken).is_err(), "{broken}");
        }
    }
}
