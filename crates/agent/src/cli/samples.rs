//! A snapshot for the tests of the command line and the socket.

use pterotray_core::{
    Aggregate, Can, Condition, KeyView, LimitsView, LiveView, PanelId, PanelView, Places,
    ResourcesView, ServerId, ServerView, Snapshot, Source,
    settings::{KeyPlace, Settings},
};

/// A panel with one running and one offline server.
pub(crate) fn snapshot() -> Snapshot {
    Snapshot {
        at_ms: 1_000_000,
        aggregate: Aggregate::AllFine,
        panels: vec![PanelView {
            id: PanelId("p1".to_owned()),
            name: "Home".to_owned(),
            url: "https://panel.example.com".to_owned(),
            key: KeyView {
                set: true,
                ends_in: "abcd".to_owned(),
                place: KeyPlace::Keyring,
            },
            connecting: false,
            problem: None,
            servers: vec![running(), offline()],
        }],
        settings: Settings::default(),
        notices: Vec::new(),
        alerts: std::sync::Arc::default(),
        unread_alerts: 0,
        leaving: Vec::new(),
        demo: false,
        offers_new_versions: false,
        places: Places::default(),
        version: "0.0.0".to_owned(),
    }
}

fn running() -> ServerView {
    ServerView {
        id: ServerId {
            panel: PanelId("p1".to_owned()),
            uuid: "1a2b3c4d-0000-4000-8000-000000000001".to_owned(),
        },
        identifier: "1a2b3c4d".to_owned(),
        name: "Survival".to_owned(),
        node: "node-1".to_owned(),
        address: Some("play.example.com:25565".to_owned()),
        condition: Condition::Running,
        cause: None,
        problem: None,
        since_ms: None,
        read_at_ms: Some(999_160),
        source: Some(Source::Poll),
        live: LiveView::Off,
        resources: Some(ResourcesView {
            cpu_percent: 23.1,
            memory_bytes: 2_254_857_830,
            disk_bytes: 3_328_599_654,
            uptime_ms: 512_000,
            network_rx_bytes: 1,
            network_tx_bytes: 1,
        }),
        limits: LimitsView {
            cpu_percent: 200,
            memory_mib: 4096,
            disk_mib: 10240,
        },
        can: Can {
            start: false,
            stop: true,
            restart: true,
            kill: false,
        },
        pending: None,
        may: pterotray_core::May::default(),
        alert_rule: None,
        panel_page: "https://panel.example.com/server/1a2b3c4d".to_owned(),
        hidden: false,
    }
}

fn offline() -> ServerView {
    let mut server = running();
    server.id.uuid = "5e6f7a8b-0000-4000-8000-000000000002".to_owned();
    server.identifier = "5e6f7a8b".to_owned();
    server.name = "Creative".to_owned();
    server.address = None;
    server.condition = Condition::Offline;
    server.resources = None;
    server.can = Can {
        start: true,
        ..Can::default()
    };
    server
}
