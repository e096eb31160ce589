//! Asks the project which version is its newest: the address of its newest release leads on to one that ends in it.
//!
//! Sends nothing about this computer, its panels or its version, and never follows where the answer leads.

use reqwest::{Client, header::LOCATION, redirect, retry};
use std::time::Duration;

/// Nobody waits for it.
const PATIENCE: Duration = Duration::from_secs(30);

/// The newest version, if the answer names one.
pub(super) async fn ask(address: &str) -> Option<String> {
    match location(address).await {
        Ok(location) => named_in(&location?),
        Err(error) => {
            tracing::debug!(error = %error.without_url(), "the newest version is not known");
            None
        }
    }
}

async fn location(address: &str) -> reqwest::Result<Option<String>> {
    let client = Client::builder()
        .user_agent("pterotray")
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .timeout(PATIENCE)
        .build()?;
    let answer = client.head(address).send().await?;
    let location = answer.headers().get(LOCATION);
    Ok(location.and_then(|value| value.to_str().ok().map(str::to_owned)))
}

/// `…/releases/tag/v1.2.3` names 1.2.3.
fn named_in(location: &str) -> Option<String> {
    let (_, tag) = location.rsplit_once("/tag/")?;
    tag.strip_prefix('v').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::named_in;

    #[test]
    fn the_version_is_the_tags() {
        let found = named_in("https://example.com/a/b/releases/tag/v1.2.3");
        assert_eq!(found.as_deref(), Some("1.2.3"));
        // A project without a release leads to the list of them.
        assert_eq!(named_in("https://example.com/a/b/releases"), None);
    }
}
