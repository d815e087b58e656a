//! What the arguments mean: the subcommands.
//!
//! Owns the order of reading, explaining and printing. Must not know the window; see [`super::window`].

use std::io::{self, IsTerminal};
use std::path::Path;

use super::args::{Args, Diagnose, Explain, List, Task};
use super::{CliError, exit, streams, window};
use crate::knowledge::Knowledge;
use crate::output::{self, Format, Style};
use crate::text::{self, Text};
use crate::{Preferences, advice, explain};

/// What a log is called that has no file.
pub const STANDARD_INPUT: &str = "standard input";

/// Does what was asked and says with which code to exit.
pub fn run(args: Args) -> Result<u8, CliError> {
    match args.command {
        Some(Task::Diagnose(task)) => diagnose(task),
        Some(Task::Explain(task)) => explain_entry(&task),
        Some(Task::List(task)) => list(&task),
        None => window::open(args.file.as_deref()),
    }
}

/// Names the cause in `text` on stdout.
pub fn answer(
    text: Text,
    name: &str,
    preferences: &Preferences,
    format: Format,
    style: &Style,
) -> Result<u8, CliError> {
    let explained = explain(text, name, Knowledge::bundled(), preferences);
    // The other two formats carry the warnings in the result.
    if matches!(format, Format::Text | Format::Github) {
        for warning in &explained.advice.warnings {
            streams::complain("warning", warning);
        }
    }
    streams::print(&output::render(&explained.advice, format, style))?;
    Ok(match explained.advice.incidents.is_empty() {
        true => exit::NOTHING,
        false => exit::DIAGNOSED,
    })
}

fn diagnose(task: Diagnose) -> Result<u8, CliError> {
    if let Some(id) = &task.client {
        check_client(id)?;
    }
    let (text, name) = log(task.file.as_deref())?;
    let preferences = Preferences { client: task.client };
    let style = streams::style(task.shell.map(Into::into));
    answer(text, &name, &preferences, task.look.format(), &style)
}

fn check_client(id: &str) -> Result<(), CliError> {
    let knowledge = Knowledge::bundled();
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

fn explain_entry(task: &Explain) -> Result<u8, CliError> {
    let knowledge = Knowledge::bundled();
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

/// At most three names that `typed` may be meant to be, the best first.
pub fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let typed = typed.to_lowercase();
    let mut scored: Vec<_> = names
        .map(|name| {
            let lower = name.to_lowercase();
            // A piece of an id is what people remember: "burned" for "version-burned".
            let piece = typed.len() >= 3 && lower.contains(&typed);
            let score = strsim::jaro_winkler(&typed, &lower) + if piece { 1.0 } else { 0.0 };
            (score, name)
        })
        .filter(|(score, _)| *score >= 0.8)
        .collect();
    scored.sort_by(|(a, x), (b, y)| b.total_cmp(a).then(x.cmp(y)));
    scored.into_iter().take(3).map(|(_, name)| name).collect()
}

fn list(task: &List) -> Result<u8, CliError> {
    let knowledge = Knowledge::bundled();
    let style = streams::style(None);
    let text = output::render_list(knowledge.causes(), knowledge.related(), task.look.format(), &style);
    streams::print(&text)?;
    Ok(exit::DIAGNOSED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_mistake_or_a_piece_of_an_id_finds_the_id() {
        let ids = ["version-exists", "version-burned", "name-not-yours", "E401"];
        assert_eq!(nearest("verson-exists", ids.into_iter())[0], "version-exists");
        assert_eq!(nearest("burned", ids.into_iter()), ["version-burned"]);
        assert_eq!(nearest("e401", ids.into_iter()), ["E401"]);
        assert!(nearest("zzz", ids.into_iter()).is_empty());
    }
}
