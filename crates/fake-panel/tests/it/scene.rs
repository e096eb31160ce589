//! The scene of the tests about websockets: a new panel, its people and two servers. Never a test itself.

use std::time::Duration;

use fake_panel::{FakePanel, Manners, Rules, ServerSpec, World};

use crate::ear::Ear;

pub(crate) const SECOND: Duration = Duration::from_secs(1);

/// A new panel whose time moves by being skipped, or as good as.
pub(crate) fn rules(manners: Manners) -> Rules {
    Rules {
        manners,
        clock: 0.001,
        auth_takes: Duration::ZERO,
        ..Rules::pterodactyl_1_14()
    }
}

/// A new panel; alice owns Survival on node one, bob may watch and start it; the admin is called root.
pub(crate) async fn panel(rules: Rules) -> FakePanel {
    let mut world = World::new(rules);
    world.add_user("alice", false);
    world.add_user("bob", false);
    world.add_user("root", true);
    world.add_server(ServerSpec::new("Survival", "alice", "one"));
    world.add_server(ServerSpec::new("Elsewhere", "alice", "two"));
    let may = ["websocket.connect", "control.start"];
    world.add_subuser("Survival", "bob", &may);
    FakePanel::start(world).await.unwrap()
}

pub(crate) fn running(panel: &FakePanel) {
    panel.with(|world| world.server("Survival").been_running_for(60 * SECOND));
}

pub(crate) fn token(panel: &FakePanel, user: &str) -> String {
    panel.with(|world| world.mint("Survival", user, |_| {}))
}

/// An authenticated socket that has nothing more to say.
pub(crate) async fn live(panel: &FakePanel, user: &str) -> Ear {
    let token = token(panel, user);
    let mut ear = Ear::of(panel, "Survival").await;
    ear.send("auth", &[&token]).await;
    ear.wait_for(|heard| heard.starts_with("status")).await;
    ear.settle().await;
    ear.take();
    ear
}
