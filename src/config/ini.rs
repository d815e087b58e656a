//! The ini dialect of npm's files: what each line is, with its place.
//!
//! As `ini` of npm reads it (<https://github.com/npm/ini>): an unquoted `#` or `;` ends a value, quotes protect, a
//! section takes every key below it. Must not know what a key means.

/// One key and its value.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Pair {
    /// The key.
    pub key: String,
    /// The value; absent for a key without `=`.
    pub value: Option<String>,
    /// The section it fell into.
    pub section: Option<String>,
    /// The line, counted from 1.
    pub line: usize,
    /// Where the key starts, counted from 1.
    pub column: usize,
    /// The whole value as written, when an unquoted `#` or `;` ends it.
    pub cut: Option<String>,
    /// Whether that was a cut, and not a remark behind the value.
    pub is_cut: bool,
}

/// Reads a text line by line. Never fails; what is no pair is left out.
pub(super) fn parse(text: &str) -> Vec<Pair> {
    let mut section = None;
    let mut pairs = Vec::new();
    for (index, line) in lines(text).enumerate() {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with([';', '#']) {
            continue;
        }
        // Only a bracket in the first column opens a section.
        if let Some(name) = line.trim_end().strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
            && !name.contains(']')
        {
            section = Some(plain(name).0);
            continue;
        }
        let (key, value) = match line.split_once('=') {
            Some((key, value)) => (key, Some(value)),
            None => (line, None),
        };
        if key.is_empty() {
            continue;
        }
        let column = 1 + line.chars().take_while(|c| c.is_whitespace()).count();
        let (key, _) = plain(key);
        let whole = value.map(|value| value.trim().to_owned());
        let (value, end) = value.map(plain).map_or((None, End::Whole), |(value, end)| (Some(value), end));
        let cut = whole.filter(|_| end != End::Whole);
        let (section, line, is_cut) = (section.clone(), index + 1, end == End::Cut);
        pairs.push(Pair { key, value, section, line, column, cut, is_cut });
    }
    pairs
}

/// Lines as an editor counts them.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.find(['\n', '\r']) else {
            rest = None;
            return Some(text);
        };
        let after = &text[end..];
        let width = if after.starts_with("\r\n") { 2 } else { 1 };
        rest = Some(&after[width..]);
        Some(&text[..end])
    })
}

/// How a value ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// With the line.
    Whole,
    /// At a `#` or `;` behind a space, as one writes a remark.
    Remark,
    /// At a `#` or `;` in its middle.
    Cut,
}

/// A key or value without its quotes and without what stands behind `#` or `;`; and how it ends.
fn plain(text: &str) -> (String, End) {
    let text = text.trim();
    for quote in ['"', '\''] {
        if text.len() > 1
            && let Some(inner) = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote))
        {
            let inside_quotes = if quote == '"' { text } else { inner };
            let as_json = serde_json::from_str::<String>(inside_quotes).ok();
            let kept = if quote == '"' { text } else { inner };
            return (as_json.unwrap_or_else(|| kept.to_owned()), End::Whole);
        }
    }
    let mut kept = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' | '#' => {
                let is_cut = kept.ends_with(|c: char| !c.is_whitespace());
                return (kept.trim().to_owned(), if is_cut { End::Cut } else { End::Remark });
            }
            '\\' => match chars.next() {
                Some(next @ ('\\' | ';' | '#')) => kept.push(next),
                Some(next) => kept.extend(['\\', next]),
                None => kept.push('\\'),
            },
            c => kept.push(c),
        }
    }
    (kept.trim().to_owned(), End::Whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(line: &str) -> Option<String> {
        parse(line).pop().and_then(|pair| pair.value)
    }

    #[test]
    fn values_are_read_as_npm_reads_them() {
        for (line, expected) in [
            ("k=v", "v"),
            ("k = v ", "v"),
            ("k=ab#cd", "ab"),
            ("k=ab;cd", "ab"),
            ("k=ab\\#cd", "ab#cd"),
            ("k=a\\b", "a\\b"),
            ("k=\"ab#cd\"", "ab#cd"),
            ("k='ab;cd'", "ab;cd"),
            ("k=\"a\\\"b\"", "a\"b"),
            ("k=\"", "\""),
            ("k=", ""),
            ("k=a=b", "a=b"),
            ("k=ab # a remark", "ab"),
        ] {
            assert_eq!(value(line).as_deref(), Some(expected), "{line}");
        }
        assert_eq!(value("registry http://z"), None);
    }

    #[test]
    fn a_section_takes_the_keys_below_it_and_an_indented_bracket_does_not() {
        let pairs = parse("a=1\n [x]\n[y]\nb=2");
        let sections: Vec<_> =
            pairs.iter().map(|pair| (pair.key.as_str(), pair.section.as_deref())).collect();
        assert_eq!(sections, [("a", None), ("[x]", None), ("b", Some("y"))]);
    }

    #[test]
    fn lines_are_counted_over_every_kind_of_line_end() {
        let places: Vec<_> =
            parse("a=1\r\n\r\n  b=2\rc=3\n").iter().map(|pair| (pair.line, pair.column)).collect();
        assert_eq!(places, [(1, 1), (3, 3), (4, 1)]);
    }

    #[test]
    fn what_was_cut_is_kept_for_the_sentence_about_it() {
        let pair = parse("//h/:_password=ab#cd").pop().unwrap();
        assert_eq!((pair.value.as_deref(), pair.cut.as_deref()), (Some("ab"), Some("ab#cd")));
    }
}
