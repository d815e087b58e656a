//! TLS: whom the probe trusts, and what it says when it does not.

use std::io::Write;
use std::net::TcpStream;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use tempfile::NamedTempFile;
use unforbid::probe::{Answer, Consent, Failure, Tier};

use crate::asking::{Loose, SECRET, ask, failure, reply, run_one, with_credential};
use crate::wire::{Server, Table, Wire, answer};

const URL: &str = "https://registry.acme.example/ui";

/// An authority that is thrown away after the test.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        params.distinguished_name.push(DnType::OrganizationName, "Acme");
        params.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate().expect("a key");
        Self(CertifiedIssuer::self_signed(params, key).expect("an authority"))
    }

    fn file(&self) -> NamedTempFile {
        let mut file = NamedTempFile::new().expect("a temporary file");
        let der = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, self.0.der());
        write!(file, "-----BEGIN CERTIFICATE-----\n{der}\n-----END CERTIFICATE-----\n")
            .expect("it is written");
        file
    }

    fn config(&self, name: &str, expired: bool) -> Arc<ServerConfig> {
        let mut params = CertificateParams::new([name.to_owned()]).expect("a name");
        if expired {
            params.not_after = date_time_ymd(2020, 1, 1);
        }
        let key = KeyPair::generate().expect("a key");
        let leaf = params.signed_by(&key, &self.0).expect("a certificate");
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![leaf.der().clone()], key)
            .expect("a certificate and its key");
        Arc::new(config)
    }

    /// A registry with a certificate for the name.
    fn registry(&self, name: &str, expired: bool, bytes: Vec<u8>) -> Server {
        let config = self.config(name, expired);
        let wrapping = move |stream: TcpStream| {
            let session = ServerConnection::new(Arc::clone(&config)).expect("a session");
            Box::new(StreamOwned::new(session, stream)) as Box<dyn Wire>
        };
        Server::wrapped(Arc::new(wrapping), move |_, wire| wire.write_all(&bytes))
    }
}

fn asked(server: &Server, keyring: &Loose) -> Answer {
    let table = Table::default().host("registry.acme.example", "20.0.0.1:443", server);
    run_one(&table, with_credential(ask(URL, Tier::B)), keyring, &Consent::default())
}

#[test]
fn an_authority_of_the_configuration_is_trusted_and_named() {
    let authority = Authority::new("Corporate Root");
    let file = authority.file();
    let server = authority.registry("registry.acme.example", false, answer("200 OK", &[], b"{}"));
    let heard = asked(&server, &Loose { roots: vec![file.path().to_owned()], ..Loose::default() });
    assert_eq!(reply(&heard).issuer.as_deref(), Some("CN=Corporate Root, O=Acme"));
    assert!(heard.credential);
    assert!(server.seen()[0].header("authorization").is_some_and(|value| value.ends_with(SECRET)));
}

#[test]
fn a_certificate_that_is_not_trusted_stops_everything_and_names_its_issuer() {
    let (authority, stranger) = (Authority::new("Corporate Root"), Authority::new("Filter Box"));
    let twin = Authority::new("Corporate Root");
    let file = authority.file();
    for (signer, name, expired, why) in [
        (&stranger, "registry.acme.example", false, "its issuer CN=Filter Box, O=Acme is unknown here"),
        (
            &twin,
            "registry.acme.example",
            false,
            "issuer CN=Corporate Root, O=Acme has the name of a trusted one",
        ),
        (&authority, "other.acme.example", false, "it was made for another name: other.acme.example"),
        (&authority, "registry.acme.example", true, "it has expired"),
    ] {
        let server = signer.registry(name, expired, answer("200 OK", &[], b"{}"));
        let heard = asked(&server, &Loose { roots: vec![file.path().to_owned()], ..Loose::default() });
        match failure(&heard) {
            Failure::Certificate { reason, .. } => assert!(reason.contains(why), "{reason}"),
            other => panic!("{other:?}"),
        }
        assert!(server.lines().is_empty(), "nothing is sent");
        assert!(!heard.credential);
    }
}

#[test]
fn a_file_of_authorities_that_cannot_be_read_is_named() {
    let authority = Authority::new("Corporate Root");
    let server = authority.registry("registry.acme.example", false, answer("200 OK", &[], b"{}"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let missing = folder.path().join("corporate.pem");
    let keyring = Loose { roots: vec![folder.path().to_owned(), missing], ..Loose::default() };
    let heard = asked(&server, &keyring);
    assert!(failure(&heard).to_string().contains("corporate.pem"), "{heard:?}");
}

#[test]
fn a_redirect_from_https_to_http_is_refused() {
    let authority = Authority::new("Corporate Root");
    let file = authority.file();
    let location = ["location: http://registry.acme.example/ui"];
    let server = authority.registry("registry.acme.example", false, answer("301 Moved", &location, b""));
    let heard = asked(&server, &Loose { roots: vec![file.path().to_owned()], ..Loose::default() });
    assert!(
        matches!(failure(&heard), Failure::Redirect { reason, .. } if reason == "it leads from https to http"),
        "{heard:?}"
    );
    assert_eq!(server.lines(), ["GET /ui"]);
}

#[test]
fn a_port_without_tls_gets_a_clear_word() {
    let plain = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port on loopback");
    let address = plain.local_addr().expect("a bound address");
    let answering = std::thread::spawn(move || {
        let (mut stream, _) = plain.accept().expect("a client");
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").expect("it is written");
    });
    let table = Table::default().name("registry.acme.example", "20.0.0.1").detour("20.0.0.1:443", address);
    let heard = run_one(&table, ask(URL, Tier::B), &Loose::default(), &Consent::default());
    answering.join().expect("the server's thread does not panic");
    assert!(failure(&heard).to_string().contains("does not speak TLS"), "{heard:?}");
}

#[test]
fn a_credential_goes_through_a_tunnel_only_inside_of_tls() {
    let authority = Authority::new("Corporate Root");
    let file = authority.file();
    let config = authority.config("registry.acme.example", false);
    let proxy = Server::start(move |seen, wire| {
        assert_eq!(seen.line(), "CONNECT registry.acme.example:443");
        wire.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")?;
        wire.flush()?;
        // The proxy plays the registry as well.
        let mut session = ServerConnection::new(Arc::clone(&config)).expect("a session");
        let mut wire = wire;
        let mut inside = rustls::Stream::new(&mut session, &mut wire);
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            std::io::Read::read_exact(&mut inside, &mut byte)?;
            head.extend_from_slice(&byte);
        }
        let repeated = String::from_utf8_lossy(&head).contains(SECRET);
        inside.write_all(&answer("200 OK", &[], format!("secret inside: {repeated}").as_bytes()))
    });
    let port = proxy.address.port();
    let table = Table::default().host("proxy.acme.example", &format!("10.0.0.3:{port}"), &proxy);
    let keyring = Loose {
        proxy: Some(format!("http://proxy.acme.example:{port}")),
        roots: vec![file.path().to_owned()],
    };
    let heard = run_one(&table, with_credential(ask(URL, Tier::B)), &keyring, &Consent::default());
    assert_eq!(String::from_utf8_lossy(&reply(&heard).body), "secret inside: true");
    assert_eq!(reply(&heard).issuer.as_deref(), Some("CN=Corporate Root, O=Acme"));
    let outside: Vec<_> = proxy.seen()[0].headers.iter().map(|(_, value)| value.clone()).collect();
    assert!(!outside.join(" ").contains(SECRET), "{outside:?}");
}

#[test]
fn a_proxy_that_is_spoken_to_over_tls_is_told_apart_from_the_registry() {
    let authority = Authority::new("Corporate Root");
    let file = authority.file();
    let refusal = answer("403 Forbidden", &[], b"");
    let asked = |name: &str, host: &str| {
        let proxy = authority.registry(name, false, refusal.clone());
        let port = proxy.address.port();
        let table = Table::default().host("proxy.acme.example", &format!("10.0.0.3:{port}"), &proxy);
        let keyring = Loose {
            proxy: Some(format!("https://proxy.acme.example:{port}")),
            roots: vec![file.path().to_owned()],
        };
        let heard = run_one(&table, with_credential(ask(URL, Tier::B)), &keyring, &Consent::default());
        assert!(!heard.credential, "{heard:?}");
        assert!(proxy.seen().iter().all(|seen| seen.header("authorization").is_none()));
        let named = match failure(&heard) {
            Failure::Proxy { host, status: 403, .. } | Failure::Certificate { host, .. } => host.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(named, host, "{heard:?}");
        proxy.lines()
    };
    assert_eq!(
        asked("proxy.acme.example", "registry.acme.example"),
        ["CONNECT registry.acme.example:443"; 2]
    );
    assert!(asked("other.acme.example", "proxy.acme.example").is_empty());
}
