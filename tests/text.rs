//! What a log looks like once it was decoded and cleaned, and how to find the way back to the original.

#[path = "text/encodings.rs"]
mod encodings;
#[path = "text/files.rs"]
mod files;
#[path = "text/prefixes.rs"]
mod prefixes;

use unforbid::text::{self, Redacted};

fn read(text: &str) -> Redacted {
    text::redact(text::decode(text.as_bytes()))
}

fn cleaned(text: &str) -> String {
    read(text).as_str().to_owned()
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
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
