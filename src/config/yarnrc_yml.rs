//! `.yarnrc.yml` of Yarn 2 and later, put into the keys of an `.npmrc`.
//!
//! `npmScopes.acme.npmRegistryServer` is `@acme:registry`, `npmRegistries["//host"].npmAuthToken` is
//! `//host:_authToken` (<https://yarnpkg.com/configuration/yarnrc#npmRegistries>). Must not know which file comes first.

use std::collections::BTreeMap;

use super::entries::Entry;
use super::model::{Client, Family};
use super::npmrc;
use super::yaml::{self, Node};
use crate::facts::Origin;

/// Whatever reads it, the file is written for Yarn 2 and later.
const BERRY: Client = Client { family: Family::Berry, major: None, minor: None };

/// Settings of Yarn and what they are called here.
const NAMES: [(&str, &str); 11] = [
    ("npmRegistryServer", "registry"),
    ("npmPublishRegistry", "publish-registry"),
    ("npmAuthToken", "_authToken"),
    ("npmAuthIdent", "_auth"),
    ("npmAlwaysAuth", "always-auth"),
    ("httpProxy", "http-proxy"),
    ("httpsProxy", "https-proxy"),
    ("httpsCaFilePath", "cafile"),
    ("caFilePath", "cafile"),
    ("enableStrictSsl", "strict-ssl"),
    ("unsafeHttpWhitelist", "unsafe-http-whitelist"),
];

/// The settings of a file's text; the error says what is wrong with it.
pub(super) fn read(
    text: &str,
    file: &str,
    written: Option<u64>,
    variables: &BTreeMap<String, String>,
) -> Result<Vec<Entry>, String> {
    let mut found = Found { file, written, variables, entries: Vec::new() };
    let Some(root) = yaml::parse(text)? else {
        return Ok(Vec::new());
    };
    for (key, place, value) in root.pairs() {
        match key {
            "npmScopes" => {
                for (scope, _, table) in value.pairs() {
                    found.table(&format!("@{scope}:"), table);
                }
            }
            "npmRegistries" => {
                for (address, place, table) in value.pairs() {
                    let address = address.trim_end_matches('/');
                    // An entry counts even when it holds no credential: it hides the one at the top.
                    found.push(format!("{address}:present"), "npmRegistries", "true", place);
                    found.table(&format!("{address}:"), table);
                }
            }
            _ => found.setting("", key, place, value),
        }
    }
    Ok(found.entries)
}

/// Yarn's settings given as variables: `YARN_NPM_REGISTRY_SERVER`.
pub(super) fn from_variables(variables: &BTreeMap<String, String>) -> Vec<Entry> {
    let named = NAMES.iter().filter_map(|(name, key)| {
        let mut upper = String::from("YARN_");
        for c in name.chars() {
            if c.is_ascii_uppercase() {
                upper.push('_');
            }
            upper.push(c.to_ascii_uppercase());
        }
        let value = variables.get(&upper).filter(|value| !value.is_empty())?.clone();
        let origin = Origin::Variable { name: upper.clone() };
        let (raw, unset) = (value.clone(), Vec::new());
        Some(Entry { key: (*key).to_owned(), written: upper, raw, value, unset, origin, file_written: None })
    });
    named.collect()
}

struct Found<'a> {
    file: &'a str,
    written: Option<u64>,
    variables: &'a BTreeMap<String, String>,
    entries: Vec<Entry>,
}

impl Found<'_> {
    fn table(&mut self, prefix: &str, table: &Node) {
        for (key, place, value) in table.pairs() {
            self.setting(prefix, key, place, value);
        }
    }

    fn setting(&mut self, prefix: &str, key: &str, place: &Node, value: &Node) {
        let Some((_, name)) = NAMES.iter().find(|(name, _)| *name == key) else {
            return;
        };
        match value.text() {
            Some(text) => self.push(format!("{prefix}{name}"), key, text, place),
            None => {
                for item in value.items() {
                    self.push(format!("{prefix}{name}"), key, item.text().unwrap_or_default(), item);
                }
            }
        }
    }

    fn push(&mut self, key: String, written: &str, raw: &str, place: &Node) {
        let origin = Origin::File { file: self.file.to_owned(), line: place.line, column: place.column };
        let mut entry = npmrc::entry(key, raw.to_owned(), origin, self.written, BERRY, self.variables);
        entry.written = written.to_owned();
        self.entries.push(entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_and_registries_become_keys_with_their_places() {
        let text = "npmScopes:\n  acme:\n    npmRegistryServer: \"https://npm.acme.example\"\n    npmAuthToken: ${TOKEN}\nnpmRegistries:\n  \"//npm.acme.example/\":\n    npmAlwaysAuth: true\n";
        let entries = read(text, ".yarnrc.yml", None, &BTreeMap::new()).unwrap();
        let seen: Vec<_> = entries
            .iter()
            .map(|entry| (entry.key.as_str(), super::super::entries::place(&entry.origin)))
            .collect();
        assert_eq!(
            seen,
            [
                ("@acme:registry", "line 3 of .yarnrc.yml".to_owned()),
                ("@acme:_authToken", "line 4 of .yarnrc.yml".to_owned()),
                ("//npm.acme.example:present", "line 6 of .yarnrc.yml".to_owned()),
                ("//npm.acme.example:always-auth", "line 7 of .yarnrc.yml".to_owned()),
            ]
        );
        assert_eq!(entries[1].unset, ["TOKEN"]);
    }
}
