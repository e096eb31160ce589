//! An alert's title and text, by the sentences of `locales/`.
//!
//! Knows no buttons and no urgency.

use crate::{
    alert::{Actor, CrashReport, Fall, News, Silence, Subject, Usage},
    format,
    problem::Problem,
    text::{Part, Texts},
};
use pterodactyl_client::PowerSignal;
use std::time::Duration;

/// Names in one notification.
const MOST_NAMES: usize = 5;

/// Title and text.
pub(super) fn say(name: &str, about: &Subject, news: &News, texts: &Texts) -> (String, String) {
    let teller = Teller { name, texts };
    match news {
        News::Crashed { report, times } => {
            let body = teller.reported(*report, "alert-crashed.body");
            teller.titled("alert-crashed", counted(body, *times, texts))
        }
        News::WentDown { times } => {
            let body = texts.say("alert-went-down.body");
            teller.titled("alert-went-down", counted(body, *times, texts))
        }
        News::CrashedRestarting { report, times } => {
            let body = teller.reported(*report, "alert-crashed-restarting.body");
            teller.titled("alert-crashed-restarting", counted(body, *times, texts))
        }
        News::WasStopped { by } => teller.titled("alert-was-stopped", stopped(by.as_ref(), texts)),
        News::Unstable { times, up } => teller.unstable(*times, *up),
        News::StopHangs { seconds } => teller.hangs(*seconds),
        News::CameBack { down_seconds } => {
            teller.titled("alert-came-back", down_for(*down_seconds, texts))
        }
        News::Together { fall, names } => together(*fall, names, texts),
        News::TogetherBack {
            servers,
            down_seconds,
        } => together_back(*servers, *down_seconds, texts),
        News::PanelAway { problem, servers } => {
            let unknown = unknown(*servers, texts);
            let body = format!("{unknown} {}", texts.problem(problem));
            teller.titled("alert-panel-away", body)
        }
        News::NodeAway { servers } => teller.titled("alert-node-away", unknown(*servers, texts)),
        News::AnswersAgain { away_seconds } => teller.answers_again(about, *away_seconds),
        News::Above { uses, minutes } => teller.above(uses, *minutes),
        News::Meanwhile { down, up } => teller.meanwhile(down, up),
        News::HeldBack {
            why,
            down,
            back,
            away,
            others,
        } => {
            let body = [
                listed("alert-meanwhile-down", down, texts),
                listed("alert-held-back", back, texts),
                listed("alert-held-away", away, texts),
                counted_key("alert-held-others", *others, texts),
            ];
            teller.held_back(*why, lines(body))
        }
        News::ActionFailed { signal, problem } => {
            teller.not_done(*signal, explained(problem, texts))
        }
        News::ActionUnseen { signal } => {
            teller.not_done(*signal, texts.say("alert-action-unseen-body"))
        }
        News::KeyRefused { problem } => {
            teller.titled("alert-key-refused", explained(problem, texts))
        }
        News::AlreadyUp => teller.plain("alert-already-up"),
        News::TooOld => teller.titled("alert-not-done", texts.say("alert-too-old")),
        News::MovedOn => teller.titled("alert-not-done", texts.say("alert-moved-on")),
        News::Gone => teller.titled("alert-not-done", texts.say("alert-gone")),
        News::Notice { problem } => teller.titled("alert-notice", explained(problem, texts)),
    }
}

struct Teller<'a> {
    name: &'a str,
    texts: &'a Texts,
}

impl Teller<'_> {
    fn titled(&self, key: &str, body: String) -> (String, String) {
        let title = self.texts.say_with(key, &[("name", Part::Text(self.name))]);
        (title, body)
    }

    fn plain(&self, key: &str) -> (String, String) {
        self.titled(key, self.texts.say(&format!("{key}.body")))
    }

    /// What the node reported, else a sentence without it.
    fn reported(&self, report: Option<CrashReport>, otherwise: &str) -> String {
        let code = report.and_then(|report| report.exit_code);
        let memory = report.and_then(|report| report.out_of_memory) == Some(true);
        let key = match (code, memory) {
            (Some(_), false) => "alert-exit-code",
            (Some(_), true) => "alert-exit-code-out-of-memory",
            (None, true) => "alert-out-of-memory",
            (None, false) => otherwise,
        };
        let code = code.unwrap_or_default().to_string();
        self.texts.say_with(key, &[("code", Part::Text(&code))])
    }

    fn unstable(&self, times: u32, up: bool) -> (String, String) {
        let went = counted_key("alert-unstable-times", times, self.texts);
        let stands = self.texts.say(if up {
            "alert-unstable-up"
        } else {
            "alert-unstable-down"
        });
        let body = went.into_iter().chain([stands]).collect::<Vec<_>>();
        self.titled("alert-unstable", body.join(" "))
    }

    fn hangs(&self, seconds: u64) -> (String, String) {
        let seconds = seconds.to_string();
        let parts = [
            ("name", Part::Text(self.name)),
            ("seconds", Part::Text(&seconds)),
        ];
        let title = self.texts.say_with("alert-stop-hangs", &parts);
        (title, self.texts.say("alert-stop-hangs.body"))
    }

    fn answers_again(&self, about: &Subject, seconds: u64) -> (String, String) {
        let away = Duration::from_secs(seconds);
        let body = lasted("alert-answers-again.body", away, self.texts);
        let key = if matches!(about, Subject::Node { .. }) {
            "alert-node-answers-again"
        } else {
            "alert-answers-again"
        };
        self.titled(key, body)
    }

    fn meanwhile(&self, down: &[String], up: &[String]) -> (String, String) {
        let key = if self.name.is_empty() {
            "alert-meanwhile-everywhere"
        } else {
            "alert-meanwhile"
        };
        let body = [
            listed("alert-meanwhile-down", down, self.texts),
            listed("alert-meanwhile-up", up, self.texts),
        ];
        self.titled(key, lines(body))
    }

    fn held_back(&self, why: Silence, body: String) -> (String, String) {
        let key = if why == Silence::QuietHours {
            "alert-held-quiet-hours"
        } else {
            "alert-held-paused"
        };
        self.titled(key, body)
    }

    fn not_done(&self, signal: PowerSignal, body: String) -> (String, String) {
        let key = format!("alert-action-failed-{}", signal.as_str());
        self.titled(&key, body)
    }

    fn above(&self, uses: &[Usage], minutes: u32) -> (String, String) {
        let minutes = minutes.to_string();
        let much = |usage: &Usage| {
            let key = if usage.limited {
                "alert-above-limit"
            } else {
                "alert-above-core"
            };
            let percent = usage.percent.to_string();
            let parts = [
                ("percent", Part::Text(&percent)),
                ("minutes", Part::Text(&minutes)),
            ];
            self.texts.say_with(key, &parts)
        };
        if let [one] = uses {
            return self.titled(&format!("alert-above-{}", one.of.name()), much(one));
        }
        let line = |usage: &Usage| {
            let measure = self
                .texts
                .say(&format!("alert-measure-{}", usage.of.name()));
            format!("{measure}: {}", much(usage))
        };
        let lines: Vec<String> = uses.iter().map(line).collect();
        self.titled("alert-above-several", lines.join("\n"))
    }
}

/// The text, and that it was not the first time.
fn counted(body: String, times: u32, texts: &Texts) -> String {
    if times < 2 {
        return body;
    }
    let again = counted_key("alert-times", times, texts).unwrap_or_default();
    format!("{body} {again}")
}

fn counted_key(key: &str, count: u32, texts: &Texts) -> Option<String> {
    let count = usize::try_from(count).ok().filter(|count| *count > 0)?;
    Some(texts.say_with(key, &[("count", Part::Count(count))]))
}

fn stopped(by: Option<&Actor>, texts: &Texts) -> String {
    let Some(by) = by else {
        return texts.say("alert-was-stopped.body");
    };
    let key = if by.by_api {
        "alert-stopped-by-api"
    } else {
        "alert-stopped-by"
    };
    texts.say_with(key, &[("actor", Part::Text(&by.name))])
}

fn down_for(seconds: Option<u64>, texts: &Texts) -> String {
    let down = seconds.map(Duration::from_secs);
    down.map_or_else(String::new, |down| {
        lasted("alert-came-back.body", down, texts)
    })
}

fn lasted(key: &str, time: Duration, texts: &Texts) -> String {
    let duration = format::duration(time);
    texts.say_with(key, &[("duration", Part::Text(&duration))])
}

fn together(fall: Fall, names: &[String], texts: &Texts) -> (String, String) {
    let key = match fall {
        Fall::Crashed => "alert-together-crashed",
        Fall::CrashedRestarting => "alert-together-crashed-restarting",
        Fall::Stopped => "alert-together-stopped",
        Fall::WentDown => "alert-together-went-down",
    };
    let title = texts.say_with(key, &[("count", Part::Count(names.len()))]);
    (title, named(names, texts))
}

fn together_back(servers: u32, down_seconds: u64, texts: &Texts) -> (String, String) {
    let count = usize::try_from(servers).unwrap_or(usize::MAX);
    let title = texts.say_with("alert-together-back", &[("count", Part::Count(count))]);
    let down = Duration::from_secs(down_seconds);
    (title, lasted("alert-together-back.body", down, texts))
}

fn unknown(servers: u32, texts: &Texts) -> String {
    let servers = usize::try_from(servers).unwrap_or(usize::MAX);
    texts.say_with("alert-servers-unknown", &[("count", Part::Count(servers))])
}

fn listed(key: &str, names: &[String], texts: &Texts) -> Option<String> {
    let listed = named(names, texts);
    let parts = [
        ("names", Part::Text(&listed)),
        ("count", Part::Count(names.len())),
    ];
    (!names.is_empty()).then(|| texts.say_with(key, &parts))
}

fn lines<const N: usize>(lines: [Option<String>; N]) -> String {
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// The first few names, and how many more there are.
fn named(names: &[String], texts: &Texts) -> String {
    let first = &names[..names.len().min(MOST_NAMES)];
    let first = first.join(", ");
    let more = names.len().saturating_sub(MOST_NAMES);
    if more == 0 {
        return first;
    }
    let parts = [("names", Part::Text(&first)), ("count", Part::Count(more))];
    texts.say_with("alert-names-more", &parts)
}

/// The cause, and the next step.
fn explained(problem: &Problem, texts: &Texts) -> String {
    format!("{} {}", texts.problem(problem), texts.next_step(problem))
}
