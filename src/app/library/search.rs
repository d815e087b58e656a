//! Finding entries: by words, by other names, in spite of typing mistakes, and by what a registry wrote.
//!
//! Owns the order of what is found. Must not know how it is shown.

mod recognise;

use std::collections::BTreeMap;

use super::Entry;
use super::page::registry_title;
use crate::advice;
use crate::app::words::library as words;
use crate::facts::Operation;
use crate::knowledge::{Cause, Group, Knowledge, Provider, Related};
use recognise::Recogniser;

/// Words that stand in every log and tell nothing.
const EMPTY_WORDS: &str = "a an and are at be by for from has have i in is it its my of on or that the this to was \
    with you your err error npm http https";
/// How much a word counts by where it stands.
const NAME: f32 = 10.0;
const OTHER_NAME: f32 = 8.0;
const SUMMARY: f32 = 4.0;
const RULE: f32 = 3.0;
const TEXT: f32 = 2.0;

/// What is listed at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only what can happen on this registry.
    pub registry: Option<String>,
    /// Only what can refuse this operation.
    pub operation: Option<Operation>,
}

impl Filter {
    /// Whether everything is listed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it opens.
    pub entry: Entry,
    /// Its title.
    pub title: String,
    /// What stands below the title; may be empty.
    pub note: String,
}

impl Row {
    /// What it is called.
    pub fn spoken(&self) -> String {
        if self.note.is_empty() { self.title.clone() } else { format!("{}, {}", self.title, self.note) }
    }
}

/// A part of the list with its heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// Its lines.
    pub rows: Vec<Row>,
}

/// What is listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// In order; none is empty.
    pub sections: Vec<Section>,
}

impl Found {
    /// All lines in order.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.sections.iter().flat_map(|section| &section.rows)
    }

    /// One line.
    pub fn row(&self, at: usize) -> Option<&Row> {
        self.rows().nth(at)
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.sections.iter().map(|section| section.rows.len()).sum()
    }

    /// Whether nothing fits.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn add(&mut self, title: &str, rows: Vec<Row>) {
        if !rows.is_empty() {
            self.sections.push(Section { title: title.to_owned(), rows });
        }
    }
}

/// An entry as it is searched.
#[derive(Debug)]
struct Doc {
    entry: Entry,
    title: String,
    section: &'static str,
    /// The code of a near miss, shown below its title.
    code: Option<String>,
    /// Titles and other names, to find phrases in.
    names: Vec<String>,
    /// Every word and how much it counts.
    words: BTreeMap<String, f32>,
}

/// All entries, ready to be searched.
#[derive(Debug)]
pub struct Index {
    docs: Vec<Doc>,
    recogniser: Recogniser,
}

impl Index {
    /// Reads all entries once.
    pub fn new(knowledge: &Knowledge) -> Self {
        let mut causes: Vec<&Cause> = knowledge.causes().iter().collect();
        causes.sort_by_key(|cause| cause.group);
        let causes = causes.into_iter().map(|cause| Doc::of_cause(cause, knowledge));
        let related = knowledge.related().iter().map(Doc::of_related);
        // Last in its section: what is none of the others.
        let named = knowledge.providers().iter().filter(|provider| provider.id != "generic");
        let mut named: Vec<Doc> = named.map(|provider| Doc::of_registry(provider, knowledge)).collect();
        named.sort_by_key(|doc| doc.title.to_lowercase());
        let other = knowledge.provider("generic").map(|provider| Doc::of_registry(provider, knowledge));
        let docs = causes.chain(related).chain(named).chain(other).collect();
        Self { docs, recogniser: Recogniser::default() }
    }

    /// Everything, by section.
    pub fn all(&self, filter: &Filter, knowledge: &Knowledge) -> Found {
        let mut found = Found::default();
        let sections = Group::ALL.map(Group::title).into_iter().chain([words::RELATED, words::REGISTRIES]);
        for section in sections {
            let docs = self.docs.iter().filter(|doc| doc.section == section && doc.fits(filter, knowledge));
            let row = |doc: &Doc| doc.row(doc.code.clone().unwrap_or_default());
            found.add(section, docs.map(row).collect());
        }
        found
    }

    /// What fits the words, the best first; before it what the words are recognised as.
    pub fn find(&mut self, text: &str, filter: &Filter, knowledge: &Knowledge) -> Found {
        let mut found = Found::default();
        let recognised = self.recogniser.recognise(text, filter.registry.as_deref(), knowledge);
        let doc_of = |entry: &Entry| self.docs.iter().find(|doc| doc.entry == *entry);
        let known: Vec<&Doc> = recognised.iter().filter_map(doc_of).collect();
        let rows = known.iter().map(|doc| doc.row(words::RECOGNISED_NOTE.to_owned()));
        found.add(words::RECOGNISED, rows.collect());

        let query = Query::new(text);
        let rest =
            self.docs.iter().filter(|doc| doc.fits(filter, knowledge) && !recognised.contains(&doc.entry));
        let mut scored: Vec<(f32, &Doc)> = rest.filter_map(|doc| Some((query.score(doc)?, doc))).collect();
        // Stable: what scores the same keeps the order of the library.
        scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let row = |(_, doc): (f32, &Doc)| {
            let note = doc.code.as_ref().map(|code| format!("{code}, {}", doc.section.to_lowercase()));
            doc.row(note.unwrap_or_else(|| doc.section.to_owned()))
        };
        found.add(words::MATCHES, scored.into_iter().map(row).collect());
        found
    }
}

impl Doc {
    fn new(entry: Entry, title: String, section: &'static str, code: Option<String>) -> Self {
        let mut doc = Self { entry, title, section, code, names: Vec::new(), words: BTreeMap::new() };
        let title = doc.title.clone();
        doc.learn_name(&title, NAME);
        doc
    }

    fn of_cause(cause: &Cause, knowledge: &Knowledge) -> Self {
        let title = advice::describe_title(knowledge, &cause.id).unwrap_or_else(|| cause.title.clone());
        let mut doc = Self::new(Entry::Cause(cause.id.clone()), title, cause.group.title(), None);
        doc.learn_name(&cause.id, NAME);
        for name in &cause.also_known_as {
            doc.learn_name(name, OTHER_NAME);
        }
        doc.learn(&cause.summary, SUMMARY);
        let overlays = cause.providers.values();
        for matcher in cause.matchers.iter().chain(overlays.flat_map(|overlay| &overlay.matchers)) {
            doc.learn(&matcher.name, RULE);
            for clause in &matcher.all {
                doc.learn(&without_escapes(&clause.regex), RULE);
            }
        }
        for paragraph in &cause.explanation {
            doc.learn(paragraph, TEXT);
        }
        for question in &cause.questions {
            doc.learn(&question.ask, TEXT);
        }
        for provider in cause.providers.keys().filter_map(|id| knowledge.provider(id)) {
            doc.learn(&provider.title, TEXT);
        }
        doc
    }

    fn of_related(related: &Related) -> Self {
        let entry = Entry::Related(related.id.clone());
        let mut doc = Self::new(entry, related.title.clone(), words::RELATED, Some(related.code.clone()));
        doc.learn_name(&related.code, NAME);
        doc.learn_name(&related.id, NAME);
        doc.learn(&related.advice, SUMMARY);
        for matcher in &related.matchers {
            doc.learn(&without_escapes(matcher), RULE);
        }
        doc
    }

    fn of_registry(provider: &Provider, knowledge: &Knowledge) -> Self {
        let entry = Entry::Registry(provider.id.clone());
        let mut doc = Self::new(entry, registry_title(provider), words::REGISTRIES, None);
        doc.learn_name(&provider.id, NAME);
        for pattern in &provider.hosts {
            doc.learn(&pattern.label, OTHER_NAME);
            doc.learn(&pattern.domain, OTHER_NAME);
        }
        doc.learn(&provider.admin, TEXT);
        let there = knowledge.causes().iter().filter(|cause| cause.providers.contains_key(&provider.id));
        for cause in there {
            doc.learn(&cause.title, 1.0);
        }
        doc
    }

    fn learn_name(&mut self, name: &str, weight: f32) {
        self.names.push(fold(name));
        self.learn(name, weight);
    }

    fn learn(&mut self, text: &str, weight: f32) {
        for word in words_of(text) {
            let known = self.words.entry(word).or_insert(weight);
            *known = known.max(weight);
        }
    }

    fn row(&self, note: String) -> Row {
        Row { entry: self.entry.clone(), title: self.title.clone(), note }
    }

    fn fits(&self, filter: &Filter, knowledge: &Knowledge) -> bool {
        match &self.entry {
            Entry::Cause(id) => knowledge.cause(id).is_some_and(|cause| {
                let operation =
                    filter.operation.is_none_or(|operation| cause.operations.contains(&operation));
                operation && filter.registry.as_ref().is_none_or(|id| happens_on(cause, id, knowledge))
            }),
            // Any of them can happen with any registry.
            Entry::Related(_) => true,
            Entry::Registry(id) => filter.registry.as_ref().is_none_or(|registry| registry == id),
        }
    }
}

/// Whether a cause can be met on a registry: it has notes for it, or a rule that is not only for others.
fn happens_on(cause: &Cause, registry: &str, knowledge: &Knowledge) -> bool {
    let like = knowledge.provider(registry).and_then(|provider| provider.like.as_deref());
    let is_meant = |id: &String| id == registry || Some(id.as_str()) == like;
    cause.matchers.is_empty()
        || cause.providers.keys().any(is_meant)
        || cause
            .matchers
            .iter()
            .any(|rule| rule.when.provider.is_empty() || rule.when.provider.iter().any(is_meant))
}

/// What is searched for.
struct Query {
    whole: String,
    words: Vec<String>,
}

impl Query {
    fn new(text: &str) -> Self {
        let mut all = words_of(text);
        let mut seen = std::collections::BTreeSet::new();
        all.retain(|word| seen.insert(word.clone()));
        let telling: Vec<String> = all
            .iter()
            .filter(|word| !EMPTY_WORDS.split(' ').any(|empty| empty == word.as_str()))
            .cloned()
            .collect();
        Self { whole: fold(text), words: if telling.is_empty() { all } else { telling } }
    }

    /// How well an entry fits; `None` if it does not.
    fn score(&self, doc: &Doc) -> Option<f32> {
        let scores: Vec<f32> = self.words.iter().map(|word| score_word(word, doc)).collect();
        let hits = scores.iter().filter(|score| **score > 0.0).count();
        // A few words must all be there; of a sentence most of them.
        let wanted =
            if self.words.len() <= 3 { self.words.len() } else { (self.words.len() * 3).div_ceil(4) };
        let has_name =
            self.whole.chars().count() >= 3 && doc.names.iter().any(|name| name.contains(&self.whole));
        if !has_name && (hits < wanted || hits == 0) {
            return None;
        }
        // Two entries may share a code: the one that is also called like it comes first.
        let same = doc.names.iter().filter(|name| **name == self.whole).count().min(2) as f32;
        let bonus = 40.0 * same + if has_name { 20.0 } else { 0.0 };
        Some(scores.iter().sum::<f32>() + bonus)
    }
}

/// How well one word fits: as it is, as the beginning or a part of another, or as one with a typing mistake.
fn score_word(word: &str, doc: &Doc) -> f32 {
    let length = word.chars().count();
    let mut best: f32 = doc.words.get(word).copied().unwrap_or(0.0);
    for (known, weight) in &doc.words {
        let factor = if length >= 2 && known.starts_with(word) {
            0.8
        } else if length >= 4 && known.contains(word) {
            0.5
        } else {
            0.0
        };
        best = best.max(weight * factor);
    }
    if best > 0.0 || length < 4 {
        return best;
    }
    // Only names: in whole paragraphs too much is similar.
    let names = doc.words.iter().filter(|(_, weight)| **weight >= OTHER_NAME);
    for (known, weight) in names.filter(|(known, _)| known.chars().count().abs_diff(length) <= 2) {
        let allowed = if length >= 8 { 2 } else { 1 };
        if strsim::damerau_levenshtein(word, known) <= allowed {
            best = best.max(weight * 0.6);
        }
    }
    best
}

/// Small letters, one space between words.
fn fold(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words_of(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    parts.filter(|part| !part.is_empty()).map(str::to_lowercase).collect()
}

/// The words of a pattern, without its classes and escapes.
fn without_escapes(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        if letter == '\\' {
            out.push(' ');
            letters.next();
        } else {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests;
