//! Live connections to the fake panel's nodes, in every manner a node can have. Waits for what is told, never for a time.

#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::time::Duration;

use fake_panel::{FakePanel, Flavour, Manners, Rules, ServerSpec, World};
use pterodactyl_client::live::{
    Ask, CrashLine, CrashReader, Dial, Event, HandshakeError, JwtError, Live, Notice, Retry, Setup,
    State, Stats, Token, Why,
};
use pterodactyl_client::{BaseUrl, Client, PowerSignal, PowerState, Trust};
use tokio::time::{Instant, timeout};

const MANNERS: [Manners; 4] = [
    Manners::Wings1_11,
    Manners::Wings1_12,
    Manners::Wings1_13,
    Manners::WingsRs,
];
/// Nothing told here takes this long.
const LIMIT: Duration = Duration::from_secs(20);

struct Story {
    panel: FakePanel,
    client: Client,
    dial: Dial,
    uuid: String,
    zero: Instant,
}

impl Story {
    async fn new(manners: Manners) -> Self {
        let rules = Rules {
            manners,
            flavour: Flavour::Pterodactyl1_14,
            ..Rules::quick()
        };
        let mut world = World::new(rules);
        let key = world.add_user("mira", false);
        let uuid = world.add_server(ServerSpec::new("Survival", "mira", "node-1"));
        let panel = FakePanel::start(world).await.unwrap();
        let base = BaseUrl::parse(&panel.url()).unwrap();
        Self {
            client: Client::new(base.clone(), key.into()).unwrap(),
            dial: Dial::new(base, &Trust::default()).unwrap(),
            panel,
            uuid,
            zero: Instant::now(),
        }
    }

    async fn token(&self) -> (Token, String) {
        let given = self.client.websocket(&self.uuid).await.unwrap();
        (Token::read(given.token, self.zero.elapsed()), given.socket)
    }

    async fn open(&self) -> Live {
        let (token, socket) = self.token().await;
        self.open_with(token, &socket).await
    }

    async fn open_with(&self, token: Token, socket: &str) -> Live {
        let setup = Setup {
            server_uuid: self.uuid.clone(),
            token,
            failures: 0,
            seed: 1,
        };
        Live::open(&self.dial, socket, setup, self.zero).await
    }
}

/// Waits until something told is what `wanted` looks for.
async fn until<T>(live: &mut Live, mut wanted: impl FnMut(&Notice) -> Option<T>) -> T {
    let mut told = Vec::new();
    loop {
        let Ok(Some(notice)) = timeout(LIMIT, live.next()).await else {
            panic!("it is never told, only {told:#?}");
        };
        if let Some(found) = wanted(&notice) {
            return found;
        }
        told.push(notice);
    }
}

async fn event(live: &mut Live, wanted: Event) {
    let wanted = Notice::Event(wanted);
    until(live, |notice| (*notice == wanted).then_some(())).await;
}

async fn closed(live: &mut Live) -> Why {
    until(live, |notice| match notice {
        Notice::Closed { why, .. } => Some(why.clone()),
        Notice::Event(_) | Notice::NeedToken | Notice::NotSent { .. } => None,
    })
    .await
}

fn stats(notice: &Notice) -> Option<Stats> {
    let Notice::Event(Event::Stats(stats)) = notice else {
        return None;
    };
    Some(stats.clone())
}

fn line(notice: &Notice) -> Option<String> {
    let Notice::Event(Event::Console(line)) = notice else {
        return None;
    };
    Some(line.clone())
}

#[tokio::test]
async fn a_server_is_watched_from_start_to_crash_to_stop() {
    for manners in MANNERS {
        let story = Story::new(manners).await;
        let mut live = story.open().await;
        event(&mut live, Event::Status(PowerState::Offline)).await;
        live.ask(Ask::Power(PowerSignal::Start));
        event(&mut live, Event::Status(PowerState::Starting)).await;
        event(&mut live, Event::Status(PowerState::Running)).await;
        until(&mut live, |notice| {
            stats(notice).filter(|stats| stats.memory_bytes > 0)
        })
        .await;
        live.ask(Ask::Command("say hello".into()));
        until(&mut live, |notice| {
            line(notice).filter(|line| line.contains("say hello"))
        })
        .await;
        let crash = |world: &mut World| world.server("Survival").crash_with(137, true);
        story.panel.with(crash);
        let mut reader = CrashReader::default();
        let told = until(&mut live, |notice| {
            line(notice).and_then(|line| reader.read(&line))
        })
        .await;
        let CrashLine::Crashed(crash) = told else {
            panic!("{manners:?}: {told:?}");
        };
        assert_eq!(crash.exit_code, Some(137), "{manners:?}");
        assert_eq!(crash.out_of_memory, Some(true), "{manners:?}");
        live.leave();
        assert_eq!(closed(&mut live).await, Why::Left);
    }
}

#[tokio::test]
async fn a_token_that_ended_unnoticed_is_replaced_and_the_state_read_again() {
    for manners in [Manners::Wings1_11, Manners::Wings1_12, Manners::Wings1_13] {
        let story = Story::new(manners).await;
        let running = |world: &mut World| world.server("Survival").been_running_for(LIMIT);
        story.panel.with(running);
        let mut live = story.open().await;
        event(&mut live, Event::Status(PowerState::Running)).await;
        story.panel.skip(Duration::from_secs(601));
        until(&mut live, |notice| {
            (*notice == Notice::NeedToken).then_some(())
        })
        .await;
        // Nobody answers in time.
        event(&mut live, Event::JwtError(JwtError::Expired)).await;
        assert_eq!(live.session().state(), State::Refreshing);
        live.token(story.token().await.0);
        event(&mut live, Event::AuthSuccess).await;
        let stats = until(&mut live, stats).await;
        assert_eq!(stats.state, PowerState::Running, "{manners:?}");
        assert_eq!(live.session().state(), State::Live);
    }
}

#[tokio::test]
async fn a_suspension_drops_the_connection_and_then_closes_the_door() {
    for manners in [Manners::Wings1_12, Manners::Wings1_13] {
        let story = Story::new(manners).await;
        let (token, socket) = story.token().await;
        let mut live = story.open_with(token.clone(), &socket).await;
        event(&mut live, Event::AuthSuccess).await;
        let suspend = |world: &mut World| world.server("Survival").set_status(Some("suspended"));
        story.panel.with(suspend);
        assert_eq!(closed(&mut live).await, Why::Dropped, "{manners:?}");
        let mut again = story.open_with(token, &socket).await;
        assert_eq!(closed(&mut again).await, Why::Blocked { code: 4409 });
        let advice = again.session().advice().unwrap();
        assert!(matches!(advice.retry, Retry::AskPanel(_)) && advice.poll);
    }
}

#[tokio::test]
async fn a_panel_known_by_another_name_is_entered_by_its_main_one() {
    let story = Story::new(Manners::Wings1_13).await;
    let other = format!("http://localhost:{}", story.panel.port());
    let dial = Dial::new(BaseUrl::parse(&other).unwrap(), &Trust::default()).unwrap();
    let story = Story { dial, ..story };
    let mut live = story.open().await;
    event(&mut live, Event::AuthSuccess).await;
    assert_eq!(live.origin(), Some(story.panel.url().as_str()));
}

#[tokio::test]
async fn a_server_the_node_does_not_know_is_asked_about_at_the_panel() {
    let story = Story::new(Manners::Wings1_13).await;
    let (token, socket) = story.token().await;
    let forget = |world: &mut World| world.server("Survival").set_known_to_node(false);
    story.panel.with(forget);
    let mut live = story.open_with(token, &socket).await;
    let why = closed(&mut live).await;
    assert_eq!(why, Why::Handshake(HandshakeError::UnknownServer));
    let advice = live.session().advice().unwrap();
    assert!(matches!(advice.retry, Retry::AskPanel(_)));
}
