//! `unforbid knowledge`: writing a new entry, and checking those that exist.
//!
//! Owns the words around them. Must not know the rules; those are [`crate::knowledge`]'s.

use std::path::Path;

use super::args::{CheckEntries, Entries, NewEntry};
use super::{CliError, examples, exit, own, streams};
use crate::knowledge::{
    self, Day, Examples, Knowledge, Merged, OwnEntry, Problem, STALE_DAYS, Severity, TODO,
};
use crate::output::safe;

/// Does what was asked and says with which code to exit.
pub fn run(task: &Entries) -> Result<u8, CliError> {
    match task {
        Entries::New(task) => new(task),
        Entries::Check(task) => check(task),
    }
}

fn new(task: &NewEntry) -> Result<u8, CliError> {
    let usual = own::config_folder();
    let folder = match (&task.folder, &usual) {
        (Some(folder), _) | (None, Some(folder)) => folder,
        (None, None) => return Err(CliError::NoConfigFolder),
    };
    let here = if folder.exists() { vec![folder.clone()] } else { Vec::new() };
    let merged = knowledge::merge(Knowledge::bundled(), &here);
    let skeleton = knowledge::skeleton(&task.id, folder, &merged.knowledge)?;
    let named = |before: &str| match usual.as_ref() == Some(folder) {
        true => String::new(),
        false => format!("{before}{}", folder.display()),
    };
    say(&[
        format!("Wrote {}", skeleton.path.display()),
        String::new(),
        "Next:".to_owned(),
        "  1. Put your log into `examples.positive`, and one that only looks like it into".to_owned(),
        "     `examples.negative`.".to_owned(),
        "  2. Change the pattern in `match` until the first is recognised, and the second is not:".to_owned(),
        format!("     unforbid knowledge check{}", named(" ")),
        format!("  3. Replace every text that begins with {TODO:?}."),
        "  4. See what others will see:".to_owned(),
        format!("     unforbid explain {}{}", task.id, named(" --knowledge ")),
        format!("     unforbid diagnose{} FILE", named(" --knowledge ")),
    ])?;
    Ok(exit::DIAGNOSED)
}

fn check(task: &CheckEntries) -> Result<u8, CliError> {
    let folders = match &task.folder {
        Some(folder) => {
            knowledge::usable(folder)?;
            vec![folder.clone()]
        }
        None => own::usual_folders(),
    };
    let merged = knowledge::merge(Knowledge::bundled(), &folders);
    let mut problems = merged.problems.clone();
    problems.extend(of_own(&merged));
    problems.extend(of_bundled(&merged, task.folder.is_none()));
    problems.sort_by(|a, b| (&a.file, a.place, a.severity).cmp(&(&b.file, b.place, b.severity)));
    let mut lines = Vec::new();
    for problem in &problems {
        let kind = if problem.severity == Severity::Error { "error" } else { "warning" };
        lines.push(format!("{}: {kind}: {}", problem.file_and_place(), problem.what));
        lines.push(format!("  hint  {}", problem.hint));
    }
    if !lines.is_empty() {
        lines.push(String::new());
    }
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    lines.push(summary(&merged, task.folder.as_deref(), errors, problems.len() - errors));
    say(&lines)?;
    Ok(match (errors, problems.len()) {
        (0, 0) => exit::DIAGNOSED,
        (0, _) => exit::NOTHING,
        _ => exit::FAILED,
    })
}

fn summary(merged: &Merged, folder: Option<&Path>, errors: usize, warnings: usize) -> String {
    let used = merged.files.iter().filter(|file| file.used).count();
    let bundled = Knowledge::bundled();
    let all = bundled.causes().len() + bundled.related().len();
    let what = match folder {
        Some(_) => format!("own entries in use: {used}"),
        None => format!("bundled causes and codes: {all}, own entries in use: {used}"),
    };
    format!("{what}; errors: {errors}, warnings: {warnings}")
}

/// What only running and reading own entries can tell.
fn of_own(merged: &Merged) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in merged.files.iter().filter(|file| file.used) {
        let mut push = |severity, what: String, hint: &str, near: &str| {
            problems.push(file.problem(severity, what, hint, near));
        };
        let failures = match &file.entry {
            OwnEntry::Related(related) => examples::of_related(&merged.knowledge, related),
            entry => match entry.examples() {
                Some(all) => examples::of_cause(&merged.knowledge, entry.id(), all),
                None => Vec::new(),
            },
        };
        for failure in failures {
            push(Severity::Error, failure.what, failure.hint, &failure.example);
        }
        let written = file.text.matches(&format!("\"{TODO}")).count();
        if written > 0 {
            let what = format!("{written} texts are still those of the skeleton");
            push(Severity::Warning, what, "replace every text that begins with \"Write here\"", TODO);
        }
        let reviewed = match &file.entry {
            OwnEntry::Cause(cause) => Some(&cause.reviewed),
            OwnEntry::Extension(extension) => Some(&extension.reviewed),
            OwnEntry::Related(related) => Some(&related.reviewed),
            OwnEntry::Provider(_) | OwnEntry::Client(_) => None,
        };
        if let Some(what) = reviewed.and_then(|day| stale(day)) {
            push(Severity::Warning, what, REVIEW, "reviewed");
        }
    }
    problems
}

const REVIEW: &str = "read it against its sources, mend what has changed, and write today's day";

/// Whether a review is too long ago.
fn stale(reviewed: &str) -> Option<String> {
    let days = Day::parse(reviewed)?.until(Day::today());
    (days > STALE_DAYS).then(|| format!("was reviewed {days} days ago, on {reviewed}"))
}

/// What own entries change in the answers of bundled ones; with `everything` also what is wrong with those.
fn of_bundled(merged: &Merged, everything: bool) -> Vec<Problem> {
    let mut problems = Vec::new();
    let bundled = Knowledge::bundled();
    let mut push = |file: String, severity, what: String, hint: &str| {
        let (hint, near) = (hint.to_owned(), String::new());
        problems.push(Problem { file, place: None, severity, what, hint, near });
    };
    let has_own = merged.files.iter().any(|file| file.used);
    for cause in bundled.causes() {
        let file = || format!("knowledge/causes/{}.json", cause.id);
        if everything && let Some(what) = stale(&cause.reviewed) {
            push(file(), Severity::Warning, what, REVIEW);
        }
        if !everything && !has_own {
            continue;
        }
        // What is no longer answered as before; negatives are other causes' business.
        let all = Examples { positive: cause.examples.positive.clone(), negative: Vec::new() };
        for failure in examples::of_cause(&merged.knowledge, &cause.id, &all) {
            let hint = "an own matcher is too wide; narrow it if that is not what you want";
            push(file(), Severity::Warning, format!("your entries change an answer: {}", failure.what), hint);
        }
    }
    if everything {
        for related in bundled.related() {
            if let Some(what) = stale(&related.reviewed) {
                push(format!("knowledge/related/{}.json", related.id), Severity::Warning, what, REVIEW);
            }
        }
        problems.extend(knowledge::check(bundled));
    }
    problems
}

/// Lines on stdout. File names and entries are other people's words.
fn say(lines: &[String]) -> Result<(), CliError> {
    let lines: Vec<String> = lines.iter().map(|line| safe::line(line)).collect();
    streams::print(&safe::defused(&format!("{}\n", lines.join("\n"))))
}
