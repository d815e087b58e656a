//! Access logs in the combined format: Nexus, nginx, Apache and their relatives.
//!
//! ```text
//! 10.0.0.7 - ci [21/Nov/2026:10:00:00 +0000] "PUT /repository/npm-hosted/ui HTTP/1.1" 403 - 1234 5 "npm/10.9.2 node/v22.12.0 linux x64"
//! 10.0.0.7 - - [21/Nov/2026:10:00:00 +0000] "GET /left-pad HTTP/1.1" 403 146 "-" "npm/10.9.2 node/v22.12.0 linux x64"
//! 2026/11/21 10:00:00 [error] 7#7: *1 access forbidden by rule, client: 10.0.0.7, server: …, request: "GET /left-pad HTTP/1.1", host: "npm.acme.example"
//! ```
//! A web server also answers browsers: the path or the user agent has to be a package manager's.
//! Must not know causes.

use std::sync::LazyLock;

use regex::Regex;

use super::{Entry, agent, registry};
use crate::facts::FactKey;
use crate::parse::Incident;
use crate::parse::line::Line;

static COMBINED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r#"(?:^|\s)(?:(?<host>[\w-]+(?:\.[\w-]+)+)(?::\d+)? )?[0-9A-Fa-f.:]+ \S+ (?<user>\S+) \[(?<time>[^\]]+)\] "#,
        r#""(?<method>[A-Z]+) (?<url>\S+)(?: HTTP/[\d.]+)?" 403 (?<rest>.*)$"#
    ))
    .ok()
});
static QUOTED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#""(?<text>[^"]*)""#).ok());
static RULE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:(?<time>\d{4}/\d\d/\d\d [\d:]+) )?.*\baccess forbidden by rule\b.*, ",
        r#"request: "(?<method>[A-Z]+) (?<url>\S+)[^"]*"(?:.*, host: "(?<host>[^":]+)(?::\d+)?")?"#
    ))
    .ok()
});

const KEYS: [FactKey; 5] = [FactKey::Time, FactKey::User, FactKey::Host, FactKey::Method, FactKey::Url];

/// The incident of a line in the combined format.
pub fn read(line: &Line<'_>) -> Option<Incident> {
    if !line.text().contains("\" 403 ") {
        return None;
    }
    let found = COMBINED.as_ref()?.captures(line.text())?;
    let url = found.name("url")?;
    let rest = found.name("rest")?;
    let quoted = QUOTED.as_ref()?.captures_iter(rest.as_str()).filter_map(|found| found.name("text"));
    let named: Vec<_> = quoted.filter(|text| text.as_str() != "-").collect();
    let client = named.iter().find(|text| agent::is_client(text.as_str()));
    let path = path_of(url.as_str());
    // Where no user agent is logged, the path has to do.
    let known = match client {
        Some(_) => true,
        None if named.is_empty() => registry::is_likely(path),
        None => registry::is_certain(path),
    };
    if !known {
        return None;
    }
    let mut entry = Entry::new(line);
    entry.set_groups(&found, &KEYS);
    if let Some(client) = client {
        entry.agent(rest.start() + client.start()..rest.start() + client.end());
    }
    entry.read_address(path);
    Some(entry.incident())
}

/// The incident of nginx's own refusal, which its error log tells without a status.
pub fn read_rule(line: &Line<'_>) -> Option<Incident> {
    let found = RULE.as_ref()?.captures(line.text())?;
    let host = found.name("host").map_or("", |host| host.as_str());
    let path = path_of(found.name("url")?.as_str());
    if !registry::is_likely(path) && !registry::is_url(&format!("https://{host}{path}")) {
        return None;
    }
    let mut entry = Entry::new(line);
    entry.set_groups(&found, &KEYS);
    entry.read_address(path);
    let words = line.text().find("access forbidden by rule")?;
    let range = words..words + "access forbidden by rule".len();
    entry.say(&line.text()[range.clone()], range);
    Some(entry.incident())
}

/// The path of a request line, which for a proxy holds the whole URL.
fn path_of(target: &str) -> &str {
    let Some((_, rest)) = target.split_once("://") else {
        return target;
    };
    rest.find('/').map_or("/", |slash| &rest[slash..])
}
