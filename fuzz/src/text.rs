//! Decoding, cleaning and masking of raw bytes.

use unforbid::text::{Place, Redacted, decode, redact};

/// Reads `bytes` and checks everything that the library promises of the result.
pub fn check(bytes: &[u8]) {
    let log = redact(decode(bytes));
    assert_eq!(log.byte_size(), bytes.len() as u64);
    check_characters(&log);
    check_rows(&log);
    check_masks(&log);
    check_places(&log);
    if let Ok(text) = std::str::from_utf8(bytes) {
        check_origin(text, &log);
    }
    check_again(&log);
}

fn check_characters(log: &Redacted) {
    for c in log.as_str().chars() {
        assert!(c == '\n' || c == '\t' || !c.is_control(), "a control character: {c:?}");
        assert!(!crate::is_hidden(c), "a hidden character: {c:?}");
    }
    for warning in log.warnings() {
        assert!(!warning.is_empty() && !warning.contains(char::is_control), "{warning:?}");
    }
}

fn check_rows(log: &Redacted) {
    let text = log.as_str();
    assert_eq!(log.lines().count(), log.line_count());
    let mut next = 0;
    for line in log.lines() {
        assert_eq!(line.start, next, "row {} starts where the one before ends", line.row);
        assert_eq!(line.start, log.line_start(line.row));
        assert_eq!(text.get(line.start..line.start + line.text.len()), Some(line.text));
        assert!(!line.text.contains('\n'));
        assert_eq!(log.row_at(line.start), line.row);
        next = line.start + line.text.len() + 1;
    }
    assert!(next == text.len() || next == text.len() + 1, "{next} of {}", text.len());
    assert_eq!(log.line(log.line_count()), "");
}

fn check_masks(log: &Redacted) {
    let text = log.as_str();
    let mut end = 0;
    let mut numbers = Vec::new();
    for mask in log.masks() {
        assert!(mask.span.start >= end, "masks are in order and apart");
        let words = text.get(mask.span.start..mask.span.end).expect("a mask is a whole part of the text");
        assert!(words.starts_with('‹') && words.ends_with('›'), "{words}");
        assert!(!words.contains('\n'));
        assert!(words.contains(&mask.number.to_string()), "{words} is not number {}", mask.number);
        numbers.push(mask.number);
        end = mask.span.end;
    }
    let most = numbers.iter().max().copied().unwrap_or(0);
    assert!(most <= log.secrets_hidden(), "{most} of {}", log.secrets_hidden());
}

/// The bytes whose places are looked at: all of a short text, a part of a long one.
fn samples(log: &Redacted) -> impl Iterator<Item = usize> {
    let length = log.as_str().len();
    (0..length + 3).step_by(1 + length / 512)
}

fn check_places(log: &Redacted) {
    let mut before = Place { line: 1, column: 1 };
    for byte in samples(log) {
        let place = log.place(byte);
        assert!(place >= before, "byte {byte} is at {place:?}, one before it at {before:?}");
        assert!(place.column >= 1);
        assert_eq!(place.line, log.line_number(log.row_at(byte)));
        before = place;
    }
}

/// Letters and digits that were not masked stand in the original where their places say.
fn check_origin(original: &str, log: &Redacted) {
    // Carriage returns alone can end lines; a mark at the start is not part of the first.
    if log.encoding() != "UTF-8" || !original.contains('\n') || original.starts_with('\u{feff}') {
        return;
    }
    let lines: Vec<Vec<char>> = original.split('\n').map(|line| line.chars().collect()).collect();
    let mut masks = log.masks().iter().peekable();
    for (byte, c) in log.as_str().char_indices().step_by(1 + log.as_str().len() / 512) {
        while masks.next_if(|mask| mask.span.end <= byte).is_some() {}
        let is_masked = masks.peek().is_some_and(|mask| mask.span.start <= byte);
        let place = log.place(byte);
        let line = &lines[place.line - 1];
        // What was unwrapped from JSON, or written out, has other letters than the original.
        let is_rewritten =
            log.line(log.row_at(byte)).contains("‹U+") || line.starts_with(&['{']) || is_wrapped(line);
        if !is_rewritten {
            assert!(place.column <= line.len() + 1, "{place:?} is behind its line's end");
            if !is_masked && c.is_ascii_alphanumeric() {
                assert_eq!(line.get(place.column - 1), Some(&c), "{place:?} of {line:?}");
            }
        }
    }
}

fn is_wrapped(line: &[char]) -> bool {
    line.iter().collect::<String>().contains("\"stream\"")
}

/// What is masked holds nothing that would be masked again.
fn check_again(log: &Redacted) {
    let again = redact(decode(log.as_str().as_bytes()));
    assert_eq!(again.secrets_hidden(), 0, "first:\n{}\nsecond:\n{}", log.as_str(), again.as_str());
}
