//! Which characters people see, which deceive them, and which are only blanks.
//!
//! Must not know lines or logs. The hidden ones are those that Unicode calls bidirectional controls or
//! default-ignorable (<https://www.unicode.org/reports/tr9/>, <https://www.unicode.org/reports/tr44/>).

/// What becomes of a character that is neither ASCII nor a control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Glyph {
    /// It stays.
    Keep,
    /// It goes: it only dresses up the emoji before it.
    Drop,
    /// It becomes an ordinary space.
    Blank,
    /// It cannot be seen but changes what is read, so its number is written out.
    Hidden,
}

/// Looks at `c`, which stands between `before` and `after`.
pub(super) fn look(c: char, before: Option<char>, after: Option<char>) -> Glyph {
    match c {
        '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{2800}'
        | '\u{3000}' => Glyph::Blank,
        '\u{fe0e}' | '\u{fe0f}' if before.is_some_and(is_pictorial) => Glyph::Drop,
        // A digit in a key cap.
        '\u{fe0f}' if after == Some('\u{20e3}') => Glyph::Drop,
        '\u{200d}' if before.is_some_and(is_pictorial) && after.is_some_and(is_pictorial) => Glyph::Drop,
        // The mark of a file's start, left over where files were joined.
        '\u{feff}' if matches!(before, None | Some('\t')) => Glyph::Drop,
        c if is_hidden(c) => Glyph::Hidden,
        _ => Glyph::Keep,
    }
}

/// Whether a character cannot be seen, or reorders those that can.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a character is a picture that a variation selector or joiner may follow.
fn is_pictorial(c: char) -> bool {
    matches!(c,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}'
        | '\u{2100}'..='\u{27bf}'
        | '\u{2900}'..='\u{297f}'
        | '\u{2b00}'..='\u{2bff}'
        | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}'
        | '\u{fe0e}' | '\u{fe0f}'
        | '\u{1f000}'..='\u{1faff}')
}

/// Whether a character is a frame of a braille spinner.
pub(super) fn is_braille(c: char) -> bool {
    matches!(c, '\u{2800}'..='\u{28ff}')
}

/// How a hidden character is written out.
pub(super) fn written_out(c: char) -> String {
    format!("‹U+{:04X}›", u32::from(c))
}
