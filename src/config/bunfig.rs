//! `bunfig.toml`, put into the keys of an `.npmrc`; and the variables of Bun's `.env` files.
//!
//! `[install] registry` is `registry`, `[install.scopes] acme` is `@acme:registry`; the token of a table belongs to
//! the table and is `@acme:_authToken`, or `@:_authToken` for the default registry
//! (<https://bun.com/docs/runtime/bunfig>). Must not know which file comes first.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::credential;
use super::entries::Entry;
use super::ini;
use super::variables;
use crate::facts::Origin;

/// The settings of a file's text; the error says what is wrong with it.
pub(super) fn read(
    text: &str,
    file: &str,
    written: Option<u64>,
    variables: &BTreeMap<String, String>,
) -> Result<Vec<Entry>, String> {
    let root = DeTable::parse(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_and_column(text, &span).0);
        format!("it is not TOML (line {line}: {}); mend that place", error.message())
    })?;
    let mut found = Found { text, file, written, variables, entries: Vec::new() };
    let Some(DeValue::Table(install)) = root.get_ref().get("install").map(|value| value.get_ref()) else {
        return Ok(Vec::new());
    };
    for (key, value) in install.iter() {
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("registry", registry) => found.registry("registry".to_owned(), "@", registry, key.span()),
            ("scopes", DeValue::Table(scopes)) => {
                for (scope, registry) in scopes.iter() {
                    let scope_name = format!("@{}", scope.get_ref().trim_start_matches('@'));
                    found.registry(
                        format!("{scope_name}:registry"),
                        &scope_name,
                        registry.get_ref(),
                        scope.span(),
                    );
                }
            }
            ("ca" | "cafile", DeValue::String(value)) => {
                found.push(key.get_ref().to_string(), value, key.span())
            }
            _ => {}
        }
    }
    Ok(found.entries)
}

struct Found<'a> {
    text: &'a str,
    file: &'a str,
    written: Option<u64>,
    variables: &'a BTreeMap<String, String>,
    entries: Vec<Entry>,
}

impl Found<'_> {
    /// A registry: an address, or a table of address and credential.
    fn registry(&mut self, key: String, owner: &str, registry: &DeValue<'_>, place: Range<usize>) {
        match registry {
            DeValue::String(address) => self.push(key, address, place),
            DeValue::Table(table) => {
                for (name, value) in table.iter() {
                    let DeValue::String(value) = value.get_ref() else {
                        continue;
                    };
                    match name.get_ref().as_ref() {
                        "url" => self.push(key.clone(), value, name.span()),
                        "token" => self.push(format!("{owner}:_authToken"), value, name.span()),
                        "username" => self.push(format!("{owner}:username"), value, name.span()),
                        "password" => self.password(format!("{owner}:_password"), value, name.span()),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, key: String, raw: &str, place: Range<usize>) {
        let (line, column) = line_and_column(self.text, &place);
        let origin = Origin::File { file: self.file.to_owned(), line, column };
        // Here a variable is the whole value and stands without braces.
        let name = variables::shell_style(raw);
        let set = name.and_then(|name| self.variables.get(name));
        let unset = name.filter(|_| set.is_none()).map(str::to_owned);
        let value = match (set, &unset) {
            (Some(value), _) => value.clone(),
            (None, Some(_)) => String::new(),
            (None, None) => raw.to_owned(),
        };
        let (written, raw) = (key.rsplit(':').next().unwrap_or_default().to_owned(), raw.to_owned());
        let (unset, file_written) = (unset.into_iter().collect(), self.written);
        self.entries.push(Entry { key, written, raw, value, unset, origin, file_written });
    }

    /// Here a password stands as it is; everywhere else it is base64.
    fn password(&mut self, key: String, raw: &str, place: Range<usize>) {
        self.push(key, raw, place);
        if let Some(entry) = self.entries.last_mut().filter(|entry| entry.unset.is_empty()) {
            entry.value = credential::encode(entry.value.as_bytes());
        }
    }
}

fn line_and_column(text: &str, place: &Range<usize>) -> (usize, usize) {
    let before = text.get(..place.start).unwrap_or(text);
    let column = before.rsplit('\n').next().unwrap_or(before).chars().count() + 1;
    (before.matches('\n').count() + 1, column)
}

/// The names and values of an `.env` file.
pub(super) fn variables_of(text: &str) -> Vec<(String, String)> {
    let pairs = ini::lines(text).filter_map(|line| {
        let line = line.trim();
        let line = line.strip_prefix("export ").unwrap_or(line);
        let (name, value) = line.split_once('=')?;
        let is_name = name.trim().chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let value = value.trim();
        let quoted =
            ['"', '\'', '`'].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote));
        let plain = || value.split(" #").next().unwrap_or(value).trim_end();
        is_name.then(|| (name.trim().to_owned(), quoted.unwrap_or_else(plain).to_owned()))
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_addresses_become_keys_with_their_places() {
        let text = "[install]\nregistry = \"https://npm.acme.example/\"\n\n[install.scopes]\nacme = { token = \"$TOKEN\", url = \"https://b.example/\" }\n";
        let variables = BTreeMap::from([("TOKEN".to_owned(), "t".to_owned())]);
        let entries = read(text, "bunfig.toml", None, &variables).unwrap();
        let mut seen: Vec<_> = entries
            .iter()
            .map(|entry| {
                (entry.key.as_str(), entry.value.as_str(), super::super::entries::place(&entry.origin))
            })
            .collect();
        seen.sort();
        assert_eq!(
            seen,
            [
                ("@acme:_authToken", "t", "line 5 of bunfig.toml".to_owned()),
                ("@acme:registry", "https://b.example/", "line 5 of bunfig.toml".to_owned()),
                ("registry", "https://npm.acme.example/", "line 2 of bunfig.toml".to_owned()),
            ]
        );
        assert!(read("[install", "bunfig.toml", None, &variables).is_err_and(|why| why.contains("line 1")));
    }

    #[test]
    fn an_env_file_is_read_without_its_quotes() {
        let pairs = variables_of("A=1\nexport B=\"x y\"\n# C=2\nD = z # note\nnot a pair\n");
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(pairs, [("A", "1"), ("B", "x y"), ("D", "z")]);
    }
}
