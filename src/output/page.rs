//! A sheet of text that wraps, indents and paints.
//!
//! Owns columns and escape sequences. Must not know advice.
//! Every text that is put on the sheet goes through [`safe::line`] first.

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

use super::safe;

/// What a line is, and so how it is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// As it is.
    Plain,
    /// A heading.
    Bold,
    /// Of less interest.
    Dim,
    /// What to copy.
    Command,
}

impl Paint {
    const fn sequence(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Bold => Some("\u{1b}[1m"),
            Self::Dim => Some("\u{1b}[2m"),
            Self::Command => Some("\u{1b}[36m"),
        }
    }
}

const RESET: &str = "\u{1b}[0m";

/// The sheet.
pub struct Page {
    out: String,
    width: usize,
    color: bool,
}

impl Page {
    /// An empty sheet of this width.
    pub fn new(width: usize, color: bool) -> Self {
        // Below 24 columns an indented word has no room, and wrapping makes things worse.
        Self { out: String::new(), width: width.max(24), color }
    }

    /// An empty line, unless there is one already or nothing before it.
    pub fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A wrapped paragraph behind `indent`.
    pub fn paragraph(&mut self, indent: &str, text: &str) {
        self.hanging(indent, indent, text, Paint::Plain);
    }

    /// A wrapped text whose first line starts with `first` and the others with `rest`.
    pub fn hanging(&mut self, first: &str, rest: &str, text: &str, paint: Paint) {
        let options = Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(rest)
            .break_words(false)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation)
            .wrap_algorithm(WrapAlgorithm::FirstFit);
        for line in textwrap::wrap(&safe::line(text), options) {
            self.painted(&line, paint);
        }
    }

    /// A line of a log: wrapped anywhere, its start on each line marked by `rest`.
    pub fn quoted(&mut self, first: &str, rest: &str, text: &str) {
        let options = Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(rest)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation)
            .wrap_algorithm(WrapAlgorithm::FirstFit);
        for line in textwrap::wrap(&safe::line(text), options) {
            self.painted(&line, Paint::Plain);
        }
    }

    /// Lines behind `indent` that are never wrapped, so that each can be copied whole.
    pub fn verbatim(&mut self, indent: &str, text: &str) {
        for line in safe::lines(text) {
            self.painted(&format!("{indent}{line}"), Paint::Command);
        }
    }

    /// Paragraphs behind `indent`, one for each line of `text`.
    pub fn block(&mut self, indent: &str, text: &str) {
        for line in safe::lines(text) {
            self.paragraph(indent, &line);
        }
    }

    /// One line as it is; the caller answers for it being harmless.
    fn painted(&mut self, line: &str, paint: Paint) {
        let line = line.trim_end();
        match paint.sequence().filter(|_| self.color && !line.is_empty()) {
            Some(sequence) => {
                self.out.push_str(sequence);
                self.out.push_str(line);
                self.out.push_str(RESET);
            }
            None => self.out.push_str(line),
        }
        self.out.push('\n');
    }

    /// The finished sheet, harmless to a CI agent.
    pub fn finish(self) -> String {
        safe::defused(&self.out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_wraps_at_words_and_a_command_never_does() {
        let mut page = Page::new(24, false);
        page.paragraph("  ", "one two three four five six");
        page.verbatim("    ", "npm view @acme/a-long-name versions --json");
        assert_eq!(
            page.finish(),
            "  one two three four\n  five six\n    npm view @acme/a-long-name versions --json\n"
        );
    }

    #[test]
    fn a_quoted_line_keeps_its_mark_when_it_wraps() {
        let mut page = Page::new(24, false);
        page.quoted("  7 | ", "    | ", &format!("{} ::error::x", "y".repeat(30)));
        for line in page.finish().lines() {
            assert!(line.starts_with("  7 | ") || line.starts_with("    | "), "{line}");
        }
    }

    #[test]
    fn escape_sequences_come_from_the_page_and_never_from_the_text() {
        let mut page = Page::new(80, true);
        page.hanging("", "", "a\u{1b}[31mb", Paint::Bold);
        assert_eq!(page.finish(), "\u{1b}[1ma[31mb\u{1b}[0m\n");
    }
}
