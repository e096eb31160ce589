//! How a session logs in, renews its token, and gives up on one.

use super::*;

#[test]
fn a_silent_login_ends_after_ten_seconds() {
    let mut story = Story::new();
    story.put(0.5, Input::Connected);
    story.wait(10.4);
    assert_eq!(story.session.state(), State::Authenticating);
    story.wait(10.5);
    assert_eq!(story.closed().0, Why::LoginSilent);
    assert!(story.out.contains(&Output::Close(1000)));
}

#[test]
fn a_throttled_login_is_sent_once_more_after_five_seconds() {
    let mut story = Story::new();
    story.put(0.5, Input::Connected);
    story.hear(1.0, "throttled", "auth");
    story.wait(5.9);
    assert!(story.sent().is_empty());
    story.wait(6.1);
    assert_eq!(story.sent(), [AUTH]);
    story.hear(7.0, "throttled", "auth");
    assert_eq!(story.closed().0, Why::LoginThrottled);
}

#[test]
fn any_error_before_success_is_a_failed_login() {
    for event in ["daemon error", "jwt error"] {
        let mut story = Story::new();
        story.put(0.5, Input::Connected);
        story.hear(0.6, event, "Error Event [1]: an unexpected error");
        let (why, advice) = story.closed();
        let detail = "an unexpected error".into();
        assert_eq!(why, Why::LoginFailed { detail });
        assert_eq!(advice.token, NextToken::Fresh);
    }
}

#[test]
fn an_outdated_token_at_login_is_replaced_once_on_the_same_connection() {
    let mut story = Story::new();
    story.put(0.5, Input::Connected);
    let denied = "Error Event [1]: jwt: created too far in past (denylist)";
    story.hear(0.6, "jwt error", denied);
    assert!(story.told(&Notice::NeedToken));
    story.put(1.0, Input::Token(token("second", 1.0)));
    assert_eq!(story.sent(), [r#"{"event":"auth","args":["second"]}"#]);
    story.hear(1.1, "jwt error", denied);
    assert_eq!(story.closed().0, Why::TokensUseless);
}

#[test]
fn the_token_is_renewed_by_our_own_timer_between_seventy_and_eighty_percent() {
    let mut story = Story::live();
    story.wait(419.9);
    assert!(!story.told(&Notice::NeedToken));
    story.wait(480.0);
    assert!(story.told(&Notice::NeedToken));
    assert_eq!(story.session.state(), State::Refreshing);
    story.put(481.0, Input::Token(token("second", 481.0)));
    assert_eq!(story.sent(), [r#"{"event":"auth","args":["second"]}"#]);
    story.hear(481.1, "auth success", "");
    assert_eq!(story.session.state(), State::Live);
    // The old token had not ended, so nothing was missed and nothing is asked.
    assert!(story.sent().is_empty());
}

#[test]
fn a_token_that_ended_is_replaced_once_and_the_state_asked_for_afterwards() {
    let mut story = Story::live();
    let ended = "jwt: exp claim is invalid";
    story.hear(100.0, "jwt error", ended);
    assert!(story.told(&Notice::NeedToken));
    assert!(story.told(&Notice::Event(Event::JwtError(JwtError::Expired))));
    story.hear(101.0, "jwt error", ended);
    assert!(story.out.is_empty(), "{:?}", story.out);
    story.put(102.0, Input::Ask(Ask::Power(PowerSignal::Stop)));
    assert!(story.sent().is_empty(), "the node would swallow it");
    story.put(103.0, Input::Token(token("second", 103.0)));
    story.hear(103.1, "auth success", "");
    assert_eq!(
        story.sent(),
        [
            r#"{"event":"send stats","args":[]}"#,
            r#"{"event":"set state","args":["stop"]}"#
        ]
    );
}

#[test]
fn tokens_that_never_help_are_not_fetched_for_ever() {
    let mut story = Story::live();
    let (mut asked, mut now) = (0, 100.0);
    while !matches!(story.session.state(), State::Closed(_)) {
        story.hear(now, "jwt error", "jwt: exp claim is invalid");
        if story.told(&Notice::NeedToken) {
            asked += 1;
            story.put(now, Input::Token(token("again", now)));
            story.hear(now, "auth success", "");
        }
        now += 1.0;
    }
    assert_eq!(story.closed().0, Why::TokensUseless);
    assert!((2..=3).contains(&asked), "{asked}");
}

#[test]
fn a_panel_without_a_token_is_asked_again_while_the_old_one_lasts() {
    let mut story = Story::live();
    story.hear(400.0, "token expiring", "");
    assert!(story.told(&Notice::NeedToken));
    story.put(401.0, Input::NoToken(TokenRefusal::Later(Some(at(60.0)))));
    story.wait(460.9);
    assert!(!story.told(&Notice::NeedToken));
    story.wait(461.1);
    assert!(story.told(&Notice::NeedToken));
    story.put(462.0, Input::NoToken(TokenRefusal::Never));
    let (why, advice) = story.closed();
    assert_eq!(why, Why::NoToken(TokenRefusal::Never));
    assert!(matches!(advice.retry, Retry::AskPanel(_)));
}

#[test]
fn a_missing_permission_ends_it_for_good() {
    let mut story = Story::new();
    story.put(0.5, Input::Connected);
    story.hear(
        0.6,
        "jwt error",
        "Error Event [1]: jwt: missing connect permission",
    );
    let (why, advice) = story.closed();
    assert_eq!((why, advice.retry), (Why::MissingConnect, Retry::Never));
    assert!(advice.poll);
}

#[test]
fn success_alone_is_no_proof_that_the_token_is_this_servers() {
    let mut story = Story::live();
    story.hear(1.0, "jwt error", "jwt: server uuid mismatch");
    assert_eq!(story.closed().0, Why::WrongServer);
    // {"server_uuid":"another"}
    let other = token("a.eyJzZXJ2ZXJfdXVpZCI6ImFub3RoZXIifQ.c", 0.0);
    let session = Session::new(setup(other));
    assert_eq!(session.state(), State::Closed(Why::WrongServer));
}

#[test]
fn what_the_panel_says_about_a_wait_reaches_the_session() {
    let retry_after = Some(at(22.0));
    let later = |error: crate::Error| TokenRefusal::from(&error);
    for error in [
        // The limit of tokens per server, by far the most common.
        crate::Error::ActionLimited { retry_after },
        crate::Error::RateLimited { retry_after },
        crate::Error::Maintenance { retry_after },
    ] {
        assert_eq!(later(error), TokenRefusal::Later(retry_after));
    }
    let broken = crate::Error::ServerBroken {
        detail: String::new(),
    };
    assert_eq!(later(broken), TokenRefusal::Later(None));
    assert_eq!(later(crate::Error::NotFound), TokenRefusal::Never);
}
