//! What one server's alerts have said so far, and what that means for the next one.
//!
//! Pure: says whether to tell, wait or keep silent, and tells nothing itself.

use crate::{
    alert::{News, Silence},
    time::Now,
};
use std::{collections::VecDeque, time::Duration};

/// Never more than one alert a server in a minute, though the first may have waited for others for a moment.
pub(super) const APART: Duration = Duration::from_secs(62);
/// The window in which falls are counted.
const WINDOW: Duration = Duration::from_secs(10 * 60);
/// After so many alerts within the window a server is unstable.
const MANY: usize = 3;
/// An unstable server that stays down so long is told all the same.
const STAYS_DOWN: Duration = Duration::from_secs(60);

/// The memory of one server.
#[derive(Debug, Default)]
pub(in crate::store) struct Telling {
    /// When it went down unasked, within the window.
    falls: VecDeque<Now>,
    /// When an alert was told that did not go on with another, within the window.
    told: VecDeque<Now>,
    /// What the last alert left open.
    open: Option<Open>,
    /// What waits for its turn.
    held: Option<News>,
    unstable: Option<Unstable>,
}

/// What an alert said that has not been answered yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Open {
    /// It is down.
    Down,
    /// The same, in an alert about several.
    Grouped { group: u64 },
    /// It crashed and is on its way up again.
    Restarting,
    /// Its stop takes too long.
    Hangs,
}

#[derive(Debug)]
struct Unstable {
    since: Now,
    /// Falls that were not told since then.
    times: u32,
    /// What would have been told last, and since when it is down.
    down: Option<(Now, News)>,
}

/// What to do with a piece of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Verdict {
    /// Tell it; `goes_on` in place of the alert before.
    Tell { goes_on: bool },
    /// It waits, and the one that waited before is over.
    Waits { instead: bool },
    /// It is not told.
    Silent(Silence),
}

impl Telling {
    /// It went down unasked. How often within ten minutes, this time included.
    pub(super) fn fell(&mut self, now: Now) -> u32 {
        self.forget_old(now);
        self.falls.push_back(now);
        u32::try_from(self.falls.len()).unwrap_or(u32::MAX)
    }

    /// Something bad happened to it. `down` when it stays down.
    pub(super) fn bad(&mut self, now: Now, news: &News, down: bool) -> Verdict {
        self.forget_old(now);
        if let Some(unstable) = &mut self.unstable {
            unstable.times += 1;
            unstable.down = down.then(|| (now, news.clone()));
            return Verdict::Silent(Silence::Flapping);
        }
        let worse = down && matches!(self.open, Some(Open::Restarting | Open::Hangs));
        let last = self.told.back();
        if last.is_some_and(|last| now.since(*last) < APART) {
            if worse {
                self.open = Some(Open::Down);
                return Verdict::Tell { goes_on: true };
            }
            let instead = self.held.replace(news.clone()).is_some();
            return Verdict::Waits { instead };
        }
        if self.told.len() >= MANY {
            self.unstable = Some(Unstable {
                since: now,
                times: 1,
                down: down.then(|| (now, news.clone())),
            });
            return Verdict::Silent(Silence::Flapping);
        }
        self.begin(now, if down { Open::Down } else { Open::Restarting });
        Verdict::Tell { goes_on: worse }
    }

    /// Its stop takes too long.
    pub(super) fn hangs(&mut self, now: Now) -> Verdict {
        self.forget_old(now);
        if self.unstable.is_some() || self.told.len() >= MANY {
            return Verdict::Silent(Silence::Flapping);
        }
        self.begin(now, Open::Hangs);
        Verdict::Tell { goes_on: false }
    }

    /// It runs again. `wanted` when that is told even though nobody was told that it was down.
    pub(super) fn came_back(&mut self, now: Now, wanted: bool) -> Verdict {
        self.forget_old(now);
        // That it crashed and was restarted is told all the same when its turn comes.
        let over = self.held.take_if(|news| is_down(news)).is_some();
        if let Some(unstable) = &mut self.unstable {
            unstable.down = None;
        }
        // One that crashes again within the minute is still told in place of the first.
        let restarting = self.open.filter(|open| *open == Open::Restarting);
        match std::mem::replace(&mut self.open, restarting) {
            Some(Open::Down) => Verdict::Tell { goes_on: true },
            Some(Open::Restarting) if wanted && !over => Verdict::Tell { goes_on: true },
            Some(Open::Grouped { .. } | Open::Restarting | Open::Hangs) | None if over => {
                Verdict::Silent(Silence::Over)
            }
            _ if self.unstable.is_some() => Verdict::Silent(Silence::Flapping),
            None if wanted => {
                let last = self.told.back();
                if last.is_some_and(|last| now.since(*last) < APART) {
                    return Verdict::Silent(Silence::Over);
                }
                self.told.push_back(now);
                Verdict::Tell { goes_on: false }
            }
            Some(Open::Grouped { .. } | Open::Restarting | Open::Hangs) | None => {
                Verdict::Silent(Silence::NotMissed)
            }
        }
    }

    /// What waited long enough: news to tell, now that its turn has come.
    pub(super) fn due_news(&mut self, now: Now, up: bool) -> Option<News> {
        self.forget_old(now);
        let free = self.is_free(now);
        if free && let Some(held) = self.held.take() {
            let down = is_down(&held);
            self.begin(now, if down { Open::Down } else { Open::Restarting });
            return Some(held);
        }
        let unstable = self.unstable.as_mut()?;
        let lasting = unstable
            .down
            .take_if(|(since, _)| now.since(*since) >= STAYS_DOWN);
        if let Some((_, news)) = lasting.filter(|_| free) {
            self.unstable = None;
            self.begin(now, Open::Down);
            return Some(news);
        }
        if now.since(unstable.since) < WINDOW {
            return None;
        }
        let times = std::mem::take(&mut unstable.times);
        unstable.since = now;
        if times == 0 {
            self.unstable = None;
            return None;
        }
        self.told.push_back(now);
        Some(News::Unstable { times, up })
    }

    /// When [`Telling::due_news`] may have something to say.
    pub(in crate::store) fn due(&self) -> Option<Duration> {
        let last = self.told.back().map_or(Duration::ZERO, |last| last.mono);
        let held = self.held.as_ref().map(|_| last + APART);
        let unstable = self.unstable.as_ref();
        let again = unstable.map(|unstable| unstable.since.mono + WINDOW);
        let down = unstable.and_then(|unstable| unstable.down.as_ref());
        let lasting = down.map(|(since, _)| (since.mono + STAYS_DOWN).max(last + APART));
        [held, again, lasting].into_iter().flatten().min()
    }

    /// What the last alert left open.
    pub(in crate::store) fn open(&self) -> Option<Open> {
        self.open
    }

    /// It became part of an alert about several.
    pub(super) fn grouped(&mut self, group: u64) {
        self.open = Some(Open::Grouped { group });
    }

    /// What was said is over; nothing more is to be said of it. True when something was open.
    pub(in crate::store) fn close(&mut self) -> bool {
        self.held = None;
        if let Some(unstable) = &mut self.unstable {
            unstable.down = None;
        }
        self.open.take().is_some()
    }

    /// Nobody wants to hear of it any more. True when something may be on the
    /// screen, or was about to be.
    pub(super) fn silence(&mut self) -> bool {
        let more = self.unstable.take().is_some() | self.held.is_some();
        self.close() | more
    }

    /// Nothing was told of it for so long that something else may be.
    pub(super) fn is_free(&self, now: Now) -> bool {
        let last = self.told.back();
        last.is_none_or(|last| now.since(*last) >= APART)
    }

    /// From when on, at the latest, that is so.
    pub(in crate::store) fn free_at(&self) -> Option<Duration> {
        self.told.back().map(|last| last.mono + APART)
    }

    fn begin(&mut self, now: Now, open: Open) {
        self.held = None;
        self.told.push_back(now);
        self.open = Some(open);
    }

    fn forget_old(&mut self, now: Now) {
        for times in [&mut self.falls, &mut self.told] {
            while times.front().is_some_and(|at| now.since(*at) >= WINDOW) {
                times.pop_front();
            }
        }
    }
}

/// News that a server is down and stays so.
pub(super) fn is_down(news: &News) -> bool {
    matches!(
        news,
        News::Crashed { .. } | News::WentDown { .. } | News::WasStopped { .. }
    )
}
