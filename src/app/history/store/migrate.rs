//! How a file of an older schema becomes one of this schema.
//!
//! Owns what earlier schemas looked like. All of a step happens in one transaction: a file is of one schema or of the
//! next, never between them.
//!
//! Schema 1 had the table `entries`: one reading each, client and version in one text, no number of the log.

use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition, TableError};
use serde::Deserialize;

use super::Fault;
use super::tables::{DIAGNOSES, LAST_ID, META, SCHEMA, SCHEMA_KEY};
use crate::advice::Confidence;
use crate::app::history::record::{Kept, Record};

const ENTRIES: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("entries");

/// A record of schema 1.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    at: i64,
    log: String,
    client: Option<String>,
    operation: Option<String>,
    host: Option<String>,
    package: Option<String>,
    version: Option<String>,
    reason: Option<String>,
    cause: String,
    title: String,
    confidence: Confidence,
    #[serde(default)]
    note: String,
}

/// Brings the file up to this schema, if it is older.
pub(super) fn to_this_schema(database: &Database) -> Result<(), Fault> {
    match schema(database)? {
        // Nothing has been written yet, or nothing is to be done.
        None | Some(SCHEMA) => Ok(()),
        Some(1) => from_1_to_2(database),
        Some(0) => Err(Fault::Damaged),
        Some(_) => Err(Fault::Newer),
    }
}

fn schema(database: &Database) -> Result<Option<u64>, Fault> {
    let reading = database.begin_read()?;
    match reading.open_table(META) {
        Ok(meta) => Ok(meta.get(SCHEMA_KEY)?.map(|schema| schema.value())),
        Err(TableError::TableDoesNotExist(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn from_1_to_2(database: &Database) -> Result<(), Fault> {
    let writing = database.begin_write()?;
    {
        let entries = writing.open_table(ENTRIES)?;
        let mut diagnoses = writing.open_table(DIAGNOSES)?;
        let mut last = 0;
        for row in entries.iter()? {
            let (id, json) = row?;
            let entry: Entry = serde_json::from_slice(json.value())?;
            let record = record(entry, id.value());
            diagnoses.insert(record.id, serde_json::to_vec(&record)?.as_slice())?;
            last = last.max(record.id);
        }
        let mut meta = writing.open_table(META)?;
        meta.insert(LAST_ID, last)?;
        meta.insert(SCHEMA_KEY, 2)?;
    }
    writing.delete_table(ENTRIES)?;
    writing.commit()?;
    Ok(())
}

fn record(entry: Entry, id: u64) -> Record {
    // `npm 10.9.2`; some had no version.
    let (client, client_version) = match entry.client {
        Some(client) => match client.split_once(' ') {
            Some((name, version)) => (Some(name.to_owned()), Some(version.to_owned())),
            None => (Some(client), None),
        },
        None => (None, None),
    };
    let headline = match entry.operation.as_deref() {
        Some(operation) if operation != "other" => format!("E403 on {operation}"),
        _ => "E403".to_owned(),
    };
    Record {
        id,
        first: entry.at,
        last: entry.at,
        times: 1,
        log: entry.log,
        // No log has had a number then, so that none is taken for this one.
        digest: u64::MAX - id,
        incident: 0,
        headline,
        client,
        client_version,
        operation: entry.operation,
        host: entry.host,
        provider: None,
        package: entry.package,
        version: entry.version,
        reason: entry.reason,
        cause: entry.cause,
        title: entry.title,
        confidence: entry.confidence,
        note: entry.note,
        kept: Kept::No,
    }
}
