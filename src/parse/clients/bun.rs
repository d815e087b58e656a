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
use crate::facts::FactKey::{
    Access, ClientVersion, Command, Integrity, Message, Method, Phrase, Registry, Tag, Url, Version,
};

/// bun.
pub static FAMILY: Family =
    Family { id: "bun", rows: ROWS, run: RUN, block: BLOCK, listed: &[], trailers: &[], words: WORDS };

const ROWS: &[Row] = &[
    Row::report(Some("bun"), r"(?<method>GET|PUT|POST) (?<url>https?://\S+) - 403\b")
        .without_words()
        .hides(&[Phrase, Message, Version]),
    // A forward proxy that refused the tunnel.
    Row::report(Some("bun"), r"^(?:error: )?ProxyConnectFailed \(403\) downloading (?:package manifest|tarball) (?<package>@?[^\s@]+)")
        .without_words()
        .method("GET")
        .hides(&[Method, Url, Phrase, Message]),
    Row::report(Some("bun"), r"^403 (?<phrase>.*?): (?<url>https?://\S+)$")
        .method("PUT")
        .hides(&[Method, Version]),
];

const RUN: &[Clue] = &[
    (ClientVersion, r"^bun (?:publish|install|add|audit|update|pm \S+) v(\d+\.\d+\.\d+)", None),
    (ClientVersion, r"\bBun/(\d+\.\d+\.\d+)", None),
    (Command, r"^(bun (?:publish|install|add|audit|update)) v\d", None),
];

const BLOCK: &[Clue] = &[
    (Tag, r"^Tag: (\S+)$", None),
    (Access, r"^Access: (\S+)$", None),
    (Integrity, r"^Integrity: (sha\d+-\S+)$", None),
    (Registry, r"^Registry: (https?://\S+)$", None),
];

const WORDS: &[&str] = &["bun ", "Bun/", "Tag: ", "Registry: ", "Access: ", "Integrity: "];
