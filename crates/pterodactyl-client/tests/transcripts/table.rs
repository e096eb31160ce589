//! What each transcript must come to, one line a connection, in the order in which they were opened: the server's states,
//! what was told and how often, how many of the recording client's frames the session sends too (letter by letter), and the
//! end with its advice. Where the session sends fewer, the recording client did what the session must not: speak before it
//! is let in, go on after a refused token, send what is no frame, or send faster than the node takes.

pub(crate) const ROWS: &[(&str, &[&str])] = &[
    (
        "1.11/ws-after-restart-running",
        &["running; AuthSuccess; 4 stats; 5 lines; sent 2/2; Left"],
    ),
    (
        "1.11/ws-crash",
        &[
            "offline starting running offline starting running offline; AuthSuccess; 14 stats; 27 lines; 2 crash 3 false; TooSoon; sent 4/4; Left",
        ],
    ),
    (
        "1.11/ws-flood",
        &[
            "offline starting running stopping offline; not sent, NotLive; AuthSuccess; 12 stats; 20 lines; sent 4/5; Left",
        ],
    ),
    (
        "1.11/ws-handshake-refused",
        &[
            "right Origin: opened",
            "no Origin: the server's node only accepts visitors of the panel's main address",
            "wrong Origin: the server's node only accepts visitors of the panel's main address",
            "Origin with trailing slash: the server's node only accepts visitors of the panel's main address",
            "Origin localhost instead of 127.0.0.1: the server's node only accepts visitors of the panel's main address",
            "Origin null: the server's node only accepts visitors of the panel's main address",
            "unknown server: the server's node does not know the server",
            "short id instead of uuid: the server's node does not know the server",
            "ghost server: the server's node does not know the server",
            "suspended server: opened",
            "plain GET, no upgrade: the server's node refused the connection (status 400): An unexpected error was encountered while processing this request",
        ],
    ),
    (
        "1.11/ws-installing",
        &["offline; AuthSuccess; daemon message; 4 install output; daemon error; sent 2/2; Left"],
    ),
    (
        "1.11/ws-lifecycle",
        &[
            "offline starting running stopping offline starting running stopping offline starting running stopping offline; AuthSuccess; 37 stats; 49 lines; 4 daemon error; sent 18/21; Left",
        ],
    ),
    (
        "1.11/ws-start-fails",
        &[
            "offline starting offline starting offline starting offline; AuthSuccess; 7 stats; 27 lines; daemon error; 3 crash 1 false; Failed; 2 TooSoon; sent 2/2; Left",
        ],
    ),
    (
        "1.11/ws-subuser",
        &["offline starting running; AuthSuccess; 13 stats; 11 lines; sent 7/7; Left"],
    ),
    (
        "1.11/ws-token-expiring",
        &[
            "running stopping offline; 2 AuthSuccess; 79 stats; daemon error; 10 lines; 2 TokenExpiring; 2 token wanted; JwtError(Expired); sent 6/6 and send stats; Left",
        ],
    ),
    (
        "1.11/ws-token-renewed",
        &["offline; 2 AuthSuccess; stats; TokenExpiring; token wanted; sent 2/2; Left"],
    ),
    (
        "1.11/ws-token-reuse",
        &[
            "running; AuthSuccess; 3 stats; sent 1/1; Left",
            "running; AuthSuccess; 2 stats; sent 1/1; Left",
        ],
    ),
    (
        "1.11/ws-tokens",
        &[
            r#"3 not sent, NotLive; JwtError(NotPresent); sent 1/13; LoginFailed { detail: "it saw no token" }: After, fresh token"#,
        ],
    ),
    (
        "1.14/p111-w113-ws-old-panel-no-scope",
        &[
            "JwtError(MissingConnect); not sent, NotLive; sent 1/2; MissingConnect: Never, fresh token",
        ],
    ),
    (
        "1.14/p114-w111-ws-server-deleted",
        &[
            "offline; AuthSuccess; stats; Deleted; lines; sent 1/1; Deleted: Never, fresh token",
            "connecting again: the server's node does not know the server",
        ],
    ),
    (
        "1.14/p114-w111-ws-subuser-permissions-changed",
        &[
            "offline; AuthSuccess; 2 stats; sent 2/2; Left",
            "offline; AuthSuccess; 2 stats; sent 2/2; Left",
            "offline; 2 AuthSuccess; 2 stats; sent 3/3; Left",
            "offline; AuthSuccess; 2 stats; sent 2/2; Left",
        ],
    ),
    (
        "1.14/p114-w111-ws-suspended-while-open",
        &[
            "offline starting running stopping offline; AuthSuccess; 9 stats; 10 lines; sent 2/2; Left",
            "offline; AuthSuccess; stats; daemon error; sent 2/2; Left",
            "sent 0/0 and auth; Left",
            "offline; AuthSuccess; stats; sent 1/1; Left",
        ],
    ),
    (
        "1.14/p114-w111-ws-tokens",
        &[
            r#"daemon error; not sent, NotLive; sent 1/2; LoginFailed { detail: "an unexpected error was encountered while handling this request" }: After, fresh token"#,
            r#"daemon error; not sent, NotLive; sent 1/2; LoginFailed { detail: "an unexpected error was encountered while handling this request" }: After, fresh token"#,
            r#"daemon error; not sent, NotLive; sent 1/2; LoginFailed { detail: "an unexpected error was encountered while handling this request" }: After, fresh token"#,
            r#"JwtError(Expired); token wanted; not sent, NotLive; JwtError(NotPresent); sent 1/2; LoginFailed { detail: "it saw no token" }: After, fresh token"#,
            "JwtError(MissingConnect); not sent, NotLive; sent 1/2; MissingConnect: Never, fresh token",
            "offline; AuthSuccess; 2 stats; sent 2/2; Left",
            "offline; AuthSuccess; 2 stats; sent 2/2; Left",
            "offline; AuthSuccess; 2 stats; sent 2/2; Left",
            "AuthSuccess; JwtError(ServerMismatch); not sent, NotLive; sent 1/2; WrongServer: Never, fresh token",
            "offline; 2 AuthSuccess; stats; JwtError(ServerMismatch); not sent, NotLive; sent 3/5; WrongServer: Never, fresh token",
        ],
    ),
    (
        "1.14/p114-w112-ws-more-than-30",
        &[
            "socket 31 refused: too many people are watching this server",
            "socket 32 refused: too many people are watching this server",
            "socket 33 refused: too many people are watching this server",
            "AuthSuccess; sent 1/1; Live",
            "AuthSuccess; sent 1/1; Live",
            "AuthSuccess; sent 1/1; Live",
            "AuthSuccess; sent 1/1; Live",
            "one more handshake while full: too many people are watching this server",
            "AuthSuccess; sent 0/0 and auth; Live",
        ],
    ),
    (
        "1.14/p114-w112-ws-short",
        &[
            r#"offline starting running stopping offline; AuthSuccess; 17 stats; 12 lines; Throttled("send stats"); sent 11/11; Left"#,
        ],
    ),
    (
        "1.14/p114-w112-ws-subuser-permissions-changed",
        &[
            "offline; AuthSuccess; stats; sent 1/1; Dropped: After, same token",
            "offline; AuthSuccess; stats; sent 1/1; Dropped: After, same token",
            "offline; JwtError(Denylisted); token wanted; AuthSuccess; 2 stats; sent 3/3; Dropped: After, same token",
            "offline; AuthSuccess; stats; sent 1/1; Dropped: After, same token",
        ],
    ),
    (
        "1.14/p114-w112-ws-tokens",
        &[
            r#"daemon error; not sent, NotLive; sent 1/2; LoginFailed { detail: "an unexpected error was encountered while handling this request" }: After, fresh token"#,
            r#"daemon error; not sent, NotLive; sent 1/2; LoginFailed { detail: "an unexpected error was encountered while handling this request" }: After, fresh token"#,
            r#"daemon error; not sent, NotLive; sent 1/2; LoginFailed { detail: "an unexpected error was encountered while handling this request" }: After, fresh token"#,
            r#"JwtError(Expired); token wanted; not sent, NotLive; JwtError(NotPresent); sent 1/2; LoginFailed { detail: "it saw no token" }: After, fresh token"#,
            "JwtError(MissingConnect); not sent, NotLive; sent 1/2; MissingConnect: Never, fresh token",
            "JwtError(MissingConnect); not sent, NotLive; sent 1/2; MissingConnect: Never, fresh token",
            "JwtError(MissingConnect); not sent, NotLive; sent 1/2; MissingConnect: Never, fresh token",
            "offline; AuthSuccess; 2 stats; sent 2/2; Left",
            "AuthSuccess; JwtError(ServerMismatch); not sent, NotLive; sent 1/2; WrongServer: Never, fresh token",
            "offline; 2 AuthSuccess; stats; JwtError(ServerMismatch); not sent, NotLive; sent 3/5; WrongServer: Never, fresh token",
        ],
    ),
    (
        "1.14/p114-w112-ws-unauthenticated-30s",
        &[
            r#"5 not sent, NotLive; JwtError(NotPresent); sent 0/5 and auth; LoginFailed { detail: "it saw no token" }: After, fresh token"#,
            "not sent, NotLive; sent 1/2; LoginSilent: After, fresh token",
            "sent 0/0 and auth; LoginSilent: After, fresh token",
        ],
    ),
    (
        "1.14/p114-ws-backup-restore",
        &[
            r#"offline; AuthSuccess; stats; BackupCompleted(BackupResult { uuid: "172c4f8a-83bf-466c-8c53-cc3b2db8bd3d", successful: true, size_bytes: 117 }); 2 daemon message; BackupRestoreCompleted; sent 1/1; Left"#,
            "sent 0/0 and auth; Blocked { code: 4409 }: AskPanel, same token",
        ],
    ),
    (
        "1.14/p114-ws-connect-while-suspended",
        &[
            "sent 0/0 and auth; Blocked { code: 4409 }: AskPanel, same token",
            "sent 1/1; Blocked { code: 4409 }: AskPanel, same token",
        ],
    ),
    (
        "1.14/p114-ws-deflate",
        &[
            "offline; AuthSuccess; stats; sent 1/1; Left",
            "offline; AuthSuccess; stats; sent 1/1; Left",
        ],
    ),
    (
        "1.14/p114-ws-flood",
        &[
            "offline starting running stopping offline; AuthSuccess; 12 stats; 20 lines; sent 5/5; Left",
        ],
    ),
    (
        "1.14/p114-ws-frames",
        &[
            "AuthSuccess; 2 stats; sent 1/1 and auth; Left",
            "AuthSuccess; sent 0/0 and auth; FrameTooBig: After, same token",
            "AuthSuccess; 2 stats; sent 1/1 and auth; Left",
            "AuthSuccess; stats; sent 1/1 and auth; Left",
            "AuthSuccess; stats; sent 1/1 and auth; Left",
            "AuthSuccess; stats; sent 1/1 and auth; Left",
            "AuthSuccess; stats; sent 1/1 and auth; Left",
            "AuthSuccess; stats; sent 1/1 and auth; Left",
            "AuthSuccess; 2 stats; sent 1/1 and auth; Left",
            "AuthSuccess; stats; sent 1/1 and auth; Live",
        ],
    ),
    (
        "1.14/p114-ws-handshake-refused",
        &[
            "right Origin: opened",
            "right Origin, permessage-deflate offered: opened",
            "permessage-deflate with parameters: opened",
            "no Origin: the server's node only accepts visitors of the panel's main address",
            "wrong Origin: the server's node only accepts visitors of the panel's main address",
            "Origin with trailing slash: the server's node only accepts visitors of the panel's main address",
            "Origin localhost instead of 127.0.0.1: the server's node only accepts visitors of the panel's main address",
            "unknown server: the server's node does not know the server",
            "short id instead of uuid: the server's node does not know the server",
            "ghost server: the server's node does not know the server",
            "suspended server: opened",
            "plain GET, no upgrade: the server's node refused the connection (status 400): An unexpected error was encountered while processing this request",
        ],
    ),
    (
        "1.14/p114-ws-installing",
        &["offline; AuthSuccess; daemon message; 7 install output; daemon error; sent 2/2; Left"],
    ),
    (
        "1.14/p114-ws-lifecycle",
        &[
            "offline starting running stopping offline starting running stopping offline; AuthSuccess; 28 stats; 41 lines; 4 daemon error; sent 18/21; Left",
        ],
    ),
    (
        "1.14/p114-ws-more-than-30",
        &[
            "AuthSuccess; sent 1/1; Live",
            "AuthSuccess; sent 1/1; Live",
            "AuthSuccess; sent 1/1; Live",
            "sent 1/1; Dropped: After, same token",
            r#"daemon error; sent 1/1; LoginFailed { detail: "an unexpected error was encountered while handling this request" }: After, fresh token"#,
            "AuthSuccess; sent 1/1; Live",
            r#"daemon error; sent 1/1; LoginFailed { detail: "an unexpected error was encountered while handling this request" }: After, fresh token"#,
            "one more handshake while full: too many people are watching this server",
            "AuthSuccess; sent 0/0 and auth; Live",
        ],
    ),
    (
        "1.14/p114-ws-password-changed",
        &[
            "offline; AuthSuccess; 2 stats; sent 2/2; Left",
            "offline; AuthSuccess; 2 stats; sent 2/2; Left",
            "offline; AuthSuccess; 2 stats; sent 2/2; Left",
            "offline; AuthSuccess; stats; sent 1/1; Dropped: After, same token",
            "offline; AuthSuccess; stats; sent 1/1; Dropped: After, same token",
            "offline; AuthSuccess; stats; sent 1/1; Dropped: After, same token",
            "offline; AuthSuccess; stats; sent 1/1; Left",
        ],
    ),
    (
        "1.14/p114-ws-start-fails",
        &[
            "offline starting offline starting offline; AuthSuccess; 5 stats; 18 lines; daemon error; 2 crash 1 false; Failed; TooSoon; sent 2/2; Left",
        ],
    ),
    (
        "1.14/p114-ws-subuser-removed",
        &[
            "offline; AuthSuccess; stats; sent 1/1; Dropped: After, same token",
            "offline; AuthSuccess; stats; sent 1/1; Dropped: After, same token",
            "offline; AuthSuccess; stats; sent 1/1; Left",
            "offline; AuthSuccess; stats; sent 1/1; Left",
            "JwtError(Denylisted); token wanted; sent 1/1; Left",
        ],
    ),
    (
        "1.14/p114-ws-subuser",
        &["offline starting running; AuthSuccess; 13 stats; 11 lines; sent 7/7; Left"],
    ),
    (
        "1.14/p114-ws-throttled",
        &[
            r#"running; 3 AuthSuccess; 42 stats; 2 Throttled("auth"); 40 lines; Throttled("send logs"); Throttled("send stats"); 2 daemon error; Throttled("set state"); 2 Throttled("send command"); Throttled("global"); 19 not sent, NotLive; sent 43/65; Left"#,
        ],
    ),
    (
        "1.14/p114-ws-token-renewed",
        &["offline; 2 AuthSuccess; stats; TokenExpiring; token wanted; sent 2/2; Left"],
    ),
    (
        "1.14/p114-ws-tokens",
        &[
            r#"daemon error; not sent, NotLive; sent 1/2; LoginFailed { detail: "an unexpected error was encountered while handling this request" }: After, fresh token"#,
            r#"daemon error; not sent, NotLive; sent 1/2; LoginFailed { detail: "an unexpected error was encountered while handling this request" }: After, fresh token"#,
            r#"daemon error; not sent, NotLive; sent 1/2; LoginFailed { detail: "an unexpected error was encountered while handling this request" }: After, fresh token"#,
            r#"JwtError(Expired); token wanted; not sent, NotLive; JwtError(NotPresent); sent 1/2; LoginFailed { detail: "it saw no token" }: After, fresh token"#,
            "JwtError(MissingConnect); not sent, NotLive; sent 1/2; MissingConnect: Never, fresh token",
            "JwtError(MissingConnect); not sent, NotLive; sent 1/2; MissingConnect: Never, fresh token",
            "JwtError(MissingConnect); not sent, NotLive; sent 1/2; MissingConnect: Never, fresh token",
            "offline; AuthSuccess; 2 stats; sent 2/2; Left",
            "JwtError(ServerMismatch); not sent, NotLive; sent 1/2; WrongServer: Never, fresh token",
            "offline; AuthSuccess; stats; JwtError(ServerMismatch); 2 not sent, NotLive; sent 2/5; WrongServer: Never, fresh token",
        ],
    ),
    (
        "1.14/p114-ws-unauthenticated-30s",
        &[
            r#"5 not sent, NotLive; JwtError(NotPresent); sent 0/5 and auth; LoginFailed { detail: "it saw no token" }: After, fresh token"#,
            "not sent, NotLive; sent 1/2; LoginSilent: After, fresh token",
            "sent 0/0 and auth; LoginSilent: After, fresh token",
        ],
    ),
];
