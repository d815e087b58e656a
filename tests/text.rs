//! What a log looks like once it was decoded and cleaned, and how to find the way back to the original.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use unforbid::text::{self, OpenError, Redacted};

fn read(text: &str) -> Redacted {
    text::redact(text::decode(text.as_bytes()))
}

fn cleaned(text: &str) -> String {
    read(text).as_str().to_owned()
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

// ---- Encodings ----

const SAMPLE: &str = "npm error code E403\r\nnpm error 403 📦 “Grüße” – nö\r\n";
const SAMPLE_CLEAN: &str = "npm error code E403\nnpm error 403 📦 “Grüße” – nö\n";

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

// ---- Lines ----

#[test]
fn rows_are_the_lines_of_the_original() {
    let log = read("one\r\ntwo\r\r\n\r\nfour\nfive");
    assert_eq!(log.lines().map(|line| line.text).collect::<Vec<_>>(), ["one", "two", "", "four", "five"]);
    assert_eq!(log.line_count(), 5);
    assert_eq!(log.line(3), "four");
    assert_eq!(log.line(7), "");
    assert_eq!(log.line_start(1), 4);
    assert_eq!(log.row_at(log.as_str().find("our").unwrap()), 3);
    assert_eq!(log.line_number(3), 4);
    assert_eq!(read("one\n\n").line_count(), 2);
}

#[test]
fn the_last_thing_written_over_a_line_is_what_stays() {
    let cases = [
        ("10%\r50%\rdone\n", "done\n"),
        ("kept\r\n", "kept\n"),
        ("kept\r\x1b[K\n", "kept\n"),
        ("kept\r   \r\n", "kept\n"),
        ("kept\r|\r/\r-\r\\\r\n", "kept\n"),
        ("|\r/\r-\rnpm error code E403\n", "npm error code E403\n"),
        ("⠼\x1b[1G\x1b[0Knpm error code E403\n", "npm error code E403\n"),
        ("old\x1b[2Knew\n", "new\n"),
        ("|\u{8}/\u{8}-\u{8}npm error\n", "npm error\n"),
        ("section_start:1795291504:publish\r\x1b[0KPublishing\n", "Publishing\n"),
    ];
    for (raw, clean) in cases {
        assert_eq!(cleaned(raw), clean, "{raw:?}");
    }
}

#[test]
fn carriage_returns_alone_end_lines_when_nothing_else_does() {
    let log = read("npm error code E403\rnpm error 403\rlast");
    assert_eq!(log.as_str(), "npm error code E403\nnpm error 403\nlast");
    assert_eq!(log.place(log.as_str().find("last").unwrap()).line, 3);
}

// ---- Terminal noise and hidden characters ----

#[test]
fn control_sequences_of_every_kind_are_removed() {
    let cases = [
        ("\x1b[31mnpm\x1b[0m \x1b[1;31;40merror\x1b[0m", "npm error"),
        ("\x1b[38;5;196mred\x1b[m", "red"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]0;title\x1b\\text", "text"),
        ("\x1b]8;;https://yarnpkg.example/x\x07YN0035\x1b]8;;\x07: │ 403", "YN0035: │ 403"),
        ("\x1b]8;id=1;https://yarnpkg.example/é\u{9c}YN0035\x1b]8;;\u{9c}", "YN0035"),
        ("\x1b_bk;t=1795291504000\x07npm error", "npm error"),
        ("\x1bP1$r0m\x1b\\npm error", "npm error"),
        ("\x1b^private\x1b\\npm error", "npm error"),
        ("\x1b(B\x1b=\x1b7\x1b8\x1bMnpm error", "npm error"),
        ("\x1b[?25l\x1b[1A\x1b[53Anpm error\x1b[?25h", "npm error"),
        ("\u{9b}31mnpm error\u{9b}0m", "npm error"),
        ("npm\u{1}\u{7f}\u{85}\u{90} error\u{7}", "npm error"),
        ("npm\x1b[1Cerror", "npm error"),
        ("npm error\x1b", "npm error"),
        ("npm error\x1b[31", "npm error"),
        ("npm \x1b]no end of this title", "npm no end of this title"),
        ("\x1bnpm error", "npm error"),
        ("a\tb", "a\tb"),
    ];
    for (raw, clean) in cases {
        assert_eq!(cleaned(raw), clean, "{raw:?}");
    }
}

#[test]
fn odd_blanks_become_blanks() {
    assert_eq!(cleaned("\u{2009}ERR_PNPM_FETCH_403\u{2009} GET"), " ERR_PNPM_FETCH_403  GET");
    assert_eq!(cleaned("a\u{a0}b\u{202f}c\u{3000}d\u{2003}e"), "a b c d e");
}

#[test]
fn hidden_characters_are_written_out() {
    let cases = [
        ("left\u{202e}pad", "left‹U+202E›pad"),
        ("a\u{200b}b\u{2066}c\u{ad}d\u{feff}e", "a‹U+200B›b‹U+2066›c‹U+00AD›d‹U+FEFF›e"),
        ("x\u{e0041}y\u{2028}z", "x‹U+E0041›y‹U+2028›z"),
        ("ui\u{fe0f}", "ui‹U+FE0F›"),
    ];
    for (raw, clean) in cases {
        assert_eq!(cleaned(raw), clean);
    }
    // Marks of a file's start where files were joined are nobody's trick.
    assert_eq!(cleaned("one\n\u{feff}two"), "one\ntwo");
}

#[test]
fn pictures_and_frames_stay() {
    for text in ["📦 @acme/ui@2.2.0 → r", "  × Failed", "│ 403", "➤ YN0035: │ ", "🦋  error", "日本語"]
    {
        assert_eq!(cleaned(text), text);
    }
    assert_eq!(cleaned("✔\u{fe0f} ⚠\u{fe0f} 1\u{fe0f}\u{20e3} 👩\u{200d}💻"), "✔ ⚠ 1\u{20e3} 👩💻");
}

// ---- Prefixes ----

#[test]
fn prefixes_of_ci_systems_are_removed() {
    let prefixes = [
        "2026-11-21T20:05:04.0000000Z ",
        "2026-11-21T20:05:04+01:00 ",
        "2026-11-21 20:05:04,123 ",
        "release\tPublish to the registry\t2026-11-21T20:05:04.0000000Z ",
        "release\tUNKNOWN STEP\t\u{feff}2026-11-21T20:05:04.0000000Z ",
        "##[error]",
        "##[group]",
        "##[command]",
        "##[warning]",
        "##[debug]",
        "2026-11-21T20:05:04.0000000Z ##[error]",
        "::group::",
        "::error file=package.json,line=3::",
        "::warning::",
        "##vso[task.logissue type=error]",
        "2026-11-21T20:05:04.000000Z 01E ",
        "2026-11-21T20:05:04.000000Z 01O+",
        "section_start:1795291504:publish[collapsed=true]\r\x1b[0K",
        "[2026-11-21T20:05:04.000Z] ",
        "20:05:04  ",
        "20:05:04.123\t",
        "#12 3.456 ",
        "#7 123.4 ",
        "3.456 ",
        "web-1  | ",
        "web_1        | ",
        "Step #1 - \"install\": ",
        "Step #4: ",
        "[20:05:04] ",
        "[20:05:04]W:\t ",
        "[20:05:04]\u{a0}",
        "[20:05:04] :\t [Step 1/3] ",
        "8:05:04 PM: ",
        "11:05:04 AM: ",
        "build\t21-Nov-2026 20:05:04\t",
        "error\t1-Nov-2026 20:05:04\t",
        "remote:        ",
        "remote: ",
        "2026-11-21T20:05:04.000000Z stderr F ",
        "[Container] 2026/11/21 20:05:04 ",
        "2026-11-21T20:05:04.000000+00:00 app[web.1]: ",
        "[91m",
        "[release] ",
        "@acme/ui:release: ",
        "ui:release: ",
        "packages/ui release: ",
        "⠼",
        "\x1b_bk;t=1795291504000\x07",
        "2026-11-21T20:05:04.0000000Z @acme/ui:release: \x1b[31m",
        "2026-11-21T20:05:04.0000000Z #12 3.456 ⠧",
    ];
    for prefix in prefixes {
        for text in ["npm error code E403", "npm ERR! 403 403 Forbidden - GET https://r.example/ui"] {
            assert_eq!(cleaned(&format!("{prefix}{text}")), text, "{prefix:?}");
        }
    }
}

#[test]
fn prefixes_before_other_text_are_removed_only_when_no_text_looks_like_them() {
    let removed = [
        ("2026-11-21T20:05:04.0000000Z   indented", "  indented"),
        ("2026-11-21T20:05:04.0000000Z ", ""),
        ("2026-11-21T20:05:04.000000Z 00O ", ""),
        ("##[group]Run npm publish", "Run npm publish"),
        ("##[endgroup]", ""),
        ("::endgroup::", ""),
        ("#12 3.456 added 403 packages", "added 403 packages"),
        ("web-1  | ready", "ready"),
        ("remote:        -----> Building", "-----> Building"),
        ("@acme/ui:release:  ERR_PNPM_FETCH_403  GET", " ERR_PNPM_FETCH_403  GET"),
    ];
    for (raw, clean) in removed {
        assert_eq!(cleaned(raw), clean, "{raw:?}");
    }
    let kept = [
        "3.456 MB",
        "12.34 kB dist/index.js",
        "35 error 403 403 Forbidden - PUT https://r.example/ui",
        "35 verbose stack HttpErrorGeneral: 403 Forbidden",
        "npm : npm error code E403",
        "npm: npm error code E403",
        "npm error code E403",
        "error: npm error code E403",
        "name   | value",
        "a | b",
        "remote: Permission to acme/ui.git denied to someone.",
        "#403 is the issue",
        "#12 [build 3/4] RUN npm ci",
        "[release] done in 20 s",
        "[info] done",
        "@acme/ui:release: done",
        "ui:build: cache hit",
        "http://r.example: 403",
        "20:05:04 is the time",
        "2026-11-21T20_04_14_878Z-debug-0.log",
        "2026-11-21T20:04:14.878Z-debug-0.log",
        "::notacommand::x",
        "::1 localhost",
        "one\ttwo\tthree",
        "│ {\"error\":\"x\"}",
        "  × Failed to publish package @acme/ui@2.2.0 (status 403 Forbidden):",
        "➤ YN0035: │   Response Code: 403 (Forbidden)",
        "Step 3/7 : RUN npm ci",
        "[1] 2",
        "npm notice 3.456 kB README.md",
    ];
    for text in kept {
        assert_eq!(cleaned(text), text);
    }
}

#[test]
fn seconds_are_removed_inside_the_summary_of_a_failed_image_build() {
    let log = "------\n > [build 13/15] RUN npm ci:\n3.456 some words\n12.34 npm error code E403\n------\n3.456 MB\n";
    assert_eq!(
        cleaned(log),
        "------\n > [build 13/15] RUN npm ci:\nsome words\nnpm error code E403\n------\n3.456 MB\n"
    );
}

#[test]
fn lines_that_a_container_runtime_wrapped_in_json_are_unwrapped() {
    let raw = "{\"log\":\"\\u001b[31mnpm error\\u001b[0m 403 \\\"@acme/ui\\\"\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-21T20:05:04Z\"}";
    let log = read(raw);
    assert_eq!(log.as_str(), "npm error 403 \"@acme/ui\"");
    assert_eq!(log.place(0).column, raw.find("\\u001b").unwrap() + 1);
    let kept = [
        "{\"level\":\"error\",\"code\":\"ERR_PNPM_FETCH_403\",\"message\":\"no\"}",
        "{\"error\":{\"code\":\"E403\",\"summary\":\"403 Forbidden\"}}",
        "{\"log\":\"x\",\"stream\":\"other\"}",
        "{\"log\":\"x\",\"stream\":\"stderr\"",
    ];
    for text in kept {
        assert_eq!(cleaned(text), text);
    }
}

// ---- The way back ----

/// Every `words` must be found in the original at the place that the cleaned text gives for them.
fn check_places(original: &str, words: &[&str]) {
    let log = read(original);
    for word in words {
        let byte = log.as_str().find(word).unwrap_or_else(|| panic!("{word:?} in {:?}", log.as_str()));
        let place = log.place(byte);
        let line = original.split('\n').nth(place.line - 1).unwrap_or_default();
        let there: String = line.chars().skip(place.column - 1).take(word.chars().count()).collect();
        assert_eq!(&there, word, "{original:?}");
        // The end of a word is one past its last character.
        let end = log.place(byte + word.len());
        if log.row_at(byte + word.len()) == log.row_at(byte) {
            assert!(end.column >= place.column + word.chars().count(), "{word}");
        }
    }
}

#[test]
fn every_word_is_found_again_in_the_original() {
    check_places("plain words\nand more", &["plain", "words", "and", "more"]);
    check_places("2026-11-21T20:05:04.0000000Z npm error code E403\nnext", &["npm", "E403", "next"]);
    check_places("\x1b[31mnpm\x1b[0m \x1b[1merror\x1b[0m 403\r\nnext", &["npm", "error", "403", "next"]);
    check_places("é ü\t📦 \x1b[31m→ r\x1b[0m end", &["é", "ü", "📦", "→ r", "end"]);
    check_places("a\u{202e}b\u{200b}c end", &["b", "c", "end"]);
    check_places("10%\r50%\rdone with it\n", &["done", "it"]);
    check_places("kept\r\x1b[K\nnext", &["kept", "next"]);
    check_places("⠼\x1b[1G\x1b[0Knpm error", &["npm", "error"]);
    check_places(
        "job\tstep\t\u{feff}2026-11-21T20:05:04.0000000Z ##[error]\x1b[31mnpm error\x1b[0m",
        &["npm", "error"],
    );
    check_places("a\0b\0\0c\0\nd", &["a", "b", "c", "d"]);
    check_places("\u{2009}ERR_PNPM\u{2009} GET", &["ERR_PNPM", "GET"]);
    check_places("|\u{8}/\u{8}npm error", &["npm", "error"]);
    check_places("✔\u{fe0f} done", &["✔", "done"]);
    check_places("@acme/ui:release: npm error 403", &["npm", "403"]);
}

#[test]
fn the_place_of_written_out_characters_stays_before_what_follows() {
    let log = read("a\u{202e}b");
    let columns: Vec<usize> = (0..=log.as_str().len()).map(|byte| log.place(byte).column).collect();
    assert_eq!(columns.first(), Some(&1));
    assert_eq!(columns.last(), Some(&4));
    assert!(columns.is_sorted(), "{columns:?}");
    assert_eq!(log.place(log.as_str().find('b').unwrap()).column, 3);
    assert!(columns[..log.as_str().len() - 1].iter().all(|&column| column <= 2));
}

#[test]
fn places_in_utf_16_count_characters_too() {
    let bytes = utf16("📦 npm error\r\nzweite Zeile", u16::to_le_bytes);
    let log = text::redact(text::decode(&bytes));
    let place = log.place(log.as_str().find("error").unwrap());
    assert_eq!((place.line, place.column), (1, 7));
    let place = log.place(log.as_str().find("Zeile").unwrap());
    assert_eq!((place.line, place.column), (2, 8));
}

// ---- Sizes ----

#[test]
fn one_huge_line_takes_no_longer_than_many_short_ones() {
    // Quadratic time would take minutes here.
    let pieces = [
        "\x1b[31mnpm\x1b[0m ",
        "a\rb\r|\r",
        "\x1b]8;;",
        "token=a&",
        "https://a:",
        "password: ",
        "Bearer abc ",
        "eyJ",
        "{\"log\":",
        "\u{202e}",
        "\u{8}|",
        "::error ",
        "//",
        "\"token\":\"",
        "-----BEGIN PRIVATE KEY-----",
        "é",
        "NPM_TOKEN=x1 https://u:p@h/ ",
        "[1;",
    ];
    for piece in pieces {
        let log = read(&["first\n", &piece.repeat(1_000_000 / piece.len())].concat());
        assert_eq!(log.line_count(), 2, "{piece:?}");
        let _place = log.place(log.as_str().len());
    }
}

// ---- Files and pipes ----

#[test]
fn a_file_is_read_as_its_bytes_are() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"\xff\xfe").unwrap();
    file.write_all(&utf16(SAMPLE, u16::to_le_bytes)).unwrap();
    let log = text::redact(text::open(file.path()).unwrap());
    assert_eq!(log.as_str(), SAMPLE_CLEAN);
    assert_eq!(log, text::redact(text::read(std::fs::File::open(file.path()).unwrap()).unwrap()));
}

#[test]
fn what_cannot_be_read_says_why_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("build");
    let missing = text::open(&path).unwrap_err();
    assert!(matches!(missing, OpenError::Missing { .. }), "{missing}");
    std::fs::create_dir(&path).unwrap();
    let directory = text::open(&path).unwrap_err();
    assert!(matches!(directory, OpenError::IsDirectory { .. }), "{directory}");
    assert_eq!(
        directory.to_string(),
        format!("cannot read the log: it is a folder; open the file inside it instead: {}", path.display())
    );
    let inside_a_file = path.join("log");
    std::fs::write(&inside_a_file, "x").unwrap();
    let odd = text::open(&inside_a_file.join("more")).unwrap_err();
    assert!(matches!(odd, OpenError::Missing { .. }), "{odd}");
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::set_permissions(file.path(), std::fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser may read everything, so there the file simply opens.
    match text::open(file.path()) {
        Err(error) => assert!(matches!(error, OpenError::Permission { .. }), "{error}"),
        Ok(_) => assert!(std::fs::File::open(file.path()).is_ok()),
    }
}

#[test]
fn a_log_over_the_limit_says_which_lines_were_not_read() {
    // A reader that makes its lines as they are asked for, so that the test needs no such file.
    struct Numbered {
        next: usize,
        last: usize,
        ready: Vec<u8>,
    }
    impl std::io::Read for Numbered {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            if self.ready.is_empty() {
                let mut text = String::new();
                for n in self.next..(self.next + 1000).min(self.last + 1) {
                    writeln!(text, "{n:>99}").expect("writing to a string");
                }
                self.next += 1000;
                self.ready = text.into_bytes();
            }
            let count = buffer.len().min(self.ready.len());
            buffer[..count].copy_from_slice(&self.ready[..count]);
            self.ready.drain(..count);
            Ok(count)
        }
    }
    let log = text::redact(text::read(Numbered { next: 1, last: 900_000, ready: Vec::new() }).unwrap());
    assert_eq!(log.byte_size(), 90_000_000);
    assert!(log.as_str().len() <= 66 << 20);
    for row in [0, 1, 160_000, 300_000, log.line_count() - 1] {
        assert_eq!(log.line(row).trim(), log.line_number(row).to_string());
    }
    assert_eq!(log.line_number(log.line_count() - 1), 900_000);
    let warning = &log.warnings()[0];
    assert!(warning.starts_with("the log is 90 MB; lines 167773 to "), "{warning}");
    assert!(
        warning.ends_with(" were not read; open the part around the error if the answer is not here"),
        "{warning}"
    );
}

#[test]
fn the_text_before_masking_cannot_be_printed_by_accident() {
    let secret = ["hunter", "2"].concat();
    let text = text::decode(format!("password={secret}").as_bytes());
    assert!(!format!("{text:?}").contains(&secret));
    assert!(text::open(Path::new("/")).is_err());
}
