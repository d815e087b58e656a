//! The shapes in which clients print one refused request: a table of regexes, tried in order.
//!
//! Named groups: `method`, `url`, `phrase` (the reason phrase after the status), `said` (the registry's message),
//! `package`, `version`. Facts measured by running the clients; a new spelling is a new row.
//! Must not know causes.

use std::sync::LazyLock;

use regex::Regex;

/// What a match of a shape is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The client's report of the refusal.
    Report,
    /// A second print of the same refusal (request log, stack); adds facts, not an occurrence.
    Echo,
}

/// Whether this client shows what the registry said, in this shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// If nothing is there, the registry sent nothing that this client can print.
    Message,
    /// It drops the registry's words here.
    Nothing,
}

/// One spelling of a refusal.
pub struct Shape {
    /// The client that prints it, if the shape alone tells.
    pub client: Option<&'static str>,
    /// Report or echo.
    pub weight: Weight,
    /// What a missing message means.
    pub shows: Shows,
    /// The method, where the shape implies it.
    pub method: Option<&'static str>,
    /// The pattern, on a frame's text.
    pub regex: Regex,
}

type Row = (Option<&'static str>, Weight, Shows, Option<&'static str>, &'static str);

const ROWS: &[Row] = {
    use Shows::{Message, Nothing};
    use Weight::{Echo, Report};
    &[
        // npm 5.7 to 12 and pnpm 11 publish: `403 <phrase> - PUT <url>[ - <message>]`. The phrase is the registry's
        // and may hold ` - `, so the greedy first group runs to the last method.
        (
            None,
            Report,
            Message,
            None,
            r#"(?:^|[^\w.])403 (?<phrase>.*?) ?- (?<method>GET|PUT|POST|DELETE|HEAD|PATCH) (?<url>https?://[^\s"'<>\\]+)(?<said>.*)$"#,
        ),
        (Some("npm"), Echo, Nothing, None, r"^fetch (?<method>[A-Z]+) 403 (?<url>https?://\S+)"),
        (Some("npm"), Echo, Nothing, None, r"^403 (?<url>https?://\S+)$"),
        (
            Some("npm"),
            Report,
            Nothing,
            None,
            r"Registry returned 403 for (?<method>[A-Z]+) on (?<url>https?://\S+)",
        ),
        // npm 5 install: the spec is what was asked for, not what was found.
        (
            Some("npm"),
            Report,
            Message,
            Some("GET"),
            r"^(?:code E)?403 (?<phrase>[^:]*): (?<package>@?[^\s@:]+)@(?<version>[^\s:]+)$",
        ),
        // pnpm: `GET <url>: <phrase> - 403`.
        (
            Some("pnpm"),
            Report,
            Nothing,
            None,
            r"(?<method>GET|PUT|POST) (?<url>(?:https?://|\.\.\./)[^\s]+?): (?<phrase>.*) - 403\b",
        ),
        (
            Some("pnpm"),
            Report,
            Nothing,
            Some("GET"),
            r"Tarball server returned HTTP 403 for (?<url>https?://\S+)",
        ),
        (
            Some("pnpm"),
            Report,
            Nothing,
            Some("GET"),
            r"HTTP status client error \(403 Forbidden\) for url \((?<url>https?://[^\s)]+)\)",
        ),
        (
            Some("pnpm"),
            Report,
            Message,
            Some("PUT"),
            r"Failed to publish package (?<package>@?[^\s@]+)@(?<version>\S+) \(status 403 Forbidden\):?(?<said>.*)$",
        ),
        (
            Some("pnpm"),
            Report,
            Message,
            Some("POST"),
            r"audit endpoint \(at (?<url>https?://[^\s)]+)\) responded with 403: (?<said>.*)$",
        ),
        // yarn 1 prints no method, and a status only when the registry sent no message.
        (
            Some("yarn1"),
            Report,
            Message,
            Some("PUT"),
            r#"Couldn't publish package: \\?"(?<url>https?://[^\s"\\]+?): (?<said>.*?)\\?"?\.?$"#,
        ),
        (
            Some("yarn1"),
            Report,
            Message,
            None,
            r#"Request \\*"(?<url>https?://[^\s"\\]+)\\*" returned a 403"#,
        ),
        (
            Some("yarn1"),
            Report,
            Nothing,
            Some("GET"),
            r#"(?<url>https?://[^\s"\\]+?): Request failed \\*"403 Forbidden"#,
        ),
        (
            Some("yarn1"),
            Echo,
            Nothing,
            None,
            r#"Request "(?<url>https?://[^\s"]+)" finished with status code 403"#,
        ),
        (
            Some("yarn1"),
            Report,
            Message,
            Some("GET"),
            r#"(?:An unexpected error occurred: \\?"|^Error: )(?<url>https?://[^\s"\\]+?): (?<said>(?:.*(?i:forbidden|not allowed|denied|permission|quarantin|tunneling socket.*403)).*?)\\?"?\.?$"#,
        ),
        // bun.
        (Some("bun"), Report, Nothing, None, r"(?<method>GET|PUT|POST) (?<url>https?://\S+) - 403\b"),
        (Some("bun"), Report, Message, Some("PUT"), r"^403 (?<phrase>[^:]*): (?<url>https?://\S+)$"),
        // lerna prints the message behind the code.
        (Some("lerna"), Report, Message, Some("PUT"), r"^E403 (?<said>.*)$"),
        // npm owner wraps the line in quotes; caught by the first row. Generic HTTP clients on a registry URL:
        (
            None,
            Report,
            Nothing,
            None,
            r"(?<url>https?://\S+)\s.*?(?:HTTP request sent, awaiting response\.\.\. 403|ERROR 403: )",
        ),
    ]
};

/// The compiled table.
pub static SHAPES: LazyLock<Vec<Shape>> = LazyLock::new(|| {
    ROWS.iter()
        .filter_map(|(client, weight, shows, method, pattern)| {
            let regex = Regex::new(pattern).ok()?;
            Some(Shape { client: *client, weight: *weight, shows: *shows, method: *method, regex })
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_compiles() {
        assert_eq!(SHAPES.len(), ROWS.len());
    }
}
