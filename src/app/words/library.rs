//! The words of the library.

use super::plural;
use crate::facts::Operation;

/// What is said when it is left.
pub const CLOSED: &str = "Library closed";
/// The heading of the library.
pub const HEADING: &str = "Library";
/// What it is.
pub const LEAD: &str =
    "Everything this program knows about a 403: what it means, how to check it, and how to mend it.";
/// What to do first.
pub const HOW: &str =
    "Type a few words, a code such as E401, or paste a sentence of the log. Arrow keys choose, Enter opens.";
/// What the search field is called.
pub const SEARCH: &str = "Search the library";
/// What stands in it while it is empty.
pub const SEARCH_HINT: &str = "Words, a code, or a sentence of the log";
/// The button that empties it.
pub const CLEAR: &str = "Clear the search";
/// What the list is called.
pub const LIST: &str = "Entries";
/// The section of near misses.
pub const RELATED: &str = "Related codes";
/// The section of registries.
pub const REGISTRIES: &str = "Registries";
/// Entries whose rules recognise what was pasted.
pub const RECOGNISED: &str = "Recognised from the words";
/// The same beside an entry.
pub const RECOGNISED_NOTE: &str = "recognised from the words";
/// What the words of the search lead to.
pub const MATCHES: &str = "Best matches";
/// Nothing fits.
pub const NOTHING: &str = "Nothing fits";
/// What to try then.
pub const NOTHING_TRY: &str = "Try fewer or other words, a code such as E401, or the sentence that the registry wrote. The bare words without names and versions find most.";
/// What to try when a filter is set.
pub const NOTHING_FILTER: &str = "Only a part of the library is searched now.";
/// The button that takes filters away.
pub const ALL_AGAIN: &str = "Search all of it";
/// The choice of registries when none was made.
pub const ANY_REGISTRY: &str = "Any registry";
/// The choice of operations when none was made.
pub const ANY_OPERATION: &str = "Any operation";
/// Registries that no entry names.
pub const OTHER_REGISTRIES: &str = "Any other registry";
/// The button that goes to the page before.
pub const PAGE_BACK: &str = "Previous page";
/// The button that shows the list in a narrow window.
pub const TO_LIST: &str = "All entries";
/// Above other names.
pub const ALSO_KNOWN_AS: &str = "Also known as";
/// The part with the checks.
pub const CHECK: &str = "How to check";
/// The part with the fixes.
pub const FIX: &str = "How to mend it";
/// The part about single registries.
pub const ON_REGISTRIES: &str = "What differs on a registry";
/// The part with links.
pub const SEE_ALSO: &str = "See also";
/// The next step of a near miss.
pub const NEXT: &str = "What to try next";
/// The causes that a registry's page leads to.
pub const CAUSES_THERE: &str = "Causes with notes for it";
/// The hosts of a registry.
pub const HOSTS: &str = "Where it is";
/// Who runs a registry.
pub const ADMIN: &str = "Who can change its settings";
/// A cause to look at when a check says no.
pub const INSTEAD: &str = "When the checks say no";
/// A cause that is taken for this one.
pub const MISTAKEN: &str = "Looks similar";
/// An entry that tells more.
pub const MORE: &str = "Tells more";

/// What the menu of registries is called.
pub fn registry(title: &str) -> String {
    format!("Registry: {title}")
}

/// What the menu of operations is called.
pub fn operation(title: &str) -> String {
    format!("Operation: {title}")
}

/// An operation.
pub const fn operation_title(operation: Operation) -> &'static str {
    match operation {
        Operation::Publish => "Publishing",
        Operation::Install => "Installing",
        Operation::Other => "Anything else",
    }
}

/// How many entries the list has.
pub fn entries(count: usize) -> String {
    plural(count, "entry", "entries")
}

/// How many entries were found, for those who cannot see the list.
pub fn found(count: usize, first: Option<&str>) -> String {
    match first {
        Some(first) => format!("{}, the first is {first}", entries(count)),
        None => NOTHING.to_owned(),
    }
}

/// What there is.
pub fn counts(causes: usize, related: usize, registries: usize) -> String {
    format!("{causes} causes, {related} related codes, {registries} registries.")
}

/// What a page is called.
pub fn page(title: &str) -> String {
    format!("Page {title}")
}

/// A command in another client's words.
pub fn spelled_for(client: &str) -> String {
    format!("Spelled for {client}: the chosen client has no such command.")
}

/// A command with gaps.
pub fn fill_in(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("<{name}>")).collect();
    format!("Fill in {} first.", names.join(", "))
}
