//! yarn 1.
//!
//! ```text
//! info Current version: 1.0.1
//! error Couldn't publish package: "https://{yarn}/@acme%2fui: You cannot publish over …"
//! error Error: https://{npm}/left-pad: Forbidden                                             (1.22.22, metadata)
//! error An unexpected error occurred: "https://{npm}/left-pad: Forbidden".                  (1.22.5 and older)
//! error Error: https://{npm}/left-pad/-/left-pad-1.3.0.tgz: Request failed "403 Forbidden"   (archives)
//! ```
//! No method anywhere, and no status where the registry sent words: those are recognised by the sentence. For archives
//! the sentence is fixed; the registry's words are dropped.

use super::{Clue, Family, Row};
use crate::facts::FactKey::{
    ClientVersion, Command, Message, Method, NodeVersion, Phrase, Platform, Status, Version,
};

/// yarn 1.
pub static FAMILY: Family =
    Family { id: "yarn1", rows: ROWS, run: RUN, block: BLOCK, listed: &[], trailers: &[], words: WORDS };

const ROWS: &[Row] = &[
    Row::report(
        Some("yarn1"),
        r#"Couldn't publish package: \\?"(?<url>https?://[^\s"\\]+?): (?<said>.*?)\\?"?\.?$"#,
    )
    .method("PUT")
    .unstated()
    .hides(&[Method, Phrase, Status]),
    Row::report(Some("yarn1"), r#"Request \\*"(?<url>https?://[^\s"\\]+)\\*" returned a 403"#)
        .hides(&[Method, Phrase]),
    Row::report(Some("yarn1"), r#"(?<url>https?://[^\s"\\]+?): Request failed \\*"403 Forbidden"#)
        .without_words()
        .method("GET")
        .hides(&[Method, Phrase, Message]),
    Row::echo("yarn1", r#"Request "(?<url>https?://[^\s"]+)" finished with status code 403"#),
    Row::report(
        Some("yarn1"),
        r#"An unexpected error occurred: \\?"(?<url>https?://[^\s"\\]+?): (?<said>.*?)\\?"?\.?$"#,
    )
    .unstated()
    .hides(&[Method, Phrase, Status, Version]),
    Row::report(Some("yarn1"), r#"^(?:error |\s+)?Error: (?<url>https?://[^\s"\\]+?): (?<said>.*)$"#)
        .unstated()
        .hides(&[Method, Phrase, Status, Version]),
];

const RUN: &[Clue] = &[
    (
        ClientVersion,
        r"^yarn (?:run|publish|install|add|upgrade|audit|info|tag|owner|policies) v(1\.\d+\.\d+\S*)",
        None,
    ),
    (ClientVersion, r"\byarn/(1\.\d+\.\d+) ", None),
    (NodeVersion, r#"^"?node"?:? "?v?(\d+\.\d+\.\d+)"?$"#, None),
    (Platform, r"^((?:linux|darwin|win32) (?:x64|arm64|ia32|arm))$", None),
    (Command, r"^(yarn (?:publish|install|add|upgrade|audit)) v1\.", None),
];

// `Performing "GET" request to "…"` of a verbose log stands in front.
const BLOCK: &[Clue] = &[
    (Version, r"^info Current version: (\S+)$", None),
    (Version, r"^Current version: (\S+)$", None),
    (Version, r"^(?:info )?New version: (\S+)$", None),
];

const WORDS: &[&str] = &[
    "yarn ",
    "yarn/",
    "Couldn't publish",
    "Current version",
    "New version",
    "linux x64",
    "darwin ",
    "win32 ",
    "\"data\"",
];
