//! Logs of more than 64 MiB: an error is found wherever it stands, in bounded memory, with its line number.
//!
//! The logs are made while they are read. `src/text/intake/tests.rs` tries the borders with small limits.

// Clippy takes the helpers below for code outside of tests.
#![allow(clippy::unwrap_used)]

use std::fs::File;
use std::io::{self, Read, Write};
use std::process::{Command, Stdio};

use unforbid::knowledge::Knowledge;
use unforbid::text::{self, Redacted};
use unforbid::{Explained, Preferences, explain};

const REFUSAL: &str = "npm notice package: @acme/ui@2.1.0\n\
    npm error code E403\n\
    npm error 403 403 Forbidden - PUT https://npm.acme.example/@acme%2fui - \
    You cannot publish over the previously published versions: 2.1.0.\n";

/// More than fits: 800,000 lines of 100 bytes.
const LINES: usize = 800_000;

/// A reader that makes its lines, counted from 1, when they are asked for.
struct Lines<F> {
    make: F,
    next: usize,
    last: usize,
    ready: Vec<u8>,
    done: usize,
}

fn lines<F: FnMut(usize) -> Vec<u8>>(last: usize, make: F) -> Lines<F> {
    Lines { make, next: 1, last, ready: Vec::new(), done: 0 }
}

impl<F: FnMut(usize) -> Vec<u8>> Read for Lines<F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.done == self.ready.len() {
            self.ready.clear();
            self.done = 0;
            while self.ready.len() < 50_000 && self.next <= self.last {
                let line = (self.make)(self.next);
                self.ready.extend(line);
                self.next += 1;
            }
        }
        let count = buffer.len().min(self.ready.len() - self.done);
        buffer[..count].copy_from_slice(&self.ready[self.done..self.done + count]);
        self.done += count;
        Ok(count)
    }
}

/// A line of a debug log, with digits that look like a status.
fn noise(number: usize) -> Vec<u8> {
    format!("{:<99}\n", format!("n{number} silly http fetch GET 200 https://npm.acme.example/x 1403ms"))
        .into_bytes()
}

/// A log with the refusal in some line and its two followers.
fn with_refusal(at: usize) -> impl Read {
    let refusal: Vec<&str> = REFUSAL.lines().collect();
    lines(LINES, move |n| match n.checked_sub(at).and_then(|index| refusal.get(index)) {
        Some(line) => format!("{line}\n").into_bytes(),
        None => noise(n),
    })
}

fn explained(text: text::Text) -> Explained {
    explain(text, "huge.log", Knowledge::bundled(), &Preferences::default())
}

fn row_of(log: &Redacted, number: usize) -> Option<usize> {
    let row = (0..log.line_count()).collect::<Vec<_>>().partition_point(|&row| log.line_number(row) < number);
    (log.line_number(row) == number && row < log.line_count()).then_some(row)
}

#[test]
fn an_error_in_the_middle_is_diagnosed_with_its_line_number() {
    for at in [2_500, 433_210, 797_000] {
        let Explained { log, advice } = explained(text::read(with_refusal(at)).unwrap());
        assert_eq!(advice.incidents.len(), 1);
        let incident = &advice.incidents[0];
        assert_eq!(incident.causes[0].id, "version-exists");
        assert_eq!(incident.lines.1, at + 2);
        let row = row_of(&log, at).expect("the refusal is kept");
        assert_eq!(log.line(row), "npm notice package: @acme/ui@2.1.0");
        assert!(row_of(&log, at - 399).is_some() && row_of(&log, at + 62).is_some());
        for (number, is_kept) in
            [(1, true), (2000, true), (100_000, false), (600_000, false), (LINES - 1999, true)]
        {
            let row = row_of(&log, number);
            assert_eq!(row.is_some(), is_kept, "line {number}");
            assert!(row.is_none_or(|row| log.line(row).starts_with(&format!("n{number} "))));
        }
        assert_eq!(log.line_number(log.line_count() - 1), LINES);
        assert!(log.as_str().len() < 1 << 20);
        assert!(
            advice.warnings[0].starts_with("the log is 80 MB and 800,000 lines long; 795,"),
            "{:?}",
            advice.warnings
        );
    }
}

#[test]
fn what_is_left_out_is_named_between_the_rows() {
    let log = text::redact(text::read(with_refusal(433_210)).unwrap());
    let gaps: Vec<_> = (0..log.line_count()).filter_map(|row| log.gap_before(row)).collect();
    // 400 lines before the first sign, which is the second line; 60 after the last.
    assert_eq!(gaps, [2001..=432_810, 433_273..=LINES - 2000]);
}

#[test]
fn every_example_that_is_found_in_a_long_log_is_kept_in_a_huge_one() {
    const FILLER: usize = 1000;
    let knowledge = Knowledge::bundled();
    let filler = |n: usize| format!("{:<299}\n", format!("n{n} silly placeDep ROOT left-pad"));
    // Which rows of an example the parser takes for a refusal where it stands in a log that is no mere fragment.
    let refused = |example: &str| -> Vec<usize> {
        let around: String = (0..100).map(filler).collect();
        let log = text::redact(text::decode(format!("{around}{example}\n{around}").as_bytes()));
        let report = unforbid::parse::parse(&log);
        let own = 100..100 + example.lines().count();
        let rows = report.incidents.iter().flat_map(|incident| &incident.rows);
        rows.filter(|row| own.contains(row)).map(|row| row - 100).collect()
    };
    let examples = knowledge.causes().iter().flat_map(|cause| {
        let examples = &cause.examples;
        let logs = examples.positive.iter().map(|e| &e.log).chain(examples.negative.iter().map(|e| &e.log));
        logs.map(|log| (cause.id.as_str(), knowledge.expand(&log.join("\n"))))
    });
    let mut wanted = Vec::new();
    let mut huge = String::new();
    let mut number = 1;
    for (id, example) in examples {
        huge.extend((0..FILLER).map(filler));
        number += FILLER;
        for row in refused(&example) {
            wanted.push((id, number + row, example.lines().nth(row).unwrap().to_owned()));
        }
        number += example.lines().count();
        huge.push_str(&example);
        huge.push('\n');
    }
    huge.extend((0..FILLER).map(filler));
    assert!(huge.len() > 64 << 20 && wanted.len() > 200, "{} MB, {} rows", huge.len() >> 20, wanted.len());
    let log = text::redact(text::decode(huge.as_bytes()));
    assert!(log.as_str().len() < 33 << 20, "{}", log.as_str().len());
    let lost: Vec<_> = wanted.iter().filter(|(_, number, _)| row_of(&log, *number).is_none()).collect();
    assert!(lost.is_empty(), "{} of {} rows are lost: {lost:#?}", lost.len(), wanted.len());
}

#[test]
fn ten_thousand_equal_errors_are_one_incident_in_bounded_memory() {
    let refusal: Vec<&str> = REFUSAL.lines().collect();
    let log = lines(LINES, |n| match refusal.get(n % 80) {
        Some(line) => format!("{line}\n").into_bytes(),
        None => noise(n),
    });
    let text = text::read(log).unwrap();
    let Explained { log, advice } = explained(text);
    assert!(log.as_str().len() <= 32 << 20, "{}", log.as_str().len());
    assert_eq!(advice.incidents.len(), 1);
    assert_eq!(advice.incidents[0].causes[0].id, "version-exists");
    assert!(advice.incidents[0].occurrences > 1000);
    assert!(
        row_of(&log, 82).is_some() && row_of(&log, LINES - 78).is_some(),
        "the first and the last are kept"
    );
    let said = "look like errors, too many to keep, so only the first and the last were";
    assert!(advice.warnings[0].contains(said), "{:?}", advice.warnings);
}

#[test]
fn one_line_without_an_end_is_read_in_bounded_memory() {
    let half = || io::repeat(b'x').take(50 << 20);
    let line = REFUSAL.lines().nth(2).unwrap();
    let words = format!(" {line} ");
    let Explained { log, advice } =
        explained(text::read(half().chain(words.as_bytes()).chain(half())).unwrap());
    assert!(log.as_str().len() < 2 << 20, "{}", log.as_str().len());
    assert_eq!(advice.incidents.len(), 1);
    assert_eq!(advice.incidents[0].lines, (1, 1));
    let place = log.place(log.as_str().find("npm error").unwrap());
    assert_eq!((place.line, place.column), (1, (50 << 20) + 2));
}

#[test]
fn utf_16_is_searched_as_well() {
    let text = |n| match n {
        300_000 => REFUSAL.lines().nth(2).unwrap().to_owned() + "\r\n",
        n => format!("n{n:<97}\r\n"),
    };
    let bytes = lines(400_000, |n| text(n).encode_utf16().flat_map(u16::to_le_bytes).collect());
    let Explained { log, advice } = explained(text::read((&b"\xff\xfe"[..]).chain(bytes)).unwrap());
    assert_eq!(log.encoding(), "UTF-16LE");
    assert_eq!(advice.incidents[0].lines, (300_000, 300_000));
    assert_eq!(log.line_number(log.line_count() - 1), 400_000);
    assert!(log.byte_size() > 64 << 20);
}

#[test]
fn a_file_that_grows_while_it_is_read_is_read_to_the_end_seen() {
    /// Appends to the file before each of the first reads.
    struct Growing {
        file: File,
        writer: File,
        times: usize,
    }
    impl Read for Growing {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.times > 0 {
                self.times -= 1;
                let more: Vec<u8> = (0..4000).flat_map(noise).collect();
                self.writer.write_all(&more)?;
                if self.times == 0 {
                    self.writer.write_all(REFUSAL.as_bytes())?;
                }
            }
            self.file.read(buffer)
        }
    }
    let file = tempfile::NamedTempFile::new().unwrap();
    let growing = Growing { file: file.reopen().unwrap(), writer: file.reopen().unwrap(), times: 200 };
    let Explained { log, advice } = explained(text::read(growing).unwrap());
    assert_eq!(log.byte_size(), 80_000_000 + REFUSAL.len() as u64);
    assert_eq!(advice.incidents[0].lines.1, 800_003);
}

#[cfg(unix)]
#[test]
fn a_named_pipe_is_read_like_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    let writer = std::thread::spawn({
        let path = path.clone();
        move || io::copy(&mut with_refusal(400_000), &mut File::options().write(true).open(path)?)
    });
    let Explained { log, advice } = explained(text::open(&path).unwrap());
    assert_eq!(log.byte_size(), writer.join().unwrap().unwrap());
    assert_eq!(advice.incidents[0].lines.1, 400_002);
}

#[test]
fn the_program_says_where_in_a_huge_log_on_its_standard_input_the_error_stands() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_unforbid"))
        .args(["diagnose", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    io::copy(&mut with_refusal(500_000), &mut child.stdin.take().unwrap()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["incidents"][0]["lines"][1], 500_002);
    assert!(json["warnings"][0].as_str().unwrap().contains("were not read"), "{}", json["warnings"]);
}
