//! Every setting that was found, in one language: the keys of an `.npmrc`, each with its place.
//!
//! `.yarnrc.yml` and `bunfig.toml` are put into these keys by their readers. Must not know which key means what.

use std::fmt;

use crate::facts::Origin;

/// One setting.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The key, its variables filled in.
    pub key: String,
    /// The key as its file spells it, for a line to be shown.
    pub written: String,
    /// The value as written.
    pub raw: String,
    /// The value, its variables filled in.
    pub value: String,
    /// The variables in key and value that are not set.
    pub unset: Vec<String>,
    /// Where it stands.
    pub origin: Origin,
    /// When its file was last written, in seconds since 1970.
    pub file_written: Option<u64>,
}

impl Entry {
    /// Whether it is an option of the command.
    pub fn is_option(&self) -> bool {
        matches!(&self.origin, Origin::Variable { name } if name.starts_with("--"))
    }
}

impl fmt::Debug for Entry {
    /// Key and place; the value may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({:?})", self.key, self.origin)
    }
}

/// Settings in the order in which they count: the first of a key wins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Settings(Vec<Entry>);

impl Settings {
    /// Adds a file or another source behind those that are there; inside of a source the last of a key wins.
    pub fn add(&mut self, source: impl IntoIterator<Item = Entry, IntoIter: DoubleEndedIterator>) {
        self.0.extend(source.into_iter().rev());
    }

    /// Puts an option of a command before everything else.
    pub fn add_first(&mut self, key: &str, value: &str) {
        let name = format!("--{key}");
        let entry = Entry {
            key: key.to_owned(),
            written: name.clone(),
            raw: value.to_owned(),
            value: value.to_owned(),
            unset: Vec::new(),
            origin: Origin::Variable { name },
            file_written: None,
        };
        self.0.insert(0, entry);
    }

    /// Takes out what variables say about a key.
    pub fn remove_variable(&mut self, key: &str) {
        self.0.retain(|entry| entry.key != key || file_and_line(&entry.origin).is_some());
    }

    /// Takes out what files say about a key.
    pub fn remove_from_files(&mut self, key: &str) {
        self.0.retain(|entry| entry.key != key || file_and_line(&entry.origin).is_none());
    }

    /// The setting that counts. An empty value counts too, as it does for the clients.
    pub fn winner(&self, key: &str) -> Option<&Entry> {
        self.all(key).next()
    }

    /// The setting that counts, unless it is empty.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.winner(key).filter(|entry| !entry.value.is_empty())
    }

    /// All settings of a key, the one that counts first.
    pub fn all(&self, key: &str) -> impl Iterator<Item = &Entry> {
        self.0.iter().filter(move |entry| entry.key == key)
    }

    /// All settings.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter()
    }

    /// The settings that count, each key once.
    pub fn winners(&self) -> impl Iterator<Item = &Entry> {
        let mut seen = std::collections::BTreeSet::new();
        self.0.iter().filter(move |entry| seen.insert(entry.key.as_str()))
    }
}

/// `line 3 of ~/.npmrc`, `the variable NPM_TOKEN`: a place in the middle of a sentence.
pub(super) fn place(origin: &Origin) -> String {
    match origin {
        Origin::File { file, line, .. } => format!("line {line} of {file}"),
        Origin::WholeFile { file } => file.clone(),
        Origin::Variable { name } if name.starts_with("--") => format!("the option {name} of the command"),
        Origin::Variable { name } => format!("the variable {name}"),
        Origin::Client => "the client's own default".to_owned(),
        Origin::Request { method, url, .. } => format!("{method} {url}"),
    }
}

/// The file and line of a place.
pub(super) fn file_and_line(origin: &Origin) -> Option<(&str, usize)> {
    match origin {
        Origin::File { file, line, .. } => Some((file, *line)),
        _ => None,
    }
}
