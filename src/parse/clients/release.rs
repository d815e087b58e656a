//! Release tools that run a client and show its lines: changesets, semantic-release, release-it, np, nx.
//!
//! ```text
//! 🦋  error an error occurred while publishing @acme/ui: E403 403 Forbidden - PUT https://… - …
//! [semantic-release] › ✖  An error occurred while running semantic-release: ExecaError: Command failed …
//!   stderr: 'npm error code E403\n' +
//! ✖ npm publish                                             (release-it; npm's lines follow)
//! ```
//! The lines themselves are read by the client's own file; here is what tells which tool it was. changesets and
//! semantic-release print the same refusal two or three times.

use super::{Clue, Family, Row};
use crate::facts::FactKey::{Package, Tag, Version, Wrapper};

/// The release tools.
pub static FAMILY: Family = Family {
    id: "",
    rows: &[] as &[Row],
    run: RUN,
    block: BLOCK,
    listed: LISTED,
    trailers: &[],
    words: WORDS,
};

const RUN: &[Clue] = &[
    (Wrapper, r"^\W*\x{1F98B} ", Some("changesets")),
    (
        Wrapper,
        r"\[semantic-release\]|\brunning semantic-release\b|@semantic-release/npm",
        Some("semantic-release"),
    ),
    (
        Wrapper,
        r"^(?:\W*Let's release |\W*release-it\b|Documentation: https://git\.io/release-it)",
        Some("release-it"),
    ),
    (
        Wrapper,
        r"^Publish a new version of @?\S+ \(current: |^Publish failed\. Rolling back|^The project was rolled back",
        Some("np"),
    ),
    (Wrapper, r"^ ?(?:>  )?NX  |^> nx run |^nx release\b", Some("nx")),
];

const BLOCK: &[Clue] = &[
    (Version, r"Publishing version (\S+) to npm registry", None),
    (Tag, r"Publishing version \S+ to npm registry on dist-tag (\S+)", None),
    (Package, r"error occurred while publishing (@?[^\s:]+): ", None),
];

const LISTED: &[&str] = &[
    r#"Publishing "(?<package>@?[^\s"]+)" at "(?<version>[^\s"]+)""#,
    r"Publish a new version of (?<package>@?\S+) \(current: \S+, next: (?<version>[^)]+)\)",
    r"Let's release (?<package>@?\S+) \(\S+?\.\.\.(?<version>\d[^)]*)\)",
];

const WORDS: &[&str] = &[
    "\u{1F98B}",
    "semantic-release",
    "release-it",
    "Let's release",
    "NX ",
    "nx ",
    "np ",
    "❯ ",
    "✔ ",
    "Prerequisite",
    "Publish",
    "rolled back",
];
