//! Rules that several kinds of entries share, and the sheet that what breaks them is written on.

use super::super::{Day, Knowledge, Source, Step, did_you_mean, pattern};
use super::{Problem, Severity};
use crate::facts::FactKey;

/// The longest pattern, in characters.
const PATTERN_LIMIT: usize = 200;
/// The longest id, in characters: it is a file's name as well.
const ID_LIMIT: usize = 60;

/// What is wrong in one file.
pub struct Sheet {
    file: String,
    /// So far.
    pub problems: Vec<Problem>,
}

impl Sheet {
    /// An empty sheet for this file.
    pub const fn new(file: String) -> Self {
        Self { file, problems: Vec::new() }
    }

    /// Writes down what makes the entry unusable.
    pub fn error(&mut self, what: impl Into<String>, hint: &str, near: &str) {
        self.push(Severity::Error, what.into(), hint, near);
    }

    /// Writes down what could be better.
    pub fn warning(&mut self, what: impl Into<String>, hint: &str, near: &str) {
        self.push(Severity::Warning, what.into(), hint, near);
    }

    fn push(&mut self, severity: Severity, what: String, hint: &str, near: &str) {
        self.problems.push(Problem {
            file: self.file.clone(),
            place: None,
            severity,
            what,
            hint: hint.to_owned(),
            near: near.to_owned(),
        });
    }

    /// An id is small letters, digits and single hyphens; codes such as `E401` may have capitals.
    pub fn id(&mut self, id: &str) {
        if !is_id(id) {
            self.error(
                format!("the id {id:?} is not a plain word"),
                "use letters, digits and single hyphens or underscores, at most 60, for example acme-vpn",
                id,
            );
        }
    }

    /// `what` is for example `outranks`.
    pub fn cause(&mut self, knowledge: &Knowledge, id: &str, what: &str) {
        if knowledge.cause(id).is_none() {
            let ids = knowledge.causes().iter().map(|cause| cause.id.as_str());
            let hint = did_you_mean(id, ids, "name a file of knowledge/causes");
            self.error(format!("{what} the unknown cause {id:?}"), &hint, id);
        }
    }

    /// `what` is for example `overlay for`.
    pub fn provider(&mut self, knowledge: &Knowledge, id: &str, what: &str) {
        if knowledge.provider(id).is_none() {
            let ids = knowledge.providers().iter().map(|provider| provider.id.as_str());
            let hint = did_you_mean(id, ids, "name a file of knowledge/providers");
            self.error(format!("{what} the unknown provider {id:?}"), &hint, id);
        }
    }

    /// A pattern compiles, is short, and its named groups are facts.
    pub fn pattern(&mut self, knowledge: &Knowledge, text: &str, whose: &str) {
        if text.chars().count() > PATTERN_LIMIT {
            self.error(
                format!("{whose} has a pattern of over {PATTERN_LIMIT} characters"),
                "split it into several clauses or matchers",
                text,
            );
            return;
        }
        let Some(regex) = knowledge.regex(text) else {
            let why = compiles(text).err().unwrap_or_default();
            self.error(
                format!("{whose} has a pattern that does not compile: {why}"),
                "mend it; in JSON every backslash is written twice",
                text,
            );
            return;
        };
        for name in regex.capture_names().flatten().filter(|name| FactKey::from_name(name).is_none()) {
            let hint = did_you_mean(name, facts(), "use a fact name, or a group without a name");
            self.error(format!("{whose} captures the unknown fact {name:?}"), &hint, name);
        }
    }

    /// A step is of one kind and holds nothing that only a shell understands.
    pub fn step(&mut self, knowledge: &Knowledge, step: &Step, place: &str) {
        let kinds = usize::from(step.run.is_some())
            + usize::from(!step.argv.is_empty())
            + usize::from(step.edit.is_some())
            + usize::from(step.open.is_some())
            + usize::from(step.tell.is_some());
        if kinds != 1 {
            self.error(
                format!("{place}: a step has {kinds} of run, argv, edit, open, tell instead of one"),
                "make a step of each of them",
                step.note.as_deref().unwrap_or("steps"),
            );
        }
        if let Some(action) = &step.run {
            self.action(knowledge, action, place);
        }
        self.argv(&step.argv, place);
        if let Some(url) = step.open.as_ref().filter(|url| !url.starts_with("https://")) {
            self.error(format!("{place}: a step opens {url:?}, which is not https"), "write https://", url);
        }
        let texts = step.argv.iter().chain(&step.tell).chain(&step.note);
        self.placeholders(place, texts.chain(step.edit.iter().flat_map(|edit| &edit.lines)));
    }

    /// An action that some client spells.
    pub fn action(&mut self, knowledge: &Knowledge, action: &str, place: &str) {
        let actions = || knowledge.clients().iter().flat_map(|client| client.actions.keys());
        if !actions().any(|known| known == action) {
            let names = actions().map(String::as_str);
            let hint = did_you_mean(action, names, "name an action of knowledge/clients/npm.json");
            self.error(format!("{place} runs the unknown action {action:?}"), &hint, action);
        }
    }

    /// A command is a list of one program and its arguments, and no line for a shell.
    pub fn argv(&mut self, argv: &[String], place: &str) {
        let operator = |argument: &&String| matches!(argument.as_str(), "&&" | "|" | ";" | "||" | ">");
        if let Some(argument) = argv.iter().find(operator) {
            let hint = "make a step of each command; there is no pipe and no redirection";
            self.error(format!("{place} holds the shell operator {argument:?}"), hint, argument);
        }
        if let [line] = argv
            && line.contains(' ')
        {
            self.error(
                format!("{place} holds a whole command line as one item"),
                "write the program and each argument as an item of its own: [\"npm\", \"whoami\"]",
                line,
            );
        }
    }

    /// Where the statements come from.
    pub fn sources(&mut self, sources: &[Source]) {
        if sources.is_empty() {
            self.warning("has no source", "say where the statements come from", "sources");
        }
        for source in sources {
            if !source.url.starts_with("https://") || Day::parse(&source.seen).is_none() {
                self.error(
                    format!("the source {:?} lacks an https address or a day", source.title),
                    "write `url`, and `seen` as YYYY-MM-DD",
                    &source.title,
                );
            }
        }
    }

    /// A day that exists.
    pub fn date(&mut self, key: &str, text: &str) {
        if Day::parse(text).is_none() {
            self.error(format!("`{key}` is {text:?}"), "write the day as YYYY-MM-DD", key);
        }
    }

    /// Finds `{words}` that are no fact and no host.
    pub fn placeholders<'t>(&mut self, place: &str, texts: impl IntoIterator<Item = &'t String>) {
        for name in texts.into_iter().flat_map(|text| placeholders(text)) {
            if FactKey::from_name(name).is_none() && !matches!(name, "npm" | "name") {
                let names = facts().chain(["npm", "name"]);
                let hint = did_you_mean(name, names, "use a fact name of src/facts/keys.rs, {name} or {npm}");
                let near = format!("{{{name}}}");
                self.error(format!("{place} names the unknown placeholder {near}"), &hint, &near);
            }
        }
    }
}

fn facts() -> impl Iterator<Item = &'static str> {
    FactKey::ALL.into_iter().map(FactKey::name)
}

/// The names in braces: lower-case letters and `_` only, so that JSON and `${NPM_TOKEN}` are left alone.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| {
        let (name, _) = rest.split_once('}')?;
        let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        plain.then_some(name)
    })
}

/// Whether a pattern compiles; if not, why, in one line.
fn compiles(text: &str) -> Result<(), String> {
    pattern::compile(text).map(|_| ()).map_err(|error| {
        let told = error.to_string();
        let last = told.lines().last().unwrap_or_default();
        last.trim_start_matches("error: ").to_owned()
    })
}

/// Letters, digits and single hyphens.
pub fn is_id(id: &str) -> bool {
    id.len() <= ID_LIMIT
        && id
            .split(['-', '_'])
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}
