//! Places in the text of a file: where a mistake stands.
//!
//! Example: in `{\n  "id": "x" }` the key `id` is at line 2, column 3.

/// Line and column of an offset, both counted from 1, the column in characters.
pub(super) fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    (line, before[start..].chars().count() + 1)
}

/// Where `near` stands: as a whole string first, then anywhere. Nowhere if it is empty.
pub(super) fn find(text: &str, near: &str) -> Option<(usize, usize)> {
    if near.is_empty() {
        return None;
    }
    // As JSON writes it, and once more without what some editors escape besides.
    let quoted = serde_json::to_string(near).ok()?;
    let inner = quoted.trim_matches('"');
    let offset = text.find(&quoted).or_else(|| text.find(inner)).or_else(|| text.find(near))?;
    Some(place(text, offset))
}

/// The offset of a line and a column as `serde_json` counts them: both from 1, the column in bytes.
pub(super) fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut offset = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// Where the last `near` before an offset stands.
pub(super) fn find_before(text: &str, near: &str, offset: usize) -> Option<(usize, usize)> {
    // The offset may point into the string itself.
    let mut end = (offset + near.len() + 2).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].rfind(near).map(|at| place(text, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_string_is_preferred_to_a_piece_of_one() {
        let text = "{\n  \"title\": \"the id\",\n  \"é\": \"id\" }";
        assert_eq!(find(text, "id"), Some((3, 8)));
        assert_eq!(find(text, "the i"), Some((2, 13)));
        assert_eq!(find(text, "nowhere"), None);
        assert_eq!(find("{ \"regex\": \"a\\\\d\" }", "a\\d"), Some((1, 12)));
    }

    #[test]
    fn no_line_and_column_leads_out_of_the_text() {
        for (line, column) in [(0, 0), (1, 1), (2, 2), (9, 9), (1, 99)] {
            let text = "é\nü\n";
            assert!(text.is_char_boundary(offset(text, line, column)));
        }
        assert_eq!(offset("ab\ncd", 2, 2), 4);
    }
}
