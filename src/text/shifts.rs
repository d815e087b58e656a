//! Which line and column of the original each byte of a cleaned text came from.
//!
//! A row without a [`Shift`] starts at the first column and runs on character by character, so a plain log costs
//! nothing but its line starts. Must not know what was removed, or why.

use std::ops::RangeInclusive;

use super::Place;
use super::labels::Labels;

/// From this byte on, columns count from `column` (0-based), up to the next shift or the end of the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shift {
    pub at: usize,
    pub column: usize,
}

/// From this row on, line numbers count from `number`, because what stands before it was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Gap {
    row: usize,
    number: usize,
    /// The first and the last line that lack something.
    first: usize,
    last: usize,
}

/// The rows of a text and the way back to the original.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lines {
    starts: Vec<usize>,
    shifts: Vec<Shift>,
    gaps: Vec<Gap>,
    labels: Labels,
}

/// Words to put in place of a stretch of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub start: usize,
    pub end: usize,
    pub words: String,
}

impl Lines {
    /// What prefixes said about the rows.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Sets what prefixes said about the rows.
    pub fn label(&mut self, labels: Labels) {
        self.labels = labels;
    }

    /// Starts a row at this byte.
    pub fn begin(&mut self, start: usize) {
        self.starts.push(start);
    }

    /// Adds a shift; they must come in order.
    pub fn shift(&mut self, at: usize, column: usize) {
        self.shifts.push(Shift { at, column });
    }

    /// Says that the next row is line `number` of the original, or the rest of it from `column` on (0-based).
    /// `is_cut` says that the last row lacks its end.
    pub fn skip_to(&mut self, number: usize, column: usize, is_cut: bool) {
        let row = self.starts.len();
        let first = match row.checked_sub(1) {
            Some(before) => self.number(before) + usize::from(!is_cut),
            None => 1,
        };
        let last = number - usize::from(column == 0 && number > 0);
        if first <= last {
            self.gaps.push(Gap { row, number, first, last });
        }
    }

    /// The first and the last line that lack something between a row and the one before it, if any do.
    pub fn gap_before(&self, row: usize) -> Option<RangeInclusive<usize>> {
        let index = self.gaps.binary_search_by_key(&row, |gap| gap.row).ok()?;
        self.gaps.get(index).map(|gap| gap.first..=gap.last)
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Where a row starts.
    pub fn start(&self, row: usize) -> Option<usize> {
        self.starts.get(row).copied()
    }

    /// The text of a row without its line end; empty when there is no such row.
    pub fn text<'a>(&self, content: &'a str, row: usize) -> &'a str {
        let Some(start) = self.start(row) else {
            return "";
        };
        match self.start(row + 1) {
            Some(next) => &content[start..next - 1],
            None => {
                let rest = &content[start..];
                rest.strip_suffix('\n').unwrap_or(rest)
            }
        }
    }

    /// The row that holds a byte; the last one for bytes past the end, 0 when there are none.
    pub fn row_at(&self, byte: usize) -> usize {
        self.starts.partition_point(|&start| start <= byte).saturating_sub(1)
    }

    /// The original's number of a row, counted from 1.
    pub fn number(&self, row: usize) -> usize {
        let next = self.gaps.partition_point(|gap| gap.row <= row);
        match next.checked_sub(1).and_then(|index| self.gaps.get(index)) {
            Some(gap) => gap.number + (row - gap.row),
            None => row + 1,
        }
    }

    /// Line and column of a byte in the original.
    pub fn place(&self, content: &str, byte: usize) -> Place {
        let byte = content.floor_char_boundary(byte);
        let row = self.row_at(byte);
        Place { line: self.number(row), column: self.column(content, row, byte) + 1 }
    }

    /// The 0-based column of a byte of `row`.
    pub fn column(&self, content: &str, row: usize, byte: usize) -> usize {
        let Some(row_start) = self.start(row) else {
            return 0;
        };
        let next = self.shifts.partition_point(|shift| shift.at <= byte);
        let (from, column) = next
            .checked_sub(1)
            .and_then(|index| self.shifts.get(index))
            .filter(|shift| shift.at >= row_start)
            .map_or((row_start, 0), |shift| (shift.at, shift.column));
        let column = column + count_chars(&content[from..byte]);
        // Words that stand for something shorter must not reach into what follows.
        let row_end = self.start(row + 1).unwrap_or(content.len() + 1);
        match self.shifts.get(next) {
            Some(after) if after.at < row_end => column.min(after.column.saturating_sub(1)),
            _ => column,
        }
    }

    /// The text with `edits` made, and its rows. Edits are sorted, apart, and none crosses a line end.
    pub fn rewrite(&self, content: &str, edits: &[Edit]) -> (String, Self) {
        let grown: usize = edits.iter().map(|edit| edit.words.len()).sum();
        let mut text = String::with_capacity(content.len() + grown);
        let mut lines = Self {
            starts: Vec::with_capacity(self.starts.len()),
            shifts: Vec::with_capacity(self.shifts.len() + edits.len()),
            gaps: self.gaps.clone(),
            labels: self.labels.clone(),
        };
        let mut walk = Walk { old: self, row: 0, shift: 0, known: Shift { at: 0, column: 0 } };
        let mut done = 0;
        for edit in edits {
            walk.copy(&mut lines, edit.start, done, text.len());
            text.push_str(&content[done..edit.start]);
            text.push_str(&edit.words);
            let column = walk.jump(content, edit);
            lines.shift(text.len(), column);
            done = edit.end;
        }
        walk.copy(&mut lines, content.len(), done, text.len());
        text.push_str(&content[done..]);
        (text, lines)
    }
}

/// A position in old rows and shifts that only moves forward, so that rewriting one long row stays linear.
struct Walk<'a> {
    old: &'a Lines,
    row: usize,
    shift: usize,
    /// The last byte whose column is known.
    known: Shift,
}

impl Walk<'_> {
    /// Copies rows and shifts up to and including byte `end`; `from` in the old text is `to` in the new one.
    fn copy(&mut self, new: &mut Lines, end: usize, from: usize, to: usize) {
        while let Some(&start) = self.old.starts.get(self.row)
            && start <= end
        {
            new.starts.push(start - from + to);
            if start >= self.known.at {
                self.known = Shift { at: start, column: 0 };
            }
            self.row += 1;
        }
        while let Some(&shift) = self.old.shifts.get(self.shift)
            && shift.at <= end
        {
            new.shift(shift.at - from + to, shift.column);
            if shift.at >= self.known.at {
                self.known = shift;
            }
            self.shift += 1;
        }
    }

    /// Passes over an edit and returns the column of its end.
    fn jump(&mut self, content: &str, edit: &Edit) -> usize {
        while let Some(&shift) = self.old.shifts.get(self.shift)
            && shift.at <= edit.end
        {
            self.known = shift;
            self.shift += 1;
        }
        let column = self.known.column + count_chars(&content[self.known.at..edit.end]);
        self.known = Shift { at: edit.end, column };
        column
    }
}

/// How many characters a text has: the bytes that do not continue one.
pub(super) fn count_chars(text: &str) -> usize {
    text.chars().count()
}

/// How many characters start in some bytes of UTF-8, however they were cut.
pub(super) fn count_chars_of_bytes(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| !(0x80..0xc0).contains(*b)).count()
}

#[cfg(test)]
mod tests {
    use crate::text::{decode, redact};

    #[test]
    fn a_masked_character_that_was_written_out_counts_once() {
        for tail in ["\n", "\nnext\n", " end\n"] {
            let original = format!("5:S\"token\":\"[:0_k2.\0\u{feff}{tail}");
            let log = redact(decode(original.as_bytes()));
            let width = original.lines().next().unwrap().chars().count();
            let end = log.line(0).len();
            for byte in (0..=end).filter(|byte| log.as_str().is_char_boundary(*byte)) {
                let place = log.place(byte);
                assert!(place.column <= width + 1, "{byte}: {place:?} of {width} in {:?}", log.line(0));
            }
        }
    }
}
