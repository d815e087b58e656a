//! Whom a probe trusts: the system's authorities and those of the user's configuration, and nobody else.
//!
//! Verification cannot be switched off here, whatever `strict-ssl` says. Must not know registries.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, ConfigBuilder, DigitallySignedStruct, RootCertStore, SignatureScheme,
    WantsVerifier,
};
use rustls_platform_verifier::Verifier;
use url::Url;

use super::connect::host_of;
use super::issuer::issuer;
use super::model::Failure;

const LARGEST_PEM: u64 = 4 * 1024 * 1024;

/// The authorities of one run.
pub(super) struct Trust {
    verifier: Result<Arc<Verifier>, String>,
    unread: Vec<String>,
}

impl Trust {
    /// Reads the system's authorities and the further files.
    pub(super) fn load(files: &[PathBuf]) -> Self {
        let mut extra = Vec::new();
        let mut unread = Vec::new();
        for file in files {
            match authorities(file) {
                Some(found) if !found.is_empty() => extra.extend(found),
                _ => unread.push(file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()),
            }
        }
        let verifier = Verifier::new_with_extra_roots(extra, Arc::new(ring::default_provider()))
            .map(Arc::new)
            .map_err(|error| error.to_string());
        Self { verifier, unread }
    }

    /// What a client needs for TLS, and the witness that notes what it is shown.
    pub(super) fn config(&self, url: &Url) -> Result<(ClientConfig, Arc<Witness>), Failure> {
        let untrusted = |reason: String| Failure::Certificate { host: host_of(url), reason };
        let verifier = self.verifier.clone().map_err(untrusted)?;
        let witness = Arc::new(Witness { verifier, shown: Mutex::default() });
        let mut config = builder()
            .map_err(|error| untrusted(error.to_string()))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::clone(&witness) as Arc<dyn ServerCertVerifier>)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok((config, witness))
    }

    /// The failure of a handshake with this host.
    pub(super) fn failure(&self, error: &rustls::Error, witness: &Witness, host: String) -> Failure {
        match error {
            rustls::Error::InvalidCertificate(wrong) => {
                let issuer = witness.shown().and_then(|(_, issuer)| issuer);
                Failure::Certificate { host, reason: self.words(wrong, issuer) }
            }
            rustls::Error::InvalidMessage(_) => Failure::Broken {
                host,
                reason: "it does not speak TLS on this port; the address may have to start with http:"
                    .to_owned(),
            },
            _ => Failure::Connect { host, reason: format!("TLS failed, {error}") },
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

/// For a client that meets no TLS: it trusts nobody.
pub(super) fn nobody() -> Result<ClientConfig, rustls::Error> {
    Ok(builder()?.with_root_certificates(RootCertStore::empty()).with_no_client_auth())
}

fn builder() -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, rustls::Error> {
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
}

/// Leaves the verdict to the system's verifier, and remembers who issued what was shown: the name of a proxy's own
/// authority is what the user needs most when it is not trusted.
#[derive(Debug)]
pub(super) struct Witness {
    verifier: Arc<Verifier>,
    shown: Mutex<Option<(String, Option<String>)>>,
}

impl Witness {
    /// Who showed the last certificate, and who issued it: of a proxy and the host behind it, the host.
    pub(super) fn shown(&self) -> Option<(String, Option<String>)> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).clone()
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
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((name.to_str().into_owned(), issuer(leaf)));
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
