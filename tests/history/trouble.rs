//! Files that are damaged, too new, too old, in use, or cannot be written.

use std::fs;
use std::path::Path;

use redb::{Database, ReadableTable, TableDefinition};
use unforbid::app::history::record::{Kept, Record};
use unforbid::app::history::store::{HistoryError, SCHEMA, Store};

use crate::support::{folder, seen, seen_with_log, store};

const META: TableDefinition<'_, &str, u64> = TableDefinition::new("meta");
const ENTRIES: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("entries");

/// Writes a file as the first release did, with these records.
fn write_schema_1(store: &Store, entries: &[(u64, &str)]) {
    let database = Database::create(store.path()).expect("a new file");
    let writing = database.begin_write().expect("a transaction");
    {
        writing.open_table(META).expect("a table").insert("schema", 1).expect("room");
        let mut table = writing.open_table(ENTRIES).expect("a table");
        for (id, json) in entries {
            table.insert(id, json.as_bytes()).expect("room");
        }
    }
    writing.commit().expect("room");
}

const OLD: &str = r#"{ "at": 1000, "log": "ci.log", "client": "npm 10.9.2", "operation": "publish", "host": "npm.acme.example",
    "package": "@acme/widgets", "version": "2.3.0", "reason": null, "cause": "version-exists",
    "title": "This version is already published", "confidence": "certain", "note": "bumped it" }"#;
const OLDER: &str = r#"{ "at": 900, "log": "pasted text", "client": null, "operation": null, "host": null,
    "package": null, "version": null, "reason": null, "cause": "unknown-403",
    "title": "Undecided", "confidence": "possible" }"#;

#[test]
fn a_file_of_the_first_schema_is_brought_up_with_everything_in_it() {
    let folder = folder();
    let store = store(folder.path());
    write_schema_1(&store, &[(7, OLD), (3, OLDER)]);
    let records = store.list().expect("read");
    let [new, old] = &records[..] else { panic!("{records:?}") };
    assert_eq!((new.id, new.first, new.last, new.times), (7, 1000, 1000, 1));
    assert_eq!(new.client.as_deref(), Some("npm"));
    assert_eq!(new.client_version.as_deref(), Some("10.9.2"));
    assert_eq!(
        (new.note.as_str(), new.headline.as_str(), new.kept),
        ("bumped it", "E403 on publish", Kept::No)
    );
    assert_eq!((old.id, old.client.as_deref(), old.note.as_str()), (3, None, ""));
    let (own, records) = store.keep(&seen(1), 2000).expect("kept");
    assert_eq!(own, [8], "numbers go on");
    assert_eq!(records.len(), 3);
}

#[test]
fn a_newer_schema_is_left_alone() {
    let folder = folder();
    let store = store(folder.path());
    let database = Database::create(store.path()).expect("a new file");
    let writing = database.begin_write().expect("a transaction");
    writing.open_table(META).expect("a table").insert("schema", SCHEMA + 1).expect("room");
    writing.commit().expect("room");
    drop(database);
    let newer = Err(HistoryError::Newer { path: store.path().to_owned() });
    assert_eq!(store.list(), newer);
    assert_eq!(store.keep(&seen(1), 1).map(|_| Vec::new()), newer);
    assert!(store.clear().is_err(), "what is not understood is not deleted either");
    let database = Database::create(store.path()).expect("it is still there");
    let writing = database.begin_write().expect("a transaction");
    let schema = writing.open_table(META).expect("a table").get("schema").expect("read").map(|it| it.value());
    assert_eq!(schema, Some(SCHEMA + 1));
}

fn damage(path: &Path, how: impl Fn(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).expect("a file");
    how(&mut bytes);
    fs::write(path, bytes).expect("a file");
}

#[test]
fn a_damaged_file_is_put_aside_under_a_free_name_and_a_new_one_begun() {
    type Way = (&'static str, fn(&mut Vec<u8>));
    let ways: [Way; 4] = [
        ("no database at all", |bytes| *bytes = b"{ \"theme\": \"pink\" }".to_vec()),
        ("cut off", |bytes| bytes.truncate(bytes.len() / 3)),
        ("its head overwritten", |bytes| bytes[..200].fill(0x55)),
        ("its inside overwritten", |bytes| {
            let spots: Vec<usize> = bytes
                .windows(14)
                .enumerate()
                .filter(|(_, it)| *it == b"version-exists")
                .map(|(at, _)| at)
                .collect();
            assert!(!spots.is_empty());
            spots.into_iter().for_each(|at| bytes[at..at + 14].fill(b'#'));
        }),
    ];
    for (what, how) in ways {
        let folder = folder();
        let store = store(folder.path());
        let name = |end: &str| folder.path().join(format!("history.redb.bad{end}"));
        fs::write(name(""), "an earlier one").expect("a file");
        store.keep(&seen(1), 1).expect("kept");
        damage(store.path(), how);
        let damaged = fs::read(store.path()).expect("a file");
        assert_eq!(store.list(), Err(HistoryError::Damaged { kept: name(".2") }), "{what}");
        assert_eq!(fs::read_to_string(name("")).expect("a file"), "an earlier one", "{what}");
        assert_eq!(fs::read(name(".2")).expect("a file").len(), damaged.len(), "{what}");
        let (_, records) = store.keep(&seen(2), 2).expect("a new file");
        assert_eq!(records.len(), 1, "{what}");
    }
}

#[test]
fn a_file_in_use_is_said_to_be_and_works_again_afterwards() {
    let folder = folder();
    let store = store(folder.path());
    store.keep(&seen(1), 1).expect("kept");
    let other = Database::create(store.path()).expect("opened by another window");
    let busy = HistoryError::Busy { path: store.path().to_owned() };
    assert_eq!(store.list(), Err(busy.clone()));
    assert_eq!(store.keep(&seen(2), 2), Err(busy));
    drop(other);
    assert_eq!(store.keep(&seen(2), 2).expect("kept").1.len(), 2);
}

#[test]
fn two_windows_that_keep_at_the_same_time_lose_nothing() {
    let folder = folder();
    let patient = || Store::in_folder(folder.path());
    std::thread::scope(|scope| {
        for window in 0..2 {
            let store = patient();
            scope.spawn(move || {
                for number in 0..20 {
                    store.keep(&seen(window * 100 + number), 1).expect("kept");
                }
            });
        }
    });
    assert_eq!(patient().list().expect("read").len(), 40);
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error_with_its_path_last() {
    let folder = folder();
    let blocked = folder.path().join("a file");
    fs::write(&blocked, "").expect("a file");
    let error = store(&blocked.join("state")).keep(&seen(1), 1).expect_err("no folder").to_string();
    assert!(error.ends_with("history.redb"), "{error}");
}

#[test]
fn a_note_on_what_is_gone_is_no_error() {
    let folder = folder();
    let store = store(folder.path());
    store.keep(&seen_with_log(1, "x"), 1).expect("kept");
    let records: Vec<Record> = store.note(99, "for nobody").expect("nothing to do");
    assert_eq!(records.len(), 1);
    assert_eq!(records[0].note, "");
}
