//! What answered where a panel was looked for. It must never hold an address's query or a text that was not cleaned first.

/// What answered instead of a panel.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAPanel {
    /// A web page.
    #[error("it sends a web page{}", .title.as_deref().map(|t| format!(" (\"{t}\")")).unwrap_or_default())]
    Html {
        /// The page's title.
        title: Option<String>,
    },
    /// A login page stands before the panel (single sign-on, a password of the web server).
    #[error("it asks for a login first")]
    LoginWall,
    /// A protection service wants to see a browser.
    #[error("a protection service in front of it wants to see a browser")]
    Challenge,
    /// A Calagopus panel: same addresses, other shapes.
    #[error("it is a Calagopus panel, which is not supported")]
    Calagopus,
    /// JSON (or something else that is no web page) of another program.
    #[error("it speaks another language")]
    Foreign,
    /// It wants to be asked elsewhere. No redirect is followed.
    #[error("it sends visitors on to {to}")]
    Redirect {
        /// Where to, without query. [`crate::BaseUrl::parse`] makes a base address of it.
        to: String,
    },
}

impl NotAPanel {
    /// A short, stable word for it, for logs and tables.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Html { .. } => "not_a_panel.web_page",
            Self::LoginWall => "not_a_panel.login_wall",
            Self::Challenge => "not_a_panel.challenge",
            Self::Calagopus => "not_a_panel.calagopus",
            Self::Foreign => "not_a_panel.foreign",
            Self::Redirect { .. } => "not_a_panel.redirect",
        }
    }
}
