//! Artifactory's request log, one line a request
//! (<https://jfrog.com/help/r/jfrog-platform-administration-documentation/artifactory-request-log>):
//! `2026-07-21T09:01:43.833Z|b95c|10.0.0.7|ci|PUT|/api/npm/npm-local/ui|403|3106|144|12|npm/9.2.0 node/v19.4.0 …`
//! Must not know causes.

use std::sync::LazyLock;

use regex::Regex;

use crate::facts::{FactKey, Facts};
use crate::knowledge::ReasonState;
use crate::parse::line::Line;
use crate::parse::{Incident, Kind, request};

static ARTIFACTORY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?<time>\d{4}-\d\d-\d\dT[^|]*)\|[^|]*\|[^|]*\|(?<user>[^|]*)\|(?<method>[A-Z]+)\|",
        r"(?<url>/(?:artifactory/)?api/npm/(?<repository>[^/|]+)/[^|]*)\|403\|[^|]*\|[^|]*\|[^|]*\|",
        r"(?:(?<client>npm|yarn|pnpm|lerna|Bun)/v?(?<client_version>[\w.+-]+))?(?:.*?\bnode/v(?<node_version>[\w.+-]+))?"
    ))
    .ok()
});

/// The incident that a server's log line tells of, if it does.
pub fn read(line: &Line<'_>) -> Option<Incident> {
    if !line.text().contains("|403|") {
        return None;
    }
    let found = ARTIFACTORY.as_ref()?.captures(line.text())?;
    let mut facts = Facts::default();
    let keys = [
        FactKey::Time,
        FactKey::User,
        FactKey::Method,
        FactKey::Url,
        FactKey::Repository,
        FactKey::Client,
        FactKey::ClientVersion,
        FactKey::NodeVersion,
    ];
    for key in keys {
        if let Some(value) = found.name(key.name()) {
            facts.set(key, value.as_str(), Some(line.span(value.range())));
        }
    }
    // Only Artifactory writes this line, so the host, which it lacks, need not tell.
    facts.set(FactKey::Provider, "artifactory", None);
    facts.set(FactKey::Status, "403", None);
    let method = facts.get(FactKey::Method).map(str::to_owned);
    let url = facts.get(FactKey::Url).unwrap_or_default().to_owned();
    request::read(&url, method.as_deref()).tell(method.as_deref(), facts.span(FactKey::Url), &mut facts);
    Some(Incident {
        facts,
        rows: vec![line.row()],
        said: Vec::new(),
        reason: ReasonState::NotShown,
        hides: vec![FactKey::Host, FactKey::Phrase, FactKey::Message],
        occurrences: 1,
        kind: Kind::Refused,
    })
}
