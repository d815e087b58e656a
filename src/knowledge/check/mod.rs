//! The rules an entry must keep, beyond its shape. Its examples are run elsewhere, because that takes the engine.

mod cause;
mod common;

use std::collections::BTreeSet;
use std::fmt;

use super::{Cause, ClientEntry, Knowledge, Provider, Related};
use common::Sheet;

pub(super) use common::is_id;

/// How bad a broken rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The entry works, and can be better.
    Warning,
    /// The entry is not used.
    Error,
}

/// One broken rule, with the way to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file: below the folder `knowledge` for a bundled entry, else its path.
    pub file: String,
    /// Line and column, counted from 1, if the place is known.
    pub place: Option<(usize, usize)>,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub hint: String,
    /// The text in the file that it is about; empty if it is about the whole file.
    pub near: String,
}

impl Problem {
    /// The whole problem on one line, the file last.
    pub fn in_one_line(&self) -> String {
        format!("{}; {}: {}", self.what, self.hint, self.file_and_place())
    }

    /// `causes/x.json:12:5`.
    pub fn file_and_place(&self) -> String {
        match self.place {
            Some((line, column)) => format!("{}:{line}:{column}", self.file),
            None => self.file.clone(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n  hint  {}", self.file_and_place(), self.what, self.hint)
    }
}

/// Every broken rule in all entries, in the order of the entries.
pub fn check(knowledge: &Knowledge) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    problems.extend(knowledge.causes().iter().flat_map(|cause| check_cause(knowledge, cause)));
    problems.extend(knowledge.providers().iter().flat_map(|provider| check_provider(knowledge, provider)));
    problems.extend(knowledge.clients().iter().flat_map(check_client));
    problems.extend(knowledge.related().iter().flat_map(|related| check_related(knowledge, related)));
    problems.extend(circles(knowledge).into_iter().map(|(_, problem)| problem));
    problems
}

/// The broken rules of one cause.
pub(super) fn check_cause(knowledge: &Knowledge, cause: &Cause) -> Vec<Problem> {
    let mut sheet = Sheet::new(format!("knowledge/causes/{}.json", cause.id));
    cause::check(knowledge, cause, &mut sheet);
    sheet.problems
}

/// The broken rules of one provider.
pub(super) fn check_provider(knowledge: &Knowledge, provider: &Provider) -> Vec<Problem> {
    let mut sheet = Sheet::new(format!("knowledge/providers/{}.json", provider.id));
    sheet.id(&provider.id);
    for pattern in provider.urls.iter().chain(&provider.words) {
        sheet.pattern(knowledge, pattern, "the provider");
    }
    for host in &provider.hosts {
        let one_label = |text: &str| !text.contains(['.', '/', ':', ' ']);
        let whole = !host.domain.is_empty() && !host.domain.contains(['/', ':', '*', ' ']);
        if !whole || !(one_label(&host.label)) {
            sheet.error(
                format!("the host {:?} + {:?} is no label and domain", host.label, host.domain),
                "write {\"label\": \"npm\", \"domain\": \"acme.example\"} for npm.acme.example",
                &host.domain,
            );
        }
    }
    if let Some(like) = &provider.like {
        let plain = knowledge.provider(like).is_some_and(|other| other.like.is_none());
        if *like == provider.id || !plain {
            let hint = "name a file of knowledge/providers without `like`, usually \"generic\"";
            sheet.error(format!("is like {like:?}, which is unknown or itself like another"), hint, like);
        }
    }
    sheet.sources(std::slice::from_ref(&provider.docs));
    sheet.problems
}

/// The broken rules of one client.
pub(super) fn check_client(client: &ClientEntry) -> Vec<Problem> {
    let mut sheet = Sheet::new(format!("knowledge/clients/{}.json", client.id));
    sheet.id(&client.id);
    for (action, spelling) in &client.actions {
        let place = format!("action {action:?}");
        sheet.placeholders(&place, spelling.argv.iter().chain([&spelling.note]));
        if spelling.argv.is_empty() {
            sheet.error(
                format!("{place} has no command"),
                "write the program and its arguments in `argv`",
                action,
            );
        }
    }
    sheet.problems
}

/// The broken rules of one related code.
pub(super) fn check_related(knowledge: &Knowledge, related: &Related) -> Vec<Problem> {
    let mut sheet = Sheet::new(format!("knowledge/related/{}.json", related.id));
    sheet.id(&related.id);
    if related.examples.is_empty() {
        sheet.warning("has no example", "add a log that must be recognised as this", "examples");
    }
    if related.matchers.is_empty() {
        sheet.error("has no pattern", "add at least one to `match`", "match");
    }
    for pattern in &related.matchers {
        sheet.pattern(knowledge, pattern, "the entry");
    }
    if let Some(see) = &related.see {
        sheet.cause(knowledge, see, "sees");
    }
    for id in &related.outranks {
        let ids = || knowledge.related().iter().map(|other| other.id.as_str());
        if !ids().any(|other| other == id) {
            let hint = super::did_you_mean(id, ids(), "name a file of knowledge/related");
            sheet.error(format!("outranks the unknown code {id:?}"), &hint, id);
        }
    }
    if let Some(step) = &related.next {
        sheet.step(knowledge, step, "the next step");
    }
    sheet.sources(&related.sources);
    sheet.placeholders("advice", [&related.advice]);
    sheet.date("reviewed", &related.reviewed);
    sheet.problems
}

/// Causes that outrank themselves through others, each with its problem.
pub(super) fn circles(knowledge: &Knowledge) -> Vec<(&str, Problem)> {
    let reaches_itself = |start: &Cause| {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&str> = start.outranks.iter().map(String::as_str).collect();
        while let Some(id) = open.pop() {
            if id == start.id {
                return true;
            }
            if seen.insert(id)
                && let Some(cause) = knowledge.cause(id)
            {
                open.extend(cause.outranks.iter().map(String::as_str));
            }
        }
        false
    };
    let causes = knowledge.causes().iter().filter(|cause| reaches_itself(cause));
    let told = causes.map(|cause| {
        let mut sheet = Sheet::new(format!("knowledge/causes/{}.json", cause.id));
        let hint = "remove one of the `outranks` of the circle";
        sheet.error("outranks itself through others", hint, "outranks");
        sheet.problems.into_iter().map(|problem| (cause.id.as_str(), problem))
    });
    told.flatten().collect()
}
