//! The real window, driven as a browser is: WebKit's own driver over HTTP. Looks at what a person sees, and types and
//! clicks where they would.
//!
//! Never reaches around the page into the program.

use crate::{
    desk::Desk,
    program::Program,
    programs,
    wait::{PATIENCE, until, until_or},
};
use serde_json::{Value, json};
use std::{
    cell::Cell,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    process::Child,
    time::timeout,
};

/// What an element is called in the driver's answers (W3C WebDriver, 12).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// An open window.
pub struct Driven<'a> {
    desk: &'a Desk,
    address: SocketAddr,
    session: String,
    driver: Child,
    /// How often a person typed into a field or pressed something.
    steps: Cell<usize>,
}

impl<'a> Driven<'a> {
    /// Opens the window's program as the agent does, at a page, and waits until something is shown.
    ///
    /// # Panics
    /// When it does not come to that.
    pub async fn open(agent: &Program<'a>, page: &Value) -> Driven<'a> {
        Driven::start(agent.desk, &programs::window(), &agent.socket(), page).await
    }

    /// The same with whoever listens at this socket.
    ///
    /// # Panics
    /// When it does not come to that.
    pub async fn open_at(desk: &'a Desk, socket: &Path, page: &Value) -> Driven<'a> {
        Driven::start(desk, &programs::window(), socket, page).await
    }

    /// The same with the window's program of another place.
    ///
    /// # Panics
    /// When it does not come to that.
    pub async fn open_with(agent: &Program<'a>, program: &Path, page: &Value) -> Driven<'a> {
        Driven::start(agent.desk, program, &agent.socket(), page).await
    }

    async fn start(desk: &'a Desk, program: &Path, socket: &Path, page: &Value) -> Driven<'a> {
        let address = free_address().await;
        let mut driver = desk.command("WebKitWebDriver");
        driver
            .arg("--host=127.0.0.1")
            .arg(format!("--port={}", address.port()))
            .env("TAURI_WEBVIEW_AUTOMATION", "true");
        let driver = driver
            .spawn()
            .expect("WebKitWebDriver runs (package webkit2gtk-driver)");
        let listening = async || TcpStream::connect(address).await.ok();
        until("the driver listens", listening).await;
        let arguments = [
            "--socket",
            &socket.to_string_lossy(),
            "--page",
            &page.to_string(),
        ];
        let options = json!({"binary": program, "args": arguments});
        let wanted =
            json!({"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}});
        let created = request(address, "POST", "/session", Some(&wanted)).await;
        let session = created["sessionId"].as_str();
        let session = session.unwrap_or_else(|| panic!("no session: {created}"));
        let driven = Driven {
            desk,
            address,
            session: session.to_owned(),
            driver,
            steps: Cell::new(0),
        };
        driven.sees("//main//*[self::h1 or self::h2]").await;
        driven
    }

    /// Waits for an element that fits an XPath, and gives its number.
    ///
    /// # Panics
    /// When there is none.
    pub async fn sees(&self, path: &str) -> String {
        let wanted = json!({"using": "xpath", "value": path});
        let look = async || {
            let found = self.call("POST", "/element", Some(&wanted)).await;
            found[ELEMENT].as_str().map(str::to_owned)
        };
        until_or(path, look, async || self.text().await).await
    }

    /// Waits for a button with these words and presses it.
    ///
    /// # Panics
    /// When there is none that can be pressed.
    pub async fn presses(&self, words: &str) {
        let path = format!(
            "//button[starts-with(normalize-space(), '{words}') and not(@aria-disabled='true')]"
        );
        self.clicks(&path).await;
    }

    /// Waits for what fits an XPath and clicks on it.
    ///
    /// # Panics
    /// When it is not there, or something lies over it.
    pub async fn clicks(&self, path: &str) {
        let said = Cell::new(Value::Null);
        let clicked = async || {
            let element = self.sees(path).await;
            let call = format!("/element/{element}/click");
            let answer = self.call("POST", &call, Some(&json!({}))).await;
            let done = answer.is_null();
            said.set(answer);
            done.then_some(())
        };
        let explain = async || said.take().to_string();
        until_or(&format!("a click on {path}"), clicked, explain).await;
        self.steps.set(self.steps.get() + 1);
    }

    /// Types into a field, whose label begins with these words. `\u{e007}` is Enter.
    ///
    /// # Panics
    /// When there is none.
    pub async fn types(&self, label: &str, text: &str) {
        let path = format!(
            "//input[starts-with(@aria-label, '{label}') or ancestor::label[starts-with(normalize-space(), '{label}')] or @id=//label[starts-with(normalize-space(), '{label}')]/@for]"
        );
        let element = self.sees(&path).await;
        let call = format!("/element/{element}/value");
        let typed = self.call("POST", &call, Some(&json!({"text": text}))).await;
        assert!(typed.is_null(), "typing into {label}: {typed}");
        self.steps.set(self.steps.get() + 1);
    }

    /// How many fields were typed into and buttons pressed so far.
    pub fn steps(&self) -> usize {
        self.steps.get()
    }

    /// Waits until a text is on the page.
    ///
    /// # Panics
    /// When it does not come.
    pub async fn reads(&self, text: &str) {
        let there = async || self.text().await.contains(text).then_some(());
        until_or(text, there, async || self.text().await).await;
    }

    /// Everything that stands on the page.
    pub async fn text(&self) -> String {
        let text = self.runs("return document.body.innerText", &[]).await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Runs a script in the page and gives what it returns, or what its promise comes to.
    pub async fn runs(&self, script: &str, arguments: &[Value]) -> Value {
        let body = json!({"script": script, "args": arguments});
        self.call("POST", "/execute/sync", Some(&body)).await
    }

    /// The address of the page.
    pub async fn address(&self) -> String {
        let address = self.call("GET", "/url", None).await;
        address.as_str().unwrap_or_default().to_owned()
    }

    /// Ends the session, and with it the window.
    ///
    /// # Panics
    /// When its processes stay.
    pub async fn closes(mut self) {
        let ended = format!("/session/{}", self.session);
        request(self.address, "DELETE", &ended, None).await;
        let gone = async || {
            self.desk
                .processes("pterotray-window")
                .is_empty()
                .then_some(())
        };
        until("the window's process ends", gone).await;
        // Not before: it may still have to tell the window.
        let _ = self.driver.start_kill();
    }

    async fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let path = format!("/session/{}{path}", self.session);
        request(self.address, method, &path, body).await
    }
}

/// A port that was free a moment ago.
async fn free_address() -> SocketAddr {
    let asked = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
    asked
        .and_then(|listener| listener.local_addr())
        .expect("a free port")
}

/// One request, and the `value` of its answer.
async fn request(address: SocketAddr, method: &str, path: &str, body: Option<&Value>) -> Value {
    let body = body.map(Value::to_string).unwrap_or_default();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    let exchange = async {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all((head + &body).as_bytes()).await?;
        read_answer(&mut stream).await
    };
    let answer = timeout(PATIENCE * 2, exchange).await;
    let answer = answer.expect("the driver answers");
    let answer = answer.unwrap_or_else(|error| panic!("{method} {path}: {error}"));
    let json: Value = serde_json::from_slice(&answer)
        .unwrap_or_else(|_| panic!("{method} {path}: {}", String::from_utf8_lossy(&answer)));
    json["value"].clone()
}

/// The body, as long as the head says it is.
async fn read_answer(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
    let mut read = Vec::new();
    loop {
        let head = read.windows(4).position(|part| part == b"\r\n\r\n");
        if let Some(end) = head {
            let text = String::from_utf8_lossy(&read[..end]).to_lowercase();
            let length = text
                .lines()
                .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
            let wanted = end + 4 + length.unwrap_or(0_usize);
            if read.len() >= wanted {
                return Ok(read[end + 4..wanted].to_vec());
            }
        }
        if stream.read_buf(&mut read).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
}
