//! Panels and settings: added, tried, kept, changed and removed.
//!
//! Never sees a stored key: keys are fetched, kept and forgotten by the driver.

use super::{State, drive, fail, panel::Panel, reply};
use crate::{
    action::Outcome,
    alert::Subject,
    effect::{Desktop, Drive, Effect},
    event::AskId,
    id::PanelId,
    plain,
    problem::{Problem, ProblemKind},
    settings::{KeyPlace, PanelSettings, Settings, SettingsChange},
    time::Now,
};

impl State {
    pub(super) fn start(
        &mut self,
        now: Now,
        settings: Settings,
        environment: Option<PanelSettings>,
        problems: Vec<Problem>,
        out: &mut Vec<Effect>,
    ) {
        self.settings = settings;
        self.environment = environment;
        for problem in problems {
            self.notice(now, problem, out);
        }
        let panels: Vec<PanelSettings> = self
            .environment
            .iter()
            .chain(&self.settings.panels)
            .cloned()
            .collect();
        for panel in panels {
            self.load(panel, out);
        }
    }

    /// Watches a panel as soon as its key is at hand. What was known of it stays where it is only another key.
    fn load(&mut self, settings: PanelSettings, out: &mut Vec<Effect>) {
        let known = self.panels.remove(&settings.id);
        let mut panel = Panel::new(settings.clone());
        if let Some(known) = known.filter(|known| known.settings.url == settings.url) {
            panel.inherit(known);
        }
        let id = settings.id.clone();
        self.panels.insert(id.clone(), panel);
        self.load_key(&id, false, out);
    }

    pub(super) fn change_settings(
        &mut self,
        ask: Option<AskId>,
        change: SettingsChange,
        out: &mut Vec<Effect>,
    ) {
        self.settings.change(change);
        self.take_back_unwanted(out);
        self.save(out);
        reply(out, ask, Outcome::Done);
    }

    /// What will stand in the settings once its key is kept.
    pub(super) fn panel_to_keep(
        &self,
        now: Now,
        name: &str,
        place: KeyPlace,
        replaces: Option<PanelId>,
        show_others: Option<bool>,
    ) -> PanelSettings {
        // A panel of the environment is not ours to change: what is kept then is a new one.
        let own = |panel: &&PanelSettings| panel.key_place != KeyPlace::Environment;
        let old = replaces
            .and_then(|id| self.panels.get(&id))
            .map(|panel| &panel.settings);
        let old = old.filter(own);
        let name = plain::line(name, 60);
        PanelSettings {
            id: old.map_or_else(|| self.new_id(now), |old| old.id.clone()),
            name: if name.is_empty() {
                old.map_or(name, |old| old.name.clone())
            } else {
                name
            },
            // The driver knows the trial's address.
            url: String::new(),
            key_place: place,
            show_others: show_others.unwrap_or_else(|| old.is_some_and(|old| old.show_others)),
            // And what was trusted when it was tried, and whose key it was.
            trust: None,
            admin: false,
        }
    }

    /// An id no panel has had: keyring entries of panels long gone must not meet new ones.
    fn new_id(&self, now: Now) -> PanelId {
        let mut stamp = now.wall_ms;
        while self.panels.contains_key(&PanelId(format!("p{stamp:x}"))) {
            stamp += 1;
        }
        PanelId(format!("p{stamp:x}"))
    }

    /// The name, or with a number when another panel has it: names tell panels apart.
    fn unlike_others(&self, id: &PanelId, name: String) -> String {
        let others = self.panels.values().map(|panel| &panel.settings);
        let others = others.filter(|other| other.id != *id);
        let taken: Vec<String> = others.map(|other| other.name.to_lowercase()).collect();
        let is_free = |name: &String| !taken.contains(&name.to_lowercase());
        let numbered = (2..).map(|number| format!("{name} {number}"));
        let found = std::iter::once(name.clone()).chain(numbered).find(is_free);
        found.unwrap_or(name)
    }

    /// A tried key is kept: the panel stands in the settings and is watched.
    pub(super) fn keep_panel(
        &mut self,
        ask: Option<AskId>,
        mut panel: PanelSettings,
        out: &mut Vec<Effect>,
    ) {
        let id = panel.id.clone();
        panel.name = self.unlike_others(&id, panel.name);
        match self.settings.panels.iter_mut().find(|known| known.id == id) {
            Some(known) => {
                let old = std::mem::replace(known, panel.clone()).key_place;
                if old != panel.key_place {
                    let (ask, panel) = (None, id.clone());
                    out.push(drive(Drive::ForgetKey {
                        ask,
                        panel,
                        place: old,
                    }));
                }
            }
            None => self.settings.panels.push(panel.clone()),
        }
        self.save(out);
        self.load(panel, out);
        out.push(Effect::Desktop(Desktop::Withdraw(Subject::Panel(id))));
        reply(out, ask, Outcome::Done);
    }

    /// Whoever asked is answered when the key is gone, or told that it is not.
    pub(super) fn remove_panel(&mut self, ask: Option<AskId>, id: &PanelId, out: &mut Vec<Effect>) {
        let Some(panel) = self.panels.remove(id) else {
            return fail(out, ask, Problem::of(ProblemKind::NotSetUp));
        };
        out.push(drive(Drive::Unwatch(id.clone())));
        let place = panel.settings.key_place;
        out.push(drive(Drive::ForgetKey {
            ask,
            panel: id.clone(),
            place,
        }));
        self.forget_alerts_of(id, panel, out);
        self.settings.panels.retain(|known| known.id != *id);
        self.settings.pinned.retain(|pin| pin.panel != *id);
        let rules = &mut self.settings.alerts.servers;
        rules.retain(|own| own.server.panel != *id);
        self.settings.hidden.retain(|known| known.panel != *id);
        self.save(out);
    }

    pub(super) fn change_panel(
        &mut self,
        ask: Option<AskId>,
        id: &PanelId,
        name: Option<String>,
        show_others: Option<bool>,
        distrust: bool,
        out: &mut Vec<Effect>,
    ) {
        let name = name
            .map(|name| plain::line(&name, 60))
            .filter(|name| !name.is_empty())
            .map(|name| self.unlike_others(id, name));
        let Some(panel) = self.panels.get_mut(id) else {
            return fail(out, ask, Problem::of(ProblemKind::NotSetUp));
        };
        panel.settings.name = name.unwrap_or(std::mem::take(&mut panel.settings.name));
        panel.settings.show_others = show_others.unwrap_or(panel.settings.show_others);
        let distrusted = distrust && panel.settings.trust.take().is_some();
        let changed = panel.settings.clone();
        if let Some(known) = self
            .settings
            .panels
            .iter_mut()
            .find(|known| known.id == *id)
        {
            *known = changed.clone();
            self.save(out);
        }
        if distrusted {
            self.load(changed, out);
        }
        reply(out, ask, Outcome::Done);
    }

    pub(super) fn save(&self, out: &mut Vec<Effect>) {
        out.push(drive(Drive::Save(Box::new(self.settings.clone()))));
    }
}
