//! Decoded lines to rows that read as a person saw them: no control sequences, no prefixes, nothing hidden.
//!
//! A row is what a terminal would show at the end: text that was overwritten is gone. Must not know encodings or
//! secrets.

use super::escapes::{self, Effect};
use super::glyphs::{self, Glyph};
use super::json_line;
use super::labels::Labeller;
use super::prefix::Prefixes;
use super::shifts::{Lines, count_chars};

/// Collects cleaned rows.
#[derive(Default)]
pub(super) struct Cleaner {
    content: String,
    lines: Lines,
    prefixes: Prefixes,
    labeller: Labeller,
    row: Row,
    /// The last row was not ended by a line end.
    row_is_open: bool,
    /// How many characters of the next line are not there.
    column: usize,
}

impl Cleaner {
    /// A cleaner that expects about this many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self { content: String::with_capacity(bytes), ..Self::default() }
    }

    /// Cleans and adds every line of `text`.
    pub fn feed(&mut self, text: &str, line_end: u8) {
        let mut start = 0;
        for end in memchr::memchr_iter(line_end, text.as_bytes()) {
            self.line(&text[start..end]);
            self.content.push('\n');
            self.row_is_open = false;
            start = end + 1;
        }
        if start < text.len() {
            self.line(&text[start..]);
        }
    }

    /// Says that the next line is line `number` of the original, or the rest of it from `column` on (0-based).
    pub fn skip_to(&mut self, number: usize, column: usize) {
        self.lines.skip_to(number, column, self.row_is_open);
        self.column = column;
        // What a prefix depends on stood in lines that are not there.
        self.prefixes = Prefixes::default();
    }

    /// The cleaned text and its rows.
    pub fn finish(mut self) -> (String, Lines) {
        self.lines.label(self.labeller.finish());
        (self.content, self.lines)
    }

    fn line(&mut self, raw: &str) {
        if self.row_is_open {
            self.content.push('\n');
        }
        self.row_is_open = true;
        let raw = raw.trim_end_matches('\r');
        let start = self.content.len();
        self.lines.begin(start);
        let left_out = std::mem::take(&mut self.column);
        if is_plain(raw.as_bytes()) {
            let skip = self.prefixes.length(raw);
            if !json_line::may_be_wrapped(&raw[skip..]) {
                if skip + left_out > 0 {
                    self.lines.shift(start, skip + left_out);
                }
                self.labeller.note(self.lines.count() - 1, &raw[..skip], &raw[skip..]);
                self.content.push_str(&raw[skip..]);
                return;
            }
        }
        self.dirty_line(raw, start, left_out);
    }

    fn dirty_line(&mut self, raw: &str, start: usize, left_out: usize) {
        self.row.scrub(raw);
        let mut skip = self.prefixes.length(&self.row.text);
        while let Some((inner, at)) = json_line::unwrap(&self.row.text[skip..]) {
            // Escapes make the original longer than the value, so its start is the honest place.
            let column = self.row.column(skip + at);
            self.row.scrub(&inner);
            self.row.pin(column);
            skip = self.prefixes.length(&self.row.text);
        }
        if skip + left_out > 0 {
            let column = self.row.column(skip);
            self.lines.shift(start, column + left_out);
        }
        for &(at, column) in &self.row.shifts {
            if at > skip || skip + left_out == 0 {
                self.lines.shift(start + at - skip, column + left_out);
            }
        }
        self.labeller.note(self.lines.count() - 1, &self.row.text[..skip], &self.row.text[skip..]);
        self.content.push_str(&self.row.text[skip..]);
    }
}

/// One line on its way to becoming a row.
#[derive(Default)]
struct Row {
    text: String,
    /// From this byte on, columns of the original count from here.
    shifts: Vec<(usize, usize)>,
    /// The column the next character has if nothing was left out; `None` after something was.
    next: Option<usize>,
    /// Where the text after the last carriage return starts.
    segment: usize,
}

impl Row {
    /// Replaces the row by what is left of `raw`.
    fn scrub(&mut self, raw: &str) {
        self.text.clear();
        self.shifts.clear();
        self.next = Some(0);
        self.segment = 0;
        let mut at = 0;
        let mut column = 0;
        while at < raw.len() {
            let (plain, chars) = plain_run(&raw[at..]);
            if plain > 0 {
                self.push(&raw[at..at + plain], column, chars);
                at += plain;
                column += chars;
            }
            let Some(c) = raw[at..].chars().next() else {
                break;
            };
            let length = self.special(raw, at, c, column);
            column += count_chars(&raw[at..at + length]);
            at += length;
        }
        // What was written out is longer than it was: what follows the row starts where the original ends.
        let next = self.next;
        self.restart();
        if next.is_some_and(|next| next > column) {
            self.shifts.push((self.text.len(), column));
        }
    }

    /// Deals with the character `c` at byte `at`; returns how many bytes are done with.
    fn special(&mut self, raw: &str, at: usize, c: char, column: usize) -> usize {
        match c {
            '\r' => self.restart(),
            '\u{8}' => self.step_back(),
            '\u{1b}' | '\u{9b}' => {
                let (length, effect) = escapes::measure(&raw[at..]);
                match effect {
                    Effect::None => {}
                    Effect::Erases => self.restart(),
                    Effect::Blank => self.push(" ", column, 1),
                }
                return length;
            }
            // Only unwrapped JSON brings these along.
            '\n' => self.push(" ", column, 1),
            c if c.is_control() => {}
            c => {
                let before = raw[..at].chars().next_back();
                let after = raw[at + c.len_utf8()..].chars().next();
                match glyphs::look(c, before, after) {
                    Glyph::Keep => self.push(&raw[at..at + c.len_utf8()], column, 1),
                    Glyph::Drop => {}
                    Glyph::Blank if self.text.len() > self.segment || !glyphs::is_braille(c) => {
                        self.push(" ", column, 1);
                    }
                    Glyph::Blank => {}
                    Glyph::Hidden => {
                        let words = glyphs::written_out(c);
                        self.push(&words, column, count_chars(&words));
                    }
                }
            }
        }
        c.len_utf8()
    }

    fn push(&mut self, text: &str, column: usize, chars: usize) {
        if self.next != Some(column) {
            self.shifts.push((self.text.len(), column));
        }
        self.text.push_str(text);
        self.next = Some(column + chars);
    }

    /// The cursor went back to the first column: what was there goes if what came since says something.
    fn restart(&mut self) {
        let segment = self.segment;
        if segment == self.text.len() {
            return;
        }
        if says_something(&self.text[segment..]) {
            if segment > 0 {
                self.text.drain(..segment);
                self.shifts.retain_mut(|(at, _)| {
                    let stays = *at >= segment;
                    *at = at.saturating_sub(segment);
                    stays
                });
            }
        } else if segment > 0 {
            self.truncate(segment);
        }
        self.segment = self.text.len();
        self.next = None;
    }

    fn truncate(&mut self, end: usize) {
        self.text.truncate(end);
        while self.shifts.last().is_some_and(|&(at, _)| at >= end) {
            self.shifts.pop();
        }
        self.next = None;
    }

    /// Backspace: takes away a spinner's frame, nothing else.
    fn step_back(&mut self) {
        if let Some(c) = self.text[self.segment..].chars().next_back()
            && (c == ' ' || is_frame(c))
        {
            self.truncate(self.text.len() - c.len_utf8());
        }
    }

    /// The original column of a byte.
    fn column(&self, byte: usize) -> usize {
        let after = self.shifts.partition_point(|&(at, _)| at <= byte);
        let (from, column) =
            after.checked_sub(1).and_then(|index| self.shifts.get(index).copied()).unwrap_or((0, 0));
        column + count_chars(&self.text[from..byte])
    }

    /// Maps the whole row to one column and what follows it.
    fn pin(&mut self, column: usize) {
        self.shifts.clear();
        self.shifts.push((0, column));
    }
}

/// Whether a line needs nothing but a look at its start. Written so that the compiler can use wide registers.
fn is_plain(line: &[u8]) -> bool {
    line.chunks(64).all(|chunk| chunk.iter().fold(true, |plain, &b| plain & is_plain_byte(b)))
}

const fn is_plain_byte(b: u8) -> bool {
    matches!(b, b' '..=b'~' | b'\t')
}

/// How many bytes and characters at the start need no second look.
fn plain_run(text: &str) -> (usize, usize) {
    let bytes = text.bytes().position(|b| !is_plain_byte(b)).unwrap_or(text.len());
    (bytes, bytes)
}

fn is_frame(c: char) -> bool {
    matches!(c, '\\' | '|' | '/' | '-') || glyphs::is_braille(c)
}

/// Whether a text is more than blanks and one frame of a spinner.
fn says_something(text: &str) -> bool {
    let mut chars = text.chars().filter(|c| !c.is_whitespace());
    match chars.next() {
        None => false,
        Some(first) => !is_frame(first) || chars.any(|c| !is_frame(c)),
    }
}
