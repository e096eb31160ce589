//! Several servers at about the same time: one alert for all of them.
//!
//! Tells single ones as they are when they are few.

use super::{
    super::State,
    hush,
    telling::{Open, is_down},
};
use crate::{
    alert::{Fall, News, Silence, Subject},
    effect::{Desktop, Effect},
    id::ServerId,
    time::Now,
};
use std::{collections::BTreeMap, time::Duration};

/// So close together counts as at once (design, section 6).
const AT_ONCE: Duration = Duration::from_secs(5);
/// So many at once are told as one.
const MANY: usize = 3;
/// So long a first one waits for others that are about to be judged.
const WAITS: Duration = Duration::from_millis(1500);

/// Alerts of servers that may belong together.
#[derive(Debug, Default)]
pub(super) struct Together {
    /// Not told yet.
    waiting: Vec<Single>,
    /// When they are told at the latest.
    pub(super) due: Option<Duration>,
    /// Told alone a moment ago.
    recent: Vec<(Now, Single)>,
    group: Option<Group>,
    number: u64,
}

#[derive(Debug, Clone)]
struct Single {
    id: ServerId,
    name: String,
    news: News,
    goes_on: bool,
    number: u64,
}

#[derive(Debug)]
struct Group {
    number: u64,
    since: Now,
    last: Now,
    members: BTreeMap<ServerId, Member>,
}

#[derive(Debug)]
struct Member {
    name: String,
    news: News,
    down: bool,
}

impl Together {
    /// It is over before it was told.
    pub(super) fn forget(&mut self, id: &ServerId) {
        self.waiting.retain(|single| single.id != *id);
        self.recent.retain(|(_, single)| single.id != *id);
    }
}

impl State {
    /// A server's bad news, told soon: alone, or with others.
    pub(super) fn tell_soon(&mut self, now: Now, id: &ServerId, name: String, news: News) {
        let together = &mut self.alerts.together;
        together.waiting.retain(|other| other.id != *id);
        together.waiting.push(Single {
            id: id.clone(),
            name,
            news,
            goes_on: false,
            number: 0,
        });
        let latest = now.mono + WAITS;
        let falls = self
            .panels
            .values()
            .flat_map(|panel| panel.servers.values());
        let others = falls.filter(|server| server.fate.is_falling());
        let dues = others.filter_map(|server| server.fate.due());
        let due = dues.filter(|due| *due <= latest).max();
        let due = due.unwrap_or(now.mono);
        self.alerts.together.due.get_or_insert(due);
    }

    /// Tells what waited for company long enough.
    pub(super) fn flush(&mut self, now: Now, out: &mut Vec<Effect>) {
        let together = &mut self.alerts.together;
        if together.due.is_none_or(|due| due > now.mono) {
            return;
        }
        together.due = None;
        let mut waiting = std::mem::take(&mut together.waiting);
        waiting.retain(|single| {
            let panel = self.panels.get(&single.id.panel);
            panel.is_some_and(|panel| panel.servers.contains_key(&single.id.uuid))
        });
        let together = &mut self.alerts.together;
        let recent = |at: &Now| now.since(*at) <= AT_ONCE;
        together.recent.retain(|(at, _)| recent(at));
        let grows = together
            .group
            .as_ref()
            .is_some_and(|group| recent(&group.last));
        if !waiting.is_empty() && (grows || waiting.len() + together.recent.len() >= MANY) {
            self.tell_together(now, waiting, grows, out);
        } else {
            for single in waiting {
                self.tell_alone(now, single, out);
            }
        }
    }

    fn tell_alone(&mut self, now: Now, mut single: Single, out: &mut Vec<Effect>) {
        let about = Subject::Server(single.id.clone());
        let (name, news) = (single.name.clone(), single.news.clone());
        single.number = self.deliver(now, about, name, news, single.goes_on, out);
        self.alerts.together.recent.push((now, single));
    }

    fn tell_together(
        &mut self,
        now: Now,
        waiting: Vec<Single>,
        grows: bool,
        out: &mut Vec<Effect>,
    ) {
        let together = &mut self.alerts.together;
        let told = std::mem::take(&mut together.recent);
        if !grows {
            together.number += 1;
            together.group = Some(Group {
                number: together.number,
                since: now,
                last: now,
                members: BTreeMap::new(),
            });
        }
        for (_, single) in &told {
            // What was said of it alone is said with the others now.
            let about = Subject::Server(single.id.clone());
            out.push(Effect::Desktop(Desktop::Withdraw(about)));
            self.alerts.kept.forget(single.number);
        }
        let number = self.alerts.together.number;
        let singles = told.into_iter().map(|(_, single)| single).chain(waiting);
        for single in singles {
            hush(&Subject::Server(single.id.clone()), Silence::Together, out);
            // One that came back in the meantime needs no more watching.
            let down = is_down(&single.news)
                && self
                    .server_mut(&single.id)
                    .is_some_and(|server| server.telling.open().is_some());
            if let Some(server) = self.server_mut(&single.id).filter(|_| down) {
                server.telling.grouped(number);
            }
            if let Some(group) = &mut self.alerts.together.group {
                let (name, news) = (single.name, single.news);
                group.members.insert(single.id, Member { name, news, down });
                group.last = now;
            }
        }
        self.tell_group(now, grows, out);
    }

    fn tell_group(&mut self, now: Now, goes_on: bool, out: &mut Vec<Effect>) {
        let Some(group) = &self.alerts.together.group else {
            return;
        };
        let fall = fall(group.members.values().map(|member| &member.news));
        let mut names: Vec<String> = group
            .members
            .values()
            .map(|member| member.name.clone())
            .collect();
        names.sort_by_key(|name| name.to_lowercase());
        let members: Vec<(ServerId, String)> = group
            .members
            .iter()
            .map(|(id, member)| (id.clone(), member.name.clone()))
            .collect();
        let news = News::Together { fall, names };
        if goes_on {
            self.alerts.kept.forget_about(&Subject::Several);
        }
        self.deliver(now, Subject::Several, String::new(), news, goes_on, out);
        self.hold_back_members(now, members);
    }

    /// A server of a group runs again: told when the last one does.
    pub(super) fn back_in_group(
        &mut self,
        now: Now,
        id: &ServerId,
        open: Option<Open>,
        out: &mut Vec<Effect>,
    ) -> bool {
        let Some(Open::Grouped { group: number }) = open else {
            return false;
        };
        let group = self.alerts.together.group.as_mut();
        let Some(group) = group.filter(|group| group.number == number) else {
            return false;
        };
        if let Some(member) = group.members.get_mut(id) {
            member.down = false;
        }
        hush(&Subject::Server(id.clone()), Silence::Together, out);
        self.close_group(now, out);
        true
    }

    /// Tells that all of a group are up again, once they are.
    fn close_group(&mut self, now: Now, out: &mut Vec<Effect>) {
        let over = |group: &mut Group| !group.members.values().any(|member| member.down);
        let Some(group) = self.alerts.together.group.take_if(over) else {
            return;
        };
        let servers = u32::try_from(group.members.len()).unwrap_or(u32::MAX);
        let news = News::TogetherBack {
            servers,
            down_seconds: now.since(group.since).as_secs(),
        };
        self.deliver(now, Subject::Several, String::new(), news, true, out);
    }

    /// Servers that are gone, or can do nothing any more, are waited for no longer.
    pub(super) fn leave_groups(&mut self, gone: impl Fn(&ServerId) -> bool, out: &mut Vec<Effect>) {
        let together = &mut self.alerts.together;
        together.recent.retain(|(_, single)| !gone(&single.id));
        let Some(group) = &mut together.group else {
            return;
        };
        let mut left = false;
        for (id, member) in &mut group.members {
            left |= member.down && gone(id);
            member.down &= !gone(id);
        }
        if left && !group.members.values().any(|member| member.down) {
            together.group = None;
            out.push(Effect::Desktop(Desktop::Withdraw(Subject::Several)));
        }
    }
}

fn fall<'a>(news: impl Iterator<Item = &'a News>) -> Fall {
    let (mut crashed, mut stopped, mut other) = (false, false, false);
    for one in news {
        if matches!(one, News::Crashed { .. } | News::CrashedRestarting { .. }) {
            crashed = true;
        } else if matches!(one, News::WasStopped { .. }) {
            stopped = true;
        } else {
            other = true;
        }
    }
    match (crashed, stopped, other) {
        (true, false, false) => Fall::Crashed,
        (false, true, false) => Fall::Stopped,
        (true | false, true | false, true | false) => Fall::WentDown,
    }
}
