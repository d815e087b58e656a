//! What the arguments mean: the subcommands.
//!
//! Owns the order of reading, explaining and printing. Must not know the window; see [`super::window`].

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use super::args::{Args, Diagnose, Explain, List, Task};
use super::look::Look;
use super::own::{Known, known};
use super::{CliError, exit, knowledge, streams, window};
use crate::advice::{Advice, Confidence};
use crate::diagnose::Observed;
use crate::facts::Observation;
use crate::knowledge::{Knowledge, nearest};
use crate::output::{self, Format, Style};
use crate::text::{self, Text};
use crate::{Preferences, advice, explain, explain_again};

/// What a log is called that has no file.
pub const STANDARD_INPUT: &str = "standard input";

/// Does what was asked and says with which code to exit.
pub fn run(args: Args) -> Result<u8, CliError> {
    match args.command {
        Some(Task::Diagnose(task)) => diagnose(task),
        Some(Task::Explain(task)) => explain_entry(&task),
        Some(Task::List(task)) => list(&task),
        Some(Task::Knowledge(task)) => knowledge::run(&task),
        None => window::open(&args.files, &known(&args.own.folders)?),
    }
}

/// Names the cause in `text` on stdout.
pub fn answer(
    text: Text,
    name: &str,
    known: &Known,
    preferences: &Preferences,
    format: Format,
    style: &Style,
) -> Result<u8, CliError> {
    let explained = explain(text, name, known.knowledge, preferences);
    say(explained.advice, known, format, style)
}

/// Prints the answer and says with which code to exit.
fn say(mut advice: Advice, known: &Known, format: Format, style: &Style) -> Result<u8, CliError> {
    advice.warnings.extend(known.warnings.iter().cloned());
    // The other two formats carry the warnings in the result.
    if matches!(format, Format::Text | Format::Github) {
        for warning in &advice.warnings {
            streams::complain("warning", warning);
        }
    }
    streams::print(&output::render(&advice, format, style))?;
    Ok(match advice.incidents.is_empty() {
        true => exit::NOTHING,
        false => exit::DIAGNOSED,
    })
}

fn diagnose(mut task: Diagnose) -> Result<u8, CliError> {
    task.look_at.give_back(&mut task.file);
    let known = known(&task.own.folders)?;
    if let Some(id) = &task.client {
        check_client(id, known.knowledge)?;
    }
    let (text, name) = log(task.file.as_deref())?;
    let preferences = Preferences { client: task.client, ..Preferences::default() };
    let style = streams::style(task.shell.map(Into::into));
    let format = task.look.format();
    let Some(look) = Look::new(&task.look_at, known.knowledge)? else {
        return answer(text, &name, &known, &preferences, format, &style);
    };
    let explained = explain(text, &name, known.knowledge, &preferences);
    let incidents = &explained.advice.incidents;
    if look.only_plans() {
        let plans = look.plans(incidents);
        let page = match format {
            Format::Json => output::plan::object(&plans, &style),
            _ => output::plan::text(&plans, &style),
        };
        streams::print(&page)?;
        return Ok(if plans.is_empty() { exit::NOTHING } else { exit::DIAGNOSED });
    }
    let knowledge = known.knowledge;
    // What the log alone makes certain is asked about all the same: the user wants a second opinion.
    let is_certain = |at: usize, found: &[Observation]| {
        let observed = Observed::from([(at, found.to_vec())]);
        let advice = explain_again(&explained.log, &name, knowledge, &preferences, &observed);
        let best = advice.incidents.get(at).and_then(|incident| incident.causes.first());
        best.is_some_and(|cause| !cause.proved_by.is_empty() && cause.confidence == Confidence::Certain)
    };
    let observed = look.observe(incidents, &is_certain);
    let advice = explain_again(&explained.log, &name, known.knowledge, &preferences, &observed);
    say(advice, &known, format, &style)
}

fn check_client(id: &str, knowledge: &Knowledge) -> Result<(), CliError> {
    if knowledge.client(id).is_some() {
        return Ok(());
    }
    let known: Vec<_> = knowledge.clients().iter().map(|client| client.id.as_str()).collect();
    Err(CliError::UnknownClient { id: id.to_owned(), known: known.join(", ") })
}

/// The log and what it is called.
fn log(file: Option<&Path>) -> Result<(Text, String), CliError> {
    match file {
        Some(path) if path != "-" => {
            let name = path.file_name().unwrap_or(path.as_os_str());
            Ok((text::open(path)?, name.to_string_lossy().into_owned()))
        }
        // Waiting for somebody to type a log would look like a hang.
        None if io::stdin().is_terminal() => Err(CliError::NoInput),
        _ => {
            let text = text::read(io::stdin().lock()).map_err(CliError::Read)?;
            Ok((text, STANDARD_INPUT.to_owned()))
        }
    }
}

/// The entries for a page of the library; what is wrong with own ones is told on stderr.
fn library(folders: &[PathBuf]) -> Result<&'static Knowledge, CliError> {
    let known = known(folders)?;
    for warning in &known.warnings {
        streams::complain("warning", warning);
    }
    Ok(known.knowledge)
}

fn explain_entry(task: &Explain) -> Result<u8, CliError> {
    let knowledge = library(&task.own.folders)?;
    let style = streams::style(task.shell.map(Into::into));
    let format = task.look.format();
    let id = task.id.trim();
    if let Some(cause) = advice::describe(knowledge, &id.to_lowercase()) {
        streams::print(&output::render_cause(&cause, format, &style))?;
        return Ok(exit::DIAGNOSED);
    }
    // Several entries can share a code, for example E404 of an install and of a publish.
    let same = |name: &str| name.eq_ignore_ascii_case(id);
    let entries = knowledge.related().iter();
    let mut entries: Vec<_> = entries.filter(|entry| same(&entry.id) || same(&entry.code)).collect();
    entries.sort_by_key(|entry| !same(&entry.id));
    let pages = entries.iter().filter_map(|entry| advice::describe_related(knowledge, &entry.id));
    let related: Vec<_> = pages.collect();
    if related.is_empty() {
        return Err(CliError::UnknownId { id: id.to_owned(), hint: hint(id, knowledge) });
    }
    streams::print(&output::render_related(&related, format, &style))?;
    Ok(exit::DIAGNOSED)
}

fn hint(id: &str, knowledge: &Knowledge) -> String {
    let causes = knowledge.causes().iter().map(|cause| cause.id.as_str());
    let related = knowledge.related().iter().map(|entry| entry.id.as_str());
    let near = nearest(id, causes.chain(related));
    if near.is_empty() {
        "see them all with `unforbid list`".to_owned()
    } else {
        format!("did you mean {}, or see them all with `unforbid list`", near.join(" or "))
    }
}

fn list(task: &List) -> Result<u8, CliError> {
    let knowledge = library(&task.own.folders)?;
    let style = streams::style(None);
    let text = output::render_list(knowledge.causes(), knowledge.related(), task.look.format(), &style);
    streams::print(&text)?;
    Ok(exit::DIAGNOSED)
}
