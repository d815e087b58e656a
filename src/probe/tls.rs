//! Whom a probe trusts: the system's authorities and those of the user's configuration, and nobody else.
//!
//! Verification cannot be switched off here, whatever `strict-ssl` says. Must not know registries.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, SignatureScheme};
use rustls_platform_verifier::Verifier;
use tokio_rustls::TlsConnector;
use url::{Host, Url};

use super::issuer::issuer;
use super::model::Failure;
use super::network::Connection;

const LARGEST_PEM: u64 = 4 * 1024 * 1024;

/// The authorities of one run.
pub(super) struct Trust {
    provider: Arc<CryptoProvider>,
    verifier: Result<Arc<Verifier>, String>,
    unread: Vec<String>,
}

impl Trust {
    /// Reads the system's authorities and the further files.
    pub(super) fn load(files: &[PathBuf]) -> Self {
        let provider = Arc::new(ring::default_provider());
        let mut extra = Vec::new();
        let mut unread = Vec::new();
        for file in files {
            match authorities(file) {
                Some(found) if !found.is_empty() => extra.extend(found),
                _ => unread.push(file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()),
            }
        }
        let verifier = Verifier::new_with_extra_roots(extra, Arc::clone(&provider))
            .map(Arc::new)
            .map_err(|error| error.to_string());
        Self { provider, verifier, unread }
    }

    /// TLS over a connection, and the issuer of the certificate that was shown.
    pub(super) async fn wrap(
        &self,
        stream: Connection,
        url: &Url,
    ) -> Result<(Connection, Option<String>), Failure> {
        let host = url.host_str().unwrap_or_default();
        let untrusted = |reason: String| Failure::Certificate { host: host.to_owned(), reason };
        let verifier = self.verifier.clone().map_err(untrusted)?;
        let witness = Arc::new(Witness { verifier, issuer: Mutex::default() });
        let name =
            server_name(url).ok_or_else(|| untrusted("no certificate can name this host".to_owned()))?;
        let mut config = ClientConfig::builder_with_provider(Arc::clone(&self.provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| untrusted(error.to_string()))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::clone(&witness) as Arc<dyn ServerCertVerifier>)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        match TlsConnector::from(Arc::new(config)).connect(name, stream).await {
            Ok(stream) => Ok((Box::new(stream), witness.issuer())),
            Err(error) => {
                let cause = error.get_ref().and_then(|cause| cause.downcast_ref::<rustls::Error>());
                Err(match cause {
                    Some(rustls::Error::InvalidCertificate(wrong)) => {
                        untrusted(self.words(wrong, witness.issuer()))
                    }
                    Some(rustls::Error::InvalidMessage(_)) => Failure::Broken {
                        host: host.to_owned(),
                        reason:
                            "it does not speak TLS on this port; the address may have to start with http:"
                                .to_owned(),
                    },
                    _ => Failure::Connect { host: host.to_owned(), reason: format!("TLS failed, {error}") },
                })
            }
        }
    }

    fn words(&self, wrong: &CertificateError, issuer: Option<String>) -> String {
        let by = issuer.map_or_else(String::new, |issuer| format!(" {issuer}"));
        let mut words = match wrong {
            CertificateError::UnknownIssuer => format!("its issuer{by} is unknown here"),
            CertificateError::NotValidForName => "it was made for another name".to_owned(),
            CertificateError::NotValidForNameContext { presented, .. } => {
                // `DnsName("other.example")`
                let plain = |name: &'_ String| name.split('"').nth(1).unwrap_or(name).to_owned();
                let names: Vec<String> = presented.iter().take(3).map(plain).collect();
                format!("it was made for another name: {}", names.join(", "))
            }
            CertificateError::BadSignature => {
                format!("its issuer{by} has the name of a trusted one and another key")
            }
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                "it has expired".to_owned()
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                "it is not valid yet; check this machine's clock".to_owned()
            }
            other => format!("{other}, issuer{by}"),
        };
        if !self.unread.is_empty() {
            words.push_str(&format!("; no authority could be read from {}", self.unread.join(", ")));
        }
        words
    }
}

/// The certificates of a PEM file that can serve as authorities.
fn authorities(file: &Path) -> Option<Vec<CertificateDer<'static>>> {
    // A device or a pipe would never end.
    file.metadata().ok().filter(|found| found.is_file() && found.len() <= LARGEST_PEM)?;
    let certificates = CertificateDer::pem_file_iter(file).ok()?;
    Some(
        certificates
            .filter_map(Result::ok)
            .filter(|certificate| webpki::anchor_from_trusted_cert(certificate).is_ok())
            .collect(),
    )
}

fn server_name(url: &Url) -> Option<ServerName<'static>> {
    match url.host()? {
        Host::Domain(name) => ServerName::try_from(name.to_owned()).ok(),
        Host::Ipv4(ip) => Some(ServerName::from(std::net::IpAddr::V4(ip))),
        Host::Ipv6(ip) => Some(ServerName::from(std::net::IpAddr::V6(ip))),
    }
}

/// Leaves the verdict to the system's verifier, and remembers who issued what was shown: the name of a proxy's own
/// authority is what the user needs most when it is not trusted.
#[derive(Debug)]
struct Witness {
    verifier: Arc<Verifier>,
    issuer: Mutex<Option<String>>,
}

impl Witness {
    fn issuer(&self) -> Option<String> {
        self.issuer.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl ServerCertVerifier for Witness {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        *self.issuer.lock().unwrap_or_else(PoisonError::into_inner) = issuer(leaf);
        self.verifier.verify_server_cert(leaf, between, name, ocsp, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.verifier.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}
