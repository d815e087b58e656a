//! Which encoding some bytes have, and what they are if they are no text at all.
//!
//! Must not know lines' contents. A log is UTF-8 or, when Windows PowerShell wrote it, UTF-16.

use std::borrow::Cow;

use super::utf16::Transcoder;

/// How much of the start is looked at.
const SAMPLE: usize = 8 * 1024;

/// The encodings a log comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
}

/// Decoded text, and how much of it could not be decoded.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    /// Bytes that U+FFFD stands for.
    pub bad_bytes: usize,
    /// The byte of `text` where the first of them is.
    pub first_bad: usize,
}

impl Encoding {
    /// The encoding and how many bytes of byte order mark there are.
    pub fn detect(bytes: &[u8]) -> (Self, usize) {
        match bytes {
            [0xef, 0xbb, 0xbf, ..] => (Self::Utf8, 3),
            [0xff, 0xfe, ..] => (Self::Utf16Le, 2),
            [0xfe, 0xff, ..] => (Self::Utf16Be, 2),
            _ if magic(bytes).is_some() => (Self::Utf8, 0),
            _ => (Self::guess(bytes), 0),
        }
    }

    /// Without a mark: ASCII in UTF-16 has a zero in one half of each pair and hardly ever in the other.
    fn guess(bytes: &[u8]) -> Self {
        let pairs = bytes[..bytes.len().min(SAMPLE)].chunks_exact(2);
        let total = pairs.len();
        let (mut first, mut second) = (0, 0);
        for pair in pairs {
            first += usize::from(pair[0] == 0);
            second += usize::from(pair[1] == 0);
        }
        let is_mostly = |many: usize, few: usize| many >= 2 && many * 10 >= total * 3 && few * 4 <= many;
        if is_mostly(second, first) {
            Self::Utf16Le
        } else if is_mostly(first, second) {
            Self::Utf16Be
        } else {
            Self::Utf8
        }
    }

    /// The name people know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
        }
    }

    /// Decodes; what cannot be becomes U+FFFD. A character cut in half by the end is left out.
    pub fn decode(self, bytes: &[u8]) -> Decoded<'_> {
        match self.transcoder() {
            None => decode_utf8(bytes),
            Some(transcoder) => decode_utf16(bytes, transcoder),
        }
    }

    /// What turns bytes of this encoding into UTF-8, if they are not.
    pub fn transcoder(self) -> Option<Transcoder> {
        match self {
            Self::Utf8 => None,
            Self::Utf16Le => Some(Transcoder::new(u16::from_le_bytes)),
            Self::Utf16Be => Some(Transcoder::new(u16::from_be_bytes)),
        }
    }
}

fn decode_utf8(bytes: &[u8]) -> Decoded<'_> {
    let good = match std::str::from_utf8(bytes) {
        Ok(text) => return Decoded::good(text),
        Err(error) => error,
    };
    if good.error_len().is_none() {
        let text = std::str::from_utf8(&bytes[..good.valid_up_to()]).unwrap_or_default();
        return Decoded::good(text);
    }
    let mut text = String::with_capacity(bytes.len());
    let mut bad_bytes = 0;
    let mut rest = bytes.utf8_chunks().peekable();
    while let Some(chunk) = rest.next() {
        text.push_str(chunk.valid());
        let invalid = chunk.invalid();
        let is_cut =
            rest.peek().is_none() && std::str::from_utf8(invalid).is_err_and(|e| e.error_len().is_none());
        if !invalid.is_empty() && !is_cut {
            text.push('\u{fffd}');
            bad_bytes += invalid.len();
        }
    }
    Decoded { text: Cow::Owned(text), bad_bytes, first_bad: good.valid_up_to() }
}

fn decode_utf16(bytes: &[u8], mut transcoder: Transcoder) -> Decoded<'static> {
    let mut text = String::with_capacity(bytes.len() / 2 + bytes.len() / 16);
    transcoder.feed(bytes, &mut text);
    transcoder.finish(&mut text);
    let first_bad = transcoder.first_bad.and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
    Decoded { text: Cow::Owned(text), bad_bytes: transcoder.bad_bytes, first_bad }
}

impl<'a> Decoded<'a> {
    fn good(text: &'a str) -> Self {
        Self { text: Cow::Borrowed(text), bad_bytes: 0, first_bad: 0 }
    }
}

/// What a file is and what to do with it, if it is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Binary {
    /// `gzip` and so on; `None` when only the look of the bytes tells.
    pub kind: Option<&'static str>,
    /// Whether a log may be inside.
    pub is_archive: bool,
}

impl Binary {
    /// What some bytes are if they are no text. Bytes with a text's mark or shape never are.
    pub fn detect(bytes: &[u8], encoding: Encoding) -> Option<Self> {
        if encoding != Encoding::Utf8 {
            return None;
        }
        if let Some((kind, is_archive)) = magic(bytes) {
            return Some(Self { kind: Some(kind), is_archive });
        }
        let sample = &bytes[..bytes.len().min(SAMPLE)];
        let odd = sample.iter().filter(|&&b| is_odd(b)).count();
        (odd >= 16 && odd * 10 > sample.len()).then_some(Self { kind: None, is_archive: false })
    }
}

/// Whether a byte is a control character that terminals' logs do not have.
const fn is_odd(b: u8) -> bool {
    b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x07 | 0x08 | 0x0c | 0x1b)
}

/// The kind of file by its first bytes, and whether it is an archive.
fn magic(bytes: &[u8]) -> Option<(&'static str, bool)> {
    const KINDS: &[(&[u8], &str, bool)] = &[
        (b"\x1f\x8b", "gzip", true),
        (b"PK\x03\x04", "zip", true),
        (b"BZh", "bzip2", true),
        (b"\xfd7zXZ\0", "xz", true),
        (b"\x28\xb5\x2f\xfd", "zstd", true),
        (b"7z\xbc\xaf\x27\x1c", "7z", true),
        (b"\x7fELF", "a Linux program", false),
        (b"MZ", "a Windows program", false),
        (b"\xcf\xfa\xed\xfe", "a macOS program", false),
        (b"\xca\xfe\xba\xbe", "a macOS program", false),
        (b"\0asm", "WebAssembly", false),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture", false),
        (b"\xff\xd8\xff", "a JPEG picture", false),
        (b"GIF8", "a GIF picture", false),
        (b"RIFF", "a picture or recording", false),
        (b"%PDF-", "a PDF", false),
        (b"SQLite format 3\0", "a database", false),
    ];
    if bytes.get(257..262) == Some(b"ustar") {
        return Some(("tar", true));
    }
    KINDS
        .iter()
        .find(|(start, ..)| bytes.starts_with(start))
        // Some of these starts could be words; such files have zeros soon, texts never.
        .filter(|(start, ..)| !start.is_ascii() || bytes[..bytes.len().min(SAMPLE)].contains(&0))
        .map(|&(_, kind, is_archive)| (kind, is_archive))
}
