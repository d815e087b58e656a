//! Rows that a narrow terminal or a client's box made out of one line: where a secret may go on in the next row.
//!
//! Only the surroundings of a possible secret are looked at. Must not know masks or numbers.

use regex::Regex;

use super::judge;
use super::shifts::{Lines, count_chars};

/// No secret is longer than this many rows, or bytes.
const MAX_ROWS: usize = 200;
const MAX_BYTES: usize = 64 * 1024;

/// How much of a row's end can be the start of a secret.
const TAIL: usize = 8 * 1024;

/// A run of rows read as one line.
#[derive(Debug, Default)]
pub(super) struct Joined {
    /// The text without what stands between the pieces.
    pub text: String,
    /// The pieces in order, one per row unless hidden characters were taken out.
    pub pieces: Vec<Piece>,
}

/// A stretch of a row, and where it stands in [`Joined::text`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// In the joined text.
    pub joined: usize,
    /// In the content.
    pub start: usize,
    /// Its length in both.
    pub length: usize,
}

/// The patterns that tell whether a row goes on.
pub(super) struct Seams<'a> {
    /// What can be the start of a secret at the end of a row.
    pub openers: &'a Regex,
    /// Secrets of known length.
    pub exact: &'a Regex,
    /// Literals that every secret holds.
    pub anchors: &'a Regex,
}

impl Seams<'_> {
    /// The row and those that continue it.
    pub fn join(&self, content: &str, lines: &Lines, row: usize, joined: &mut Joined) {
        joined.text.clear();
        joined.pieces.clear();
        let mut last = lines.text(content, row);
        joined.add(last, lines.start(row).unwrap_or(0), 0);
        for next in row + 1..lines.count().min(row + MAX_ROWS) {
            if joined.text.len() > MAX_BYTES {
                return;
            }
            let text = lines.text(content, next);
            let skip = continuation_prefix(text);
            let is_full = is_full(content, lines, next - 1);
            let Some(glue) = self.goes_on(&joined.text, last, is_full, &text[skip..]) else {
                return;
            };
            joined.text.push_str(glue);
            joined.add(text, lines.start(next).unwrap_or(0), skip);
            last = text;
        }
    }

    /// Whether `next` continues what `so_far` ends with, and what belongs between the two.
    fn goes_on(&self, so_far: &str, row: &str, is_full: bool, next: &str) -> Option<&'static str> {
        let tail = &so_far[so_far.floor_char_boundary(so_far.len().saturating_sub(TAIL))..];
        let head = &next[..next.bytes().take_while(|b| is_token_byte(*b)).count()];
        if head.is_empty() || tail.ends_with('›') {
            return None;
        }
        if self.exact_across(tail, head) {
            return Some("");
        }
        let is_whole = self.exact.find_iter(tail).any(|found| found.end() == tail.len());
        if is_whole {
            return None;
        }
        if !self.openers.is_match(tail) {
            return (is_full && self.anchor_across(tail, head)).then_some("");
        }
        let is_box = row.trim_start().starts_with('│');
        let ends_in_word = tail.ends_with(|c: char| c.is_ascii_alphabetic());
        if ends_in_word && self.is_header_without_value(tail) {
            return ((is_box || is_full) && head.len() >= 8).then_some(" ");
        }
        let is_blob = next.trim_end().len() == head.len()
            && head.len() >= 20
            && judge::is_piece(head)
            && judge::is_random(head);
        ((is_full && judge::is_piece(head)) || is_blob || (is_box && tail.ends_with(['-', '/'])))
            .then_some("")
    }

    /// Whether a secret of known length starts before the seam and ends with the run behind it.
    fn exact_across(&self, tail: &str, head: &str) -> bool {
        let near = &tail[tail.floor_char_boundary(tail.len().saturating_sub(128))..];
        let run = head.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
        let both = [near, &head[..run]].concat();
        self.exact.find_iter(&both).any(|found| {
            let crosses = found.start() < near.len() && found.end() > near.len();
            crosses && (found.end() == both.len() || head[..run].bytes().any(|b| b.is_ascii_digit()))
        })
    }

    /// Whether one of the literals is itself cut in two.
    fn anchor_across(&self, tail: &str, head: &str) -> bool {
        let near = &tail[tail.floor_char_boundary(tail.len().saturating_sub(12))..];
        let both = [near, &head[..head.len().min(12)]].concat();
        self.anchors.find_iter(&both).any(|found| found.start() < near.len() && found.end() > near.len())
    }

    /// `Authorization: Bearer` at the end of a row.
    fn is_header_without_value(&self, tail: &str) -> bool {
        let lower = tail[tail.floor_char_boundary(tail.len().saturating_sub(32))..].to_ascii_lowercase();
        let before = lower.strip_suffix("bearer").or_else(|| lower.strip_suffix("basic"));
        before.is_some_and(|before| before.contains("authorization"))
    }

    /// Whether a row is as long as terminals are wide and one of the literals may be cut at its end.
    pub fn may_cut_an_anchor(&self, content: &str, lines: &Lines, row: usize) -> bool {
        let text = lines.text(content, row);
        let next = lines.text(content, row + 1);
        if next.is_empty()
            || !text.as_bytes().last().copied().is_some_and(is_token_byte)
            || !is_full(content, lines, row)
        {
            return false;
        }
        let next = &next[continuation_prefix(next)..];
        let head = &next[..next.bytes().take(12).take_while(|b| is_token_byte(*b)).count()];
        !head.is_empty() && self.anchor_across(text, head)
    }
}

impl Joined {
    /// One of the pieces, read alone.
    pub fn only(&self, piece: &Piece) -> Self {
        let text = self.text[piece.joined..piece.joined + piece.length].to_owned();
        Self { text, pieces: vec![Piece { joined: 0, ..*piece }] }
    }

    /// The same without hidden characters that were written out, such as `‹U+200B›`; `None` when it has none.
    pub fn without_hidden(&self) -> Option<Self> {
        const SIGN: &str = "‹U+";
        if !self.text.contains(SIGN) {
            return None;
        }
        let mut shown = Self::default();
        for piece in &self.pieces {
            let text = &self.text[piece.joined..piece.joined + piece.length];
            let mut done = 0;
            for (at, _) in text.match_indices(SIGN) {
                let digits = text[at + SIGN.len()..].bytes().take_while(u8::is_ascii_hexdigit).count();
                let end = at + SIGN.len() + digits;
                if text[end..].starts_with('›') {
                    shown.add(&text[..at], piece.start, done);
                    done = end + '›'.len_utf8();
                }
            }
            shown.add(text, piece.start, done);
        }
        Some(shown)
    }

    fn add(&mut self, row: &str, start: usize, skip: usize) {
        self.pieces.push(Piece { joined: self.text.len(), start: start + skip, length: row.len() - skip });
        self.text.push_str(&row[skip..]);
    }
}

/// What clients repeat in front of each row of one message.
pub(super) fn continuation_prefix(row: &str) -> usize {
    let trim = |text: &'_ str| row.len() - text.trim_start_matches(' ').len();
    let mut done = trim(row);
    if let Some(rest) = row[done..].strip_prefix('│').or_else(|| row[done..].strip_prefix("| ")) {
        return trim(rest);
    }
    let digits = row[done..].bytes().take_while(u8::is_ascii_digit).count();
    if (1..=6).contains(&digits) && row[done + digits..].starts_with(' ') {
        // The line counter of a debug log, if a level follows.
        let level = &row[done + digits + 1..];
        return level_length(level).map_or(done, |length| label(row, done + digits + 1 + length));
    }
    for client in ["npm ", "pnpm ", "lerna "] {
        if let Some(rest) = row[done..].strip_prefix(client)
            && let Some(length) = level_length(rest)
        {
            done = label(row, row.len() - rest.len() + length);
        }
    }
    done
}

/// The length of a level and the blank behind it.
fn level_length(text: &str) -> Option<usize> {
    const LEVELS: &[&str] = &[
        "ERR! ", "error ", "WARN ", "warn ", "notice ", "info ", "http ", "verbose ", "verb ", "silly ",
        "sill ",
    ];
    LEVELS.iter().find(|level| text.starts_with(**level)).map(|level| level.len())
}

/// `end`, or the end of the label column that starts there.
fn label(row: &str, end: usize) -> usize {
    const LABELS: &[&str] = &["403 ", "stack ", "publish ", "argv "];
    let rest = &row[end..];
    let length = LABELS.iter().find(|label| rest.starts_with(**label)).map_or(0, |label| label.len());
    row.len() - rest[length..].trim_start_matches(' ').len()
}

/// Whether a row is as long as terminals and consoles are wide, as it is now or as it was.
fn is_full(content: &str, lines: &Lines, row: usize) -> bool {
    let text = lines.text(content, row);
    if text.len() < 70 || text.len() > 1024 {
        return false;
    }
    let end = lines.start(row).unwrap_or(0) + text.len();
    let own = &text[continuation_prefix(text)..];
    is_width(count_chars(text)) || is_width(count_chars(own)) || is_width(lines.column(content, row, end))
}

/// The widths that terminals, consoles and clients have; some leave the last column free.
const fn is_width(chars: usize) -> bool {
    matches!(
        chars,
        79 | 80 | 99 | 100 | 119 | 120 | 131 | 132 | 139 | 140 | 159 | 160 | 199 | 200 | 239 | 240
    )
}

const fn is_token_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric()
        || matches!(b, b'_' | b'-' | b'.' | b'/' | b'+' | b'=' | b'~' | b'%' | b':' | b'@' | b'&')
}
