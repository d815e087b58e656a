//! Which files count for which client, and in which order: the first that sets a key wins.

use std::path::{Path, PathBuf};

use super::configuration::{Aside, Configuration, Defaults, Unread};
use super::entries::{Entry, Settings};
use super::files::{self, Content, Failure};
use super::manifest::Manifest;
use super::model::{Client, Family, Outcome, Visited};
use super::rules::Unset;
use super::{Machine, npmrc, workspace};
use crate::knowledge::Knowledge;

/// Reads the configuration of a client for a project. Never fails: a file that cannot be read says so in
/// [`Configuration::files`].
pub fn read(project: &Path, client: Client, machine: &Machine, knowledge: &Knowledge) -> Configuration {
    let address = |placeholder: &str| format!("https://{}/", knowledge.expand(placeholder));
    let defaults = Defaults { npm: address("{npm}"), yarn: address("{yarn}") };
    let configuration = Configuration {
        client,
        files: Vec::new(),
        settings: Settings::default(),
        aside: Vec::new(),
        oddities: Vec::new(),
        manifest: None,
        lockfile_hosts: Vec::new(),
        home: machine.home.clone(),
        project: project.to_owned(),
        variables: machine.variables.clone(),
        defaults,
        as_npm: None,
    };
    let mut reader = Reader { project, machine, configuration };
    reader.manifest();
    match client.family {
        Family::Npm => reader.npm(),
        Family::Pnpm => reader.pnpm(),
        Family::Yarn1 => reader.yarn1(),
        Family::Berry => reader.berry(),
        Family::Bun => reader.bun(),
        Family::Deno => reader.deno(),
    }
    reader.all_lockfiles();
    if client.publishes_with_npm() {
        let mut npm = Reader { project, machine, configuration: reader.configuration.without_settings(NPM) };
        npm.npm();
        reader.configuration.as_npm = Some(Box::new(npm.configuration));
    }
    reader.configuration
}

/// npm as pnpm calls it: whichever is installed.
const NPM: Client = Client { family: Family::Npm, major: None, minor: None };

/// Takes files in, one after the other.
pub(super) struct Reader<'a> {
    pub project: &'a Path,
    pub machine: &'a Machine,
    pub configuration: Configuration,
}

impl Reader<'_> {
    fn npm(&mut self) {
        self.variables(&["npm_config_"]);
        self.project_and_user_file();
        self.global_files();
        self.others_file();
    }

    /// The project's `.npmrc`, or that of its workspace, and the user's.
    pub fn project_and_user_file(&mut self) {
        let root = workspace::root_of(self.project).filter(|_| self.client().reads_root_file_only());
        let own = self.project.join(".npmrc");
        let counts = root.as_ref().map_or_else(|| own.clone(), |root| root.join(".npmrc"));
        if root.is_some() {
            self.member_file(&own, &counts);
        }
        let user = self.user_file();
        // In the home folder the project's file is the user's.
        if user.as_ref() != Some(&counts) {
            self.npmrc(&counts);
        }
        self.npmrc_if_any(user);
    }

    /// The lock files of the project and of its workspace.
    fn all_lockfiles(&mut self) {
        let roots = [workspace::root_of(self.project), workspace::pnpm_root(self.project)];
        let mut folders: Vec<PathBuf> =
            std::iter::once(self.project.to_owned()).chain(roots.into_iter().flatten()).collect();
        folders.dedup();
        for folder in folders {
            self.lockfiles(&folder);
        }
    }

    fn pnpm(&mut self) {
        let is_new = self.client().version() >= 11;
        self.variables(if is_new { &["pnpm_config_", "npm_config_//"] } else { &["npm_config_"] });
        if is_new {
            // It holds all credentials at once, and is none itself.
            self.configuration.settings.remove_variable("_auth");
            self.pnpm_auth_variable();
        }
        let root = workspace::pnpm_root(self.project);
        if let Some(root) = root.as_ref().filter(|_| self.client().version() >= 10) {
            self.pnpm_yaml(&root.join("pnpm-workspace.yaml"));
        }
        let own = self.project.join(".npmrc");
        let user = self.user_file();
        if let Some(root) = root.as_ref().filter(|root| is_new && *root != self.project) {
            self.member_file(&own, &root.join(".npmrc"));
        }
        let at_root = root.map(|root| root.join(".npmrc"));
        // pnpm 11 reads the file of the workspace's root only.
        let own = Some(own).filter(|own| !is_new || at_root.as_ref().is_none_or(|root| root == own));
        let mut files: Vec<PathBuf> = own.into_iter().chain(at_root).collect();
        files.dedup();
        for file in files {
            if user.as_ref() != Some(&file) {
                self.npmrc_of_project(&file);
            }
        }
        let folder = self.pnpm_folder();
        if is_new {
            if let Some(folder) = folder {
                self.pnpm_yaml(&folder.join("config.yaml"));
                self.npmrc(&folder.join("auth.ini"));
            }
            self.npmrc_if_any(user);
        } else {
            self.npmrc_if_any(user);
            self.npmrc_if_any(folder.map(|folder| folder.join("rc")));
            self.global_files();
        }
        self.others_file();
    }

    pub fn client(&self) -> Client {
        self.configuration.client
    }

    pub fn home(&self) -> Option<&Path> {
        self.machine.home.as_deref()
    }

    pub fn shown(&self, path: &Path) -> String {
        files::shown(path, self.home())
    }

    pub fn variables(&mut self, prefixes: &[&str]) {
        let mut entries = npmrc::from_variables(&self.machine.variables, prefixes);
        entries.retain(|entry| !entry.key.starts_with("//") || self.client().takes_keys_from_variables());
        self.configuration.settings.add(entries);
    }

    /// The user's file: where `userconfig` says, else in the home folder.
    pub fn user_file(&self) -> Option<PathBuf> {
        let moved = self.configuration.settings.get("userconfig").map(|entry| PathBuf::from(&entry.value));
        moved.or_else(|| self.home().map(|home| home.join(".npmrc")))
    }

    /// The global files: where `globalconfig` or `prefix` says, else where the machine has them.
    pub fn global_files(&mut self) {
        let setting =
            |key: &str| self.configuration.settings.get(key).map(|entry| PathBuf::from(&entry.value));
        let moved = setting("globalconfig")
            .or_else(|| setting("prefix").map(|prefix| prefix.join("etc").join("npmrc")));
        let files = moved.map_or_else(|| self.machine.global.clone(), |file| vec![file]);
        for file in files {
            self.npmrc(&file);
        }
    }

    fn pnpm_folder(&self) -> Option<PathBuf> {
        // <https://pnpm.io/configuring>
        if let Some(folder) = self.machine.variable("XDG_CONFIG_HOME") {
            return Some(Path::new(folder).join("pnpm"));
        }
        if cfg!(windows) {
            return self
                .machine
                .variable("LOCALAPPDATA")
                .map(|folder| Path::new(folder).join("pnpm").join("config"));
        }
        let below = if cfg!(target_os = "macos") { "Library/Preferences/pnpm" } else { ".config/pnpm" };
        self.home().map(|home| home.join(below))
    }

    pub fn npmrc_if_any(&mut self, path: Option<PathBuf>) {
        if let Some(path) = path {
            self.npmrc(&path);
        }
    }

    /// Takes the project's own `.npmrc` in; newer versions of pnpm trust it less than the user's.
    fn npmrc_of_project(&mut self, path: &Path) {
        if !self.client().refuses_project_variables() {
            return self.npmrc(path);
        }
        let is_refused = |entry: &Entry| {
            (entry.raw.contains("${") || entry.written.contains("${")) && npmrc::matters(&entry.key)
        };
        self.npmrc_but(path, is_refused);
    }

    /// Takes an `.npmrc` in, by this client's rules.
    pub fn npmrc(&mut self, path: &Path) {
        self.npmrc_but(path, |_| false);
    }

    fn npmrc_but(&mut self, path: &Path, is_refused: impl Fn(&Entry) -> bool) {
        let Some(content) = self.visit(path) else {
            return;
        };
        let file = self.shown(path);
        let (entries, oddities) = self.parse(&content, &file);
        let title = self.client().title();
        if content.is_utf16 && !self.client().reads_utf16() {
            self.set_aside(
                file,
                Unread::Utf16,
                entries,
                format!("it is in UTF-16, which {title} cannot read"),
            );
            return;
        }
        let unset = entries.iter().find_map(|entry| entry.unset.first().cloned());
        if let Some(name) = unset.filter(|_| self.client().unset() == Unset::FileSkipped) {
            let why = format!("{title} drops the whole file, because the variable {name} is not set");
            self.set_aside(file, Unread::UnsetVariable, entries, why);
            return;
        }
        let (refused, entries): (Vec<_>, Vec<_>) = entries.into_iter().partition(is_refused);
        if !refused.is_empty() {
            self.configuration.aside.push(Aside { file, why: Unread::RefusedVariable, entries: refused });
        }
        self.configuration.oddities.extend(oddities);
        self.configuration.settings.add(entries);
    }

    pub fn parse(&self, content: &Content, file: &str) -> (Vec<Entry>, Vec<npmrc::Oddity>) {
        let variables = &self.configuration.variables;
        npmrc::read(&content.text, file, content.written, self.client(), variables)
    }

    fn member_file(&mut self, own: &Path, counts: &Path) {
        let Some(content) = self.visit(own) else {
            return;
        };
        let (file, counts) = (self.shown(own), self.shown(counts));
        let (entries, _) = self.parse(&content, &file);
        let why =
            format!("{} reads {counts} instead, because this is a workspace member", self.client().title());
        self.set_aside(file, Unread::Member(counts), entries, why);
    }

    /// Notes the last visited file as one that does not count.
    pub fn set_aside(&mut self, file: String, why: Unread, entries: Vec<Entry>, words: String) {
        if let Some(visited) = self.configuration.files.last_mut() {
            visited.outcome = Outcome::Ignored(words);
        }
        self.configuration.aside.push(Aside { file, why, entries });
    }

    /// Notes the last visited file as one that could not be read after all.
    pub fn unreadable(&mut self, why: String) {
        if let Some(visited) = self.configuration.files.last_mut() {
            visited.outcome = Outcome::Unreadable(why);
        }
    }

    /// Reads a file and notes what came of it.
    pub fn visit(&mut self, path: &Path) -> Option<Content> {
        let (content, outcome) = match files::read(path) {
            Ok(content) => (Some(content), Outcome::Read),
            Err(Failure::Missing) => (None, Outcome::Missing),
            Err(Failure::Unreadable(why)) => (None, Outcome::Unreadable(why)),
        };
        let shown = self.shown(path);
        self.configuration.files.push(Visited { path: path.to_owned(), shown, outcome });
        content
    }

    fn manifest(&mut self) {
        let path = self.project.join("package.json");
        let Some(content) = self.visit(&path) else {
            return;
        };
        let file = self.shown(&path);
        match Manifest::parse(&content.text, &file) {
            Ok(manifest) => self.configuration.manifest = Some(manifest),
            Err(why) => self.unreadable(why),
        }
    }
}
