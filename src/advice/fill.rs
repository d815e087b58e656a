//! Fills placeholders: freely in prose, only with validated values in commands.
//!
//! A value from a log that is not what its placeholder promises never reaches an argument.

use crate::facts::{ExactVersion, FactKey, Facts, PackageName, RegistryUrl, is_account, is_host, is_scope};
use crate::knowledge::Knowledge;

/// Fills the templates of one incident.
pub struct Filler<'a> {
    facts: &'a Facts,
    knowledge: &'a Knowledge,
}

/// What became of an argument vector.
#[derive(Debug, PartialEq, Eq)]
pub enum Filled {
    /// Ready, with the facts that stand as `<name>` because the log does not show them.
    Ready(Vec<String>, Vec<FactKey>),
    /// A value is not what it should be; the fact that is to blame.
    Unsafe(FactKey),
}

impl<'a> Filler<'a> {
    /// A filler for these facts.
    pub fn new(facts: &'a Facts, knowledge: &'a Knowledge) -> Self {
        Self { facts, knowledge }
    }

    /// Fills a sentence. An unknown placeholder becomes words, a sentence starts with a capital.
    pub fn prose(&self, template: &str) -> String {
        let template = template
            .replace("{package}@{version}", "{package_at_version}")
            .replace("{method} {url}", "{method_and_url}");
        let mut out = String::with_capacity(template.len() + 32);
        for piece in pieces(&template) {
            let words = match piece {
                Piece::Plain(text) => {
                    out.push_str(text);
                    continue;
                }
                Piece::Placeholder(name) => self.words(name),
            };
            if let Some((value, is_words)) = words {
                let starts = out.is_empty() || out.ends_with(". ") || out.ends_with("? ");
                if is_words && starts { push_capital(&mut out, &value) } else { out.push_str(&value) }
            }
        }
        out
    }

    /// What a placeholder reads like in a sentence, and whether it is words rather than a name.
    fn words(&self, name: &str) -> Option<(String, bool)> {
        match name {
            "npm" => return self.knowledge.public_host().map(|host| (host, false)),
            "registry" => {
                let words = self.registry_words();
                // A host keeps its letters at the start of a sentence too.
                let is_host = Some(words.as_str()) == self.facts.get(FactKey::Host);
                return Some((words, !is_host));
            }
            "package_at_version" => {
                let package = self.facts.get(FactKey::Package);
                let version = self.facts.get(FactKey::Version);
                return Some(match (package, version) {
                    (Some(package), Some(version)) => (format!("{package}@{version}"), false),
                    (Some(package), None) => (package.to_owned(), false),
                    (None, Some(version)) => (format!("version {version}"), true),
                    (None, None) => ("this version".to_owned(), true),
                });
            }
            "method_and_url" => {
                let pair = self.facts.get(FactKey::Method).zip(self.facts.get(FactKey::Url));
                let known = pair.map(|(method, url)| (format!("{method} {url}"), false));
                return Some(known.unwrap_or_else(|| ("the refused request".to_owned(), true)));
            }
            "name" => {
                let package = self.facts.get(FactKey::Package);
                let bare = package.map(|package| package.rsplit('/').next().unwrap_or(package).to_owned());
                return Some((bare.unwrap_or_else(|| "the name".to_owned()), false));
            }
            _ => {}
        }
        let key = FactKey::from_name(name)?;
        if let Some(value) = self.facts.get(key) {
            return Some((value.to_owned(), false));
        }
        Some((unknown_words(key).to_owned(), true))
    }

    /// `the public npm registry`, `Artifactory at artifactory.acme.example`, a host, or `the registry`.
    fn registry_words(&self) -> String {
        let host = self.facts.get(FactKey::Host);
        let provider = self.facts.get(FactKey::Provider).and_then(|id| self.knowledge.provider(id));
        match (provider, host) {
            (Some(provider), _) if provider.host().is_some() => provider.title.clone(),
            (Some(provider), Some(host)) if provider.id != "generic" => {
                format!("{} at {host}", provider.title)
            }
            (Some(provider), None) if provider.id != "generic" => provider.title.clone(),
            (_, Some(host)) => host.to_owned(),
            _ => "the registry".to_owned(),
        }
    }

    /// Fills an argument vector with validated values.
    ///
    /// `--registry {registry}` is left out when the registry is unknown or the public one: the client's own
    /// configuration then already says so.
    pub fn argv(&self, template: &[String]) -> Filled {
        let mut argv: Vec<String> = Vec::with_capacity(template.len());
        let mut missing = Vec::new();
        for argument in template {
            if argument == "{registry}"
                && argv.last().is_some_and(|last| last == "--registry")
                && !self.needs_registry()
            {
                argv.pop();
                continue;
            }
            match self.argument(argument, &mut missing) {
                Ok(filled) => argv.push(filled),
                Err(key) => return Filled::Unsafe(key),
            }
        }
        Filled::Ready(argv, missing)
    }

    fn needs_registry(&self) -> bool {
        self.facts.has(FactKey::Registry) && self.facts.get(FactKey::Provider) != Some("npm")
    }

    fn argument(&self, template: &str, missing: &mut Vec<FactKey>) -> Result<String, FactKey> {
        let mut out = String::with_capacity(template.len() + 16);
        for piece in pieces(template) {
            match piece {
                Piece::Plain(text) => out.push_str(text),
                Piece::Placeholder(name) => self.value(name, &mut out, missing)?,
            }
        }
        Ok(out)
    }

    /// Appends a placeholder's validated value, or `<name>` when the log does not show it.
    fn value(&self, name: &str, out: &mut String, missing: &mut Vec<FactKey>) -> Result<(), FactKey> {
        if name == "npm" {
            out.push_str(&self.knowledge.public_host().unwrap_or_default());
            return Ok(());
        }
        let key = if name == "name" {
            FactKey::Package
        } else {
            FactKey::from_name(name).unwrap_or(FactKey::Package)
        };
        let Some(value) = self.facts.get(key) else {
            if !missing.contains(&key) {
                missing.push(key);
            }
            out.push('<');
            out.push_str(name);
            out.push('>');
            return Ok(());
        };
        let safe = if name == "name" {
            PackageName::parse(value).map(|package| package.bare().to_owned())
        } else {
            validated(key, value)
        };
        out.push_str(&safe.ok_or(key)?);
        Ok(())
    }

    /// Fills the lines of a file: like an argument, but `{registry}` may also stand behind `//` as a key of `.npmrc`.
    pub fn lines(&self, template: &[String]) -> Result<Vec<String>, FactKey> {
        let mut missing = Vec::new();
        let key = self.facts.get(FactKey::Registry).and_then(RegistryUrl::parse);
        template
            .iter()
            .map(|line| match (&key, line.strip_prefix("//{registry}")) {
                (Some(url), Some(rest)) => {
                    self.argument(rest, &mut missing).map(|rest| format!("{}{rest}", url.npmrc_key()))
                }
                _ => self.argument(line, &mut missing),
            })
            .collect()
    }
}

/// The value in the form in which it may be put into a command.
fn validated(key: FactKey, value: &str) -> Option<String> {
    let keep = |fine: bool| fine.then(|| value.to_owned());
    match key {
        FactKey::Package => PackageName::parse(value).map(|package| package.as_str().to_owned()),
        FactKey::Version | FactKey::NextVersion => {
            ExactVersion::parse(value).map(|version| version.as_str().to_owned())
        }
        FactKey::Registry | FactKey::ConfiguredRegistry => {
            RegistryUrl::parse(value).map(|url| url.as_str().to_owned())
        }
        FactKey::Scope => keep(is_scope(value)),
        FactKey::Host => keep(is_host(value)),
        FactKey::User | FactKey::Account | FactKey::Owner | FactKey::Team | FactKey::Repository => {
            keep(is_account(value))
        }
        // A word of npm's, or the number itself when a probe has found which ones are taken.
        FactKey::Bump => ExactVersion::parse(value).map(|version| version.as_str().to_owned()),
        _ => None,
    }
}

/// A part of a template.
enum Piece<'t> {
    Plain(&'t str),
    Placeholder(&'t str),
}

/// A template in its parts; braces around anything but a known placeholder are plain.
fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = template;
    let mut from = 0;
    while let Some(open) = rest[from..].find('{').map(|open| from + open) {
        match placeholder(&rest[open..]) {
            Some((name, after)) => {
                pieces.push(Piece::Plain(&rest[..open]));
                pieces.push(Piece::Placeholder(name));
                rest = after;
                from = 0;
            }
            None => from = open + 1,
        }
    }
    pieces.push(Piece::Plain(rest));
    pieces
}

/// `{name}` at the start of `text`: the name and what follows.
fn placeholder(text: &str) -> Option<(&str, &str)> {
    let (name, after) = text.strip_prefix('{')?.split_once('}')?;
    let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let known = matches!(name, "package_at_version" | "method_and_url")
        || name == "npm"
        || name == "name"
        || FactKey::from_name(name).is_some();
    (plain && known).then_some((name, after))
}

fn push_capital(out: &mut String, words: &str) {
    let mut letters = words.chars();
    out.extend(letters.next().into_iter().flat_map(char::to_uppercase));
    out.push_str(letters.as_str());
}

/// What an unknown fact is called in a sentence.
fn unknown_words(key: FactKey) -> &'static str {
    match key {
        FactKey::Client => "your package manager",
        FactKey::ClientVersion => "its version",
        FactKey::NodeVersion => "your Node.js version",
        FactKey::Command => "the command",
        FactKey::Operation => "the operation",
        FactKey::Endpoint => "this part of the registry",
        FactKey::Method => "the request",
        FactKey::Status => "403",
        FactKey::Code => "E403",
        FactKey::Url => "an address of the registry",
        FactKey::Host => "the registry's host",
        FactKey::Registry | FactKey::Provider => "the registry",
        FactKey::Package => "this package",
        FactKey::Scope => "the scope",
        FactKey::Version => "this version",
        FactKey::NextVersion => "the next version",
        FactKey::Bump => "patch",
        FactKey::Reason => "the registry's message",
        FactKey::Ci => "CI",
        FactKey::User => "your account",
        FactKey::Team => "your team",
        FactKey::Repository => "the repository",
        FactKey::Similar => "names that exist",
        FactKey::Policy => "a policy",
        FactKey::Permission => "a permission",
        FactKey::Time => "(fill in)",
        FactKey::Phrase | FactKey::Message | FactKey::Notice => "the registry's message",
        FactKey::Tag => "latest",
        FactKey::Access => "the access level",
        FactKey::Integrity => "the archive's checksum",
        FactKey::Platform => "your system",
        FactKey::Runner => "the CI machine",
        FactKey::Credential => "the credential",
        FactKey::TokenKind => "a token",
        FactKey::RedirectHost => "the storage host",
        FactKey::RequiredBy => "the package that needs it",
        FactKey::Project => "your project",
        FactKey::Wrapper => "your release tool",
        FactKey::ProjectVersion => "its version",
        FactKey::RefusedUrls => "some",
        FactKey::Account => "your account",
        FactKey::Owner => "a maintainer of the package",
        FactKey::PublishedAt => "earlier",
        FactKey::PublishedBy => "somebody",
        FactKey::RetryAt => "later",
        FactKey::ConfiguredRegistry => "the configured registry",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(pairs: &[(FactKey, &str)]) -> Facts {
        let mut facts = Facts::default();
        for (key, value) in pairs {
            facts.set(*key, *value, None);
        }
        facts
    }

    fn prose(pairs: &[(FactKey, &str)], template: &str) -> String {
        Filler::new(&facts(pairs), Knowledge::bundled()).prose(template)
    }

    fn argv(pairs: &[(FactKey, &str)], template: &[&str]) -> Filled {
        let template: Vec<String> = template.iter().map(|&part| part.to_owned()).collect();
        Filler::new(&facts(pairs), Knowledge::bundled()).argv(&template)
    }

    #[test]
    fn a_sentence_reads_well_with_and_without_its_facts() {
        let template = "{registry} holds {package}@{version}. {package} stays.";
        assert_eq!(prose(&[], template), "The registry holds this version. This package stays.");
        let known = [(FactKey::Package, "ui"), (FactKey::Version, "1.0.0"), (FactKey::Provider, "npm")];
        assert_eq!(prose(&known, template), "The public npm registry holds ui@1.0.0. ui stays.");
        assert_eq!(
            prose(&[], "Write ${NPM_TOKEN} or {this: 1} or {"),
            "Write ${NPM_TOKEN} or {this: 1} or {"
        );
    }

    #[test]
    fn an_unknown_fact_is_marked_and_an_unsafe_one_stops_the_command() {
        let view = ["npm", "view", "{package}@{version}"];
        let marked =
            Filled::Ready(vec!["npm".into(), "view".into(), "ui@<version>".into()], vec![FactKey::Version]);
        assert_eq!(argv(&[(FactKey::Package, "ui")], &view), marked);
        assert_eq!(argv(&[(FactKey::Package, "$(id)")], &view), Filled::Unsafe(FactKey::Package));
    }

    #[test]
    fn the_registry_is_named_only_where_the_configuration_might_say_another() {
        let whoami = ["npm", "whoami", "--registry", "{registry}"];
        let short = Filled::Ready(vec!["npm".into(), "whoami".into()], vec![]);
        assert_eq!(argv(&[], &whoami), short);
        let private = [(FactKey::Registry, "https://r.acme.example/npm")];
        let Filled::Ready(long, _) = argv(&private, &whoami) else { panic!("it is safe") };
        assert_eq!(long[2..], ["--registry", "https://r.acme.example/npm/"]);
    }
}
