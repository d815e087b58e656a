//! One entry of the knowledge base, filled in for one incident.

use super::fill::{Filled, Filler};
use super::{
    Candidate, Cause, Check, CheckState, Command, Fix, Question, Related, Source, Step, StepKind, confidence,
    shell,
};
use crate::advice::{Confidence, Shell};
use crate::diagnose::{Answer, Excluded};
use crate::facts::{FactKey, Facts, Operation, Sign};
use crate::knowledge::{self, FALLBACK, Knowledge, Overlay};

/// Writes entries with the facts of one incident, spelled for one client.
pub struct Writer<'a> {
    knowledge: &'a Knowledge,
    facts: &'a Facts,
    filler: Filler<'a>,
    client: String,
    answers: Vec<&'a Answer>,
}

impl<'a> Writer<'a> {
    /// A writer for these facts; `client` overrides the log's own.
    pub fn new(facts: &'a Facts, knowledge: &'a Knowledge, client: Option<&str>) -> Self {
        let client = client.or(facts.get(FactKey::Client)).unwrap_or("npm").to_owned();
        Self { knowledge, facts, filler: Filler::new(facts, knowledge), client, answers: Vec::new() }
    }

    /// The same with the reader's answers about this incident.
    pub fn hearing(mut self, answers: &'a [Answer], incident: usize) -> Self {
        self.answers = answers.iter().filter(|answer| answer.incident == incident).collect();
        self
    }

    /// A cause; without a candidate it is a page of the library. `made` are the findings, which tick the checks.
    pub fn cause(&self, entry: &knowledge::Cause, candidate: Option<&Candidate>, made: &[Sign]) -> Cause {
        let none = Overlay::default();
        let provider = self.facts.get(FactKey::Provider);
        let overlay = provider.and_then(|provider| entry.providers.get(provider)).unwrap_or(&none);
        // An overlay may repeat a general item to put it in its own order; it is shown once.
        let general_checks = entry
            .checklist
            .iter()
            .filter(|check| !overlay.checklist.iter().any(|special| special.todo == check.todo));
        let general_sources = entry
            .sources
            .iter()
            .filter(|known| !overlay.sources.iter().any(|special| special.url == known.url));
        let fits = |operations: &[Operation]| {
            let operation = self.facts.get(FactKey::Operation).and_then(Operation::from_name);
            operations.is_empty() || operation.is_none_or(|operation| operations.contains(&operation))
        };
        let checklist: Vec<Check> = overlay
            .checklist
            .iter()
            .chain(general_checks)
            .filter(|check| fits(&check.operations))
            .map(|check| self.check(&entry.id, check, made))
            .collect();
        let general_fixes =
            entry.fixes.iter().filter(|fix| !overlay.fixes.iter().any(|special| special.title == fix.title));
        let fixes = overlay.fixes.iter().chain(general_fixes).filter(|fix| fits(&fix.operations));
        let mut fixes: Vec<&knowledge::Fix> = fixes.collect();
        fixes.sort_by_key(|fix| !fix.first_on.iter().any(|sign| made.contains(sign)));
        let confidence = candidate.map_or(Confidence::Possible, confidence);
        let to_be_sure = checklist
            .iter()
            .find(|check| check.state == CheckState::Open)
            .filter(|_| candidate.is_some() && confidence != Confidence::Certain && entry.id != FALLBACK)
            .map(|check| {
                format!(
                    "{}; it is this cause if {}.",
                    check.todo.trim_end_matches('.'),
                    in_sentence(&check.confirms)
                )
            });
        let summary = overlay.summary.as_ref().unwrap_or(&entry.summary);
        let prose = |texts: Vec<&String>| texts.into_iter().map(|text| self.filler.prose(text)).collect();
        Cause {
            id: entry.id.clone(),
            title: self.filler.prose(&entry.title),
            confidence,
            why: candidate
                .map_or_else(String::new, |candidate| capital(&self.filler.prose(&candidate.reason))),
            proved_by: candidate
                .filter(|candidate| candidate.proven)
                .map_or_else(Vec::new, |candidate| candidate.observed.clone()),
            to_be_sure,
            summary: self.filler.prose(summary),
            explanation: prose(overlay.explanation.iter().chain(&entry.explanation).collect()),
            evidence: Vec::new(),
            checklist,
            fixes: fixes.into_iter().map(|fix| self.fix(fix)).collect(),
            questions: entry
                .questions
                .iter()
                .map(|question| Question {
                    ask: self.filler.prose(&question.ask),
                    answer: prose(question.answer.iter().collect()),
                })
                .collect(),
            sources: overlay.sources.iter().chain(general_sources).map(source).collect(),
            reviewed: entry.reviewed.clone(),
            own: entry.own,
            extended: entry.extended,
            group: entry.group,
        }
    }

    /// The title of a cause that is ruled out, and why it is.
    pub fn ruled_out(&self, excluded: &Excluded, knowledge: &Knowledge) -> Option<(String, String)> {
        let title = self.filler.prose(&knowledge.cause(&excluded.cause)?.title);
        Some((title, capital(&self.filler.prose(&excluded.because))))
    }

    /// A near miss, without its line.
    pub fn related(&self, entry: &knowledge::Related) -> Related {
        Related {
            id: entry.id.clone(),
            code: entry.code.clone(),
            title: entry.title.clone(),
            own: entry.own,
            advice: self.filler.prose(&entry.advice),
            line: 0,
            next: entry.next.as_ref().map(|step| self.step(step)),
            see: entry.see.clone(),
            row: 0,
            sources: entry.sources.iter().map(source).collect(),
        }
    }

    fn check(&self, cause: &str, check: &knowledge::Check, made: &[Sign]) -> Check {
        let own = self.answers.iter().find(|answer| answer.cause == cause && answer.check == check.todo);
        let answer = own.map(|answer| answer.holds);
        let command = match (&check.run, check.argv.is_empty()) {
            (Some(action), _) => self.action(action).and_then(|(command, _, _)| command),
            (None, false) => self.command(&check.argv, None).ok().map(|(command, _)| command),
            (None, true) => None,
        };
        let otherwise_title = check
            .otherwise
            .as_ref()
            .and_then(|id| self.knowledge.cause(id))
            .map(|cause| self.filler.prose(&cause.title));
        let among = |signs: &[Sign]| signs.iter().any(|sign| made.contains(sign));
        let state = match (among(&check.confirmed_by), among(&check.refuted_by)) {
            (true, false) => CheckState::Confirmed,
            (false, true) => CheckState::Refuted,
            _ => CheckState::Open,
        };
        Check {
            todo: self.filler.prose(&check.todo),
            command,
            open: check.open.clone(),
            confirms: self.filler.prose(&check.confirms),
            otherwise: check.otherwise.clone(),
            otherwise_title,
            state: answer.map_or(
                state,
                |holds| {
                    if holds { CheckState::Confirmed } else { CheckState::Refuted }
                },
            ),
            answered: answer.is_some(),
            key: check.todo.clone(),
        }
    }

    fn fix(&self, fix: &knowledge::Fix) -> Fix {
        Fix {
            title: self.filler.prose(&fix.title),
            who: fix.who,
            risk: fix.risk,
            when: fix.when.as_ref().map(|when| self.filler.prose(when)),
            steps: fix.steps.iter().map(|step| self.step(step)).collect(),
        }
    }

    fn step(&self, step: &knowledge::Step) -> Step {
        let note = step.note.as_ref().map(|note| self.filler.prose(note));
        let plain = |kind: StepKind, text: String| Step {
            kind,
            argv: Vec::new(),
            command: None,
            text,
            file: None,
            note: note.clone(),
        };
        if let Some(action) = &step.run {
            let Some((command, argv, spelled)) = self.action(action) else {
                return self.by_hand(FactKey::Package);
            };
            let Some(command) = command else {
                return self.by_hand(self.culprit(action));
            };
            return run(command, argv, note.or(Some(spelled)));
        }
        if !step.argv.is_empty() {
            return match self.command(&step.argv, None) {
                Ok((command, argv)) => run(command, argv, note),
                Err(key) => self.by_hand(key),
            };
        }
        if let Some(edit) = &step.edit {
            return match self.filler.lines(&edit.lines) {
                Ok(lines) => {
                    Step { file: Some(edit.file.clone()), ..plain(StepKind::Edit, lines.join("\n")) }
                }
                Err(key) => self.by_hand(key),
            };
        }
        if let Some(url) = &step.open {
            return plain(StepKind::Open, url.clone());
        }
        plain(StepKind::Tell, step.tell.as_ref().map(|text| self.filler.prose(text)).unwrap_or_default())
    }

    /// What is said instead of a command that would carry a value which is not what it should be.
    fn by_hand(&self, key: FactKey) -> Step {
        let what = key.name().replace('_', " ");
        Step {
            kind: StepKind::Tell,
            argv: Vec::new(),
            command: None,
            text: format!(
                "No command is made here, because the {what} in this log is not a valid one. \
                 Compare it with package.json and .npmrc, and type the command with the right {what}."
            ),
            file: None,
            note: None,
        }
    }

    /// An action in the client's own words: the command (`None` when a value is unsafe), its arguments, its note.
    fn action(&self, action: &str) -> Option<(Option<Command>, Vec<String>, String)> {
        let own = self.knowledge.client(&self.client).and_then(|client| client.actions.get(action));
        let (spelling, borrowed) = match own {
            Some(spelling) => (spelling, None),
            None => {
                let npm = self.knowledge.client("npm")?.actions.get(action)?;
                (npm, (self.client != "npm").then(|| "npm".to_owned()))
            }
        };
        let note = self.filler.prose(&spelling.note);
        match self.command(&spelling.argv, borrowed) {
            Ok((command, argv)) => Some((Some(command), argv, note)),
            Err(_) => Some((None, Vec::new(), note)),
        }
    }

    /// The fact that made an action's command unsafe.
    fn culprit(&self, action: &str) -> FactKey {
        let clients = [self.client.as_str(), "npm"];
        clients
            .into_iter()
            .filter_map(|client| self.knowledge.client(client)?.actions.get(action))
            .find_map(|spelling| match self.filler.argv(&spelling.argv) {
                Filled::Unsafe(key) => Some(key),
                Filled::Ready(..) => None,
            })
            .unwrap_or(FactKey::Package)
    }

    fn command(
        &self,
        template: &[String],
        spelled_for: Option<String>,
    ) -> Result<(Command, Vec<String>), FactKey> {
        match self.filler.argv(template) {
            Filled::Unsafe(key) => Err(key),
            Filled::Ready(argv, missing) => {
                let command = Command {
                    posix: shell::quote(&argv, Shell::Posix),
                    powershell: shell::quote(&argv, Shell::PowerShell),
                    cmd: shell::quote(&argv, Shell::Cmd),
                    missing,
                    spelled_for,
                };
                Ok((command, argv))
            }
        }
    }
}

fn run(command: Command, argv: Vec<String>, note: Option<String>) -> Step {
    let text = command.posix.clone().unwrap_or_else(|| argv.join(" "));
    Step { kind: StepKind::Run, argv, command: Some(command), text, file: None, note }
}

fn source(source: &knowledge::Source) -> Source {
    Source {
        title: source.title.clone(),
        url: source.url.clone(),
        kind: source.kind,
        seen: source.seen.clone(),
    }
}

/// The text with a capital and a period.
fn capital(text: &str) -> String {
    format!("{}.", capitalised(text.trim_end_matches('.')))
}

/// The text with a capital, unless its first word is a name that has none: `npm`, a host, a path.
pub fn capitalised(text: &str) -> String {
    const NAMES: [&str; 7] = ["npm", "pnpm", "yarn", "bun", "deno", "lerna", "publishConfig"];
    let first = text.split([' ', ',']).next().unwrap_or_default();
    let is_name = NAMES.contains(&first) || first.contains(['.', '/', '@', '_', '%']);
    let mut letters = text.chars();
    match letters.next() {
        Some(letter) if !is_name => letter.to_uppercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

/// The text as it reads inside a sentence: without its period, and with a small first letter unless its first
/// word is a name.
fn in_sentence(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let first = text.split(' ').next().unwrap_or_default();
    const ORDINARY: &str = "The It A An Your You No Another This There One Both Its Only They That These Those \
        Nothing Nobody Somebody Everybody Every Each All Other Others Anything Something In On If When At";
    if !ORDINARY.split(' ').any(|word| word == first) {
        return text.to_owned();
    }
    let mut letters = text.chars();
    let mut out: String = letters.next().into_iter().flat_map(char::to_lowercase).collect();
    out.push_str(letters.as_str());
    out
}
