//! Encodings and what is no text at all.

use unforbid::text;

use crate::{read, utf16};

pub const SAMPLE: &str = "npm error code E403\r\nnpm error 403 📦 “Grüße” – nö\r\n";
pub const SAMPLE_CLEAN: &str = "npm error code E403\nnpm error 403 📦 “Grüße” – nö\n";

#[test]
fn every_encoding_that_logs_come_in_is_read() {
    let utf8 = SAMPLE.as_bytes().to_vec();
    let le = utf16(SAMPLE, u16::to_le_bytes);
    let be = utf16(SAMPLE, u16::to_be_bytes);
    let cases = [
        (utf8.clone(), "UTF-8"),
        ([b"\xef\xbb\xbf".as_slice(), &utf8].concat(), "UTF-8"),
        (le.clone(), "UTF-16LE"),
        ([b"\xff\xfe".as_slice(), &le].concat(), "UTF-16LE"),
        (be.clone(), "UTF-16BE"),
        ([b"\xfe\xff".as_slice(), &be].concat(), "UTF-16BE"),
    ];
    for (bytes, encoding) in cases {
        let log = text::redact(text::decode(&bytes));
        assert_eq!(log.as_str(), SAMPLE_CLEAN);
        assert_eq!(log.encoding(), encoding);
        assert_eq!(log.byte_size(), bytes.len() as u64);
        assert!(log.warnings().is_empty(), "{:?}", log.warnings());
    }
}

#[test]
fn a_very_short_text_in_utf_16_without_a_mark_is_still_read() {
    for text in ["E403", "no", "403 é"] {
        assert_eq!(text::redact(text::decode(&utf16(text, u16::to_le_bytes))).as_str(), text);
        assert_eq!(text::redact(text::decode(&utf16(text, u16::to_be_bytes))).as_str(), text);
    }
}

#[test]
fn a_character_cut_in_half_at_the_end_is_left_out_in_silence() {
    let encodings: [(Vec<u8>, usize); 3] = [
        ("npm error 📦".as_bytes().to_vec(), 3),
        (utf16("npm error 📦", u16::to_le_bytes), 3),
        (utf16("npm error 📦", u16::to_be_bytes), 3),
    ];
    for (bytes, cuts) in encodings {
        for cut in 1..=cuts {
            let log = text::redact(text::decode(&bytes[..bytes.len() - cut]));
            assert_eq!(log.as_str(), "npm error ");
            assert!(log.warnings().is_empty(), "{:?}", log.warnings());
        }
    }
}

#[test]
fn bytes_that_are_no_text_are_counted_and_located() {
    let log = text::redact(text::decode(b"npm error\nC:\\Users\\Andr\xe9\nx \xff\xfe\n"));
    assert_eq!(log.as_str(), "npm error\nC:\\Users\\Andr\u{fffd}\nx \u{fffd}\u{fffd}\n");
    assert_eq!(
        log.warnings(),
        ["3 bytes are not valid UTF-8 and are shown as \u{fffd}; the first is on line 2"]
    );
    let mut lonely = utf16("a\nb", u16::to_le_bytes);
    lonely.extend([0x00, 0xdc, b'c', 0]);
    let log = text::redact(text::decode(&lonely));
    assert_eq!(log.as_str(), "a\nb\u{fffd}c");
    assert_eq!(
        log.warnings(),
        ["2 bytes are not valid UTF-16LE and are shown as \u{fffd}; the first is on line 2"]
    );
}

#[test]
fn zero_bytes_are_left_out_and_said_so() {
    let log = read("npm\0 error code E403\nnpm error\0\n");
    assert_eq!(log.as_str(), "npm error code E403\nnpm error\n");
    assert_eq!(log.warnings(), ["2 zero bytes were left out"]);
}

#[test]
fn a_binary_file_is_called_one() {
    let noise: Vec<u8> = (0..600_u32).map(|n| (n * n * 31 % 251) as u8).collect();
    let cases: [(&[u8], &str); 5] = [
        (b"\x1f\x8b\x08", "this looks like a binary file (gzip); unpack it and open the log inside"),
        (b"PK\x03\x04\x14\0", "this looks like a binary file (zip); unpack it and open the log inside"),
        (
            b"\x7fELF\x02\x01\0",
            "this looks like a binary file (a Linux program); open the log as text instead",
        ),
        (
            b"\x89PNG\r\n\x1a\n\0",
            "this looks like a binary file (a PNG picture); open the log as text instead",
        ),
        (b"\x01\x02\x03\x04", "this looks like a binary file; open the log as text instead"),
    ];
    for (start, warning) in cases {
        let odd: Vec<u8> = noise.iter().map(|b| b % 32).collect();
        let log = text::redact(text::decode(&[start, &odd].concat()));
        assert_eq!(log.warnings(), [warning]);
    }
    for text in [
        "MZ is the first word of this log\n",
        "BZh\n",
        "GIF8 or not\n",
        "RIFF raff\n",
        "%PDF-1.7 is printed\n",
    ] {
        assert!(read(text).warnings().is_empty(), "{text}");
    }
}

#[test]
fn an_empty_log_is_no_problem() {
    for bytes in [b"".as_slice(), b"\xef\xbb\xbf", b"\xff\xfe", b"\xe2\x94"] {
        let log = text::redact(text::decode(bytes));
        assert_eq!(log.line(0), "");
        assert_eq!(log.row_at(5), 0);
        assert_eq!((log.place(9).line, log.place(9).column), (1, 1));
        assert_eq!(log.line_start(3), log.as_str().len());
    }
}
