use super::*;

fn task(events: Inbox, tell: mpsc::UnboundedSender<(String, Told)>) -> Task {
    let given = WebsocketCredentials {
        token: "token".to_owned().into(),
        socket: "wss://node.example.com/api".into(),
    };
    Task {
        server: ServerId {
            panel: PanelId("home".into()),
            uuid: "one".into(),
        },
        held: Held::new(given, Duration::ZERO),
        clock: Clock::start(),
        events,
        tell,
        readers: Readers::default(),
        opened: true,
        tells: true,
        over: false,
        crashes: CrashReader::default(),
    }
}

#[tokio::test]
async fn a_socket_whose_task_breaks_down_is_over_and_its_server_polled() {
    let (events, mut said) = Inbox::overheard();
    let (tell, mut told) = mpsc::unbounded_channel();
    let task = task(events, tell);
    let broken = tokio::spawn(async move {
        let _task = task;
        panic!("the node said something that nobody thought of");
    });
    assert!(broken.await.is_err());
    assert!(matches!(
        told.recv().await,
        Some((uuid, Told::Closed { advice, .. })) if uuid == "one" && advice.poll
    ));
    assert!(matches!(
        said(),
        Some(StoreEvent::Live {
            news: LiveNews::Closed { brief: false, .. },
            ..
        })
    ));
    assert!(said().is_none(), "its end is told once");
}
