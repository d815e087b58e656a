//! UTF-16 to UTF-8, piece by piece, also where a program that knows no UTF-16 wrote into the same file.
//!
//! PowerShell 5 starts a log in UTF-16; what another program appends to it is plain bytes. Must not know lines.

/// So many characters that would each be two bytes of ASCII are plain bytes and no UTF-16.
const PLAIN_UNITS: usize = 16;
/// So many bytes are looked at at once.
const BLOCK: usize = 32;
/// The longest character in UTF-8.
const LONGEST: usize = 4;

/// Turns UTF-16 into text; keeps what is not complete yet for the next piece.
#[derive(Debug)]
pub(super) struct Transcoder {
    unit: fn([u8; 2]) -> u16,
    /// Bytes that what follows decides about.
    pending: Vec<u8>,
    is_plain: bool,
    /// The first half of a pair.
    high: Option<u16>,
    /// How many bytes of text were made.
    made: u64,
    /// Bytes that U+FFFD stands for.
    pub bad_bytes: usize,
    /// Where the first of them is, in bytes of the text.
    pub first_bad: Option<u64>,
}

impl Transcoder {
    /// For units of one byte order.
    pub fn new(unit: fn([u8; 2]) -> u16) -> Self {
        Self {
            unit,
            pending: Vec::new(),
            is_plain: false,
            high: None,
            made: 0,
            bad_bytes: 0,
            first_bad: None,
        }
    }

    /// Adds the text of some bytes to `text`.
    pub fn feed(&mut self, bytes: &[u8], text: &mut String) {
        self.step(bytes, text, false);
    }

    /// Adds what is left. A character cut in half by the end is left out.
    pub fn finish(&mut self, text: &mut String) {
        self.step(&[], text, true);
    }

    fn step(&mut self, bytes: &[u8], text: &mut String, is_end: bool) {
        let mut all = std::mem::take(&mut self.pending);
        all.extend_from_slice(bytes);
        let start = text.len();
        let mut at = 0;
        loop {
            let rest = &all[at..];
            let done = if self.is_plain {
                self.plain(rest, start, text, is_end)
            } else {
                self.units(rest, start, text, is_end)
            };
            match done {
                Some(length) => at += length,
                None => break,
            }
        }
        self.made += (text.len() - start) as u64;
        all.drain(..at);
        self.pending = all;
    }

    /// Reads units up to the next plain text; `None` when nothing more can be done yet.
    fn units(&mut self, bytes: &[u8], start: usize, text: &mut String, is_end: bool) -> Option<usize> {
        let mut at = 0;
        loop {
            while let Some(&block) = bytes.get(at..).and_then(<[u8]>::first_chunk::<BLOCK>)
                && self.push_ascii(block, text)
            {
                at += BLOCK;
            }
            let Some(&[first, second]) = bytes.get(at..at + 2) else {
                break;
            };
            if is_text(first) && is_text(second) {
                let run = bytes[at..].chunks_exact(2).take(PLAIN_UNITS);
                let length = run.take_while(|pair| is_text(pair[0]) && is_text(pair[1])).count();
                if length == PLAIN_UNITS {
                    self.is_plain = true;
                    return Some(at);
                }
                if !is_end && bytes.len() - at < 2 * length + 2 {
                    break;
                }
                for pair in bytes[at..].chunks_exact(2).take(length) {
                    self.push((self.unit)([pair[0], pair[1]]), start, text);
                }
                at += 2 * length;
            } else {
                self.push((self.unit)([first, second]), start, text);
                at += 2;
            }
        }
        (at > 0).then_some(at)
    }

    /// Adds a block if it is all ASCII, as most logs are.
    fn push_ascii(&self, block: [u8; BLOCK], text: &mut String) -> bool {
        let mut narrow = [0; BLOCK / 2];
        let mut all = 0;
        for (to, pair) in narrow.iter_mut().zip(block.chunks_exact(2)) {
            let unit = (self.unit)([pair[0], pair[1]]);
            all |= unit;
            *to = unit as u8;
        }
        let is_ascii = all < 0x80 && self.high.is_none();
        if let (true, Ok(ascii)) = (is_ascii, std::str::from_utf8(&narrow)) {
            text.push_str(ascii);
        }
        is_ascii
    }

    fn push(&mut self, unit: u16, start: usize, text: &mut String) {
        if unit < 0x80 && self.high.is_none() {
            text.push(char::from(unit as u8));
            return;
        }
        let pair = self.high.take().into_iter().chain([unit]);
        for decoded in char::decode_utf16(pair) {
            match decoded.map_err(|error| error.unpaired_surrogate()) {
                Ok(c) => text.push(c),
                Err(half @ 0xd800..0xdc00) if half == unit && self.high.is_none() => self.high = Some(half),
                Err(_) => self.bad(2, start, text),
            }
        }
    }

    fn bad(&mut self, bytes: usize, start: usize, text: &mut String) {
        self.first_bad.get_or_insert(self.made + (text.len() - start) as u64);
        self.bad_bytes += bytes;
        text.push(char::REPLACEMENT_CHARACTER);
    }

    /// Reads plain bytes up to the first zero, with which UTF-16 goes on.
    fn plain(&mut self, bytes: &[u8], start: usize, text: &mut String, is_end: bool) -> Option<usize> {
        let zero = memchr::memchr(0, bytes);
        let end = match zero {
            // In little endian the zero is the second half of its unit.
            Some(zero) if (self.unit)([1, 0]) == 1 => zero.saturating_sub(1),
            Some(zero) => zero,
            None if is_end => bytes.len(),
            None => {
                let held = bytes.len().saturating_sub(LONGEST);
                let near = held.saturating_sub(LONGEST)..=held;
                near.rev().find(|&at| !(0x80..0xc0).contains(&bytes[at])).unwrap_or(held)
            }
        };
        for chunk in bytes[..end].utf8_chunks() {
            text.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                self.bad(chunk.invalid().len(), start, text);
            }
        }
        if zero.is_some() {
            self.is_plain = false;
            return Some(end);
        }
        (end > 0).then_some(end)
    }
}

/// What logs in ASCII are made of.
const fn is_text(b: u8) -> bool {
    matches!(b, b' '..=b'~' | b'\t' | b'\n' | b'\r' | 0x1b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    fn decode(bytes: &[u8], unit: fn([u8; 2]) -> u16, piece: usize) -> (String, usize, Option<u64>) {
        let mut transcoder = Transcoder::new(unit);
        let mut text = String::new();
        for piece in bytes.chunks(piece) {
            transcoder.feed(piece, &mut text);
        }
        transcoder.finish(&mut text);
        (text, transcoder.bad_bytes, transcoder.first_bad)
    }

    type Order = (fn(u16) -> [u8; 2], fn([u8; 2]) -> u16);
    const ORDERS: [Order; 2] =
        [(u16::to_le_bytes, u16::from_le_bytes), (u16::to_be_bytes, u16::from_be_bytes)];

    #[test]
    fn a_file_that_two_programs_wrote_into_is_read_whole() {
        let appended = "npm error 403 403 Forbidden - PUT https://r.example/@acme%2fui – no\n";
        for (to, from) in ORDERS {
            for odd in ["", "!"] {
                let mut bytes = wide("PS C:\\> npm publish 🦋\r\n", to);
                bytes.extend_from_slice(odd.as_bytes());
                bytes.extend_from_slice(appended.as_bytes());
                bytes.extend(wide("PS C:\\> exit 日本\r\n", to));
                let wanted = format!("PS C:\\> npm publish 🦋\r\n{odd}{appended}PS C:\\> exit 日本\r\n");
                for piece in [1, 2, 3, 7, 64, 1000] {
                    assert_eq!(decode(&bytes, from, piece), (wanted.clone(), 0, None), "{piece}");
                }
            }
        }
    }

    #[test]
    fn halves_of_pairs_are_counted_once_however_the_bytes_come() {
        for (to, from) in ORDERS {
            let units = [0x61, 0xd83e, 0xd83e, 0xdd8b, 0xdd8b, 0x62, 0xd83e];
            let bytes: Vec<u8> = units.into_iter().flat_map(to).collect();
            for piece in 1..9 {
                assert_eq!(decode(&bytes, from, piece), ("a\u{fffd}🦋\u{fffd}b".to_owned(), 4, Some(1)));
            }
        }
    }

    #[test]
    fn characters_that_look_like_ascii_pairs_stay_characters() {
        let text = "†‡丁七万丈三上下 ".repeat(40);
        for (to, from) in ORDERS {
            for piece in [1, 5, 4096] {
                assert_eq!(decode(&wide(&text, to), from, piece).0, text);
            }
        }
    }
}
