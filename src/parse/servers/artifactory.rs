//! Artifactory's logs, one line a request
//! (<https://jfrog.com/help/r/jfrog-platform-administration-documentation/artifactory-request-log>):
//!
//! ```text
//! 2026-07-21T09:01:43.833Z|b95c|10.0.0.7|ci|PUT|/api/npm/npm-local/ui|403|3106|144|12|npm/9.2.0 node/v19.4.0 …
//! 20260721090143|12|REQUEST|10.0.0.7|ci|PUT|/api/npm/npm-local/ui|HTTP/1.1|403|3106
//! 2026-07-21T09:01:43.833Z [b95c] [DENIED DEPLOY] npm-local:ui/-/ui-1.0.2.tgz for client : ci / 10.0.0.7 [token]
//! 2026-07-21T09:01:43.833Z [jfrt ] [WARN ] … - Sending HTTP error code 403: Not enough permissions to …
//! ```
//! The access log calls a refusal DENIED and writes no status: a stranger gets a 401, somebody known a 403.
//! Must not know causes.

use std::sync::LazyLock;

use regex::Regex;

use super::Entry;
use crate::facts::FactKey;
use crate::parse::Incident;
use crate::parse::line::Line;

static REQUEST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:^|\s)(?<time>\d{4}-\d\d-\d\dT[^|\s]*)\|[^|]*\|[^|]*\|(?<user>[^|]*)\|(?<method>[A-Z]+)\|",
        r"(?<url>/(?:artifactory/)?api/npm/[^/|]+/[^|]*)\|403\|[^|]*\|[^|]*\|[^|]*\|(?<agent>.*)$"
    ))
    .ok()
});
/// Version 6 and earlier; tabs where somebody pasted it out of a table.
static OLD_REQUEST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:^|\s)(?<time>20\d{12})[|\t]\d+[|\t]REQUEST[|\t][^|\t]*[|\t](?<user>[^|\t]*)[|\t](?<method>[A-Z]+)[|\t]",
        r"(?<url>/(?:artifactory/)?api/npm/[^/|\t]+/[^|\t]*)[|\t]HTTP/[\d.]+[|\t]403(?:[|\t]|$)"
    ))
    .ok()
});
static DENIED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:(?<time>\d{4}-\d\d-\d\d[T ][\d:.,]+Z?) )?.*\[DENIED (?<verb>DEPLOY|DOWNLOAD|DELETE)\] ",
        r"(?<url>(?<repository>[\w.-]+):(?<path>\S+)) +for (?:client ?: ?)?(?<user>[^\s/]+) ?/"
    ))
    .ok()
});
static SENDING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?:(?<time>\d{4}-\d\d-\d\d[T ][\d:.,]+Z?) )?.*\bSending HTTP error code 403: (?<said>\S.*)$",
    )
    .ok()
});
static STORED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"'(?<url>(?<repository>[\w.-]+):(?<path>[^']+))'").ok());
static NEEDS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:\(user:? '|^User:? '?)(?<user>[^'\s]+)'? (?:needs|is not permitted)").ok()
});

const KEYS: [FactKey; 4] = [FactKey::Time, FactKey::User, FactKey::Method, FactKey::Url];

/// The incident of a line of the request log, or of a line that quotes the answer.
pub fn read(line: &Line<'_>) -> Option<Incident> {
    let text = line.text();
    if text.contains("Sending HTTP error code 403: ") {
        return read_sending(line);
    }
    if !text.contains("/api/npm/") {
        return None;
    }
    let found = REQUEST.as_ref()?.captures(text).or_else(|| OLD_REQUEST.as_ref()?.captures(text))?;
    let mut entry = Entry::new(line);
    entry.set_groups(&found, &KEYS);
    if let Some(agent) = found.name("agent") {
        entry.agent(agent.range());
    }
    entry.read_address(found.name("url")?.as_str());
    Some(entry.incident())
}

/// The incident of a line of the access log.
pub fn read_denied(line: &Line<'_>) -> Option<Incident> {
    let found = DENIED.as_ref()?.captures(line.text())?;
    let stranger = matches!(&found["user"], "anonymous" | "_system_" | "non_authenticated_user");
    if stranger || !is_npm(&found["repository"], &found["path"]) {
        return None;
    }
    let mut entry = Entry::new(line);
    entry.set_groups(&found, &[FactKey::Time, FactKey::User, FactKey::Repository, FactKey::Url]);
    let method = match &found["verb"] {
        "DEPLOY" => "PUT",
        "DELETE" => "DELETE",
        _ => "GET",
    };
    let verb = found.name("verb").map(|verb| line.span(verb.range()));
    entry.facts.set(FactKey::Method, method, verb);
    stored(&mut entry, &found["path"]);
    Some(entry.incident())
}

/// The incident of a line of the service log, which quotes the words of the answer.
fn read_sending(line: &Line<'_>) -> Option<Incident> {
    let found = SENDING.as_ref()?.captures(line.text())?;
    let said = found.name("said")?;
    let place = STORED.as_ref()?.captures(said.as_str())?;
    if !is_npm(&place["repository"], &place["path"]) {
        return None;
    }
    let mut entry = Entry::new(line);
    entry.set_groups(&found, &[FactKey::Time]);
    let at = said.start();
    for key in [FactKey::Repository, FactKey::Url] {
        let part = place.name(key.name())?;
        entry.set(key, at + part.start()..at + part.end());
    }
    let user = NEEDS.as_ref().and_then(|needs| needs.captures(said.as_str()));
    if let Some(user) = user.as_ref().and_then(|user| user.name("user")) {
        entry.set(FactKey::User, at + user.start()..at + user.end());
    }
    let words = said.as_str().to_lowercase();
    let writes = ["deploy", "overwrite", "upload"].iter().any(|verb| words.contains(verb));
    entry.facts.set(FactKey::Method, if writes { "PUT" } else { "GET" }, None);
    stored(&mut entry, &place["path"]);
    entry.say(said.as_str().trim_end(), said.range());
    Some(entry.incident())
}

/// A path in Artifactory's storage, where every archive has the same one however it was asked for.
fn stored(entry: &mut Entry<'_, '_>, path: &str) {
    // The metadata of `@acme/ui` is stored as `.npm/@acme/ui/package.json`.
    let metadata = path.strip_prefix(".npm/").and_then(|rest| rest.strip_suffix("/package.json"));
    entry.facts.set(FactKey::Provider, "artifactory", None);
    entry.read_address(metadata.unwrap_or(path));
    if entry.facts.get(FactKey::Method) == Some("PUT") {
        entry.is_upload();
    }
}

/// Whether a path in the storage is a package of npm; Helm's charts end in `.tgz` too.
fn is_npm(repository: &str, path: &str) -> bool {
    path.starts_with(".npm/") || path.contains("/-/") || path.ends_with(".tgz") && repository.contains("npm")
}
