//! The entries of `knowledge/`: loading them, finding them, and the one place that knows hosts.
//!
//! Owns types (`model`), loading and checking (`check`) and the recognition of providers (`hosts`).
//! Must not know logs or screens.

mod catalog;
mod check;
mod hosts;
mod matcher;
mod model;

use std::collections::BTreeMap;
use std::sync::OnceLock;

pub use catalog::{ClientEntry, HostPattern, Provider, Related, RelatedExample, Spelling};
pub use check::{Problem, check};
pub use matcher::{Clause, Field, Matcher, Presence, ReasonState, Strength, When};
pub use model::{
    Cause, Check, Edit, Examples, Fix, Group, NegativeExample, Overlay, PositiveExample, Question, Risk,
    Source, SourceKind, Step, Who,
};

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
    regexes: BTreeMap<String, OnceLock<Option<Regex>>>,
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
            regexes: BTreeMap::new(),
        };
        knowledge.causes.sort_by(|a, b| (a.group, &a.id).cmp(&(b.group, &b.id)));
        let patterns = knowledge.patterns();
        let slots = patterns.into_iter().map(|(_, pattern)| (pattern.to_owned(), OnceLock::new())).collect();
        knowledge.regexes = slots;
        Ok(knowledge)
    }

    /// Every pattern of every entry, with the file it stands in.
    fn patterns(&self) -> Vec<(String, &str)> {
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
        for (file, pattern) in self.patterns() {
            Regex::new(pattern).map_err(|source| LoadError::Pattern {
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
        self.regexes.get(pattern)?.get_or_init(|| Regex::new(pattern).ok()).as_ref()
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

/// The JSON Schema of one kind of file: `causes`, `providers`, `clients` or `related`.
pub fn schema(folder: &str) -> Option<schemars::Schema> {
    match folder {
        "causes" => Some(schemars::schema_for!(Cause)),
        "providers" => Some(schemars::schema_for!(Provider)),
        "clients" => Some(schemars::schema_for!(ClientEntry)),
        "related" => Some(schemars::schema_for!(Related)),
        _ => None,
    }
}
