//! Looking for words in a log, at once or in parts on a thread.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use regex::{Regex, RegexBuilder};

use crate::app::jobs::{Event, Outbox};
use crate::app::state::JobId;
use crate::text::Redacted;

/// How much is searched before the window is told.
const PART: usize = 2 * 1024 * 1024;

/// A place where the words stand. Logs are far shorter than four gigabytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    start: u32,
    end: u32,
}

impl Found {
    /// Its bytes in the log.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Words to look for.
#[derive(Clone, Debug)]
pub struct Pattern(Regex);

impl Pattern {
    /// Words; none when there are none. Without capitals, letters are equal that differ in nothing else.
    pub fn new(words: &str, capitals: bool) -> Option<Self> {
        if words.is_empty() {
            return None;
        }
        // A pattern that is too large to be compiled is found nowhere.
        RegexBuilder::new(&regex::escape(words)).case_insensitive(!capitals).build().ok().map(Self)
    }

    /// All places, in order and apart.
    pub fn find_in(&self, text: &str) -> Vec<Found> {
        self.find_from(text, 0)
    }

    fn find_from(&self, text: &str, before: usize) -> Vec<Found> {
        let place = |range: Range<usize>| {
            let at = |byte: usize| u32::try_from(before + byte).ok();
            Some(Found { start: at(range.start)?, end: at(range.end)? })
        };
        self.0.find_iter(text).filter_map(|found| place(found.range())).collect()
    }
}

/// Searches a long log and tells part by part what was found, until nobody wants to know.
pub fn search(log: Arc<Redacted>, pattern: Pattern, job: JobId, is_stale: Arc<AtomicBool>, outbox: Outbox) {
    thread::spawn(move || {
        for part in parts(log.as_str()) {
            if is_stale.load(Ordering::Relaxed) {
                return;
            }
            let found = pattern.find_from(&log.as_str()[part.clone()], part.start);
            let is_last = part.end == log.as_str().len();
            if is_last || !found.is_empty() {
                outbox.send(Event::Found(job, found, is_last));
            }
        }
    });
}

/// A text in parts that end with a line, since nothing is found across two lines.
fn parts(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(start..).filter(|rest| !rest.is_empty())?;
        let wanted = rest.len().min(PART);
        let end = memchr::memchr(b'\n', &rest[wanted - 1..]).map_or(rest.len(), |at| wanted + at);
        let part = start..start + end;
        start = part.end;
        Some(part)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(words: &str, capitals: bool, text: &str) -> Vec<usize> {
        let pattern = Pattern::new(words, capitals).unwrap();
        pattern.find_in(text).iter().map(|found| found.range().start).collect()
    }

    #[test]
    fn signs_are_looked_for_as_they_are() {
        assert_eq!(found("a.b*", false, "aXb a.b* A.B*"), [4, 9]);
        assert_eq!(found("(", true, "f(x)"), [1]);
    }

    #[test]
    fn capitals_matter_only_when_they_are_wanted_to() {
        assert_eq!(found("e403", false, "E403 e403"), [0, 5]);
        assert_eq!(found("e403", true, "E403 e403"), [5]);
        assert_eq!(found("ÜBER", false, "über"), [0]);
    }

    #[test]
    fn parts_end_with_lines_and_leave_nothing_out() {
        let line = format!("{}\n", "x".repeat(999));
        let text = line.repeat(5000) + "no end";
        let parts: Vec<_> = parts(&text).collect();
        assert!(parts.len() >= 3);
        assert_eq!(parts.iter().map(|part| &text[part.clone()]).collect::<String>(), text);
        assert!(parts[..parts.len() - 1].iter().all(|part| text[part.clone()].ends_with('\n')));
        assert_eq!(super::parts("").count(), 0);
        assert_eq!(super::parts(&"y".repeat(3 * PART)).count(), 1);
    }

    proptest! {
        #[test]
        fn on_small_letters_it_finds_what_the_standard_library_finds(
            words in "[a-c .]{1,3}",
            text in "[a-c .\n]{0,200}",
        ) {
            let expected: Vec<_> = text.match_indices(&words).map(|(at, _)| at).collect();
            prop_assert_eq!(found(&words, true, &text), expected.clone());
            prop_assert_eq!(found(&words, false, &text), expected);
        }
    }
}
