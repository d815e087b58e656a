//! What a package manager calls itself: `npm/10.9.2 node/v22.12.0 linux x64 workspaces/false ci/github-actions`.
//!
//! Must not know which server wrote it down.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::facts::{FactKey, Facts};
use crate::parse::line::Line;

// The first product counts: pnpm and yarn name npm behind themselves.
static CLIENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^\W*(?<name>npm|pnpm|yarn|lerna|Bun|bun|Deno|cnpm|tnpm|npminstall)/v?(?<version>\d[0-9A-Za-z.+-]*)?",
    )
    .ok()
});
static NODE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"\bnode[/@]v(?<version>\d[0-9A-Za-z.-]*)(?: (?<platform>(?:linux|darwin|win32|freebsd) [a-z0-9]+))?",
    )
    .ok()
});
static CI: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\bci/(?<ci>[a-z][a-z0-9-]*)").ok());

/// npm's names of CI systems, and ours.
const CI_NAMES: &[(&str, &str)] = &[
    ("github-actions", "GitHub Actions"),
    ("gitlab", "GitLab CI"),
    ("azure-pipelines", "Azure Pipelines"),
    ("jenkins", "Jenkins"),
    ("circle-ci", "CircleCI"),
    ("buildkite", "Buildkite"),
    ("codebuild", "AWS CodeBuild"),
];

/// Whether these words are a package manager's name for itself.
pub fn is_client(agent: &str) -> bool {
    CLIENT.as_ref().is_some_and(|client| client.is_match(agent))
}

/// Writes what the agent at `range` of the line says into `facts`.
pub fn tell(line: &Line<'_>, range: Range<usize>, facts: &mut Facts) {
    let agent = &line.text()[range.clone()];
    let Some(found) = CLIENT.as_ref().and_then(|client| client.captures(agent)) else {
        return;
    };
    let place = |part: Range<usize>| Some(line.span(range.start + part.start..range.start + part.end));
    let version = found.name("version");
    let old_yarn = version.is_none_or(|version| version.as_str().starts_with(['0', '1']));
    let client = match &found["name"] {
        "yarn" if old_yarn => "yarn1",
        "yarn" => "berry",
        "Bun" => "bun",
        "Deno" => "deno",
        "cnpm" | "tnpm" | "npminstall" => "npm",
        name => name,
    };
    let named = found.name("name").map(|name| name.range());
    facts.set(FactKey::Client, client, named.and_then(place));
    if let Some(version) = version {
        facts.set(FactKey::ClientVersion, version.as_str(), place(version.range()));
    }
    if let Some(found) = NODE.as_ref().and_then(|node| node.captures(agent)) {
        for (key, group) in [(FactKey::NodeVersion, "version"), (FactKey::Platform, "platform")] {
            if let Some(part) = found.name(group) {
                facts.set(key, part.as_str(), place(part.range()));
            }
        }
    }
    let ci = CI.as_ref().and_then(|ci| ci.captures(agent)).and_then(|found| found.name("ci"));
    if let Some(ci) = ci {
        let name = CI_NAMES.iter().find(|(own, _)| *own == ci.as_str()).map_or(ci.as_str(), |(_, name)| name);
        facts.set(FactKey::Ci, name, place(ci.range()));
    }
}
