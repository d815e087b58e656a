//! Prints of one refusal become one incident, while the log goes by.
//!
//! Ten thousand prints of one error need the room of one. Must not know causes.

use std::collections::HashMap;

use super::clients::Weight;
use super::{Incident, Kind, Part, Said};
use crate::facts::FactKey;
use crate::knowledge::ReasonState;

/// How many different refusals are kept; a server's log can hold millions.
const MOST: usize = 2_000;
/// How many rows an incident remembers, unless a later print says more.
const ROWS: usize = 64;

/// The incidents so far. The last one is still open: lines that follow may belong to it.
#[derive(Debug, Default)]
pub struct Gathered {
    merged: Vec<Merged>,
    /// Where incidents of an address are.
    places: HashMap<String, Vec<usize>>,
    last: Option<(Incident, Weight)>,
    /// How many different refusals found no room.
    dropped: usize,
}

/// An incident, how often it was reported, and whether it was only ever quoted.
#[derive(Debug)]
struct Merged {
    incident: Incident,
    reports: usize,
    is_quote: bool,
}

impl Gathered {
    /// Adds an incident; it is the last one then.
    pub fn add(&mut self, incident: Incident, weight: Weight) {
        self.settle();
        self.last = Some((incident, weight));
    }

    /// The last incident.
    pub fn last(&self) -> Option<&Incident> {
        self.last.as_ref().map(|(incident, _)| incident)
    }

    /// The last incident, to add to.
    pub fn last_mut(&mut self) -> Option<&mut Incident> {
        self.last.as_mut().map(|(incident, _)| incident)
    }

    /// All incidents in the order of the log, and how many found no room.
    pub fn finish(mut self) -> (Vec<Incident>, usize) {
        self.settle();
        // A quoted error is this run's only if the log is nothing but the quote: a question with the error in it.
        if self.merged.iter().any(|one| !one.is_quote) {
            self.merged.retain(|one| !one.is_quote);
        }
        let counted = self.merged.into_iter().map(|Merged { mut incident, reports, .. }| {
            incident.occurrences = reports.max(1);
            incident
        });
        (counted.collect(), self.dropped)
    }

    fn settle(&mut self) {
        let Some((incident, weight)) = self.last.take() else {
            return;
        };
        let reports = usize::from(weight == Weight::Report);
        let is_quote = weight == Weight::Quote;
        let key = incident.key();
        let list = self.places.get(&key).map(Vec::as_slice).unwrap_or_default();
        match list.iter().copied().find(|place| is_same(&self.merged[*place].incident, &incident)) {
            Some(place) => {
                let known = &mut self.merged[place];
                known.reports += reports;
                known.is_quote &= is_quote;
                absorb(&mut known.incident, incident, weight);
            }
            None if self.merged.len() < MOST => {
                self.places.entry(key).or_default().push(self.merged.len());
                self.merged.push(Merged { incident, reports, is_quote });
            }
            None => self.dropped += 1,
        }
    }
}

/// Whether two prints of one address tell of the same refusal: same method, and words that do not contradict.
fn is_same(first: &Incident, next: &Incident) -> bool {
    let methods = [first, next].map(|one| {
        // A HEAD is asked by hand, to see what a GET meets.
        one.facts.get(FactKey::Method).map(|method| if method == "HEAD" { "GET" } else { method })
    });
    if let [Some(one), Some(other)] = methods
        && one != other
    {
        return false;
    }
    let (known, words) = (first.answer_text(), next.answer_text());
    known.is_empty() || words.is_empty() || known.starts_with(&words) || words.starts_with(&known)
}

/// Adds what a further print knows.
fn absorb(first: &mut Incident, next: Incident, weight: Weight) {
    if next.kind == Kind::Refused {
        first.kind = Kind::Refused;
    }
    if weight == Weight::Report && first.reason == ReasonState::NotShown {
        first.reason = next.reason;
    }
    first.facts.fill_from(&next.facts);
    let says_more = next.answer_text().len() > first.answer_text().len();
    if first.rows.len() < ROWS || says_more {
        first.rows.extend(&next.rows);
    }
    if says_more {
        first.said.retain(|said| said.part == Part::Notice);
        first.reason = ReasonState::Shown;
    }
    let known: Vec<String> = first.said.iter().map(|said| said.text.clone()).collect();
    let fresh = |said: &Said| (says_more || said.part == Part::Notice) && !known.contains(&said.text);
    first.said.extend(next.said.into_iter().filter(fresh));
    first.said.sort_by_key(|said| said.part);
}
