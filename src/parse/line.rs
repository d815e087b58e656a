//! A line as its writer meant it: one row, or several that a box or a narrow terminal made of it.
//!
//! Knows for every byte where it stands in the log. Must not know what the words mean.

use std::borrow::Cow;
use std::ops::Range;

use crate::facts::Span;

/// One meant line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    text: Cow<'a, str>,
    /// In order; never empty.
    pieces: Vec<Piece>,
}

/// From byte `at` of the line on, the text stands at `start` of the log, in `row`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    at: usize,
    start: usize,
    row: usize,
    /// The text here is not as long as in the log (an escape was undone), so all of it has one place.
    pinned: bool,
}

impl<'a> Line<'a> {
    /// A row that is a line of its own; `start` is where it starts in the log.
    pub fn new(row: usize, start: usize, text: &'a str) -> Self {
        Self { text: Cow::Borrowed(text), pieces: vec![Piece { at: 0, start, row, pinned: false }] }
    }

    /// The words of a JSON string that stands at `start` of the log.
    pub fn decoded(row: usize, start: usize, text: String) -> Self {
        Self { text: Cow::Owned(text), pieces: vec![Piece { at: 0, start, row, pinned: true }] }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The row it starts in.
    pub fn row(&self) -> usize {
        self.pieces.first().map_or(0, |piece| piece.row)
    }

    /// The row it ends in.
    pub fn last_row(&self) -> usize {
        self.pieces.last().map_or(0, |piece| piece.row)
    }

    /// How many rows were joined.
    pub fn row_count(&self) -> usize {
        self.pieces.len()
    }

    /// The rows it is made of.
    pub fn rows(&self) -> impl Iterator<Item = usize> {
        self.pieces.iter().map(|piece| piece.row)
    }

    /// Where it starts in the log.
    pub fn start(&self) -> usize {
        self.place(0)
    }

    /// Adds a further row; `blank` puts a blank in between.
    pub fn join(&mut self, row: usize, start: usize, text: &str, blank: bool) {
        let whole = self.text.to_mut();
        if blank {
            whole.push(' ');
        }
        self.pieces.push(Piece { at: whole.len(), start, row, pinned: false });
        whole.push_str(text);
    }

    /// The row of a byte of the line.
    pub fn row_at(&self, at: usize) -> usize {
        self.piece_at(at).map_or(0, |piece| piece.row)
    }

    /// Where some bytes of the line stand in the log. Over a seam it reaches from the first row into the last.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.place(range.start);
        let last = range.end.saturating_sub(1).max(range.start);
        let end = if range.is_empty() { start } else { self.place(last) + 1 };
        let pinned = self.piece_at(last).is_some_and(|piece| piece.pinned);
        // Of a decoded text only the start is known for sure.
        Span::new(start, if pinned { start } else { end.max(start) })
    }

    fn place(&self, at: usize) -> usize {
        self.piece_at(at).map_or(0, |piece| piece.start + if piece.pinned { 0 } else { at - piece.at })
    }

    fn piece_at(&self, at: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.at <= at);
        self.pieces.get(after.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_of_a_joined_line_knows_its_row_and_place() {
        let mut line = Line::new(3, 100, "https://r.example/");
        line.join(4, 124, "left-pad", false);
        line.join(5, 140, "now", true);
        assert_eq!(line.text(), "https://r.example/left-pad now");
        assert_eq!(line.span(18..26), Span::new(124, 132));
        assert_eq!(line.span(8..20), Span::new(108, 126));
        assert_eq!((line.row_at(17), line.row_at(18), line.row_at(29)), (3, 4, 5));
        assert_eq!(line.last_row(), 5);
    }
}
