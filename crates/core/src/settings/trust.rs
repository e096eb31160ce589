//! Whom one panel's connection trusts besides the system's authorities.
//!
//! Never trusts everybody: there is no value for that.

use crate::problem::{Problem, ProblemKind};
use pterodactyl_client::Trust;
use serde::{Deserialize, Serialize};

/// What a person decided to trust, for one panel only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum PanelTrust {
    /// Exactly this certificate and no other, whoever signed it and whatever its dates say.
    Certificate {
        /// SHA-256 of its DER form, in hexadecimal; colons do not count.
        sha256: String,
    },
    /// One more authority; the system's stay trusted.
    Authority {
        /// Its certificate, in PEM form.
        pem: String,
    },
}

impl PanelTrust {
    /// The same for the connection to the panel.
    pub(crate) fn of_panel(trust: Option<&PanelTrust>) -> Result<Trust, Problem> {
        match trust {
            None => Ok(Trust::default()),
            Some(PanelTrust::Authority { pem }) => Ok(Trust {
                extra_ca: Some(pem.clone()),
                pinned_sha256: None,
            }),
            Some(PanelTrust::Certificate { sha256 }) => {
                let pin = sha256
                    .parse()
                    .map_err(|_| Problem::of(ProblemKind::BadTrust))?;
                Ok(Trust {
                    extra_ca: None,
                    pinned_sha256: Some(pin),
                })
            }
        }
    }

    /// The same for the connections to the panel's nodes. A pinned certificate is the panel's own:
    /// pinned there too, it would shut out every node that has a proper one.
    pub(crate) fn of_nodes(trust: Option<&PanelTrust>) -> Trust {
        match trust {
            Some(PanelTrust::Authority { pem }) => Trust {
                extra_ca: Some(pem.clone()),
                pinned_sha256: None,
            },
            Some(PanelTrust::Certificate { .. }) | None => Trust::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_pinned_for_the_panel_and_not_for_its_nodes() {
        let sha256 = "ab".repeat(32);
        let trust = PanelTrust::Certificate {
            sha256: sha256.clone(),
        };
        let panel = PanelTrust::of_panel(Some(&trust)).unwrap();
        assert_eq!(panel.pinned_sha256, Some(sha256.parse().unwrap()));
        assert_eq!(PanelTrust::of_nodes(Some(&trust)), Trust::default());
    }

    #[test]
    fn an_authority_counts_for_the_nodes_too() {
        let pem = "a certificate".to_owned();
        let trust = PanelTrust::Authority { pem: pem.clone() };
        let panel = PanelTrust::of_panel(Some(&trust)).unwrap();
        assert_eq!(panel.extra_ca, Some(pem));
        assert_eq!(PanelTrust::of_nodes(Some(&trust)), panel);
    }

    #[test]
    fn what_is_no_fingerprint_is_said_and_trusts_nobody() {
        let trust = PanelTrust::Certificate {
            sha256: "12:34".to_owned(),
        };
        let problem = PanelTrust::of_panel(Some(&trust)).unwrap_err();
        assert_eq!(problem.kind, ProblemKind::BadTrust);
    }
}
