//! The stage of a case: a machine in a folder that is thrown away, and registries on loopback under their real names.

use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use serde_json::Value;
use tempfile::TempDir;
use unforbid::config::Machine;
use unforbid::knowledge::Knowledge;

use crate::case::{Case, Rule, Story};
use crate::wire::{Seen, Server, Table, Wire, answer};

/// A moment, told as registries tell it.
pub struct Moment(u64);

impl Moment {
    pub fn now() -> u64 {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
    }

    pub fn in_hours(hours: u64) -> Self {
        Self(Self::now().saturating_add(hours * 3_600))
    }

    pub fn hours_ago(hours: u64) -> Self {
        Self(Self::now().saturating_sub(hours * 3_600))
    }

    /// `2026-11-22T04:00:00Z`.
    pub fn iso(&self) -> String {
        jiff::Timestamp::from_second(i64::try_from(self.0).expect("a moment")).expect("a moment").to_string()
    }

    /// As in the header `Date`.
    pub fn header(&self) -> String {
        let moment = jiff::Timestamp::from_second(i64::try_from(self.0).expect("a moment"));
        moment.expect("a moment").strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }
}

/// Everything around a case. Nothing outside of it is reached.
pub struct Stage {
    // Held so that the files live as long as the case.
    _folder: TempDir,
    pub project: PathBuf,
    pub machine: Machine,
    pub log: String,
    pub network: Table,
    /// Whether the registry is asked under its own address, over the system's own network.
    pub is_here: bool,
    secure: Server,
    plain: Server,
}

impl Stage {
    pub fn new(story: &Story, case: &Case) -> Self {
        let knowledge = Knowledge::bundled();
        let script = Script::new(story, case);
        let names = script.hosts();
        let authority = Authority::new(&case.issuer);
        let plain = {
            let script = script.clone();
            Server::start(move |seen, wire| wire.write_all(&script.answer("http", seen)))
        };
        let secure = {
            let script = script.clone();
            Server::wrapped(authority.wrapping(&names), move |seen, wire| {
                wire.write_all(&script.answer("https", seen))
            })
        };
        let mut network = Table::default();
        for (nth, name) in names.iter().enumerate() {
            let address = format!("20.0.0.{}", nth + 1);
            // A port that an address names cannot be detoured, so a proxy stands on the server's own.
            network = network
                .host(name, &format!("{address}:443"), &secure)
                .detour(&format!("{address}:80"), plain.address)
                .detour(&format!("{address}:{}", plain.address.port()), plain.address);
        }
        let here = plain.address.to_string();
        let proxy = format!("proxy.acme.example:{}", plain.address.port());
        let fill = |text: &str| knowledge.expand(text).replace("{here}", &here).replace("{proxy}", &proxy);
        let folder = tempfile::tempdir().expect("a folder can be made");
        let root = folder.path().canonicalize().expect("the folder is there");
        let (home, project) = (root.join("home"), root.join("project"));
        for folder in [&home, &project] {
            fs::create_dir_all(folder).expect("a folder can be made");
        }
        for (name, lines) in &case.files {
            let path = root.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
            fs::write(path, fill(&lines.join("\n")) + "\n").expect("a file can be written");
        }
        let trusted = authority.file(&root);
        let mut variables: std::collections::BTreeMap<String, String> =
            case.env.iter().map(|(name, value)| (name.clone(), fill(value))).collect();
        variables.insert("NODE_EXTRA_CA_CERTS".into(), trusted.to_string_lossy().into_owned());
        let lines = story.logs.get(&case.log).unwrap_or_else(|| panic!("no log is called {}", case.log));
        let raw = lines.join("\n");
        Self {
            _folder: folder,
            project,
            machine: Machine { home: Some(home), variables, global: Vec::new() },
            is_here: raw.contains("{here}"),
            log: fill(&raw),
            network,
            secure,
            plain,
        }
    }

    /// Every request that arrived.
    pub fn seen(&self) -> Vec<Seen> {
        let mut seen = self.secure.seen();
        seen.extend(self.plain.seen());
        seen
    }
}

/// What the registries answer.
#[derive(Clone)]
struct Script {
    rules: Vec<(Rule, Vec<(String, String)>)>,
    defaults: Vec<(String, Vec<(String, String)>)>,
    clock_hours: u64,
}

impl Script {
    fn new(story: &Story, case: &Case) -> Self {
        let knowledge = Knowledge::bundled();
        let pairs = |headers: &std::collections::BTreeMap<String, String>| -> Vec<(String, String)> {
            headers.iter().map(|(name, value)| (name.clone(), knowledge.expand(value))).collect()
        };
        let defaults: Vec<_> =
            story.hosts.iter().map(|(host, headers)| (knowledge.expand(host), pairs(headers))).collect();
        let rules = case.answers.iter().map(|rule| {
            let rule = Rule { at: knowledge.expand(&rule.at), ..rule.clone() };
            let headers = pairs(&rule.headers);
            (rule, headers)
        });
        Self { rules: rules.collect(), defaults, clock_hours: case.clock_hours }
    }

    /// The hosts that answer: those of the rules and those that are known anyway.
    fn hosts(&self) -> Vec<String> {
        let ruled = self.rules.iter().map(|(rule, _)| rule.at.split('/').next().unwrap_or_default());
        let known = self.defaults.iter().map(|(host, _)| host.as_str());
        let mut hosts: Vec<String> =
            ruled.chain(known).filter(|host| !host.starts_with('{')).map(str::to_owned).collect();
        hosts.sort();
        hosts.dedup();
        hosts
    }

    fn answer(&self, scheme: &str, seen: &Seen) -> Vec<u8> {
        let host = seen.header("host").unwrap_or_default().to_owned();
        let name = host.split(':').next().unwrap_or_default();
        let name = if name == "127.0.0.1" { "{here}" } else { name };
        // A proxy is asked with the whole address.
        let path = seen
            .target
            .split_once("://")
            .map_or(seen.target.as_str(), |(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]));
        let asked = if seen.method == "CONNECT" { "CONNECT".to_owned() } else { format!("{name}{path}") };
        let with = seen.header("authorization").is_some();
        let found = self.rules.iter().find(|(rule, _)| {
            let place = rule.at.strip_suffix('*').map_or(rule.at == asked, |start| asked.starts_with(start));
            place && rule.credential.is_none_or(|wanted| wanted == with)
        });
        let own = self.defaults.iter().find(|(host, _)| host == name).map(|(_, headers)| headers.as_slice());
        let mut headers = vec![format!("date: {}", Moment::in_hours(self.clock_hours).header())];
        let is_foreign = found.is_some_and(|(rule, _)| rule.foreign);
        let rule_headers = found.map(|(_, headers)| headers.as_slice()).unwrap_or_default();
        for (key, value) in own.filter(|_| !is_foreign).unwrap_or_default().iter().chain(rule_headers) {
            headers.push(format!("{key}: {value}"));
        }
        let body = match found {
            None => r#"{"error":"not found"}"#.to_owned(),
            Some((rule, _)) => match (&rule.packument, &rule.body) {
                (Some(packument), _) => packument.json(&format!("{scheme}://{host}/")).to_string(),
                (None, Value::Null) => String::new(),
                (None, Value::String(text)) => text.clone(),
                (None, json) => json.to_string(),
            },
        };
        if !headers.iter().any(|header| header.starts_with("content-type")) {
            let is_page = body.trim_start().starts_with('<');
            let kind = if is_page { "text/html" } else { "application/json" };
            headers.push(format!("content-type: {kind}"));
        }
        let status = found.map_or(404, |(rule, _)| rule.status);
        let phrase = found.and_then(|(rule, _)| rule.phrase.clone()).unwrap_or_else(|| usual(status).into());
        let lines: Vec<&str> = headers.iter().map(String::as_str).collect();
        let body = if seen.method == "HEAD" { "" } else { &body };
        answer(&format!("{status} {phrase}"), &lines, body.as_bytes())
    }
}

fn usual(status: u16) -> &'static str {
    match status {
        200 => "OK",
        302 => "Found",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        _ => "Other",
    }
}

/// An authority that is thrown away after the case.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        params.distinguished_name = rcgen::DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate().expect("a key");
        Self(CertifiedIssuer::self_signed(params, key).expect("an authority"))
    }

    fn file(&self, folder: &Path) -> PathBuf {
        let path = folder.join("authority.pem");
        let der = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, self.0.der());
        let text = format!("-----BEGIN CERTIFICATE-----\n{der}\n-----END CERTIFICATE-----\n");
        fs::write(&path, text).expect("a file can be written");
        path
    }

    fn wrapping(&self, names: &[String]) -> crate::wire::Wrapping {
        let params = CertificateParams::new(names.to_vec()).expect("names");
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
        let config = Arc::new(config);
        Arc::new(move |stream: TcpStream| {
            let session = ServerConnection::new(Arc::clone(&config)).expect("a session");
            Box::new(StreamOwned::new(session, stream)) as Box<dyn Wire>
        })
    }
}
