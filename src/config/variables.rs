//! `${NAME}` in a value, as each client fills it in.
//!
//! Must not read the environment: the variables are passed in.

use std::collections::BTreeMap;

use super::model::{Client, Family};

/// A value whose variables are filled in.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Filled {
    /// The value; a variable that is not set stands in it as it was written.
    pub text: String,
    /// The variables that are not set.
    pub unset: Vec<String>,
}

/// Fills in the variables of a value.
pub(super) fn fill(text: &str, client: Client, variables: &BTreeMap<String, String>) -> Filled {
    let mut filled = Filled::default();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let (before, from) = rest.split_at(at);
        let backslashes = before.len() - before.trim_end_matches('\\').len();
        let found = reference(from, client);
        let Some((name, fallback, width)) = found else {
            filled.text.push_str(before);
            filled.text.push('$');
            rest = &from[1..];
            continue;
        };
        // Half of the backslashes in front protect the other half; an odd one protects the reference itself.
        filled.text.push_str(&before[..before.len() - backslashes / 2 - backslashes % 2]);
        rest = &from[width..];
        if backslashes % 2 == 1 {
            filled.text.push_str(&from[..width]);
            continue;
        }
        match (variables.get(name), fallback) {
            (Some(value), Fallback::IfEmpty(fallback)) if value.is_empty() => filled.text.push_str(fallback),
            (Some(value), _) => filled.text.push_str(value),
            (None, Fallback::IfUnset(fallback) | Fallback::IfEmpty(fallback)) => {
                filled.text.push_str(fallback)
            }
            (None, Fallback::None) => {
                filled.text.push_str(&from[..width]);
                filled.unset.push(name.to_owned());
            }
        }
    }
    filled.text.push_str(rest);
    filled
}

enum Fallback<'a> {
    None,
    IfUnset(&'a str),
    IfEmpty(&'a str),
}

/// The reference that a text starts with: the variable's name, what stands in for it, and the length in bytes.
fn reference(text: &str, client: Client) -> Option<(&str, Fallback<'_>, usize)> {
    let Some(inside) = text.strip_prefix("${") else {
        // Only Bun knows the form without braces.
        let name = text.strip_prefix('$').filter(|_| client.family == Family::Bun)?;
        let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(name.len());
        return (end > 0).then(|| (&name[..end], Fallback::None, end + 1));
    };
    let end = inside.find('}')?;
    let inner = &inside[..end];
    if inner.is_empty() || inner.contains(['$', '{']) {
        return None;
    }
    let width = end + 3;
    let knows_fallbacks = matches!(client.family, Family::Pnpm | Family::Berry);
    if knows_fallbacks && let Some((name, fallback)) = inner.split_once('-') {
        return Some(match name.strip_suffix(':') {
            Some(name) => (name, Fallback::IfEmpty(fallback), width),
            None => (name, Fallback::IfUnset(fallback), width),
        });
    }
    match inner.strip_suffix('?').filter(|_| client.knows_optional_variables()) {
        Some(name) => Some((name, Fallback::IfUnset(""), width)),
        None => Some((inner, Fallback::None, width)),
    }
}

/// Names written as `$NAME`, which only a shell would fill in.
pub(super) fn shell_style(text: &str) -> Option<&str> {
    let name = text.trim().strip_prefix('$')?;
    let is_name = !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str, family: Family) -> (String, Vec<String>) {
        let variables = BTreeMap::from([("A".to_owned(), "1".to_owned()), ("E".to_owned(), String::new())]);
        let client = Client { family, major: None, minor: None };
        let filled = fill(text, client, &variables);
        (filled.text, filled.unset)
    }

    #[test]
    fn a_variable_that_is_set_is_filled_in_by_every_client() {
        for family in [Family::Npm, Family::Pnpm, Family::Yarn1, Family::Berry, Family::Bun, Family::Deno] {
            assert_eq!(filled("x${A}y", family), ("x1y".into(), vec![]), "{family:?}");
        }
    }

    #[test]
    fn a_variable_that_is_not_set_stays_and_is_named() {
        assert_eq!(filled("${NOPE}", Family::Npm), ("${NOPE}".into(), vec!["NOPE".into()]));
        assert_eq!(filled("${NOPE?}", Family::Npm), (String::new(), vec![]));
        assert_eq!(filled("${NOPE-d}", Family::Berry), ("d".into(), vec![]));
        assert_eq!(filled("${E:-d}", Family::Pnpm), ("d".into(), vec![]));
        assert_eq!(filled("$A", Family::Npm), ("$A".into(), vec![]));
        assert_eq!(filled("$A", Family::Bun), ("1".into(), vec![]));
    }

    #[test]
    fn a_backslash_protects_a_reference_and_itself() {
        assert_eq!(filled(r"\${A}", Family::Npm), ("${A}".into(), vec![]));
        assert_eq!(filled(r"\\${A}", Family::Npm), (r"\1".into(), vec![]));
        for odd in ["$", "${", "${}", "${A", "$$", "${${A}}", "é$é"] {
            let (text, unset) = filled(odd, Family::Npm);
            assert!(text.len() <= odd.len() && unset.is_empty(), "{odd}");
        }
    }

    #[test]
    fn only_a_whole_value_counts_as_shell_style() {
        assert_eq!(shell_style("$NPM_TOKEN"), Some("NPM_TOKEN"));
        assert_eq!(shell_style("a$NPM_TOKEN"), None);
        assert_eq!(shell_style("${NPM_TOKEN}"), None);
    }
}
