//! Which bytes of a huge log may belong to a report of an error: literals found by a SIMD search, and a look at the
//! bytes beside a `403`, so that the digits of `1403`, `403ms` or a hash mark nothing.
//!
//! Generous on purpose: what is marked is read by the parser anyway, what is not marked in a huge log is not.
//! Knows what clients write when they fail; must not know what it means.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Match, Span, packed};

/// Every report of a failed request holds one of these. Fragments instead of whole words, because the search is as
/// fast as their first three bytes are rare: `npm error code` starts like half of all lines. It sorts them into eight
/// buckets by their order; of forty orders tried on a debug log this was the fastest, by half against the slowest.
const LITERALS: &[&[u8]] = &[
    // What policies say, whoever prints it.
    b"violat",
    // npm error, pnpm error.
    b"m error ",
    // npm ERR!, lerna ERR!, ERR_PNPM_.
    b"ERR",
    // 403 in UTF-16, which a second program may have written into the file.
    b"4\x000\x003",
    b"quarantin",
    // npm error, in colour.
    b"[31merror",
    b"blocked b",
    b"403",
    b"h over the prev",
    // yarn.
    b"Error: http",
    b"Couldn't pub",
    b"An unexpected err",
    // yarn's authentication, semantic-release's npm token.
    b"Invalid ",
    b"Response Co",
    // Artifactory's access log, nginx's error log.
    b"[DENIED ",
    b"dden by rule",
    // A debug log's error code E401.
    b"r code E",
];

/// How many bytes after the start of a sign have to be there for it to be judged.
pub(super) const LOOK_AHEAD: usize = 64;
/// How far back the judgement looks.
const LOOK_BACK: usize = 24;

/// The search for all literals at once.
enum Search {
    Wide(packed::Searcher),
    /// Where the processor has no wide registers.
    Narrow(AhoCorasick),
}

static SEARCH: LazyLock<Option<Search>> = LazyLock::new(|| {
    let wide = packed::Searcher::new(LITERALS).map(Search::Wide);
    wide.or_else(|| AhoCorasick::new(LITERALS).ok().map(Search::Narrow))
});

impl Search {
    fn find(&self, bytes: &[u8], from: usize) -> Option<Match> {
        let span = Span { start: from, end: bytes.len() };
        match self {
            Self::Wide(search) => search.find_in(bytes, span),
            Self::Narrow(search) => search.find(aho_corasick::Input::new(bytes).span(span)),
        }
    }
}

/// Where the first sign at or after `from` starts.
pub(super) fn next(bytes: &[u8], from: usize) -> Option<usize> {
    let search = SEARCH.as_ref()?;
    let mut at = from;
    while let Some(found) = search.find(bytes, at) {
        let step = match bytes.get(found.range()) {
            Some(b"403") => 1,
            Some([b'4', ..]) => 2,
            _ => return Some(found.start()),
        };
        let digits = Digits { bytes, start: found.start(), end: found.end(), step };
        if digits.stand_alone() {
            return Some(found.start());
        }
        at = found.start() + 1;
    }
    None
}

/// Three digits and what is beside them. In UTF-16 every second byte counts.
struct Digits<'a> {
    bytes: &'a [u8],
    start: usize,
    end: usize,
    step: usize,
}

impl Digits<'_> {
    /// The `nth` byte before the digits, counted from 1.
    fn before(&self, nth: usize) -> Option<u8> {
        let at = self.start.checked_sub(nth * self.step)?;
        self.bytes.get(at).copied()
    }

    /// The `nth` byte after the digits, counted from 1.
    fn after(&self, nth: usize) -> Option<u8> {
        self.bytes.get(self.end - 1 + nth * self.step).copied()
    }

    fn stand_alone(&self) -> bool {
        let is_digit = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_digit());
        match self.after(1) {
            Some(b) if b.is_ascii_alphanumeric() => return false,
            Some(b'.') if is_digit(self.after(2)) => return false,
            // Line and column of a stack: `index.js:403:12`.
            Some(b':') if is_digit(self.after(2)) && self.before(1) == Some(b':') => return false,
            _ => {}
        }
        match self.before(1) {
            Some(b'.') => !is_digit(self.before(2)),
            Some(b'E' | b'e') => self.starts_word(2),
            _ => self.starts_word(1),
        }
    }

    /// Whether a word can start behind the `nth` byte before the digits.
    fn starts_word(&self, nth: usize) -> bool {
        match self.before(nth) {
            None => true,
            Some(b) if b.is_ascii_alphabetic() => self.ends_escape(nth),
            Some(b) if b.is_ascii_hexdigit() => self.ends_code_point(nth),
            Some(_) => true,
        }
    }

    /// `ESC[31m`, also as JSON or a caret writes it, or `\n` as JSON writes a line end.
    fn ends_escape(&self, nth: usize) -> bool {
        if self.before(nth + 1) == Some(b'\\') {
            return matches!(self.before(nth), Some(b'n' | b'r' | b't' | b'b' | b'f'))
                || self.ends_code_point(nth);
        }
        let mut back = nth + 1;
        while back < LOOK_BACK && self.before(back).is_some_and(|b| b.is_ascii_digit() || b == b';') {
            back += 1;
        }
        self.before(back) == Some(b'[') || self.ends_code_point(nth)
    }

    /// `\u00a0`.
    fn ends_code_point(&self, nth: usize) -> bool {
        let is_hex = |nth| self.before(nth).is_some_and(|b| b.is_ascii_hexdigit());
        (nth..nth + 4).all(is_hex)
            && self.before(nth + 4) == Some(b'u')
            && self.before(nth + 5) == Some(b'\\')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_marked(line: &str) -> bool {
        next(line.as_bytes(), 0).is_some()
    }

    fn wide(line: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        line.encode_utf16().flat_map(unit).collect()
    }

    const REFUSALS: &[&str] = &[
        "npm error code E403",
        "npm error 403 403 Forbidden - PUT https://r.example/x",
        "403",
        "[E403] 403 Forbidden - PUT https://r.example/x",
        "\u{1b}[33m403\u{1b}[39m (Forbidden)",
        "\u{1b}[1;31mE403\u{1b}[0m",
        r"\u001b[31m403\u001b[39m",
        r#"{"log":"one\n403 Forbidden","x":"\tE403"}"#,
        r"\u2009403\u2009",
        "ERR_PNPM_FETCH_403\u{2009} GET https://r.example/x",
        "2026-07-21T09:01:43.833Z|b95c|10.0.0.7|ci|PUT|/api/npm/npm-local/ui|403|3106",
        "tunneling socket could not be established, statusCode=403",
        r#"Request \"https://r.example/x\" returned a 403"#,
        "https://r.example/x: Request failed \"403 Forbidden\"",
        "Response Code: 403 (Forbidden)",
        "HTTP request sent, awaiting response...403 Forbidden",
        "\"status\":403,\"code\":\"E403\"",
        "\u{2014}403 Forbidden",
        "error: ProxyConnectFailed (403) downloading",
    ];

    const NOISE: &[&str] = &[
        "reify Completed in 1403ms",
        "http fetch GET 200 https://r.example/x 403ms (cache hit)",
        "port 4039 and 40312 silly",
        "sha1-a403f 9c403b c403- 1.403 4.403.2 0.403s 403.52kB 403kB",
        "at run (/srv/index.js:403:12)",
        "7E403 aE403 E4031 E403F",
        "12:403:55",
        "x403y",
    ];

    #[test]
    fn a_status_is_marked_in_every_spelling() {
        for line in REFUSALS {
            assert!(is_marked(line), "{line}");
        }
    }

    #[test]
    fn digits_of_something_else_are_not() {
        for line in NOISE {
            assert!(!is_marked(line), "{line}");
        }
    }

    #[test]
    fn the_same_holds_in_utf_16_of_either_order() {
        for unit in [u16::to_le_bytes, u16::to_be_bytes] {
            for line in ["npm error code E403", "a 403 b", "\u{1b}[33m403\u{1b}[39m"] {
                assert!(next(&wide(line, unit), 0).is_some(), "{line}");
            }
            for line in NOISE {
                assert_eq!(next(&wide(line, unit), 0), None, "{line}");
            }
        }
    }

    #[test]
    fn errors_without_a_status_are_marked_too() {
        for line in [
            "error Couldn't publish package: \"https://r.example/x: no\"",
            "error Error: https://r.example/x: no",
            "error An unexpected error occurred: \"https://r.example/x: no\".",
            "EINVALIDNPMTOKEN Invalid npm token.",
            "npm ERR! code E401",
            "lerna ERR! E402 Payment required",
            "12 error code ENEEDAUTH",
            "npm error code E404",
            "\u{1b}[1mnpm\u{1b}[22m \u{1b}[31merror\u{1b}[39m \u{1b}[94mcode\u{1b}[39m E401",
            "You cannot publish over the previously published versions: 1.0.2.",
            " ERR_PNPM_FETCH_401  GET https://r.example/x",
            "Request failed due to policy violations: {\"policyRestrictions\":[]}",
            "npm notice package @acme/ui:2.1.0 download was blocked by jfrog packages curation service",
        ] {
            assert!(is_marked(line), "{line}");
        }
        assert!(!is_marked("silly placeDep ROOT http-errors@2.0.0 OK for: policy-reader@1.0.0"));
    }

    #[test]
    fn without_wide_registers_the_same_is_found() {
        let narrow = Search::Narrow(AhoCorasick::new(LITERALS).unwrap());
        let search = SEARCH.as_ref().unwrap();
        for line in REFUSALS.iter().chain(NOISE) {
            let bytes = line.as_bytes();
            for from in 0..=bytes.len() {
                let start = |search: &Search| search.find(bytes, from).map(|found| found.start());
                assert_eq!(start(&narrow), start(search), "{line}");
            }
        }
    }

    #[test]
    fn the_next_sign_is_searched_from_where_one_says() {
        let line = b"403 and 403";
        assert_eq!(next(line, 0), Some(0));
        assert_eq!(next(line, 1), Some(8));
        assert_eq!(next(line, 9), None);
    }
}
