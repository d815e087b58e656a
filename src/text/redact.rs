//! [`Text`] to [`Redacted`]: finds secrets, numbers them, puts words in their place. Nothing else makes a [`Redacted`].
//!
//! Equal secrets get equal numbers, so that "the same token in both places" stays visible. Line ends stay.
//! Must not know what a secret is for.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Regex, RegexSet};

use super::judge::{self, Candidate};
use super::secrets::{ANCHORS, EXACT, OPENERS, SHAPES};
use super::shifts::{Edit, Lines};
use super::wrapped::{Joined, Seams, continuation_prefix};
use super::{Mask, Redacted, Text};
use crate::facts::Span;

/// Masking one secret can uncover the name of the next, if somebody wrote the log to that end; so the search is
/// repeated until it finds nothing, at most this often.
const MOST_PASSES: usize = 8;

/// Masks every secret of a log.
pub fn redact(text: Text) -> Redacted {
    let Text { mut content, mut lines, source } = text;
    let mut secrets = Secrets::default();
    let mut masks = Vec::new();
    for _ in 0..MOST_PASSES {
        let (edits, numbers) = Search::new(&content, &lines, &mut secrets).edits(&masks);
        if edits.is_empty() {
            break;
        }
        (content, lines) = lines.rewrite(&content, &edits);
        masks = add_masks(&masks, &edits, &numbers);
    }
    Redacted { content, lines, source, masks, kinds: secrets.kinds }
}

/// The masks there were, moved to where they stand once all edits are made, and those the edits make.
fn add_masks(old: &[Mask], edits: &[Edit], numbers: &[usize]) -> Vec<Mask> {
    let mut old = old.iter().peekable();
    let mut removed = 0;
    let mut added = 0;
    let mut masks = Vec::with_capacity(old.len() + edits.len());
    for (edit, &number) in edits.iter().zip(numbers) {
        while let Some(mask) = old.next_if(|mask| mask.span.end <= edit.start) {
            masks.push(moved(mask, removed, added));
        }
        // A mask inside a larger secret goes with it.
        while old.next_if(|mask| mask.span.start < edit.end).is_some() {}
        let start = edit.start - removed + added;
        masks.push(Mask { span: Span::new(start, start + edit.words.len()), number });
        removed += edit.end - edit.start;
        added += edit.words.len();
    }
    masks.extend(old.map(|mask| moved(mask, removed, added)));
    masks
}

fn moved(mask: &Mask, removed: usize, added: usize) -> Mask {
    let Span { start, end } = mask.span;
    Mask { span: Span::new(start - removed + added, end - removed + added), number: mask.number }
}

/// The compiled table.
struct Patterns {
    anchors: Regex,
    openers: Regex,
    exact: Regex,
    set: RegexSet,
    shapes: Vec<Regex>,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let compile = |pattern: &str| Regex::new(pattern).expect("tests/redaction.rs compiles every pattern");
    Patterns {
        anchors: compile(ANCHORS),
        openers: compile(OPENERS),
        exact: compile(EXACT),
        set: RegexSet::new(SHAPES.iter().map(|shape| shape.pattern))
            .expect("tests/redaction.rs compiles every pattern"),
        shapes: SHAPES.iter().map(|shape| compile(shape.pattern)).collect(),
    }
});

/// A stretch of a row that belongs to a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Piece {
    start: usize,
    end: usize,
    /// Which secret, counted from 0.
    secret: usize,
    is_continued: bool,
}

/// A secret in one line of text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    start: usize,
    end: usize,
    shape: usize,
}

/// The secrets found so far.
#[derive(Default)]
struct Secrets {
    /// The kind of each, in the order of first appearance.
    kinds: Vec<&'static str>,
    numbers: HashMap<String, usize>,
}

/// One pass over a text.
struct Search<'a> {
    content: &'a str,
    lines: &'a Lines,
    secrets: &'a mut Secrets,
    pieces: Vec<Piece>,
}

impl<'a> Search<'a> {
    fn new(content: &'a str, lines: &'a Lines, secrets: &'a mut Secrets) -> Self {
        let mut search = Self { content, lines, secrets, pieces: Vec::new() };
        search.run(&PATTERNS);
        search.find_known_again();
        search
    }

    fn run(&mut self, patterns: &Patterns) {
        let seams = Seams { openers: &patterns.openers, exact: &patterns.exact, anchors: &patterns.anchors };
        let mut joined = Joined::default();
        let mut done = 0;
        for row in self.rows_to_read(patterns, &seams) {
            if row < done {
                continue;
            }
            self.private_key(row);
            seams.join(self.content, self.lines, row, &mut joined);
            done = row + joined.pieces.len();
            let first = self.pieces.len();
            if let Some(shown) = joined.without_hidden() {
                self.read(patterns, &shown, first);
            }
            self.read(patterns, &joined, first);
            if joined.pieces.len() > 1 {
                // Two rows that were two lines after all: what stands whole in one may have no end in both together.
                for piece in &joined.pieces {
                    self.read(patterns, &joined.only(piece), first);
                }
            }
        }
    }

    /// Adds the secrets of one reading of some rows, except those that other readings of them found: the pieces
    /// from `first` on.
    fn read(&mut self, patterns: &Patterns, reading: &Joined, first: usize) {
        self.pieces[first..].sort_unstable();
        let known = self.pieces.len();
        for hit in hits(patterns, &reading.text) {
            let stretches = stretches(reading, &hit);
            let is_known = |stretch: &Range<usize>| {
                let known = &self.pieces[first..known];
                let next = known.partition_point(|piece| piece.start <= stretch.start);
                next.checked_sub(1).is_some_and(|index| known[index].end >= stretch.end)
            };
            if !stretches.iter().all(is_known) {
                self.add_pieces(
                    reading.text[hit.start..hit.end].to_owned(),
                    SHAPES[hit.shape].kind,
                    stretches,
                );
            }
        }
    }

    /// Rows that hold an anchor, and rows at whose end one may be cut in two.
    fn rows_to_read(&self, patterns: &Patterns, seams: &Seams<'_>) -> Vec<usize> {
        let mut rows = Vec::new();
        let mut at = 0;
        let mut row = 0;
        while let Some(found) = patterns.anchors.find_at(self.content, at) {
            while self.lines.start(row + 1).is_some_and(|next| next <= found.start()) {
                row += 1;
            }
            rows.push(row);
            match self.lines.start(row + 1) {
                Some(next) => at = next,
                None => break,
            }
        }
        let cut =
            (0..self.lines.count()).filter(|&row| seams.may_cut_an_anchor(self.content, self.lines, row));
        rows.extend(cut);
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// The rows of a private key that starts in `row`, if one does.
    fn private_key(&mut self, row: usize) {
        let text = self.lines.text(self.content, row);
        let Some(begin) = text.find("-----BEGIN ").map(|at| &text[at..]) else {
            return;
        };
        if !begin.contains("PRIVATE KEY") || begin.contains("-----END") {
            return;
        }
        const MOST_HEADERS: usize = 5;
        let mut body = String::new();
        let mut stretches = Vec::new();
        for (index, row) in (row + 1..self.lines.count()).enumerate() {
            let (start, text) = self.row_after_prefix(row);
            let can_be_header = stretches.is_empty() && index < MOST_HEADERS;
            let is_header = can_be_header && (text.is_empty() || text.contains(": "));
            if is_header {
                continue;
            }
            if !is_key_row(text) {
                break;
            }
            stretches.push(start..start + text.len());
            body.push_str(text);
        }
        if !stretches.is_empty() {
            self.add_pieces(body, "private key", stretches);
        }
    }

    /// Where a row's own text starts, and that text.
    fn row_after_prefix(&self, row: usize) -> (usize, &'a str) {
        let text = self.lines.text(self.content, row);
        let skip = continuation_prefix(text);
        (self.lines.start(row).unwrap_or(0) + skip, text[skip..].trim_end())
    }

    fn add_pieces(
        &mut self,
        secret: String,
        kind: &'static str,
        stretches: impl IntoIterator<Item = Range<usize>>,
    ) {
        let Secrets { kinds, numbers } = &mut *self.secrets;
        let number = *numbers.entry(secret).or_insert_with(|| {
            kinds.push(kind);
            kinds.len() - 1
        });
        for (index, stretch) in stretches.into_iter().enumerate() {
            self.pieces.push(Piece {
                start: stretch.start,
                end: stretch.end,
                secret: number,
                is_continued: index > 0,
            });
        }
    }

    /// A secret that was recognised by its surroundings is hidden where it stands without them, too.
    fn find_known_again(&mut self) {
        const AT_ONCE: usize = 64;
        const MOST: usize = 16 * AT_ONCE;
        let numbers = &self.secrets.numbers;
        let mut texts: Vec<&str> = numbers
            .keys()
            .map(String::as_str)
            .filter(|text| text.len() <= 512 && judge::is_random(text))
            .collect();
        texts.sort_unstable_by_key(|text| (std::cmp::Reverse(text.len()), *text));
        texts.truncate(MOST);
        for texts in texts.chunks(AT_ONCE) {
            let pattern = texts.iter().map(|text| regex::escape(text)).collect::<Vec<_>>().join("|");
            let Ok(regex) = Regex::new(&pattern) else {
                continue;
            };
            for found in regex.find_iter(self.content) {
                if let Some(&secret) = numbers.get(found.as_str()) {
                    let (start, end) = (found.start(), found.end());
                    self.pieces.push(Piece { start, end, secret, is_continued: false });
                }
            }
        }
    }

    /// The edits in order and apart, and the number of each. What cuts a mask in two takes all of it.
    fn edits(mut self, masks: &[Mask]) -> (Vec<Edit>, Vec<usize>) {
        for piece in &mut self.pieces {
            let mask_at = |byte: usize| {
                let span = masks.get(masks.partition_point(|mask| mask.span.end <= byte))?.span;
                (span.start < byte).then_some(span)
            };
            piece.start = mask_at(piece.start).map_or(piece.start, |span| span.start);
            piece.end = mask_at(piece.end).map_or(piece.end, |span| span.end);
        }
        self.pieces.sort_unstable();
        let mut edits: Vec<Edit> = Vec::with_capacity(self.pieces.len());
        let mut numbers = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            if let Some(last) = edits.last_mut()
                && piece.start < last.end
            {
                last.end = last.end.max(piece.end);
                continue;
            }
            edits.push(Edit { start: piece.start, end: piece.end, words: self.words(piece) });
            numbers.push(piece.secret + 1);
        }
        (edits, numbers)
    }

    /// What stands in place of a secret. Inside a URL it has no blanks and no `#`, so that the URL stays one.
    fn words(&self, piece: &Piece) -> String {
        let kind = self.secrets.kinds[piece.secret];
        let number = piece.secret + 1;
        let continued = if piece.is_continued { ", continued" } else { "" };
        let row = self.lines.row_at(piece.start);
        let before = &self.content[self.lines.start(row).unwrap_or(0)..piece.start];
        let before = &before[before.floor_char_boundary(before.len().saturating_sub(4096))..];
        let word = before.rsplit([' ', '\t', '"', '\'']).next().unwrap_or(before);
        if word.contains("://") {
            format!("‹{}-{number}›", kind.replace(' ', "-"))
        } else {
            format!("‹{kind} #{number}{continued}›")
        }
    }
}

/// Where the pieces of a secret stand.
fn stretches(reading: &Joined, hit: &Hit) -> Vec<Range<usize>> {
    // Rows of many megabytes have many secrets, but their pieces are in order.
    let first = reading.pieces.partition_point(|piece| piece.joined + piece.length <= hit.start);
    let pieces = reading.pieces[first..].iter().take_while(|piece| piece.joined < hit.end);
    let within = pieces.map(|piece| {
        let start = hit.start.max(piece.joined);
        let end = hit.end.min(piece.joined + piece.length);
        piece.start + start - piece.joined..piece.start + end - piece.joined
    });
    within.filter(|stretch| !stretch.is_empty()).collect()
}

/// The secrets of one line, in order and apart.
fn hits(patterns: &Patterns, line: &str) -> Vec<Hit> {
    // How many long values that are no secret are searched for others inside them: enough for every honest row,
    // and few enough that a huge one stays linear.
    const LONG_VALUES: usize = 64;
    let mut long_values = 0;
    let mut hits = Vec::new();
    for shape in patterns.set.matches(line) {
        let regex = &patterns.shapes[shape];
        let mut at = 0;
        while let Some(groups) = line.get(at..).and_then(|_| regex.captures_at(line, at)) {
            let Some(whole) = groups.get(0) else {
                break;
            };
            let value = match groups.get(1) {
                Some(value) if value.is_empty() => judge::value_at(line, value.start()),
                value => value.unwrap_or(whole).range(),
            };
            let candidate = Candidate { row: line, whole: whole.range(), value: value.clone() };
            at = match (SHAPES[shape].judge)(&candidate) {
                Some(length) if length > 0 => {
                    let end = value.start + length;
                    hits.push(Hit { start: value.start, end, shape });
                    end
                }
                _ if value.len() <= 256 => whole.end(),
                _ if long_values < LONG_VALUES => {
                    long_values += 1;
                    whole.end()
                }
                _ => whole.end().max(value.end),
            };
        }
    }
    merge(hits)
}

/// Hits that overlap are one secret, called by the first shape of the table.
fn merge(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_unstable();
    let mut merged: Vec<Hit> = Vec::with_capacity(hits.len());
    for hit in hits {
        match merged.last_mut() {
            Some(last) if hit.start < last.end => {
                last.end = last.end.max(hit.end);
                last.shape = last.shape.min(hit.shape);
            }
            _ => merged.push(hit),
        }
    }
    merged
}

/// Whether a row can be a piece of a key's body, perhaps as a string in some program's list.
fn is_key_row(text: &str) -> bool {
    let body = text.trim_matches(['"', '\'', ',', '+', ' ']);
    let body = body.strip_suffix("\\n").unwrap_or(body).trim_end_matches(['"', '\'']);
    !body.is_empty() && body.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
}
