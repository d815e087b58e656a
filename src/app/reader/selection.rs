//! What is selected: from where the pointer went down to where it is, by characters, words or lines.

use std::ops::Range;

use crate::text::Redacted;

/// By what a selection grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Characters.
    Character,
    /// Words; a hidden secret is one.
    Word,
    /// Lines, without the end of the last one.
    Line,
}

/// A selection. Both ends are stretches, so that the word or line it began with stays in it whichever way it grows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    anchor: Range<usize>,
    head: Range<usize>,
    grain: Grain,
}

impl Selection {
    /// The character gap, word or line at a byte.
    pub fn at(log: &Redacted, byte: usize, grain: Grain) -> Self {
        let stretch = stretch(log, byte, grain);
        Self { anchor: stretch.clone(), head: stretch, grain }
    }

    /// The whole log.
    pub fn all(log: &Redacted) -> Self {
        let end = log.as_str().len();
        Self { anchor: 0..0, head: end..end, grain: Grain::Character }
    }

    /// From one byte to another.
    pub fn between(log: &Redacted, bytes: &Range<usize>) -> Self {
        let mut selection = Self::at(log, bytes.start, Grain::Character);
        selection.extend(log, bytes.end);
        selection
    }

    /// Moves the end that is not fixed.
    pub fn extend(&mut self, log: &Redacted, byte: usize) {
        self.head = stretch(log, byte, self.grain);
    }

    /// Whether extending it to a byte would change nothing.
    pub fn reaches(&self, log: &Redacted, byte: usize) -> bool {
        self.head == stretch(log, byte, self.grain)
    }

    /// What is in it.
    pub fn range(&self) -> Range<usize> {
        self.anchor.start.min(self.head.start)..self.anchor.end.max(self.head.end)
    }

    /// The end that is not fixed.
    pub fn end(&self) -> usize {
        if self.head.start < self.anchor.start { self.head.start } else { self.head.end }
    }

    /// How many lines it touches.
    pub fn lines(&self, log: &Redacted) -> usize {
        let range = self.range();
        if range.is_empty() { 0 } else { log.row_at(range.end) - log.row_at(range.start) + 1 }
    }
}

fn stretch(log: &Redacted, byte: usize, grain: Grain) -> Range<usize> {
    let text = log.as_str();
    let byte = text.floor_char_boundary(byte.min(text.len()));
    match grain {
        Grain::Character => byte..byte,
        Grain::Word => word_at(log, byte),
        Grain::Line => {
            let line = log.row_at(byte);
            let start = log.line_start(line);
            start..start + log.line(line).len()
        }
    }
}

/// The word at a byte, or the blanks, or the one sign that stands there.
fn word_at(log: &Redacted, byte: usize) -> Range<usize> {
    let masks = log.masks();
    let mask = masks.get(masks.partition_point(|mask| mask.span.end <= byte));
    if let Some(span) = mask.map(|mask| mask.span).filter(|span| span.start <= byte) {
        return span.start..span.end;
    }
    let line = log.row_at(byte);
    let (start, text) = (log.line_start(line), log.line(line));
    let within = (byte - start).min(text.len());
    // At the end of a line the last word is meant.
    let Some(under) = text[within..].chars().next().or_else(|| text.chars().next_back()) else {
        return byte..byte;
    };
    let at = if within == text.len() { within - under.len_utf8() } else { within };
    let kind = kind_of(under);
    if kind == Kind::Sign {
        return start + at..start + at + under.len_utf8();
    }
    let before = text[..at].chars().rev().take_while(|&c| kind_of(c) == kind).map(char::len_utf8);
    let after = text[at..].chars().take_while(|&c| kind_of(c) == kind).map(char::len_utf8);
    start + at - before.sum::<usize>()..start + at + after.sum::<usize>()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Blank,
    Sign,
}

fn kind_of(c: char) -> Kind {
    match c {
        // Versions and names of files and packages are words.
        '.' | '-' | '_' => Kind::Letter,
        c if c.is_whitespace() => Kind::Blank,
        c if c.is_ascii_punctuation() => Kind::Sign,
        _ => Kind::Letter,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{decode, redact};

    fn log(text: &str) -> Redacted {
        redact(decode(text.as_bytes()))
    }

    fn word(text: &str, byte: usize) -> String {
        let log = log(text);
        log.as_str()[Selection::at(&log, byte, Grain::Word).range()].to_owned()
    }

    #[test]
    fn a_word_is_what_people_would_call_one() {
        assert_eq!(word("npm error code E403\n", 5), "error");
        assert_eq!(word("npm error code E403\n", 19), "E403", "also from behind its end");
        assert_eq!(word("at @acme/left-pad@2.3.0-rc.1 now", 12), "left-pad");
        assert_eq!(word("at @acme/left-pad@2.3.0-rc.1 now", 20), "2.3.0-rc.1");
        assert_eq!(word("a  b", 1), "  ");
        assert_eq!(word("a (b", 2), "(");
        assert_eq!(word("", 0), "");
    }

    #[test]
    fn a_hidden_secret_is_one_word() {
        let text = format!("//r.example/:_authToken=npm_{}\n", "a1B2c3D4e5F6g7H8i9".repeat(2));
        let log = log(&text);
        let mask = log.masks()[0].span;
        let range = Selection::at(&log, mask.start + 5, Grain::Word).range();
        assert_eq!(range, mask.start..mask.end);
    }

    #[test]
    fn what_it_began_with_stays_selected_whichever_way_it_grows() {
        let log = log("one two three\nfour five\n");
        let mut selection = Selection::at(&log, 5, Grain::Word);
        selection.extend(&log, 9);
        assert_eq!(&log.as_str()[selection.range()], "two three");
        selection.extend(&log, 1);
        assert_eq!(&log.as_str()[selection.range()], "one two");
        let mut selection = Selection::at(&log, 16, Grain::Line);
        assert_eq!(&log.as_str()[selection.range()], "four five");
        selection.extend(&log, 2);
        assert_eq!(&log.as_str()[selection.range()], "one two three\nfour five");
        assert_eq!(selection.lines(&log), 2);
    }

    proptest! {
        #[test]
        fn any_two_clicks_select_whole_characters(
            text in "([ -~é日📦]{0,20}\n){0,5}",
            from in 0usize..200,
            to in 0usize..200,
            grain in prop_oneof![Just(Grain::Character), Just(Grain::Word), Just(Grain::Line)],
        ) {
            let log = log(&text);
            let mut selection = Selection::at(&log, from, grain);
            selection.extend(&log, to);
            prop_assert!(log.as_str().get(selection.range()).is_some());
        }
    }
}
