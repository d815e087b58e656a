//! The words of the log: its search, its selection, its hidden secrets.

use super::grouped;

/// What the field is called.
pub const FIELD: &str = "Find in log";
/// What stands in the empty field.
pub const HINT: &str = "Find";
/// The switch for capitals.
pub const CAPITALS: &str = "Match case";
/// What stands on it.
pub const CAPITALS_SIGN: &str = "Aa";
/// The button that puts the search away.
pub const CLOSE: &str = "Close the search";
/// Nothing was found.
pub const NO_MATCH: &str = "No match";
/// Nothing was found yet.
pub const COUNTING: &str = "Searching…";
/// Copied things.
pub const THE_SELECTION: &str = "the selection";
/// Copied things.
pub const THE_LINE: &str = "the line";
/// Everything was selected.
pub const ALL_SELECTED: &str = "The whole log is selected";
/// The line of the menu that selects everything.
pub const SELECT_ALL: &str = "Select all";
/// The line of the menu that copies.
pub const COPY: &str = "Copy";
/// The way back after a jump.
pub const BACK: &str = "Back to the answer";
/// What it does.
pub const BACK_TIP: &str = "Goes back to where you were in the answer (Esc)";
/// What a press on the number of secrets does.
pub const NEXT_SECRET_TIP: &str = "Shows the next place where a secret was hidden";

/// Which of the places is shown; `+` while the rest is still being searched.
pub fn position(current: usize, all: usize, is_counting: bool) -> String {
    let more = if is_counting { "+" } else { "" };
    format!("{} of {}{more}", grouped(current), grouped(all))
}

/// A line was jumped to.
pub fn shown(line: usize) -> String {
    format!("Line {} is shown in the log", grouped(line))
}

/// How far a selection reaches.
pub fn lines_selected(count: usize) -> String {
    match count {
        0 => "Nothing is selected".to_owned(),
        1 => "1 line is selected".to_owned(),
        count => format!("{} lines are selected", grouped(count)),
    }
}

/// A hidden secret was jumped to.
pub fn secret_at(mask: &str, line: usize, nth: usize, all: usize) -> String {
    let (kind, number) = mask_parts(mask);
    format!("Secret {number}, {kind}, line {}, {} of {} places", grouped(line), grouped(nth), grouped(all))
}

/// What was hidden here, and where else the same secret stands.
pub fn secret_tip(mask: &str, others: &[usize], more: usize) -> String {
    let (kind, number) = mask_parts(mask);
    let lines: Vec<String> = others.iter().map(|&line| grouped(line)).collect();
    let also = match (lines.as_slice(), more) {
        ([], _) => String::new(),
        ([line], 0) => format!(" The same secret stands in line {line}."),
        (lines, 0) => format!(" The same secret stands in lines {}.", lines.join(", ")),
        (lines, more) => {
            format!(" The same secret stands in lines {} and {} more.", lines.join(", "), grouped(more))
        }
    };
    format!("Hidden before it was shown: {kind}, secret {number} of this log.{also}")
}

/// Kind and number of what stands in place of a secret: `‹npm token #1›`, or `‹npm-token-1›` inside a URL.
fn mask_parts(mask: &str) -> (String, &str) {
    let inner = mask.trim_start_matches('‹').trim_end_matches('›').trim_end_matches(", continued");
    match inner.rsplit_once(" #").or_else(|| inner.rsplit_once('-')) {
        Some((kind, number)) => (kind.replace('-', " "), number),
        None => (inner.to_owned(), ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hidden_secret_is_told_by_kind_and_number() {
        assert_eq!(mask_parts("‹npm token #12›"), ("npm token".to_owned(), "12"));
        assert_eq!(mask_parts("‹npm token #1, continued›"), ("npm token".to_owned(), "1"));
        assert_eq!(mask_parts("‹npm-token-3›"), ("npm token".to_owned(), "3"));
        assert_eq!(mask_parts("‹odd›"), ("odd".to_owned(), ""));
        assert_eq!(
            secret_tip("‹password #2›", &[4, 9], 3),
            "Hidden before it was shown: password, secret 2 of this log. The same secret stands in lines 4, 9 and 3 more."
        );
    }

    #[test]
    fn the_place_among_all_is_said_while_they_are_still_counted() {
        assert_eq!(position(3, 128, false), "3 of 128");
        assert_eq!(position(3, 128, true), "3 of 128+");
    }
}
