//! Faults of one server and one kind of call, for a while or for good, and the counters that a test reads. Never through a
//! client that would hide them.

use std::time::{Duration, Instant};

use fake_panel::{Call, Conflict, FakePanel, Fault, Rules, ServerSpec, World};

use crate::wire::{Reply, get, post, send};

/// Two servers; a second in there is a millisecond out here.
async fn panel() -> (FakePanel, String, String) {
    let mut world = World::new(Rules {
        clock: 1_000.0,
        ..Rules::quick()
    });
    let key = world.add_user("alice", false);
    let uuid = world.add_server(ServerSpec::new("Broken", "alice", "one"));
    world.add_server(ServerSpec::new("Sound", "alice", "two"));
    let panel = FakePanel::start(world).await.unwrap();
    (panel, key, format!("/api/client/servers/{uuid}"))
}

async fn call(panel: &FakePanel, key: &str, server: &str, call: Call) -> Reply {
    let path = |rest: &str| format!("{server}/{rest}");
    match call {
        Call::List => get(panel, key, "/api/client").await,
        Call::View => get(panel, key, server).await,
        Call::Resources => get(panel, key, &path("resources")).await,
        Call::Power => post(panel, key, &path("power"), r#"{"signal":"kill"}"#).await,
        Call::Websocket => get(panel, key, &path("websocket")).await,
        Call::Activity => get(panel, key, &path("activity")).await,
        Call::Backups => get(panel, key, &path("backups")).await,
        Call::Schedules => get(panel, key, &path("schedules")).await,
        Call::Startup => get(panel, key, &path("startup")).await,
        Call::Allocations => get(panel, key, &path("network/allocations")).await,
        Call::Account => get(panel, key, "/api/client/account").await,
        Call::Permissions => get(panel, key, "/api/client/permissions").await,
        Call::Command => post(panel, key, &path("command"), r#"{"command":"help"}"#).await,
        Call::Other => get(panel, key, "/api/client/nothing").await,
    }
}

const OF_A_SERVER: [Call; 9] = [
    Call::View,
    Call::Resources,
    Call::Power,
    Call::Websocket,
    Call::Activity,
    Call::Backups,
    Call::Schedules,
    Call::Startup,
    Call::Allocations,
];

/// The status of each of a server's calls.
async fn statuses(panel: &FakePanel, key: &str, server: &str) -> Vec<u16> {
    let mut all = Vec::new();
    for one in OF_A_SERVER {
        all.push(call(panel, key, server, one).await.status);
    }
    all
}

const FINE: [u16; 9] = [200, 200, 204, 200, 200, 200, 200, 200, 200];

#[tokio::test]
async fn a_fault_of_one_call_of_one_server_shows_there_only() {
    let (panel, key, server) = panel().await;
    let sound = panel.with(|world| world.server("Sound").uuid().to_owned());
    let sound = format!("/api/client/servers/{sound}");
    for (at, one) in OF_A_SERVER.into_iter().enumerate() {
        panel.with(|world| {
            let server = world.server("Broken");
            server.fault_on(one, Some(Fault::Proxy { status: 502 }));
        });
        let mut expected = FINE;
        expected[at] = 502;
        assert_eq!(statuses(&panel, &key, &server).await, expected, "{one:?}");
        assert_eq!(statuses(&panel, &key, &sound).await, FINE, "{one:?}");
        panel.with(|world| world.server("Broken").fault_on(one, None));
    }
    assert_eq!(statuses(&panel, &key, &server).await, FINE);
}

#[tokio::test]
async fn a_fault_of_one_call_of_the_panel_is_every_server_s() {
    let (panel, key, server) = panel().await;
    for one in [Call::List, Call::Account, Call::Power, Call::Websocket] {
        panel.with(|world| world.fault_on(one, Some(Fault::Unavailable503)));
        let broken = call(&panel, &key, &server, one).await;
        assert_eq!(
            (broken.status, broken.code().as_str()),
            (503, "HttpException")
        );
        assert_eq!(call(&panel, &key, &server, Call::View).await.status, 200);
        panel.with(|world| world.fault_on(one, None));
        assert!(call(&panel, &key, &server, one).await.status < 300);
    }
}

#[tokio::test]
async fn a_fault_can_wear_out() {
    let (panel, key, server) = panel().await;
    panel.with(|world| world.fault_times(1, Call::List, Fault::Unauthorized401));
    assert_eq!(call(&panel, &key, &server, Call::View).await.status, 200);
    let mut seen = Vec::new();
    for _ in 0..3 {
        seen.push(call(&panel, &key, &server, Call::List).await.status);
    }
    assert_eq!(seen, [401, 200, 200]);
    panel.with(|world| {
        let server = world.server("Broken");
        server.fault_on(Call::Resources, Some(Fault::Error500));
        server.fault_times(2, None, Fault::Conflict409(Conflict::Restoring));
    });
    let mut seen = Vec::new();
    for one in [Call::Power, Call::Resources, Call::Power, Call::Power] {
        seen.push(call(&panel, &key, &server, one).await.status);
    }
    assert_eq!(seen, [409, 500, 409, 204]);
    panel.with(|world| world.server("Broken").fault(None));
    assert_eq!(statuses(&panel, &key, &server).await, FINE);
}

#[tokio::test]
async fn a_fault_can_be_late() {
    let (panel, key, server) = panel().await;
    for (fault, status) in [
        (Fault::NodeTimeout504, 504),
        (Fault::Proxy { status: 504 }, 504),
        (Fault::TooMany429 { headers: false }, 429),
        (Fault::UnknownState, 200),
    ] {
        let late = Fault::Late {
            by: Duration::from_secs(15),
            fault: Box::new(fault),
        };
        panel.with(|world| world.server("Broken").fault(Some(late)));
        let asked = Instant::now();
        let got = call(&panel, &key, &server, Call::Resources).await;
        assert_eq!(got.status, status);
        assert!(asked.elapsed() >= Duration::from_millis(15));
    }
    let late = Fault::Late {
        by: Duration::from_secs(15),
        fault: Box::new(Fault::Reset),
    };
    panel.with(|world| world.panel_fault(Some(late)));
    assert!(send(&panel, "GET", "/api/client", &[], "").await.is_err());
}

#[tokio::test]
async fn what_stands_before_or_instead_of_the_panel_can_be_told_apart() {
    let (panel, key, server) = panel().await;
    let put = async |fault| {
        panel.with(|world| world.panel_fault(Some(fault)));
        call(&panel, &key, &server, Call::List).await
    };
    let wall = put(Fault::Challenge403).await;
    assert_eq!(
        (wall.status, wall.header("cf-mitigated")),
        (403, Some("challenge"))
    );
    let other = put(Fault::OtherPanel404).await.json();
    assert!(other["errors"][0].is_string(), "{other}");
    for status in [502, 503, 504, 520] {
        let page = put(Fault::Proxy { status }).await;
        assert_eq!(page.status, status);
        assert!(page.body.starts_with("<!DOCTYPE html>"));
    }
}

#[tokio::test]
async fn a_connection_can_end_in_the_middle_of_a_body() {
    let (panel, key, server) = panel().await;
    let whole = call(&panel, &key, &server, Call::List).await.body;
    panel.with(|world| world.panel_fault(Some(Fault::CutConnection)));
    let bearer = format!("Bearer {key}");
    let headers = [("Accept", "application/json"), ("Authorization", &*bearer)];
    let torn = send(&panel, "GET", "/api/client", &headers, "").await;
    let torn = torn.unwrap();
    assert_eq!(torn.status, 200);
    let promised: usize = torn.header("content-length").unwrap().parse().unwrap();
    assert_eq!(promised, whole.len());
    assert!(!torn.body.is_empty() && torn.body.len() < promised);
    assert!(whole.starts_with(&torn.body));
}

#[tokio::test]
async fn requests_are_counted_by_kind_and_server() {
    let (panel, key, server) = panel().await;
    let short = server.split('-').next().unwrap();
    for path in [
        &*server,
        short,
        "/api/client",
        "/api/client/servers/deadbeef",
    ] {
        get(&panel, &key, path).await;
    }
    call(&panel, &key, &server, Call::Power).await;
    assert_eq!(panel.count(Call::View), 3, "unknown servers too");
    assert_eq!(panel.count_of("Broken", Call::View), 2);
    assert_eq!(panel.count_of("Sound", Call::View), 0);
    assert_eq!(panel.count_of("Nobody", Call::View), 0);
    assert_eq!((panel.count(Call::List), panel.count(Call::Power)), (1, 1));
    assert_eq!(panel.connections(), 5, "this client opens one for each");
    assert_eq!((panel.in_flight(), panel.most_in_flight()), (0, 1));
    let last = panel.requests().pop().unwrap();
    assert_eq!((last.call, last.status), (Call::Power, Some(204)));
    assert!(server.ends_with(&last.server.unwrap()));
    panel.forget_requests();
    assert_eq!((panel.count(Call::View), panel.most_in_flight()), (0, 0));
}

#[tokio::test]
async fn the_most_requests_at_the_same_time_are_known() {
    let (panel, key, server) = panel().await;
    panel.with(|world| world.panel_fault(Some(Fault::NeverAnswer)));
    let asked = (0..7).map(|_| get(&panel, &key, &server));
    let all = futures_util::future::join_all(asked);
    let seven = async {
        while panel.in_flight() < 7 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        _ = all => panic!("nobody answers"),
        () = seven => {}
    }
    assert_eq!(panel.most_in_flight(), 7);
}

#[tokio::test]
async fn keys_can_be_revoked_denied_or_of_the_wrong_kind_and_good_again() {
    let (panel, key, server) = panel().await;
    let turned = async |into: &str| {
        let order = format!("panel=keys:alice:{into}");
        panel.with(|world| world.order(&order)).unwrap();
        let got = call(&panel, &key, &server, Call::View).await;
        let text = got.json()["errors"][0]["detail"].to_string();
        (got.status, text)
    };
    assert_eq!(turned("revoked").await.0, 401);
    let (status, text) = turned("denied").await;
    assert!(status == 403 && text.contains("IP address"), "{text}");
    let (status, text) = turned("application").await;
    assert!(
        status == 403 && text.contains("application API key"),
        "{text}"
    );
    assert_eq!(turned("good").await.0, 200);
}
