//! What is kept comes back, and no secret is in it.

use std::fs;

use unforbid::advice::Confidence;
use unforbid::app::history::record::{Kept, Record, Seen, clean_note};
use unforbid::app::state::{Case, JobId, Source};
use unforbid::knowledge::Knowledge;
use unforbid::{Preferences, explain, text};

use crate::planted;
use crate::support::{folder, record, seen, seen_with_log, store};

const DAY: i64 = 24 * 60 * 60;

#[test]
fn nothing_is_made_before_something_is_kept() {
    let folder = folder();
    assert_eq!(store(folder.path()).list(), Ok(Vec::new()));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[test]
fn what_is_kept_comes_back_as_it_was_newest_first() {
    let folder = folder();
    let store = store(&folder.path().join("state"));
    let (old, _) = store.keep(&seen(1), 100).expect("kept");
    let (new, records) = store.keep(&seen(2), 200).expect("kept");
    let expected = [(new[0], 2, 200), (old[0], 1, 100)];
    let expected = expected.map(|(id, digest, at)| Record { id, first: at, last: at, ..record(digest) });
    assert_eq!(records, expected);
    assert_eq!(store.list(), Ok(expected.to_vec()));
}

#[test]
fn the_same_log_within_a_day_is_counted_and_later_kept_again() {
    let folder = folder();
    let store = store(folder.path());
    let (first, _) = store.keep(&seen(1), 100).expect("kept");
    store.note(first[0], "bumped the version").expect("noted");
    let (again, records) = store.keep(&seen(1), 100 + DAY - 1).expect("kept");
    assert_eq!(again, first);
    let [once] = &records[..] else { panic!("{records:?}") };
    assert_eq!((once.first, once.last, once.times), (100, 100 + DAY - 1, 2));
    assert_eq!(once.note, "bumped the version");
    let (later, records) = store.keep(&seen(1), 100 + 3 * DAY).expect("kept");
    assert_ne!(later, first);
    assert_eq!(records.len(), 2);
}

#[test]
fn a_better_cause_takes_the_place_of_the_first() {
    let folder = folder();
    let store = store(folder.path());
    let (own, _) = store.keep(&seen(1), 100).expect("kept");
    let better = Record {
        cause: "token-read-only".to_owned(),
        title: "The token may only read".to_owned(),
        confidence: Confidence::Likely,
        ..record(1)
    };
    let records = store.amend(own[0], &better).expect("amended");
    assert_eq!(records[0].cause, "token-read-only");
    assert_eq!(records[0].package.as_deref(), Some("@acme/widgets"));
}

#[test]
fn what_was_deleted_can_be_brought_back_with_its_log() {
    let folder = folder();
    let store = store(folder.path());
    let (own, before) = store.keep(&seen_with_log(1, "npm error code E403\n"), 100).expect("kept");
    let (removed, records) = store.delete(own[0]).expect("deleted");
    assert!(records.is_empty());
    assert_eq!(store.log(1), Ok(None));
    assert_eq!(store.restore(&removed), Ok(before));
    assert_eq!(store.log(1).expect("read").as_deref(), Some("npm error code E403\n"));
}

#[test]
fn what_was_deleted_in_a_row_comes_back_together() {
    let folder = folder();
    let store = store(folder.path());
    let (first, _) = store.keep(&seen_with_log(1, "one\n"), 100).expect("kept");
    let (second, before) = store.keep(&seen_with_log(2, "two\n"), 200).expect("kept");
    let (one, _) = store.delete(first[0]).expect("deleted");
    let (two, _) = store.delete(second[0]).expect("deleted");
    assert_eq!(store.restore(&two.and(one)), Ok(before));
    assert_eq!(store.log(1).expect("read").as_deref(), Some("one\n"));
}

#[test]
fn what_comes_back_never_takes_the_place_of_something_newer() {
    let folder = folder();
    let store = store(folder.path());
    store.keep(&seen(1), 100).expect("kept");
    let (removed, _) = store.clear().expect("cleared");
    store.keep(&seen(2), 200).expect("kept");
    let records = store.restore(&removed).expect("restored");
    let digests: Vec<u64> = records.iter().map(|record| record.digest).collect();
    assert_eq!(digests, [2, 1]);
    let (newest, _) = store.keep(&seen(3), 300).expect("kept");
    assert!(records.iter().all(|record| record.id != newest[0]));
}

#[test]
fn after_deleting_everything_nothing_of_it_is_on_the_disk() {
    let folder = folder();
    let store = store(folder.path());
    let (own, _) = store.keep(&seen(1), 100).expect("kept");
    store.note(own[0], "asked the registry team").expect("noted");
    let holds_note = || {
        let files = fs::read_dir(folder.path()).expect("a folder");
        files.flatten().any(|file| {
            let bytes = fs::read(file.path()).expect("a file");
            bytes.windows(5).any(|part| part == b"asked")
        })
    };
    assert!(holds_note());
    store.clear().expect("cleared");
    assert!(!holds_note());
    assert_eq!(store.list(), Ok(Vec::new()));
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let store = store(folder.path());
    store.keep(&seen(1), 100).expect("kept");
    let mode = fs::metadata(store.path()).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn no_secret_of_a_log_or_a_note_reaches_the_file() {
    let (log, secrets) = planted::log();
    let explained =
        explain(text::decode(log.as_bytes()), "ci.log", Knowledge::bundled(), &Preferences::default());
    let case = Case::new(JobId(1), explained, Source::Pasted(log.clone()));
    let folder = folder();
    let store = store(folder.path());
    let (own, records) = store.keep(&Seen::new(&case, true), 100).expect("kept");
    assert_eq!(records[0].kept, Kept::Yes);
    store.note(own[0], &clean_note(&log)).expect("noted");
    let file = String::from_utf8_lossy(&fs::read(store.path()).expect("a file")).into_owned();
    // A packed log cannot be read in the file, so it is read back as well.
    let shown = store.log(records[0].digest).expect("read").expect("a log");
    assert!(file.contains("version-exists"), "the file holds what it should");
    assert!(shown.contains("E403"), "the log is there");
    for (number, secret) in secrets.iter().enumerate() {
        assert!(!file.contains(secret.as_str()), "secret {number} is in the file");
        assert!(!shown.contains(secret.as_str()), "secret {number} is in the log");
    }
}

#[test]
fn without_the_wish_no_text_of_the_log_is_kept() {
    let log = "npm error code E403\nnpm error 403 403 Forbidden - PUT https://npm.acme.example/widgets\nnpm verbose cwd quiet-sentence\n";
    let explained =
        explain(text::decode(log.as_bytes()), "ci.log", Knowledge::bundled(), &Preferences::default());
    let case = Case::new(JobId(1), explained, Source::Pasted(log.to_owned()));
    let folder = folder();
    let store = store(folder.path());
    let (_, records) = store.keep(&Seen::new(&case, false), 100).expect("kept");
    assert_eq!(records[0].host.as_deref(), Some("npm.acme.example"));
    assert_eq!(store.log(records[0].digest), Ok(None));
    let file = String::from_utf8_lossy(&fs::read(store.path()).expect("a file")).into_owned();
    assert!(!file.contains("quiet-sentence"));
}
