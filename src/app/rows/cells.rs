//! Which character of a row stands in which column.
//!
//! Owns the way between bytes and columns, for hits and highlights. Must not know pixels.
//! Letters that are written from right to left stand mirrored within their own stretch and move nothing else.

use std::ops::Range;

use super::wrap::columns_of;

/// The characters of one row and their columns.
#[derive(Debug)]
pub struct Cells<'a> {
    text: &'a str,
    /// Empty when every byte is one column.
    cells: Vec<Cell>,
    runs: Vec<Run>,
    columns: usize,
}

/// A character with what it carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cell {
    at: usize,
    column: usize,
    width: usize,
    is_mirrored: bool,
}

/// A stretch of a row that is drawn as one piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its bytes.
    pub bytes: Range<usize>,
    /// Its first column.
    pub column: usize,
    /// How many columns it takes.
    pub columns: usize,
    /// How many characters share them.
    pub count: usize,
    /// What it is made of.
    pub kind: Kind,
}

/// What a stretch is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What every fixed-width font draws one column wide.
    Plain,
    /// Other characters, perhaps from another font.
    Other,
    /// Characters of two columns.
    Wide,
    /// Letters that are written from right to left.
    Mirrored,
}

fn kind_of(c: char, width: usize) -> Kind {
    match c {
        ' '..='~' | '\t' => Kind::Plain,
        '\u{590}'..='\u{8ff}'
        | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefe}'
        | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}' => Kind::Mirrored,
        _ if width == 2 => Kind::Wide,
        _ => Kind::Other,
    }
}

impl<'a> Cells<'a> {
    /// The characters of a row.
    pub fn new(text: &'a str) -> Self {
        if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            let columns = text.len();
            let run = Run { bytes: 0..columns, column: 0, columns, count: columns, kind: Kind::Plain };
            return Self { text, cells: Vec::new(), runs: vec![run], columns };
        }
        let mut cells: Vec<Cell> = Vec::with_capacity(text.len());
        let mut runs: Vec<Run> = Vec::new();
        let mut column = 0;
        for (at, c) in text.char_indices() {
            let (width, end) = (columns_of(c), at + c.len_utf8());
            if width == 0
                && let Some(run) = runs.last_mut()
            {
                run.bytes.end = end;
                continue;
            }
            let kind = kind_of(c, width);
            match runs.last_mut().filter(|run| run.kind == kind) {
                Some(run) => {
                    run.bytes.end = end;
                    run.columns += width;
                    run.count += 1;
                }
                None => runs.push(Run { bytes: at..end, column, columns: width, count: 1, kind }),
            }
            if width > 0 {
                cells.push(Cell { at, column, width, is_mirrored: kind == Kind::Mirrored });
            }
            column += width;
        }
        for run in runs.iter().filter(|run| run.kind == Kind::Mirrored) {
            for cell in cells.iter_mut().filter(|cell| run.bytes.contains(&cell.at)) {
                cell.column = 2 * run.column + run.columns - cell.column - cell.width;
            }
        }
        Self { text, cells, runs, columns: column }
    }

    /// The pieces that it is drawn in.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// How many columns it takes.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The columns of some of its bytes, in stretches.
    pub fn columns_of(&self, bytes: &Range<usize>) -> Vec<Range<usize>> {
        if self.cells.is_empty() {
            let span = bytes.start.min(self.columns)..bytes.end.min(self.columns);
            return if span.is_empty() { Vec::new() } else { vec![span] };
        }
        let first = self.cells.partition_point(|cell| cell.at < bytes.start);
        let mut spans: Vec<Range<usize>> = Vec::new();
        for cell in self.cells[first..].iter().take_while(|cell| cell.at < bytes.end) {
            let (start, end) = (cell.column, cell.column + cell.width);
            match spans.last_mut() {
                Some(span) if span.end == start => span.end = end,
                Some(span) if span.start == end => span.start = start,
                _ => spans.push(start..end),
            }
        }
        spans
    }

    /// The column at whose edge the character at `byte` begins.
    pub fn column_at(&self, byte: usize) -> usize {
        if self.cells.is_empty() {
            return byte.min(self.columns);
        }
        let next = self.cells.partition_point(|cell| cell.at < byte);
        self.cells.get(next).map_or(self.columns, |cell| cell.column)
    }

    /// The gap between two characters that is nearest to a place, as the byte of the one behind it.
    pub fn byte_near(&self, column: f32) -> usize {
        self.find(column, |cell, next, part| if (part > 0.5) != cell.is_mirrored { next } else { cell.at })
    }

    /// The character at a place, by its byte.
    pub fn byte_under(&self, column: f32) -> usize {
        self.find(column, |cell, _, _| cell.at)
    }

    fn find(&self, column: f32, choose: impl Fn(Cell, usize, f32) -> usize) -> usize {
        if column < 0.0 {
            return 0;
        }
        let within = |cell: &Cell| {
            let part = (column - cell.column as f32) / cell.width.max(1) as f32;
            (0.0..1.0).contains(&part).then_some(part)
        };
        if self.cells.is_empty() {
            let at = column as usize;
            let cell = Cell { at, column: at, width: 1, is_mirrored: false };
            return match within(&cell).filter(|_| at < self.columns) {
                Some(part) => choose(cell, at + 1, part),
                None => self.text.len(),
            };
        }
        let found = self.cells.iter().enumerate().find_map(|(nth, cell)| Some((nth, cell, within(cell)?)));
        found.map_or(self.text.len(), |(nth, cell, part)| {
            let next = self.cells.get(nth + 1).map_or(self.text.len(), |next| next.at);
            choose(*cell, next, part)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn plain_text_has_one_column_a_byte() {
        let cells = Cells::new("npm error");
        assert_eq!(cells.columns_of(&(4..9)), vec![4..9]);
        assert_eq!((cells.byte_near(4.4), cells.byte_near(4.6), cells.byte_near(99.0)), (4, 5, 9));
        assert_eq!(cells.byte_under(4.9), 4);
    }

    #[test]
    fn wide_characters_tabs_and_accents_take_what_is_drawn() {
        let cells = Cells::new("日e\u{301}\tx");
        assert_eq!(cells.columns(), 2 + 1 + 4 + 1);
        assert_eq!(cells.columns_of(&(3..6)), vec![2..3], "the accent stands on its letter");
        assert_eq!(cells.column_at(7), 7);
        assert_eq!(cells.byte_near(1.2), 3);
        assert_eq!(cells.byte_near(2.9), 6, "behind the accent, never between");
    }

    #[test]
    fn letters_from_right_to_left_stand_mirrored_and_move_nothing_else() {
        let text = "ab אבג cd";
        let cells = Cells::new(text);
        assert_eq!(cells.columns_of(&(0..3)), vec![0..3]);
        assert_eq!(cells.columns_of(&(3..5)), vec![5..6], "the first letter is the rightmost");
        assert_eq!(cells.columns_of(&(3..9)), vec![3..6]);
        assert_eq!(cells.columns_of(&(9..text.len())), vec![6..9]);
    }

    proptest! {
        #[test]
        fn every_column_leads_to_a_character_and_back(row in "[ -~é日א\u{301}📦]{1,60}") {
            let cells = Cells::new(&row);
            for column in 0..cells.columns() {
                let byte = cells.byte_under(column as f32 + 0.5);
                prop_assert!(row.is_char_boundary(byte));
                let spans = cells.columns_of(&(byte..byte + 1));
                prop_assert!(spans.iter().any(|span| span.contains(&column)), "{} {:?}", column, spans);
            }
            let all: usize = cells.columns_of(&(0..row.len())).iter().map(Range::len).sum();
            prop_assert_eq!(all, cells.columns());
        }
    }
}
