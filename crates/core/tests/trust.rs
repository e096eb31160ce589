//! A panel with a certificate of its own making: refused with its fingerprint, and trusted for this panel only.
#![expect(
    clippy::unwrap_used,
    reason = "a panel that cannot be set up fails where it does"
)]

use fake_panel::{FakePanel, Rules, ServerSpec, World};
use pterotray_core::{
    Action, App, Config, Outcome, Problem, ProblemKind, TypedKey,
    keys::Memory,
    paths::Paths,
    settings::{self, KeyPlace, PanelTrust},
};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{ServerConfig, pki_types::PrivateKeyDer};
use std::{sync::Arc, time::Duration};
use tempfile::TempDir;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    time::timeout,
};
use tokio_rustls::TlsAcceptor;

/// A panel behind a certificate that nobody signed.
struct Front {
    _panel: FakePanel,
    key: String,
    url: String,
    /// The certificate, in PEM form.
    pem: String,
}

impl Front {
    async fn open() -> Front {
        let mut world = World::new(Rules::quick());
        let key = world.add_user("robin", false);
        world.add_server(ServerSpec::new("Survival", "robin", "node-1"));
        let panel = FakePanel::start(world).await.unwrap();
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let private = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], private)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!(
            "https://localhost:{}",
            listener.local_addr().unwrap().port()
        );
        let behind = panel.port();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let mut outside = acceptor.accept(stream).await.ok()?;
                    let mut inside = TcpStream::connect(("127.0.0.1", behind)).await.ok()?;
                    copy_bidirectional(&mut outside, &mut inside).await.ok()
                });
            }
        });
        Front {
            _panel: panel,
            key,
            url,
            pem: cert.pem(),
        }
    }

    fn tried(&self, trust: Option<PanelTrust>) -> Action {
        Action::TryPanel {
            url: self.url.clone(),
            key: TypedKey(self.key.clone().into()),
            trust,
            unencrypted: false,
        }
    }
}

fn start(profile: &TempDir) -> App {
    let config = Config {
        shortest_poll: Duration::from_millis(100),
        ..Config::new(Paths::within(profile.path()))
    };
    App::start(config, Arc::new(Memory::default())).0
}

async fn until_listed(app: &App) {
    let mut snapshots = app.snapshots();
    let listed = snapshots.wait_for(|seen| seen.servers().any(|server| server.name == "Survival"));
    let seen = timeout(Duration::from_secs(20), listed).await;
    seen.expect("the panel is watched").unwrap();
}

/// Tries a panel with this trust, and keeps it.
async fn keep(app: &App, front: &Front, trust: &PanelTrust) {
    let found = app.ask(front.tried(Some(trust.clone()))).await;
    let Outcome::Found { trial, .. } = found else {
        panic!("{found:?}");
    };
    let kept = app
        .ask(Action::KeepPanel {
            trial,
            name: String::new(),
            place: KeyPlace::UntilQuit,
            replaces: None,
            show_others: None,
        })
        .await;
    assert_eq!(kept, Outcome::Done);
}

#[tokio::test]
async fn the_fingerprint_is_told_and_trusting_it_is_kept_with_the_panel() {
    let front = Front::open().await;
    let profile = tempfile::tempdir().unwrap();
    let app = start(&profile);
    let Outcome::Untrusted { problem, sha256 } = app.ask(front.tried(None)).await else {
        panic!("a self-made certificate is not trusted by itself");
    };
    assert_eq!(problem, Problem::of(ProblemKind::CertificateUnknown));
    let trust = PanelTrust::Certificate { sha256 };
    keep(&app, &front, &trust).await;
    until_listed(&app).await;
    app.finished().await;
    let saved = settings::load(&Paths::within(profile.path()).settings(), false).settings;
    assert_eq!(saved.panels[0].trust, Some(trust));
}

#[tokio::test]
async fn another_certificate_than_the_trusted_one_is_refused() {
    let front = Front::open().await;
    let profile = tempfile::tempdir().unwrap();
    let app = start(&profile);
    let other = PanelTrust::Certificate {
        sha256: "00".repeat(32),
    };
    let refused = app.ask(front.tried(Some(other))).await;
    assert!(
        matches!(&refused, Outcome::Untrusted { problem, .. } if problem.kind == ProblemKind::CertificateChanged),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_trusted_certificate_is_trusted_for_its_panel_only() {
    let (trusted, other) = (Front::open().await, Front::open().await);
    let profile = tempfile::tempdir().unwrap();
    let app = start(&profile);
    let Outcome::Untrusted { sha256, .. } = app.ask(trusted.tried(None)).await else {
        panic!("a self-made certificate is not trusted by itself");
    };
    let trust = PanelTrust::Certificate { sha256 };
    keep(&app, &trusted, &trust).await;
    until_listed(&app).await;
    // Neither what was kept nor the same fingerprint opens the way to another panel.
    let refusals = [
        (other.tried(None), ProblemKind::CertificateUnknown),
        (other.tried(Some(trust)), ProblemKind::CertificateChanged),
    ];
    for (tried, kind) in refusals {
        let refused = app.ask(tried).await;
        assert!(
            matches!(&refused, Outcome::Untrusted { problem, .. } if problem.kind == kind),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn an_authority_of_ones_own_is_enough() {
    let front = Front::open().await;
    let profile = tempfile::tempdir().unwrap();
    let app = start(&profile);
    let pem = front.pem.clone();
    let trust = PanelTrust::Authority { pem };
    let found = app.ask(front.tried(Some(trust))).await;
    assert!(matches!(found, Outcome::Found { .. }), "{found:?}");
}

#[tokio::test]
async fn a_key_goes_readable_into_the_open_only_when_a_person_says_so() {
    let mut world = World::new(Rules::quick());
    let key = world.add_user("robin", false);
    let panel = FakePanel::start(world).await.unwrap();
    // This computer, by an address that does not look like it.
    let url = panel.url().replace("127.0.0.1", "0.0.0.0");
    let profile = tempfile::tempdir().unwrap();
    let app = start(&profile);
    let tried = |unencrypted| Action::TryPanel {
        url: url.clone(),
        key: TypedKey(key.clone().into()),
        trust: None,
        unencrypted,
    };
    let problem = Problem::of(ProblemKind::Unencrypted);
    assert_eq!(app.ask(tried(false)).await, Outcome::Failed { problem });
    let found = app.ask(tried(true)).await;
    assert!(
        matches!(&found, Outcome::Found { found, .. } if found.unencrypted),
        "{found:?}"
    );
}

#[tokio::test]
async fn a_panel_that_is_no_longer_trusted_is_not_reached_until_it_is_again() {
    let front = Front::open().await;
    let profile = tempfile::tempdir().unwrap();
    let app = start(&profile);
    let trust = PanelTrust::Authority {
        pem: front.pem.clone(),
    };
    let Outcome::Found { trial, .. } = app.ask(front.tried(Some(trust))).await else {
        panic!("an authority of one's own is enough");
    };
    let keep = Action::KeepPanel {
        trial,
        name: String::new(),
        place: KeyPlace::UntilQuit,
        replaces: None,
        show_others: Some(true),
    };
    assert_eq!(app.ask(keep).await, Outcome::Done);
    until_listed(&app).await;
    let panel = app.snapshots().borrow().panels[0].id.clone();
    let distrust = Action::ChangePanel {
        panel,
        name: None,
        show_others: None,
        distrust: true,
    };
    assert_eq!(app.ask(distrust).await, Outcome::Done);
    let unknown = Some(Problem::of(ProblemKind::CertificateUnknown));
    let mut snapshots = app.snapshots();
    let refused = snapshots.wait_for(|seen| seen.panels[0].problem == unknown);
    let seen = timeout(Duration::from_secs(20), refused).await;
    let seen = seen.expect("it is refused").unwrap().clone();
    assert_eq!(seen.settings.panels[0].trust, None);
    assert!(seen.settings.panels[0].show_others);
}
