//! The history does not grow without end.

use unforbid::app::history::record::{INCIDENTS, Kept, LONGEST_LOG, LONGEST_NOTE, Record, Seen, clean_note};
use unforbid::app::history::store::{MOST, MOST_LOGS};
use unforbid::app::state::{Case, JobId, Source};
use unforbid::knowledge::Knowledge;
use unforbid::{Preferences, explain, text};

use crate::support::{folder, record, seen, seen_with_log, store};

#[test]
fn the_oldest_without_a_note_go_first() {
    let folder = folder();
    let store = store(folder.path());
    let (oldest, _) = store.keep(&seen(1), 1).expect("kept");
    store.note(oldest[0], "restarted the proxy").expect("noted");
    let many = Seen { records: (2..MOST as u64 + 1).map(record).collect(), log: None };
    let (_, records) = store.keep(&many, 2).expect("kept");
    assert_eq!(records.len(), MOST);
    let (_, records) = store.keep(&seen(9999), 3).expect("kept");
    assert_eq!(records.len(), MOST);
    assert!(records.iter().any(|record| record.digest == 1), "the note is still there");
    assert!(records.iter().all(|record| record.digest != 2), "the next oldest went");
}

#[test]
fn the_oldest_logs_make_room_and_their_diagnoses_say_so() {
    let folder = folder();
    let store = store(folder.path());
    for number in 0..MOST_LOGS as u64 + 2 {
        let at = i64::try_from(number).expect("a small number");
        store.keep(&seen_with_log(number, "npm error code E403\n"), at).expect("kept");
    }
    let records = store.list().expect("read");
    let with_log = records.iter().filter(|record| record.kept == Kept::Yes).count();
    assert_eq!(with_log, MOST_LOGS);
    let oldest = records.last().expect("a record");
    assert_eq!(oldest.kept, Kept::Gone);
    assert_eq!(store.log(oldest.digest), Ok(None));
}

#[test]
fn a_log_that_stays_large_when_packed_is_not_kept() {
    let folder = folder();
    let store = store(folder.path());
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(b'!' + u8::try_from(state >> 33 & 63).expect("six bits"))
    };
    let noise: String = (0..LONGEST_LOG).map(|_| next()).collect();
    let (_, records) = store.keep(&seen_with_log(1, &noise), 1).expect("kept");
    assert_eq!(records[0].kept, Kept::TooLong);
    assert_eq!(store.log(1), Ok(None));
}

#[test]
fn a_huge_log_with_many_refusals_is_kept_in_part() {
    let refusal = |number: usize| {
        format!(
            "npm error code E403\nnpm error 403 403 Forbidden - GET https://npm.acme.example/package-{number}\n"
        )
    };
    let log: String = (0..30).map(refusal).chain([" padding\n".repeat(LONGEST_LOG / 8)]).collect();
    let explained = explain(text::decode(log.as_bytes()), "x", Knowledge::bundled(), &Preferences::default());
    assert!(explained.advice.incidents.len() > INCIDENTS, "{}", explained.advice.incidents.len());
    let case = Case::new(JobId(1), explained, Source::Pasted(String::new()));
    let seen = Seen::new(&case, true);
    assert_eq!(seen.records.len(), INCIDENTS);
    assert_eq!(seen.log, None);
    assert!(seen.records.iter().all(|record| record.kept == Kept::TooLong));
}

#[test]
fn no_text_of_a_record_is_endless() {
    let long = "w".repeat(3 * LONGEST_NOTE);
    assert_eq!(clean_note(&long).chars().count(), LONGEST_NOTE);
    let log = format!(
        "npm error code E403\nnpm error 403 403 Forbidden - GET https://npm.acme.example/x - {long}\n"
    );
    let explained =
        explain(text::decode(log.as_bytes()), &long, Knowledge::bundled(), &Preferences::default());
    let case = Case::new(JobId(1), explained, Source::Pasted(String::new()));
    let Record { reason, log, .. } = &Seen::new(&case, false).records[0];
    assert!(reason.as_ref().is_none_or(|reason| reason.len() <= 400) && log.len() <= 400);
}
