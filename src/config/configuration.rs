//! What was read, and the simple questions about it.
//!
//! The questions that a client's rules answer are in `registry`, `sent`, `grant` and `proxy`.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use super::entries::{Entry, Settings};
use super::lockfile::LockHost;
use super::manifest::Manifest;
use super::model::{Client, Visited};
use super::nerf;
use super::npmrc::Oddity;

/// The configuration of one client for one project.
#[derive(Clone)]
pub struct Configuration {
    pub(super) client: Client,
    pub(super) files: Vec<Visited>,
    pub(super) settings: Settings,
    pub(super) aside: Vec<Aside>,
    pub(super) oddities: Vec<Oddity>,
    pub(super) manifest: Option<Manifest>,
    pub(super) lockfile_hosts: Vec<LockHost>,
    pub(super) home: Option<PathBuf>,
    pub(super) project: PathBuf,
    pub(super) variables: BTreeMap<String, String>,
    pub(super) defaults: Defaults,
    /// The same as npm reads it, where npm sends the uploads.
    pub(super) as_npm: Option<Box<Self>>,
}

/// The registries that the clients ask when nothing is configured.
#[derive(Clone, Debug, Default)]
pub(super) struct Defaults {
    /// The public registry.
    pub npm: String,
    /// Its second name, which Yarn uses.
    pub yarn: String,
}

/// Settings that stand in a file and do not count.
#[derive(Clone, Debug)]
pub(super) struct Aside {
    /// The file as it is shown.
    pub file: String,
    /// Why they do not count.
    pub why: Unread,
    /// The settings.
    pub entries: Vec<Entry>,
}

/// Why a file does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is another client's.
    OtherClient,
    /// It is in UTF-16.
    Utf16,
    /// It is a workspace member's; the path of the root's file.
    Member(String),
    /// A variable in it is not set, and this client then drops the whole file.
    UnsetVariable,
    /// These lines of the project's own file hold variables, which this client then refuses.
    RefusedVariable,
}

impl fmt::Debug for Configuration {
    /// What stands where; no variable and no value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Configuration")
            .field("client", &self.client)
            .field("files", &self.files)
            .field("settings", &self.settings)
            .field("aside", &self.aside)
            .finish_non_exhaustive()
    }
}

impl Configuration {
    /// The client whose rules these are.
    pub fn client(&self) -> Client {
        self.client
    }

    /// The files that were looked for, in the order in which they count.
    pub fn files(&self) -> &[Visited] {
        &self.files
    }

    /// The project's `package.json`.
    pub fn manifest(&self) -> Option<&Manifest> {
        self.manifest.as_ref()
    }

    /// The same project for another client, before its files are read.
    pub(super) fn without_settings(&self, client: Client) -> Self {
        Self {
            client,
            files: Vec::new(),
            settings: Settings::default(),
            aside: Vec::new(),
            oddities: Vec::new(),
            as_npm: None,
            ..self.clone()
        }
    }

    /// The configuration by which uploads are sent.
    pub(super) fn for_publishing(&self, publishing: bool) -> &Self {
        self.as_npm.as_deref().filter(|_| publishing).unwrap_or(self)
    }

    /// The same with what a command adds: `--registry` and `--@scope:registry`, which come before every file.
    #[must_use]
    pub fn with_command(mut self, command: &str) -> Self {
        let mut words = command.split_whitespace().peekable();
        while let Some(word) = words.next() {
            let Some(option) = word.strip_prefix("--") else {
                continue;
            };
            let (key, value) = match option.split_once('=') {
                Some((key, value)) => (key, value),
                None => (option, words.peek().copied().unwrap_or_default()),
            };
            if (key == "registry" || key.ends_with(":registry")) && nerf::registry_url(value).is_some() {
                self.settings.add_first(key, value);
            }
        }
        self.as_npm = self.as_npm.map(|npm| Box::new(npm.with_command(command)));
        self
    }

    /// Every scope that has a registry or a credential of its own, with its `@`.
    pub(super) fn scopes(&self) -> Vec<&str> {
        let keys = self.settings.iter().map(|entry| entry.key.as_str());
        let published = self.manifest.iter().flat_map(|manifest| &manifest.publish_config);
        let keys = keys.chain(published.map(|(key, _)| key.as_str()));
        let named = self.manifest.iter().filter_map(|manifest| scope_of(&manifest.name.as_ref()?.value));
        let mut scopes: Vec<&str> = keys
            .filter_map(|key| key.split_once(':').map(|(scope, _)| scope))
            .filter(|scope| scope.len() > 1 && scope.starts_with('@'))
            .chain(named)
            .collect();
        scopes.sort_unstable();
        scopes.dedup();
        scopes
    }
}

/// The scope of a package with its `@`.
pub(super) fn scope_of(package: &str) -> Option<&str> {
    let (scope, _) = package.split_once('/')?;
    (scope.len() > 1 && scope.starts_with('@')).then_some(scope)
}
