//! Where a line is cut into rows.
//!
//! Owns widths and breaks. Must not know logs. Widths are counted in columns of a fixed-width font.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

/// What a tab takes.
pub const TAB_COLUMNS: usize = 4;
/// How far back from the end of a row a better place to break is looked for, in parts of the row.
const LOOK_BACK: usize = 3;
/// Marks without a width of their own could fill a row without end, so a row has at most this many bytes a column.
const BYTES_PER_COLUMN: usize = 16;

/// How many rows a line takes.
pub fn count_rows(line: &str, columns: usize) -> u32 {
    // The usual line is shorter than the window is wide, and no character but the tab is wider than its bytes.
    if line.len() <= columns && !line.contains('\t') {
        return 1;
    }
    let bytes = line.as_bytes();
    let count = match bytes.is_ascii() && memchr::memchr(b'\t', bytes).is_none() {
        true => count_plain(bytes, columns),
        false => wrap(line, columns).count(),
    };
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The same as counting what [`wrap`] makes of a line, where every byte is one column: most of the time goes by here.
fn count_plain(mut rest: &[u8], columns: usize) -> usize {
    let mut rows = 1;
    while rest.len() > columns {
        let end = match rest[columns] {
            b' ' => columns + 1,
            _ => {
                let from = columns - columns / LOOK_BACK;
                let near = &rest[from..columns];
                let space = memchr::memrchr(b' ', near);
                let at = space.or_else(|| near.iter().rposition(|&byte| JOINS[byte as usize]));
                at.map_or(columns, |at| from + at + 1)
            }
        };
        if end == rest.len() {
            break;
        }
        rest = &rest[end..];
        rows += 1;
    }
    rows
}

/// What words of a URL or path are joined with.
const JOINS: [bool; 256] = {
    let mut joins = [false; 256];
    let all = b"/\\,;&?=";
    let mut at = 0;
    while at < all.len() {
        joins[all[at] as usize] = true;
        at += 1;
    }
    joins
};

/// Cuts a line into rows of at most `columns`: after a space if there is one near the end of the row, else after a
/// character that words of a URL or path are joined with, else anywhere. An empty line is one empty row.
///
/// A row depends only on what follows its start, so that wrapping can begin at any row.
pub fn wrap(line: &str, columns: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let rest = &line[start..];
        let window = &rest.as_bytes()[..rest.len().min(columns + 1)];
        let is_simple = window.is_ascii() && memchr::memchr(b'\t', window).is_none();
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
        if (used > columns || at >= columns * BYTES_PER_COLUMN) && at > 0 {
            return at;
        }
    }
    text.len()
}

/// How many columns a character takes.
pub fn columns_of(c: char) -> usize {
    match c {
        '\t' => TAB_COLUMNS,
        ' '..='~' => 1,
        c => c.width().unwrap_or(0),
    }
}

fn better_break(text: &str, full: usize) -> usize {
    let bytes = text.as_bytes();
    // A space that would start the next row stays at the end of this one, where nobody sees it.
    if bytes.get(full) == Some(&b' ') {
        return full + 1;
    }
    let from = full - full / LOOK_BACK;
    // An accent stays with what it stands on.
    let starts_a_row = |at: usize| {
        let next = text.get(at..).and_then(|rest| rest.chars().next());
        next.is_some_and(|c| c.is_ascii() || columns_of(c) > 0)
    };
    let after = |joins: fn(u8) -> bool| {
        (from..full).rev().find(|&at| joins(bytes[at]) && starts_a_row(at + 1)).map(|at| at + 1)
    };
    after(|byte| byte == b' ').or_else(|| after(|byte| JOINS[byte as usize])).unwrap_or(full)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
    fn an_accent_is_not_torn_off() {
        assert_eq!(rows("abcde\u{301}fghij", 5), ["abcde\u{301}", "fghij"]);
        assert_eq!(rows("abcde/\u{301}fghij", 6), ["abcde/\u{301}", "fghij"]);
    }

    #[test]
    fn a_heap_of_accents_does_not_make_one_endless_row() {
        let line = format!("a{}", "\u{301}".repeat(10_000));
        let rows = rows(&line, 10);
        assert!(rows.iter().all(|row| row.len() <= 10 * BYTES_PER_COLUMN + 4));
        assert_eq!(rows.concat(), line);
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

    proptest! {
        #[test]
        fn plain_lines_are_counted_as_they_are_cut(line in "[a-c /=,]{0,300}", columns in 8usize..40) {
            prop_assert_eq!(wrap(&line, columns).count(), count_rows(&line, columns) as usize);
        }

        #[test]
        fn any_line_is_cut_without_loss_and_can_be_taken_up_at_any_row(
            line in "[ -~\t/?é日א\u{301}📦‹›]{0,300}",
            columns in 8usize..90,
        ) {
            let whole: Vec<_> = wrap(&line, columns).collect();
            prop_assert_eq!(whole.len(), count_rows(&line, columns) as usize);
            prop_assert_eq!(whole.iter().map(|row| &line[row.clone()]).collect::<String>(), line.clone());
            for (nth, row) in whole.iter().enumerate() {
                let shown = line[row.clone()].trim_end();
                prop_assert!(shown.chars().map(columns_of).sum::<usize>() <= columns);
                let rest: Vec<_> = wrap(&line[row.start..], columns).map(|r| r.start + row.start).collect();
                let expected: Vec<_> = whole[nth..].iter().map(|row| row.start).collect();
                prop_assert_eq!(rest, expected);
            }
        }
    }
}
