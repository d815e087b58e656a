//! The rules an entry must keep, beyond its shape. Examples are run by `tests/knowledge.rs`.

use std::collections::BTreeSet;
use std::fmt;

use super::{Cause, Check, Fix, Knowledge, Matcher, Related, Risk, Source, SourceKind, Step, Strength, Who};
use crate::facts::FactKey;

/// The longest pattern, in characters.
const PATTERN_LIMIT: usize = 200;
/// The longest title, in characters.
const TITLE_LIMIT: usize = 60;

/// One broken rule, with the way to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, relative to `knowledge/`.
    pub file: String,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub hint: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "knowledge/{}: {}\n  hint  {}", self.file, self.what, self.hint)
    }
}

/// Every broken rule in all entries, in the order of the entries.
pub fn check(knowledge: &Knowledge) -> Vec<Problem> {
    let mut problems = Vec::new();
    for cause in knowledge.causes() {
        CauseCheck::new(knowledge, cause, &mut problems).run();
    }
    for client in knowledge.clients() {
        let file = format!("clients/{}.json", client.id);
        for (action, spelling) in &client.actions {
            let mut texts = spelling.argv.clone();
            texts.push(spelling.note.clone());
            check_placeholders(&file, &format!("action {action:?}"), &texts, &mut problems);
        }
    }
    for related in knowledge.related() {
        check_related(knowledge, related, &mut problems);
    }
    problems.extend(cycles(knowledge));
    problems
}

fn check_related(knowledge: &Knowledge, related: &Related, problems: &mut Vec<Problem>) {
    let file = format!("related/{}.json", related.id);
    let mut push = |what: String, hint: &str| {
        problems.push(Problem { file: file.clone(), what, hint: hint.to_owned() });
    };
    if related.examples.is_empty() {
        push("has no example".into(), "add a log that must be recognised as this");
    }
    if let Some(see) = &related.see
        && knowledge.cause(see).is_none()
    {
        push(format!("sees the unknown cause {see:?}"), "name a file of knowledge/causes");
    }
    for id in &related.outranks {
        if !knowledge.related().iter().any(|other| other.id == *id) {
            push(format!("outranks the unknown code {id:?}"), "name a file of knowledge/related");
        }
    }
    if let Some(step) = &related.next
        && let Some(what) = step_problem(knowledge, step)
    {
        push(what, "see `Step` in knowledge/schema.json");
    }
    check_sources(&file, &related.sources, problems);
    check_placeholders(&file, "advice", std::slice::from_ref(&related.advice), problems);
}

/// The checks of one cause.
struct CauseCheck<'a> {
    knowledge: &'a Knowledge,
    cause: &'a Cause,
    problems: &'a mut Vec<Problem>,
}

impl<'a> CauseCheck<'a> {
    fn new(knowledge: &'a Knowledge, cause: &'a Cause, problems: &'a mut Vec<Problem>) -> Self {
        Self { knowledge, cause, problems }
    }

    fn push(&mut self, what: impl Into<String>, hint: &str) {
        self.problems.push(Problem {
            file: format!("causes/{}.json", self.cause.id),
            what: what.into(),
            hint: hint.to_owned(),
        });
    }

    fn run(mut self) {
        let cause = self.cause;
        self.texts();
        self.references();
        for matcher in &cause.matchers {
            self.matcher(matcher);
        }
        self.checklist(&cause.checklist);
        self.fixes(&cause.fixes);
        for (provider, overlay) in &cause.providers {
            if self.knowledge.provider(provider).is_none() {
                self.push(
                    format!("overlay for the unknown provider {provider:?}"),
                    "name a file of knowledge/providers",
                );
            }
            for matcher in &overlay.matchers {
                self.matcher(matcher);
            }
            self.checklist(&overlay.checklist);
            self.fixes(&overlay.fixes);
        }
        if cause.matchers.is_empty() && cause.id != crate::knowledge::FALLBACK {
            self.push("has no matcher", "add at least one to `match`");
        }
        if cause.examples.positive.is_empty() || cause.examples.negative.is_empty() {
            self.push("lacks a positive or a negative example", "add one of each to `examples`");
        }
        let community_only = cause.sources.iter().all(|source| source.kind == SourceKind::Community);
        let conclusive = cause.matchers.iter().any(|matcher| matcher.strength == Strength::Conclusive);
        if community_only && conclusive {
            self.push("is conclusive on users' reports alone", "lower the strength, or add a better source");
        }
        let file = format!("causes/{}.json", cause.id);
        check_sources(&file, &cause.sources, self.problems);
        if !is_date(&cause.reviewed) {
            self.push(format!("`reviewed` is {:?}", cause.reviewed), "write the day as YYYY-MM-DD");
        }
    }

    fn texts(&mut self) {
        let cause = self.cause;
        if cause.title.chars().count() > TITLE_LIMIT || cause.title.ends_with('.') {
            self.push("the title is too long or ends with a period", "at most 60 characters, no period");
        }
        if cause.operations.is_empty()
            || cause.explanation.is_empty()
            || cause.fixes.is_empty()
            || cause.checklist.is_empty()
        {
            self.push(
                "lacks operations, an explanation, a check or a fix",
                "every cause has at least one of each",
            );
        }
        let mut texts = vec![cause.title.clone(), cause.summary.clone()];
        texts.extend(cause.explanation.iter().cloned());
        texts.extend(cause.questions.iter().flat_map(|question| question.answer.iter().cloned()));
        for overlay in cause.providers.values() {
            texts.extend(overlay.summary.iter().cloned());
            texts.extend(overlay.explanation.iter().cloned());
        }
        let file = format!("causes/{}.json", cause.id);
        check_placeholders(&file, "a text", &texts, self.problems);
    }

    fn references(&mut self) {
        for id in &self.cause.outranks {
            if self.knowledge.cause(id).is_none() {
                self.push(format!("outranks the unknown cause {id:?}"), "name a file of knowledge/causes");
            }
        }
    }

    fn matcher(&mut self, matcher: &Matcher) {
        if matcher.all.is_empty() && matcher.when.is_empty() {
            self.push(
                format!("matcher {:?} matches everything", matcher.name),
                "add a clause to `all` or a gate to `when`",
            );
        }
        for provider in &matcher.when.provider {
            if self.knowledge.provider(provider).is_none() {
                self.push(
                    format!("matcher {:?} names the unknown provider {provider:?}", matcher.name),
                    "name a file of knowledge/providers",
                );
            }
        }
        for clause in matcher.all.iter().chain(&matcher.none) {
            if clause.regex.chars().count() > PATTERN_LIMIT {
                self.push(
                    format!("matcher {:?} has a pattern of over {PATTERN_LIMIT} characters", matcher.name),
                    "split it into several clauses or matchers",
                );
            }
            let names = self
                .knowledge
                .regex(&clause.regex)
                .map(|regex| regex.capture_names().flatten().map(str::to_owned).collect::<Vec<_>>());
            for name in names.unwrap_or_default() {
                if FactKey::from_name(&name).is_none() {
                    self.push(
                        format!("matcher {:?} captures the unknown fact {name:?}", matcher.name),
                        "use a fact name, or a group without a name",
                    );
                }
            }
        }
    }

    fn checklist(&mut self, checklist: &[Check]) {
        for check in checklist {
            if let Some(otherwise) = &check.otherwise
                && self.knowledge.cause(otherwise).is_none()
            {
                self.push(
                    format!("check {:?} points to the unknown cause {otherwise:?}", check.todo),
                    "name a file of knowledge/causes",
                );
            }
            if let Some(action) = &check.run
                && !action_exists(self.knowledge, action)
            {
                self.push(
                    format!("check {:?} runs the unknown action {action:?}", check.todo),
                    "name an action of knowledge/clients/npm.json",
                );
            }
            let texts = [check.todo.clone(), check.confirms.clone()];
            let file = format!("causes/{}.json", self.cause.id);
            check_placeholders(&file, "a check", &texts, self.problems);
            check_placeholders(&file, "a check", &check.argv, self.problems);
        }
    }

    fn fixes(&mut self, fixes: &[Fix]) {
        if fixes.first().is_some_and(|fix| fix.risk == Risk::BreaksOthers) {
            self.push("the first fix can break other people's work", "put a harmless fix first");
        }
        for fix in fixes {
            if fix.who != Who::You && !fix.steps.iter().any(|step| step.tell.is_some()) {
                self.push(
                    format!("fix {:?} is for somebody else but has no message", fix.title),
                    "add a `tell` step",
                );
            }
            for step in &fix.steps {
                if let Some(what) = step_problem(self.knowledge, step) {
                    self.push(format!("fix {:?}: {what}", fix.title), "see `Step` in knowledge/schema.json");
                }
                let mut texts = step.argv.clone();
                texts.extend(step.tell.iter().cloned());
                texts.extend(step.note.iter().cloned());
                texts.extend(step.edit.iter().flat_map(|edit| edit.lines.iter().cloned()));
                let file = format!("causes/{}.json", self.cause.id);
                check_placeholders(&file, "a step", &texts, self.problems);
            }
        }
    }
}

fn action_exists(knowledge: &Knowledge, action: &str) -> bool {
    knowledge.clients().iter().any(|client| client.actions.contains_key(action))
}

fn step_problem(knowledge: &Knowledge, step: &Step) -> Option<String> {
    let kinds = usize::from(step.run.is_some())
        + usize::from(!step.argv.is_empty())
        + usize::from(step.edit.is_some())
        + usize::from(step.open.is_some())
        + usize::from(step.tell.is_some());
    if kinds != 1 {
        return Some(format!("a step has {kinds} of run, argv, edit, open, tell instead of one"));
    }
    if let Some(action) = &step.run
        && !action_exists(knowledge, action)
    {
        return Some(format!("a step runs the unknown action {action:?}"));
    }
    if step.argv.iter().any(|argument| matches!(argument.as_str(), "&&" | "|" | ";" | "||" | ">")) {
        return Some("a step holds a shell operator".into());
    }
    step.open
        .as_ref()
        .filter(|url| !url.starts_with("https://"))
        .map(|url| format!("a step opens {url:?}, which is not https"))
}

fn check_sources(file: &str, sources: &[Source], problems: &mut Vec<Problem>) {
    let mut push = |what: String, hint: &str| {
        problems.push(Problem { file: file.to_owned(), what, hint: hint.to_owned() });
    };
    if sources.is_empty() {
        push("has no source".into(), "say where the statements come from");
    }
    for source in sources {
        if !source.url.starts_with("https://") || !is_date(&source.seen) {
            push(
                format!("the source {:?} lacks an https address or a day", source.title),
                "write `url` and `seen`",
            );
        }
    }
}

/// Finds `{words}` that are no fact and no host.
fn check_placeholders(file: &str, place: &str, texts: &[String], problems: &mut Vec<Problem>) {
    for text in texts {
        for name in placeholders(text) {
            let known = FactKey::from_name(name).is_some() || matches!(name, "npm" | "name");
            if !known {
                problems.push(Problem {
                    file: file.to_owned(),
                    what: format!("{place} names the unknown placeholder {{{name}}}"),
                    hint: "use a fact name of src/facts.rs, {name} or {npm}".to_owned(),
                });
            }
        }
    }
}

/// The names in braces: lower-case letters and `_` only, so that JSON and `${NPM_TOKEN}` are left alone.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| {
        let (name, _) = rest.split_once('}')?;
        let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        plain.then_some(name)
    })
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes.iter().enumerate().all(|(place, byte)| match place {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// Causes that outrank themselves through others.
fn cycles(knowledge: &Knowledge) -> Vec<Problem> {
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
    knowledge
        .causes()
        .iter()
        .filter(|cause| reaches_itself(cause))
        .map(|cause| Problem {
            file: format!("causes/{}.json", cause.id),
            what: "outranks itself through others".into(),
            hint: "remove one of the `outranks` of the circle".into(),
        })
        .collect()
}
