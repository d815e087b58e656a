//! Errors that are not a registry's 403, found so that the user is sent the right way.

use std::collections::BTreeSet;

use crate::knowledge::Knowledge;
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
    let mut found: Vec<NearMiss> = Vec::new();
    for row in rows.into_iter().filter(|row| !claimed.contains(row)) {
        let line = log.line(row);
        // Codes stand near the start of a line; a line of megabytes is not worth a regex.
        if line.len() > 8 * 1024 {
            continue;
        }
        for related in knowledge.related() {
            let known = found.iter().any(|miss| miss.id == related.id);
            let matches = || {
                let regexes = related.matchers.iter().filter_map(|pattern| knowledge.regex(pattern));
                regexes.into_iter().any(|regex| regex.is_match(line))
            };
            if !known && matches() {
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
