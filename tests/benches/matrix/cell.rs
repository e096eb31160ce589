//! One panel with one fault: three servers of which one is faulty, one steady and one falls. Says what is true of them and
//! what the program may say of them; waits for nothing.

use super::{
    phase::{Part, Phase},
    seen::Seen,
};
use acceptance::Panel;
use fake_panel::PowerState;
use serde_json::Value;

/// A panel and what belongs to it.
pub(crate) struct Cell {
    pub(crate) panel: Panel,
    pub(crate) word: &'static str,
    pub(crate) faulty: String,
    pub(crate) steady: String,
    pub(crate) falling: String,
}

impl Cell {
    pub(crate) async fn new(number: usize, word: &'static str) -> Cell {
        let name = |kind: &str| format!("{kind} {number:02}");
        let [faulty, steady, falling] = ["Faulty", "Steady", "Falling"].map(name);
        let panel = Panel::with(&[faulty.as_str(), &steady, &falling]).await;
        // Not twenty statistics a second, as quick tests have it.
        panel.order("panel=stats:1000");
        Cell {
            panel,
            word,
            faulty,
            steady,
            falling,
        }
    }

    /// Where the fault of a phase goes.
    fn place(&self, part: Part) -> String {
        match part {
            Part::List => "panel/list".to_owned(),
            Part::Resources => format!("{}/resources", self.faulty),
            Part::Power => format!("{}/power", self.faulty),
            Part::Socket => format!("{}/socket", self.faulty),
        }
    }

    pub(crate) fn fault(&self, part: Part, on: bool) {
        let word = if on { self.word } else { "none" };
        self.panel.order(&format!("{}={word}", self.place(part)));
    }

    /// Open sockets of the faulty server end, so that the next one meets the fault.
    pub(crate) fn drop_socket(&self) {
        self.panel.order(&format!("{}=drop-sockets", self.faulty));
    }

    /// How often the panel was asked for a signal to any of its servers.
    pub(crate) fn power_requests(&self) -> u64 {
        let names = [&self.faulty, &self.steady, &self.falling];
        names
            .into_iter()
            .map(|name| self.panel.power_requests_for(name))
            .sum()
    }

    /// Its part of a snapshot.
    pub(crate) fn view<'a>(&self, snapshot: &'a Value) -> Option<&'a Value> {
        let url = self.panel.url();
        let panels = snapshot["panels"].as_array()?;
        panels.iter().find(|panel| {
            let shown = panel["url"].as_str().unwrap_or_default();
            shown.trim_end_matches('/') == url
        })
    }

    pub(crate) fn server<'a>(&self, snapshot: &'a Value, name: &str) -> Option<&'a Value> {
        let servers = self.view(snapshot)?["servers"].as_array()?;
        servers.iter().find(|server| server["name"] == name)
    }

    /// Whether everything is shown as it is, by the source it is to have, and nothing is wrong.
    pub(crate) fn is_well(&self, snapshot: &Value, live: bool) -> bool {
        let names = [&self.faulty, &self.steady, &self.falling];
        let panel_is = self
            .view(snapshot)
            .is_some_and(|panel| panel["problem"].is_null());
        panel_is
            && names
                .into_iter()
                .all(|name| self.shown_right(snapshot, name, live))
    }

    /// Whether what it was refused is asked for again only seldom, or when a person says so: with this key, or for a socket at
    /// a node that is full or wants another address. Without a socket the server is polled.
    pub(crate) fn waits_for_a_person(&self, snapshot: &Value) -> bool {
        let key_is_refused = self
            .view(snapshot)
            .is_some_and(|panel| panel["problem"]["kind"] == "key_rejected");
        let no_socket = ["handshake:400", "handshake:403"].contains(&self.word);
        key_is_refused || (no_socket && self.is_well(snapshot, false))
    }

    fn shown_right(&self, snapshot: &Value, name: &str, live: bool) -> bool {
        let Some(server) = self.server(snapshot, name) else {
            return false;
        };
        let condition = server["condition"].as_str().unwrap_or_default();
        let right = match self.panel.state(name) {
            PowerState::Running => condition == "running",
            PowerState::Offline => matches!(condition, "crashed" | "offline"),
            PowerState::Starting | PowerState::Stopping => false,
        };
        // One that is down is asked for now and then, by socket or by poll.
        let source = !live || condition != "running" || server["live"]["state"] == "live";
        // That nobody knows what came of a press stays said.
        let problem = &server["problem"];
        right && source && (problem.is_null() || problem["kind"] == "not_observed")
    }

    /// What the program should not have shown of its servers.
    pub(crate) fn false_falls(&self, phase: Phase, seen: &Seen) -> Vec<String> {
        let mut wrong = Vec::new();
        for name in [&self.steady, &self.faulty] {
            // A restart that was asked for may be carried out.
            if phase.part == Part::Power && name == &self.faulty {
                continue;
            }
            let down = [
                "crashed",
                "offline",
                "stopping",
                "still_stopping",
                "starting",
            ];
            for condition in seen.conditions.get(name).into_iter().flatten() {
                if down.contains(&condition.as_str()) {
                    wrong.push(format!("{name} ({}) was shown {condition}", self.word));
                }
            }
        }
        wrong
    }

    /// Alerts about it though nothing happened that they tell, and a fall that is told again. What one alert for several took the
    /// place of is taken back.
    pub(crate) fn false_alerts(&self, phase: Phase, seen: &Seen) -> Vec<String> {
        let alerts = || seen.alerts.values();
        let wrong = alerts().filter(|alert| self.is_false(phase, &seen.now, alert));
        let mut wrong: Vec<String> = wrong.map(Value::to_string).collect();
        let told = alerts().filter(|alert| {
            is_fall(alert) && mentions(alert, &self.falling) && seen.still_tells(alert)
        });
        let told: Vec<String> = told.map(Value::to_string).collect();
        if told.len() > 1 {
            wrong.push(format!("told more than once: {}", told.join(" and ")));
        }
        wrong
    }

    /// Whether an alert is about it though nothing happened that it tells.
    fn is_false(&self, phase: Phase, snapshot: &Value, alert: &Value) -> bool {
        let kind = alert["news"]["kind"].as_str().unwrap_or_default();
        if mentions(alert, &self.steady) {
            return true;
        }
        if mentions(alert, &self.faulty) {
            let failed = matches!(kind, "action_failed" | "action_unseen");
            let own = phase.part == Part::Power && (failed || !alert["silent"].is_null());
            return !own;
        }
        let Some(panel) = self.view(snapshot) else {
            return false;
        };
        let about = &alert["about"];
        if about["kind"] == "panel" && about["of"] == panel["id"] {
            return !phase.may_tell_of_the_panel(kind);
        }
        about["kind"] == "node" && about["of"]["panel"] == panel["id"]
    }
}

/// Whether an alert says of servers that they are down.
fn is_fall(alert: &Value) -> bool {
    let kind = alert["news"]["kind"].as_str().unwrap_or_default();
    let falls = [
        "crashed",
        "went_down",
        "crashed_restarting",
        "was_stopped",
        "together",
    ];
    falls.contains(&kind)
}

/// Whether an alert names this, as its subject or as one of several.
pub(crate) fn mentions(alert: &Value, name: &str) -> bool {
    let among = |list: &Value| {
        let all = list.as_array().into_iter().flatten();
        all.into_iter().any(|one| one == name)
    };
    let news = &alert["news"];
    alert["name"] == name || ["names", "down", "up"].iter().any(|key| among(&news[*key]))
}
