//! Errors that are not a registry's 403, found so that the user is sent the right way.

use std::collections::BTreeSet;

use regex::Regex;

use crate::knowledge::{self, Knowledge, Related};
use crate::parse::{Kind, Report};
use crate::text::Redacted;

/// An error with a code of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// The entry of `knowledge/related`.
    pub id: String,
    /// The row it stands on.
    pub row: usize,
}

/// In a log of at most this many lines every line is looked at, otherwise only those printed as errors.
const SMALL: usize = 2_000;
/// The longest line that is looked at, in bytes.
const LONGEST: usize = 8 * 1024;
/// How many near misses are worth showing.
const SHOWN: usize = 4;

/// The near misses of a log, each once, in the order of the log.
pub fn find(log: &Redacted, report: &Report, knowledge: &Knowledge) -> Vec<NearMiss> {
    let rows: Vec<usize> = if log.line_count() <= SMALL {
        (0..log.line_count()).collect()
    } else {
        let mut rows = [report.error_rows.as_slice(), &report.other_rows].concat();
        rows.sort_unstable();
        rows
    };
    // What an incident stands on is no near miss as well.
    let refused = report.incidents.iter().filter(|incident| incident.kind == Kind::Refused);
    let claimed: BTreeSet<usize> = refused.flat_map(|incident| incident.rows.iter().copied()).collect();
    // Codes stand near the start of a line; a line of megabytes is not worth a regex.
    let lines: Vec<(usize, &str)> = rows
        .into_iter()
        .filter(|row| !claimed.contains(row))
        .map(|row| (row, log.line(row)))
        .filter(|(_, line)| line.len() <= LONGEST)
        .collect();
    let related = promising(&lines, knowledge);
    let mut found: Vec<NearMiss> = Vec::new();
    for (row, line) in lines {
        for (related, regexes) in &related {
            let known = found.iter().any(|miss| miss.id == related.id);
            if !known && regexes.iter().any(|regex| regex.is_match(line)) {
                found.push(NearMiss { id: related.id.clone(), row });
            }
        }
    }
    let beaten: Vec<String> = knowledge
        .related()
        .iter()
        .filter(|related| found.iter().any(|miss| miss.id == related.id))
        .flat_map(|related| related.outranks.clone())
        .collect();
    found.retain(|miss| !beaten.contains(&miss.id));
    found.truncate(SHOWN);
    found
}

/// The entries that may stand in one of the lines, each with those of its patterns that may match there.
fn promising<'k>(lines: &[(usize, &str)], knowledge: &'k Knowledge) -> Vec<(&'k Related, Vec<&'k Regex>)> {
    let mut folded = String::with_capacity(lines.iter().map(|(_, line)| line.len() + 1).sum());
    for (_, line) in lines {
        folded.push_str(&knowledge::fold(line));
        folded.push('\n');
    }
    let entries = knowledge.related().iter().map(|related| {
        let patterns = related.matchers.iter();
        (related, patterns.filter_map(|pattern| knowledge.regex_for(pattern, &folded)).collect::<Vec<_>>())
    });
    entries.filter(|(_, regexes)| !regexes.is_empty()).collect()
}
