//! A session over a real websocket: carries frames between the two and watches the clock. It must never decide anything
//! the session can decide.

use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::{Sink, Stream};
use tokio::time::{Instant, Sleep, sleep_until};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Bytes, Message};

use super::dial::{Dial, Socket};
use super::frame::Ask;
use super::session::{Input, Notice, Output, Session, Setup, State, TokenRefusal};
use super::token::Token;

/// The code of a close frame that has none (RFC 6455, 7.1.5).
const NO_CODE: u16 = 1005;

/// One live connection to a server's node.
///
/// Call [`Live::next`] over and over, also while waiting for other things: only then are frames sent, pings answered and
/// time-outs noticed. It can be dropped and called again at any point (in `tokio::select!`, say) without losing anything.
///
/// ```no_run
/// use std::time::Duration;
/// use pterodactyl_client::live::{Ask, Dial, Live, Notice, Setup, Token, TokenRefusal};
/// use pterodactyl_client::{BaseUrl, Client, Trust};
/// use tokio::time::Instant;
///
/// # async fn watch(client: &Client, panel: BaseUrl, uuid: &str) -> Result<(), Box<dyn std::error::Error>> {
/// let zero = Instant::now();
/// let dial = Dial::new(panel, &Trust::default())?;
/// let credentials = client.websocket(uuid).await?;
/// let token = Token::read(credentials.token, zero.elapsed());
/// let setup = Setup { server_uuid: uuid.to_owned(), token, failures: 0, seed: 1 };
/// let mut live = Live::open(&dial, &credentials.socket, setup, zero).await;
/// while let Some(notice) = live.next().await {
///     match notice {
///         Notice::Event(event) => println!("{event:?}"),
///         Notice::NeedToken => match client.websocket(uuid).await {
///             Ok(fresh) => live.token(Token::read(fresh.token, zero.elapsed())),
///             Err(error) => live.no_token(TokenRefusal::from(&error)),
///         },
///         Notice::NotSent { ask, why } => println!("{ask:?}: {why}"),
///         Notice::Closed { why, advice } => println!("{why}; next: {advice:?}"),
///     }
/// }
/// # Ok(())
/// # }
/// ```
pub struct Live {
    session: Session,
    socket: Option<Socket>,
    origin: Option<String>,
    zero: Instant,
    unsent: VecDeque<Message>,
    notices: VecDeque<Notice>,
    alarm: Pin<Box<Sleep>>,
}

impl Live {
    /// Opens the websocket at `address` (what the panel gave with the token) and begins to authenticate. A websocket that
    /// cannot be opened is told by [`Live::next`] like any other end. `zero` is where the caller's times begin, those of
    /// its tokens included.
    pub async fn open(dial: &Dial, address: &str, setup: Setup, zero: Instant) -> Self {
        let issuer = setup.token.claims().issuer.clone();
        let session = Session::new(setup);
        let mut live = Self {
            socket: None,
            origin: None,
            zero,
            unsent: VecDeque::new(),
            notices: VecDeque::new(),
            alarm: Box::pin(sleep_until(zero)),
            session,
        };
        if let (State::Closed(why), Some(advice)) = (live.session.state(), live.session.advice()) {
            let advice = advice.clone();
            live.notices.push_back(Notice::Closed { why, advice });
            return live;
        }
        match dial.open(address, issuer.as_deref()).await {
            Ok((socket, origin)) => {
                live.socket = Some(socket);
                live.origin = Some(origin);
                live.put(Input::Connected);
            }
            Err(error) => live.put(Input::Refused(error)),
        }
        live
    }

    /// The next thing worth knowing; `None` once [`Notice::Closed`] was told.
    pub async fn next(&mut self) -> Option<Notice> {
        poll_fn(|context| self.poll_next(context)).await
    }

    /// Wants something sent; [`Notice::NotSent`] tells when it cannot be.
    pub fn ask(&mut self, ask: Ask) {
        self.put(Input::Ask(ask));
    }

    /// Gives in a new token of the panel.
    pub fn token(&mut self, token: Token) {
        self.put(Input::Token(token));
    }

    /// Says that the panel gave none.
    pub fn no_token(&mut self, refusal: TokenRefusal) {
        self.put(Input::NoToken(refusal));
    }

    /// Ends the connection; call [`Live::next`] once more to have the node told.
    pub fn leave(&mut self) {
        self.put(Input::Leave);
    }

    /// The session, to look at.
    #[must_use]
    pub const fn session(&self) -> &Session {
        &self.session
    }

    /// The `Origin` under which the node was entered; the panel's own address, or the one in the token.
    #[must_use]
    pub fn origin(&self) -> Option<&str> {
        self.origin.as_deref()
    }

    fn now(&self) -> Duration {
        self.zero.elapsed()
    }

    fn put(&mut self, input: Input) {
        let outputs = self.session.handle(self.now(), input);
        for output in outputs {
            match output {
                Output::Send(outgoing) => self.unsent.push_back(Message::text(outgoing.text())),
                Output::Ping => self.unsent.push_back(Message::Ping(Bytes::new())),
                Output::Close(code) => self.unsent.push_back(Message::Close(Some(CloseFrame {
                    code: code.into(),
                    reason: "".into(),
                }))),
                Output::Tell(notice) => self.notices.push_back(notice),
            }
        }
    }

    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Notice>> {
        loop {
            self.write(context);
            if let Some(notice) = self.notices.pop_front() {
                if matches!(notice, Notice::Closed { .. }) {
                    self.socket = None;
                }
                return Poll::Ready(Some(notice));
            }
            let Some(socket) = self.socket.as_mut() else {
                return Poll::Ready(None);
            };
            if let Poll::Ready(message) = Pin::new(socket).poll_next(context) {
                self.put(message.and_then(Result::ok).map_or(Input::Dropped, heard));
            } else if self.alarm_rings(context) {
                self.put(Input::Time);
            } else {
                return Poll::Pending;
            }
        }
    }

    /// Writes as much as the connection takes at the moment. What goes wrong is noticed when reading.
    fn write(&mut self, context: &mut Context<'_>) {
        let Some(socket) = self.socket.as_mut() else {
            return;
        };
        let mut socket = Pin::new(socket);
        while !self.unsent.is_empty() && socket.as_mut().poll_ready(context).is_ready() {
            if let Some(message) = self.unsent.pop_front() {
                let _ = socket.as_mut().start_send(message);
            }
        }
        let _ = socket.poll_flush(context);
    }

    fn alarm_rings(&mut self, context: &mut Context<'_>) -> bool {
        let Some(wake) = self.session.wake() else {
            return false;
        };
        let at = self.zero + wake;
        if self.alarm.deadline() != at {
            self.alarm.as_mut().reset(at);
        }
        self.alarm.as_mut().poll(context).is_ready()
    }
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live")
            .field("session", &self.session)
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

fn heard(message: Message) -> Input {
    match message {
        Message::Text(text) => Input::Text(text.as_str().to_owned()),
        Message::Pong(_) => Input::Pong,
        Message::Binary(_) | Message::Ping(_) | Message::Frame(_) => Input::Noise,
        Message::Close(None) => Input::Closed {
            code: NO_CODE,
            reason: String::new(),
        },
        Message::Close(Some(frame)) => Input::Closed {
            code: frame.code.into(),
            reason: frame.reason.as_str().to_owned(),
        },
    }
}
