//! Where the lines of a log stand when they are wrapped: a table of running totals, so that a log of any length is
//! drawn row by row.
//!
//! Owns wrapping. Must not know colours or widgets. Widths are counted in columns of a fixed-width font.

use std::cell::RefCell;
use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use crate::text::Redacted;

/// What a tab takes.
pub const TAB_COLUMNS: usize = 4;
/// How far back from the end of a row a better place to break is looked for, in parts of the row.
const LOOK_BACK: usize = 3;

/// The table for one log, made anew when the width changes.
#[derive(Debug)]
pub struct LogRows {
    /// Columns of the widest line number.
    pub number_columns: usize,
    table: RefCell<Table>,
}

#[derive(Debug, Default)]
struct Table {
    columns: usize,
    /// For each line, how many rows end with it.
    ends: Vec<u32>,
}

impl LogRows {
    /// For one log; the table itself is made when the width is known.
    pub fn new(log: &Redacted) -> Self {
        let last = log.line_count().checked_sub(1).map_or(1, |row| log.line_number(row));
        Self { number_columns: last.to_string().len().max(2), table: RefCell::default() }
    }

    /// Wraps all lines to `columns`, unless they already are, and says how many rows that makes.
    pub fn wrap(&self, log: &Redacted, columns: usize) -> usize {
        let columns = columns.max(8);
        let mut table = self.table.borrow_mut();
        if table.columns != columns || table.ends.len() != log.line_count() {
            let mut total: u32 = 0;
            table.ends.clear();
            table.ends.extend(log.lines().map(|line| {
                // A row of its own says which lines were left out.
                let gap = u32::from(log.gap_before(line.row).is_some());
                total = total.saturating_add(count_rows(line.text, columns) + gap);
                total
            }));
            table.columns = columns;
        }
        table.ends.last().map_or(0, |&total| total as usize)
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
}

/// How many rows a line takes.
fn count_rows(line: &str, columns: usize) -> u32 {
    // The usual line is shorter than the window is wide, and no character but the tab is wider than its bytes.
    if line.len() <= columns && !line.contains('\t') {
        return 1;
    }
    u32::try_from(wrap(line, columns).count()).unwrap_or(u32::MAX)
}

/// Cuts a line into rows of at most `columns`: after a space if there is one near the end of the row, else after a
/// character that words of a URL or path are joined with, else anywhere. An empty line is one empty row.
pub fn wrap(line: &str, columns: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let is_simple = line.is_ascii() && !line.contains('\t');
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let rest = &line[start..];
        let full = if is_simple { rest.len().min(columns) } else { fitting(rest, columns) };
        let end = if full == rest.len() { rest.len() } else { better_break(rest, full) };
        next = (start + end < line.len()).then_some(start + end);
        Some(start..start + end)
    })
}

/// How many bytes of `text` fit into `columns`; at least one character.
fn fitting(text: &str, columns: usize) -> usize {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += columns_of(c);
        if used > columns && at > 0 {
            return at;
        }
    }
    text.len()
}

/// How many columns a character takes.
pub fn columns_of(c: char) -> usize {
    if c == '\t' { TAB_COLUMNS } else { c.width().unwrap_or(0) }
}

fn better_break(text: &str, full: usize) -> usize {
    let bytes = text.as_bytes();
    // A space that would start the next row stays at the end of this one, where nobody sees it.
    if bytes.get(full) == Some(&b' ') {
        return full + 1;
    }
    let from = full - full / LOOK_BACK;
    let after = |joins: fn(u8) -> bool| (from..full).rev().find(|&at| joins(bytes[at])).map(|at| at + 1);
    after(|byte| byte == b' ')
        .or_else(|| after(|byte| matches!(byte, b'/' | b'\\' | b',' | b';' | b'&' | b'?' | b'=')))
        .unwrap_or(full)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(line: &str, columns: usize) -> Vec<&str> {
        wrap(line, columns).map(|range| &line[range]).collect()
    }

    #[test]
    fn an_empty_line_is_one_row() {
        assert_eq!(rows("", 10), [""]);
        assert_eq!(count_rows("", 10), 1);
    }

    #[test]
    fn rows_end_after_words_where_they_can() {
        assert_eq!(rows("npm error code E403", 12), ["npm error ", "code E403"]);
        assert_eq!(rows("abcd efgh", 4), ["abcd ", "efgh"]);
        assert_eq!(rows("abcdefghij", 4), ["abcd", "efgh", "ij"]);
    }

    #[test]
    fn wide_characters_and_tabs_are_counted_as_drawn() {
        assert_eq!(rows("日本語テキスト", 8), ["日本語テ", "キスト"]);
        assert_eq!(rows("\tab\tcd", 8), ["\tab", "\tcd"]);
        assert_eq!(count_rows("\t\t\t", 8), 2);
    }

    #[test]
    fn no_byte_is_lost_and_no_row_is_too_wide() {
        let lines = ["x".repeat(1000), "wörter über alles ".repeat(40), "📦\t日本 a/b/c?d=e&f ".repeat(30)];
        for line in &lines {
            for columns in [8, 13, 40, 200] {
                let rows: Vec<_> = rows(line, columns);
                assert_eq!(rows.concat(), *line);
                assert_eq!(rows.len(), count_rows(line, columns) as usize);
                for row in rows {
                    let width: usize = row.trim_end().chars().map(columns_of).sum();
                    assert!(width <= columns, "{row:?} is {width} wide, not {columns}");
                }
            }
        }
    }
}
