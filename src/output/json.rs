//! Advice for programs: exactly one object, schema 1.
//!
//! Owns the envelope and how strings are escaped. Must not know what the keys mean: the types of [`crate::advice`]
//! are the contract, and keys are only ever added.
//! Example: `{"schema": 1, "input": {…}, "incidents": […], "related": […], "warnings": []}`.

use serde::Serialize;

use super::{Style, safe};
use crate::advice::{Advice, Cause, Related, Source, Step};
use crate::facts::Operation;
use crate::knowledge::{self, Group};

/// The version of the contract.
pub const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Envelope<T: Serialize> {
    schema: u32,
    #[serde(flatten)]
    body: T,
}

#[derive(Serialize)]
struct OneCause<'a> {
    cause: &'a Cause,
}

#[derive(Serialize)]
struct RelatedCodes<'a> {
    related: Vec<RelatedCode<'a>>,
}

#[derive(Serialize)]
struct RelatedCode<'a> {
    id: &'a str,
    code: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    own: Option<bool>,
    advice: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<&'a Step>,
    #[serde(skip_serializing_if = "Option::is_none")]
    see: Option<&'a str>,
    sources: &'a [Source],
}

#[derive(Serialize)]
struct Contents<'a> {
    causes: Vec<Listed<'a>>,
    related: Vec<ListedCode<'a>>,
}

#[derive(Serialize)]
struct ListedCode<'a> {
    id: &'a str,
    code: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    own: Option<bool>,
}

#[derive(Serialize)]
struct Listed<'a> {
    id: &'a str,
    title: &'a str,
    group: Group,
    operations: &'a [Operation],
    reviewed: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    own: Option<bool>,
}

/// The whole answer to one log.
pub fn advice(advice: &Advice, style: &Style) -> String {
    object(advice, style)
}

/// One entry of the library.
pub fn cause(cause: &Cause, style: &Style) -> String {
    object(OneCause { cause }, style)
}

/// The near misses that share a code.
pub fn related(entries: &[Related], style: &Style) -> String {
    let related = entries.iter().map(|entry| RelatedCode {
        id: &entry.id,
        code: &entry.code,
        title: &entry.title,
        own: entry.own.then_some(true),
        advice: &entry.advice,
        next: entry.next.as_ref(),
        see: entry.see.as_deref(),
        sources: &entry.sources,
    });
    let related = related.collect();
    object(RelatedCodes { related }, style)
}

/// The table of contents.
pub fn list(causes: &[knowledge::Cause], related: &[knowledge::Related], style: &Style) -> String {
    let causes = causes.iter().map(|cause| Listed {
        id: &cause.id,
        title: &cause.title,
        group: cause.group,
        operations: &cause.operations,
        reviewed: &cause.reviewed,
        own: cause.own.then_some(true),
    });
    let related = related.iter().map(|entry| ListedCode {
        id: &entry.id,
        code: &entry.code,
        title: &entry.title,
        own: entry.own.then_some(true),
    });
    let contents = Contents { causes: causes.collect(), related: related.collect() };
    object(contents, style)
}

/// One object in the envelope.
pub(super) fn object<T: Serialize>(body: T, style: &Style) -> String {
    // Serialising fails for maps whose keys are not text and for nothing else; the contract has none.
    let text = serde_json::to_string_pretty(&Envelope { schema: SCHEMA, body })
        .unwrap_or_else(|_| format!("{{\n  \"schema\": {SCHEMA}\n}}"));
    let mut out = escaped(&text, style.ascii);
    out.push('\n');
    out
}

/// Escapes what is legal in JSON and still acts on whoever prints it: the second `#` of `##`, which a CI agent
/// looks for anywhere in a line, and characters that hide, reorder or control. All of them stand inside strings only.
fn escaped(json: &str, ascii: bool) -> String {
    let mut out = String::with_capacity(json.len());
    let mut after_sign = false;
    for c in json.chars() {
        let sign = c == '#' && !after_sign;
        if c == '#' && after_sign || c != '\n' && safe::is_unsafe(c) || ascii && !c.is_ascii() {
            push_escape(c, &mut out);
        } else {
            out.push(c);
        }
        after_sign = sign;
    }
    out
}

fn push_escape(c: char, out: &mut String) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        out.push_str(&format!("\\u{unit:04x}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_number_signs_stand_side_by_side_and_the_value_stays() {
        for text in ["##vso[x]", "###[x]", "a # b ## c", "#", "\\##"] {
            let json = escaped(&serde_json::to_string(text).unwrap(), false);
            assert!(!json.contains("##"), "{json}");
            assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }

    #[test]
    fn hidden_characters_and_on_request_all_others_are_escaped() {
        let text = "\u{202e}\u{9b}\u{2028}\u{e0041}\u{e9}\u{1f600}";
        let json = serde_json::to_string(text).unwrap();
        assert_eq!(escaped(&json, false), "\"\\u202e\\u009b\\u2028\\udb40\\udc41\u{e9}\u{1f600}\"");
        let ascii = escaped(&json, true);
        assert!(ascii.is_ascii(), "{ascii}");
        assert_eq!(serde_json::from_str::<String>(&ascii).unwrap(), text);
    }
}
