//! npm's settings, as far as they say where something is.
//!
//! Owns how npm reads a path from a variable or from the user's `.npmrc`. Must not know what the path is for.

use std::fs;
use std::path::PathBuf;

use super::{Machine, Os};

impl Machine {
    /// A setting of npm that was given as a variable, as a path. npm ignores the case of `npm_config_` names
    /// (<https://docs.npmjs.com/cli/v11/using-npm/config#environment-variables>).
    pub(super) fn npm_variable(&self, key: &str) -> Option<PathBuf> {
        let wanted = format!("npm_config_{}", key.replace('-', "_"));
        self.env
            .iter()
            .filter(|(name, value)| name.eq_ignore_ascii_case(&wanted) && !value.is_empty())
            .map(|(_, value)| match value.to_str() {
                Some(text) => self.npm_path(text),
                None => PathBuf::from(value),
            })
            .next_back()
    }

    /// A path as npm reads it: `~/` is the home folder, and a relative one starts where npm runs.
    fn npm_path(&self, text: &str) -> PathBuf {
        let in_home = text.strip_prefix('~').and_then(|rest| {
            rest.strip_prefix('/').or_else(|| rest.strip_prefix('\\').filter(|_| self.os == Os::Windows))
        });
        match (in_home, &self.home, &self.working_folder) {
            (Some(rest), Some(home), _) => home.join(rest),
            (_, _, Some(folder)) => folder.join(text),
            _ => PathBuf::from(text),
        }
    }
}

/// The keys and values of an npmrc file.
pub(super) struct Npmrc(Vec<(String, String)>);

impl Npmrc {
    /// The user's own file; one that is missing or closed to us says nothing.
    pub(super) fn of_user(machine: &Machine) -> Self {
        let file = machine
            .npm_variable("userconfig")
            .or_else(|| machine.home.as_ref().map(|home| home.join(".npmrc")));
        let bytes = file.and_then(|file| fs::read(file).ok()).unwrap_or_default();
        Self::parse(&String::from_utf8_lossy(&bytes))
    }

    /// The file is in the format of <https://github.com/npm/ini>; settings stand above its first section.
    fn parse(text: &str) -> Self {
        let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
        let pairs = lines
            .take_while(|line| !line.starts_with('['))
            .filter(|line| !line.starts_with([';', '#']))
            .filter_map(|line| line.split_once('='))
            .map(|(key, value)| (key.trim().to_owned(), Self::unquote(value.trim())));
        Self(pairs.collect())
    }

    fn unquote(value: &str) -> String {
        for quote in ['"', '\''] {
            let inner = value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
            if let Some(inner) = inner {
                return match quote {
                    '"' => serde_json::from_str(value).unwrap_or_else(|_| inner.to_owned()),
                    _ => inner.to_owned(),
                };
            }
        }
        let mut text = String::new();
        let mut chars = value.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                ';' | '#' => break,
                '\\' => text.push(chars.next_if(|next| "\\;#".contains(*next)).unwrap_or('\\')),
                c => text.push(c),
            }
        }
        text.trim().to_owned()
    }

    /// A setting as a path, with `${NAME}` filled in; the last of several counts.
    pub(super) fn path(&self, key: &str, machine: &Machine) -> Option<PathBuf> {
        let (_, value) = self.0.iter().rev().find(|(name, value)| name == key && !value.is_empty())?;
        let mut filled = String::new();
        let mut rest = value.as_str();
        while let Some((before, after)) = rest.split_once("${") {
            filled.push_str(before);
            let variable = after.split_once('}').and_then(|(name, tail)| {
                let value = machine.variable(name)?.to_str()?;
                Some((value, tail))
            });
            match variable {
                Some((value, tail)) => {
                    filled.push_str(value);
                    rest = tail;
                }
                // npm, too, leaves the name of a variable that is not set.
                None => {
                    filled.push_str("${");
                    rest = after;
                }
            }
        }
        filled.push_str(rest);
        Some(machine.npm_path(&filled))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn cache(npmrc: &str, os: Os) -> Option<PathBuf> {
        let machine = Machine {
            os,
            env: BTreeMap::from([("USER".to_owned(), "alice".into())]),
            home: Some("/home/alice".into()),
            working_folder: Some("/project".into()),
            portable: None,
        };
        Npmrc::parse(npmrc).path("cache", &machine)
    }

    #[test]
    fn a_value_is_read_as_npm_reads_it() {
        for (npmrc, expected) in [
            ("cache=/c", "/c"),
            ("\u{feff}cache = /c ", "/c"),
            ("cache=/a\ncache=/b", "/b"),
            ("cache=\"/with ; mark\"", "/with ; mark"),
            ("cache='/with # mark'", "/with # mark"),
            ("cache=/c ; for the build", "/c"),
            ("cache=/a\\;b", "/a;b"),
            ("cache=~/c", "/home/alice/c"),
            ("cache=c", "/project/c"),
            ("cache=/of/${USER}/c", "/of/alice/c"),
            ("cache=/of/${NOBODY}/c", "/of/${NOBODY}/c"),
            ("cache=/of/${USER", "/of/${USER"),
        ] {
            assert_eq!(cache(npmrc, Os::Linux), Some(expected.into()), "{npmrc}");
        }
    }

    #[test]
    fn what_is_not_a_setting_is_not_read() {
        for npmrc in ["", "cache", "cache=", ";cache=/c", "# cache=/c", "[x]\ncache=/c", "cache[]=/c"] {
            assert_eq!(cache(npmrc, Os::Linux), None, "{npmrc}");
        }
    }

    #[test]
    fn a_path_of_windows_keeps_its_backslashes() {
        let path = "D:\\npm\\cache";
        let read = cache(&format!("cache={path}"), Os::Windows).unwrap();
        assert!(read.to_str().unwrap().ends_with(path), "{}", read.display());
        let read = cache("cache=~\\c", Os::Windows);
        assert_eq!(read, Some("/home/alice/c".into()));
    }
}
