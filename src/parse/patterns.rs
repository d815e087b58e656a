//! The patterns that tell a refusal from the noise around it.
//!
//! Facts measured by running the clients. Must not know causes.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::memmem::Finder;
use regex::Regex;

use super::clients::FAMILIES;

pub(super) static CODE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"^code E403\b|^publish Failed (?<method>[A-Z]+)(?: response)? 403|^(?:\[?E403\]?:? )?403:? Forbidden\W*(?<package>@?[^\s:@]+)?$|"code": "E403"|^\[?E403\b|^verbose statusCode 403|^statusCode 403"#).ok()
});
// What clients print below every error, whatever the cause.
pub(super) static BOILERPLATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^(?:a complete log of this run|if you need help|<?https?://github\.com/|please include the following|",
        r"argv |node v|npm  ?v\d|node -v|npm -v|cwd |command |system |errno|syscall|path |code [a-z]|",
        r"(?:linux|darwin|windows_nt) |stack |at [\w<.]|\s*at \S+ \(|timing |verbose|registry error parsing json|",
        r"publish failed |need auth|lifecycle|\W*$|.*_logs[\\/].*|.*npm-debug\.log|additional logging|",
        r"error: process completed|the process |command failed|statuscode|pkgid |exit |audit endpoint returned|old=\{|not ok)"
    ))
    .ok()
});
pub(super) static OLD_PACKAGE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:Error: )?(?<said>.*?) ?: (?<package>@?[\w.~-]+(?:/[\w.~-]+)?)$").ok());
pub(super) static STOP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:error: |error command|\$ |> |➤|lerna |info |warn|at |run |using |progress|an authorization|no authorization|these authorization|this error happened|installation|\W*elifecycle|\{|\}|\[)").ok()
});
// A line without any of these words can only matter right after a refusal, or in a short text.
pub(super) static INTEREST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    const WORDS: &[&str] = &[
        "403",
        "lerna success",
        " notice ",
        "npm ERR",
        "npm error",
        "npm http",
        "npm notice",
        "npm warn",
        "npm WARN",
        "npm info",
        "npm verb",
        "npm sill",
        "rror",
        "ERR",
        "YN00",
        "Failed ",
        "/home/",
        "/builds/",
        "/opt/hosted",
        "/var/",
        "GITHUB_ACTIONS",
        "CI_JOB",
        "codebuild",
        "policy",
        "Runner name",
        "Agent name",
        "Image: ",
        "Running on ",
    ];
    let families = FAMILIES.iter().flat_map(|family| family.words);
    let literals: Vec<String> =
        WORDS.iter().chain(families).chain(super::servers::WORDS).map(|word| regex::escape(word)).collect();
    Regex::new(&literals.join("|")).ok()
});
// Container, language and system package managers talk to the same hosts in the same words.
pub(super) static FOREIGN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\bdocker\b|push refers to repository|pulling from|^(?:error(?: response from daemon)?: )?denied: |",
        r"\b(?:helm|podman|skopeo|maven|mvn|gradle|pip3?|twine|nuget|cargo|apt(?:-get)?|git (?:clone|push|fetch))\b|^fatal: |unable to access '"
    ))
    .ok()
});
/// Literals that are looked for in every line, before anything that costs more.
pub(super) static REFUSED: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("403"));
pub(super) static ADVICE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("In most cases"));
/// Several literals that are looked for together. Leftmost-first is the kind for which the crate uses vectors.
pub(super) fn literals<L: AsRef<[u8]>>(all: impl IntoIterator<Item = L>) -> Option<AhoCorasick> {
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(all).ok()
}
/// Whether a literal stands in a line.
pub(super) fn holds(literal: &Finder<'_>, text: &str) -> bool {
    literal.find(text.as_bytes()).is_some()
}
/// Whether a pattern is found; a pattern that did not compile finds nothing, and a test says so.
pub(super) fn hit(regex: &Option<Regex>, text: &str) -> bool {
    regex.as_ref().is_some_and(|regex| regex.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        for pattern in [&CODE, &BOILERPLATE, &OLD_PACKAGE, &STOP, &INTEREST, &FOREIGN] {
            assert!(pattern.is_some());
        }
    }
}
