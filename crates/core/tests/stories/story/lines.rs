//! What nodes tell over their sockets in a story.
//!
//! Opens no socket.

use super::{Story, id, out_of_memory};
use pterodactyl_client::{
    PowerState, Resources,
    live::{CrashLine, Why},
};
use pterotray_core::{Event, LiveNews};

impl Story {
    /// One server whose node told this state over its socket.
    pub(crate) fn live_with(name: &str, state: PowerState) -> Story {
        let mut story = Story::with(name, state.clone());
        story.opens(name).tells(name, state);
        story
    }

    /// Servers whose nodes told that they run.
    pub(crate) fn live_running(names: &[&str]) -> Story {
        let mut story = Story::listing(names);
        for name in names {
            story.reads(name, PowerState::Running);
            story.opens(name).tells(name, PowerState::Running);
        }
        story
    }

    pub(crate) fn live(&mut self, name: &str, news: LiveNews) -> &mut Story {
        let server = id(name);
        self.happens(Event::Live { server, news })
    }

    /// The node lets us in.
    pub(crate) fn opens(&mut self, name: &str) -> &mut Story {
        self.live(name, LiveNews::Opened)
    }

    /// The node tells a state.
    pub(crate) fn tells(&mut self, name: &str, state: PowerState) -> &mut Story {
        self.live(name, LiveNews::State(state))
    }

    /// The node tells a state with figures.
    pub(crate) fn tells_stats(&mut self, name: &str, stats: Resources) -> &mut Story {
        self.live(name, LiveNews::Stats(stats))
    }

    /// The node reports that the server ran out of memory.
    pub(crate) fn reports_a_crash(&mut self, name: &str) -> &mut Story {
        self.live(name, LiveNews::Crash(CrashLine::Crashed(out_of_memory())))
    }

    /// The socket breaks off.
    pub(crate) fn closes(&mut self, name: &str, brief: bool) -> &mut Story {
        let why = Why::Dropped;
        self.live(name, LiveNews::Closed { why, brief })
    }

    /// The node tells that it went down, and reports a crash.
    pub(crate) fn crashes(&mut self, name: &str) -> &mut Story {
        self.tells(name, PowerState::Offline).reports_a_crash(name)
    }

    /// Somebody else stops it, as its node tells it.
    pub(crate) fn is_stopped(&mut self, name: &str) -> &mut Story {
        self.tells(name, PowerState::Stopping).soon();
        self.tells(name, PowerState::Offline)
    }

    /// It starts and runs, as its node tells it.
    pub(crate) fn comes_up(&mut self, name: &str) -> &mut Story {
        self.tells(name, PowerState::Starting).soon();
        self.tells(name, PowerState::Running)
    }
}
