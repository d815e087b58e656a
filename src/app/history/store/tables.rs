//! What is in the history's file, schema 2.
//!
//! `meta` holds the schema's number and the last number that was given to a record; `diagnoses` holds the records as
//! JSON by their number; `logs` holds masked logs, packed, by the log's number.

use std::collections::BTreeSet;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use redb::{Database, ReadableDatabase, ReadableTable, Table, TableDefinition, TableError, WriteTransaction};

use super::Fault;
use crate::app::history::record::{Kept, LONGEST_LOG, Record, Seen};

/// The schema that this release writes.
pub const SCHEMA: u64 = 2;
/// How many diagnoses are kept. The oldest without a note go first.
pub const MOST: usize = 1000;
/// How many logs are kept with them.
pub const MOST_LOGS: usize = 100;
/// The largest packed log that is kept, in bytes.
const LARGEST_PACKED: usize = 256 * 1024;
/// The same log read again within this time is the same reading.
const SAME_READING_SECS: i64 = 24 * 60 * 60;

pub(super) const META: TableDefinition<'_, &str, u64> = TableDefinition::new("meta");
pub(super) const DIAGNOSES: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("diagnoses");
const LOGS: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("logs");
pub(super) const LAST_ID: &str = "last id";
pub(super) const SCHEMA_KEY: &str = "schema";

/// What was deleted, to bring it back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// The records.
    pub records: Vec<Record>,
    logs: Vec<(u64, Vec<u8>)>,
}

impl Removed {
    /// This and what was deleted before it.
    pub fn and(mut self, before: Self) -> Self {
        self.records.extend(before.records);
        self.logs.extend(before.logs);
        self
    }
}

/// Everything, newest first.
pub(super) fn list(database: &Database) -> Result<Vec<Record>, Fault> {
    let reading = database.begin_read()?;
    match reading.open_table(DIAGNOSES) {
        Ok(table) => records_of(&table),
        Err(TableError::TableDoesNotExist(_)) => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}

fn records_of(table: &impl ReadableTable<u64, &'static [u8]>) -> Result<Vec<Record>, Fault> {
    let mut records = Vec::new();
    for row in table.iter()? {
        let (id, json) = row?;
        let record: Record = serde_json::from_slice(json.value())?;
        records.push(Record { id: id.value(), ..record });
    }
    records.sort_by_key(|record| std::cmp::Reverse((record.last, record.id)));
    Ok(records)
}

/// Keeps what was read.
pub(super) fn keep(database: &Database, seen: &Seen, now: i64) -> Result<(Vec<u64>, Vec<Record>), Fault> {
    let packed = seen.log.as_deref().map(pack).transpose()?;
    let fits = packed.as_ref().is_some_and(|packed| packed.len() <= LARGEST_PACKED);
    in_one_piece(database, |tables| {
        let known = records_of(&tables.diagnoses)?;
        let mut own = Vec::new();
        for record in &seen.records {
            let kept = if record.kept == Kept::Yes && !fits { Kept::TooLong } else { record.kept };
            let before = known.iter().find(|before| is_same_reading(before, record, now));
            let next = match before {
                Some(before) => Record {
                    id: before.id,
                    first: before.first,
                    times: before.times.saturating_add(1),
                    note: before.note.clone(),
                    // A log that is there already stays, also when it is not wanted any more.
                    kept: if before.kept == Kept::Yes { Kept::Yes } else { kept },
                    last: now,
                    ..record.clone()
                },
                None => Record { id: tables.next_id()?, first: now, last: now, kept, ..record.clone() },
            };
            tables.put(&next)?;
            own.push(next.id);
        }
        if let (Some(packed), Some(record), true) = (&packed, seen.records.first(), fits) {
            tables.logs.insert(record.digest, packed.as_slice())?;
        }
        tables.make_room()?;
        Ok((own, records_of(&tables.diagnoses)?))
    })
}

fn is_same_reading(before: &Record, record: &Record, now: i64) -> bool {
    before.digest == record.digest
        && before.incident == record.incident
        && (now - before.last).abs() < SAME_READING_SECS
}

/// Changes one record, if it is still there.
pub(super) fn change(
    database: &Database,
    id: u64,
    change: impl FnOnce(&mut Record),
) -> Result<Vec<Record>, Fault> {
    in_one_piece(database, |tables| {
        let mut records = records_of(&tables.diagnoses)?;
        if let Some(record) = records.iter_mut().find(|record| record.id == id) {
            change(record);
            tables.put(record)?;
        }
        Ok(records)
    })
}

/// Deletes records, and the logs that no other record needs.
pub(super) fn remove(
    database: &Database,
    is_unwanted: impl Fn(u64) -> bool,
) -> Result<(Removed, Vec<Record>), Fault> {
    in_one_piece(database, |tables| {
        let mut removed = Removed::default();
        for record in records_of(&tables.diagnoses)? {
            if is_unwanted(record.id) {
                tables.diagnoses.remove(record.id)?;
                removed.records.push(record);
            }
        }
        removed.logs = tables.drop_stray_logs()?;
        Ok((removed, records_of(&tables.diagnoses)?))
    })
}

/// Brings back what was deleted; in the meantime a number may have been given to something else.
pub(super) fn restore(database: &Database, removed: &Removed) -> Result<Vec<Record>, Fault> {
    in_one_piece(database, |tables| {
        for record in &removed.records {
            let is_taken = tables.diagnoses.get(record.id)?.is_some();
            let id = if is_taken { tables.next_id()? } else { record.id };
            tables.put(&Record { id, ..record.clone() })?;
            tables.note_id(id)?;
        }
        for (digest, log) in &removed.logs {
            tables.logs.insert(digest, log.as_slice())?;
        }
        tables.make_room()?;
        records_of(&tables.diagnoses)
    })
}

/// A log that was kept.
pub(super) fn log(database: &Database, digest: u64) -> Result<Option<String>, Fault> {
    let reading = database.begin_read()?;
    let table = match reading.open_table(LOGS) {
        Err(TableError::TableDoesNotExist(_)) => return Ok(None),
        other => other?,
    };
    let Some(packed) = table.get(digest)? else { return Ok(None) };
    let mut text = String::new();
    // What is unpacked was packed here, but a file can be changed by anyone.
    let limit = LONGEST_LOG as u64 + 1;
    DeflateDecoder::new(packed.value()).take(limit).read_to_string(&mut text)?;
    Ok(Some(text))
}

fn pack(log: &str) -> Result<Vec<u8>, Fault> {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::default());
    packed.write_all(log.as_bytes())?;
    Ok(packed.finish()?)
}

/// The open tables.
struct Tables<'t> {
    meta: Table<'t, &'static str, u64>,
    diagnoses: Table<'t, u64, &'static [u8]>,
    logs: Table<'t, u64, &'static [u8]>,
}

/// All of it or nothing of it.
fn in_one_piece<R>(
    database: &Database,
    work: impl FnOnce(&mut Tables<'_>) -> Result<R, Fault>,
) -> Result<R, Fault> {
    let writing = database.begin_write()?;
    let done = work(&mut Tables::open(&writing)?)?;
    writing.commit()?;
    Ok(done)
}

impl<'t> Tables<'t> {
    fn open(writing: &'t WriteTransaction) -> Result<Self, Fault> {
        let mut meta = writing.open_table(META)?;
        meta.insert(SCHEMA_KEY, SCHEMA)?;
        Ok(Self { meta, diagnoses: writing.open_table(DIAGNOSES)?, logs: writing.open_table(LOGS)? })
    }

    fn next_id(&mut self) -> Result<u64, Fault> {
        let last = self.meta.get(LAST_ID)?.map_or(0, |last| last.value());
        self.note_id(last.saturating_add(1))?;
        Ok(last.saturating_add(1))
    }

    fn note_id(&mut self, id: u64) -> Result<(), Fault> {
        let last = self.meta.get(LAST_ID)?.map_or(0, |last| last.value());
        self.meta.insert(LAST_ID, last.max(id))?;
        Ok(())
    }

    fn put(&mut self, record: &Record) -> Result<(), Fault> {
        let json = serde_json::to_vec(record)?;
        self.diagnoses.insert(record.id, json.as_slice())?;
        Ok(())
    }

    /// The oldest without a note go first; when all have one, the oldest.
    fn make_room(&mut self) -> Result<(), Fault> {
        let mut records = records_of(&self.diagnoses)?;
        let excess = records.len().saturating_sub(MOST);
        if excess > 0 {
            let mut going: Vec<(bool, i64, u64)> =
                records.iter().map(|record| (!record.note.is_empty(), record.last, record.id)).collect();
            going.sort_unstable();
            let going: BTreeSet<u64> = going.iter().take(excess).map(|(_, _, id)| *id).collect();
            for id in &going {
                self.diagnoses.remove(id)?;
            }
            records.retain(|record| !going.contains(&record.id));
        }
        let mut with_log = BTreeSet::new();
        for record in records.iter_mut().filter(|record| record.kept == Kept::Yes) {
            if with_log.len() < MOST_LOGS || with_log.contains(&record.digest) {
                with_log.insert(record.digest);
            } else {
                record.kept = Kept::Gone;
                self.put(record)?;
            }
        }
        self.drop_stray_logs()?;
        Ok(())
    }

    /// Deletes the logs that no record needs.
    fn drop_stray_logs(&mut self) -> Result<Vec<(u64, Vec<u8>)>, Fault> {
        let records = records_of(&self.diagnoses)?;
        let needed: BTreeSet<u64> =
            records.iter().filter(|record| record.kept == Kept::Yes).map(|record| record.digest).collect();
        let mut dropped = Vec::new();
        for row in self.logs.extract_if(|digest, _| !needed.contains(&digest))? {
            let (digest, log) = row?;
            dropped.push((digest.value(), log.value().to_vec()));
        }
        Ok(dropped)
    }
}
