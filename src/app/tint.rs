//! Which parts of a log line are coloured, and as what.
//!
//! Owns the patterns. Must not know colours.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// What a part of a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tint {
    /// What the client puts before each line.
    Prefix,
    /// The same, before an error.
    ErrorPrefix,
    /// An error code, or the words of the refusal.
    Error,
    /// An address.
    Url,
    /// The package.
    Package,
    /// A secret that was hidden.
    Mask,
}

/// Longer lines are coloured piece by piece, as they are drawn.
pub const WHOLE_LINE: usize = 4096;

static PARTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<error>^(?:\d+ )?(?:npm ERR!|npm error|pnpm ERR!|lerna ERR!|error)(?: (?:403|E403|code|errno))?\b!?|^\s*ERR_PNPM_\w+)",
        r"|(?P<prefix>^(?:\d+ )?(?:npm (?:WARN|warn|notice|info|verbose|verb|http(?: fetch)?|silly|sill|timing)|verbose(?: \w+)?|silly(?: \w+)?|info|http(?: fetch)?|notice|warn|timing)\b|^➤ )",
        r#"|(?P<url>https?://[^\s"'<>)\]]+)"#,
        r"|(?P<code>\b403(?: Forbidden)?\b|\bForbidden\b|\bE40[0-9]\b|\b[A-Z]*ERR_[A-Z_]+\b|\bYN\d{4}\b)",
    ))
    .expect("the tests of this module compile it")
});

/// The coloured parts of a line, in order; what lies between them is plain. `masks` are the line's hidden secrets.
pub fn parts(line: &str, package: Option<&str>, masks: &[Range<usize>]) -> Vec<(Range<usize>, Tint)> {
    let mut parts: Vec<(Range<usize>, Tint)> = masks.iter().map(|mask| (mask.clone(), Tint::Mask)).collect();
    let patterns: Vec<_> = PARTS
        .captures_iter(line)
        .filter_map(|found| {
            let named = [
                ("error", Tint::ErrorPrefix),
                ("prefix", Tint::Prefix),
                ("url", Tint::Url),
                ("code", Tint::Error),
            ];
            named.iter().find_map(|&(name, tint)| Some((found.name(name)?.range(), tint)))
        })
        .flat_map(|(range, tint)| without(range, masks).into_iter().map(move |range| (range, tint)))
        .collect();
    parts.extend(patterns);
    if let Some(package) = package.filter(|package| package.len() > 1) {
        for (at, _) in line.match_indices(package) {
            let range = at..package_end(line, at + package.len());
            if is_word_start(line, at) && !parts.iter().any(|(other, _)| overlap(other, &range)) {
                parts.push((range, Tint::Package));
            }
        }
    }
    parts.sort_by_key(|(range, _)| range.start);
    parts
}

/// A line without what the client puts before it, unless nothing else is in it.
pub fn without_prefix(line: &str) -> &str {
    let found = PARTS.captures(line).and_then(|found| found.name("error").or(found.name("prefix")));
    match found.filter(|prefix| prefix.start() == 0) {
        Some(prefix) => {
            let rest = line[prefix.end()..].trim_start();
            if rest.is_empty() { line } else { rest }
        }
        None => line,
    }
}

/// What is left of a range when the masks are taken out: an address may hold a password.
fn without(range: Range<usize>, masks: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut left = Vec::new();
    let mut start = range.start;
    for mask in masks.iter().filter(|mask| overlap(mask, &range)) {
        left.push(start..mask.start.max(start));
        start = mask.end.min(range.end).max(start);
    }
    left.push(start..range.end);
    left.retain(|piece| !piece.is_empty());
    left
}

/// Takes `@1.2.3` after a package's name along.
fn package_end(line: &str, end: usize) -> usize {
    let Some(version) = line[end..].strip_prefix('@') else { return end };
    let length = version
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+'))
        .count();
    if length == 0 { end } else { end + 1 + length }
}

fn is_word_start(line: &str, at: usize) -> bool {
    line[..at]
        .chars()
        .next_back()
        .is_none_or(|before| !before.is_alphanumeric() && !matches!(before, '-' | '_' | '.'))
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen<'a>(line: &'a str, package: Option<&str>) -> Vec<(&'a str, Tint)> {
        let masks: Vec<_> = line
            .find('‹')
            .zip(line.find('›'))
            .map(|(from, to)| from..to + '›'.len_utf8())
            .into_iter()
            .collect();
        parts(line, package, &masks).into_iter().map(|(range, tint)| (&line[range], tint)).collect()
    }

    #[test]
    fn a_refusal_is_coloured_in_its_parts() {
        assert_eq!(
            seen("npm error 403 403 Forbidden - PUT https://registry.acme.example/@acme%2fui - no", None),
            [
                ("npm error 403", Tint::ErrorPrefix),
                ("403 Forbidden", Tint::Error),
                ("https://registry.acme.example/@acme%2fui", Tint::Url)
            ]
        );
    }

    #[test]
    fn the_package_is_found_with_its_version_but_not_inside_words_or_urls() {
        assert_eq!(
            seen("npm notice 📦  @acme/ui@1.0.2 not-@acme/ui https://r.example/@acme/ui", Some("@acme/ui")),
            [
                ("npm notice", Tint::Prefix),
                ("@acme/ui@1.0.2", Tint::Package),
                ("https://r.example/@acme/ui", Tint::Url)
            ]
        );
    }

    #[test]
    fn lines_of_the_debug_log_have_prefixes_too() {
        assert_eq!(seen("35 verbose stack Error", None), [("35 verbose stack", Tint::Prefix)]);
        assert_eq!(
            seen("35 error code E403", None),
            [("35 error code", Tint::ErrorPrefix), ("E403", Tint::Error)]
        );
    }

    #[test]
    fn evidence_is_shown_without_the_prefix_of_its_client() {
        assert_eq!(without_prefix("npm error 403 403 Forbidden - PUT x"), "403 Forbidden - PUT x");
        assert_eq!(without_prefix("npm ERR! code E403"), "E403");
        assert_eq!(without_prefix("npm notice"), "npm notice");
        assert_eq!(without_prefix("Forbidden - 403"), "Forbidden - 403");
    }

    #[test]
    fn hidden_secrets_are_seen() {
        assert_eq!(seen("_authToken=‹npm token #1›", None), [("‹npm token #1›", Tint::Mask)]);
        assert_eq!(
            seen("GET https://ci:‹password-1›@r.example/ui", None),
            [("https://ci:", Tint::Url), ("‹password-1›", Tint::Mask), ("@r.example/ui", Tint::Url)]
        );
    }
}
