//! The answer below a status line: headers, then the body, from which the registry's words are taken.
//!
//! Must not know what was asked for.

use std::sync::LazyLock;

use regex::Regex;

use crate::parse::line::Line;
use crate::parse::{Part, Said, frame};

/// How many rows of a body are read.
const BODY: usize = 60;
/// How many rows of a body that is neither JSON nor a page: what follows may be something else.
const PLAIN: usize = 4;
/// How many pieces of it are kept as words, and how long each may be.
const WORDS: (usize, usize) = (8, 2_000);

static HEADER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*(?:< )?(?<name>[A-Za-z][\w-]*):(?: (?<value>.*))?$").ok());
/// What curl prints about itself in between.
static CHATTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:\* |[{}] \[\d+ bytes data\]|\s*% Total|\s+Dload|\s*\d+ [ \d.kMG]+ .*--:--|\r)").ok()
});
/// The next thing that somebody did.
static NEXT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:\S*[$#%❯➜] |> [A-Z]+ /|--20\d\d-|curl: |wget: |HTTP/[\d.]+ \d{3}|At line:|##\[|.*\b(?:YN00|ERR_PNPM_))").ok()
});
static TEXT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#""(?:error|message|reason|detail|details|error_description|Message|title)"\s*:\s*\[?\s*"(?<said>(?:[^"\\]|\\.)*)""#,
    )
    .ok()
});
static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"<[^>]*>|&nbsp;").ok());
/// What a web server's own page says: nothing.
static EMPTY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:(?:error|http|403|forbidden|nginx|openresty|apache)(?:[/\d.]+)?|[-\s:.,!])*$").ok()
});

fn hit(regex: &Option<Regex>, text: &str) -> bool {
    regex.as_ref().is_some_and(|regex| regex.is_match(text))
}

/// What a line is to an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Part of it.
    Mine,
    /// Its end.
    Last,
    /// Something behind it.
    NotMine,
}

/// Which part is being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Headers,
    Body,
    /// Nothing more comes, but Wget may repeat the status.
    Told,
}

/// An answer while it is read.
#[derive(Clone, Debug)]
pub struct Answer {
    rows: Vec<usize>,
    said: Vec<Said>,
    stage: Stage,
    last_row: usize,
    body_rows: usize,
    /// Brackets that are open in a body of JSON.
    depth: usize,
    is_page: bool,
    /// The log shows the answer, so that what is missing was not said.
    told: bool,
    without_body: bool,
}

impl Answer {
    /// The answer that starts with this status line.
    pub fn new(line: &Line<'_>, phrase: Option<Said>, without_body: bool) -> Self {
        Self {
            rows: Vec::new(),
            said: phrase.into_iter().collect(),
            stage: Stage::Headers,
            last_row: line.row(),
            body_rows: 0,
            depth: 0,
            is_page: false,
            told: false,
            without_body,
        }
    }

    /// An answer of which the log shows no more than the status.
    pub fn untold(line: &Line<'_>, phrase: Option<Said>) -> Self {
        Self { stage: Stage::Told, without_body: true, ..Self::new(line, phrase, true) }
    }

    /// Reads the next line.
    pub fn read(&mut self, line: &Line<'_>) -> Step {
        let text = line.text();
        // Both say it once more at the end.
        if text.contains("ERROR 403: ") || text.starts_with("curl: (") && text.contains("403") {
            self.rows.push(line.row());
            return Step::Last;
        }
        let gap = line.row() > self.last_row + 1 && self.stage == Stage::Headers;
        if gap || self.body_rows >= BODY || hit(&NEXT, text) || frame::is_framed(text) {
            return Step::NotMine;
        }
        if self.stage == Stage::Told {
            return Step::NotMine;
        }
        self.last_row = line.last_row();
        let bare = text.trim_matches(|c: char| c.is_whitespace());
        if self.stage == Stage::Headers {
            if matches!(bare, "" | "<") {
                self.stage = Stage::Body;
                return if self.without_body { Step::Last } else { Step::Mine };
            }
            if let Some(found) = HEADER.as_ref().and_then(|header| header.captures(text)) {
                if let Some(value) =
                    found.name("value").filter(|_| found["name"].eq_ignore_ascii_case("npm-notice"))
                {
                    self.keep(line, value.as_str(), value.range(), Part::Notice);
                }
                return Step::Mine;
            }
            if hit(&CHATTER, text) {
                return Step::Mine;
            }
            if self.without_body {
                return Step::NotMine;
            }
            self.stage = Stage::Body;
        }
        self.body(line, bare)
    }

    fn body(&mut self, line: &Line<'_>, bare: &str) -> Step {
        if hit(&CHATTER, line.text()) {
            // `* Connection #0 to host … left intact` is curl's last word.
            return if line.text().contains("onnection #") { Step::Last } else { Step::Mine };
        }
        if bare.is_empty() {
            return if self.is_page || self.depth > 0 { Step::Mine } else { Step::Last };
        }
        self.told = true;
        self.body_rows += 1;
        let plain = !self.is_page && self.depth == 0;
        let lower = bare.to_ascii_lowercase();
        self.is_page |= ["<html", "<!doctype", "<head", "<body"].iter().any(|tag| lower.contains(tag));
        let json = self.depth > 0 || bare.starts_with(['{', '[']);
        if json {
            self.json(line);
        } else if self.is_page {
            let words = TAG.as_ref().map_or(bare.into(), |tag| tag.replace_all(bare, " "));
            let words: Vec<&str> = words.split_whitespace().collect();
            self.keep_line(line, bare, &words.join(" "));
        } else {
            self.keep_line(line, bare, bare);
        }
        let closed = json && self.depth == 0 || lower.contains("</html>") || plain && self.body_rows >= PLAIN;
        if closed { Step::Last } else { Step::Mine }
    }

    fn keep_line(&mut self, line: &Line<'_>, bare: &str, words: &str) {
        // A style sheet is no message.
        let is_text = !words.contains(['{', '}']) || !self.is_page;
        if is_text && !hit(&EMPTY, words) {
            let at = bare.as_ptr() as usize - line.text().as_ptr() as usize;
            self.keep(line, words, at..at + bare.len(), Part::Message);
        }
    }

    fn json(&mut self, line: &Line<'_>) {
        // curl's own line may be glued to a body without a line break.
        let text = line.text().split("* Connection #").next().unwrap_or_default();
        let mut quoted = false;
        let mut escaped = false;
        for byte in text.bytes() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' => quoted = !quoted,
                b'{' | b'[' if !quoted => self.depth += 1,
                b'}' | b']' if !quoted => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
        for found in TEXT.iter().flat_map(|pattern| pattern.captures_iter(text)) {
            let Some(part) = found.name("said") else { continue };
            let plain: String = serde_json::from_str(&format!("\"{}\"", part.as_str()))
                .unwrap_or_else(|_| part.as_str().to_owned());
            if !hit(&EMPTY, &plain) {
                self.keep(line, plain.trim(), part.range(), Part::Message);
            }
        }
    }

    fn keep(&mut self, line: &Line<'_>, words: &str, range: std::ops::Range<usize>, part: Part) {
        self.told = true;
        let known = self.said.iter().any(|said| said.text == words);
        if known || words.is_empty() || words.len() > WORDS.1 || self.said.len() >= WORDS.0 {
            return;
        }
        self.rows.push(line.row());
        self.said.push(Said { text: words.to_owned(), span: line.span(range), part });
    }

    /// The rows that hold words, the words, and whether the log shows the answer at all.
    pub fn into_parts(self) -> (Vec<usize>, Vec<Said>, bool) {
        let told = self.told || self.stage == Stage::Body && !self.without_body;
        (self.rows, self.said, told)
    }
}
