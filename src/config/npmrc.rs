//! The text of an `.npmrc` and the variables `npm_config_*` as settings; and what in the file is not what it looks like.
//!
//! Must not know which file counts before which.

use std::collections::BTreeMap;

use super::entries::Entry;
use super::ini;
use super::model::{Client, Family};
use super::nerf;
use super::rules::Unset;
use super::variables::{Filled, fill};
use crate::facts::Origin;

/// A line that does not say what its writer meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Oddity {
    /// What is wrong.
    pub what: Wrong,
    /// The key, as far as there is one.
    pub key: String,
    /// Where.
    pub origin: Origin,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// `#` or `;` cut the value.
    Cut,
    /// It stands below a section, which no client reads.
    InSection(String),
    /// It has no `=`.
    NoEqualsSign,
}

/// The settings of a file's text, and its oddities.
pub(super) fn read(
    text: &str,
    file: &str,
    file_written: Option<u64>,
    client: Client,
    variables: &BTreeMap<String, String>,
) -> (Vec<Entry>, Vec<Oddity>) {
    let mut entries = Vec::new();
    let mut oddities = Vec::new();
    for pair in ini::parse(text) {
        let origin = Origin::File { file: file.to_owned(), line: pair.line, column: pair.column };
        let mut odd = |what| oddities.push(Oddity { what, key: pair.key.clone(), origin: origin.clone() });
        let is_plain = client.reads_plain_lines();
        if let Some(section) = pair.section.filter(|_| !is_plain) {
            odd(Wrong::InSection(section));
            continue;
        }
        let whole = pair.cut.filter(|_| is_plain);
        if pair.is_cut && !is_plain {
            odd(Wrong::Cut);
        }
        let Some(value) = whole.or(pair.value) else {
            odd(Wrong::NoEqualsSign);
            continue;
        };
        // `key[]` is a list, and a list of one reads like its item.
        let listed =
            pair.key.strip_suffix("[]").filter(|key| !key.is_empty() && client.family != Family::Bun);
        let key = match listed {
            Some(key) => key.to_owned(),
            None => pair.key,
        };
        entries.push(entry(key, value, origin, file_written, client, variables));
    }
    (entries, oddities)
}

/// One setting, its variables filled in.
pub(super) fn entry(
    written: String,
    raw: String,
    origin: Origin,
    file_written: Option<u64>,
    client: Client,
    variables: &BTreeMap<String, String>,
) -> Entry {
    // Yarn and Bun fill in values only.
    let key = match client.family {
        Family::Npm | Family::Pnpm => fill(&written, client, variables),
        Family::Yarn1 | Family::Berry | Family::Bun | Family::Deno => {
            Filled { text: written.clone(), unset: Vec::new() }
        }
    };
    let mut value = fill(&raw, client, variables);
    if client.unset() == Unset::Emptied {
        for name in &value.unset {
            value.text = value.text.replace(&format!("${{{name}}}"), "");
        }
    }
    let unset = key.unset.into_iter().chain(value.unset).collect();
    Entry { key: key.text, written, raw, value: value.text, unset, origin, file_written }
}

/// Settings given as variables with one of some prefixes, any case. An empty value is none.
pub(super) fn from_variables(variables: &BTreeMap<String, String>, prefixes: &[&str]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for prefix in prefixes.iter().rev() {
        for (name, value) in variables {
            let (Some(start), Some(rest)) = (name.get(..prefix.len()), name.get(prefix.len()..)) else {
                continue;
            };
            if !start.eq_ignore_ascii_case(prefix) || value.is_empty() || rest.is_empty() {
                continue;
            }
            // A prefix may end in the slashes that a key starts with.
            let rest = if prefix.ends_with("//") { &name[prefix.len() - 2..] } else { rest };
            let key = if rest.starts_with("//") { rest.to_owned() } else { setting(rest) };
            entries.push(Entry {
                key,
                written: name.clone(),
                raw: value.clone(),
                value: value.clone(),
                unset: Vec::new(),
                origin: Origin::Variable { name: name.clone() },
                file_written: None,
            });
        }
    }
    entries
}

/// `_AUTHTOKEN` is `_authtoken`, `HTTPS_PROXY` is `https-proxy`: an underscore in front stays.
fn setting(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let (first, rest) = lower.split_at(lower.chars().next().map_or(0, char::len_utf8));
    let key = format!("{first}{}", rest.replace('_', "-"));
    match key.as_str() {
        "-authtoken" | "_authtoken" => "_authToken".to_owned(),
        _ => key,
    }
}

/// Whether a key is about registries or credentials; the others do not matter here.
pub(super) fn matters(key: &str) -> bool {
    key.starts_with("//")
        || key == "registry"
        || key.ends_with(":registry")
        || key.ends_with(":_authToken")
        || nerf::PARTS.contains(&key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_names_a_setting_in_any_case_and_an_empty_one_names_none() {
        let variables = [
            ("NPM_CONFIG_REGISTRY", "https://a.example/"),
            ("npm_config_https_proxy", "http://p.example"),
            ("npm_config_//h.example/:_authToken", "t"),
            ("npm_config__auth", "x"),
            ("npm_config_cafile", ""),
            ("npm_config_", "x"),
            ("NPM_TOKEN", "x"),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let entries = from_variables(&variables, &["npm_config_"]);
        let mut keys: Vec<_> = entries.iter().map(|entry| entry.key.as_str()).collect();
        keys.sort_unstable();
        assert_eq!(keys, ["//h.example/:_authToken", "_auth", "https-proxy", "registry"]);
    }
}
