//! Line by line to incidents: recognising, continuing, merging.
//!
//! Owns the rules of what belongs together. Must not know causes.

use regex::Captures;

use super::assemble::{add_loose, adopt, merge, piece, words_of};
use super::context::Context;
use super::frame::{self, Level, Segment};
use super::patterns::{BOILERPLATE, CODE, FOREIGN, INTEREST, OPEN_URL, STOP, hit};
use super::shapes::{SHAPES, Shape, Shows, Weight};
use super::{
    ERROR_ROWS, Incident, Kind, Report, Said, berry, deno, derive, is_fixed_advice, request, server,
};
use crate::facts::{FactKey, Facts, Span};
use crate::knowledge::ReasonState;

/// How many lines of a message may follow the line with the URL.
const CONTINUATION: usize = 6;
/// A text this short is a pasted fragment: any of its lines may be the message.
const FRAGMENT_LINES: usize = 40;
/// How many message lines without a URL are kept.
const LOOSE: usize = 60;
/// Of a longer line only the neighbourhood of each `403` is read.
const LINE_LIMIT: usize = 32 * 1024;
/// How much of a long line is read before and after a `403`.
const WINDOW: (usize, usize) = (2 * 1024, 8 * 1024);
/// How many neighbourhoods of one line are read.
const WINDOWS: usize = 64;

/// Collects incidents while lines go by.
#[derive(Default)]
pub struct Collector {
    context: Context,
    incidents: Vec<(Incident, Weight)>,
    /// The incident whose message may go on, and the last row of it.
    open: Option<(usize, usize)>,
    notices: Vec<(usize, Said)>,
    /// Error lines that belong to no URL.
    loose: Vec<(usize, Said)>,
    /// Plain lines of a short text.
    plain: Vec<(usize, Said)>,
    /// Rows that say 403 without a URL, and the method they name.
    coded: Vec<usize>,
    coded_facts: Facts,
    berry: berry::Group,
    deno: deno::Group,
    error_rows: Vec<usize>,
    unfinished: Option<(usize, usize, String)>,
    lines: usize,
}

impl Collector {
    /// Reads one line.
    pub fn read(&mut self, row: usize, start: usize, line: &str) {
        self.lines += 1;
        if line.len() > LINE_LIMIT {
            self.long_line(row, start, line);
            return;
        }
        let matters = self.lines <= FRAGMENT_LINES || self.open.is_some() || self.unfinished.is_some();
        if !matters && !hit(&INTEREST, line) {
            return;
        }
        if let Some((first_row, first_start, mut text)) = self.unfinished.take() {
            // A URL that a terminal wrapped: joined without a blank, told at its first row.
            if line.starts_with([' ', '\t']) && !line.trim_start().starts_with("- ") {
                text.push_str(line.trim());
                self.line(first_row, first_start, &text, true);
                return;
            }
            self.line(first_row, first_start, &text, false);
        }
        if line.contains("http") && hit(&OPEN_URL, line) && line.contains("error") {
            self.unfinished = Some((row, start, line.to_owned()));
            return;
        }
        self.line(row, start, line, false);
    }

    /// A minified file or a log that lost its line breaks.
    fn long_line(&mut self, row: usize, start: usize, line: &str) {
        let mut from = 0;
        for _ in 0..WINDOWS {
            let Some(found) = memchr::memmem::find(&line.as_bytes()[from..], b"403") else {
                return;
            };
            let begin = floor(line, (from + found).saturating_sub(WINDOW.0).max(from));
            let end = floor(line, (from + found + WINDOW.1).min(line.len()));
            self.line(row, start + begin, &line[begin..end], false);
            from = end;
        }
    }

    fn line(&mut self, row: usize, start: usize, line: &str, joined: bool) {
        if let Some(incident) = server::read(row, start, line) {
            self.incidents.push((incident, Weight::Report));
            return;
        }
        let grouped = self.berry.read(row, start, line).or_else(|| self.deno.read(row, start, line));
        if let Some(incident) = grouped {
            self.incidents.push((incident, Weight::Report));
            return;
        }
        for mut segment in frame::segments(row, start, line) {
            if joined {
                segment.start = start;
            }
            self.segment(&segment);
        }
    }

    fn segment(&mut self, segment: &Segment<'_>) {
        self.context.read(segment);
        if segment.level == Level::Error && self.error_rows.len() < ERROR_ROWS {
            self.error_rows.push(segment.row);
        }
        if self.refusal(segment) {
            return;
        }
        if is_fixed_advice(segment.text) {
            self.coded.push(segment.row);
            self.open = None;
            return;
        }
        // `403 Forbidden` alone is any web server's; it counts in a package manager's frame.
        let bare = segment.level == Level::Plain && segment.text.starts_with("403");
        if let Some(found) = CODE.as_ref().filter(|_| !bare).and_then(|code| code.captures(segment.text)) {
            self.code(segment, &found);
            return;
        }
        match segment.level {
            Level::Error | Level::Plain => self.words(segment),
            Level::Notice => self.notice(segment),
            Level::Warn | Level::Http | Level::Detail => {}
        }
    }

    /// A line that names the refused request.
    fn refusal(&mut self, segment: &Segment<'_>) -> bool {
        let text = without_advice(segment.text);
        if !(text.contains("http") || text.contains("403")) {
            return false;
        }
        for shape in SHAPES.iter() {
            // lerna's row is too short to be tried on other tools' lines.
            if shape.client == Some("lerna") && segment.tool != "lerna" {
                continue;
            }
            let Some(found) = shape.regex.captures(text) else {
                continue;
            };
            self.context.settle();
            let incident = self.incident(segment, shape, &found);
            self.incidents.push((incident, shape.weight));
            let last = self.incidents.len() - 1;
            self.open = (shape.weight == Weight::Report).then_some((last, segment.row));
            return true;
        }
        false
    }

    fn incident(&mut self, segment: &Segment<'_>, shape: &Shape, found: &Captures<'_>) -> Incident {
        let span_of = |name: &str| {
            found.name(name).map(|part| Span::new(segment.start + part.start(), segment.start + part.end()))
        };
        let mut facts = Facts::default();
        let url = found.name("url").map(|part| part.as_str());
        let method = found.name("method").map(|part| part.as_str()).or(shape.method);
        let method = method.or_else(|| self.context.method_of(url?));
        facts.set(FactKey::Method, method.unwrap_or_default(), span_of("method"));
        facts.set(FactKey::Status, "403", None);
        let tool = if segment.tool.ends_with("npm") && segment.tool != "pnpm" { "npm" } else { segment.tool };
        let named = shape.client.filter(|client| *client != "npm" || tool.is_empty());
        facts.set(FactKey::Client, named.unwrap_or(tool), None);
        for (key, group) in [(FactKey::Package, "package"), (FactKey::Version, "version")] {
            if let Some(part) = found.name(group) {
                facts.set(key, part.as_str(), span_of(group));
            }
        }
        if let Some(url) = found.name("url") {
            let url = url.as_str().trim_end_matches(['.', ',', ';', ':', ')', '\'', '"']);
            facts.set(FactKey::Url, request::without_login(url), span_of("url"));
            request::read(url, method).tell(method, span_of("url"), &mut facts);
        }
        let mut said = Vec::new();
        for group in ["phrase", "said"] {
            if let Some(part) = found.name(group)
                && let Some(piece) = words_of(part.as_str(), segment.start + part.start(), group)
            {
                said.push(piece);
            }
        }
        self.take_notices(segment.row, &mut said);
        facts.fill_from(&self.block_for(&facts));
        let reason = match (said.is_empty(), shape.shows) {
            (false, _) => ReasonState::Shown,
            (true, Shows::Message) if !segment.text.contains("[object Object]") => ReasonState::Absent,
            (true, _) => ReasonState::NotShown,
        };
        Incident { facts, rows: vec![segment.row], said, reason, occurrences: 1, kind: Kind::Refused }
    }

    /// The package block, as far as it is about this request.
    fn block_for(&self, facts: &Facts) -> Facts {
        let block = &self.context.block;
        let package = facts.get(FactKey::Package);
        let same = package.is_none() || package == block.get(FactKey::Package);
        let reads = facts.get(FactKey::Operation) == Some("install");
        if same && !(reads && package.is_none()) { block.clone() } else { Facts::default() }
    }

    fn take_notices(&mut self, row: usize, said: &mut Vec<Said>) {
        let near = self.notices.drain(..).filter(|(at, _)| row.saturating_sub(*at) <= 40);
        said.extend(near.map(|(_, notice)| notice));
    }

    fn notice(&mut self, segment: &Segment<'_>) {
        const NOISE: [&str; 15] = [
            "package:",
            "name:",
            "version:",
            "filename:",
            "package size:",
            "unpacked size:",
            "shasum:",
            "integrity:",
            "total files:",
            "Tarball",
            "===",
            "Publishing to",
            "New ",
            "Changelog",
            "To update",
        ];
        let text = segment.text;
        let is_file = text
            .split_once(' ')
            .is_some_and(|(size, _)| size.ends_with('B') && size.starts_with(|c: char| c.is_ascii_digit()));
        let noise = text.is_empty() || is_file || NOISE.iter().any(|start| text.starts_with(start));
        if !noise && !text.starts_with('\u{1F4E6}') {
            self.notices.push((segment.row, piece(segment)));
        }
    }

    fn code(&mut self, segment: &Segment<'_>, found: &Captures<'_>) {
        self.context.settle();
        self.coded.push(segment.row);
        self.open = None;
        self.coded_facts.set(FactKey::Code, "E403", None);
        for (key, group) in [(FactKey::Method, "method"), (FactKey::Package, "package")] {
            if let Some(part) = found.name(group) {
                self.coded_facts.set_if_missing(key, part.as_str(), None);
            }
        }
        if !segment.tool.is_empty() {
            let tool = if segment.tool == "lerna" || segment.tool == "pnpm" { segment.tool } else { "npm" };
            self.coded_facts.set_if_missing(FactKey::Client, tool, None);
        }
    }

    /// A line of words: the rest of an open message, or one that may be a message of its own.
    fn words(&mut self, segment: &Segment<'_>) {
        let text = without_advice(segment.text);
        if text.is_empty() && self.open_is_bun() {
            // bun puts a blank line between the status and the registry's words.
            self.open = self.open.map(|(index, _)| (index, segment.row));
            return;
        }
        if text.is_empty() || hit(&BOILERPLATE, text) {
            if text.is_empty() || segment.level == Level::Error {
                self.open = None;
            }
            return;
        }
        if let Some((index, last)) = self.open
            && self.goes_on(segment, index, last)
        {
            if let Some((incident, _)) = self.incidents.get_mut(index)
                && let Some(piece) = words_of(text, segment.start, "said")
            {
                incident.said.push(piece);
                incident.rows.push(segment.row);
                incident.reason = ReasonState::Shown;
            }
            self.open = Some((index, segment.row));
            return;
        }
        self.open = None;
        let list = if segment.level == Level::Error { &mut self.loose } else { &mut self.plain };
        if list.len() < LOOSE {
            list.push((segment.row, piece(segment)));
        }
    }

    fn open_is_bun(&self) -> bool {
        let open = self.open.and_then(|(index, _)| self.incidents.get(index));
        open.is_some_and(|(incident, _)| incident.facts.get(FactKey::Client) == Some("bun"))
    }

    fn goes_on(&self, segment: &Segment<'_>, index: usize, last: usize) -> bool {
        let Some((incident, _)) = self.incidents.get(index) else {
            return false;
        };
        let adjacent = segment.row == last + 1 || segment.row == last;
        let room = incident.rows.len() <= CONTINUATION;
        if segment.level == Level::Error {
            return adjacent && room;
        }
        let ended = incident.said.last().is_some_and(|said| said.text.ends_with(['.', '!', '?', '"', '}']));
        adjacent && room && !ended && !hit(&STOP, segment.text)
    }

    /// Everything read: merges, adds what stands without a URL, and gives the report.
    pub fn finish(mut self) -> Report {
        if let Some((row, start, text)) = self.unfinished.take() {
            self.line(row, start, &text, false);
        }
        let mut merged = adopt(merge(std::mem::take(&mut self.incidents)));
        if merged.is_empty() {
            merged = self.without_url();
        } else {
            self.complete(&mut merged);
        }
        let run = std::mem::take(&mut self.context.run);
        for incident in &mut merged {
            derive::complete(&mut incident.facts, &run, &self.context.named);
            incident.rows.sort_unstable();
            incident.rows.dedup();
        }
        Report { incidents: merged, run, error_rows: self.error_rows }
    }

    /// Gives `code E403` rows and words that stand apart to the incident they belong to.
    fn complete(&mut self, merged: &mut [Incident]) {
        for row in &self.coded {
            let nearest = merged
                .iter_mut()
                .filter(|incident| incident.rows.first().is_some_and(|first| row.abs_diff(*first) <= 6))
                .min_by_key(|incident| incident.rows.first().map(|first| row.abs_diff(*first)));
            if let Some(incident) = nearest {
                incident.facts.set_if_missing(FactKey::Code, "E403", None);
            }
        }
        let silent = merged
            .iter_mut()
            .find(|incident| incident.said.is_empty() && incident.reason == ReasonState::NotShown);
        if let (Some(incident), false) = (silent, self.coded.is_empty()) {
            // npm 1 to 5: the URL stands in the request log, the words in lines of their own.
            add_loose(incident, &self.loose);
            incident.facts.fill_from(&self.coded_facts);
        }
    }

    fn without_url(&mut self) -> Vec<Incident> {
        let blank = |kind: Kind| Incident {
            facts: Facts::default(),
            rows: Vec::new(),
            said: Vec::new(),
            reason: ReasonState::NotShown,
            occurrences: 1,
            kind,
        };
        if !self.coded.is_empty() {
            let mut incident = blank(Kind::Refused);
            incident.facts = std::mem::take(&mut self.coded_facts);
            incident.facts.set(FactKey::Status, "403", None);
            incident.rows = self.coded.iter().take(1).copied().collect();
            add_loose(&mut incident, &self.loose);
            self.take_notices(incident.rows.first().copied().unwrap_or_default(), &mut incident.said);
            incident.facts.fill_from(&self.block_for(&incident.facts));
            return vec![incident];
        }
        let mut lines = std::mem::take(&mut self.loose);
        let foreign = self.plain.iter().chain(&lines).any(|(_, said)| hit(&FOREIGN, &said.text));
        if self.lines <= FRAGMENT_LINES && !foreign {
            lines.append(&mut self.plain);
        }
        lines.extend(std::mem::take(&mut self.notices));
        lines.sort_by_key(|(row, _)| *row);
        lines
            .into_iter()
            .map(|(row, said)| {
                let mut incident = blank(Kind::Suspected);
                add_loose(&mut incident, &[(row, said)]);
                incident.facts.fill_from(&self.block_for(&incident.facts));
                incident
            })
            .collect()
    }
}

/// A line that one chat message joined: npm's fixed advice is cut off.
fn without_advice(text: &str) -> &str {
    let end = ["In most cases, you or one of your", "error 403 In most cases"]
        .iter()
        .filter_map(|advice| text.find(advice))
        .min()
        .unwrap_or(text.len());
    text[..end].trim_end()
}

/// The last character boundary at or before `at`.
fn floor(line: &str, mut at: usize) -> usize {
    while !line.is_char_boundary(at) {
        at -= 1;
    }
    at
}
