//! The entries of `knowledge/`: loading them, finding them, and the one place that knows hosts.
//!
//! Owns types (`model`), loading and checking (`check`) and the recognition of providers (`hosts`).
//! Must not know logs or screens.

mod catalog;
mod check;
mod dates;
mod hosts;
mod matcher;
mod model;
mod needles;
mod own;
mod pattern;
mod ruling;
mod similar;

use std::collections::HashMap;
use std::sync::OnceLock;

pub use catalog::{ClientEntry, HostPattern, Provider, Related, RelatedExample, Spelling};
pub use check::{Problem, Severity, check};
pub use dates::{Day, STALE_DAYS};
pub use matcher::{Clause, Field, Matcher, Presence, ReasonState, Strength, When};
pub use model::{
    Cause, Check, Edit, Examples, Fix, Group, NegativeExample, Overlay, PositiveExample, Question, Risk,
    Source, SourceKind, Step, Who,
};
pub use needles::fold;
pub use own::{
    Extension, FolderError, Merged, OwnEntry, OwnFile, Skeleton, SkeletonError, TODO, merge, skeleton, usable,
};
pub use ruling::{Ruling, Verdict};
pub use similar::{did_you_mean, nearest};

use pattern::Pattern;
use regex::Regex;

/// The cause that is named when nothing tells the others apart; the only one without matchers.
pub const FALLBACK: &str = "unknown-403";

/// The files under `knowledge/` as they were when the program was built: path and text.
mod bundled {
    include!(concat!(env!("OUT_DIR"), "/bundled.rs"));

    /// All bundled files by folder.
    pub(super) const fn all() -> [&'static [(&'static str, &'static str)]; 4] {
        [CAUSES, PROVIDERS, CLIENTS, RELATED]
    }

    /// Each pattern in them and its needles, in the order of the patterns.
    pub(super) const fn needles() -> &'static [(&'static str, &'static [&'static str])] {
        NEEDLES
    }
}

/// Why an entry cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file is not JSON of the right shape.
    #[error("cannot read the entry: {source}; compare it with knowledge/schema.json: {file}")]
    Shape {
        /// The file, relative to `knowledge/`.
        file: String,
        /// What and where: line and column.
        source: serde_json::Error,
    },
    /// A pattern does not compile.
    #[error("cannot use the pattern {pattern:?}: {source}; mend or remove it: {file}")]
    Pattern {
        /// The file, relative to `knowledge/`.
        file: String,
        /// The pattern.
        pattern: String,
        /// What the regex engine says.
        source: Box<regex::Error>,
    },
}

/// All entries, loaded and compiled.
#[derive(Clone, Debug, Default)]
pub struct Knowledge {
    causes: Vec<Cause>,
    providers: Vec<Provider>,
    clients: Vec<ClientEntry>,
    related: Vec<Related>,
    patterns: HashMap<String, Pattern>,
}

impl Knowledge {
    /// The entries that come with the program.
    ///
    /// # Panics
    /// Never in a build whose tests passed: `tests/knowledge.rs` loads every bundled entry.
    pub fn bundled() -> &'static Self {
        static BUNDLED: OnceLock<Knowledge> = OnceLock::new();
        BUNDLED.get_or_init(|| {
            let [causes, providers, clients, related] = bundled::all();
            Self::load(causes, providers, clients, related)
                .expect("tests/knowledge.rs loads every bundled entry")
        })
    }

    /// Loads entries from pairs of file name and text.
    ///
    /// # Errors
    /// The first entry with a wrong shape. Patterns are checked by [`Self::compile`].
    pub fn load(
        causes: &[(&str, &str)],
        providers: &[(&str, &str)],
        clients: &[(&str, &str)],
        related: &[(&str, &str)],
    ) -> Result<Self, LoadError> {
        let mut knowledge = Self {
            causes: parse_all(causes)?,
            providers: parse_all(providers)?,
            clients: parse_all(clients)?,
            related: parse_all(related)?,
            patterns: HashMap::new(),
        };
        knowledge.sort_causes();
        knowledge.learn_patterns();
        Ok(knowledge)
    }

    fn sort_causes(&mut self) {
        self.causes.sort_by(|a, b| (a.group, &a.id).cmp(&(b.group, &b.id)));
    }

    /// Whether a folder's entries include one with this id, in whatever case: some systems know no other.
    fn has(&self, folder: &str, id: &str) -> bool {
        let same = |known: &str| known.eq_ignore_ascii_case(id);
        match folder {
            "causes" => self.causes.iter().any(|entry| same(&entry.id)),
            "providers" => self.providers.iter().any(|entry| same(&entry.id)),
            "clients" => self.clients.iter().any(|entry| same(&entry.id)),
            _ => self.related.iter().any(|entry| same(&entry.id)),
        }
    }

    fn remove(&mut self, folder: &str, id: &str) {
        match folder {
            "causes" => self.causes.retain(|entry| entry.id != id),
            "providers" => self.providers.retain(|entry| entry.id != id),
            "clients" => self.clients.retain(|entry| entry.id != id),
            _ => self.related.retain(|entry| entry.id != id),
        }
    }

    /// Makes a place for every pattern that has none yet.
    fn learn_patterns(&mut self) {
        let texts: Vec<String> = self
            .all_patterns()
            .into_iter()
            .map(|(_, text)| text)
            .filter(|text| !self.patterns.contains_key(*text))
            .map(str::to_owned)
            .collect();
        self.patterns.reserve(texts.len());
        for text in texts {
            let pattern = Pattern::new(&text);
            self.patterns.entry(text).or_insert(pattern);
        }
    }

    /// Every pattern of every entry, with the file it stands in.
    fn all_patterns(&self) -> Vec<(String, &str)> {
        let mut patterns = Vec::new();
        for cause in &self.causes {
            let file = format!("causes/{}.json", cause.id);
            let overlays = cause.providers.values().flat_map(|overlay| &overlay.matchers);
            for matcher in cause.matchers.iter().chain(overlays) {
                let clauses = matcher.all.iter().chain(&matcher.none);
                patterns.extend(clauses.map(|clause| (file.clone(), clause.regex.as_str())));
            }
        }
        for provider in &self.providers {
            let file = format!("providers/{}.json", provider.id);
            let shapes = provider.urls.iter().chain(&provider.words);
            patterns.extend(shapes.map(|pattern| (file.clone(), pattern.as_str())));
        }
        for related in &self.related {
            let file = format!("related/{}.json", related.id);
            patterns.extend(related.matchers.iter().map(|pattern| (file.clone(), pattern.as_str())));
        }
        patterns
    }

    /// Compiles every pattern now.
    ///
    /// # Errors
    /// The first pattern that does not compile.
    pub fn compile(&self) -> Result<(), LoadError> {
        for (file, pattern) in self.all_patterns() {
            pattern::compile(pattern).map_err(|source| LoadError::Pattern {
                file,
                pattern: pattern.to_owned(),
                source: Box::new(source),
            })?;
        }
        Ok(())
    }

    /// The compiled form of a pattern that stands in some entry.
    ///
    /// Compiled when first asked for: one log needs a small part of the hundreds of patterns, and compiling all of
    /// them takes longer than reading a log.
    pub fn regex(&self, pattern: &str) -> Option<&Regex> {
        let known = self.patterns.get(pattern)?;
        known.regex(pattern)
    }

    /// The compiled form of a pattern, unless the text that it is to be tried on cannot match it.
    ///
    /// `folded` is that text as [`fold`] returns it.
    pub fn regex_for(&self, pattern: &str, folded: &str) -> Option<&Regex> {
        let known = self.patterns.get(pattern)?;
        if known.may_match(folded) { known.regex(pattern) } else { None }
    }

    /// All causes, by group and id.
    pub fn causes(&self) -> &[Cause] {
        &self.causes
    }

    /// The cause with this id.
    pub fn cause(&self, id: &str) -> Option<&Cause> {
        self.causes.iter().find(|cause| cause.id == id)
    }

    /// All providers, by id.
    pub fn providers(&self) -> &[Provider] {
        &self.providers
    }

    /// The provider with this id.
    pub fn provider(&self, id: &str) -> Option<&Provider> {
        self.providers.iter().find(|provider| provider.id == id)
    }

    /// All clients, by id.
    pub fn clients(&self) -> &[ClientEntry] {
        &self.clients
    }

    /// The client with this id.
    pub fn client(&self, id: &str) -> Option<&ClientEntry> {
        self.clients.iter().find(|client| client.id == id)
    }

    /// All related codes, by id.
    pub fn related(&self) -> &[Related] {
        &self.related
    }
}

fn parse_all<T: serde::de::DeserializeOwned>(files: &[(&str, &str)]) -> Result<Vec<T>, LoadError> {
    files
        .iter()
        .map(|(file, text)| {
            serde_json::from_str(text).map_err(|source| LoadError::Shape { file: (*file).to_owned(), source })
        })
        .collect()
}

/// The bundled files, path relative to `knowledge/` and text, for the checks in `tests/`.
pub fn bundled_files() -> impl Iterator<Item = (&'static str, &'static str)> {
    bundled::all().into_iter().flatten().copied()
}

/// The JSON Schema of one kind of file: `causes`, `providers`, `clients`, `related`, or `extensions` of causes.
pub fn schema(folder: &str) -> Option<schemars::Schema> {
    match folder {
        "causes" => Some(schemars::schema_for!(Cause)),
        "extensions" => Some(schemars::schema_for!(Extension)),
        "providers" => Some(schemars::schema_for!(Provider)),
        "clients" => Some(schemars::schema_for!(ClientEntry)),
        "related" => Some(schemars::schema_for!(Related)),
        _ => None,
    }
}
