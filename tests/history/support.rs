//! Records to keep, and a folder to keep them in.

use std::path::Path;

use tempfile::TempDir;
use unforbid::advice::Confidence;
use unforbid::app::history::record::{Kept, Record, Seen};
use unforbid::app::history::store::Store;

/// A folder of its own.
pub fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// The store of a folder; it does not wait for others.
pub fn store(folder: &Path) -> Store {
    Store::in_folder(folder).impatient()
}

/// A diagnosis of a log with this number.
pub fn record(digest: u64) -> Record {
    Record {
        id: 0,
        first: 0,
        last: 0,
        times: 1,
        log: "publish.log".to_owned(),
        digest,
        incident: 0,
        headline: "E403 on publish".to_owned(),
        client: Some("npm".to_owned()),
        client_version: Some("10.9.2".to_owned()),
        operation: Some("publish".to_owned()),
        host: Some("npm.acme.example".to_owned()),
        provider: None,
        package: Some("@acme/widgets".to_owned()),
        version: Some("2.3.0".to_owned()),
        reason: None,
        cause: "version-exists".to_owned(),
        title: "This version is already published".to_owned(),
        confidence: Confidence::Certain,
        note: String::new(),
        kept: Kept::No,
    }
}

/// A log with one refused request.
pub fn seen(digest: u64) -> Seen {
    Seen { records: vec![record(digest)], log: None }
}

/// The same with its text.
pub fn seen_with_log(digest: u64, log: &str) -> Seen {
    Seen { records: vec![Record { kept: Kept::Yes, ..record(digest) }], log: Some(log.to_owned()) }
}
