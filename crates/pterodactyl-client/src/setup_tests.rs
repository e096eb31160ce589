//! What people paste, and what is found or named.

use crate::loopback_tests::host::{Host, Say, answer, json};
use crate::setup::{Check, Found, Notice, SetupError, Unencrypted, check};
use crate::tls_tests::Authority;
use crate::{BaseUrl, BaseUrlError, Error, SecretString, TlsFault, Trust, Unreachable};

const KEY: &str = "ptlc_MakeBelieve0000000000000000000000000000KeyA";
const ACCOUNT: &str = r#"{"object":"user","attributes":{"username":"mira","admin":false}}"#;
const ADMIN: &str = r#"{"object":"user","attributes":{"username":"root","admin":true}}"#;

fn list(total: u32) -> Say {
    json(&format!(
        r#"{{"object":"list","data":[],"meta":{{"pagination":{{"total":{total},"total_pages":1}}}}}}"#
    ))
}

fn refusal(status: &str, code: &str, detail: &str) -> Say {
    let body = format!(r#"{{"errors":[{{"code":"{code}","status":"","detail":"{detail}"}}]}}"#);
    let kind = "Content-Type: application/json";
    Say::Bytes(answer(status, kind, &body))
}

fn page(status: &str, headers: &str, title: &str) -> Say {
    let headers = format!("Content-Type: text/html\n{headers}");
    let body = format!("<html><title>{title}</title></html>");
    Say::Bytes(answer(status, &headers, &body))
}

fn sends_on(to: &str) -> Say {
    let location = format!("Location: {to}");
    Say::Bytes(answer("301 Moved Permanently", &location, ""))
}

async fn checked(text: &str, key: &SecretString, tls: &Trust) -> Result<Found, SetupError> {
    check(text, key, tls, Unencrypted::Refused).await
}

async fn pasted(text: &str) -> Result<Found, SetupError> {
    checked(text, &KEY.into(), &Trust::default()).await
}

/// The check against a host that says these things in turn.
async fn with(answers: Vec<Say>) -> Result<Found, SetupError> {
    let host = Host::start(answers).await;
    pasted(&host.address).await
}

#[tokio::test]
async fn a_panel_is_found_from_one_of_its_pages() {
    let host = Host::start(vec![json(ACCOUNT), list(3)]).await;
    let found = pasted(&format!("{}/games/server/1a2b3c4d", host.address))
        .await
        .unwrap();
    assert_eq!(found.base.as_str(), format!("{}/games", host.address));
    assert_eq!(
        (found.servers, found.account.unwrap().username),
        (3, "mira".into())
    );
    assert_eq!(found.notices, []);
    let lines: Vec<String> = host
        .asked()
        .iter()
        .map(|request| request.lines().next().unwrap().to_owned())
        .collect();
    assert_eq!(
        lines,
        [
            "GET /games/api/client/account HTTP/1.1",
            "GET /games/api/client?per_page=1&page=1 HTTP/1.1"
        ]
    );
}

#[tokio::test]
async fn nothing_to_watch_is_said_but_is_no_mistake() {
    let found = with(vec![json(ACCOUNT), list(0)]).await.unwrap();
    assert_eq!(found.notices, [Notice::NoServers]);
    let found = with(vec![json(ADMIN), list(0)]).await.unwrap();
    assert_eq!(found.notices, [Notice::OnlyOthersServers]);
}

#[tokio::test]
async fn a_restricted_key_is_good_when_it_lists_servers() {
    let no = || {
        refusal(
            "403 Forbidden",
            "AccessDeniedHttpException",
            "This key is restricted.",
        )
    };
    let found = with(vec![no(), list(2)]).await.unwrap();
    assert_eq!(found.account, None);
    assert_eq!(found.notices, [Notice::RestrictedKey]);
    let refused = with(vec![no(), no()]).await;
    assert!(
        matches!(refused, Err(SetupError::Forbidden { .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_panel_that_moved_on_its_host_is_followed_once_and_kept() {
    for to in [
        "/panel/api/client/account",
        "{}/panel/api/client/account?x=1",
    ] {
        let new = Host::start(vec![json(ACCOUNT), list(1)]).await;
        let to = if to.starts_with('/') {
            format!("{}{to}", new.address)
        } else {
            to.replace("{}", &new.address)
        };
        let old = Host::start(vec![sends_on(&to)]).await;
        let found = pasted(&old.address).await.unwrap();
        assert_eq!(found.base.as_str(), format!("{}/panel", new.address));
        assert_eq!(found.notices, [Notice::Moved]);
        assert_eq!(old.asked().len(), 1);
    }
    let host = Host::start(vec![
        sends_on("/panel/api/client/account"),
        json(ACCOUNT),
        list(1),
    ]);
    let host = host.await;
    let found = pasted(&host.address).await.unwrap();
    assert_eq!(found.base.as_str(), format!("{}/panel", host.address));
}

#[tokio::test]
async fn plain_http_that_sends_on_to_https_is_kept_as_https() {
    let authority = Authority::new();
    let secure = authority.good().serve().await;
    let plain = Host::start(vec![sends_on(&format!("{secure}/api/client/account"))]).await;
    let found = checked(&plain.address, &KEY.into(), &authority.trusted())
        .await
        .unwrap();
    assert_eq!(found.base.as_str(), secure);
    assert_eq!(found.notices, [Notice::Encrypted]);
    let untrusted = pasted(&plain.address).await.unwrap_err();
    let SetupError::Tls {
        fault, certificate, ..
    } = untrusted
    else {
        panic!("{untrusted:?}");
    };
    assert_eq!(fault, TlsFault::UnknownIssuer);
    assert!(
        certificate.is_some(),
        "what was shown can be compared and pinned"
    );
}

#[tokio::test]
async fn in_the_open_the_key_waits_until_it_is_known_where_to() {
    let authority = Authority::new();
    let secure = authority.good().serve().await;
    let plain = Host::start(vec![sends_on(&format!("{secure}/api/client/account"))]).await;
    let run = async |unencrypted, host: &Host| {
        let check = Check {
            key: &KEY.into(),
            tls: &authority.trusted(),
            patience: crate::client::Patience::default(),
            cautious: true,
            unencrypted,
        };
        check.run(BaseUrl::parse(&host.address).unwrap()).await
    };
    let found = run(Unencrypted::Refused, &plain).await;
    assert_eq!(found.unwrap().base.as_str(), secure);
    assert_eq!(plain.asked().len(), 1);
    assert!(!plain.asked()[0].contains(KEY), "{}", plain.asked()[0]);
    // Nothing to send on to: the key stays here, unless the person wants it that way.
    let refused = || refusal("401 Unauthorized", "AuthenticationException", "x");
    let plain = Host::start(vec![refused()]).await;
    let found = run(Unencrypted::Refused, &plain).await;
    assert_eq!(found, Err(SetupError::Unencrypted));
    assert!(!plain.asked().concat().contains(KEY), "{:?}", plain.asked());
    let website = Host::start(vec![page("200 OK", "", "Welcome")]).await;
    let found = run(Unencrypted::Refused, &website).await;
    assert!(
        matches!(found, Err(SetupError::WebPage { .. })),
        "{found:?}"
    );
    let plain = Host::start(vec![refused(), json(ACCOUNT), list(1)]).await;
    let found = run(Unencrypted::Allowed, &plain).await;
    assert_eq!(found.unwrap().base.as_str(), plain.address);
}

#[tokio::test]
async fn another_folder_in_the_open_is_no_reason_to_show_the_key() {
    let to = "/games/api/client/account";
    let host = Host::start(vec![sends_on(to), sends_on(to), json(ACCOUNT), list(1)]).await;
    // This computer, by an address that does not look like it.
    let open = host.address.replace("127.0.0.1", "0.0.0.0");
    assert_eq!(pasted(&open).await, Err(SetupError::Unencrypted));
    assert!(!host.asked().concat().contains(KEY), "{:?}", host.asked());
    let allowed = Unencrypted::Allowed;
    let found = check(&open, &KEY.into(), &Trust::default(), allowed).await;
    assert_eq!(found.unwrap().base.as_str(), format!("{open}/games"));
}

#[tokio::test]
async fn no_key_goes_to_another_host_or_in_circles() {
    let elsewhere = Host::start(vec![json(ACCOUNT)]).await;
    let to = elsewhere.address.replace("127.0.0.1", "localhost");
    let error = with(vec![sends_on(&format!("{to}/api/client/account"))]).await;
    assert_eq!(error, Err(SetupError::OtherHost { to }));
    assert_eq!(elsewhere.connections(), 0);

    let around = with(vec![sends_on("/api/client/account")]).await;
    assert_eq!(around, Err(SetupError::RedirectLoop));
    let further = with(vec![
        sends_on("/a/api/client/account"),
        sends_on("/b/api/client/account"),
    ]);
    assert_eq!(further.await, Err(SetupError::RedirectLoop));
    let nowhere = with(vec![sends_on("")]).await;
    assert_eq!(nowhere, Err(SetupError::RedirectLoop));
}

#[tokio::test]
async fn https_is_never_given_up() {
    let base = BaseUrl::parse("https://p.example").unwrap();
    let to = "http://p.example/api/client/account".to_owned();
    let error = crate::NotAPanel::Redirect { to }.into();
    let to = "http://p.example".to_owned();
    assert_eq!(
        crate::setup::moved(&base, &error),
        Err(SetupError::Downgrade { to })
    );
}

#[tokio::test]
async fn every_mistake_has_its_name() {
    let maintenance = || {
        refusal(
            "503 Service Unavailable",
            "HttpException",
            "Service Unavailable",
        )
    };
    let denied = |detail| refusal("403 Forbidden", "AccessDeniedHttpException", detail);
    let title = |title: &str| Some(title.to_owned());
    for (answers, expected) in [
        (
            vec![refusal("401 Unauthorized", "AuthenticationException", "x")],
            SetupError::KeyRejected,
        ),
        (
            vec![denied("You are attempting to use an application API key")],
            SetupError::ApplicationKey,
        ),
        (
            vec![denied(
                "This IP address (192.0.2.7) does not have permission",
            )],
            SetupError::IpNotAllowed {
                ip: title("192.0.2.7"),
            },
        ),
        (
            vec![
                json(ACCOUNT),
                refusal("400 Bad Request", "TwoFactorAuthRequiredException", "x"),
            ],
            SetupError::TwoFactorRequired,
        ),
        (vec![maintenance()], SetupError::Maintenance),
        (
            vec![page("429 Too Many Requests", "", "x")],
            SetupError::RateLimited,
        ),
        (
            vec![page("200 OK", "", "Welcome")],
            SetupError::WebPage {
                title: title("Welcome"),
            },
        ),
        (
            vec![page("404 Not Found", "", "404")],
            SetupError::WebPage {
                title: title("404"),
            },
        ),
        (vec![sends_on("/auth/login")], SetupError::LoginWall),
        (
            vec![page("401 Unauthorized", "", "401")],
            SetupError::LoginWall,
        ),
        (
            vec![page("403 Forbidden", "cf-mitigated: challenge", "x")],
            SetupError::Challenge,
        ),
        (
            vec![page("200 OK", "", "Hotspot Login")],
            SetupError::CaptivePortal,
        ),
        (
            vec![page("511 Network Authentication Required", "", "x")],
            SetupError::CaptivePortal,
        ),
        (
            vec![json(r#"{"user":{"uuid":"u"}}"#)],
            SetupError::Calagopus,
        ),
        (vec![json(r#"{"hello":"world"}"#)], SetupError::NotAPanel),
        (
            vec![refusal("404 Not Found", "NotFoundHttpException", "x")],
            SetupError::NotAPanel,
        ),
    ] {
        let found = with(answers).await;
        assert_eq!(found, Err(expected));
    }
    let broken = with(vec![page("502 Bad Gateway", "", "502")]).await;
    assert!(matches!(
        broken,
        Err(SetupError::Broken(Error::Broken { status: 502, .. }))
    ));
}

#[tokio::test]
async fn a_text_that_is_no_address_or_no_key_is_not_sent_anywhere() {
    assert_eq!(
        pasted(" ").await,
        Err(SetupError::Address(BaseUrlError::Empty))
    );
    let host = Host::start(vec![json(ACCOUNT)]).await;
    for (key, expected) in [
        ("", SetupError::BlankKey),
        (" \n", SetupError::BlankKey),
        ("two words", SetupError::BrokenKey),
    ] {
        let key = SecretString::from(key);
        let found = checked(&host.address, &key, &Trust::default()).await;
        assert_eq!(found, Err(expected));
    }
    let trust = Trust {
        extra_ca: Some("rubbish".into()),
        pinned_sha256: None,
    };
    let found = checked(&host.address, &KEY.into(), &trust)
        .await
        .unwrap_err();
    let fault = TlsFault::Unusable;
    assert!(
        matches!(found, SetupError::Tls { fault: f, .. } if f == fault),
        "{found:?}"
    );
    assert_eq!(host.connections(), 0);
}

#[tokio::test]
async fn a_host_that_is_silent_or_away_is_named() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert_eq!(
        pasted(&address).await,
        Err(SetupError::Unreachable(Unreachable::Refused))
    );
    let silent = Host::start(vec![Say::ThenSilence(Vec::new())]).await;
    let hasty = Check {
        key: &KEY.into(),
        tls: &Trust::default(),
        patience: crate::client::Patience {
            connect: std::time::Duration::from_secs(10),
            whole: std::time::Duration::from_millis(300),
        },
        cautious: false,
        unencrypted: Unencrypted::Refused,
    };
    assert_eq!(
        hasty.run(BaseUrl::parse(&silent.address).unwrap()).await,
        Err(SetupError::Unreachable(Unreachable::TimedOut))
    );
}

#[tokio::test]
async fn a_panel_on_an_ipv6_address_is_found() {
    // Some containers have no IPv6, not even loopback.
    if tokio::net::TcpListener::bind("[::1]:0").await.is_err() {
        return;
    }
    let host = Host::start_on("[::1]:0", vec![json(ACCOUNT), list(1)]).await;
    let found = pasted(&format!("{}/auth/login", host.address))
        .await
        .unwrap();
    assert_eq!(found.base.as_str(), host.address);
    assert!(found.base.as_str().starts_with("http://[::1]:"));
}

#[tokio::test]
async fn no_mistake_repeats_the_key() {
    let detail = format!("sent: {KEY}");
    let says = vec![
        refusal("403 Forbidden", "AccessDeniedHttpException", &detail),
        refusal("403 Forbidden", "AccessDeniedHttpException", &detail),
    ];
    let error = with(says).await.unwrap_err();
    assert!(
        !format!("{error:?} {error}").contains("MakeBelieve"),
        "{error:?}"
    );
    let page = with(vec![page("200 OK", "", KEY)]).await.unwrap_err();
    assert!(
        !format!("{page:?} {page}").contains("MakeBelieve"),
        "{page:?}"
    );
}
