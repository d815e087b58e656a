//! One pattern: what a text must hold for it to match, and its compiled form, made when it is first needed.
//!
//! Must not know entries.

use std::sync::OnceLock;

use memchr::memmem;
use regex::{Regex, RegexBuilder};

use super::bundled;
use super::needles::needles;

/// The memory that a compiled pattern may take: several times what the largest bundled one does.
const SIZE: usize = 4 * 1024 * 1024;

/// A pattern of some entry.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    needles: Needles,
    regex: OnceLock<Option<Regex>>,
}

/// Literals of which one must be there; none at all says nothing.
#[derive(Clone, Debug)]
enum Needles {
    /// Read off when the program was built.
    Bundled(&'static [&'static str]),
    /// Read off just now.
    Own(Vec<String>),
}

impl Pattern {
    /// What `pattern` needs; compiles nothing.
    pub(super) fn new(pattern: &str) -> Self {
        let bundled = bundled::needles();
        let needles = match bundled.binary_search_by(|(known, _)| (*known).cmp(pattern)) {
            Ok(at) => Needles::Bundled(bundled[at].1),
            Err(_) => Needles::Own(needles(pattern)),
        };
        Self { needles, regex: OnceLock::new() }
    }

    /// Whether a text that folds to `folded` can match at all.
    pub(super) fn may_match(&self, folded: &str) -> bool {
        let holds = |needle: &str| memmem::find(folded.as_bytes(), needle.as_bytes()).is_some();
        match &self.needles {
            Needles::Bundled(needles) => needles.is_empty() || needles.iter().any(|needle| holds(needle)),
            Needles::Own(needles) => needles.is_empty() || needles.iter().any(|needle| holds(needle)),
        }
    }

    /// The compiled form of `pattern`, which is the one this was made for.
    pub(super) fn regex(&self, pattern: &str) -> Option<&Regex> {
        self.regex.get_or_init(|| compile(pattern).ok()).as_ref()
    }
}

/// Compiles a pattern within bounds.
pub(super) fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern).size_limit(SIZE).build()
}

#[cfg(test)]
mod tests {
    use super::super::{Knowledge, fold};

    /// Whatever an entry's pattern matches in an example holds one of its needles; else looking for them first would
    /// change answers.
    #[test]
    fn no_text_that_a_pattern_matches_is_taken_for_one_that_it_cannot() {
        let knowledge = Knowledge::bundled();
        let causes = knowledge.causes().iter();
        let positive = causes.clone().flat_map(|cause| &cause.examples.positive).map(|example| &example.log);
        let negative = causes.flat_map(|cause| &cause.examples.negative).map(|example| &example.log);
        let related =
            knowledge.related().iter().flat_map(|entry| &entry.examples).map(|example| &example.log);
        // Every line once is enough for all patterns but those that reach over lines.
        let mut lines: Vec<&String> = positive.chain(negative).chain(related).flatten().collect();
        lines.sort();
        lines.dedup();
        let shouted: Vec<String> = lines.iter().map(|line| line.to_uppercase()).collect();
        let lines: Vec<(&str, String)> =
            lines.into_iter().chain(&shouted).map(|line| (line.as_str(), fold(line))).collect();
        let (mut matched, mut spared) = (0, 0);
        for (text, pattern) in &knowledge.patterns {
            let regex = pattern.regex(text).expect("every bundled pattern compiles");
            for (line, folded) in &lines {
                let may = pattern.may_match(folded);
                spared += usize::from(!may);
                if regex.is_match(line) {
                    matched += 1;
                    assert!(may, "{text:?} matches {line:?}");
                }
            }
        }
        assert!(matched > 1_000 && spared > 10 * matched, "{matched} matched, {spared} spared");
    }
}
