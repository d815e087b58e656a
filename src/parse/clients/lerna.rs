//! lerna: the code, the registry's message, no URL and no method.
//!
//! ```text
//! lerna info publish Publishing packages to npm...
//! lerna http fetch PUT 403 https://{npm}/@acme%2fui 120ms         (only in the debug log)
//! lerna ERR! E403 You do not have permission to publish "@acme/ui".
//! Package failed to publish: @acme/ui
//! ```
//! The version stands in the list of what is to be published: ` - @acme/ui => 1.2.3`.

use super::{Clue, Family, Row};
use crate::facts::FactKey::{ClientVersion, Method, Package, Phrase, Url, Version, Wrapper};

/// lerna.
pub static FAMILY: Family =
    Family { id: "lerna", rows: ROWS, run: RUN, block: BLOCK, listed: LISTED, trailers: &[], words: WORDS };

const ROWS: &[Row] =
    &[Row::report(Some("lerna"), r"^E403 (?<said>.*)$").method("PUT").hides(&[Method, Url, Phrase, Version])];

const RUN: &[Clue] = &[
    (Wrapper, r"^(?:cli v\d+\.\d+\.\d+|versioning (?:independent|\d))", Some("lerna")),
    (ClientVersion, r"^cli v(\d+\.\d+\.\d+\S*)", None),
];

const BLOCK: &[Clue] = &[(Package, r"^notice Package failed to publish: (@?\S+)$", None)];

const LISTED: &[&str] = &[r"^ ?- (?<package>@?\S+?):? (?:\S+ )?=> (?<version>\d\S*)"];

const WORDS: &[&str] = &["lerna ", "failed to publish", " => "];
