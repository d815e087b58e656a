//! What a text must hold for a pattern to match: literals, read off the pattern.
//!
//! Looking for a literal takes a fraction of a microsecond, compiling a pattern about two hundred of them; one log
//! makes a few of the hundreds of patterns match. So a pattern is compiled only when one of its needles is there.
//! The needles of the bundled patterns are read when the program is built, by `src/build.rs`, which uses this file.
//! Must not know entries.
//!
//! Example: `(?i)cannot publish over .*?(\d+)` has the needle `cannot publish over `.

use regex_syntax::hir::{Class, Hir, HirKind};

/// More alternatives are not worth looking for one by one.
const MOST: usize = 32;
/// Shorter needles are everywhere.
const SHORTEST: usize = 2;
/// The characters of a class that are still tried one by one.
const LARGEST_CLASS: usize = 64;

/// Literals of which at least one stands in [`fold`] of every text that the pattern matches.
///
/// Empty if there are none, or if the pattern is not valid: then only the pattern itself can tell.
pub fn needles(pattern: &str) -> Vec<String> {
    let Ok(hir) = regex_syntax::parse(pattern) else {
        return Vec::new();
    };
    let mut best = known(&hir).best().unwrap_or_default();
    best.sort_by_key(|needle| (needle.len(), needle.clone()));
    let mut kept: Vec<String> = Vec::new();
    for needle in best {
        // What holds a shorter needle is found by it.
        if !kept.iter().any(|shorter| needle.contains(shorter.as_str())) {
            kept.push(needle);
        }
    }
    kept
}

/// The text without upper case, as far as patterns that ignore case go beyond ASCII into it.
pub fn fold(text: &str) -> String {
    if text.contains(['\u{17f}', '\u{212a}']) {
        text.chars().map(fold_char).collect()
    } else {
        text.to_ascii_lowercase()
    }
}

/// To `(?i)`, the long s and the sign for kelvin are an s and a k.
const fn fold_char(c: char) -> char {
    match c {
        '\u{17f}' => 's',
        '\u{212a}' => 'k',
        _ => c.to_ascii_lowercase(),
    }
}

/// What is known of the texts that a part of a pattern matches.
#[derive(Default)]
struct Known {
    /// All of them, folded, if there are few.
    all: Option<Vec<String>>,
    /// Literals of which one stands in each of them.
    one_of: Option<Vec<String>>,
}

impl Known {
    fn all(texts: Vec<String>) -> Self {
        Self { all: Some(texts), one_of: None }
    }

    /// The literals that are the most telling.
    fn best(self) -> Option<Vec<String>> {
        [self.all, self.one_of]
            .into_iter()
            .flatten()
            .filter(|set| worth(set) >= SHORTEST)
            .max_by_key(|set| rank(set))
    }
}

/// How long the shortest is; an empty set or an empty text is worth nothing.
fn worth(set: &[String]) -> usize {
    set.iter().map(String::len).min().unwrap_or(0)
}

fn rank(set: &[String]) -> (usize, std::cmp::Reverse<usize>) {
    (worth(set), std::cmp::Reverse(set.len()))
}

fn known(hir: &Hir) -> Known {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Known::all(vec![String::new()]),
        HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
            Ok(text) => Known::all(vec![fold(text)]),
            Err(_) => Known::default(),
        },
        HirKind::Class(class) => of_class(class),
        HirKind::Capture(capture) => known(&capture.sub),
        HirKind::Repetition(repetition) => match (repetition.min, repetition.max) {
            (0, Some(1)) => {
                let all = known(&repetition.sub).all.map(|mut texts| {
                    texts.push(String::new());
                    texts
                });
                Known { all, one_of: None }
            }
            (0, _) => Known::default(),
            _ => Known { all: None, one_of: known(&repetition.sub).best() },
        },
        HirKind::Concat(parts) => in_a_row(parts),
        HirKind::Alternation(branches) => either(branches),
    }
}

fn of_class(class: &Class) -> Known {
    let chars: Option<Vec<char>> = match class {
        Class::Unicode(class) => {
            let size: usize = class.ranges().iter().map(regex_syntax::hir::ClassUnicodeRange::len).sum();
            (size <= LARGEST_CLASS)
                .then(|| class.iter().flat_map(|range| range.start()..=range.end()).collect())
        }
        Class::Bytes(_) => None,
    };
    let Some(chars) = chars else {
        return Known::default();
    };
    let mut texts: Vec<String> = chars.into_iter().map(|c| fold_char(c).to_string()).collect();
    texts.sort();
    texts.dedup();
    if texts.len() <= MOST { Known::all(texts) } else { Known::default() }
}

/// Parts that follow each other: runs of known texts grow until a part is not known.
fn in_a_row(parts: &[Hir]) -> Known {
    let mut run = vec![String::new()];
    let mut whole = true;
    let mut best: Option<Vec<String>> = None;
    let mut offer = |set: Option<Vec<String>>| {
        if let Some(set) = set.filter(|set| worth(set) >= SHORTEST)
            && best.as_ref().is_none_or(|best| rank(best) < rank(&set))
        {
            best = Some(set);
        }
    };
    for part in parts {
        let part = known(part);
        offer(part.one_of);
        match part.all {
            Some(texts) if texts.len() * run.len() <= MOST => {
                run = run
                    .iter()
                    .flat_map(|start| texts.iter().map(move |end| format!("{start}{end}")))
                    .collect();
            }
            texts => {
                whole = false;
                offer(Some(std::mem::replace(&mut run, texts.unwrap_or_else(|| vec![String::new()]))));
            }
        }
    }
    offer(Some(run.clone()));
    Known { all: whole.then_some(run), one_of: best }
}

fn either(branches: &[Hir]) -> Known {
    let branches: Vec<Known> = branches.iter().map(known).collect();
    let few = |texts: Vec<Vec<String>>| Some(texts.concat()).filter(|texts| texts.len() <= MOST);
    let all: Option<Vec<_>> = branches.iter().map(|branch| branch.all.clone()).collect();
    let one_of: Option<Vec<_>> = branches.into_iter().map(Known::best).collect();
    Known { all: all.and_then(few), one_of: one_of.and_then(few) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_literal_that_must_be_there_is_the_needle() {
        for (pattern, wanted) in [
            (r"(?i)cannot publish over .*?(?<version>\d+)", &["cannot publish over "][..]),
            (r"\bE403\b", &["e403"]),
            (r"(?i)token (?:expired|revoked)", &["token expired", "token revoked"]),
            (r"https?://", &["http://", "https://"]),
            (r"(?:ab)?\d+ or so", &[" or so"]),
            (r"(?:two factor)+", &["two factor"]),
            (r"(?i)sk", &["sk"]),
            (r"gr[ae]y", &["gray", "grey"]),
            (r"(?i)otp|one-time password|otp code", &["otp", "one-time password"]),
            (r"\w+", &[]),
            (r"(?:long enough)?", &[]),
            (r"long enough|\d", &[]),
            (r"a", &[]),
            (r"(unclosed", &[]),
        ] {
            assert_eq!(needles(pattern), wanted, "{pattern}");
        }
    }

    #[test]
    fn a_text_that_matches_holds_a_needle_whatever_its_case() {
        for (pattern, text) in [
            (r"(?i)risk", "RI\u{17f}\u{212a}"),
            (r"(?i)stra\x{df}e no", "STRA\u{1e9e}E NO"),
            (r"(?i)\x{e9}t\x{e9} indien", "\u{c9}T\u{c9} Indien"),
            (r"(?s)first.second", "FIRST\nsecond first\nsecond"),
        ] {
            assert!(regex::Regex::new(pattern).unwrap().is_match(text), "{pattern}");
            let (needles, folded) = (needles(pattern), fold(text));
            assert!(
                !needles.is_empty() && needles.iter().any(|needle| folded.contains(needle)),
                "{needles:?}"
            );
        }
    }
}
