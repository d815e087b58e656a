//! Servers that log one JSON object a request: Verdaccio, Traefik, Caddy, GitLab, Artifactory's router, nginx.
//!
//! ```text
//! {"level":40,"request":{"method":"PUT","url":"/@acme%2fui"},"user":"alice","remoteIP":"127.0.0.1","status":403,"error":"…"}
//! {"ClientAddr":"10.0.0.7:51000","DownstreamStatus":403,"RequestMethod":"PUT","RequestPath":"/@acme%2fui","request_User-Agent":"npm/10.9.2 …"}
//! ```
//! Their keys differ, their meanings do not, so the keys are looked up wherever they stand in the object.
//! Must not know causes.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Entry, agent, registry};
use crate::facts::FactKey;
use crate::parse::Incident;
use crate::parse::line::Line;

static LEAF: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#""(?<key>[\w.-]+)"\s*:\s*\[?(?:"(?<text>(?:[^"\\]|\\.)*)"|(?<number>\d+(?:\.\d+)?))"#).ok()
});

const STATUS: &[&str] =
    &["status", "statuscode", "status_code", "downstreamstatus", "response_status", "http_status"];
const METHOD: &[&str] = &["method", "requestmethod", "request_method", "http_method", "verb"];
const ADDRESS: &[&str] = &["url", "path", "uri", "requestpath", "request_uri", "request_path", "requesturl"];
const HOST: &[&str] = &["host", "requesthost", "http_host", "vhost", "server_name", "authority"];
const USER: &[&str] = &["user", "username", "remote_user", "meta.user", "user_name"];
const AGENT: &[&str] =
    &["user-agent", "request_user-agent", "user_agent", "http_user_agent", "useragent", "ua", "agent"];
const TIME: &[&str] = &["time", "timestamp", "@timestamp", "starttime", "startutc", "time_local", "ts"];
const WORDS: &[&str] = &["error", "err"];

/// A value and where it stands.
type Leaf<'t> = (&'t str, Range<usize>);

/// The first value under one of these keys.
fn first<'t>(leaves: &[(String, Leaf<'t>)], keys: &[&str]) -> Option<Leaf<'t>> {
    let of = |key: &str| leaves.iter().find(|(name, _)| name == key).map(|(_, leaf)| leaf.clone());
    keys.iter().find_map(|key| of(key))
}

/// The incident of a line that is one JSON object.
pub fn read(line: &Line<'_>) -> Option<Incident> {
    let text = line.text();
    // Where a container runtime or a log shipper puts something in front, the object is the rest of the line.
    let start = text.find('{').filter(|_| text.trim_end().ends_with('}'))?;
    let mut leaves = Vec::new();
    for found in LEAF.as_ref()?.captures_iter(&text[start..]) {
        let value = found.name("text").or_else(|| found.name("number"))?;
        let range = start + value.start()..start + value.end();
        leaves.push((found["key"].to_ascii_lowercase(), (value.as_str(), range)));
    }
    first(&leaves, STATUS).filter(|(status, _)| *status == "403")?;
    let method =
        first(&leaves, METHOD).filter(|(method, _)| method.bytes().all(|b| b.is_ascii_uppercase()))?;
    let address = first(&leaves, ADDRESS)?;
    let named = first(&leaves, AGENT);
    let client = named.clone().filter(|(agent, _)| agent::is_client(agent));
    // Only Verdaccio names the caller's address like this.
    let verdaccio = leaves.iter().any(|(key, _)| key == "remoteip") && text.contains("\"request\"");
    let whole = address.0.contains("://");
    let path = if whole { url::Url::parse(address.0).ok()?.path().to_owned() } else { address.0.to_owned() };
    let known = match (&client, named.is_some()) {
        (Some(_), _) => true,
        (None, true) => registry::is_certain(&path),
        (None, false) => verdaccio || registry::is_likely(&path),
    };
    // A client's own log names a URL it asked for; a server's names a path, or the user agent that asked.
    if !path.starts_with('/') || !known || whole && client.is_none() {
        return None;
    }
    let mut entry = Entry::new(line);
    entry.set(FactKey::Method, method.1);
    entry.set(FactKey::Url, address.1);
    for (key, keys) in [(FactKey::User, USER), (FactKey::Time, TIME)] {
        if let Some((_, range)) = first(&leaves, keys) {
            entry.set(key, range);
        }
    }
    if let Some((host, range)) = first(&leaves, HOST) {
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        entry.set(FactKey::Host, range.start..range.start + name.len());
    }
    if let Some((_, range)) = client {
        entry.agent(range);
    }
    if verdaccio {
        entry.facts.set(FactKey::Provider, "verdaccio", None);
    }
    entry.read_address(&path);
    if let Some((words, range)) = first(&leaves, WORDS) {
        let plain: String =
            serde_json::from_str(&format!("\"{words}\"")).unwrap_or_else(|_| words.to_owned());
        entry.say(plain.trim(), range);
    }
    Some(entry.incident())
}
