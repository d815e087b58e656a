//! The files of Yarn, Bun and Deno, and those of clients that are not asked.

use std::path::{Path, PathBuf};

use super::configuration::{Aside, Unread};
use super::entries::Entry;
use super::levels::Reader;
use super::nerf;
use super::{bunfig, files, npmrc, yarnrc, yarnrc_yml};
use crate::facts::Origin;

impl Reader<'_> {
    /// Yarn 1: every `.npmrc` on the way, then every `.yarnrc`.
    pub fn yarn1(&mut self) {
        // Of a key that names a registry, Yarn folds the case, and then finds it no more.
        let variables = &self.machine.variables;
        let mut entries = npmrc::from_variables(variables, &["yarn_", "npm_config_"]);
        entries.retain(|entry| !entry.key.starts_with("//"));
        let is_emptied = variables
            .iter()
            .any(|(name, value)| value.is_empty() && name.eq_ignore_ascii_case("npm_config_registry"));
        self.configuration.settings.add(entries);
        self.npmrc(&self.project.join(".npmrc"));
        let user = self.user_file();
        self.npmrc_if_any(user.clone());
        self.global_files();
        for folder in self.folders_above() {
            let file = folder.join(".npmrc");
            if user.as_ref() != Some(&file) {
                self.npmrc(&file);
            }
        }
        if is_emptied {
            // An empty variable counts, and hides what the files say.
            self.configuration.settings.remove_from_files("registry");
        }
        for folder in self.way_up_and_home() {
            let path = folder.join(".yarnrc");
            if let Some(content) = self.visit_if_there(&path, folder == self.project) {
                let file = self.shown(&path);
                let entries = yarnrc::read(&content.text, &file, content.written);
                let is_credential =
                    |entry: &Entry| entry.key.starts_with("//") || entry.key.contains("_auth");
                let (aside, entries): (Vec<_>, Vec<_>) = entries.into_iter().partition(is_credential);
                self.configuration
                    .settings
                    .add(entries.into_iter().filter(|entry| entry.key != "always-auth").collect::<Vec<_>>());
                if !aside.is_empty() {
                    self.configuration.aside.push(Aside { file, why: Unread::OtherClient, entries: aside });
                }
            }
        }
        self.others_file();
    }

    /// Yarn 2 and later: every `.yarnrc.yml` on the way, and the one in the home folder.
    pub fn berry(&mut self) {
        let entries = yarnrc_yml::from_variables(&self.machine.variables);
        self.configuration.settings.add(entries);
        self.env_file(".env.yarn");
        let name = self.machine.variable("YARN_RC_FILENAME").unwrap_or(".yarnrc.yml").to_owned();
        for folder in self.way_up_and_home() {
            let path = folder.join(&name);
            if let Some(content) = self.visit_if_there(&path, folder == self.project) {
                let found = self.yarnrc_yml(&content, &path);
                self.take(found);
            }
        }
        let folders = [Some(self.project.to_owned()), self.home().map(Path::to_owned)];
        for folder in folders.into_iter().flatten() {
            let path = folder.join(".npmrc");
            if let Some(content) = self.visit_if_there(&path, false) {
                let file = self.shown(&path);
                let (entries, _) = self.parse(&content, &file);
                let words = "Yarn 2 and later do not read it; they read .yarnrc.yml".to_owned();
                self.set_aside(file, Unread::OtherClient, entries, words);
            }
        }
    }

    /// Bun: the variables of its `.env` files, `.npmrc`, `bunfig.toml`.
    pub fn bun(&mut self) {
        for name in [".env.local", ".env"] {
            self.env_file(name);
        }
        self.registry_variable(&["BUN_CONFIG_REGISTRY", "NPM_CONFIG_REGISTRY", "npm_config_registry"]);
        self.token_variable(&["BUN_CONFIG_TOKEN", "NPM_CONFIG_TOKEN", "npm_config_token"]);
        let in_project = self.project.join("bunfig.toml");
        let global = self.machine.variable("XDG_CONFIG_HOME").map(PathBuf::from);
        let global =
            global.or_else(|| self.home().map(Path::to_owned)).map(|folder| folder.join(".bunfig.toml"));
        for path in std::iter::once(in_project).chain(global) {
            if let Some(content) = self.visit(&path) {
                let variables = &self.configuration.variables;
                let found = bunfig::read(&content.text, &self.shown(&path), content.written, variables);
                self.take(found);
            }
        }
        self.project_and_user_file();
        self.others_file();
    }

    /// Deno: the nearest `.npmrc` and the user's.
    pub fn deno(&mut self) {
        self.registry_variable(&["NPM_CONFIG_REGISTRY"]);
        self.project_and_user_file();
        self.others_file();
    }

    /// `.yarnrc.yml` where Yarn 2 and later are not asked: credentials that stand only there do not count.
    pub fn others_file(&mut self) {
        let folders = [Some(self.project.to_owned()), self.home().map(Path::to_owned)];
        for folder in folders.into_iter().flatten() {
            let path = folder.join(".yarnrc.yml");
            let Some(content) = self.visit_if_there(&path, false) else {
                continue;
            };
            let title = self.client().title();
            match self.yarnrc_yml(&content, &path) {
                Ok(entries) => {
                    let words = format!("{title} does not read it; it is Yarn 2's and later");
                    self.set_aside(self.shown(&path), Unread::OtherClient, entries, words);
                }
                Err(why) => self.unreadable(why),
            }
        }
    }

    fn yarnrc_yml(&self, content: &files::Content, path: &Path) -> Result<Vec<Entry>, String> {
        let variables = &self.configuration.variables;
        yarnrc_yml::read(&content.text, &self.shown(path), content.written, variables)
    }

    pub fn take(&mut self, found: Result<Vec<Entry>, String>) {
        match found {
            Ok(entries) => self.configuration.settings.add(entries),
            Err(why) => self.unreadable(why),
        }
    }

    /// The default registry given as a variable; the first of some names that is an address.
    fn registry_variable(&mut self, names: &[&str]) {
        let found = names.iter().find_map(|name| {
            let value = self.machine.variable(name).filter(|value| nerf::registry_url(value).is_some())?;
            Some((*name, value.to_owned()))
        });
        if let Some((name, value)) = found {
            let mut entries =
                npmrc::from_variables(&[(name.to_owned(), value)].into(), &["BUN_CONFIG_", "npm_config_"]);
            entries.truncate(1);
            self.configuration.settings.add(entries);
        }
    }

    /// The default registry's token given as a variable.
    fn token_variable(&mut self, names: &[&str]) {
        let found = names.iter().find_map(|name| Some((*name, self.machine.variable(name)?.to_owned())));
        let entries = found.into_iter().map(|(name, value)| Entry {
            key: "@:_authToken".to_owned(),
            written: name.to_owned(),
            raw: value.clone(),
            value,
            unset: Vec::new(),
            origin: Origin::Variable { name: name.to_owned() },
            file_written: None,
        });
        self.configuration.settings.add(entries.collect::<Vec<_>>());
    }

    /// Takes the variables of a file in; those of the environment come first.
    fn env_file(&mut self, name: &str) {
        if let Some(content) = self.visit_if_there(&self.project.join(name), false) {
            for (name, value) in bunfig::variables_of(&content.text) {
                self.configuration.variables.entry(name).or_insert(value);
            }
        }
    }

    fn folders_above(&self) -> Vec<PathBuf> {
        self.project.ancestors().skip(1).map(Path::to_owned).collect()
    }

    /// The project, the folders above it, and the home folder.
    fn way_up_and_home(&self) -> Vec<PathBuf> {
        let mut folders: Vec<PathBuf> = self.project.ancestors().map(Path::to_owned).collect();
        if let Some(home) = self.home().filter(|home| !folders.iter().any(|folder| folder == home)) {
            folders.push(home.to_owned());
        }
        folders
    }

    /// Like `visit`, but a file that is missing is only worth a word where one is usual.
    fn visit_if_there(&mut self, path: &Path, is_usual: bool) -> Option<files::Content> {
        let content = self.visit(path);
        let missing =
            self.configuration.files.last().is_some_and(|visited| visited.outcome == super::Outcome::Missing);
        if missing && !is_usual {
            self.configuration.files.pop();
        }
        content
    }
}
