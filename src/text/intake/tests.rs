//! Small limits stand in for the real ones, so that every border can be tried.

use std::io::{self, Read};

use proptest::prelude::*;

use super::super::decode::decode_kept;
use super::super::scan::Extent;
use super::*;
use crate::text::{Redacted, redact};

const SMALL: Limits = Limits {
    whole: 6000,
    head: Extent { lines: 10, bytes: 2000 },
    tail: Extent { lines: 5, bytes: 1000 },
    before: Extent { lines: 8, bytes: 600 },
    after: Extent { lines: 4, bytes: 400 },
    brief_lines: 2,
    early: 8_000,
    late: 6_000,
    chunk: 5_000,
};

/// Hands out as much at a time as the next size says.
struct Drip<'a> {
    rest: &'a [u8],
    sizes: Vec<usize>,
    next: usize,
}

impl<'a> Drip<'a> {
    fn new(rest: &'a [u8], sizes: &[usize]) -> Self {
        Self { rest, sizes: sizes.to_vec(), next: 0 }
    }
}

impl Read for Drip<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.sizes[self.next % self.sizes.len()].max(1);
        self.next += 1;
        let count = self.rest.len().min(buffer.len()).min(size);
        buffer[..count].copy_from_slice(&self.rest[..count]);
        self.rest = &self.rest[count..];
        Ok(count)
    }
}

fn parts(bytes: &[u8], limits: Limits) -> Parts {
    match read(bytes, None, limits).unwrap() {
        Kept::Parts(parts) => *parts,
        Kept::Whole(_) => panic!("{} bytes are not huge", bytes.len()),
    }
}

fn log(bytes: &[u8], limits: Limits) -> Redacted {
    redact(decode_kept(read(bytes, None, limits).unwrap()))
}

/// Lines that say their number, some of them as errors.
fn numbered(count: usize, is_error: impl Fn(usize) -> bool) -> String {
    let line = |n| if is_error(n) { format!("npm error code E403 n{n}\n") } else { format!("silly n{n}\n") };
    (1..=count).map(line).collect()
}

/// That every row says the number it has, and that gaps are where numbers jump.
fn check_numbers(log: &Redacted) {
    let mut before = 0;
    for line in log.lines() {
        let number = log.line_number(line.row);
        assert!(line.text.ends_with(&format!(" n{number}")), "{:?} is not line {number}", line.text);
        assert_eq!(log.place(line.start).line, number);
        let gap = (number > before + 1).then(|| before + 1..=number - 1);
        assert_eq!(log.gap_before(line.row), gap);
        before = number;
    }
}

#[test]
fn an_error_far_from_both_ends_is_kept_with_what_is_around_it() {
    let text = numbered(5000, |n| n == 2500);
    let log = log(text.as_bytes(), SMALL);
    check_numbers(&log);
    let numbers: Vec<usize> = (0..log.line_count()).map(|row| log.line_number(row)).collect();
    let wanted: Vec<usize> = (1..=10).chain(2492..=2504).chain(4996..=5000).collect();
    assert_eq!(numbers, wanted);
    assert_eq!(log.byte_size(), text.len() as u64);
    assert_eq!(
        log.warnings(),
        [format!(
            "the log is {} kB and 5,000 lines long; 4,972 lines in 2 places were not read: nothing there \
             looks like an error; open the part around the error if the answer is not here",
            (text.len() + 500) / 1000
        )]
    );
}

#[test]
fn up_to_the_limit_everything_is_kept() {
    let text = numbered(1000, |_| false);
    let at_limit = Limits { whole: text.len(), ..SMALL };
    assert!(
        matches!(read(text.as_bytes(), None, at_limit).unwrap(), Kept::Whole(bytes) if bytes == text.as_bytes())
    );
    let over = Limits { whole: text.len() - 1, ..SMALL };
    assert!(matches!(read(text.as_bytes(), None, over).unwrap(), Kept::Parts(_)));
    // What a system says about a size is only a hint.
    let shrunk = read(&b"short\n"[..], Some(1 << 40), SMALL).unwrap();
    assert!(matches!(shrunk, Kept::Whole(bytes) if bytes == b"short\n"));
    let grown = read(text.as_bytes(), Some(3), SMALL).unwrap();
    assert!(matches!(grown, Kept::Parts(parts) if parts.size == text.len() as u64));
}

#[test]
fn surroundings_that_touch_are_one_stretch() {
    for second in 101..130 {
        let text = numbered(1000, |n| n == 100 || n == second);
        let log = log(text.as_bytes(), SMALL);
        check_numbers(&log);
        // 4 lines after the first, 8 before the second.
        let gaps = (0..log.line_count()).filter(|&row| log.gap_before(row).is_some()).count();
        assert_eq!(gaps, if second <= 113 { 2 } else { 3 }, "{second}");
    }
}

#[test]
fn of_too_many_errors_the_first_and_the_last_are_kept_and_it_is_said() {
    let text = numbered(60_000, |n| n % 6 == 0);
    let log = log(text.as_bytes(), SMALL);
    check_numbers(&log);
    assert!(log.as_str().len() <= SMALL.early + SMALL.late);
    let errors: Vec<usize> = log
        .lines()
        .filter(|line| line.text.starts_with("npm error"))
        .map(|line| log.line_number(line.row))
        .collect();
    assert_eq!(errors[..2], [6, 12]);
    assert_eq!(errors.last(), Some(&60_000));
    let warning = &log.warnings()[0];
    assert!(
        warning
            .contains("10,000 lines look like errors, too many to keep, so only the first and the last were"),
        "{warning}"
    );
}

#[test]
fn once_there_are_many_errors_each_is_kept_with_less_around_it() {
    let text = numbered(30_000, |n| n % 300 == 0);
    let limits = Limits { early: 3_000, late: 20_000, ..SMALL };
    let log = log(text.as_bytes(), limits);
    check_numbers(&log);
    let row_of = |number| (0..log.line_count()).find(|&row| log.line_number(row) == number);
    assert!(row_of(300 - 8).is_some() && row_of(300 + 4).is_some());
    let kept = (1..=100).filter(|n| row_of(n * 300).is_some()).count();
    assert_eq!(kept, 100);
    assert!(row_of(15_000 - 2).is_some() && row_of(15_000 + 2).is_some());
    assert!(row_of(15_000 - 3).is_none() && row_of(15_000 + 3).is_none());
}

#[test]
fn a_line_without_end_is_kept_in_parts_that_know_their_column() {
    for filler in ["x", "é", "日"] {
        let text = format!("{}npm error 403 Forbidden{}", filler.repeat(20_000), filler.repeat(20_000));
        let log = log(text.as_bytes(), SMALL);
        assert!(log.as_str().len() < 6_000, "{}", log.as_str().len());
        let at = log.as_str().find("403 Forbidden").unwrap();
        let place = log.place(at);
        assert_eq!((place.line, place.column), (1, 20_000 + "npm error ".len() + 1), "{filler}");
        assert!(!log.as_str().contains('\u{fffd}'), "no character is cut in half");
        assert_eq!(log.gap_before(1), Some(1..=1));
        assert!(
            log.warnings()[0].contains("the middle of its only line was not read"),
            "{:?}",
            log.warnings()
        );
        let end = log.place(log.as_str().len());
        assert_eq!((end.line, end.column), (1, text.chars().count() + 1));
    }
}

#[test]
fn utf_16_is_searched_and_counted_like_utf_8() {
    let text = numbered(5000, |n| n == 2500).replace("silly", "sïlly 🦋");
    for (mark, unit) in
        [(true, u16::to_le_bytes as fn(u16) -> [u8; 2]), (true, u16::to_be_bytes), (false, u16::to_le_bytes)]
    {
        let mark = mark.then_some(0xfeff);
        let bytes: Vec<u8> = mark.into_iter().chain(text.encode_utf16()).flat_map(unit).collect();
        for chunk in [1001, 5000] {
            let log = log(&bytes, Limits { chunk, ..SMALL });
            check_numbers(&log);
            assert!(log.lines().any(|line| line.text == "npm error code E403 n2500"));
            assert!(log.encoding().starts_with("UTF-16"));
            assert_eq!(log.byte_size(), bytes.len() as u64);
            assert_eq!(log.warnings().len(), 1, "{:?}", log.warnings());
        }
    }
}

#[test]
fn what_a_second_program_wrote_in_another_encoding_is_found() {
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let (plain, error) = (numbered(2000, |_| false), numbered(2000, |n| n == 1000));
    let mut bytes = [&[0xff, 0xfe][..], &wide(&plain), error.as_bytes(), &wide(&plain)].concat();
    let found = log(&bytes, SMALL);
    let row = found.lines().find(|line| line.text == "npm error code E403 n1000").expect("plain in UTF-16");
    assert_eq!(found.line_number(row.row), 3000);

    bytes = [plain.as_bytes(), &wide(&error), plain.as_bytes()].concat();
    let found = log(&bytes, SMALL);
    let row = found.lines().find(|line| line.text == "npm error code E403 n1000").expect("UTF-16 in plain");
    assert_eq!(found.line_number(row.row), 3000);
}

#[test]
fn a_bad_half_of_a_pair_is_reported_with_its_line() {
    let mut units: Vec<u16> = numbered(3000, |_| false).encode_utf16().collect();
    let at = units.iter().enumerate().filter(|(_, unit)| **unit == 10).nth(1499).unwrap().0;
    units[at - 1] = 0xd83e;
    let bytes: Vec<u8> = [0xfeff].into_iter().chain(units).flat_map(u16::to_le_bytes).collect();
    for chunk in [100, 977, 50_000] {
        let log = log(&bytes, Limits { chunk, ..SMALL });
        let warning = &log.warnings()[1];
        assert!(warning.starts_with("2 bytes are not valid UTF-16LE"), "{warning}");
        assert!(warning.ends_with("the first is on line 1500"), "{warning}");
    }
}

#[test]
fn carriage_returns_alone_end_the_lines_of_an_old_macintosh() {
    let text = numbered(5000, |n| n == 2500).replace('\n', "\r");
    let log = log(text.as_bytes(), SMALL);
    check_numbers(&log);
    assert!(log.lines().any(|line| line.text == "npm error code E403 n2500"));
}

#[test]
fn a_reader_that_fails_midway_says_so() {
    struct Broken(usize);
    impl Read for Broken {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0 += 1;
            match self.0 {
                1 => Err(ErrorKind::Interrupted.into()),
                2..40 => {
                    let count = buffer.len().min(1000);
                    buffer[..count].fill(b'\n');
                    Ok(count)
                }
                _ => Err(ErrorKind::StaleNetworkFileHandle.into()),
            }
        }
    }
    assert_eq!(read(Broken(0), None, SMALL).unwrap_err().kind(), ErrorKind::StaleNetworkFileHandle);
}

#[test]
fn without_a_second_thread_the_same_is_kept() {
    let text = numbered(9000, |n| n % 700 == 0);
    let (first, mut rest) = text.as_bytes().split_at(SMALL.whole + 1);
    let mut intake = Intake::new(first, SMALL);
    intake.start(first.to_vec());
    in_turns(&mut intake, &mut rest, SMALL).unwrap();
    let alone = intake.finish();
    let both = parts(text.as_bytes(), SMALL);
    assert_eq!(alone.found.runs, both.found.runs);
    assert_eq!((alone.size, alone.found.lines), (both.size, both.found.lines));
}

/// Lines of all kinds: short and very long, with and without signs, with characters of several bytes, bad ones too.
fn any_line() -> impl Strategy<Value = Vec<u8>> {
    let fixed = prop_oneof![
        Just(b"npm error code E403".to_vec()),
        Just(b"http fetch GET 200 https://r.example/x 1403ms".to_vec()),
        Just("npm error 403 403 Forbidden – PUT https://r.example/日本".into()),
        Just(b"\xff\xfe4\x000\x003\0".to_vec()),
        Just(Vec::new()),
    ];
    prop_oneof![
        4 => (1..90usize).prop_map(|size| vec![b'x'; size]),
        1 => fixed,
        1 => (100..2500usize).prop_map(|size| "é".repeat(size).into_bytes()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn how_an_input_is_cut_into_pieces_changes_nothing(
        lines in prop::collection::vec(any_line(), 20..400),
        sizes in prop::collection::vec(1..4000usize, 1..20),
        chunk in 200..9000usize,
        early in 2_000..20_000usize,
        is_last_line_open in any::<bool>(),
    ) {
        let mut bytes = [b"first\n", &lines.join(&b'\n')[..]].concat();
        bytes.extend_from_slice(if is_last_line_open { b"npm ERR" } else { b"\n" });
        bytes.resize(bytes.len().max(7000), b'y');
        let limits = Limits { early, ..SMALL };
        let whole = parts(&bytes, Limits { chunk: bytes.len(), ..limits });
        let pieces = read(Drip::new(&bytes, &sizes), None, Limits { chunk, ..limits }).unwrap();
        let Kept::Parts(pieces) = pieces else { panic!("it is not huge") };
        prop_assert_eq!(&pieces.found.runs, &whole.found.runs);
        prop_assert_eq!(pieces.found.lines, whole.found.lines);
        prop_assert_eq!(pieces.found.signs, whole.found.signs);
        prop_assert_eq!(pieces.size, bytes.len() as u64);
        prop_assert_eq!(pieces.warning(), whole.warning());
        // Every stretch is what stands there, at the line and column it says.
        for run in &whole.found.runs {
            let at = run.offset as usize;
            prop_assert_eq!(&bytes[at..at + run.bytes.len()], &run.bytes[..]);
            prop_assert_eq!(run.spot, super::super::hoard::Spot::default().after(&bytes[..at], b'\n'));
        }
    }
}
