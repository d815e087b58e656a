//! The end of a log: what stands without a URL finds its place, and every incident its derived facts.
//!
//! Must not know causes.

use super::assemble::{add_loose, adopt};
use super::clients::Weight;
use super::collect::{Collector, FRAGMENT_LINES};
use super::patterns::{FOREIGN, hit};
use super::{Incident, Kind, Report, derive};
use crate::facts::{FactKey, Facts};
use crate::knowledge::ReasonState;

impl Collector<'_> {
    /// Everything read: merges, adds what stands without a URL, and gives the report.
    pub fn finish(mut self) -> Report {
        let mut ready = std::mem::take(&mut self.ready);
        self.folder.finish(&mut ready);
        for line in &ready {
            self.line(line);
        }
        if let Some(incident) = self.by_hand.finish() {
            self.gathered.add(incident, Weight::Report);
        }
        if let Some(incident) = self.deno.finish() {
            self.gathered.add(incident, Weight::Report);
        }
        let (merged, dropped) = std::mem::take(&mut self.gathered).finish();
        let mut merged = adopt(merged);
        if merged.is_empty() {
            merged = self.without_url();
        } else {
            self.complete(&mut merged);
        }
        for incident in &mut merged {
            derive::complete(&mut incident.facts, &self.context);
            incident.tell_words();
            incident.rows.sort_unstable();
            incident.rows.dedup();
        }
        derive::count_urls(&mut merged);
        let run = self.context.run_facts();
        Report { incidents: merged, run, error_rows: self.error_rows, other_rows: self.other_rows, dropped }
    }

    /// Gives `code E403` rows and words that stand apart to the incident they belong to.
    fn complete(&mut self, merged: &mut [Incident]) {
        for row in &self.coded {
            let nearest = merged
                .iter_mut()
                .filter(|incident| incident.rows.first().is_some_and(|first| row.abs_diff(*first) <= 6))
                .min_by_key(|incident| incident.rows.first().map(|first| row.abs_diff(*first)));
            if let Some(incident) = nearest {
                incident.facts.set_if_missing(FactKey::Code, "E403", None);
            }
        }
        for incident in merged.iter_mut().filter(|incident| !incident.facts.has(FactKey::Url)) {
            incident.facts.fill_from(&self.coded_facts);
        }
        let silent = merged
            .iter_mut()
            .find(|incident| incident.said.is_empty() && incident.reason == ReasonState::NotShown);
        if let (Some(incident), false) = (silent, self.coded.is_empty()) {
            // npm 1 to 5: the URL stands in the request log, the words in lines of their own.
            add_loose(incident, &self.words.loose);
            incident.facts.fill_from(&self.coded_facts);
        }
    }

    fn without_url(&mut self) -> Vec<Incident> {
        let blank = |kind: Kind| Incident {
            facts: Facts::default(),
            rows: Vec::new(),
            said: Vec::new(),
            reason: ReasonState::NotShown,
            hides: Vec::new(),
            occurrences: 1,
            kind,
        };
        if !self.coded.is_empty() {
            let mut incident = blank(Kind::Refused);
            incident.facts = std::mem::take(&mut self.coded_facts);
            incident.facts.set(FactKey::Status, "403", None);
            incident.rows = self.coded.iter().take(1).copied().collect();
            add_loose(&mut incident, &self.words.loose);
            let row = incident.rows.first().copied().unwrap_or_default();
            self.words.take_notices(row, &mut incident.said);
            incident.facts.fill_from(&self.block_for(&incident.facts));
            return vec![incident];
        }
        let words = std::mem::take(&mut self.words);
        let foreign = words.plain.iter().chain(&words.loose).any(|(_, said)| hit(&FOREIGN, &said.text));
        words
            .into_fragments(self.lines <= FRAGMENT_LINES && !foreign)
            .into_iter()
            .map(|fragment| {
                let mut incident = blank(Kind::Suspected);
                add_loose(&mut incident, &[fragment]);
                incident.facts.fill_from(&self.block_for(&incident.facts));
                incident
            })
            .collect()
    }
}
