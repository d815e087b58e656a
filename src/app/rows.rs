//! Where the lines of a log stand when they are wrapped: a table of running totals, so that a log of any length is
//! drawn row by row.
//!
//! Owns the table and the place that is on top of what is seen. Must not know colours or widgets.

mod cells;
mod wrap;

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::sync::Arc;
use std::thread;

pub use cells::{Cells, Kind, Run};
pub use wrap::{TAB_COLUMNS, wrap};

use crate::text::Redacted;
use wrap::count_rows;

/// Longer lines get a table of their own, so that their last row is found as fast as their first.
const LONG_LINE: usize = 32 * 1024;
/// Every so many rows of a long line are noted.
const STRIDE: usize = 256;
/// Shorter logs are counted by one thread.
const AT_ONCE: usize = 1024 * 1024;
/// More threads than these help nobody.
const MOST_THREADS: usize = 8;
/// For how many long lines tables are kept.
const MOST_LONG: usize = 8;

/// The table for one log, made anew when the width changes.
#[derive(Debug)]
pub struct LogRows {
    /// Columns of the widest line number.
    pub number_columns: usize,
    table: RefCell<Table>,
    long: RefCell<Vec<Arc<Long>>>,
    place: Cell<Place>,
}

#[derive(Debug, Default)]
struct Table {
    columns: usize,
    /// For each line, how many rows end with it.
    ends: Vec<u32>,
}

/// Where some rows of a long line start.
#[derive(Debug)]
struct Long {
    line: usize,
    starts: Vec<u32>,
}

/// What is on top of the part that is seen. It outlives a change of the width, so that the same line stays on top.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// The first byte of the top row.
    pub byte: usize,
    /// By how much the row is above the edge, in points.
    pub above: f32,
    /// How far was scrolled when this was noted.
    pub offset: f32,
    /// How wide the rows were; 0 when nothing was noted yet.
    pub columns: usize,
    /// Where in the window they were drawn, as drawing names it.
    pub layout: Option<egui::Id>,
}

impl LogRows {
    /// For one log; the table itself is made when the width is known.
    pub fn new(log: &Redacted) -> Self {
        let last = log.line_count().checked_sub(1).map_or(1, |row| log.line_number(row));
        Self {
            number_columns: last.to_string().len().max(2),
            table: RefCell::default(),
            long: RefCell::default(),
            place: Cell::default(),
        }
    }

    /// Wraps all lines to `columns`, unless they already are, and says how many rows that makes.
    pub fn wrap(&self, log: &Redacted, columns: usize) -> usize {
        let columns = columns.max(8);
        let mut table = self.table.borrow_mut();
        if table.columns != columns || table.ends.len() != log.line_count() {
            let mut total: u32 = 0;
            table.ends = counts(log, columns);
            for end in &mut table.ends {
                total = total.saturating_add(*end);
                *end = total;
            }
            table.columns = columns;
            self.long.borrow_mut().clear();
        }
        table.ends.last().map_or(0, |&total| total as usize)
    }

    /// How wide the rows are; 0 before they are wrapped for the first time.
    pub fn columns(&self) -> usize {
        self.table.borrow().columns
    }

    /// The first row of a line.
    pub fn first_row(&self, line: usize) -> usize {
        let table = self.table.borrow();
        match line.checked_sub(1) {
            Some(before) => table.ends.get(before).or(table.ends.last()).map_or(0, |&end| end as usize),
            None => 0,
        }
    }

    /// The line that a row belongs to.
    pub fn line_at(&self, row: usize) -> usize {
        self.table.borrow().ends.partition_point(|&end| end as usize <= row)
    }

    /// The rows of a line from its `nth` on, as ranges of its text.
    pub fn rows_of<'a>(
        &self,
        log: &'a Redacted,
        line: usize,
        nth: usize,
    ) -> impl Iterator<Item = Range<usize>> + use<'a> {
        let text = log.line(line);
        let columns = self.columns().max(8);
        let (known, start) = match self.long_line(text, line) {
            Some(long) => {
                let at = (nth / STRIDE).min(long.starts.len().saturating_sub(1));
                (at * STRIDE, long.starts.get(at).map_or(0, |&start| start as usize))
            }
            None => (0, 0),
        };
        wrap(text.get(start..).unwrap_or_default(), columns)
            .skip(nth.saturating_sub(known))
            .map(move |row| row.start + start..row.end + start)
    }

    fn long_line(&self, text: &str, line: usize) -> Option<Arc<Long>> {
        if text.len() < LONG_LINE {
            return None;
        }
        let mut kept = self.long.borrow_mut();
        if let Some(long) = kept.iter().find(|long| long.line == line) {
            return Some(Arc::clone(long));
        }
        let rows = wrap(text, self.columns().max(8)).step_by(STRIDE);
        let starts = rows.map(|row| u32::try_from(row.start).unwrap_or(u32::MAX)).collect();
        let long = Arc::new(Long { line, starts });
        if kept.len() >= MOST_LONG {
            kept.remove(0);
        }
        kept.push(Arc::clone(&long));
        Some(long)
    }

    /// The row that a byte of the log stands in.
    pub fn row_of(&self, log: &Redacted, byte: usize) -> usize {
        let line = log.row_at(byte);
        let within = byte.saturating_sub(log.line_start(line));
        let gap = usize::from(log.gap_before(line).is_some());
        let text = log.line(line);
        let known = self.long_line(text, line).map_or(0, |long| {
            long.starts.partition_point(|&start| start as usize <= within).saturating_sub(1) * STRIDE
        });
        let before = self.rows_of(log, line, known).take_while(|row| row.start <= within).count();
        self.first_row(line) + gap + (known + before).saturating_sub(1)
    }

    /// The bytes of the log that stand in a row; the row that says what is left out has none.
    pub fn bytes_of(&self, log: &Redacted, row: usize) -> Range<usize> {
        let end = log.as_str().len();
        let line = self.line_at(row);
        if line >= log.line_count() {
            return end..end;
        }
        let start = log.line_start(line);
        let nth = row - self.first_row(line);
        let gap = usize::from(log.gap_before(line).is_some());
        match nth.checked_sub(gap).and_then(|nth| self.rows_of(log, line, nth).next()) {
            Some(row) => start + row.start..start + row.end,
            None => start..start,
        }
    }

    /// What is on top of the part that is seen.
    pub fn place(&self) -> Place {
        self.place.get()
    }

    /// Notes it.
    pub fn set_place(&self, place: Place) {
        self.place.set(place);
    }
}

/// How many rows each line takes; a long log is counted by several threads at once.
fn counts(log: &Redacted, columns: usize) -> Vec<u32> {
    let count = |lines: Range<usize>| -> Vec<u32> {
        // A row of its own says which lines were left out.
        let gap = |line| u32::from(log.gap_before(line).is_some());
        lines.map(|line| count_rows(log.line(line), columns).saturating_add(gap(line))).collect()
    };
    let lines = log.line_count();
    let threads = match log.as_str().len() {
        length if length < AT_ONCE => 1,
        _ => thread::available_parallelism().map_or(1, usize::from).clamp(1, MOST_THREADS),
    };
    if threads == 1 {
        return count(0..lines);
    }
    let part = lines.div_ceil(threads).max(1);
    thread::scope(|scope| {
        let parts = (0..threads).map(|nth| (nth * part).min(lines)..((nth + 1) * part).min(lines));
        let workers: Vec<_> = parts.map(|lines| (lines.clone(), scope.spawn(move || count(lines)))).collect();
        let mut all = Vec::with_capacity(lines);
        for (lines, worker) in workers {
            // A thread that could not do it is replaced by this one.
            all.extend(worker.join().unwrap_or_else(|_| count(lines)));
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{decode, redact};

    fn check(text: &str, columns: usize) {
        let log = redact(decode(text.as_bytes()));
        let rows = LogRows::new(&log);
        let count = rows.wrap(&log, columns);
        let mut shown = String::new();
        for row in 0..count {
            let bytes = rows.bytes_of(&log, row);
            assert_eq!(rows.row_of(&log, bytes.start), row, "{text:?}");
            shown.push_str(&log.as_str()[bytes]);
        }
        assert_eq!(shown, log.as_str().replace('\n', ""));
    }

    #[test]
    fn the_rows_of_a_long_line_are_found_from_both_ends() {
        let line = "some words / of a path? and=more 日本 ".repeat(4000);
        check(&format!("first\n{line}\nlast\n"), 37);
        let log = redact(decode(line.as_bytes()));
        let rows = LogRows::new(&log);
        let count = rows.wrap(&log, 37);
        let all: Vec<_> = wrap(log.line(0), 37).collect();
        assert_eq!(all.len(), count);
        for nth in [0, 1, STRIDE - 1, STRIDE, STRIDE + 1, count - 1] {
            assert_eq!(rows.rows_of(&log, 0, nth).next(), all.get(nth).cloned());
        }
    }

    #[test]
    fn a_log_that_is_counted_by_several_threads_has_the_same_rows() {
        let lines: String = (0..30_000).map(|n| format!("{}\n", "word/ ".repeat(n % 23))).collect();
        assert!(lines.len() > AT_ONCE);
        let log = redact(decode(lines.as_bytes()));
        let rows = LogRows::new(&log);
        let count = rows.wrap(&log, 30);
        let expected: usize = log.lines().map(|line| wrap(line.text, 30).count()).sum();
        assert_eq!(count, expected);
        assert_eq!(rows.first_row(log.line_count()), expected);
    }

    proptest! {
        #[test]
        fn every_row_has_its_bytes_and_every_byte_its_row(
            text in "([ -~é日📦/]{0,60}\n){0,12}[ -~]{0,9}",
            columns in 8usize..50,
        ) {
            check(&text, columns);
        }
    }
}
