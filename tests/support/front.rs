//! A way to the fake panel by https, with a certificate that nobody signed. Changes nothing of what passes.

use crate::panel::Panel;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use std::sync::Arc;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::aws_lc_rs, pki_types::PrivateKeyDer},
};

/// The way, for as long as this lives.
pub struct Front {
    url: String,
    certificate: String,
    passing: JoinHandle<()>,
}

impl Front {
    /// One to this panel.
    ///
    /// # Panics
    /// When no port can be had.
    pub async fn of(panel: &Panel) -> Front {
        let names = ["localhost".to_owned()];
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(names).expect("a certificate can be made");
        let acceptor = acceptor(cert.der().to_vec(), signing_key.serialize_der());
        let listener = TcpListener::bind(("127.0.0.1", 0)).await;
        let listener = listener.expect("a free port");
        let port = listener.local_addr().expect("it has a port").port();
        let behind = panel.url().replacen("http://", "", 1);
        let passing = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(pass(acceptor.clone(), stream, behind.clone()));
            }
        });
        Front {
            url: format!("https://localhost:{port}"),
            certificate: cert.pem(),
            passing,
        }
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Its certificate, as a PEM file has it.
    pub fn certificate(&self) -> &str {
        &self.certificate
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.passing.abort();
    }
}

fn acceptor(certificate: Vec<u8>, key: Vec<u8>) -> TlsAcceptor {
    let key = PrivateKeyDer::try_from(key).expect("a private key");
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("the usual versions of TLS")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.into()], key)
        .expect("key and certificate belong together");
    TlsAcceptor::from(Arc::new(config))
}

/// A guest who does not like the certificate hangs up, which is no mistake of the panel's.
async fn pass(acceptor: TlsAcceptor, stream: TcpStream, behind: String) -> Option<(u64, u64)> {
    let mut outside = acceptor.accept(stream).await.ok()?;
    let mut inside = TcpStream::connect(behind).await.ok()?;
    copy_bidirectional(&mut outside, &mut inside).await.ok()
}
