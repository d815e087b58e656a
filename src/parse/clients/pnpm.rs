//! pnpm 7 to 12.
//!
//! ```text
//!  ERR_PNPM_FETCH_403  GET https://{npm}/left-pad: Forbidden - 403        (7 to 11, thin spaces round the code)
//! No authorization header was set for the request.
//!
//! 📦 @acme/ui@2.2.0 → https://{gitlab}/…                                 (12, a box of 80 columns)
//!   × Failed to publish package @acme/ui@2.2.0 (status 403 Forbidden):
//!   │ {"error":"insufficient_scope"}
//! ```
//! 7 to 10 run npm to publish and show npm's lines. 11 prints npm's sentence twice. Installs show the reason phrase and
//! drop the body; 12 drops the phrase as well, and prints the raw body on publish.

use super::{Clue, Family, Row};
use crate::facts::FactKey::{
    ClientVersion, Credential, Message, Method, Package, Phrase, Registry, RequiredBy, Url, Version,
};

/// pnpm.
pub static FAMILY: Family =
    Family { id: "pnpm", rows: ROWS, run: RUN, block: BLOCK, listed: &[], trailers: TRAILERS, words: WORDS };

const ROWS: &[Row] = &[
    // 11 publish: npm's sentence behind a mark of its own.
    Row::report(
        Some("pnpm"),
        r#"^(?:\[E403\]|pnpm:) 403 (?<phrase>.*?) ?- (?<method>GET|PUT|POST|DELETE) (?<url>https?://[^\s"'<>\\]+)(?<said>.*)$"#,
    )
    .hides(&[Version]),
    Row::report(
        Some("pnpm"),
        r"metadata from (?<url>https?://\S+): HTTP status client error \(403 (?<phrase>.*)\)$",
    )
    .without_words()
    .method("GET")
    .hides(&[Message]),
    Row::report(Some("pnpm"), r"Failed to find the current user: 403 (?<phrase>.*)$")
        .without_words()
        .method("GET")
        .hides(&[Url, Message]),
    Row::report(Some("pnpm"), r"^(?:\[ERR_PNPM_FORBIDDEN\] )?You do not have permission to [a-z-]+ .*this package\.(?<said>.*)$")
        .hides(&[Url, Method, Phrase]),
    Row::report(
        Some("pnpm"),
        r"(?<method>GET|PUT|POST) (?<url>(?:https?://|\.\.\./)[^\s]+?): (?<phrase>.*) - 403\b",
    )
    .without_words()
    .hides(&[Message]),
    Row::report(Some("pnpm"), r"Tarball server returned HTTP 403 for (?<url>https?://\S+)")
        .without_words()
        .method("GET")
        .hides(&[Message, Phrase]),
    Row::report(
        Some("pnpm"),
        r"HTTP status client error \(403 [^)]*\) for url \((?<url>https?://[^\s)]+)\)",
    )
    .without_words()
    .method("GET")
    .hides(&[Message, Phrase]),
    Row::report(
        Some("pnpm"),
        r"Failed to publish package (?<package>@?[^\s@]+)@(?<version>\S+) \(status 403 Forbidden\):?(?<said>.*)$",
    )
    .without_words()
    .method("PUT")
    .hides(&[Method, Url, Phrase]),
    Row::report(
        Some("pnpm"),
        r"audit endpoint \(at (?<url>https?://[^\s)]+)\) responded with 403: (?<said>.*)$",
    )
    .method("POST")
    .hides(&[Phrase, Package, Version]),
];

const RUN: &[Clue] = &[
    (ClientVersion, r"\bpnpm/(\d+\.\d+\.\d+) ", None),
    (ClientVersion, r"^Done in .* using pnpm v(\d+\.\d+\.\d+)", None),
];

const BLOCK: &[Clue] = &[
    (Package, r"^\x{1F4E6}\s+(@?[^\s@]+)@", None),
    (Version, r"^\x{1F4E6}\s+@?[^\s@]+@(\S+)", None),
    (Registry, r"^\x{1F4E6}\s+\S+ → (https?://\S+)", None),
];

const TRAILERS: &[Clue] = &[
    (Credential, r"^(?:help: )?No authorization header was set", Some("none")),
    (Credential, r"^(?:help: )?An authorization header was used: Bearer", Some("bearer")),
    (Credential, r"^(?:help: )?An authorization header was used: Basic", Some("basic")),
    (RequiredBy, r"error happened while installing the dependencies of (@?[^\s@]+@\S+)$", None),
];

const WORDS: &[&str] = &["pnpm", "ERR_PNPM", "\u{1F4E6}", "authorization header", "error happened while"];
