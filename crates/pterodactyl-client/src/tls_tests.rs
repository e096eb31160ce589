//! Certificates as they are met: self-made ones, an authority of one's own, old ones, other people's.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::loopback_tests::host::{answer, read_request};
use crate::{BaseUrl, Client, Error, Fingerprint, TlsFault, Trust, Unreachable};

const KEY: &str = "ptlc_MakeBelieve0000000000000000000000000000KeyA";
const ACCOUNT: &str = r#"{"object":"user","attributes":{"username":"mira"}}"#;
const LIST: &str =
    r#"{"object":"list","data":[],"meta":{"pagination":{"total":3,"total_pages":3}}}"#;

/// A made-up authority.
pub(crate) struct Authority {
    certificate: Certificate,
    issuer: Issuer<'static, KeyPair>,
}

/// A server's certificate with its key.
pub(crate) struct Identity {
    certificate: Certificate,
    key: KeyPair,
}

impl Authority {
    pub(crate) fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params
            .distinguished_name
            .push(rcgen::DnType::CommonName, "Own Authority");
        Self {
            certificate: params.self_signed(&key).unwrap(),
            issuer: Issuer::new(params, key),
        }
    }

    pub(crate) fn trusted(&self) -> Trust {
        Trust {
            extra_ca: Some(self.certificate.pem()),
            pinned_sha256: None,
        }
    }

    fn sign(&self, params: &CertificateParams) -> Identity {
        let key = KeyPair::generate().unwrap();
        Identity {
            certificate: params.signed_by(&key, &self.issuer).unwrap(),
            key,
        }
    }

    pub(crate) fn good(&self) -> Identity {
        self.sign(&params("127.0.0.1"))
    }
}

impl Identity {
    fn self_signed() -> Self {
        let key = KeyPair::generate().unwrap();
        Self {
            certificate: params("127.0.0.1").self_signed(&key).unwrap(),
            key,
        }
    }

    fn pin(&self) -> Trust {
        Trust {
            extra_ca: None,
            pinned_sha256: Some(self.fingerprint()),
        }
    }

    fn fingerprint(&self) -> Fingerprint {
        use sha2::{Digest, Sha256};
        let bytes: [u8; 32] = Sha256::digest(self.certificate.der()).into();
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        hex.parse().unwrap()
    }

    /// A panel with this certificate on a free loopback port; its address.
    pub(crate) async fn serve(&self) -> String {
        let key = PrivateKeyDer::try_from(self.key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![self.certificate.der().clone()], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("https://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let Ok(mut stream) = acceptor.accept(stream).await else {
                        return;
                    };
                    while let Some(request) = read_request(&mut stream).await {
                        let body = if request.starts_with("GET /api/client/account ") {
                            ACCOUNT
                        } else {
                            LIST
                        };
                        let bytes = answer("200 OK", "Content-Type: application/json", body);
                        drop(tokio::io::AsyncWriteExt::write_all(&mut stream, &bytes).await);
                    }
                });
            }
        });
        address
    }
}

fn params(name: &str) -> CertificateParams {
    CertificateParams::new(vec![name.to_owned()]).unwrap()
}

async fn ask(identity: &Identity, trust: &Trust) -> (Result<(), Error>, Client) {
    let base = BaseUrl::parse(&identity.serve().await).unwrap();
    let client = Client::trusting(base, KEY.into(), trust).unwrap();
    (client.account().await.map(drop), client)
}

async fn fault(identity: &Identity, trust: &Trust) -> (TlsFault, String) {
    let (asked, client) = ask(identity, trust).await;
    let Err(Error::Unreachable(why @ Unreachable::Tls { .. })) = asked else {
        panic!("{asked:?}");
    };
    assert_eq!(client.refused_certificate(), Some(identity.fingerprint()));
    (why.tls_fault().unwrap(), why.to_string())
}

#[tokio::test]
async fn a_certificate_of_a_trusted_authority_is_good() {
    let authority = Authority::new();
    let (asked, client) = ask(&authority.good(), &authority.trusted()).await;
    assert_eq!(asked, Ok(()));
    assert_eq!(client.refused_certificate(), None);
}

#[tokio::test]
async fn nobody_is_trusted_who_was_not_named() {
    let authority = Authority::new();
    let nobody = Trust::default();
    assert_eq!(
        fault(&authority.good(), &nobody).await.0,
        TlsFault::UnknownIssuer
    );
    assert_eq!(
        fault(&Identity::self_signed(), &nobody).await.0,
        TlsFault::SelfSigned
    );
    // Another authority's certificate does not help.
    let other = Authority::new().trusted();
    assert_eq!(
        fault(&authority.good(), &other).await.0,
        TlsFault::UnknownIssuer
    );
    assert_eq!(
        fault(&Identity::self_signed(), &other).await.0,
        TlsFault::SelfSigned
    );
}

#[tokio::test]
async fn dates_and_names_are_checked_and_told() {
    let authority = Authority::new();
    let trusted = authority.trusted();
    let mut old = params("127.0.0.1");
    old.not_after = date_time_ymd(2001, 1, 1);
    assert_eq!(
        fault(&authority.sign(&old), &trusted).await.0,
        TlsFault::Expired
    );
    let mut future = params("127.0.0.1");
    future.not_before = date_time_ymd(2999, 1, 1);
    assert_eq!(
        fault(&authority.sign(&future), &trusted).await.0,
        TlsFault::NotYetValid
    );
    let other = authority.sign(&params("panel.example.com"));
    let (fault, text) = fault(&other, &trusted).await;
    assert_eq!(fault, TlsFault::WrongName);
    assert!(text.contains("panel.example.com"), "{text}");
}

#[tokio::test]
async fn the_pinned_certificate_and_no_other_is_accepted() {
    let one = Identity::self_signed();
    assert_eq!(ask(&one, &one.pin()).await.0, Ok(()));
    let mut odd = params("somewhere.example");
    odd.not_after = date_time_ymd(2001, 1, 1);
    let odd = Authority::new().sign(&odd);
    assert_eq!(ask(&odd, &odd.pin()).await.0, Ok(()));

    let (fault_found, text) = fault(&Identity::self_signed(), &one.pin()).await;
    assert_eq!(fault_found, TlsFault::WrongPin);
    assert!(text.contains("not the pinned one"), "{text}");
    // Not even one that would be trusted without the pin.
    let authority = Authority::new();
    let both = Trust {
        pinned_sha256: Some(one.fingerprint()),
        ..authority.trusted()
    };
    assert_eq!(fault(&authority.good(), &both).await.0, TlsFault::WrongPin);
}
