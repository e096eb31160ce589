//! Faults of the websocket of one server and of a whole node, and what many sockets cost. Never waits for real where time
//! can be skipped.

use fake_panel::{FakePanel, Manners, NodeTrouble, Rules, ServerSpec, SocketFault, World};

use crate::ear::Ear;
use crate::scene::{SECOND, live, panel, rules, running, token};
use crate::wire::{PATIENCE, get};

fn put(panel: &FakePanel, fault: impl Into<Option<SocketFault>>) {
    let fault = fault.into();
    panel.with(|world| world.server("Survival").socket_fault(fault));
}

async fn knock(panel: &FakePanel) -> Result<Ear, (u16, String)> {
    let uuid = panel.with(|world| world.server("Survival").uuid().to_owned());
    Ear::open(panel, &uuid, Some(&panel.url())).await
}

#[tokio::test]
async fn a_handshake_fails_as_it_is_told_to_and_only_there() {
    let panel = panel(rules(Manners::Wings1_13)).await;
    for (fault, status) in [
        (SocketFault::Refused, 0),
        (SocketFault::Handshake(400), 400),
        (SocketFault::Handshake(403), 403),
        (SocketFault::Handshake(404), 404),
        (SocketFault::Handshake(502), 502),
    ] {
        put(&panel, fault.clone());
        let refused = knock(&panel).await.err().unwrap();
        assert_eq!(refused.0, status, "{fault:?}");
        Ear::of(&panel, "Elsewhere").await;
    }
    put(&panel, SocketFault::NeverAnswers);
    let handshakes = panel.with(|world| world.handshakes("Survival"));
    let knocked = async {
        while panel.with(|world| world.handshakes("Survival")) == handshakes {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = knock(&panel) => panic!("nobody answers"),
        () = knocked => {}
    }
    put(&panel, None);
    live(&panel, "alice").await;
    let seen = |name: &str| panel.with(|world| (world.handshakes(name), world.sockets_ever(name)));
    assert_eq!(seen("Survival"), (7, 1));
    assert_eq!(seen("Elsewhere"), (5, 5));
}

#[tokio::test]
async fn a_socket_is_dropped_or_closed_as_it_opens() {
    let panel = panel(rules(Manners::Wings1_11)).await;
    put(&panel, SocketFault::Dropped);
    let mut ear = knock(&panel).await.unwrap();
    assert_eq!(ear.wait_for(|_| true).await, "closed 1006");
    let why = "server is suspended".to_owned();
    put(&panel, SocketFault::Closed(4409, why));
    let mut ear = knock(&panel).await.unwrap();
    let closed = ear.wait_for(|_| true).await;
    assert_eq!(closed, "closed 4409 server is suspended");
}

#[tokio::test]
async fn an_auth_is_lost_refused_or_too_late() {
    for (manners, refused, expired) in [
        (
            Manners::Wings1_13,
            "daemon error: [..] an unexpected error was encountered while handling this request",
            "jwt error: [..] jwt: exp claim is invalid",
        ),
        (
            Manners::WingsRs,
            "jwt error: invalid token",
            "jwt error: JWT expired",
        ),
    ] {
        let panel = panel(rules(manners)).await;
        let alices = token(&panel, "alice");
        let mut ear = knock(&panel).await.unwrap();
        put(&panel, SocketFault::AuthUnanswered);
        ear.send("auth", &[&alices]).await;
        assert_eq!(ear.heard().await, [""; 0]);
        panel.skip(10 * SECOND);
        put(&panel, SocketFault::AuthRefused);
        ear.send("auth", &[&alices]).await;
        assert_eq!(ear.heard().await, [refused]);
        panel.skip(10 * SECOND);
        put(&panel, SocketFault::TokenExpired);
        ear.send("auth", &[&alices]).await;
        assert_eq!(ear.heard().await, [expired]);
        panel.skip(6 * SECOND);
        put(&panel, None);
        ear.send("auth", &[&alices]).await;
        ear.wait_for(|heard| heard.starts_with("auth success"))
            .await;
    }
}

#[tokio::test]
async fn open_sockets_can_be_cut_closed_or_left_with_an_old_token() {
    let panel = panel(rules(Manners::Wings1_13)).await;
    running(&panel);
    let mut ear = live(&panel, "alice").await;
    panel.with(|world| world.tokens_expire_in("Survival", 45 * SECOND));
    panel.skip(30 * SECOND);
    ear.wait_for(|heard| heard == "token expiring").await;
    panel.with(|world| world.tokens_expire_in("Survival", std::time::Duration::ZERO));
    panel.skip(SECOND);
    ear.wait_for(|heard| heard == "jwt error: jwt: exp claim is invalid")
        .await;
    panel.with(|world| world.close_sockets("Survival", 4409, "server is suspended"));
    ear.wait_for(|heard| heard == "closed 4409 server is suspended")
        .await;
    let mut ear = live(&panel, "alice").await;
    panel.with(|world| world.cut_sockets("Survival"));
    ear.wait_for(|heard| heard == "closed 1006").await;
    let ever = panel.with(|world| {
        (
            world.sockets_ever("Survival"),
            world.most_sockets("Survival"),
        )
    });
    assert_eq!(ever, (2, 1));
}

/// Sends a ping that a dead line keeps to itself; whether somebody answered while the other socket was served.
async fn answers(dead: &mut Ear, alive: &mut Ear) -> bool {
    let before = dead.pongs();
    dead.ping().await;
    // Round trips of another socket are time enough.
    for _ in 0..5 {
        alive.settle().await;
    }
    dead.pongs() > before
}

#[tokio::test]
async fn a_dead_line_says_nothing_and_hears_nothing_until_it_lives_again() {
    let panel = panel(rules(Manners::Wings1_13)).await;
    running(&panel);
    let mut ear = live(&panel, "alice").await;
    let mut alive = Ear::of(&panel, "Elsewhere").await;
    assert!(answers(&mut ear, &mut alive).await);
    for dies in [
        "Survival/socket=frozen",
        "node:one=unreachable",
        "node:one=hangs",
    ] {
        panel.with(|world| world.order(dies)).unwrap();
        panel.skip(5 * SECOND);
        assert!(!answers(&mut ear, &mut alive).await, "{dies}");
        assert_eq!(ear.take(), [], "{dies}");
        assert!(!ear.has_ended());
        panel
            .with(|world| world.order("Survival/socket=none"))
            .unwrap();
        panel.with(|world| world.order("node:one=none")).unwrap();
        assert_eq!(ear.heard().await, ["stats pushed running"; 5], "{dies}");
    }
}

#[tokio::test]
async fn a_node_that_is_down_is_down_for_panel_and_sockets() {
    let panel = panel(rules(Manners::Wings1_13)).await;
    let key = panel.with(|world| world.add_key("alice", &[]));
    let uuid = panel.with(|world| world.server("Survival").uuid().to_owned());
    let mut ear = live(&panel, "alice").await;
    let other = Ear::of(&panel, "Elsewhere").await;
    panel.with(|world| world.node("one").down(NodeTrouble::Refuses));
    ear.wait_for(|heard| heard == "closed 1006").await;
    assert_eq!(knock(&panel).await.err().unwrap().0, 0);
    panel.with(|world| world.node("one").down(NodeTrouble::Answers(500)));
    let path = format!("/api/client/servers/{uuid}/resources");
    assert_eq!(get(&panel, &key, &path).await.status, 504);
    assert_eq!(knock(&panel).await.err().unwrap().0, 500);
    assert!(!other.has_ended());
    panel.with(|world| world.node("one").down(None));
    live(&panel, "alice").await;
    let elsewhere = "https://192.0.2.7:8080";
    panel.with(|world| world.node("one").set_address(Some(elsewhere)));
    let path = format!("/api/client/servers/{uuid}/websocket");
    let told = get(&panel, &key, &path).await.json();
    let socket = format!("wss://192.0.2.7:8080/api/servers/{uuid}/ws");
    assert_eq!(told["data"]["socket"], socket);
}

#[tokio::test]
async fn three_hundred_servers_with_thirty_sockets_each_hear_their_own_second() {
    const SERVERS: usize = 300;
    const WATCHED: usize = 30;
    let mut world = World::new(rules(Manners::Wings1_13));
    world.add_user("alice", false);
    for number in 0..SERVERS {
        let node = format!("node-{}", number % 5);
        let uuid = world.add_server(ServerSpec::new(&format!("{number:03}"), "alice", &node));
        // Every container has a rhythm of its own.
        let up = 60 * SECOND + SECOND / 300 * u32::try_from(number).unwrap();
        world.server(&uuid).been_running_for(up);
    }
    let panel = FakePanel::start(world).await.unwrap();
    let mut ears = Vec::new();
    for number in 0..WATCHED {
        let name = format!("{number:03}");
        let mut ear = Ear::of(&panel, &name).await;
        let token = panel.with(|world| world.mint(&name, "alice", |_| {}));
        ear.send("auth", &[&token]).await;
        ear.wait_for(|heard| heard.starts_with("status")).await;
        ears.push(ear);
    }
    assert_eq!(panel.with(|world| world.open_sockets()), WATCHED);
    for ear in &mut ears {
        ear.heard().await;
    }
    panel.skip(60 * SECOND);
    for ear in &mut ears {
        assert_eq!(ear.heard().await, ["stats pushed running"; 60]);
    }
    drop(ears);
    let gone = async {
        while panel.with(|world| world.open_sockets()) > 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, gone).await.unwrap();
}

#[tokio::test]
async fn statistics_come_by_themselves_while_nobody_asks() {
    let panel = panel(Rules {
        clock: 100.0,
        ..rules(Manners::Wings1_13)
    })
    .await;
    running(&panel);
    let mut ear = live(&panel, "alice").await;
    for _ in 0..5 {
        ear.wait_for(|heard| heard == "stats pushed running").await;
    }
}
