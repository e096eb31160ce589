//! What a person wishes: every [`Action`] once, and who sees to it.
//!
//! Judges no wish: whoever sees to it does, and answers.

use super::{State, drive, fail, keys::Retry, reply};
use crate::{
    action::{Action, Outcome, Page},
    diagnosis::Diagnosis,
    effect::{Desktop, Drive, Effect},
    event::AskId,
    id::ServerId,
    problem::{Problem, ProblemKind},
    time::Now,
};

impl State {
    pub(super) fn obey(
        &mut self,
        now: Now,
        ask: Option<AskId>,
        action: Action,
        out: &mut Vec<Effect>,
    ) {
        match action {
            Action::Power { server, signal } => self.power(now, ask, server, signal, out),
            Action::BringBack { server } => self.bring_back(now, ask, server, out),
            Action::Answer {
                alert,
                server,
                name,
            } => self.answer(now, ask, alert, server, &name, out),
            Action::AlertRead { alert } => {
                self.alerts.kept.read(alert);
                reply(out, ask, Outcome::Done);
            }
            Action::AlertsSeen { newest } => {
                self.alerts.kept.see(newest);
                reply(out, ask, Outcome::Done);
            }
            Action::SetAlertRule { server, rule } => self.set_alert_rule(ask, server, rule, out),
            Action::PauseAlerts { length } => self.pause_alerts(now, ask, length, out),
            Action::ResumeAlerts => self.resume_alerts(ask, out),
            Action::Refresh => self.refresh(now, ask, out),
            Action::CopyAddress { server } => self.copy_address(ask, &server, out),
            Action::OpenInPanel { server } => self.open_in_panel(ask, &server, out),
            Action::OpenProject { page } => {
                let url = page.url().to_owned();
                out.push(Effect::Desktop(Desktop::OpenUrl { ask, url }));
            }
            Action::Pin { server, pinned } => self.pin(ask, server, pinned, out),
            Action::Hide { server, hidden } => self.hide(ask, server, hidden, out),
            Action::MovePin { server, up } => self.move_pin(ask, &server, up, out),
            Action::Sparklines => {
                let sparklines = self.sparklines(now);
                reply(out, ask, Outcome::Sparklines { sparklines });
            }
            Action::Errand { server, errand } => self.run_errand(now, ask, server, errand, out),
            Action::TryPanel {
                url,
                key,
                trust,
                unencrypted,
            } => out.push(drive(Drive::Try {
                ask,
                url,
                key,
                trust,
                unencrypted,
            })),
            Action::KeepPanel {
                trial,
                name,
                place,
                replaces,
                show_others,
            } => {
                let panel = self.panel_to_keep(now, &name, place, replaces, show_others);
                out.push(drive(Drive::KeepKey { ask, trial, panel }));
            }
            Action::RemovePanel { panel } => self.remove_panel(ask, &panel, out),
            Action::PartWithPanel { panel } => self.part_with(now, ask, &panel, out),
            Action::TakeBackPanel { panel } => self.take_back(ask, &panel, out),
            Action::ForgetKey { panel } => self.forget_key(now, ask, &panel, out),
            Action::ChangePanel {
                panel,
                name,
                show_others,
                distrust,
            } => self.change_panel(ask, &panel, name, show_others, distrust, out),
            Action::ChangeSettings { change } => self.change_settings(ask, change, out),
            Action::Diagnose => self.diagnose(now, ask, out),
            Action::DismissNotice { notice } => {
                self.notices.retain(|known| known.kind != notice);
                reply(out, ask, Outcome::Done);
            }
            Action::Show { page } => self.show(now, ask, page, out),
            Action::Quit => self.quit(ask, out),
        }
    }

    fn refresh(&mut self, now: Now, ask: Option<AskId>, out: &mut Vec<Effect>) {
        let panels = self.panels.keys().cloned();
        out.extend(panels.map(|id| drive(Drive::Refresh(id))));
        self.reread_permissions(now.mono, out);
        self.retry_keys(Retry::Asked, out);
        reply(out, ask, Outcome::Done);
    }

    fn copy_address(&self, ask: Option<AskId>, id: &ServerId, out: &mut Vec<Effect>) {
        let panel = self.panels.get(&id.panel);
        let server = panel.and_then(|panel| panel.servers.get(&id.uuid));
        let allocation = server.and_then(|server| server.listed.allocation.as_ref());
        match allocation {
            Some(allocation) => {
                let text = allocation.address();
                out.push(Effect::Desktop(Desktop::Copy { ask, text }));
            }
            None => fail(out, ask, Problem::of(ProblemKind::NoSuchServer)),
        }
    }

    fn open_in_panel(&self, ask: Option<AskId>, id: &ServerId, out: &mut Vec<Effect>) {
        match self
            .panels
            .get(&id.panel)
            .and_then(|panel| panel.page_of(&id.uuid))
        {
            Some(url) => out.push(Effect::Desktop(Desktop::OpenUrl { ask, url })),
            None => fail(out, ask, Problem::of(ProblemKind::NoSuchServer)),
        }
    }

    /// Clipboard or browser answered. Whoever waits is told; when nobody waits, that it failed is
    /// said to everybody.
    pub(super) fn desktop_did(
        &mut self,
        now: Now,
        ask: Option<AskId>,
        kind: ProblemKind,
        done: bool,
        out: &mut Vec<Effect>,
    ) {
        if done {
            self.notices.retain(|notice| notice.kind != kind);
            reply(out, ask, Outcome::Done);
        } else if ask.is_some() {
            fail(out, ask, Problem::of(kind));
        } else {
            self.notice(now, Problem::of(kind), out);
        }
    }

    fn diagnose(&self, now: Now, ask: Option<AskId>, out: &mut Vec<Effect>) {
        let snapshot = self.snapshot(now);
        out.push(drive(Drive::Diagnose {
            ask,
            panels: snapshot.panels.iter().map(|one| one.id.clone()).collect(),
            diagnosis: Box::new(Diagnosis::of(&snapshot)),
        }));
    }

    fn show(&mut self, now: Now, ask: Option<AskId>, page: Page, out: &mut Vec<Effect>) {
        if page == Page::Alerts {
            self.alerts.kept.see(u64::MAX);
        }
        self.look_at_permissions(now, &page, out);
        out.push(Effect::Desktop(Desktop::Show(page)));
        self.retry_keys(Retry::Seen, out);
        reply(out, ask, Outcome::Done);
    }

    fn quit(&mut self, ask: Option<AskId>, out: &mut Vec<Effect>) {
        self.see_off(None, out);
        reply(out, ask, Outcome::Done);
        out.push(Effect::Desktop(Desktop::Quit));
    }
}
