//! What the window knows of the history: the records, which of them belong to the shown log, and notes that are
//! being written.
//!
//! Owns that knowledge and what follows from it. Must not know files, or how anything is drawn.

use std::collections::BTreeMap;

use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::History;
use super::record::Record;
use super::same::{Likeness, most_alike};
use super::store::{HistoryError, Removed};
use super::work::Queue;
use crate::app::state::{Case, JobId};

/// How long typing must rest before a note is saved by itself.
const REST_SECS: f64 = 1.0;

/// What the window knows of the history.
#[derive(Debug, Default)]
pub struct Past {
    /// Everything that is kept, newest first, as it was last read.
    pub records: Vec<Record>,
    /// How that went.
    pub status: Status,
    /// When it was last read.
    pub moment: Option<Zoned>,
    /// What went wrong last, so that it is said once.
    pub told: Option<HistoryError>,
    /// What was deleted last, while it can be brought back.
    pub removed: Option<Box<Removed>>,
    /// The page that the library has taken the place of.
    pub below: Option<Box<History>>,
    /// Whether the keyboard was in a note's field in the last frame.
    pub is_writing: bool,
    /// The way to the file.
    pub queue: Queue,
    /// The records of each refused request of a log.
    own: BTreeMap<(JobId, usize), u64>,
    /// Notes as they stand in their fields, where that may differ from what is kept.
    drafts: BTreeMap<u64, Draft>,
}

/// How reading went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// Nobody has asked yet.
    #[default]
    Unread,
    /// It was read.
    Ready,
    /// It could not be read; why, in words.
    Failed {
        /// Why, and what to do.
        why: String,
        /// Whether trying again can help.
        can_retry: bool,
    },
}

/// A note that is being written.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    text: String,
    /// When it was changed last; `None` when that is on its way to the file.
    changed: Option<f64>,
}

/// An earlier refusal to speak of beside an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Hint<'a> {
    /// The earlier one; the same one when this very log was read before.
    pub record: &'a Record,
    /// How much it is alike.
    pub likeness: Likeness,
    /// Whether it is this very log.
    pub is_same_log: bool,
}

impl Past {
    /// A record by its number.
    pub fn record(&self, id: u64) -> Option<&Record> {
        self.records.iter().find(|record| record.id == id)
    }

    /// The numbers of what was kept of a log.
    pub fn set_own(&mut self, case: JobId, own: impl IntoIterator<Item = (usize, u64)>) {
        // Older logs are not shown any more.
        self.own.retain(|(other, _), _| *other == case);
        self.own.extend(own.into_iter().map(|(incident, id)| ((case, incident), id)));
    }

    /// The record of a refused request.
    pub fn own(&self, case: JobId, incident: usize) -> Option<&Record> {
        self.record(*self.own.get(&(case, incident))?)
    }

    /// What to say of earlier refusals beside the shown one.
    pub fn hint(&self, case: &Case) -> Option<Hint<'_>> {
        // Until the shown one is kept itself, it cannot be told from earlier ones.
        let own = self.own(case.id, case.incident)?;
        let is_of_this_log =
            |record: &Record| record.digest == own.digest || self.own.values().any(|own| *own == record.id);
        let earlier = self.records.iter().filter(|record| !is_of_this_log(record));
        if let Some((record, likeness)) = most_alike(case.incident()?, earlier) {
            return Some(Hint { record, likeness, is_same_log: false });
        }
        // The same text read long before has a record of its own.
        let again = self.records.iter().find(|record| {
            record.digest == own.digest && record.incident == own.incident && record.id != own.id
        });
        match again {
            Some(record) => Some(Hint { record, likeness: Likeness::Reason, is_same_log: true }),
            None if own.times > 1 => {
                Some(Hint { record: own, likeness: Likeness::Reason, is_same_log: true })
            }
            None => None,
        }
    }

    /// A note as it stands in its field.
    pub fn note(&self, id: u64) -> &str {
        let kept = || self.record(id).map_or("", |record| record.note.as_str());
        self.drafts.get(&id).map_or_else(kept, |draft| draft.text.as_str())
    }

    /// Whether a note in its field differs from what is kept.
    pub fn is_note_open(&self, id: u64) -> bool {
        let kept = self.record(id).map_or("", |record| record.note.as_str());
        self.drafts.get(&id).is_some_and(|draft| draft.text.trim() != kept)
    }

    /// Something was typed into a note.
    pub fn write(&mut self, id: u64, text: String, now: f64) {
        self.drafts.insert(id, Draft { text, changed: Some(now) });
    }

    /// Notes that are to be saved now: those whose typing rests, or, without a time, all that are not kept.
    pub fn take_written(&mut self, resting_at: Option<f64>) -> Vec<(u64, String)> {
        // What could not be saved the last time is tried again when the user asks for it.
        let is_due = |id: &u64, draft: &Draft| match (resting_at, draft.changed) {
            (Some(now), changed) => changed.is_some_and(|at| now - at >= REST_SECS),
            (None, changed) => changed.is_some() || self.is_note_open(*id),
        };
        let due = self.drafts.iter().filter(|(id, draft)| is_due(id, draft));
        let due: Vec<(u64, String)> = due.map(|(id, draft)| (*id, draft.text.clone())).collect();
        for (id, _) in &due {
            if let Some(draft) = self.drafts.get_mut(id) {
                draft.changed = None;
            }
        }
        due
    }

    /// How long until a note is to be saved by itself.
    pub fn next_save(&self, now: f64) -> Option<f64> {
        let changed = self.drafts.values().filter_map(|draft| draft.changed);
        changed.map(|at| (at + REST_SECS - now).max(0.0)).min_by(f64::total_cmp)
    }

    /// Nothing is being typed any more: the fields show what is kept.
    pub fn forget_drafts(&mut self) {
        self.drafts.retain(|_, draft| draft.changed.is_some());
    }

    /// What is kept was read again.
    pub fn records_changed(&mut self, records: Vec<Record>, moment: Zoned) {
        self.records = records;
        self.moment = Some(moment);
        self.status = Status::Ready;
    }

    /// The day of a record where the user is.
    pub fn day(&self, seconds: i64) -> Date {
        self.zoned(seconds).date()
    }

    /// The time of day of a record where the user is: `14:02`.
    pub fn time(&self, seconds: i64) -> String {
        let zoned = self.zoned(seconds);
        format!("{:02}:{:02}", zoned.hour(), zoned.minute())
    }

    /// The day that it is now.
    pub fn today(&self) -> Date {
        self.moment.as_ref().map_or(Date::ZERO, Zoned::date)
    }

    fn zoned(&self, seconds: i64) -> Zoned {
        let zone = self.moment.as_ref().map_or(TimeZone::UTC, |moment| moment.time_zone().clone());
        // A number out of the range of dates comes from a changed file.
        jiff::Timestamp::from_second(seconds).unwrap_or_default().to_zoned(zone)
    }
}
