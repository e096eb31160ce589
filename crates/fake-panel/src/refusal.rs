//! Refused requests with the panel's own codes and texts. Never decides who is refused.

use std::net::IpAddr;
use std::time::Duration;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::answer::{Answer, HTML, page};
use crate::ask::Ask;
use crate::fault::Conflict;
use crate::ids;

/// A refused request: one entry of `errors`.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    status: u16,
    code: &'static str,
    detail: String,
    /// Field and rule of a failed validation.
    rule: Option<Box<(String, &'static str)>>,
    headers: Vec<(&'static str, String)>,
    /// Without JSON in `Accept` the panel sends the browser there instead of showing a page.
    elsewhere: Option<&'static str>,
}

impl Refusal {
    fn new(status: u16, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            rule: None,
            headers: Vec::new(),
            elsewhere: None,
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.headers.push((name, value.to_string()));
        self
    }

    pub(crate) fn unauthenticated() -> Self {
        let mut refusal = Self::new(401, "AuthenticationException", "Unauthenticated.");
        refusal.elsewhere = Some("/auth/login");
        refusal
    }

    pub(crate) fn application_key() -> Self {
        let detail = "You are attempting to use an application API key on an endpoint that requires a client API key.";
        Self::new(403, "AccessDeniedHttpException", detail)
    }

    pub(crate) fn no_application_access() -> Self {
        let detail = "This account does not have permission to access the API.";
        Self::new(403, "AccessDeniedHttpException", detail)
    }

    pub(crate) fn ip(ip: IpAddr) -> Self {
        let detail = format!(
            "This IP address ({ip}) does not have permission to access the API using these credentials."
        );
        Self::new(403, "AccessDeniedHttpException", detail)
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(
            403,
            "AccessDeniedHttpException",
            "This action is unauthorized.",
        )
    }

    pub(crate) fn no_websocket() -> Self {
        let detail = "You do not have permission to connect to this server's websocket.";
        Self::new(403, "HttpForbiddenException", detail)
    }

    pub(crate) fn two_factor() -> Self {
        let detail = "Two-factor authentication is required on this account in order to access this endpoint.";
        Self::new(400, "TwoFactorAuthRequiredException", detail)
    }

    pub(crate) fn malformed_json() -> Self {
        let detail =
            "The JSON data passed in the request appears to be malformed: Syntax error".to_owned();
        Self::new(400, "BadRequestHttpException", detail)
    }

    pub(crate) fn filter(name: &str) -> Self {
        let detail = format!(
            "Requested filter(s) `{name}` are not allowed. Allowed filter(s) are `uuid, name, description, external_id, *`."
        );
        Self::new(400, "InvalidFilterQuery", detail)
    }

    pub(crate) fn csrf() -> Self {
        Self::new(419, "HttpException", "CSRF token mismatch.")
    }

    pub(crate) fn unknown_route(path: &str) -> Self {
        let detail = format!("The route {path} could not be found.");
        Self::new(404, "NotFoundHttpException", detail)
    }

    pub(crate) fn method(method: &str, path: &str, allowed: String) -> Self {
        let detail = format!(
            "The {method} method is not supported for route {path}. Supported methods: {allowed}."
        );
        Self::new(405, "MethodNotAllowedHttpException", detail).with("allow", allowed)
    }

    pub(crate) fn unknown_server() -> Self {
        let detail = "The requested resource could not be found on the server.";
        Self::new(404, "NotFoundHttpException", detail)
    }

    pub(crate) fn no_access() -> Self {
        let detail = "The requested resource does not exist on this server.";
        Self::new(404, "NotFoundHttpException", detail)
    }

    pub(crate) fn conflict(conflict: Conflict) -> Self {
        Self::new(409, "ServerStateConflictException", conflict.text())
    }

    pub(crate) fn invalid(field: &'static str, rule: &'static str) -> Self {
        let detail = match rule {
            "required" => format!("The {field} field is required."),
            _ => format!("The selected {field} is invalid."),
        };
        let mut refusal = Self::new(422, "ValidationException", detail);
        refusal.rule = Some(Box::new((field.to_owned(), rule)));
        refusal.elsewhere = Some("/");
        refusal
    }

    pub(crate) fn bad_address(at: usize, address: &str) -> Self {
        let detail = format!("\"{address}\" is not a valid IP address or CIDR range.");
        let mut refusal = Self::new(422, "ValidationException", detail);
        refusal.rule = Some(Box::new((format!("allowed_ips.{at}"), "")));
        refusal.elsewhere = Some("/");
        refusal
    }

    pub(crate) fn bad_cron() -> Self {
        Self::display("The cron data provided does not evaluate to a valid expression.")
    }

    /// A business rule, in words for people.
    fn display(detail: &str) -> Self {
        let mut refusal = Self::new(400, "DisplayException", detail);
        refusal.elsewhere = Some("/");
        refusal
    }

    pub(crate) fn backup_limit(limit: u32) -> Self {
        let detail = format!(
            "Cannot create a new backup, this server has reached its limit of {limit} backups."
        );
        let mut refusal = Self::display(&detail);
        refusal.code = "TooManyBackupsException";
        refusal
    }

    /// The rule about making backups: its `Retry-After` is about nothing else (REFERENCE 16.8).
    pub(crate) fn too_many_backups(most: u32, span: Duration, wait: Duration) -> Self {
        let span = span.as_secs();
        let detail =
            format!("Only {most} backups may be generated within a {span} second span of time.");
        let wait = wait.as_secs_f64().ceil();
        Self::new(429, "TooManyRequestsHttpException", detail).with("retry-after", wait)
    }

    /// A 429 by the panel, told to wait a minute.
    pub(crate) fn too_many() -> Self {
        Self::throttled()
            .with("x-ratelimit-limit", 256)
            .with("x-ratelimit-remaining", 0)
            .with("retry-after", 60)
    }

    pub(crate) fn throttled() -> Self {
        Self::new(429, "ThrottleRequestsException", "Too Many Attempts.")
    }

    pub(crate) fn broken(code: &'static str) -> Self {
        let detail =
            "An unexpected error was encountered while processing this request, please try again.";
        Self::new(500, code, detail)
    }

    pub(crate) fn command_offline() -> Self {
        let detail = "Server must be online in order to send commands.";
        Self::new(502, "HttpException", detail)
    }

    pub(crate) fn maintenance(retry: Option<Duration>) -> Self {
        let refusal = Self::new(503, "HttpException", "Service Unavailable");
        match retry {
            Some(retry) => refusal.with("retry-after", retry.as_secs()),
            None => refusal,
        }
    }

    fn node(status: u16, detail: impl Into<String>) -> Self {
        let mut refusal = Self::new(status, "DaemonConnectionException", detail);
        refusal.elsewhere = Some("/");
        refusal
    }

    pub(crate) fn no_connection() -> Self {
        let detail = "Could not establish a connection to the machine running this server. Please try again.";
        Self::node(504, detail)
    }

    /// What the node said is passed on with its own status; its text ends in a full stop, and the panel adds another.
    pub(crate) fn node_said(status: u16, said: &str, ask: &Ask) -> Self {
        let request = ids::uuid(&ask.path);
        let detail =
            format!("An error occurred on the remote host: {said}. (request id: {request})");
        Self::node(status, detail)
    }

    /// Pelican's login page is elsewhere.
    pub(crate) fn at_pelican(mut self) -> Self {
        if self.elsewhere == Some("/auth/login") {
            self.elsewhere = Some("/login");
        }
        self
    }

    /// The node answered the panel with an error: reading it is always 504, acting passes the status on (REFERENCE 4, 5).
    pub(crate) fn node_answered(status: u16, acting: bool, ask: &Ask) -> Self {
        let request = ids::uuid(&ask.path);
        if acting && status < 500 {
            let said = match status {
                404 => "The requested resource does not exist on this instance.",
                401 | 403 => "You are not authorized to access this endpoint.",
                _ => "Cannot start or restart a server that is suspended.",
            };
            return Self::node_said(status, said, ask);
        }
        let detail = format!(
            "There was an error while communicating with the machine running this server. This error has been \
             logged, please try again. (code: {status}) (request_id: {request})"
        );
        Self::node(if acting { status } else { 504 }, detail)
    }

    /// As JSON, as a page or as a redirect, by what the caller accepts.
    pub(crate) fn render(&self, ask: &Ask) -> Answer {
        let mut answer = match self.elsewhere {
            _ if ask.wants_json() => Answer::of(self.status, "application/json", self.body()),
            Some(path) => Answer::redirect(&format!("{}{path}", ask.base())),
            None => {
                let title = StatusCode::from_u16(self.status)
                    .ok()
                    .and_then(|status| status.canonical_reason())
                    .unwrap_or("Page Expired");
                Answer::of(self.status, HTML, page(title, title))
            }
        };
        answer.headers.extend(self.headers.iter().cloned());
        answer
    }

    /// 401, 422 and the node's errors are compact, everything else is pretty-printed with four spaces.
    fn body(&self) -> String {
        let (code, detail, status) = (self.code, &self.detail, self.status.to_string());
        let mut entry = json!({"code": code, "status": status, "detail": detail});
        if let Some((field, rule)) = self.rule.as_deref() {
            entry["meta"] = json!({"source_field": field, "rule": rule});
        }
        if self.elsewhere.is_some() {
            return json!({"errors": [entry]}).to_string();
        }
        let detail = Value::from(detail.as_str());
        format!(
            "{{\n    \"errors\": [\n        {{\n            \"code\": \"{code}\",\n            \
             \"status\": \"{status}\",\n            \"detail\": {detail}\n        }}\n    ]\n}}"
        )
    }
}
