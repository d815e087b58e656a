//! The YAML files of pnpm: `pnpm-workspace.yaml`, and `config.yaml` in pnpm's own folder.
//!
//! pnpm 10 takes `registries` from the first only; pnpm 11 takes the rest as well
//! (<https://pnpm.io/settings>, <https://pnpm.io/npmrc>). Must not know which file comes first.

use std::path::Path;

use super::entries::Entry;
use super::levels::Reader;
use super::nerf;
use super::npmrc;
use super::yaml::{self, Node};
use crate::facts::Origin;

/// Settings of pnpm and what they are called here.
const NAMES: [(&str, &str); 10] = [
    ("registry", "registry"),
    ("httpProxy", "proxy"),
    ("proxy", "proxy"),
    ("httpsProxy", "https-proxy"),
    ("noProxy", "noproxy"),
    ("noproxy", "noproxy"),
    ("cafile", "cafile"),
    ("ca", "ca"),
    ("strictSsl", "strict-ssl"),
    ("strict-ssl", "strict-ssl"),
];

impl Reader<'_> {
    /// A file of settings in YAML.
    pub fn pnpm_yaml(&mut self, path: &Path) {
        let Some(content) = self.visit(path) else {
            return;
        };
        let root = match yaml::parse(&content.text) {
            Ok(Some(root)) => root,
            Ok(None) => return,
            Err(why) => return self.unreadable(why),
        };
        let file = self.shown(path);
        let place = |node: &Node| Origin::File { file: file.clone(), line: node.line, column: node.column };
        let mut found = Vec::new();
        for (key, node, value) in root.pairs() {
            match key {
                "registries" => self.pnpm_registries(value, &mut found),
                "_auth" => credentials(value, &mut found),
                _ if self.client().version() < 11 => {}
                _ => {
                    let name = NAMES.iter().find(|(name, _)| *name == key);
                    if let Some(((_, name), text)) = name.zip(value.text()) {
                        found.push(((*name).to_owned(), text.to_owned(), node));
                    }
                }
            }
        }
        let (client, variables) = (self.client(), &self.configuration.variables);
        let entries: Vec<Entry> = found
            .into_iter()
            .map(|(key, raw, node)| npmrc::entry(key, raw, place(node), content.written, client, variables))
            .collect();
        self.configuration.settings.add(entries);
    }

    /// `registries` by scope, or by address with a list of scopes.
    fn pnpm_registries<'a>(&self, registries: &'a Node, found: &mut Vec<(String, String, &'a Node)>) {
        let key_of = |scope: &str| match scope {
            "default" | "@" => "registry".to_owned(),
            scope => format!("{scope}:registry"),
        };
        for (key, node, value) in registries.pairs() {
            if let Some(address) = value.text() {
                found.push((key_of(key), address.to_owned(), node));
            }
            let lists = value.pairs().filter(|(name, ..)| *name == "scopes" && self.client().version() >= 11);
            for scope in lists.flat_map(|(_, _, list)| list.items()) {
                found.push((key_of(scope.text().unwrap_or_default()), key.to_owned(), scope));
            }
        }
    }

    /// The same credentials as JSON in a variable.
    pub fn pnpm_auth_variable(&mut self) {
        const NAME: &str = "pnpm_config__auth";
        let Some(root) = self.machine.variable(NAME).and_then(|text| yaml::parse(text).ok().flatten()) else {
            return;
        };
        let mut found = Vec::new();
        credentials(&root, &mut found);
        let entries: Vec<Entry> = found
            .into_iter()
            .map(|(key, value, _)| {
                let (written, raw, unset) = (NAME.to_owned(), value.clone(), Vec::new());
                let origin = Origin::Variable { name: NAME.to_owned() };
                Entry { key, written, raw, value, unset, origin, file_written: None }
            })
            .collect();
        self.configuration.settings.add(entries);
    }
}

/// `_auth` by address and scope; only what holds for all scopes (`@`) has a key of its own here.
fn credentials<'a>(addresses: &'a Node, found: &mut Vec<(String, String, &'a Node)>) {
    for (address, _, scopes) in addresses.pairs() {
        let Some(url) = nerf::registry_url(address) else {
            continue;
        };
        let of_all = scopes.pairs().filter(|(scope, ..)| *scope == "@");
        for (name, node, value) in of_all.flat_map(|(_, _, table)| table.pairs()) {
            if let Some(token) = value.text().filter(|_| name == "authToken") {
                found.push((format!("{}:_authToken", nerf::folder(&url)), token.to_owned(), node));
            }
        }
    }
}
