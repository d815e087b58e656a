//! From the text of an own file to its entry, and from the parser's words to ours.

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::super::check::{Problem, Severity};
use super::super::did_you_mean;
use super::files::Found;
use super::{OwnEntry, locate};

/// The entry that a file holds.
pub(super) fn parse(found: &Found) -> Result<OwnEntry, Box<Problem>> {
    match found.folder {
        "causes" if extends(found)? => entry(found).map(OwnEntry::Extension),
        "causes" => entry(found).map(OwnEntry::Cause),
        "providers" => entry(found).map(OwnEntry::Provider),
        "clients" => entry(found).map(OwnEntry::Client),
        _ => entry(found).map(OwnEntry::Related),
    }
}

/// Whether a file adds to a cause instead of being one.
fn extends(found: &Found) -> Result<bool, Box<Problem>> {
    #[derive(Deserialize)]
    struct Look {
        #[serde(default)]
        extends: Option<IgnoredAny>,
    }
    entry::<Look>(found).map(|look| look.extends.is_some())
}

fn entry<T: DeserializeOwned>(found: &Found) -> Result<T, Box<Problem>> {
    serde_json::from_str(&found.text).map_err(|error| problem(found, &error))
}

fn problem(found: &Found, error: &serde_json::Error) -> Box<Problem> {
    let text = &found.text;
    let offset = locate::offset(text, error.line(), error.column());
    let told = error.to_string();
    let told = told.rsplit_once(" at line ").map_or(told.as_str(), |(what, _)| what);
    let words = in_words(told);
    let near = words.near.as_deref().and_then(|near| locate::find_before(text, near, offset));
    Box::new(Problem {
        file: found.path.clone(),
        place: Some(near.unwrap_or_else(|| locate::place(text, offset))),
        severity: Severity::Error,
        what: words.what,
        hint: words.hint,
        near: String::new(),
    })
}

struct Words {
    what: String,
    hint: String,
    /// What to look for before the place where the parser gave up.
    near: Option<String>,
}

/// What the parser said, in plain words. What it says in another version than this one stays as it is.
fn in_words(told: &str) -> Words {
    let words = |what: String, hint: &str, near: Option<String>| Words { what, hint: hint.to_owned(), near };
    let mut named = told.split('`').skip(1).step_by(2);
    if let Some(name) = told.strip_prefix("unknown field `").and_then(|_| named.next()) {
        let keys: Vec<&str> = named.collect();
        let all = format!("the keys of this place are {}", keys.join(", "));
        let hint = did_you_mean(name, keys.iter().copied(), &all);
        return words(format!("unknown key {name:?}"), &hint, Some(format!("{name:?}")));
    }
    if let Some(name) = told.strip_prefix("unknown variant `").and_then(|_| named.next()) {
        let values: Vec<&str> = named.collect();
        let all = format!("write one of {}", values.join(", "));
        let hint = did_you_mean(name, values.iter().copied(), &all);
        return words(format!("unknown value {name:?}"), &hint, Some(format!("{name:?}")));
    }
    if let Some(name) = told.strip_prefix("missing field `").and_then(|_| named.next()) {
        let what = format!("the key {name:?} is missing in the object that ends here");
        return words(what, "add it; knowledge/README.md says what to write", None);
    }
    if let Some(name) = told.strip_prefix("duplicate field `").and_then(|_| named.next()) {
        return words(format!("the key {name:?} stands here twice"), "keep one of them", None);
    }
    if let Some(got) = told.strip_prefix("invalid type: ") {
        let (got, wanted) = got.split_once(", expected ").unwrap_or((got, "something else"));
        let near = got.strip_prefix("string ").map(str::to_owned);
        if wanted == "a sequence" {
            let hint = "write a list; a command is one item for the program and one for each argument: \
                        [\"npm\", \"whoami\"]";
            return words(format!("a list is wanted here, and this is {}", plain(got)), hint, near);
        }
        let wanted = wanted.trim_start_matches("struct ").trim_start_matches("enum ");
        let what = format!("{} is wanted here, and this is {}", plain(wanted), plain(got));
        return words(what, "compare it with a bundled entry", near);
    }
    let hint = match told {
        told if told.starts_with("EOF") => "a bracket, brace or quotation mark is not closed",
        "trailing comma" => "remove the comma before the closing bracket",
        told if told.starts_with("expected `,`") => "put a comma between two items",
        "key must be a string" => "put the key into double quotation marks; JSON has no comments",
        "trailing characters" => "a file holds one object; remove what follows it",
        told if told.contains("escape") => "write a backslash as two: \\\\d",
        told if told.contains("recursion") => "the brackets are nested too deeply",
        _ => "compare it with a bundled entry",
    };
    words(format!("this is no JSON: {told}"), hint, None)
}

/// A type in the words of people.
fn plain(kind: &str) -> String {
    match kind {
        "a string" => "a text".to_owned(),
        "map" => "an object".to_owned(),
        "sequence" => "a list".to_owned(),
        "null" => "nothing".to_owned(),
        kind => match kind.strip_prefix("string ") {
            Some(text) => format!("the text {text}"),
            None => kind.to_owned(),
        },
    }
}
