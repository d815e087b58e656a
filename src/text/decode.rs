//! Bytes to [`Text`]: picks the encoding, cleans the lines, says what was odd.
//!
//! Must not know where the bytes came from.

use super::clean::Cleaner;
use super::encoding::{Binary, Decoded, Encoding};
use super::intake::{self, Kept, Parts};
use super::scan::Limits;
use super::{Source, Text};

/// Decodes and cleans a log. Never fails: what cannot be read becomes U+FFFD and a warning.
///
/// Of more than 64 MiB parts are left out, as [`open`](super::open()) does.
pub fn decode(bytes: &[u8]) -> Text {
    if bytes.len() <= Limits::DEFAULT.whole {
        return whole(bytes);
    }
    match intake::read(bytes, Some(bytes.len() as u64), Limits::DEFAULT) {
        Ok(kept) => decode_kept(kept),
        // Reading from memory does not fail; if it did, the whole is still here.
        Err(_) => whole(bytes),
    }
}

/// Decodes and cleans what was kept of an input.
pub(super) fn decode_kept(kept: Kept) -> Text {
    match kept {
        Kept::Whole(bytes) => whole(&bytes),
        Kept::Parts(parts) => huge(*parts),
    }
}

fn whole(bytes: &[u8]) -> Text {
    let (encoding, mark) = Encoding::detect(bytes);
    let binary = Binary::detect(bytes, encoding);
    let decoded = encoding.decode(&bytes[mark..]);
    let line_end = line_end_of(decoded.text.as_bytes());
    let mut cleaner = Cleaner::with_capacity(decoded.text.len());
    cleaner.feed(&decoded.text, line_end);
    let mut oddities = Oddities::default();
    oddities.note(&decoded, line_end, 1);
    let mut warnings = Vec::new();
    match binary {
        Some(binary) => warnings.push(binary_warning(binary)),
        None => oddities.warn(encoding, &mut warnings),
    }
    let (content, lines) = cleaner.finish();
    let byte_size = bytes.len() as u64;
    Text { content, lines, source: Source { encoding: encoding.name(), byte_size, warnings } }
}

fn huge(mut parts: Parts) -> Text {
    let mut warnings: Vec<String> = parts.warning().into_iter().collect();
    let mut oddities =
        Oddities { bad_bytes: parts.bad_bytes, first_bad_line: parts.first_bad_line, zeros: 0 };
    let runs = std::mem::take(&mut parts.found.runs);
    let mut cleaner = Cleaner::with_capacity(runs.iter().map(|run| run.bytes.len()).sum());
    // Each stretch goes as soon as it is clean, so that memory holds about one copy of all.
    for run in runs {
        let line = run.spot.line + 1;
        let decoded = Encoding::Utf8.decode(&run.bytes);
        cleaner.skip_to(line, run.spot.column);
        cleaner.feed(&decoded.text, parts.line_end);
        oddities.note(&decoded, parts.line_end, line);
    }
    match parts.binary {
        Some(binary) => warnings.push(binary_warning(binary)),
        None => oddities.warn(parts.encoding, &mut warnings),
    }
    let (content, lines) = cleaner.finish();
    let source = Source { encoding: parts.encoding.name(), byte_size: parts.size, warnings };
    Text { content, lines, source }
}

/// Line feed, unless the text has none and several carriage returns, as old Macintosh programs wrote.
pub(super) fn line_end_of(bytes: &[u8]) -> u8 {
    let is_old_mac =
        memchr::memchr(b'\n', bytes).is_none() && memchr::memchr_iter(b'\r', bytes).take(2).count() == 2;
    if is_old_mac { b'\r' } else { b'\n' }
}

/// What was wrong with some text.
#[derive(Default)]
struct Oddities {
    bad_bytes: usize,
    first_bad_line: Option<usize>,
    zeros: usize,
}

impl Oddities {
    fn note(&mut self, decoded: &Decoded<'_>, line_end: u8, first_line: usize) {
        let bytes = decoded.text.as_bytes();
        self.zeros += memchr::memchr_iter(0, bytes).count();
        self.bad_bytes += decoded.bad_bytes;
        if decoded.bad_bytes > 0 && self.first_bad_line.is_none() {
            let before = &bytes[..decoded.first_bad];
            self.first_bad_line = Some(first_line + memchr::memchr_iter(line_end, before).count());
        }
    }

    fn warn(&self, encoding: Encoding, warnings: &mut Vec<String>) {
        if let Some(line) = self.first_bad_line {
            let (bytes, are) = match self.bad_bytes {
                1 => ("byte", "is"),
                _ => ("bytes", "are"),
            };
            warnings.push(format!(
                "{} {bytes} {are} not valid {} and {are} shown as \u{fffd}; the first is on line {line}",
                self.bad_bytes,
                encoding.name(),
            ));
        }
        match self.zeros {
            0 => {}
            1 => warnings.push("1 zero byte was left out".to_owned()),
            zeros => warnings.push(format!("{zeros} zero bytes were left out")),
        }
    }
}

fn binary_warning(binary: Binary) -> String {
    let kind = binary.kind.map_or(String::new(), |kind| format!(" ({kind})"));
    let advice =
        if binary.is_archive { "unpack it and open the log inside" } else { "open the log as text instead" };
    format!("this looks like a binary file{kind}; {advice}")
}
