//! The words that several renderings share.
//!
//! Owns wording only. Must not know formats.

use crate::advice::{self, Cause, CheckState, Command, Fix, Incident, Shell};
use crate::facts::{Correction, FactKey};
use crate::knowledge::{Risk, Who};

/// `E403 on publish: This version is already published (likely)`.
pub fn heading(incident: &Incident) -> String {
    match incident.causes.first() {
        Some(cause) => format!("{}: {}", incident.headline, titled(cause)),
        None => incident.headline.clone(),
    }
}

/// `This version is already published (likely)`.
pub fn titled(cause: &Cause) -> String {
    match (advice::is_fallback(cause), cause.own) {
        (true, _) => cause.title.clone(),
        (false, false) => format!("{} ({})", cause.title, confidence(cause)),
        (false, true) => format!("{} ({}, {OWN})", cause.title, confidence(cause)),
    }
}

/// The heading of what an audit or a probe found.
pub const LOOKED: &str = "What was looked at";
/// The heading of the causes that it rules out.
pub const RULED_OUT: &str = "Ruled out";

/// The findings that prove a cause, one line each.
pub fn proof<'a>(incident: &'a Incident, cause: &'a Cause) -> impl Iterator<Item = String> + 'a {
    let found = cause.proved_by.iter().filter_map(|index| incident.observations.get(*index));
    found.map(|observation| format!("Proved by: {}", observation.text))
}

/// `~/.npmrc line 3`, or `~/.npmrc` for a line to be added.
pub fn spot(correction: &Correction) -> String {
    match correction.line {
        Some(line) => format!("{} line {line}", correction.file),
        None => correction.file.clone(),
    }
}

/// The lines of a correction as in a diff: what goes and what comes.
pub fn change(correction: &Correction) -> impl Iterator<Item = (char, &str)> {
    let old = correction.old.as_deref().map(|line| ('-', line));
    let new = correction.new.as_deref().map(|line| ('+', line));
    old.into_iter().chain(new)
}

/// What stands behind the title of an entry that did not come with the program.
pub const OWN: &str = "own entry";

/// A title outside of an answer.
pub fn entry_title(title: &str, own: bool) -> String {
    if own { format!("{title} ({OWN})") } else { title.to_owned() }
}

/// What is said of a cause that own entries add to.
pub const EXTENDED: &str = "Own entries add to this cause.";

/// The confidence inside a sentence.
pub fn confidence(cause: &Cause) -> String {
    cause.confidence.word().to_lowercase()
}

/// Who can carry out a fix; nothing to say if it is the reader.
pub const fn helper(who: Who) -> Option<&'static str> {
    match who {
        Who::You => None,
        Who::PackageOwner => Some("an owner of the package"),
        Who::OrgOwner => Some("an owner of the organisation"),
        Who::RegistryAdmin => Some("whoever runs the registry"),
        Who::NetworkAdmin => Some("whoever runs the network"),
        Who::Vendor => Some("the registry's support"),
    }
}

/// What a fix can break; nothing to say if it breaks nothing.
pub const fn danger(risk: Risk) -> Option<&'static str> {
    match risk {
        Risk::None => None,
        Risk::ChangesConfig => Some("This changes configuration."),
        Risk::BreaksOthers => Some("This can break other people's work; ask first."),
    }
}

/// What stands in brackets behind a fix's title.
pub fn fix_title(fix: &Fix) -> String {
    match helper(fix.who) {
        Some(who) => format!("{} (needs {who})", fix.title),
        None => fix.title.clone(),
    }
}

/// `fill in: version, package`, if something has to be filled in.
pub fn missing(keys: &[FactKey]) -> Option<String> {
    let names: Vec<_> = keys.iter().map(|key| key.name().replace('_', " ")).collect();
    (!names.is_empty()).then(|| format!("fill in: {}", names.join(", ")))
}

/// What to say instead of a command that a shell cannot carry.
pub fn not_for_shell(command: &Command, shell: Shell) -> String {
    let others: Vec<_> = Shell::ALL
        .into_iter()
        .filter(|other| command.for_shell(*other).is_some())
        .map(Shell::title)
        .collect();
    if others.is_empty() {
        "No shell can carry this command safely; type it yourself after checking each value.".to_owned()
    } else {
        format!("{} cannot carry this command safely; use {}.", shell.title(), others.join(" or "))
    }
}

/// What is known about a check, in brackets; nothing while nobody has looked.
pub const fn state(state: CheckState) -> Option<&'static str> {
    match state {
        CheckState::Open => None,
        CheckState::Confirmed => Some("confirmed"),
        CheckState::Refuted => Some("does not apply"),
    }
}

/// `1 line`, `2 lines`.
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// `line 12`, `lines 12 to 14`.
pub fn place((first, last): (usize, usize)) -> String {
    if first == last { format!("line {first}") } else { format!("lines {first} to {last}") }
}

/// The facts worth listing in a report, each with its label.
pub fn facts(incident: &Incident) -> Vec<(&'static str, String)> {
    let get = |key| incident.facts.get(key).map(str::to_owned);
    let joined = |first, glue: &str, second| match (get(first), get(second)) {
        (Some(a), Some(b)) => Some(format!("{a}{glue}{b}")),
        (a, None) => a,
        (None, Some(_)) => None,
    };
    let alone_or_in_package = |key| {
        if get(FactKey::Package).is_some() { None } else { get(key) }
    };
    [
        ("Package", joined(FactKey::Package, "@", FactKey::Version)),
        ("Version", alone_or_in_package(FactKey::Version)),
        ("Registry", get(FactKey::Registry).or_else(|| get(FactKey::Host))),
        ("Request", joined(FactKey::Method, " ", FactKey::Url).or_else(|| get(FactKey::Url))),
        ("Client", joined(FactKey::Client, " ", FactKey::ClientVersion)),
        ("Account", get(FactKey::User)),
        ("CI", get(FactKey::Ci)),
        ("When", get(FactKey::Time)),
    ]
    .into_iter()
    .filter_map(|(label, value)| value.map(|value| (label, value)))
    .collect()
}

/// `text` with a full stop at its end.
pub fn sentence(text: &str) -> String {
    let text = text.trim_end();
    let ended = text.is_empty() || text.ends_with(['.', '!', '?', ':']);
    format!("{text}{}", if ended { "" } else { "." })
}
