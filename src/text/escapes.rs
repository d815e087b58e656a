//! How long a terminal's control sequence is, and whether it erases the line so far.
//!
//! Shapes are those of ECMA-48 and xterm (<https://invisible-island.net/xterm/ctlseqs/ctlseqs.html>).
//! Must not know what stands around the sequence.

/// What a sequence does that a reader would notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Nothing: colours, titles, links.
    None,
    /// What stands before it on the line is overwritten by what follows.
    Erases,
    /// It moves right, which looks like a blank; Windows consoles write runs of blanks this way.
    Blank,
}

/// Measures the sequence at the start of `text`, which is ESC or U+009B: its length in bytes and its effect.
///
/// A string sequence without its end counts as its introducer alone, so that a cut log loses no text.
pub(super) fn measure(text: &str) -> (usize, Effect) {
    let bytes = text.as_bytes();
    match bytes {
        [0x1b, b'[', ..] => control(bytes, 2),
        [0x1b, b']' | b'P' | b'X' | b'^' | b'_', ..] => (string(bytes, 2).unwrap_or(2), Effect::None),
        [0x1b, ..] => (single(bytes), Effect::None),
        // U+009B appears in text that was decoded wrongly, so it counts only with a whole sequence behind it.
        [0xc2, 0x9b, b'0'..=b'9' | b'?', ..] => control(bytes, 2),
        _ => (text.chars().next().map_or(0, char::len_utf8), Effect::None),
    }
}

/// `ESC [`, parameters, intermediates, final byte.
fn control(bytes: &[u8], from: usize) -> (usize, Effect) {
    let parameters = run(bytes, from, |b| (0x30..=0x3f).contains(&b));
    let end = run(bytes, parameters, |b| (0x20..=0x2f).contains(&b));
    let Some(last) = bytes.get(end).filter(|b| (0x40..=0x7e).contains(*b)) else {
        return (end, Effect::None);
    };
    let effect = match (last, &bytes[from..parameters]) {
        (b'G', b"" | b"0" | b"1") | (b'K', b"1" | b"2") => Effect::Erases,
        (b'C', _) => Effect::Blank,
        _ => Effect::None,
    };
    (end + 1, effect)
}

/// `ESC ]` and its like up to BEL, `ESC \` or U+009C; `None` when another sequence comes first.
fn string(bytes: &[u8], from: usize) -> Option<usize> {
    let end = from + memchr::memchr3(0x07, 0x1b, 0x9c, bytes.get(from..)?)?;
    match (bytes[end], bytes.get(end + 1)) {
        (0x07, _) => Some(end + 1),
        (0x1b, Some(b'\\')) => Some(end + 2),
        (0x9c, _) if bytes[end - 1] == 0xc2 => Some(end + 1),
        // A byte of some other character: an OSC with a name in it.
        (0x9c, _) => string(bytes, end + 1),
        _ => None,
    }
}

/// `ESC`, intermediates, final byte. Only the finals that programs use count: a stray ESC in front of a word must
/// not eat its first letter.
fn single(bytes: &[u8]) -> usize {
    let end = run(bytes, 1, |b| (0x20..=0x2f).contains(&b));
    match bytes.get(end) {
        Some(b'0'..=b'9' | b'@'..=b'Z') if end > 1 => end + 1,
        Some(b'7' | b'8' | b'=' | b'>' | b'c' | b'D' | b'E' | b'H' | b'M' | b'Z' | b'\\') => end + 1,
        _ => 1,
    }
}

/// The first position from `from` on where `accept` no longer holds.
fn run(bytes: &[u8], from: usize, accept: impl Fn(u8) -> bool) -> usize {
    let length = bytes.get(from..).map_or(0, |rest| rest.iter().take_while(|&&b| accept(b)).count());
    from + length
}
