//! What to say about a log that holds no 403 of a registry.

use super::{Nothing, Related};
use crate::facts::FactKey;
use crate::parse::Report;
use crate::text::Redacted;

const WANTED: &str = "The line that decides looks like \"npm error 403 403 Forbidden - PUT https://…\". \
    It also stands in the newest file of npm's _logs folder, whose name ends in -debug-0.log.";

/// Says what was understood and which line would decide.
pub fn say(log: &Redacted, report: &Report, related: &[Related]) -> Nothing {
    if log.as_str().trim().is_empty() {
        return Nothing {
            title: "There is no text to read".to_owned(),
            understood: vec!["The input is empty.".to_owned()],
            wanted: WANTED.to_owned(),
        };
    }
    let lines = log.original_lines();
    let mut understood =
        vec![format!("{} {} read.", count(lines, "line"), if lines == 1 { "was" } else { "were" })];
    if let Some(command) = report.run.get(FactKey::Command) {
        understood.push(format!("The command was {command}."));
    }
    if let Some(version) = report.run.get(FactKey::ClientVersion) {
        understood.push(format!("npm {version} wrote it."));
    }
    if !report.error_rows.is_empty() && related.is_empty() {
        let first = report.error_rows.first().map_or(1, |row| log.line_number(*row));
        understood.push(format!(
            "{} are errors, the first is line {first}, but none of them is a registry's 403.",
            count(report.error_rows.len(), "line")
        ));
    }
    for near in related {
        understood.push(format!("Line {} is {}: {}.", near.line, near.code, near.title));
    }
    let title = if related.is_empty() { "Nothing to diagnose" } else { "Not a registry's 403" };
    Nothing { title: title.to_owned(), understood, wanted: WANTED.to_owned() }
}

fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
