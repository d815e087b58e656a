//! Bytes to [`Text`]: picks the encoding, cleans the lines, says what was odd.
//!
//! Must not know where the bytes came from.

use super::clean::Cleaner;
use super::encoding::{Binary, Decoded, Encoding};
use super::open::{Kept, Limits, Unread};
use super::{Source, Text};

/// Decodes and cleans a log. Never fails: what cannot be read becomes U+FFFD and a warning.
///
/// Of more than 64 MiB the middle is left out, as [`open`](super::open()) does.
pub fn decode(bytes: &[u8]) -> Text {
    if bytes.len() <= Limits::DEFAULT.total() {
        return assemble(bytes, None, bytes.len() as u64);
    }
    match Kept::read(bytes, Limits::DEFAULT) {
        Ok(kept) => decode_kept(&kept),
        // Reading from memory does not fail; if it did, the whole is still here.
        Err(_) => assemble(bytes, None, bytes.len() as u64),
    }
}

/// Decodes and cleans what was kept of an input.
pub(super) fn decode_kept(kept: &Kept) -> Text {
    assemble(&kept.head, kept.unread.as_ref(), kept.size)
}

fn assemble(head: &[u8], unread: Option<&Unread>, size: u64) -> Text {
    let (encoding, mark) = Encoding::detect(head);
    let binary = Binary::detect(head, encoding);
    let first = encoding.decode(&head[mark..]);
    let line_end = line_end_of(&first.text);
    let mut warnings = Vec::new();
    warnings.extend(binary.map(binary_warning));

    let mut cleaner = Cleaner::with_capacity(first.text.len() + unread.map_or(0, |unread| unread.tail.len()));
    cleaner.feed(&first.text, line_end);
    let mut oddities = Oddities::default();
    oddities.note(&first, line_end, 1);
    if let Some(unread) = unread {
        let second = encoding.decode(&unread.tail);
        cleaner.skip_to(unread.next_line);
        cleaner.feed(&second.text, line_end);
        oddities.note(&second, line_end, unread.next_line);
    }
    if binary.is_none() {
        oddities.warn(encoding, &mut warnings);
    }
    warnings.extend(unread.map(|unread| unread.warning(size)));

    let (content, lines) = cleaner.finish();
    Text { content, lines, source: Source { encoding: encoding.name(), byte_size: size, warnings } }
}

/// Line feed, unless the text has none and several carriage returns, as old Macintosh programs wrote.
fn line_end_of(text: &str) -> u8 {
    let bytes = text.as_bytes();
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
