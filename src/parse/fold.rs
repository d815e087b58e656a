//! Rows to lines: undoes the boxes of pnpm, URLs that were cut, and the hard wraps of a narrow terminal.
//!
//! ```text
//!   × Failed to publish package @acme/my-         npm error 403 403 Forbidden - PUT https://r.example/@ac
//!   │ utils@2.2.0 (status 403 Forbidden):         me%2fui - You do not have permission to publish "@acme/
//! ```
//! Below `╰─▶` rows go on with an indent alone.
//! pnpm 12 breaks at blanks, behind `-` and behind `/`, so a row that ends in one of those two goes on without a blank.
//! Must not know what the words mean.

use std::sync::LazyLock;

use regex::Regex;

use super::frame;
use super::line::Line;
use super::patterns::hit;
use crate::text::Redacted;

/// A URL at the end of an error's row that looks cut: it ends where a narrow terminal or an editor breaks.
static CUT_URL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"https?://\S+[/-]$").ok());
/// No message is longer than this many rows.
const MOST_ROWS: usize = 200;
/// Logs with more rows are not looked through for the width of a terminal.
const SMALL: usize = 20_000;
/// Widths that terminals have unless somebody drags a corner.
const USUAL_WIDTHS: [usize; 9] = [80, 90, 100, 110, 120, 132, 140, 160, 200];

/// Collects rows into lines.
#[derive(Debug, Default)]
pub struct Folder<'a> {
    open: Option<(Line<'a>, Open)>,
    width: Option<usize>,
}

/// Why the last row may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Box,
    Url,
    /// The length of the last row, in characters.
    Full(usize),
}

/// What a row of a box does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    Starts,
    Continues,
}

impl<'a> Folder<'a> {
    /// A folder for a log, whose width it looks for.
    pub fn new(log: &Redacted) -> Self {
        Self { open: None, width: terminal_width(log) }
    }

    /// Whether the next row may belong to the last one, whatever it says.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Takes a row; gives the lines that are complete.
    pub fn feed(&mut self, row: usize, start: usize, text: &'a str, out: &mut Vec<Line<'a>>) {
        let edge = box_edge(text);
        if let Some((line, why)) = self.open.take() {
            match self.go_on(line, why, (row, start, text), edge) {
                Ok(joined) => {
                    self.open = Some(joined);
                    return;
                }
                Err(line) => out.push(line),
            }
        }
        let inside = edge.map_or(text, |(_, inside)| inside);
        let offset = inside.as_ptr() as usize - text.as_ptr() as usize;
        let line = Line::new(row, start + offset, inside);
        let why = if edge.is_some() { Some(Open::Box) } else { self.may_go_on(text) };
        match why {
            Some(why) => self.open = Some((line, why)),
            None => out.push(line),
        }
    }

    /// The last line, if one is open.
    pub fn finish(&mut self, out: &mut Vec<Line<'a>>) {
        out.extend(self.open.take().map(|(line, _)| line));
    }

    fn may_go_on(&self, text: &str) -> Option<Open> {
        if text.contains("http") && text.contains("error") && hit(&CUT_URL, text) {
            return Some(Open::Url);
        }
        let length = text.chars().count();
        (self.fills(length) && frame::is_framed_error(text)).then_some(Open::Full(length))
    }

    /// Whether a row of this length reaches the terminal's edge; a blank in the last column is lost in copying.
    fn fills(&self, length: usize) -> bool {
        self.width.is_some_and(|width| length == width || length + 1 == width)
    }

    /// The line with the row added, or the line as it was when the row is another one.
    fn go_on(
        &self,
        mut line: Line<'a>,
        why: Open,
        (row, start, text): (usize, usize, &'a str),
        edge: Option<(Edge, &'a str)>,
    ) -> Result<(Line<'a>, Open), Line<'a>> {
        if row != line.last_row() + 1 || line.row_count() >= MOST_ROWS {
            return Err(line);
        }
        let length = text.chars().count();
        let last = match why {
            Open::Box => {
                let inside = match edge {
                    Some((Edge::Continues, inside)) => inside,
                    // Below the last cause of a box there is no glyph, only the indent.
                    None if text.starts_with("    ") && !text.trim().is_empty() => text.trim_start(),
                    _ => return Err(line),
                };
                let offset = inside.as_ptr() as usize - text.as_ptr() as usize;
                let glued = line.text().ends_with(['-', '/']) || line.text().is_empty();
                line.join(row, start + offset, inside, !glued);
                return Ok((line, Open::Box));
            }
            Open::Url => {
                let rest = text.trim_start();
                let goes_on = rest.len() < text.len() && !rest.starts_with("- ") && !rest.is_empty();
                if goes_on {
                    line.join(row, start + text.len() - rest.len(), rest.trim_end(), false);
                    return Ok((line, Open::Full(length)));
                }
                line.text().chars().count()
            }
            Open::Full(last) => last,
        };
        let plain = !text.trim().is_empty() && !frame::is_framed(text);
        if !self.fills(last) || !plain || self.width.is_some_and(|width| length > width) {
            return Err(line);
        }
        line.join(row, start, text, Some(last + 1) == self.width);
        Ok((line, Open::Full(length)))
    }
}

/// The row's part of a box: what it does, and the text inside.
fn box_edge(text: &str) -> Option<(Edge, &str)> {
    let inside = text.trim_start();
    if inside.len() == text.len() {
        return None;
    }
    // As UTF-8, and as Windows code pages show UTF-8.
    const STARTS: [&str; 8] = ["× ", "├─▶ ", "╰─▶ ", "✗ ", "Ã— ", "├ ", "x ", "╰ "];
    const CONTINUES: [&str; 4] = ["│", "â”‚", "Γöé", "\u{2502}"];
    if let Some(rest) = STARTS.iter().find_map(|glyph| inside.strip_prefix(glyph)) {
        return Some((Edge::Starts, rest.trim_start()));
    }
    let rest = CONTINUES.iter().find_map(|glyph| inside.strip_prefix(glyph))?;
    let rest = rest.trim_start();
    match ["├─▶ ", "╰─▶ "].iter().find_map(|glyph| rest.strip_prefix(glyph)) {
        Some(cause) => Some((Edge::Starts, cause.trim_start())),
        None => Some((Edge::Continues, rest)),
    }
}

/// The width of the terminal that wrapped a log, if one did: no framed row is longer, and a framed error of exactly
/// this length is followed by a row without a frame.
fn terminal_width(log: &Redacted) -> Option<usize> {
    if log.line_count() > SMALL {
        return None;
    }
    let mut longest = 0;
    let mut rows: Vec<(usize, usize)> = Vec::new();
    for line in log.lines().filter(|line| line.text.len() >= 60) {
        if frame::is_framed_error(line.text) {
            let length = line.text.chars().count();
            longest = longest.max(length);
            rows.push((line.row, length));
        }
    }
    if !(60..=250).contains(&longest) {
        return None;
    }
    let full = rows.iter().filter(|(_, length)| *length == longest);
    let broken = full
        .filter(|(row, _)| {
            let next = log.line(row + 1);
            let fits = next.chars().count() <= longest;
            fits && !next.trim().is_empty() && !next.starts_with([' ', '\t']) && !frame::is_framed(next)
        })
        .count();
    (broken > 1 || broken == 1 && USUAL_WIDTHS.contains(&longest)).then_some(longest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    fn lines(log: &str) -> Vec<String> {
        let log = text::redact(text::decode(log.as_bytes()));
        let mut folder = Folder::new(&log);
        let mut out = Vec::new();
        for line in log.lines() {
            folder.feed(line.row, line.start, line.text, &mut out);
        }
        folder.finish(&mut out);
        for line in &out {
            for at in 0..line.text().len() {
                let (place, text) = (line.span(at..at + 1), &line.text()[at..]);
                let same = log.as_str().as_bytes().get(place.start) == Some(&text.as_bytes()[0]);
                assert!(same || text.starts_with(' '), "{text:?}");
            }
        }
        out.iter().map(|line| line.text().to_owned()).collect()
    }

    #[test]
    fn a_box_becomes_one_line_a_cause() {
        let log = "  × Failed to publish package @acme/my-\n  │ utils@2.2.0 (status 403 Forbidden):\n  │ {\"error\":\"no\n  │ way\"}\n  ╰─▶ the end\nhelp: none\n";
        let expected = [
            "Failed to publish package @acme/my-utils@2.2.0 (status 403 Forbidden): {\"error\":\"no way\"}",
            "the end",
            "help: none",
        ];
        assert_eq!(lines(log), expected);
    }

    #[test]
    fn a_terminal_of_eighty_columns_is_undone() {
        let whole = "npm error 403 403 Forbidden - PUT https://registry.acme.example/@acme%2fdesign-tokens - You do not have permission to publish \"@acme/design-tokens\". Are you logged in as the correct user?";
        let (first, rest) = whole.split_at(80);
        let (second, third) = rest.split_at(80);
        let log = format!("npm error code E403\n{first}\n{second}\n{third}\nnpm error 403 In most cases\n");
        assert_eq!(lines(&log), ["npm error code E403", whole, "npm error 403 In most cases"]);
    }

    #[test]
    fn a_full_row_before_another_frame_stays_alone() {
        let first = format!("npm error {}", "x".repeat(70));
        let log = format!("{first}\nnpm error next\n");
        assert_eq!(lines(&log), [first.as_str(), "npm error next"]);
    }
}
