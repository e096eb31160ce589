//! What the generations of nodes allow, and how each of them ends a websocket. Never waits for real where time can be skipped.

use fake_panel::{FakePanel, Manners, Rules, ServerSpec, World};

use crate::ear::Ear;
use crate::scene::{SECOND, live, panel, rules, running, token};
use crate::wire::{get, post};

#[tokio::test]
async fn a_server_gives_five_tokens_a_minute_to_everybody_together() {
    let mut world = World::new(Rules::pterodactyl_1_14());
    let alice = world.add_user("alice", false);
    let bob = world.add_user("bob", false);
    let uuid = world.add_server(ServerSpec::new("Survival", "alice", "one"));
    world.add_subuser("Survival", "bob", &["control.start"]);
    let panel = FakePanel::start(world).await.unwrap();
    let path = format!("/api/client/servers/{uuid}/websocket");
    for _ in 0..5 {
        let refused = get(&panel, &bob, &path).await;
        assert_eq!(refused.code(), "HttpForbiddenException");
    }
    let locked_out = get(&panel, &alice, &path).await;
    assert_eq!(locked_out.status, 429);
    assert_eq!(locked_out.header("x-ratelimit-limit"), Some("5"));
    let other = get(&panel, &alice, "/api/client/account").await;
    assert_eq!(other.header("x-ratelimit-limit"), Some("256"));
    panel.skip(60 * SECOND);
    assert_eq!(get(&panel, &alice, &path).await.status, 200);
}

#[tokio::test]
async fn suspension_is_felt_as_on_each_generation_of_nodes() {
    for (manners, felt) in [
        (Manners::Wings1_11, "status: stopping"),
        (Manners::Wings1_12, "closed 1006"),
        (Manners::Wings1_13, "closed 1006"),
        (Manners::WingsRs, "status: stopping"),
    ] {
        let panel = panel(rules(manners)).await;
        running(&panel);
        let mut ear = live(&panel, "alice").await;
        panel.with(|world| world.server("Survival").set_status(Some("suspended")));
        let first = ear.wait_for(|heard| !heard.starts_with("stats")).await;
        assert_eq!(first, felt, "{manners:?}");
        let mut second = Ear::of(&panel, "Survival").await;
        second.send("auth", &[&token(&panel, "alice")]).await;
        let closes = matches!(manners, Manners::Wings1_12 | Manners::Wings1_13);
        let expected = if closes {
            "closed 4409 server is suspended"
        } else {
            "auth success"
        };
        let heard = second.wait_for(|_| true).await;
        assert!(heard.starts_with(expected), "{manners:?}: {heard}");
    }
}

#[tokio::test]
async fn thirty_sockets_are_enough() {
    for manners in [Manners::Wings1_12, Manners::Wings1_13] {
        let panel = panel(rules(manners)).await;
        let uuid = panel.with(|world| world.server("Survival").uuid().to_owned());
        let own = panel.url();
        let mut ears = Vec::new();
        for _ in 0..30 {
            ears.push(live(&panel, "alice").await);
        }
        let full = Ear::open(&panel, &uuid, Some(&own)).await.err().unwrap();
        let text = r#"{"error":"Too many open websocket connections."}"#;
        assert_eq!(full, (400, text.to_owned()), "{manners:?}");
        ears.truncate(29);
        // The node notices in its own time that somebody has left.
        let left = async {
            while panel.with(|world| world.sockets_of("Survival")) > 29 {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(crate::wire::PATIENCE, left)
            .await
            .unwrap();
        assert!(Ear::open(&panel, &uuid, Some(&own)).await.is_ok());
    }
}

#[tokio::test]
async fn the_thirty_first_to_authenticate_is_dropped_by_the_newest() {
    let panel = panel(Rules {
        socket_cap: 1,
        ..rules(Manners::Wings1_13)
    })
    .await;
    let mut late = Ear::of(&panel, "Survival").await;
    let _first = live(&panel, "alice").await;
    late.send("auth", &[&token(&panel, "alice")]).await;
    late.wait_for(|heard| heard.starts_with("daemon error"))
        .await;
    late.wait_for(|heard| heard == "closed 1006").await;
}

#[tokio::test]
async fn whoever_says_nothing_for_thirty_seconds_is_dropped_by_the_newest() {
    for (manners, open) in [(Manners::Wings1_12, true), (Manners::Wings1_13, false)] {
        let panel = panel(rules(manners)).await;
        let mut mute = Ear::of(&panel, "Survival").await;
        let mut good = live(&panel, "alice").await;
        panel.skip(31 * SECOND);
        mute.settle().await;
        assert_eq!(mute.has_ended(), !open, "{manners:?}");
        assert_eq!(good.heard().await, [""; 0]);
    }
}

#[tokio::test]
async fn frames_have_a_largest_size_and_must_be_text() {
    let panel = panel(rules(Manners::Wings1_13)).await;
    let mut ear = live(&panel, "alice").await;
    let frame = |size: usize| {
        let frame = r#"{"event":"send stats","args":[]}"#;
        format!("{}{frame}", " ".repeat(size - frame.len()))
    };
    assert!(ear.send_bytes(frame(100).as_bytes()).await);
    ear.send_text("not json").await;
    ear.send_text(r#"{"event":"send stats","args":[1]}"#).await;
    assert_eq!(ear.heard().await, [""; 0]);
    ear.send_text(&frame(4_096)).await;
    assert_eq!(ear.heard().await, ["stats asked for offline"]);
    ear.send_text(&frame(4_097)).await;
    assert_eq!(ear.wait_for(|_| true).await, "closed 1009");
}

#[tokio::test]
async fn taking_rights_away_is_felt_as_on_each_generation() {
    let panel = panel(rules(Manners::Wings1_13)).await;
    let (mut alice, mut bob) = (live(&panel, "alice").await, live(&panel, "bob").await);
    let (alices, bobs) = (token(&panel, "alice"), token(&panel, "bob"));
    panel.skip(SECOND);
    panel.with(|world| world.remove_subuser("Survival", "bob"));
    assert_eq!(alice.heard().await, ["closed 1006"]);
    assert_eq!(bob.heard().await, ["closed 1006"]);
    let (mut alice, mut bob) = (
        Ear::of(&panel, "Survival").await,
        Ear::of(&panel, "Survival").await,
    );
    alice.send("auth", &[&alices]).await;
    bob.send("auth", &[&bobs]).await;
    alice.wait_for(|heard| heard == "auth success").await;
    bob.wait_for(|heard| heard.ends_with("(denylist)")).await;
    panel.with(|world| world.change_password("alice"));
    alice.wait_for(|heard| heard == "closed 1006").await;
}

#[tokio::test]
async fn the_daemon_in_rust_has_manners_of_its_own() {
    let panel = panel(rules(Manners::WingsRs)).await;
    let uuid = panel.with(|world| world.server("Survival").uuid().to_owned());
    let mut early = Ear::open(&panel, &uuid, None)
        .await
        .unwrap_or_else(|e| panic!("{e:?}"));
    early.send_text("nonsense").await;
    let error = early.wait_for(|_| true).await;
    assert!(error.starts_with("jwt error: expected ident"), "{error}");
    early.send_text(r#"{"event":"auth"}"#).await;
    assert_eq!(
        early.wait_for(|_| true).await,
        "jwt error: missing field `args`"
    );
    early.send("send stats", &[]).await;
    assert_eq!(early.wait_for(|_| true).await, "closed 1006");

    let mut ear = Ear::of(&panel, "Survival").await;
    ear.send("auth", &[&token(&panel, "bob")]).await;
    let greeting = ear.wait_for(|_| true).await;
    assert_eq!(greeting, "auth success: websocket.connect");
    assert_eq!(ear.heard().await, ["status: offline"], "no statistics");
    panel.skip(31 * SECOND);
    ear.settle().await;
    assert!(ear.pings() > 0, "it pings by itself");
    panel.skip(600 * SECOND);
    let heard = ear.heard().await;
    assert_eq!(heard.last().map(String::as_str), Some("token expired"));
    ear.send("send stats", &[]).await;
    ear.wait_for(|heard| heard == "closed 1006").await;

    let key = panel.with(|world| world.add_key("alice", &[]));
    let command = format!("/api/client/servers/{uuid}/command");
    let refused = post(&panel, &key, &command, r#"{"command":"help"}"#).await;
    assert_eq!(refused.status, 417);
    assert_eq!(refused.code(), "DaemonConnectionException");
}
