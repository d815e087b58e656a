//! How each client prints a refusal: one file a family, each a table of shapes and clues.
//!
//! A shape's named groups: `method`, `url`, `phrase` (the reason phrase behind the status), `said` (the message),
//! `package`, `version`. Shapes are tried in the order of the families; facts were measured by running the clients.
//! Must not know causes.

pub mod berry;
pub mod bun;
pub mod deno;
pub mod lerna;
pub mod npm;
pub mod pnpm;
pub mod release;
pub mod yarn1;

use std::sync::LazyLock;

use memchr::memmem::Finder;
use regex::Regex;

use crate::facts::FactKey;

/// What a match of a shape is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// The client's report of the refusal.
    Report,
    /// A second print of the same refusal (request log, stack); adds facts, not an occurrence.
    Echo,
    /// Somebody quotes a refusal; it counts only if the log holds nothing else.
    Quote,
}

/// Whether this client shows what the registry said, in this shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// If nothing is there, the registry sent nothing that this client can print.
    Message,
    /// It drops the registry's words here.
    Nothing,
}

/// One spelling of a refusal, as the families write it down.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The client that prints it, if the shape alone tells.
    pub client: Option<&'static str>,
    /// Report or echo.
    pub weight: Weight,
    /// What a missing message means.
    pub shows: Shows,
    /// The method, where the shape implies it.
    pub method: Option<&'static str>,
    /// Facts that the client never prints in this shape: not shown, which is not absent.
    pub hides: &'static [FactKey],
    /// Counts only in a tool's frame, because anybody could print it.
    pub framed: bool,
    /// Whether the log says 403; yarn 1 prints a message and leaves the status out.
    pub stated: bool,
    /// The pattern, on a segment's text.
    pub pattern: &'static str,
}

impl Row {
    /// A report that shows the registry's message.
    pub const fn report(client: Option<&'static str>, pattern: &'static str) -> Self {
        Self {
            client,
            weight: Weight::Report,
            shows: Shows::Message,
            method: None,
            hides: &[],
            framed: false,
            stated: true,
            pattern,
        }
    }

    /// A second print.
    pub const fn echo(client: &'static str, pattern: &'static str) -> Self {
        let mut row = Self::report(Some(client), pattern).without_words();
        row.weight = Weight::Echo;
        row
    }

    /// The same, but the registry's words are dropped.
    pub const fn without_words(mut self) -> Self {
        self.shows = Shows::Nothing;
        self
    }

    /// The same, in a tool's frame only.
    pub const fn framed(mut self) -> Self {
        self.framed = true;
        self
    }

    /// The same, but the line does not say which status it was.
    pub const fn unstated(mut self) -> Self {
        self.stated = false;
        self
    }

    /// The same, with the method that this shape implies.
    pub const fn method(mut self, method: &'static str) -> Self {
        self.method = Some(method);
        self
    }

    /// The same, with the facts that it never shows.
    pub const fn hides(mut self, keys: &'static [FactKey]) -> Self {
        self.hides = keys;
        self
    }
}

/// A pattern whose first group is a fact of the run; without a group the fact is the given word.
pub type Clue = (FactKey, &'static str, Option<&'static str>);

/// A client family.
#[derive(Debug)]
pub struct Family {
    /// The client's id; empty for tools that run another client.
    pub id: &'static str,
    /// Its shapes.
    pub rows: &'static [Row],
    /// What its output says about the whole run.
    pub run: &'static [Clue],
    /// What its output says about the package at hand, in front of the refusal.
    pub block: &'static [Clue],
    /// Lists of packages with their versions: groups `package` and `version`.
    pub listed: &'static [&'static str],
    /// What its output says about the refusal right behind it.
    pub trailers: &'static [Clue],
    /// Literals of which one stands in every line that any of the above reads.
    pub words: &'static [&'static str],
}

/// All families, in the order in which their shapes are tried.
pub static FAMILIES: [&Family; 8] = [
    &pnpm::FAMILY,
    &npm::FAMILY,
    &yarn1::FAMILY,
    &berry::FAMILY,
    &bun::FAMILY,
    &deno::FAMILY,
    &lerna::FAMILY,
    &release::FAMILY,
];

/// A compiled row.
#[derive(Debug)]
pub struct Shape {
    /// What it was compiled from.
    pub row: Row,
    /// A literal that stands in everything the pattern matches; looked for first, because most lines hold none.
    pub literal: Finder<'static>,
    /// The pattern.
    pub regex: Regex,
}

/// The compiled table of all families.
pub static SHAPES: LazyLock<Vec<Shape>> = LazyLock::new(|| {
    FAMILIES
        .iter()
        .flat_map(|family| family.rows)
        .filter_map(|row| {
            let literal = Finder::new(literal_of(row.pattern));
            Some(Shape { row: *row, literal, regex: Regex::new(row.pattern).ok()? })
        })
        .collect()
});

/// Of these, the one that a pattern cannot match without.
fn literal_of(pattern: &str) -> &'static str {
    let literals =
        ["403", "You do not have permission", "Couldn't publish", "An unexpected error", "Error: ", "YN0001"];
    literals.into_iter().find(|literal| pattern.contains(literal)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_row_matches_without_its_literal() {
        for row in FAMILIES.iter().flat_map(|family| family.rows) {
            let literal = literal_of(row.pattern);
            assert!(!literal.is_empty(), "{}: name a literal that it always holds", row.pattern);
            // With something that nothing matches in the literal's place, nothing may be left to match.
            let without = row.pattern.replace(literal, r"[a&&b]");
            let rest = regex_syntax::parse(&without).expect(&without);
            assert_eq!(rest.properties().minimum_len(), None, "{}", row.pattern);
        }
    }

    #[test]
    fn every_row_and_clue_compiles() {
        for family in FAMILIES {
            for row in family.rows {
                assert!(Regex::new(row.pattern).is_ok(), "{}", row.pattern);
            }
            for (_, pattern, word) in family.run.iter().chain(family.block).chain(family.trailers) {
                let regex = Regex::new(pattern).expect(pattern);
                assert_eq!(regex.captures_len() > 1, word.is_none(), "{pattern}");
            }
            for pattern in family.listed {
                assert!(Regex::new(pattern).is_ok(), "{pattern}");
            }
        }
    }
}
