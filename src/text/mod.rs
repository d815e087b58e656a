//! Bytes to text that is safe to look at: decoded, cleaned of terminal noise, secrets masked.
//!
//! [`decode`] makes a [`Text`], [`redact`] makes a [`Redacted`]; the rest of the crate sees only the latter.
//! Must not know npm, registries or causes.
//!
//! ```text
//! in   2026-11-21T20:05:04.0000000Z ESC[31mnpm error ESC[0m //host/:_authToken=<forty letters>
//! out  npm error //host/:_authToken=‹npm token #1›
//! ```
//!
//! Rows stay one to one with the lines of the original, and every byte of the result still knows its
//! [`Place`] there.

mod clean;
mod decode;
mod encoding;
mod escapes;
mod glyphs;
mod hoard;
mod intake;
mod json_line;
mod judge;
mod labels;
mod open;
mod prefix;
mod redact;
mod scan;
mod secrets;
mod shifts;
mod signs;
mod utf16;
mod wrapped;

use std::fmt;
use std::ops::RangeInclusive;

use serde::Serialize;

use crate::facts::Span;
use shifts::Lines;

pub use decode::decode;
pub use open::{OpenError, open, read};
pub use redact::redact;

/// What stands where in the original: line and column, both counted from 1; columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// What is known about the input as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Source {
    encoding: &'static str,
    byte_size: u64,
    warnings: Vec<String>,
}

/// A log that was decoded and cleaned. It may still hold secrets, so all one can do with it is [`redact`] it.
#[derive(Clone, PartialEq, Eq)]
pub struct Text {
    content: String,
    lines: Lines,
    source: Source,
}

impl fmt::Debug for Text {
    /// Says how much there is, never what: the content is not masked yet.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Text")
            .field("bytes", &self.content.len())
            .field("lines", &self.lines.count())
            .field("source", &self.source)
            .finish()
    }
}

/// A log that is safe to show: no control characters except `\n` and `\t`, no hidden characters, no secrets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted {
    content: String,
    lines: Lines,
    source: Source,
    masks: Vec<Mask>,
    /// The kind of each secret.
    kinds: Vec<&'static str>,
}

/// One row of a [`Redacted`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its number, counted from 0.
    pub row: usize,
    /// Where it starts, in bytes of [`Redacted::as_str`].
    pub start: usize,
    /// Its text, without the line end.
    pub text: &'a str,
}

/// Where a secret, or one row's piece of it, was hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mask {
    /// The words that stand there now, for example `‹npm token #1›`, inside a URL `‹npm-token-1›`, in the further
    /// rows of a secret that was wrapped `‹npm token #1, continued›`.
    pub span: Span,
    /// Which secret it was: equal secrets have equal numbers, counted from 1.
    pub number: usize,
}

impl Redacted {
    /// The whole text, lines ended by `\n`.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// The rows in order.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        (0..self.line_count()).map(|row| Line { row, start: self.line_start(row), text: self.line(row) })
    }

    /// How many rows there are; the end of the last line starts no new one.
    pub fn line_count(&self) -> usize {
        self.lines.count()
    }

    /// How many lines the original has, those that were left out included.
    pub fn original_lines(&self) -> usize {
        self.line_count().checked_sub(1).map_or(0, |last| self.line_number(last))
    }

    /// The number of the job that wrote a row, where a prefix names one of several; else 0.
    pub fn job(&self, row: usize) -> u16 {
        self.lines.labels().job(row)
    }

    /// When a row was written, if its prefix says so and the row may tell of an error.
    pub fn time(&self, row: usize) -> Option<&str> {
        self.lines.labels().time(row)
    }

    /// The text of a row, without its line end; empty when there is no such row.
    pub fn line(&self, row: usize) -> &str {
        self.lines.text(&self.content, row)
    }

    /// Where a row starts, in bytes; the end of the text when there is no such row.
    pub fn line_start(&self, row: usize) -> usize {
        self.lines.start(row).unwrap_or(self.content.len())
    }

    /// The row that holds a byte; the last row for bytes past the end.
    pub fn row_at(&self, byte: usize) -> usize {
        self.lines.row_at(byte)
    }

    /// Where a byte came from: line and column of the original.
    pub fn place(&self, byte: usize) -> Place {
        self.lines.place(&self.content, byte)
    }

    /// The original's number of a row, counted from 1. Differs from `row + 1` after a part that was not read.
    pub fn line_number(&self, row: usize) -> usize {
        self.lines.number(row)
    }

    /// The original's first and last line of which something was left out between a row and the one before it; `None`
    /// if one follows the other. Only logs of more than 64 MiB have such gaps.
    pub fn gap_before(&self, row: usize) -> Option<RangeInclusive<usize>> {
        self.lines.gap_before(row)
    }

    /// `UTF-8`, `UTF-16LE` or `UTF-16BE`.
    pub fn encoding(&self) -> &'static str {
        self.source.encoding
    }

    /// The size of the input in bytes, parts that were not read included.
    pub fn byte_size(&self) -> u64 {
        self.source.byte_size
    }

    /// How many different secrets were masked.
    pub fn secrets_hidden(&self) -> usize {
        self.kinds.len()
    }

    /// The kind of token that was masked, if it was one kind only: `npm token`, `GitHub token`.
    pub fn token_kind(&self) -> Option<&'static str> {
        let mut kinds = self.kinds.iter().copied().filter(|kind| kind.ends_with(" token"));
        let first = kinds.next()?;
        kinds.all(|kind| kind == first).then_some(first)
    }

    /// Every mask, in the order of the text.
    pub fn masks(&self) -> &[Mask] {
        &self.masks
    }

    /// What the reader should know about the input, in sentences for people.
    pub fn warnings(&self) -> &[String] {
        &self.source.warnings
    }
}
