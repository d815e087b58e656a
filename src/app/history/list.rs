//! What the history's list shows: the records that fit the search, under their days.
//!
//! Owns the search and the grouping. Must not know how it is drawn.

use super::past::Past;
use super::record::Record;
use crate::app::words::history as words;

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A day.
    Day(String),
    /// A record, by its number.
    Record(u64),
}

/// The lines for a search, newest first.
pub fn lines(past: &Past, query: &str) -> Vec<Line> {
    let wanted: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let today = past.today();
    let mut lines = Vec::new();
    let mut last = None;
    for record in past.records.iter().filter(|record| fits(record, &wanted)) {
        let day = past.day(record.last);
        if last != Some(day) {
            last = Some(day);
            lines.push(Line::Day(words::day_heading(day, today)));
        }
        lines.push(Line::Record(record.id));
    }
    lines
}

/// Whether all words stand somewhere in what people remember of it.
fn fits(record: &Record, wanted: &[String]) -> bool {
    if wanted.is_empty() {
        return true;
    }
    let known = [&record.package, &record.version, &record.host, &record.provider, &record.client];
    let known = known.into_iter().flatten().map(String::as_str);
    let written = [&record.title, &record.note, &record.log, &record.headline, &record.cause];
    let all: Vec<String> =
        written.into_iter().map(String::as_str).chain(known).map(str::to_lowercase).collect();
    wanted.iter().all(|word| all.iter().any(|text| text.contains(word.as_str())))
}
