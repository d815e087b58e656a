//! A secret that stands whole, between blanks, quotes or line ends, in surroundings that the fuzzer writes.
//!
//! ```text
//! byte 0       which secret, in the words it is usually found in
//! byte 1       what separates it from what stands before, and whether it stands in a registry's answer
//! byte 2       what separates it from what comes after, and which output is looked at, if any: most look at the
//!              log alone, which is ten times as fast
//! the rest     before, 0xff, after
//! ```

use std::sync::LazyLock;

use unforbid::advice::Shell;
use unforbid::knowledge::Knowledge;
use unforbid::output::{self, Format, Style};
use unforbid::{Preferences, explain, text};

use crate::{planted, samples};

/// Shorter ones could stand in any text by chance.
const SHORTEST: usize = 12;

/// So many letters of a secret in a row are a piece of it that helps somebody.
const PIECE: usize = 14;

const BEFORE: [&str; 5] = ["\n", " ", "\t", "\"", "'"];
const AFTER: [&str; 5] = ["\n", " ", "\t", "\"", "'"];
const REFUSED: &str =
    "npm error code E403\nnpm error 403 403 Forbidden - PUT https://registry.acme.example/@acme%2fui - ";

/// What is written, with `{}` for the secret, and the secret.
static PLANTED: LazyLock<Vec<(&'static str, String)>> = LazyLock::new(|| {
    let more = samples::samples().into_iter().map(|(frame, secret, _)| (frame, secret));
    let all = planted::planted().into_iter().chain(more);
    // Whether a plain word is a password depends on what stands around it, and may.
    let is_plain = |secret: &str| !secret.bytes().any(|b| b.is_ascii_digit());
    all.filter(|(_, secret)| secret.len() >= SHORTEST && !is_plain(secret)).collect()
});

/// Hides one secret and looks for it in everything that is shown.
pub fn check(bytes: &[u8]) {
    let [kind, left, right, rest @ ..] = bytes else {
        return;
    };
    let (frame, secret) = &PLANTED[usize::from(*kind) % PLANTED.len()];
    let mut parts = rest.splitn(2, |byte| *byte == 0xff);
    let before = parts.next().unwrap_or_default();
    let after = parts.next().unwrap_or_default();
    let surroundings = [before, b"\n", after].concat();
    if secret.as_bytes().windows(PIECE.min(secret.len())).any(|piece| contains(&surroundings, piece)) {
        return;
    }
    let (left_sign, right_sign) = (usize::from(*left), usize::from(*right));
    let mut log = Vec::with_capacity(rest.len() + 256);
    log.extend_from_slice(before);
    // A control sequence that is cut off would eat the first letter of what comes next.
    if before.contains(&0x1b) || before.contains(&0x9b) {
        log.push(b'm');
    }
    log.extend_from_slice(BEFORE[left_sign % BEFORE.len()].as_bytes());
    if left_sign / BEFORE.len() % 2 == 1 {
        log.extend_from_slice(b"\n");
        log.extend_from_slice(REFUSED.as_bytes());
    }
    log.extend_from_slice(frame.replacen("{}", secret, 1).as_bytes());
    // Backspaces take blanks away, and so what separates.
    let right = if after.contains(&8) { "\"" } else { AFTER[right_sign % AFTER.len()] };
    log.extend_from_slice(right.as_bytes());
    log.extend_from_slice(after);
    let format =
        [Format::Text, Format::Json, Format::Markdown, Format::Github].get(right_sign / AFTER.len() % 16);
    look(&log, secret, format);
}

fn look(log: &[u8], secret: &str, format: Option<&Format>) {
    let Some(format) = format else {
        assert_hidden("the log's view", text::redact(text::decode(log)).as_str(), secret, log);
        return;
    };
    let explained = explain(text::decode(log), "log", Knowledge::bundled(), &Preferences::default());
    assert_hidden("the log's view", explained.log.as_str(), secret, log);
    let style = Style { width: 80, color: false, shell: Shell::Posix, ascii: false, salt: 1 };
    let shown = output::render(&explained.advice, *format, &style);
    assert_hidden("an output", &shown, secret, log);
    // Markdown and JSON put backslashes between letters; without them the secret would be there again.
    assert_hidden("an output", &shown.replace('\\', ""), secret, log);
}

fn assert_hidden(place: &str, shown: &str, secret: &str, log: &[u8]) {
    let log = || log.escape_ascii();
    assert!(!shown.contains(secret), "{secret} stands in {place}:\n{shown}\nof {}", log());
    let pieces = secret.as_bytes().windows(PIECE).filter_map(|piece| std::str::from_utf8(piece).ok());
    for piece in pieces {
        assert!(!shown.contains(piece), "{piece} of {secret} stands in {place}:\n{shown}\nof {}", log());
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
