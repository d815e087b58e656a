//! A line taken out of its frame: who wrote it, at which level, and what it says.
//!
//! `[release] npm ERR! 403 403 Forbidden - PUT …` is npm, error, `403 403 Forbidden - PUT …`;
//! `35 error 403 403 Forbidden - PUT …` (a debug log) is the same.
//! A chat that joined all lines into one gives several segments.
//! Must not know what the words mean.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use regex::Regex;

use super::line::Line;
use super::patterns::hit;
use crate::facts::Span;

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
#[derive(Clone, Debug)]
pub struct Segment<'l> {
    line: &'l Line<'l>,
    /// Where `text` starts in the line.
    at: usize,
    /// What stands in front of the tool's name.
    lead: &'l str,
    /// `npm`, `lerna`, `pnpm`, or empty.
    pub tool: &'l str,
    /// How loud.
    pub level: Level,
    /// The rest, without the frame and without npm's label column of a status (`403 `).
    pub text: &'l str,
}

impl Segment<'_> {
    /// The row it starts in.
    pub fn row(&self) -> usize {
        self.line.row_at(self.at)
    }

    /// The row its line ends in.
    pub fn last_row(&self) -> usize {
        self.line.last_row()
    }

    /// The rows of its line.
    pub fn rows(&self) -> Vec<usize> {
        self.line.rows().filter(|row| *row >= self.row()).collect()
    }

    /// Where some bytes of `text` stand in the log.
    pub fn span(&self, range: Range<usize>) -> Span {
        self.line.span(self.at + range.start..self.at + range.end)
    }

    /// Where a part of `text` stands in the log.
    pub fn span_of(&self, part: &str) -> Span {
        // `part` is a sub-slice of `text`, so the difference of the addresses is its offset.
        let at = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        self.span(at..(at + part.len()).min(self.text.len()))
    }

    /// Whether somebody quotes the tool: a commit message, a test's expectation, a sentence.
    pub fn is_quoted(&self) -> bool {
        let lead = self.lead.trim_end();
        let words = lead.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).count();
        lead.ends_with(['"', '\'', '`', '\u{201c}', '\u{2018}', '\u{ab}']) || words >= 3
    }

    /// Where all of `text` stands.
    pub fn whole(&self) -> Span {
        self.span(0..self.text.len())
    }
}

// The marker may stand anywhere: CI systems put all sorts of prefixes in front.
static MARKER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^\w@/.-])(?<tool>npm|lerna|pnpm|tnpm|cnpm) (?<level>ERR!|error|WARN|warn|notice|info|http|verbose|verb|sill|silly|timing)(?: |$)").ok()
});

/// One of these stands in every mark.
static TOOLS: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| ["npm ", "lerna "].map(Finder::new));

// A debug log counts its lines. `error` alone at the start is a paste that lost `npm`.
static COUNTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^\s*(?:\d+ )?(?<level>error|ERR!|warn|notice|info|http|verbose|silly|timing)(?::)? (?<text>\S.*)$",
    )
    .ok()
});

// npm 5 ends with what was asked for: `403 <reason phrase>: left-pad@latest`.
static SPEC: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r": @?[^\s@:]+@[^\s:]+$").ok());

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

/// Whether a row carries the frame of a package manager.
pub fn is_framed(text: &str) -> bool {
    [&MARKER, &COUNTED].into_iter().any(|regex| hit(regex, text))
}

/// Whether a row carries an error's frame.
pub fn is_framed_error(text: &str) -> bool {
    let level_in = |regex: &Option<Regex>| {
        let found = regex.as_ref()?.captures(text)?;
        Some(level_of(found.name("level")?.as_str()) == Level::Error)
    };
    level_in(&MARKER).or_else(|| level_in(&COUNTED)).unwrap_or(false)
}

/// Takes a line apart; never empty.
pub fn segments<'l>(line: &'l Line<'_>) -> Vec<Segment<'l>> {
    let text = line.text();
    let mut found = Vec::new();
    // No more marks than names of tools, and to count those costs less than to look for one mark too many.
    let most: usize = TOOLS.iter().map(|tool| tool.find_iter(text.as_bytes()).count()).sum();
    let marks = MARKER.iter().flat_map(|marker| marker.captures_iter(text).take(most));
    let marks: Vec<_> = marks.filter(|mark| !is_typed(text, mark)).collect();
    for (index, mark) in marks.iter().enumerate() {
        let (Some(whole), Some(tool), Some(level)) = (mark.get(0), mark.name("tool"), mark.name("level"))
        else {
            continue;
        };
        let end =
            marks.get(index + 1).and_then(|next| next.name("tool")).map_or(text.len(), |next| next.start());
        let words = text.get(whole.end()..end).unwrap_or_default();
        let lead = text.get(..tool.start()).filter(|_| index == 0).unwrap_or_default();
        found.push(segment(line, lead, tool.as_str(), level_of(level.as_str()), words));
    }
    if found.is_empty() {
        let counted = COUNTED.as_ref().and_then(|counted| counted.captures(text));
        let part = counted.and_then(|captures| Some((captures.name("level")?, captures.name("text")?)));
        let (level, words) = match part {
            Some((level, words)) => (level_of(level.as_str()), words.as_str()),
            None => (Level::Plain, text),
        };
        found.push(segment(line, "", "", level, words));
    }
    found
}

/// `$ npm info left-pad` and `yarn npm info left-pad` are commands, not what npm prints.
fn is_typed(text: &str, mark: &regex::Captures<'_>) -> bool {
    let before = mark.name("tool").and_then(|tool| text.get(..tool.start())).unwrap_or_default();
    &mark["level"] == "info" && before.trim_end().ends_with(['$', '#', '%']) || before.ends_with("yarn ")
}

fn segment<'l>(line: &'l Line<'_>, lead: &'l str, tool: &'l str, level: Level, text: &'l str) -> Segment<'l> {
    let text = strip_label(level, text.trim());
    // `text` is a sub-slice of the line's, so the difference of the addresses is its offset.
    let at = text.as_ptr() as usize - line.text().as_ptr() as usize;
    Segment { line, at, lead, tool, level, text }
}

/// npm repeats the status as a label in front of each line of its message: `403 403 Forbidden`.
/// The status itself stays: `403 Forbidden`, also where a copy has lost the label.
fn strip_label(level: Level, text: &str) -> &str {
    let Some(rest) = text.strip_prefix("403 ").filter(|_| level == Level::Error) else {
        return text;
    };
    let is_status = !rest.starts_with("403")
        && (rest.starts_with("Forbidden") || hit(&REQUEST, rest) || hit(&SPEC, rest));
    if is_status {
        return text;
    }
    rest.trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_prefix_gives_the_same_text() {
        for text in [
            "npm error 403 403 Forbidden - PUT https://r.example/x",
            "npm ERR! 403 403 Forbidden - PUT https://r.example/x",
            "35 error 403 403 Forbidden - PUT https://r.example/x",
            "[release] npm ERR! 403 403 Forbidden - PUT https://r.example/x",
            "@acme/ui:release: npm error 403 403 Forbidden - PUT https://r.example/x",
            "error 403 403 Forbidden - PUT https://r.example/x",
        ] {
            let line = Line::new(0, 0, text);
            let segment = segments(&line).remove(0);
            assert_eq!(segment.text, "403 Forbidden - PUT https://r.example/x", "{text}");
            assert_eq!(segment.level, Level::Error, "{text}");
            assert_eq!(&text[segment.whole().start..], segment.text, "{text}");
        }
    }

    #[test]
    fn a_chat_that_joined_the_lines_gives_several_segments() {
        let text = "npm error code E403 npm error 403 403 Forbidden - PUT https://r.example/x npm error 403 In most cases";
        let line = Line::new(3, 10, text);
        let texts: Vec<_> = segments(&line).into_iter().map(|segment| segment.text).collect();
        assert_eq!(texts, ["code E403", "403 Forbidden - PUT https://r.example/x", "In most cases"]);
    }

    #[test]
    fn prose_is_plain() {
        assert_eq!(segments(&Line::new(0, 0, "my-npm error handling"))[0].level, Level::Plain);
    }
}
