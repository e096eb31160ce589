//! `pterotray watch`: a line for everything that happens, for people or for programs, until it is stopped.
//!
//! Changes nothing. What is an event is decided in `pterotray_core::report`.

use super::{exit::Exit, print, select, view::View};
use pterotray_core::{
    Part, Problem, Snapshot, Texts, notification,
    report::{Happening, Watcher, Word},
};
use std::time::Duration;

/// Longer than anybody watches.
const FOR_EVER: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

/// Prints events until its reader or the agent goes away.
pub(super) async fn run(
    view: &mut View,
    texts: &Texts,
    json: bool,
    panel: Option<&str>,
) -> anyhow::Result<Exit> {
    let mut watcher = Watcher::default();
    let mut begun = false;
    let mut ended = None;
    view.until(FOR_EVER, |snapshot| {
        let snapshot = match select::panel(snapshot, panel, texts) {
            Ok(snapshot) => snapshot,
            Err(said) if !begun => {
                ended = Some(select::no_such_panel(&said));
                return true;
            }
            // It was removed, and may come back.
            Err(_) => return false,
        };
        if !begun {
            begun = true;
            if snapshot.panels.is_empty() {
                print::error(&texts.say("cli-not-set-up"));
                ended = Some(Exit::Failed);
                return true;
            }
            print::progress(&texts.say("cli-watching"));
        }
        !tell(&mut watcher, &snapshot, texts, json)
    })
    .await?;
    Ok(ended.unwrap_or(Exit::Done))
}

/// Prints what is new; `false` when nobody reads it any more.
fn tell(watcher: &mut Watcher, snapshot: &Snapshot, texts: &Texts, json: bool) -> bool {
    watcher.look(snapshot).iter().all(|happening| {
        let line = if json {
            // Nothing in it that JSON cannot say.
            serde_json::to_string(happening).unwrap_or_default()
        } else {
            sentence(happening, texts)
        };
        print::line(&line)
    })
}

fn sentence(happening: &Happening, texts: &Texts) -> String {
    let time = format!("{}Z", happening.at.get(11..19).unwrap_or_default());
    if let Some(alert) = &happening.alert {
        let mut what = notification::line(&alert.name, &alert.about, &alert.news, texts);
        if let Some(why) = alert.silent {
            what = format!("{what} ({})", texts.silence(why));
        }
        let parts = [("time", Part::Text(&time)), ("what", Part::Text(&what))];
        return texts.say_with("cli-watch-alert", &parts);
    }
    let name = happening.name.as_ref().unwrap_or(&happening.panel);
    let word = |word: Option<Word>| match word {
        Some(Word::Condition(condition)) => texts.condition(condition),
        Some(Word::Problem(kind)) => {
            let detail = happening.detail.clone().unwrap_or_default();
            texts.problem(&Problem { kind, detail })
        }
        None => texts.say("cli-watch-well"),
    };
    let (from, to) = (word(happening.from), word(happening.to));
    let mut parts = vec![
        ("time", Part::Text(&time)),
        ("name", Part::Text(name)),
        ("from", Part::Text(&from)),
        ("to", Part::Text(&to)),
    ];
    let cause = happening.cause.and_then(|cause| texts.cause(cause));
    if let Some(cause) = &cause {
        parts.push(("cause", Part::Text(cause)));
        return texts.say_with("cli-watch-cause", &parts);
    }
    match happening.to {
        Some(Word::Condition(_)) => texts.say_with("cli-watch-condition", &parts),
        Some(Word::Problem(_)) | None => texts.say_with("cli-watch-problem", &parts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples;
    use pterotray_core::{Cause, Condition, KeptAlert, News, ProblemKind, Silence, Subject};

    #[test]
    fn the_first_look_is_no_event_and_a_crash_is_one_with_its_cause() {
        let texts = Texts::new(None);
        let mut watcher = Watcher::default();
        let mut snapshot = samples::snapshot();
        assert_eq!(watcher.look(&snapshot), []);
        let server = &mut snapshot.panels[0].servers[0];
        server.condition = Condition::Crashed;
        server.cause = Some(Cause::Crashed {
            exit_code: Some(137),
            out_of_memory: Some(false),
        });
        let happened = watcher.look(&snapshot);
        assert_eq!(happened.len(), 1);
        let json = serde_json::to_value(&happened[0]).unwrap();
        let expected = serde_json::json!({
            "at": "1970-01-01T00:16:40.000Z", "kind": "condition", "panel": "Home",
            "server": "1a2b3c4d-0000-4000-8000-000000000001", "name": "Survival",
            "from": "running", "to": "crashed",
            "cause": {"kind": "crashed", "exit_code": 137, "out_of_memory": false},
            "source": "poll", "detail": null, "alert": null,
        });
        assert_eq!(json, expected);
        let line = sentence(&happened[0], &texts);
        assert_eq!(
            line,
            "00:16:40Z  Survival: Running → Crashed (exit code 137)"
        );
        assert_eq!(watcher.look(&snapshot), []);
    }

    #[test]
    fn alerts_kept_from_before_come_first_and_each_comes_once() {
        let texts = Texts::new(None);
        let mut watcher = Watcher::default();
        let mut snapshot = samples::snapshot();
        let kept = |number, news| KeptAlert {
            number,
            at_ms: 500_000,
            about: Subject::Server(snapshot.panels[0].servers[0].id.clone()),
            name: "Survival".to_owned(),
            news,
            silent: None,
            unread: true,
        };
        let (stopped, crashed) = (
            kept(1, News::WasStopped { by: None }),
            kept(2, News::WentDown { times: 2 }),
        );
        snapshot.alerts = std::sync::Arc::new(vec![stopped.clone()]);
        let told = watcher.look(&snapshot);
        assert_eq!(
            sentence(&told[0], &texts),
            "00:08:20Z  ! Survival was stopped · Not from here."
        );
        snapshot.alerts = std::sync::Arc::new(vec![crashed, stopped]);
        let told = watcher.look(&snapshot);
        assert_eq!(told.len(), 1);
        let json = serde_json::to_value(&told[0]).unwrap();
        assert_eq!(json["kind"], "alert");
        assert_eq!(
            json["alert"]["news"],
            serde_json::json!({"kind": "went_down", "times": 2})
        );
        assert_eq!(watcher.look(&snapshot), []);
        let held = KeptAlert {
            silent: Some(Silence::Paused),
            ..kept(3, News::WasStopped { by: None })
        };
        snapshot.alerts = std::sync::Arc::new(vec![held]);
        assert_eq!(
            sentence(&watcher.look(&snapshot)[0], &texts),
            "00:08:20Z  ! Survival was stopped · Not from here. (not shown: alerts were paused)"
        );
    }

    #[test]
    fn trouble_of_a_panel_comes_and_goes() {
        let texts = Texts::new(None);
        let mut watcher = Watcher::default();
        let mut snapshot = samples::snapshot();
        watcher.look(&snapshot);
        snapshot.panels[0].problem = Some(Problem::with(ProblemKind::Dns, ""));
        let happened = watcher.look(&snapshot);
        assert_eq!(happened.len(), 1);
        let json = serde_json::to_value(&happened[0]).unwrap();
        assert_eq!(
            (&json["kind"], &json["to"]),
            (&"problem".into(), &"dns".into())
        );
        assert!(json["server"].is_null() && json["from"].is_null(), "{json}");
        snapshot.panels[0].problem = None;
        let happened = watcher.look(&snapshot);
        assert_eq!(
            sentence(&happened[0], &texts),
            "00:16:40Z  Home: all is well again"
        );
    }

    #[test]
    fn a_server_that_is_not_known_yet_or_comes_and_goes_is_no_event() {
        let mut watcher = Watcher::default();
        let known = samples::snapshot();
        let mut unknown = known.clone();
        unknown.panels[0].servers[0].condition = Condition::Unknown;
        assert_eq!(watcher.look(&unknown), []);
        assert_eq!(watcher.look(&known), []);
        let mut fewer = known.clone();
        fewer.panels[0].servers.remove(0);
        assert_eq!(watcher.look(&fewer), []);
        assert_eq!(watcher.look(&known), []);
    }
}
