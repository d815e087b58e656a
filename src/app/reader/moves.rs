//! Where a key moves the end of a selection.

use crate::app::rows::{Cells, LogRows};
use crate::text::Redacted;

/// By what the end of the selection moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One character back.
    Left,
    /// One character on.
    Right,
    /// Rows as they are wrapped; up is negative.
    Rows(i64),
    /// To the beginning of the log.
    Start,
    /// To its end.
    End,
}

/// The byte that a step leads to.
pub fn moved(log: &Redacted, rows: &LogRows, byte: usize, step: Step) -> usize {
    let text = log.as_str();
    let byte = text.floor_char_boundary(byte.min(text.len()));
    match step {
        Step::Left => byte - text[..byte].chars().next_back().map_or(0, char::len_utf8),
        Step::Right => byte + text[byte..].chars().next().map_or(0, char::len_utf8),
        Step::Start => 0,
        Step::End => text.len(),
        Step::Rows(by) => vertically(log, rows, byte, by),
    }
}

fn vertically(log: &Redacted, rows: &LogRows, byte: usize, by: i64) -> usize {
    let all = rows.wrap(log, rows.columns());
    let row = rows.row_of(log, byte);
    let here = rows.bytes_of(log, row);
    let column = Cells::new(&log.as_str()[here.clone()]).column_at(byte.saturating_sub(here.start));
    let Some(target) = row.checked_add_signed(isize::try_from(by).unwrap_or(0)) else { return 0 };
    if target >= all {
        return log.as_str().len();
    }
    let there = rows.bytes_of(log, target);
    let end = there.end;
    let next = there.start + Cells::new(&log.as_str()[there]).byte_near(column as f32);
    // The end of a row that goes on is the start of the next one.
    let goes_on = next == end && target + 1 < all && rows.bytes_of(log, target + 1).start == end;
    if goes_on { log.as_str().floor_char_boundary(end.saturating_sub(1)) } else { next }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{decode, redact};

    #[test]
    fn rows_are_crossed_in_the_same_column() {
        let log = redact(decode("abcdefgh ijklmnop\nxy\nabc\n".as_bytes()));
        let rows = LogRows::new(&log);
        assert_eq!(rows.wrap(&log, 9), 4);
        let step = |byte, step| moved(&log, &rows, byte, step);
        assert_eq!(step(3, Step::Rows(1)), 12, "within the wrapped line");
        assert_eq!(step(12, Step::Rows(1)), 20, "a shorter line: to its end");
        assert_eq!(step(12, Step::Rows(-1)), 3);
        assert_eq!(step(3, Step::Rows(-1)), 0);
        assert_eq!(step(22, Step::Rows(5)), log.as_str().len());
        assert_eq!((step(0, Step::Left), step(0, Step::Right)), (0, 1));
        assert_eq!((step(9, Step::Start), step(9, Step::End)), (0, log.as_str().len()));
    }

    #[test]
    fn a_character_of_several_bytes_is_one_step() {
        let log = redact(decode("日x".as_bytes()));
        let rows = LogRows::new(&log);
        assert_eq!(moved(&log, &rows, 0, Step::Right), 3);
        assert_eq!(moved(&log, &rows, 3, Step::Left), 0);
        assert_eq!(moved(&log, &rows, 2, Step::Right), 3);
    }
}
