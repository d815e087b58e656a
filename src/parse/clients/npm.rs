//! npm 1 to 12, and whatever calls its library.
//!
//! ```text
//! npm error code E403
//! npm error 403 403 Forbidden - PUT https://{npm}/@acme%2fui - You do not have permission to publish "@acme/ui".
//! npm http fetch PUT 403 https://{npm}/@acme%2fui 31ms
//! ```
//! Behind the prefix: `403 ` (npm's label), the status, the reason phrase, ` - METHOD URL`, and ` - <message>` if the
//! body had one that this npm reads. The phrase is the registry's and may hold ` - ` itself. npm 3 and 5 print the
//! message without a URL: `npm ERR! <message> : <package>`.

use super::{Clue, Family, Row};
use crate::facts::FactKey::{
    Access, ClientVersion, Command, Credential, Integrity, Message, Method, NodeVersion, Package, Phrase,
    Platform, Project, ProjectVersion, Registry, RequiredBy, Tag, Url, Version,
};

/// npm.
pub static FAMILY: Family = Family {
    id: "npm",
    rows: ROWS,
    run: RUN,
    block: BLOCK,
    listed: LISTED,
    trailers: TRAILERS,
    words: WORDS,
};

const ROWS: &[Row] = &[
    // npm 5.7 to 12, pnpm 11 publish. The greedy first group runs to the last method.
    Row::report(
        None,
        r#"(?:^|[^\w.])403 (?<phrase>.*?) ?- (?<method>GET|PUT|POST|DELETE|HEAD|PATCH) (?<url>https?://[^\s"'`<>\\]+)(?<said>.*)$"#,
    )
    .hides(&[Version]),
    Row::echo("npm", r"^fetch (?<method>[A-Z]+) 403 (?<url>https?://\S+)"),
    Row::echo("npm", r"^403 (?<url>https?://\S+)$").hides(&[Method]),
    Row::report(Some("npm"), r"Registry returned 403 for (?<method>[A-Z]+) on (?<url>https?://\S+)")
        .without_words(),
    // npm 5 install: the spec is what was asked for, not what was found.
    Row::report(
        Some("npm"),
        r"^(?:code E)?403 (?<phrase>.*): (?<package>@?[^\s@:]+)@(?<version>[^\s:]+)$",
    )
    .without_words()
    .method("GET")
    .hides(&[Url, Message]),
    // npm 3 install; what follows is a page it could not read.
    Row::report(Some("npm"), r"^fetch failed with status code 403$").without_words().method("GET").hides(&[Phrase, Message]),
    Row::report(Some("npm"), r"<title>403 Forbidden</title>").framed().hides(&[Url, Method]),
];

const RUN: &[Clue] = &[
    (ClientVersion, r"^using npm@(\d+\.\d+\.\d+\S*)", None),
    (ClientVersion, r"^npm  ?v(\d+\.\d+\.\d+\S*)", None),
    (ClientVersion, r"^npm -v (\d+\.\d+\.\d+\S*)", None),
    (ClientVersion, r"\bnpm/(\d+\.\d+\.\d+) node/", None),
    (NodeVersion, r"^using node@v(\d+\.\d+\.\d+\S*)", None),
    (NodeVersion, r"^node v(\d+\.\d+\.\d+\S*)$", None),
    (NodeVersion, r"\bnode/v(\d+\.\d+\.\d+)", None),
    (Platform, r"^(?:System |os )?((?:Linux|Darwin|Windows_NT) \d\S*)$", None),
    (Platform, r"\bnode/v\d\S* ((?:linux|darwin|win32) [a-z0-9]+)\b", None),
    (Command, r"^title (npm \S.*)$", None),
    (Command, r"^RUN ((?:npm|pnpm|yarn) [a-z].*)$", None),
    (Credential, r"^(?:registry )?(?:No auth for URI, but auth present for scoped registry)", Some("none")),
    (Credential, r"^request using bearer token for auth$", Some("bearer")),
    (Credential, r"^request using basic auth", Some("basic")),
    (Project, r"^> (@?[^\s@]+)@\d\S* \S+", None),
    (ProjectVersion, r"^> @?[^\s@]+@(\d\S*) \S+", None),
];

const BLOCK: &[Clue] = &[
    (Package, r"^name:\s+(\S+)$", None),
    (Version, r"^version:\s+(\S+)$", None),
    (Registry, r"^Publishing to (https?://\S+)", None),
    (Tag, r#"^Publishing to https?://\S+ with tag "?([^\s"]+)"#, None),
    (Access, r"^Publishing to https?://\S+ with tag \S+ and (\S+) access", None),
    (Integrity, r"^integrity:\s+(sha\d+-\S+)", None),
    (Integrity, r"^shasum:\s+([0-9a-f]{40})$", None),
];

/// `+ @acme/ui@1.0.1`, and lists of wrappers.
const LISTED: &[&str] =
    &[r"^[^\w@]*(?<package>@?[a-z0-9][\w.~-]*(?:/[\w.~-]+)?)@(?<version>\d+\.\d+\.\d+[\w.+-]*)$"];

const TRAILERS: &[Clue] = &[(RequiredBy, r"^It was specified as a dependency of '([^']+)'", None)];

const WORDS: &[&str] = &[
    "npm  v",
    "npm@",
    "npm/",
    "node@",
    "node/",
    "node v",
    "npm -v",
    "name:",
    "version:",
    "Publishing",
    "package:",
    "argv",
    "title ",
    "pkgid",
    "integrity:",
    "shasum:",
    "specified as",
    "No auth for",
    "RUN ",
    "http GET http",
    "http PUT http",
    "http POST http",
    "Linux ",
    "Darwin ",
    "Windows_NT ",
    "> ",
    "request ",
    "os ",
    "<title>403",
];
