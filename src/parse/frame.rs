//! A line taken out of its frame: who wrote it, at which level, and what it says.
//!
//! `[release] npm ERR! 403 403 Forbidden - PUT …` is npm, error, `403 403 Forbidden - PUT …`;
//! `35 error 403 403 Forbidden - PUT …` (a debug log) is the same.
//! A chat that joined all lines into one gives several segments.
//! Must not know what the words mean.

use std::sync::LazyLock;

use regex::Regex;

/// How loud a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// No frame was recognised.
    Plain,
    /// `silly`, `timing`, `info`, `verb`.
    Detail,
    /// `http`.
    Http,
    /// `notice`.
    Notice,
    /// `WARN`, `warn`.
    Warn,
    /// `ERR!`, `error`.
    Error,
}

/// A piece of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment<'a> {
    /// The line's row.
    pub row: usize,
    /// Where `text` starts, in bytes of the whole text.
    pub start: usize,
    /// `npm`, `lerna`, `pnpm`, or empty.
    pub tool: &'a str,
    /// How loud.
    pub level: Level,
    /// The rest, without the frame and without npm's label column of a status (`403 `).
    pub text: &'a str,
}

// The marker may stand anywhere: CI systems put all sorts of prefixes in front.
static MARKER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^\w@/.`-])(?<tool>npm|lerna|pnpm|tnpm|cnpm) (?<level>ERR!|error|WARN|warn|notice|info|http|verbose|verb|sill|silly|timing)(?: |$)").ok()
});

// A debug log counts its lines. `error` alone at the start is a paste that lost `npm`.
static COUNTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^\s*(?:\d+ )?(?<level>error|ERR!|warn|notice|info|http|verbose|silly|timing)(?::)? (?<text>\S.*)$",
    )
    .ok()
});

static REQUEST: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r" - (?:GET|PUT|POST|DELETE|HEAD|PATCH) https?://").ok());

fn level_of(word: &str) -> Level {
    match word {
        "ERR!" | "error" => Level::Error,
        "WARN" | "warn" => Level::Warn,
        "notice" => Level::Notice,
        "http" => Level::Http,
        _ => Level::Detail,
    }
}

/// Takes a line apart; never empty.
pub fn segments(row: usize, start: usize, line: &str) -> Vec<Segment<'_>> {
    let mut found = Vec::new();
    let marks: Vec<_> = MARKER.iter().flat_map(|marker| marker.captures_iter(line)).collect();
    for (index, mark) in marks.iter().enumerate() {
        let (Some(whole), Some(tool), Some(level)) = (mark.get(0), mark.name("tool"), mark.name("level"))
        else {
            continue;
        };
        let end =
            marks.get(index + 1).and_then(|next| next.name("tool")).map_or(line.len(), |next| next.start());
        let text = line.get(whole.end()..end).unwrap_or_default();
        found.push(segment(row, start, line, tool.as_str(), level_of(level.as_str()), text));
    }
    if found.is_empty() {
        let counted = COUNTED.as_ref().and_then(|counted| counted.captures(line));
        let part = counted.and_then(|captures| Some((captures.name("level")?, captures.name("text")?)));
        let (level, text) = match part {
            Some((level, text)) => (level_of(level.as_str()), text.as_str()),
            None => (Level::Plain, line),
        };
        found.push(segment(row, start, line, "", level, text));
    }
    found
}

fn segment<'a>(
    row: usize,
    start: usize,
    line: &'a str,
    tool: &'a str,
    level: Level,
    text: &'a str,
) -> Segment<'a> {
    let text = strip_label(level, text.trim());
    // `text` is a sub-slice of `line`, so the difference of the addresses is its offset.
    let offset = text.as_ptr() as usize - line.as_ptr() as usize;
    Segment { row, start: start + offset, tool, level, text }
}

/// npm repeats the status as a label in front of each line of its message: `403 403 Forbidden`.
/// The status itself stays: `403 Forbidden`, also where a copy has lost the label.
fn strip_label(level: Level, text: &str) -> &str {
    let Some(rest) = text.strip_prefix("403 ").filter(|_| level == Level::Error) else {
        return text;
    };
    let is_status = !rest.starts_with("403")
        && (rest.starts_with("Forbidden") || REQUEST.as_ref().is_some_and(|request| request.is_match(rest)));
    if is_status {
        return text;
    }
    rest.trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> Segment<'_> {
        segments(0, 0, line).remove(0)
    }

    #[test]
    fn every_prefix_gives_the_same_text() {
        for line in [
            "npm error 403 403 Forbidden - PUT https://r.example/x",
            "npm ERR! 403 403 Forbidden - PUT https://r.example/x",
            "35 error 403 403 Forbidden - PUT https://r.example/x",
            "[release] npm ERR! 403 403 Forbidden - PUT https://r.example/x",
            "@acme/ui:release: npm error 403 403 Forbidden - PUT https://r.example/x",
            "error 403 403 Forbidden - PUT https://r.example/x",
        ] {
            let segment = one(line);
            assert_eq!(segment.text, "403 Forbidden - PUT https://r.example/x", "{line}");
            assert_eq!(segment.level, Level::Error, "{line}");
            assert_eq!(&line[segment.start..], segment.text, "{line}");
        }
    }

    #[test]
    fn a_chat_that_joined_the_lines_gives_several_segments() {
        let line = "npm error code E403 npm error 403 403 Forbidden - PUT https://r.example/x npm error 403 In most cases";
        let texts: Vec<_> = segments(3, 10, line).into_iter().map(|segment| segment.text).collect();
        assert_eq!(texts, ["code E403", "403 Forbidden - PUT https://r.example/x", "In most cases"]);
    }

    #[test]
    fn prose_is_plain() {
        assert_eq!(one("my-npm error handling").level, Level::Plain);
    }
}
