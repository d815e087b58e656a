//! Which headers of an answer are kept, and in what shape. Must not know sockets or registries.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

/// Longer values are cut.
const LONGEST_VALUE: usize = 512;

/// Names that tell which registry, storage or middle box answered, and how it refused. Never a cookie.
const KEPT: [&str; 30] = [
    "activityid",
    "age",
    "cf-cache-status",
    "cf-mitigated",
    "cf-ray",
    "content-type",
    "date",
    "npm-notice",
    "proxy-authenticate",
    "retry-after",
    "server",
    "via",
    "www-authenticate",
    "x-amz-cf-id",
    "x-amz-request-id",
    "x-cache",
    "x-github-request-id",
    "x-github-sso",
    "x-gitlab-meta",
    "x-guploader-uploadid",
    "x-iinfo",
    "x-jfrog-version",
    "x-ms-request-id",
    "x-msedge-ref",
    "x-powered-by",
    "x-request-id",
    "x-runtime",
    "x-squid-error",
    "x-tfs-processid",
    "x-vss-e2eid",
];

/// Families of which every member is kept.
const FAMILIES: [&str; 7] =
    ["x-amzn-", "x-artifactory-", "x-cloudsmith-", "x-gitea-", "x-goog-", "x-sucuri-", "x-zscaler"];

const SINGLE_SIGN_ON: &str = "x-github-sso";

/// The headers that are kept, in the order of the answer.
pub(super) fn headers(map: &HeaderMap) -> Vec<(String, String)> {
    let kept = map.iter().filter(|(name, _)| is_kept(name));
    kept.map(|(name, value)| {
        let mut value = text(value);
        if name == SINGLE_SIGN_ON {
            // It ends in a link that signs somebody in.
            value.truncate(value.find('?').unwrap_or(value.len()));
        }
        (name.to_string(), value)
    })
    .collect()
}

fn is_kept(name: &HeaderName) -> bool {
    let name = name.as_str();
    KEPT.contains(&name) || FAMILIES.iter().any(|family| name.starts_with(family))
}

/// A header's value as text.
pub(super) fn text(value: &HeaderValue) -> String {
    clean(value.as_bytes())
}

/// Text of a server without control characters, not longer than what is worth showing.
pub(super) fn clean(bytes: &[u8]) -> String {
    let text: String =
        String::from_utf8_lossy(bytes).chars().filter(|c| !c.is_control() && !is_invisible(*c)).collect();
    text.trim().chars().take(LONGEST_VALUE).collect()
}

/// Characters that turn text round or hide in it.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
