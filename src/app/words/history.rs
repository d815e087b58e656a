//! The words of the history.

use jiff::civil::Date;

use super::plural;
use crate::advice;
use crate::app::history::{Likeness, Record};

/// The heading of the page.
pub const HEADING: &str = "History";
/// What is said when it is left.
pub const CLOSED: &str = "History closed";
/// What is kept, and where.
pub const LEAD: &str =
    "Each diagnosis is kept on this computer, secrets hidden: what was refused, the cause, and your note.";
/// What the search field is called.
pub const SEARCH: &str = "Search the history";
/// What stands in it while it is empty.
pub const SEARCH_HINT: &str = "Package, cause, registry, note";
/// The button that empties it.
pub const CLEAR_SEARCH: &str = "Clear the search";
/// What the list is called.
pub const LIST: &str = "Diagnoses";
/// Above an empty history.
pub const EMPTY: &str = "Nothing here yet";
/// What will be here.
pub const EMPTY_NOTE: &str = "Read a log, and its diagnosis is listed here. Examples are not.";
/// Nothing fits.
pub const NOTHING: &str = "Nothing fits";
/// What to try then.
pub const NOTHING_TRY: &str = "Try fewer words: a package, a registry, a part of a note.";
/// Above a history that is switched off.
pub const OFF: &str = "The history is off";
/// What that means.
pub const OFF_NOTE: &str = "New diagnoses are not kept. What was kept before is still on this computer; switch the history on to see it or to delete it.";
/// Above a history that cannot be read.
pub const FAILED: &str = "The history is not available";
/// The button that tries again.
pub const RETRY: &str = "Try again";
/// While it is read.
pub const READING: &str = "Reading the history";
/// There is nowhere to keep anything.
pub const NO_PLACE: &str = "The history is not kept: this account has no home folder to keep it in. Set UNFORBID_HOME to a folder to have one.";
/// The switch.
pub const KEEP: &str = "Keep a history";
/// Said when it was switched.
pub const KEPT_NOW: &str = "The history is on";
/// Said when it was switched.
pub const KEPT_NO_MORE: &str = "The history is off";
/// The button that deletes everything.
pub const CLEAR: &str = "Delete all…";
/// The button that does so.
pub const CLEAR_NOW: &str = "Delete all";
/// The button that does not.
pub const CLEAR_NOT: &str = "Keep them";
/// The button that deletes one.
pub const DELETE: &str = "Delete";
/// The button that brings it back.
pub const RESTORED: &str = "It is back";
/// The button that reads a kept log.
pub const OPEN_LOG: &str = "Open the log again";
/// A log that is not there.
pub const LOG_GONE: &str = "This log is not in the history any more";
/// Why there is no such button.
pub const LOG_TOO_LONG: &str = "The log was too long to keep.";
/// Why there is no such button.
pub const LOG_MADE_ROOM: &str = "The log made room for newer ones.";
/// Why there is no such button.
pub const LOG_NOT_KEPT: &str = "The log is not kept. The settings can keep logs, secrets hidden.";
/// The button that shows the list in a narrow window.
pub const TO_LIST: &str = "All diagnoses";
/// Before anything is chosen.
pub const CHOOSE: &str = "Choose a diagnosis. Arrow keys choose, Enter opens, Delete deletes.";
/// The link to the library.
pub const IN_LIBRARY: &str = "Read about this cause";
/// The field for the note.
pub const NOTE: &str = "What fixed it";
/// What stands in it while it is empty.
pub const NOTE_HINT: &str = "A note for the next time";
/// The button that saves it.
pub const SAVE: &str = "Save";
/// What it is called.
pub const SAVE_NOTE: &str = "Save the note";
/// What it says afterwards.
pub const SAVED: &str = "Saved";
/// Said when it was saved.
pub const NOTE_SAVED: &str = "The note is saved";
/// Below the field.
pub const NOTE_FOOT: &str = "Stays on this computer. Secrets are hidden when it is saved.";
/// Beside a diagnosis with a note.
pub const HAS_NOTE: &str = "has a note";
/// The button beside a hint.
pub const SEE: &str = "Open in history";
/// Facts of a diagnosis.
pub const FACTS: &str = "What was refused";
/// Facts of a diagnosis.
pub const PACKAGE: &str = "Package";
/// Facts of a diagnosis.
pub const REGISTRY: &str = "Registry";
/// Facts of a diagnosis.
pub const CLIENT: &str = "Client";
/// Facts of a diagnosis.
pub const REASON: &str = "Its reason";
/// Facts of a diagnosis.
pub const LOG: &str = "Log";

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `3 November`; with its year when that is another.
fn day(date: Date, today: Date) -> String {
    let month = usize::try_from(date.month()).ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
    let short = format!("{} {}", date.day(), month.unwrap_or(&""));
    if date.year() == today.year() { short } else { format!("{short} {}", date.year()) }
}

/// A day as a heading.
pub fn day_heading(date: Date, today: Date) -> String {
    if date == today {
        "Today".to_owned()
    } else if today.yesterday().is_ok_and(|yesterday| date == yesterday) {
        "Yesterday".to_owned()
    } else {
        day(date, today)
    }
}

/// A day inside a sentence: `today`, `yesterday`, `on 3 November`.
pub fn on_day(date: Date, today: Date) -> String {
    match day_heading(date, today) {
        heading if heading == "Today" || heading == "Yesterday" => heading.to_lowercase(),
        heading => format!("on {heading}"),
    }
}

/// As much of a note as fits into a sentence.
fn short(note: &str) -> String {
    const LONGEST: usize = 160;
    let line: String = note.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}

/// What is said of an earlier refusal.
pub fn hint(likeness: Likeness, when: &str, note: &str) -> String {
    let same = match likeness {
        Likeness::Reason => "Same as",
        Likeness::Cause => "Like",
    };
    if note.is_empty() {
        format!("You had this {when}")
    } else {
        format!("{same} {when}: your note says “{}”", short(note))
    }
}

/// What is said of a log that was read before.
pub fn same_log(times: u32, when: &str, note: &str) -> String {
    let read = match times {
        0..=1 => format!("You read this log before, {when}"),
        times => format!("You have read this log {times} times, first {when}"),
    };
    if note.is_empty() { read } else { format!("{read}. Your note says “{}”", short(note)) }
}

/// How often it was read, and when.
pub fn read_often(times: u32, first: &str, last: &str) -> String {
    format!("Read {times} times, first {first}, last {last}")
}

/// A day and a time.
pub fn at(day: &str, time: &str) -> String {
    format!("{day} at {time}")
}

/// How many there are.
pub fn count(count: usize) -> String {
    plural(count, "diagnosis", "diagnoses")
}

/// The question before everything is deleted.
pub fn ask_clear(number: usize) -> String {
    let what = count(number);
    format!("Delete {what} with their notes? This can be undone for a few seconds.")
}

/// What was deleted.
pub fn deleted(number: usize) -> String {
    format!("{} deleted", count(number))
}

/// What the button is called that deletes one.
pub fn delete_name(title: &str) -> String {
    format!("{DELETE}: {title}")
}

/// How sure a cause was.
pub fn confidence(record: &Record) -> &'static str {
    if advice::is_fallback_id(&record.cause) { "Undecided" } else { record.confidence.word() }
}

/// What an entry is called.
pub fn entry(title: &str) -> String {
    format!("Diagnosis {title}")
}
