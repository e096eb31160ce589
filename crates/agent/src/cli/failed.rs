//! Why a command could not be carried out at all, in the language of whoever typed it.
//!
//! What the system says of itself stays as it says it.

use super::{exit::Exit, print};
use crate::{environment::EnvironmentError, socket::client::ClientError};
use pterotray_core::{Part, Texts};

/// Says what is known to have words; anything else goes on.
///
/// # Errors
/// What has no words of ours.
pub(crate) fn told(error: anyhow::Error, texts: &Texts) -> anyhow::Result<Exit> {
    let said = match (error.downcast_ref(), error.downcast_ref()) {
        (Some(client), _) => of_client(client, texts),
        (None, Some(environment)) => of_environment(environment, texts),
        (None, None) => return Err(error),
    };
    print::error(&said);
    Ok(Exit::Failed)
}

fn of_client(error: &ClientError, texts: &Texts) -> String {
    let with = |key, part, text: &str| texts.say_with(key, &[(part, Part::Text(text))]);
    match error {
        ClientError::NotRunning => texts.say("cli-not-running"),
        ClientError::OtherVersion(version) => with("cli-other-version", "version", version),
        ClientError::Silent => texts.say("cli-agent-silent"),
        ClientError::Gone => texts.say("cli-agent-gone"),
        ClientError::Stays => texts.say("cli-agent-stays"),
        ClientError::Socket(why) => with("cli-agent-socket", "reason", &why.to_string()),
        ClientError::Wire(why) => with("cli-agent-socket", "reason", &why.to_string()),
    }
}

fn of_environment(error: &EnvironmentError, texts: &Texts) -> String {
    let of_file = |key, name: &str, why: &str| {
        let parts = [("name", Part::Text(name)), ("reason", Part::Text(why))];
        texts.say_with(key, &parts)
    };
    match error {
        EnvironmentError::NoKey => texts.say("cli-environment-no-key"),
        EnvironmentError::NoUrl => texts.say("cli-environment-no-url"),
        EnvironmentError::TwoTrusts => texts.say("cli-environment-two-trusts"),
        EnvironmentError::NotText(name) => of_file("cli-environment-not-text", name, ""),
        EnvironmentError::Unreadable(file, why) => {
            of_file("cli-environment-unreadable", file, &why.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_its_words_in_each_language_and_another_error_goes_on() {
        let english = Texts::new(Some("en"));
        let german = Texts::new(Some("de"));
        let said = |texts: &Texts| of_client(&ClientError::OtherVersion("9.9".to_owned()), texts);
        assert!(said(&english).contains("pterotray quit") && said(&english).contains("9.9"));
        assert_ne!(said(&english), said(&german));
        let half = of_environment(&EnvironmentError::NoKey, &german);
        assert!(half.contains("PTEROTRAY_API_KEY"), "{half}");
        assert!(told(anyhow::anyhow!("something else"), &english).is_err());
        let wrapped = anyhow::Error::from(EnvironmentError::NoUrl);
        assert_eq!(told(wrapped, &english).unwrap(), Exit::Failed);
    }
}
