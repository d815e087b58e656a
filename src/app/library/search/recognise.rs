//! What the rules of the entries make of a pasted sentence.
//!
//! Owns the log that is made around a sentence without one. Must not know how entries are listed.

use std::collections::BTreeMap;

use super::super::Entry;
use crate::advice::{Advice, Confidence};
use crate::knowledge::{FALLBACK, Knowledge};
use crate::{Preferences, explain, text};

/// A few words are a search, more may be a sentence of a log.
const FEWEST_WORDS: usize = 3;
const FEWEST_LETTERS: usize = 14;
/// How many are shown.
const MOST: usize = 3;
/// A registry that nobody knows.
const UNKNOWN_HOST: &str = "registry.acme.example";

/// Runs the rules on sentences.
#[derive(Debug, Default)]
pub struct Recogniser {
    /// What the made-up log means without a sentence in it.
    without: BTreeMap<String, BTreeMap<String, Confidence>>,
}

impl Recogniser {
    /// What is recognised in the words, the surest first.
    pub fn recognise(&mut self, words: &str, registry: Option<&str>, knowledge: &Knowledge) -> Vec<Entry> {
        let words = words.trim();
        if words.split_whitespace().count() < FEWEST_WORDS || words.len() < FEWEST_LETTERS {
            return Vec::new();
        }
        let as_it_is = read(words, knowledge);
        let mut found = Vec::new();
        for incident in &as_it_is.incidents {
            let best = incident.causes.first().filter(|cause| cause.id != FALLBACK);
            found.extend(best.map(|cause| Entry::Cause(cause.id.clone())));
        }
        let mut related: Vec<Entry> =
            as_it_is.related.iter().map(|related| Entry::Related(related.id.clone())).collect();
        if as_it_is.incidents.is_empty() {
            let mut made_up = self.as_answers(words, registry, knowledge);
            made_up.sort_by_key(|(confidence, _)| std::cmp::Reverse(*confidence));
            let causes = made_up.into_iter().map(|(_, id)| Entry::Cause(id));
            // What the words are by themselves is surer than what they would be in a log.
            found.append(&mut related);
            found.extend(causes);
        }
        found.append(&mut related);
        let mut unique: Vec<Entry> = Vec::new();
        for entry in found {
            if !unique.contains(&entry) {
                unique.push(entry);
            }
        }
        unique.truncate(MOST);
        unique
    }

    /// The causes that the words would name if a registry had written them.
    fn as_answers(
        &mut self,
        words: &str,
        registry: Option<&str>,
        knowledge: &Knowledge,
    ) -> Vec<(Confidence, String)> {
        let line = one_line(words);
        let chosen = registry.and_then(|id| knowledge.provider(id)?.host());
        let hosts = [chosen.or_else(|| knowledge.public_host()), Some(UNKNOWN_HOST.to_owned())];
        let mut found: Vec<(Confidence, String)> = Vec::new();
        for host in hosts.into_iter().flatten() {
            for method in ["PUT", "GET"] {
                let start = format!(
                    "npm error code E403\nnpm error 403 403 Forbidden - {method} https://{host}/left-layout"
                );
                let advice = read(&format!("{start} - {line}\n"), knowledge);
                let without = self.without.entry(start).or_insert_with_key(|start| {
                    let empty = read(&format!("{start}\n"), knowledge);
                    let causes = empty.incidents.into_iter().flat_map(|incident| incident.causes);
                    causes.map(|cause| (cause.id, cause.confidence)).collect()
                });
                let causes = advice.incidents.iter().take(1).flat_map(|incident| &incident.causes);
                let says_it = causes.filter(|cause| {
                    cause.id != FALLBACK
                        && cause.confidence >= Confidence::Likely
                        && without.get(&cause.id).is_none_or(|before| *before < cause.confidence)
                });
                for cause in says_it.take(1) {
                    if found.iter().all(|(_, id)| *id != cause.id) {
                        found.push((cause.confidence, cause.id.clone()));
                    }
                }
            }
        }
        found
    }
}

fn read(log: &str, knowledge: &Knowledge) -> Advice {
    explain(text::decode(log.as_bytes()), "search", knowledge, &Preferences::default()).advice
}

/// The words on one line, without what a client puts before them.
fn one_line(words: &str) -> String {
    const PREFIXES: [&str; 6] =
        ["npm error 403", "npm ERR! 403", "npm error", "npm ERR!", "npm notice", "error"];
    let lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
    let bare = lines.map(|line| {
        let prefix = PREFIXES
            .iter()
            .find(|prefix| line.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix)));
        prefix.map_or(line, |prefix| line[prefix.len()..].trim_start_matches([' ', ':']))
    });
    bare.collect::<Vec<_>>().join(" ")
}
