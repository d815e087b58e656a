//! Facts that follow from others: the scope from the name, the package and the method from the command.
//!
//! Derived facts have no place in the log. Must not know causes.

use super::Incident;
use super::context::Context;
use crate::facts::{ExactVersion, FactKey, Facts, PackageName};

/// What a command asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Publish,
    Read,
    Change,
    /// A change that is always a PUT.
    Write,
}

/// Completes an incident's facts from the run's and from each other.
pub fn complete(facts: &mut Facts, context: &Context) {
    let has_url = facts.has(FactKey::Url);
    facts.fill_from(&context.run);
    let program =
        facts.get(FactKey::Command).and_then(|command| command.split(' ').next()).unwrap_or_default();
    let client = match (facts.get(FactKey::Client), program, facts.get(FactKey::Wrapper)) {
        // pnpm 7 to 10 run npm to publish; the user's tool is pnpm.
        (None | Some("npm"), "pnpm", None) => Some("pnpm"),
        (None, _, Some("lerna")) => Some("lerna"),
        _ => None,
    };
    if let Some(client) = client {
        facts.set(FactKey::Client, client, None);
    }
    facts.set_if_missing(FactKey::Client, "npm", None);
    let client = facts.get(FactKey::Client).unwrap_or_default();
    if let Some(version) = context.versions.get(client).cloned() {
        facts.fill_from(&version);
    }
    if !has_url {
        facts.fill_from(&context.named);
    }
    if let Some(command) = facts.get(FactKey::Command).map(str::to_owned) {
        from_command(&command, has_url, facts);
    }
    // npm and bun print the address that refused; a signature in it says that a registry sent them there.
    if let Some(url) = facts.get(FactKey::Url)
        && ["X-Amz-", "X-Goog-", "&sig=", "?sig=", "Signature="].iter().any(|word| url.contains(word))
        && let Some(host) = facts.get(FactKey::Host).map(str::to_owned)
    {
        facts.set_if_missing(FactKey::RedirectHost, host, facts.span(FactKey::Url));
    }
    // A tag says nothing about the version; a range is at least what was asked for.
    if facts.get(FactKey::Version).is_some_and(|version| !version.contains(|c: char| c.is_ascii_digit())) {
        facts.remove(FactKey::Version);
    }
    if facts.get(FactKey::Endpoint) == Some("packument") {
        // Clients that print no method print one for every write.
        facts.set_if_missing(FactKey::Method, "GET", None);
        facts.set_if_missing(FactKey::Operation, "install", None);
    }
    if !facts.has(FactKey::Endpoint) && facts.get(FactKey::Method) == Some("PUT") {
        facts.set_if_missing(FactKey::Operation, "publish", None);
    }
    if facts.get(FactKey::Client) == Some("lerna")
        && facts.get(FactKey::Operation) == Some("publish")
        && !facts.has(FactKey::Package)
        && let Some((package, span)) = context.only_listed()
    {
        facts.set(FactKey::Package, package, Some(span));
    }
    if facts.get(FactKey::Operation) == Some("publish")
        && let Some((version, span)) = facts.get(FactKey::Package).and_then(|package| context.listed(package))
    {
        facts.set_if_missing(FactKey::Version, version, Some(*span));
    }
    if let Some((scope, _)) = facts.get(FactKey::Package).and_then(|package| package.split_once('/'))
        && scope.starts_with('@')
    {
        let scope = scope.to_owned();
        facts.set_if_missing(FactKey::Scope, scope, facts.span(FactKey::Package));
    }
}

/// Says in each incident how many different addresses the log shows as refused.
pub fn count_urls(incidents: &mut [Incident]) {
    let mut urls: Vec<&str> = incidents.iter().filter_map(|one| one.facts.get(FactKey::Url)).collect();
    urls.sort_unstable();
    urls.dedup();
    let count = urls.len();
    if count > 1 {
        for incident in incidents {
            incident.facts.set(FactKey::RefusedUrls, count.to_string(), None);
        }
    }
}

fn from_command(command: &str, has_url: bool, facts: &mut Facts) {
    let words: Vec<&str> = command.split_whitespace().collect();
    let Some((verb, arguments)) = verb_of(&words) else {
        return;
    };
    let named = arguments.iter().find_map(|argument| split_spec(argument));
    if let Some((package, version)) = named {
        let same = facts.get(FactKey::Package).is_none_or(|known| known == package);
        if !has_url {
            facts.set_if_missing(FactKey::Package, package, None);
        }
        if let Some(version) = version.filter(|_| same) {
            facts.set_if_missing(FactKey::Version, version, None);
        }
    }
    // A line that only may be a refusal gets no method: a cause must recognise it by its words alone.
    if has_url || !facts.has(FactKey::Status) {
        return;
    }
    match verb {
        Verb::Publish => {
            facts.set_if_missing(FactKey::Method, "PUT", None);
            facts.set_if_missing(FactKey::Operation, "publish", None);
        }
        Verb::Read => {
            facts.set_if_missing(FactKey::Method, "GET", None);
            facts.set_if_missing(FactKey::Operation, "install", None);
        }
        Verb::Write => {
            facts.set_if_missing(FactKey::Method, "PUT", None);
            facts.set_if_missing(FactKey::Operation, "other", None);
        }
        Verb::Change => facts.set_if_missing(FactKey::Operation, "other", None),
    }
}

fn verb_of<'w>(words: &'w [&'w str]) -> Option<(Verb, &'w [&'w str])> {
    let (program, rest) = words.split_first()?;
    if !matches!(*program, "npm" | "pnpm" | "yarn" | "bun" | "cnpm" | "tnpm") {
        return None;
    }
    let place = rest.iter().position(|word| !word.starts_with('-'))?;
    let verb = match rest[place] {
        "publish" => Verb::Publish,
        "install" | "i" | "ci" | "add" | "view" | "info" | "exec" | "update" | "up" => Verb::Read,
        "deprecate" | "undeprecate" => Verb::Write,
        "access" | "owner" | "dist-tag" | "team" if rest.get(place + 1).is_some_and(|word| writes(word)) => {
            Verb::Write
        }
        "dist-tag" | "unpublish" | "owner" | "access" | "login" | "adduser" => Verb::Change,
        _ => return None,
    };
    // `npm publish ./folder` names a folder; `dist-tag add x@1`, `owner add user x` have a word in between.
    let arguments = if verb == Verb::Publish { &[] } else { &rest[place + 1..] };
    Some((verb, arguments))
}

/// Sub-commands that send a PUT; `rm` and `revoke` send a DELETE or, for owners, a PUT.
fn writes(word: &str) -> bool {
    matches!(word, "add" | "grant" | "set" | "create" | "public" | "restricted")
}

/// `@acme/ui@1.0.0` as name and exact version; `None` for options, folders and plain words such as `add`.
fn split_spec(argument: &str) -> Option<(&str, Option<&str>)> {
    const WORDS: [&str; 7] = ["add", "rm", "ls", "grant", "revoke", "set", "read-write"];
    if argument.starts_with(['-', '.', '/', '~']) || WORDS.contains(&argument) {
        return None;
    }
    let at = argument.char_indices().skip(1).find(|(_, c)| *c == '@').map(|(at, _)| at);
    let (name, version) = match at {
        Some(at) => (&argument[..at], Some(argument[at + 1..].trim_matches(['"', '\'']))),
        None => (argument, None),
    };
    PackageName::parse(name)?;
    Some((name, version.filter(|version| ExactVersion::parse(version).is_some() && version.contains('.'))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts_of(command: &str) -> Facts {
        let mut facts = Facts::default();
        facts.set(FactKey::Command, command, None);
        facts.set(FactKey::Status, "403", None);
        complete(&mut facts, &Context::default());
        facts
    }

    #[test]
    fn a_command_names_what_the_error_does_not() {
        let facts = facts_of("npm install -g http-server");
        assert_eq!(facts.get(FactKey::Package), Some("http-server"));
        assert_eq!(facts.get(FactKey::Method), Some("GET"));
        let facts = facts_of("npm dist-tag add repo-baker@6.1.0 latest");
        assert_eq!(facts.get(FactKey::Package), Some("repo-baker"));
        assert_eq!(facts.get(FactKey::Version), Some("6.1.0"));
        assert_eq!(facts_of("npm publish ./dist").get(FactKey::Package), None);
        assert_eq!(facts_of("npm publish").get(FactKey::Operation), Some("publish"));
        assert_eq!(facts_of("npm install left-pad@^1.0.0").get(FactKey::Version), None);
    }
}
