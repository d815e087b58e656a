//! Runs the examples of entries against all entries.
//!
//! Owns what counts as answered. Must not know files.

use crate::advice::{Advice, Confidence};
use crate::facts::FactKey;
use crate::knowledge::{Examples, Knowledge, Related};
use crate::text;
use crate::{Preferences, explain};

/// An example that is not answered as it says.
pub struct Failure {
    /// Its name.
    pub example: String,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub hint: &'static str,
}

const NARROW: &str = "narrow the matcher that won, or add `outranks`";
const WIDEN: &str = "compare the pattern with the log, and `in` with where its words stand";

/// The examples of a cause that are answered otherwise.
pub fn of_cause(knowledge: &Knowledge, id: &str, examples: &Examples) -> Vec<Failure> {
    let mut failures = Vec::new();
    for example in &examples.positive {
        let mut push =
            |what: String, hint| failures.push(Failure { example: example.name.clone(), what, hint });
        let (advice, first) = run(knowledge, &example.log);
        if first != id {
            let fits = fits(&advice, id);
            let hint = if fits { NARROW } else { WIDEN };
            push(answered(&example.name, &first, id, fits), hint);
            continue;
        }
        for (fact, wanted) in &example.expect {
            let wanted = knowledge.expand(wanted);
            let found = FactKey::from_name(fact)
                .and_then(|key| advice.incidents.first().and_then(|incident| incident.facts.get(key)));
            if found != Some(wanted.as_str()) {
                let found = found.map_or("nothing".to_owned(), |found| format!("{found:?}"));
                let what = format!("example {:?} expects {fact} {wanted:?} and gets {found}", example.name);
                push(what, "name a group of the pattern after the fact, or correct the example");
            }
        }
        let causes = advice.incidents.first().map_or(&[][..], |incident| &incident.causes);
        if causes.iter().filter(|cause| cause.confidence == Confidence::Certain).count() > 1 {
            let what = format!("example {:?} makes two causes certain", example.name);
            push(what, "lower the strength of one, or add `outranks`");
        }
        if advice.input.secrets_hidden > 0 {
            let what = format!("example {:?} holds something that looks like a secret", example.name);
            push(what, "take it out, or write it differently");
        }
    }
    for example in &examples.negative {
        let (advice, first) = run(knowledge, &example.log);
        if first != example.instead {
            let what = answered(&example.name, &first, &example.instead, fits(&advice, &example.instead));
            failures.push(Failure { example: example.name.clone(), what, hint: NARROW });
        }
    }
    failures
}

/// The examples of a related code that are answered otherwise.
pub fn of_related(knowledge: &Knowledge, related: &Related) -> Vec<Failure> {
    let failures = related.examples.iter().filter_map(|example| {
        let (_, first) = run(knowledge, &example.log);
        let what = answered(&example.name, &first, &related.id, false);
        (first != related.id).then(|| Failure { example: example.name.clone(), what, hint: WIDEN })
    });
    failures.collect()
}

fn answered(example: &str, first: &str, wanted: &str, fits: bool) -> String {
    let among = if fits { ", which also fits" } else { "" };
    match first {
        "nothing" => format!("example {example:?} is not recognised; it should be {wanted}"),
        _ => format!("example {example:?} is answered by {first} instead of {wanted}{among}"),
    }
}

fn fits(advice: &Advice, id: &str) -> bool {
    let mut causes = advice.incidents.iter().flat_map(|incident| &incident.causes);
    causes.any(|cause| cause.id == id)
}

/// The answer to a log, and the id that it puts first: a cause, a related code, or `nothing`.
fn run(knowledge: &Knowledge, lines: &[String]) -> (Advice, String) {
    let log = knowledge.expand(&lines.join("\n"));
    let advice = explain(text::decode(log.as_bytes()), "example", knowledge, &Preferences::default()).advice;
    let cause = advice.incidents.first().and_then(|incident| incident.causes.first());
    let first = cause.map(|cause| &cause.id).or_else(|| advice.related.first().map(|related| &related.id));
    let first = first.cloned().unwrap_or_else(|| "nothing".to_owned());
    (advice, first)
}
