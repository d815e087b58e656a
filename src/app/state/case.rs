//! A log with its answer, and what the user has chosen in it.
//!
//! Owns what belongs to one log and goes with it. Must not know what else is in the window.

use std::collections::BTreeSet;

use super::{JobId, Source};
use crate::Explained;
use crate::advice::{Advice, Cause, Incident};
use crate::app::checks::Hearing;
use crate::app::find::Find;
use crate::app::inquiry::Inquiry;
use crate::app::reader::Reader;
use crate::app::rows::LogRows;
use crate::diagnose::{Answer, Observed};

/// A log with its answer, and what the user has chosen in it.
#[derive(Debug)]
pub struct Case {
    /// Tells this log from the ones before it: the job that read it.
    pub id: JobId,
    /// The log and the answer.
    pub explained: Explained,
    /// Where the log's lines stand at the current width.
    pub rows: LogRows,
    /// Which refused request is shown.
    pub incident: usize,
    /// Which of its causes is shown, for each request.
    pub causes: Vec<usize>,
    /// What was answered to the checks.
    pub answers: Vec<Answer>,
    /// The new order of causes that is being worked out.
    pub hearing: Option<Hearing>,
    /// What is opened that starts closed, by key.
    pub opened: BTreeSet<String>,
    /// In a narrow window: which half is shown.
    pub tab: Tab,
    /// The search in the log, while it is open.
    pub find: Option<Find>,
    /// What is selected in the log, and where to scroll.
    pub reader: Reader,
    /// The log's row that was jumped to.
    pub reveal: Option<Reveal>,
    /// The copy button that waits for a second press.
    pub confirming: Option<String>,
    /// Where the log came from, to explain it anew for another client.
    pub source: Source,
    /// The work that does so.
    pub renewal: Option<JobId>,
    /// The look beyond the log for one of the requests.
    pub inquiry: Option<Inquiry>,
    /// What such looks have found, for each request.
    pub observed: Observed,
}

/// The halves of a result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The answer.
    #[default]
    Diagnosis,
    /// The log.
    Log,
}

/// A jump in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reveal {
    /// To which row.
    pub row: usize,
    /// Whether the row gets an outline; it does when the user asked for the jump.
    pub outline: bool,
    /// Counts the jumps, so that the same row can be jumped to again.
    pub serial: u64,
}

impl Case {
    /// A fresh answer: first request, first cause, the log at the first evidence.
    pub fn new(id: JobId, explained: Explained, source: Source) -> Self {
        let incidents = explained.advice.incidents.len();
        let mut case = Self {
            id,
            rows: LogRows::new(&explained.log),
            explained,
            incident: 0,
            causes: vec![0; incidents],
            answers: Vec::new(),
            hearing: None,
            opened: BTreeSet::new(),
            tab: Tab::Diagnosis,
            find: None,
            reader: Reader::default(),
            reveal: None,
            confirming: None,
            source,
            renewal: None,
            inquiry: None,
            observed: Observed::new(),
        };
        case.reveal_evidence();
        case
    }

    /// Takes an answer to the same log in other words; what was chosen and answered stays.
    pub fn renew(&mut self, explained: Explained) {
        let is_same = explained.log == self.explained.log
            && explained.advice.incidents.len() == self.advice().incidents.len();
        if is_same {
            self.explained = explained;
            self.confirming = None;
            self.renewal = None;
        } else {
            // The file has changed in the meantime.
            let source = self.source.clone();
            *self = Self::new(self.id, explained, source);
        }
    }

    /// The whole answer.
    pub fn advice(&self) -> &Advice {
        &self.explained.advice
    }

    /// The refused request that is shown.
    pub fn incident(&self) -> Option<&Incident> {
        self.advice().incidents.get(self.incident)
    }

    /// Which cause of it is shown.
    pub fn cause_index(&self) -> usize {
        self.causes.get(self.incident).copied().unwrap_or(0)
    }

    /// The cause that is shown.
    pub fn cause(&self) -> Option<&Cause> {
        self.incident()?.causes.get(self.cause_index())
    }

    /// The rows of the log that are marked.
    pub fn marked_rows(&self) -> Vec<usize> {
        let evidence = self.cause().map(|cause| cause.evidence.iter().map(|evidence| evidence.row));
        let related = self.advice().related.iter().map(|related| related.row);
        match evidence {
            Some(rows) => rows.collect(),
            None => related.collect(),
        }
    }

    /// Jumps to a row.
    pub fn reveal_row(&mut self, row: usize, outline: bool) {
        let serial = self.reveal.map_or(0, |reveal| reveal.serial) + 1;
        self.reveal = Some(Reveal { row, outline, serial });
    }

    /// Outlines a row that is in sight already, or is scrolled to in another way.
    pub fn outline_row(&mut self, row: usize) {
        let serial = self.reveal.map_or(0, |reveal| reveal.serial);
        self.reveal = Some(Reveal { row, outline: true, serial });
    }

    /// Jumps to the first marked row, without an outline; to the beginning when none is marked.
    pub fn reveal_evidence(&mut self) {
        let row = self.marked_rows().into_iter().min().unwrap_or(0);
        self.reader.back = None;
        self.reveal_row(row, false);
    }
}
