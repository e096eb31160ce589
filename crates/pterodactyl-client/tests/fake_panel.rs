//! The newer calls against the fake panel, in every generation it plays.

#![expect(
    clippy::unwrap_used,
    reason = "a story that cannot begin ends its test"
)]

use std::time::Duration;

use fake_panel::{FakePanel, Flavour, Rules, ServerSpec, World};
use pterodactyl_client::setup::{Notice, Unencrypted, check};
use pterodactyl_client::{
    ActivityQuery, BackupState, BaseUrl, Call, Client, Error, NewBackup, PowerSignal, SecretString,
    ServerQuery, Trust,
};

const GENERATIONS: [Flavour; 3] = [
    Flavour::Pterodactyl1_11,
    Flavour::Pterodactyl1_14,
    Flavour::Pelican,
];

struct Story {
    panel: FakePanel,
    client: Client,
    key: SecretString,
    uuid: String,
}

async fn story(flavour: Flavour) -> Story {
    let rules = Rules {
        flavour,
        throttle_window: Duration::from_secs(60),
        tokens_per_minute: 5,
        ..Rules::quick()
    };
    let mut world = World::new(rules);
    let key: SecretString = world.add_user("mira", false).into();
    world.add_user("bob", false);
    let uuid = world.add_server(ServerSpec::new("Survival", "mira", "node-1"));
    world.add_server(ServerSpec::new("Creative", "bob", "node-1"));
    world.add_subuser("Creative", "mira", &["websocket.connect"]);
    let panel = FakePanel::start(world).await.unwrap();
    let base = BaseUrl::parse(&panel.url()).unwrap();
    let client = Client::new(base, key.clone()).unwrap();
    Story {
        panel,
        client,
        key,
        uuid,
    }
}

#[tokio::test]
async fn every_generation_answers_every_call() {
    for flavour in GENERATIONS {
        let Story {
            client,
            uuid,
            panel: _panel,
            ..
        } = story(flavour).await;
        let known = client.permissions().await.unwrap();
        assert!(known.iter().any(|known| known.name == "control.start"));
        let socket = client.websocket(&uuid).await.unwrap().socket;
        assert!(
            socket.ends_with(&format!("/api/servers/{uuid}/ws")),
            "{socket}"
        );
        assert!(!client.allocations(&uuid).await.unwrap().is_empty());
        client.startup(&uuid).await.unwrap();
        client.schedules(&uuid).await.unwrap();
        assert!(client.backups(&uuid).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn who_did_it_is_in_the_log() {
    for flavour in GENERATIONS {
        let Story {
            client,
            uuid,
            panel: _panel,
            ..
        } = story(flavour).await;
        client.power(&uuid, PowerSignal::Start).await.unwrap();
        let query = ActivityQuery {
            event: Some("server:power".into()),
            ..ActivityQuery::default()
        };
        let log = client.activity(&uuid, &query).await.unwrap();
        let newest = log.entries.first().unwrap();
        assert_eq!(newest.power_signal(), Some(PowerSignal::Start));
        assert_eq!(newest.actor.as_ref().unwrap().username, "mira");
        assert!(newest.is_api && newest.at.is_some());
    }
}

#[tokio::test]
async fn a_backup_is_made_and_found_again() {
    let Story {
        client,
        uuid,
        panel: _panel,
        ..
    } = story(Flavour::Pterodactyl1_14).await;
    let new = NewBackup {
        name: Some("before the update".into()),
        ..NewBackup::default()
    };
    let made = client.create_backup(&uuid, &new).await.unwrap();
    assert_eq!(
        (made.name.as_str(), made.state),
        ("before the update", BackupState::Running)
    );
    let all = client.backups(&uuid).await.unwrap();
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].uuid, made.uuid);
}

#[tokio::test]
async fn what_may_not_be_done_names_the_permission() {
    let Story { panel, client, .. } = story(Flavour::Pterodactyl1_14).await;
    let other = panel.with(|world| world.server("Creative").uuid().to_owned());
    client.websocket(&other).await.unwrap();
    let refused = client.command(&other, "list").await.unwrap_err();
    assert_eq!(
        refused.missing_permission(Call::Command),
        Some("control.console")
    );
    let refused = client.schedules(&other).await.unwrap_err();
    assert_eq!(
        refused.missing_permission(Call::Schedules),
        Some("schedule.read")
    );
}

#[tokio::test]
async fn a_command_to_an_offline_server_says_so_where_the_panel_does() {
    let said = async |flavour| {
        let Story {
            client,
            uuid,
            panel: _panel,
            ..
        } = story(flavour).await;
        client.command(&uuid, "list").await
    };
    let offline = said(Flavour::Pterodactyl1_14).await;
    assert!(
        matches!(offline, Err(Error::ServerOffline { .. })),
        "{offline:?}"
    );
    assert_eq!(said(Flavour::Pelican).await, Ok(()));
}

#[tokio::test]
async fn tokens_run_out_for_one_server_and_not_for_the_panel() {
    let Story {
        client,
        uuid,
        panel: _panel,
        ..
    } = story(Flavour::Pterodactyl1_14).await;
    client.account().await.unwrap();
    let general = client.budget().unwrap().limit;
    let mut last = Ok(());
    for _ in 0..6 {
        last = client.websocket(&uuid).await.map(drop);
    }
    assert!(matches!(last, Err(Error::ActionLimited { .. })), "{last:?}");
    assert_eq!(client.budget().unwrap().limit, general);
    client.resources(&uuid).await.unwrap();
}

#[tokio::test]
async fn the_list_finds_and_tells_what_was_asked_for() {
    let Story {
        client,
        uuid,
        panel: _panel,
        ..
    } = story(Flavour::Pterodactyl1_14).await;
    let query = ServerQuery {
        name: Some("urviv".into()),
        egg: true,
        subusers: true,
        ..ServerQuery::default()
    };
    let found = client.list(&query).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].server.uuid, uuid);
    assert_eq!(client.count(&ServerQuery::default()).await, Ok(2));
}

#[tokio::test]
async fn the_set_up_check_finds_it() {
    for flavour in GENERATIONS {
        let Story { panel, key, .. } = story(flavour).await;
        let pasted = format!("{}/auth/login", panel.url());
        let found = check(&pasted, &key, &Trust::default(), Unencrypted::Refused)
            .await
            .unwrap();
        assert_eq!(found.base.as_str(), panel.url().trim_end_matches('/'));
        assert_eq!((found.servers, found.notices), (2, Vec::<Notice>::new()));
    }
}
