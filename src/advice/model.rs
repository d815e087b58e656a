//! What to say and do, as plain data: the only thing that the window and the outputs read.
//!
//! Serialised, these types are the JSON contract, schema 1: keys are only ever added.
//! Fields marked `serde(skip)` serve the window.

use serde::Serialize;

use crate::diagnose::Answer;
use crate::facts::{Correction, FactKey, Facts, Origin, Sign};
use crate::knowledge::{Group, Risk, SourceKind, Who};

/// What the user wants to be different from what the log suggests, and what the user knows beyond it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// The client to spell commands for, as an id of `knowledge/clients`; `None` is the log's own.
    pub client: Option<String>,
    /// What the reader has answered to the questions of the checklists.
    pub answers: Vec<Answer>,
}

/// The whole answer to one log.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Advice {
    /// What was read.
    pub input: Input,
    /// The refused requests, in the order of the log.
    pub incidents: Vec<Incident>,
    /// Near misses: errors that are not a registry's 403.
    pub related: Vec<Related>,
    /// What went wrong while reading, in plain sentences.
    pub warnings: Vec<String>,
    /// What was understood of a log without an incident.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nothing: Option<Nothing>,
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Input {
    /// The file's name without its folder, `pasted text`, or `standard input`.
    pub name: String,
    /// `UTF-8`, `UTF-16LE` or `UTF-16BE`.
    pub encoding: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Number of lines.
    pub lines: usize,
    /// How many secrets were masked.
    pub secrets_hidden: usize,
}

/// What was understood of a log without an incident, and what would help.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Nothing {
    /// One heading, for example `Nothing to diagnose`.
    pub title: String,
    /// What was found instead, one sentence each.
    pub understood: Vec<String>,
    /// Which line or file would decide.
    pub wanted: String,
}

/// One refused request.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Incident {
    /// What the log says about it.
    pub facts: Facts,
    /// First and last line, counted from 1 in the original.
    pub lines: (usize, usize),
    /// Facts that this client never prints here; a fact that is neither here nor in `facts` is absent.
    pub not_shown: Vec<FactKey>,
    /// How often it stands in the log.
    pub occurrences: usize,
    /// Possible causes, best first; never empty.
    pub causes: Vec<Cause>,
    /// What an audit of the configuration or a probe found; always empty without one.
    pub observations: Vec<Observation>,
    /// Causes that the log leaves open and that an observation rules out; absent when there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<Excluded>,
    /// `E403 on publish`.
    #[serde(skip)]
    pub headline: String,
}

/// One answer of the configuration or of a registry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Observation {
    /// The finding's name.
    pub observed: Sign,
    /// The same in one sentence.
    pub text: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Ids of the causes that it proves or helps to prove.
    pub proves: Vec<String>,
    /// Ids of the causes that it makes likelier.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub supports: Vec<String>,
    /// Ids of the causes that it rules out.
    pub excludes: Vec<String>,
    /// The line that would mend it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<Correction>,
}

/// A cause that is ruled out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Excluded {
    /// The cause's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Why, in one sentence.
    pub because: String,
}

/// One possible cause with everything that is known about mending it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cause {
    /// The permanent id.
    pub id: String,
    /// What happened, in a few words.
    pub title: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// What speaks for it, in one sentence.
    pub why: String,
    /// The observations that prove it, by their place in `observations`; absent when none does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub proved_by: Vec<usize>,
    /// What would make it certain; absent when it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_be_sure: Option<String>,
    /// One or two sentences, filled in.
    pub summary: String,
    /// Paragraphs.
    pub explanation: Vec<String>,
    /// The lines that speak for it.
    pub evidence: Vec<Evidence>,
    /// What to check.
    pub checklist: Vec<Check>,
    /// How to mend it.
    pub fixes: Vec<Fix>,
    /// What people ask about it.
    pub questions: Vec<Question>,
    /// Where the statements come from.
    pub sources: Vec<Source>,
    /// When it was last reviewed, `YYYY-MM-DD`.
    pub reviewed: String,
    /// Whether it is an own entry of the reader; absent when it is not.
    #[serde(skip_serializing_if = "is_false")]
    pub own: bool,
    /// Whether own entries of the reader add to it; absent when they do not.
    #[serde(skip_serializing_if = "is_false")]
    pub extended: bool,
    /// The library section.
    #[serde(skip)]
    pub group: Group,
}

/// How sure a cause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// One of several that look like this.
    Possible,
    /// The usual cause of this.
    Likely,
    /// Only this cause writes this.
    Certain,
}

impl Confidence {
    /// The word people see.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Possible => "Possible",
            Self::Likely => "Likely",
            Self::Certain => "Certain",
        }
    }
}

/// A line of the log that speaks for a cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The line, counted from 1 in the original.
    pub line: usize,
    /// The column, counted from 1 in characters of the original line.
    pub column: usize,
    /// The line's text, cleaned and masked, cut at 400 characters.
    pub text: String,
    /// The line's index in the cleaned text.
    #[serde(skip)]
    pub row: usize,
}

/// One thing to check.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// What to do or look at.
    #[serde(rename = "do")]
    pub todo: String,
    /// A command that answers it.
    pub command: Option<Command>,
    /// A page that answers it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<String>,
    /// The answer that confirms the cause.
    pub confirms: String,
    /// The id of the cause to look at when the answer is another.
    pub otherwise: Option<String>,
    /// The title of that cause.
    #[serde(skip)]
    pub otherwise_title: Option<String>,
    /// What is known about the answer.
    pub state: CheckState,
    /// Whether the reader gave it; absent when not.
    #[serde(skip_serializing_if = "is_false")]
    pub answered: bool,
    /// The check as it stands in the entry, with placeholders.
    #[serde(skip)]
    pub key: String,
}

/// What is known about a check's answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckState {
    /// Nobody has looked.
    #[default]
    Open,
    /// It speaks for the cause.
    Confirmed,
    /// It speaks against the cause.
    Refuted,
}

/// A way to mend it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fix {
    /// What it achieves.
    pub title: String,
    /// Who can do it.
    pub who: Who,
    /// What it can break.
    pub risk: Risk,
    /// When to choose it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// In order.
    pub steps: Vec<Step>,
}

/// One step of a fix.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// What kind of step.
    pub kind: StepKind,
    /// The program and its arguments; empty unless `kind` is `run`.
    pub argv: Vec<String>,
    /// The same, quoted for each shell; absent unless `kind` is `run`.
    pub command: Option<Command>,
    /// `edit`: the lines; `open`: the address; `tell`: the message; `run`: the command as it reads.
    pub text: String,
    /// `edit` only: the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// One sentence beside the step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What kind of step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StepKind {
    /// A command to copy.
    Run,
    /// Lines for a file.
    Edit,
    /// A page to open.
    Open,
    /// A message to send.
    Tell,
}

/// One command, quoted for each shell. `None`: that shell cannot carry it safely.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Command {
    /// For sh, dash, bash, zsh and fish.
    pub posix: Option<String>,
    /// For PowerShell 5.1 and 7.
    pub powershell: Option<String>,
    /// For cmd.exe.
    pub cmd: Option<String>,
    /// Facts that the log does not show: they stand as `<name>` and have to be filled in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<FactKey>,
    /// The client whose spelling this is, when the log's own client has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spelled_for: Option<String>,
}

impl Command {
    /// The command for one shell.
    pub fn for_shell(&self, shell: Shell) -> Option<&str> {
        match shell {
            Shell::Posix => self.posix.as_deref(),
            Shell::PowerShell => self.powershell.as_deref(),
            Shell::Cmd => self.cmd.as_deref(),
        }
    }
}

/// The shells that commands are quoted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shell {
    /// sh, dash, bash, zsh, fish.
    Posix,
    /// PowerShell.
    PowerShell,
    /// cmd.exe.
    Cmd,
}

impl Shell {
    /// All shells, in display order.
    pub const ALL: [Self; 3] = [Self::Posix, Self::PowerShell, Self::Cmd];

    /// The name people know.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Posix => "sh, bash, zsh, fish",
            Self::PowerShell => "PowerShell",
            Self::Cmd => "cmd",
        }
    }

    /// The shell most people of this operating system type into.
    pub const fn of_this_system() -> Self {
        if cfg!(windows) { Self::PowerShell } else { Self::Posix }
    }
}

/// A question and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The question.
    pub ask: String,
    /// The answer, in paragraphs.
    pub answer: Vec<String>,
}

/// Where a statement comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The page's title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Who wrote it.
    #[serde(skip)]
    pub kind: SourceKind,
    /// When it was read.
    #[serde(skip)]
    pub seen: String,
}

/// A near miss.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Related {
    /// The entry's id.
    #[serde(skip)]
    pub id: String,
    /// The code as people know it.
    pub code: String,
    /// What it means.
    pub title: String,
    /// Whether it is an own entry of the reader; absent when it is not.
    #[serde(skip_serializing_if = "is_false")]
    pub own: bool,
    /// What to do, in at most three sentences.
    pub advice: String,
    /// The line, counted from 1 in the original.
    pub line: usize,
    /// The one step to try next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Step>,
    /// The cause whose page tells more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub see: Option<String>,
    /// The line's index in the cleaned text.
    #[serde(skip)]
    pub row: usize,
    /// Where the statements come from.
    #[serde(skip)]
    pub sources: Vec<Source>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}
