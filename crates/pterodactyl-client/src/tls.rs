//! Whom a safe connection may be made with: the system's roots, perhaps one authority more, or exactly one certificate.
//! It must never accept anybody: there is no switch that turns the check off.

mod system;

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{
    CryptoProvider, WebPkiSupportedAlgorithms, aws_lc_rs, verify_tls12_signature,
    verify_tls13_signature,
};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error as TlsError, OtherError,
    SignatureScheme,
};
use rustls_platform_verifier::Verifier;
use sha2::{Digest, Sha256};

use crate::error::{TlsFault, Unreachable};
use crate::text::{DETAIL, clean};

/// Whom to trust besides the system's own authorities. The default is nobody.
///
/// It belongs to one panel or one node, never to the whole program.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Trust {
    /// Certificates of further authorities, in PEM form; the system's stay trusted.
    pub extra_ca: Option<String>,
    /// The one certificate that is accepted, whoever signed it and whatever its names and dates say. With a pin nothing
    /// else is: a certificate the system would trust is refused when it is another one.
    pub pinned_sha256: Option<Fingerprint>,
}

/// The SHA-256 of a certificate in its DER form, as browsers and `openssl x509 -fingerprint -sha256` show it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 32]);

/// A text that is no fingerprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a SHA-256 fingerprint has 64 hexadecimal digits")]
pub struct NoFingerprint;

impl Fingerprint {
    fn of(certificate: &CertificateDer<'_>) -> Self {
        Self(Sha256::digest(certificate).into())
    }

    /// The 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl FromStr for Fingerprint {
    type Err = NoFingerprint;

    /// Reads 64 hexadecimal digits; colons and white space between them do not count.
    fn from_str(text: &str) -> Result<Self, NoFingerprint> {
        let digits: Vec<u8> = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != ':')
            .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect::<Option<_>>()
            .ok_or(NoFingerprint)?;
        let bytes: Vec<u8> = digits
            .chunks(2)
            .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit))
            .collect();
        if digits.len() != 64 {
            return Err(NoFingerprint);
        }
        bytes.try_into().map(Self).map_err(|_| NoFingerprint)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            let colon = if at == 0 { "" } else { ":" };
            write!(f, "{colon}{byte:02X}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

/// The certificate that was refused last, for a person to look at and perhaps to pin.
#[derive(Debug, Clone, Default)]
pub(crate) struct Refused(Arc<Mutex<Option<Fingerprint>>>);

impl Refused {
    pub(crate) fn get(&self) -> Option<Fingerprint> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, found: Option<Fingerprint>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = found;
    }
}

/// TLS settings that trust `trust` and nobody else; a refused certificate is left in `refused`. The caller adds what the
/// two sides agree to speak (ALPN).
pub(crate) fn config(trust: &Trust, refused: Refused) -> Result<ClientConfig, Unreachable> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let verifier = Judge::new(trust, refused, &provider)?;
    let broken = |error: TlsError| Unreachable::tls(TlsFault::Unusable, &error.to_string());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(broken)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}

/// Asks the system about a certificate, or compares it with the pinned one, and names what is wrong.
#[derive(Debug)]
struct Judge {
    by: By,
    algorithms: WebPkiSupportedAlgorithms,
    refused: Refused,
}

#[derive(Debug)]
enum By {
    System(Arc<CryptoProvider>),
    SystemAnd(Box<Verifier>),
    Pin(Fingerprint),
}

impl Judge {
    fn new(
        trust: &Trust,
        refused: Refused,
        provider: &Arc<CryptoProvider>,
    ) -> Result<Self, Unreachable> {
        let by = match trust.pinned_sha256 {
            Some(pin) => By::Pin(pin),
            None => match authorities(trust.extra_ca.as_deref())? {
                extra if extra.is_empty() => By::System(provider.clone()),
                extra => By::SystemAnd(Box::new(
                    Verifier::new_with_extra_roots(extra, provider.clone()).map_err(|error| {
                        Unreachable::tls(TlsFault::Unusable, &error.to_string())
                    })?,
                )),
            },
        };
        Ok(Self {
            by,
            algorithms: provider.signature_verification_algorithms,
            refused,
        })
    }
}

impl ServerCertVerifier for Judge {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        let shown = Fingerprint::of(end_entity);
        let ask = |verifier: &Verifier| {
            verifier
                .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
                .map_err(|error| explain(&error, end_entity).into())
        };
        let judged = match &self.by {
            By::Pin(pin) if *pin == shown => Ok(ServerCertVerified::assertion()),
            By::Pin(_) => Err(Explained::new(TlsFault::WrongPin, &shown.to_string()).into()),
            By::SystemAnd(verifier) => ask(verifier),
            By::System(provider) => match system::authorities(provider) {
                Ok(system) => ask(&system).inspect_err(|_| system::forget(&system)),
                Err(error) => Err(Explained::new(TlsFault::Unusable, &error.to_string()).into()),
            },
        };
        self.refused.set(judged.is_err().then_some(shown));
        judged
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        verify_tls12_signature(message, cert, dss, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        verify_tls13_signature(message, cert, dss, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

/// What is wrong with a certificate; travels inside TLS and HTTP errors to where they are read.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{fault}")]
pub(crate) struct Explained {
    pub(crate) fault: TlsFault,
    pub(crate) detail: String,
}

impl Explained {
    fn new(fault: TlsFault, detail: &str) -> Self {
        Self {
            fault,
            detail: clean(detail, DETAIL),
        }
    }
}

impl From<Explained> for TlsError {
    fn from(explained: Explained) -> Self {
        Self::InvalidCertificate(CertificateError::Other(OtherError(Arc::new(explained))))
    }
}

/// Which fault a TLS error is, with what it adds.
pub(crate) fn fault_of(error: &TlsError) -> Explained {
    if let TlsError::InvalidCertificate(CertificateError::Other(OtherError(inner))) = error
        && let Some(explained) = inner.downcast_ref::<Explained>()
    {
        return explained.clone();
    }
    let fault = if matches!(error, TlsError::InvalidMessage(_)) {
        TlsFault::NotTls
    } else if matches!(error, TlsError::InvalidCertificate(_)) {
        TlsFault::Rejected
    } else {
        TlsFault::Handshake
    };
    Explained::new(fault, &error.to_string())
}

fn explain(error: &TlsError, certificate: &CertificateDer<'_>) -> Explained {
    use CertificateError as C;
    let TlsError::InvalidCertificate(why) = error else {
        return Explained::new(TlsFault::Rejected, &error.to_string());
    };
    if let C::NotValidForNameContext { presented, .. } = why {
        return Explained::new(TlsFault::WrongName, &presented.join(", "));
    }
    let fault = if matches!(why, C::NotValidForName) {
        TlsFault::WrongName
    } else if matches!(why, C::Expired | C::ExpiredContext { .. }) {
        TlsFault::Expired
    } else if matches!(why, C::NotValidYet | C::NotValidYetContext { .. }) {
        TlsFault::NotYetValid
    } else if matches!(why, C::Revoked) {
        TlsFault::Revoked
    } else if is_self_signed(certificate) {
        TlsFault::SelfSigned
    } else if matches!(why, C::UnknownIssuer | C::BadSignature) {
        // A bad signature here is that of an authority with a trusted one's name.
        TlsFault::UnknownIssuer
    } else {
        return Explained::new(TlsFault::Rejected, &error.to_string());
    };
    Explained::new(fault, "")
}

fn authorities(pem: Option<&str>) -> Result<Vec<CertificateDer<'static>>, Unreachable> {
    let Some(pem) = pem else {
        return Ok(Vec::new());
    };
    let unusable = |detail: &str| Unreachable::tls(TlsFault::Unusable, detail);
    let found: Vec<_> = CertificateDer::pem_slice_iter(pem.as_bytes())
        .collect::<Result<_, _>>()
        .map_err(|_| unusable("the extra authority is not in PEM form"))?;
    if found.is_empty() {
        return Err(unusable("the extra authority is not in PEM form"));
    }
    // Rubbish within the armour is only noticed when it is used.
    let mut roots = rustls::RootCertStore::empty();
    for certificate in &found {
        roots
            .add(certificate.clone())
            .map_err(|_| unusable("the extra authority is not a certificate"))?;
    }
    Ok(found)
}

/// True when issuer and subject are the same, byte by byte.
fn is_self_signed(certificate: &[u8]) -> bool {
    fn parties(certificate: &[u8]) -> Option<(&[u8], &[u8])> {
        let (signed, _) = element(certificate)?;
        let (mut rest, _) = element(signed)?;
        if rest.first() == Some(&0xa0) {
            rest = element(rest)?.1;
        }
        // Serial number and algorithm stand before the issuer, the dates after it.
        rest = element(element(rest)?.1)?.1;
        let (issuer, rest) = element(rest)?;
        let (subject, _) = element(element(rest)?.1)?;
        Some((issuer, subject))
    }
    parties(certificate).is_some_and(|(issuer, subject)| issuer == subject)
}

/// The content of the first DER element and what follows it.
fn element(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&first, rest) = der.get(1..)?.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let (length, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
        if length.len() > 4 {
            return None;
        }
        let length = length
            .iter()
            .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        (length, rest)
    };
    rest.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_read_as_browsers_and_tools_write_it() {
        let plain = "00ff".repeat(16);
        let fingerprint: Fingerprint = plain.parse().unwrap();
        assert!(fingerprint.to_string().starts_with("00:FF:00:FF:"));
        assert_eq!(fingerprint.to_string().parse(), Ok(fingerprint));
        assert_eq!(
            fingerprint.to_string().replace(':', " ").parse(),
            Ok(fingerprint)
        );
        for bad in [
            "",
            "00ff",
            &"0".repeat(63),
            &"0".repeat(66),
            &"zz".repeat(32),
        ] {
            assert_eq!(bad.parse::<Fingerprint>(), Err(NoFingerprint), "{bad}");
        }
    }

    #[test]
    fn an_authority_that_is_none_is_refused_before_anything_is_sent() {
        for bad in [
            "",
            "secret",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        ] {
            let trust = Trust {
                extra_ca: Some(bad.into()),
                pinned_sha256: None,
            };
            let error = config(&trust, Refused::default()).unwrap_err();
            assert_eq!(error.tls_fault(), Some(TlsFault::Unusable), "{bad}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }

    #[test]
    fn odd_certificates_are_no_self_signed_ones() {
        for odd in [
            &[][..],
            &[0x30],
            &[0x30, 0x84, 0xff],
            &[0x30, 0x03, 0x30, 0x80, 0],
        ] {
            assert!(!is_self_signed(odd));
        }
    }
}
