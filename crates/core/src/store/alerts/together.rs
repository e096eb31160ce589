//! Several servers at about the same time: one alert for all of them.
//!
//! Tells single ones as they are when they are few.

use super::{super::State, hush, telling::is_down};
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

/// More groups that are not over are not waited for; the oldest is left as it is.
const MOST_GROUPS: usize = 16;

/// Alerts of servers that may belong together.
#[derive(Debug, Default)]
pub(super) struct Together {
    /// Not told yet.
    waiting: Vec<Single>,
    /// When they are told at the latest.
    pub(super) due: Option<Duration>,
    /// Told alone a moment ago.
    recent: Vec<(Now, Single)>,
    /// Those that are not over, the newest last.
    groups: Vec<Group>,
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
    /// The number of the first alert about it.
    number: u64,
    since: Now,
    last: Now,
    members: BTreeMap<ServerId, Member>,
}

impl Group {
    fn about(&self) -> Subject {
        Subject::Several(self.number)
    }

    fn is_over(&self) -> bool {
        !self.members.values().any(|member| member.down)
    }

    fn names(&self) -> Vec<String> {
        let members = self.members.values();
        let mut names: Vec<String> = members.map(|member| member.name.clone()).collect();
        names.sort_by_key(|name| name.to_lowercase());
        names
    }
}

#[derive(Debug)]
struct Member {
    name: String,
    news: News,
    /// It does not run yet.
    down: bool,
}

impl Together {
    /// It is over before it was told; that it crashed and was restarted is told all the same.
    pub(super) fn forget(&mut self, id: &ServerId) {
        let over = |single: &Single| single.id == *id && is_down(&single.news);
        self.waiting.retain(|single| !over(single));
        self.recent.retain(|(_, single)| !over(single));
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
        waiting.retain(|single| self.is_wanted(single, out));
        let together = &mut self.alerts.together;
        let recent = |at: &Now| now.since(*at) <= AT_ONCE;
        together.recent.retain(|(at, _)| recent(at));
        let last = together.groups.last();
        let grows = last.is_some_and(|group| recent(&group.last));
        if !waiting.is_empty() && (grows || waiting.len() + together.recent.len() >= MANY) {
            self.tell_together(now, waiting, grows, out);
        } else {
            for single in waiting {
                self.tell_alone(now, single, out);
            }
        }
    }

    /// Its server is still there, and its rule was not changed meanwhile.
    fn is_wanted(&self, single: &Single, out: &mut Vec<Effect>) -> bool {
        let panel = self.panels.get(&single.id.panel);
        if !panel.is_some_and(|panel| panel.servers.contains_key(&single.id.uuid)) {
            return false;
        }
        let wanted = self.wants(&single.id, &single.news);
        if !wanted {
            hush(&Subject::Server(single.id.clone()), Silence::Rule, out);
        }
        wanted
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
        let mut group = together.groups.pop_if(|_| grows).unwrap_or_else(|| Group {
            number: self.alerts.kept.next_number(),
            since: now,
            last: now,
            members: BTreeMap::new(),
        });
        group.last = now;
        for (_, single) in &told {
            // What was said of it alone is said with the others now.
            let about = Subject::Server(single.id.clone());
            out.push(Effect::Desktop(Desktop::Withdraw(about)));
            self.alerts.kept.forget(single.number);
        }
        let singles = told.into_iter().map(|(_, single)| single).chain(waiting);
        for single in singles {
            hush(&Subject::Server(single.id.clone()), Silence::Together, out);
            let member = self.join(single.name, single.news, group.number, &single.id);
            group.members.insert(single.id, member);
        }
        self.tell_group(now, group, grows, out);
    }

    /// One that runs already needs no more watching.
    fn join(&mut self, name: String, news: News, group: u64, id: &ServerId) -> Member {
        let server = self.server_mut(id);
        let falling = server.filter(|server| server.fate.down_since.is_some());
        let down = falling.is_some();
        if let Some(server) = falling {
            server.telling.grouped(group);
        }
        Member { name, news, down }
    }

    fn tell_group(&mut self, now: Now, group: Group, goes_on: bool, out: &mut Vec<Effect>) {
        let fall = fall(group.members.values().map(|member| &member.news));
        let names = group.names();
        let members = group.members.iter();
        let members = members.map(|(id, member)| (id.clone(), member.name.clone()));
        let members: Vec<(ServerId, String)> = members.collect();
        let news = News::Together { fall, names };
        let about = group.about();
        if goes_on {
            self.alerts.kept.forget_about(&about);
        }
        self.deliver(now, about, String::new(), news, goes_on, out);
        self.hold_back_members(now, members);
        let groups = &mut self.alerts.together.groups;
        if groups.len() == MOST_GROUPS {
            groups.remove(0);
        }
        groups.push(group);
        // All of them may run already.
        groups.retain(|group| !group.is_over());
    }

    /// A server runs again. Of a group that is told when the last one does.
    pub(super) fn back_in_group(&mut self, now: Now, id: &ServerId, out: &mut Vec<Effect>) {
        let groups = &mut self.alerts.together.groups;
        for group in groups.iter_mut() {
            if let Some(member) = group.members.get_mut(id) {
                member.down = false;
            }
        }
        let over: Vec<Group> = groups.extract_if(.., |group| group.is_over()).collect();
        for group in over {
            let news = News::TogetherBack {
                servers: u32::try_from(group.members.len()).unwrap_or(u32::MAX),
                down_seconds: now.since(group.since).as_secs(),
            };
            self.deliver(now, group.about(), String::new(), news, true, out);
        }
    }

    /// Servers that are gone, or that nobody wants to hear of, are waited for no longer.
    pub(super) fn leave_groups(&mut self, gone: impl Fn(&ServerId) -> bool, out: &mut Vec<Effect>) {
        let together = &mut self.alerts.together;
        together.waiting.retain(|single| !gone(&single.id));
        together.recent.retain(|(_, single)| !gone(&single.id));
        for group in &mut together.groups {
            let members = group.members.iter_mut();
            let left = members.filter(|(id, _)| gone(id));
            left.for_each(|(_, member)| member.down = false);
        }
        for group in together.groups.extract_if(.., |group| group.is_over()) {
            out.push(Effect::Desktop(Desktop::Withdraw(group.about())));
        }
    }
}

fn fall<'a>(news: impl Iterator<Item = &'a News>) -> Fall {
    let (mut crashed, mut restarting, mut stopped, mut other) = (false, false, false, false);
    for one in news {
        if matches!(one, News::Crashed { .. }) {
            crashed = true;
        } else if matches!(one, News::CrashedRestarting { .. }) {
            restarting = true;
        } else if matches!(one, News::WasStopped { .. }) {
            stopped = true;
        } else {
            other = true;
        }
    }
    match (crashed || restarting, stopped, other) {
        (true, false, false) if !crashed => Fall::CrashedRestarting,
        (true, false, false) => Fall::Crashed,
        (false, true, false) => Fall::Stopped,
        (true | false, true | false, true | false) => Fall::WentDown,
    }
}
