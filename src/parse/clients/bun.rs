//! bun.
//!
//! ```text
//! error: GET https://{npm}/@acme%2fui - 403                 (install; nothing of the registry's words)
//! error: @acme/ui@^2.0.0 failed to resolve
//!
//! 403 Forbidden: https://{npm}/@acme%2fui                    (publish; the words follow behind a blank line)
//!
//!  - You do not have permission to publish "@acme/ui".
//! ```

use super::{Clue, Family, Row};
use crate::facts::FactKey::{ClientVersion, Command, Message, Method, Phrase, Registry, Tag, Version};

/// bun.
pub static FAMILY: Family =
    Family { id: "bun", rows: ROWS, run: RUN, block: BLOCK, trailers: &[], words: WORDS };

const ROWS: &[Row] = &[
    Row::report(Some("bun"), r"(?<method>GET|PUT|POST) (?<url>https?://\S+) - 403\b")
        .without_words()
        .hides(&[Phrase, Message, Version]),
    Row::report(Some("bun"), r"^403 (?<phrase>[^:]*): (?<url>https?://\S+)$")
        .method("PUT")
        .hides(&[Method, Version]),
];

const RUN: &[Clue] = &[
    (ClientVersion, r"^bun (?:publish|install|add|audit|update|pm \S+) v(\d+\.\d+\.\d+)", None),
    (ClientVersion, r"\bBun/(\d+\.\d+\.\d+)", None),
    (Command, r"^(bun (?:publish|install|add|audit|update)) v\d", None),
];

const BLOCK: &[Clue] = &[(Tag, r"^Tag: (\S+)$", None), (Registry, r"^Registry: (https?://\S+)$", None)];

const WORDS: &[&str] = &["bun ", "Bun/", "Tag: ", "Registry: "];
