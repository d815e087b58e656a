//! Line by line to incidents: recognising, continuing, merging.
//!
//! Owns the rules of what belongs together. Must not know causes.

use std::collections::HashMap;

use regex::Captures;

use super::assemble::words_of;
use super::clients::{SHAPES, Shape, Shows, Weight, berry, deno};
use super::context::{Context, Job, trailing};
use super::fold::Folder;
use super::frame::{self, Level, Segment};
use super::gather::Gathered;
use super::json;
use super::line::Line;
use super::patterns::{ADVICE, BOILERPLATE, CODE, INTEREST, REFUSED, STOP, hit, holds};
use super::words::Words;
use super::{ERROR_ROWS, Incident, Kind, Part, Said, is_fixed_advice, request, servers};
use crate::facts::{FactKey, Facts};
use crate::knowledge::ReasonState;
use crate::text::Redacted;

/// How many lines of a message may follow the line with the URL.
const CONTINUATION: usize = 6;
/// How many rows behind a refusal what a client says about it may stand.
const TRAILING: usize = 14;
/// A text this short is a pasted fragment: any of its lines may be the message.
pub(super) const FRAGMENT_LINES: usize = 40;
/// Of a longer line only the neighbourhood of each `403` is read.
const LINE_LIMIT: usize = 32 * 1024;
/// How much of a long line is read before and after a `403`.
const WINDOW: (usize, usize) = (2 * 1024, 8 * 1024);
/// How many neighbourhoods of one line are read.
const WINDOWS: usize = 64;

/// Collects incidents while lines go by.
pub struct Collector<'a> {
    pub(super) folder: Folder<'a>,
    pub(super) ready: Vec<Line<'a>>,
    pub(super) context: Context,
    pub(super) gathered: Gathered,
    /// The message of the last incident may go on: its last row, and whether it carries a tool's frame.
    open: Option<(usize, bool)>,
    pub(super) words: Words,
    /// Rows that say 403 without a URL, and the method they name.
    pub(super) coded: Vec<usize>,
    pub(super) coded_facts: Facts,
    berry: berry::Group,
    pub(super) deno: deno::Group,
    pub(super) by_hand: servers::curl::Group,
    pub(super) error_rows: Vec<usize>,
    pub(super) other_rows: Vec<usize>,
    pub(super) lines: usize,
    /// The job whose lines are being read, and what the others wait with.
    job: u16,
    parked: HashMap<u16, Parked>,
}

/// What a job waits with while another one writes.
#[derive(Default)]
struct Parked {
    job: Job,
    berry: berry::Group,
    deno: deno::Group,
    notices: Vec<(usize, Said)>,
}

impl<'a> Collector<'a> {
    /// A collector for a log, whose lines it is fed then.
    pub fn new(log: &Redacted) -> Self {
        Self {
            folder: Folder::new(log),
            ready: Vec::new(),
            context: Context::default(),
            gathered: Gathered::default(),
            open: None,
            words: Words::default(),
            coded: Vec::new(),
            coded_facts: Facts::default(),
            berry: berry::Group::default(),
            deno: deno::Group::default(),
            by_hand: servers::curl::Group::default(),
            error_rows: Vec::new(),
            other_rows: Vec::new(),
            lines: 0,
            job: 0,
            parked: HashMap::new(),
        }
    }

    /// Reads one row, which this job wrote.
    pub fn read(&mut self, job: u16, row: usize, start: usize, text: &'a str) {
        self.lines += 1;
        if job != self.job {
            self.switch(job);
        }
        if text.len() > LINE_LIMIT {
            self.long_row(row, start, text);
            return;
        }
        let reading = self.folder.is_open() || self.deno.is_open() || self.by_hand.is_open();
        let open = self.open.is_some() || reading;
        if self.lines > FRAGMENT_LINES && !open && !hit(&INTEREST, text) {
            return;
        }
        let mut ready = std::mem::take(&mut self.ready);
        self.folder.feed(row, start, text, &mut ready);
        for line in ready.drain(..) {
            self.line(&line);
        }
        self.ready = ready;
    }

    /// Another job goes on with what it was saying.
    fn switch(&mut self, job: u16) {
        let mut ready = std::mem::take(&mut self.ready);
        self.folder.finish(&mut ready);
        for line in ready.drain(..) {
            self.line(&line);
        }
        self.ready = ready;
        self.open = None;
        let mut next = self.parked.remove(&job).unwrap_or_default();
        std::mem::swap(&mut self.context.job, &mut next.job);
        std::mem::swap(&mut self.berry, &mut next.berry);
        std::mem::swap(&mut self.deno, &mut next.deno);
        self.words.swap_notices(&mut next.notices);
        self.parked.insert(self.job, next);
        self.job = job;
    }

    /// A minified file or a log that lost its line breaks.
    fn long_row(&mut self, row: usize, start: usize, text: &'a str) {
        let mut from = 0;
        for _ in 0..WINDOWS {
            let Some(found) = memchr::memmem::find(&text.as_bytes()[from..], b"403") else {
                return;
            };
            let begin = text.floor_char_boundary((from + found).saturating_sub(WINDOW.0).max(from));
            let end = text.floor_char_boundary((from + found + WINDOW.1).min(text.len()));
            self.line(&Line::new(row, start + begin, &text[begin..end]));
            from = end;
        }
    }

    pub(super) fn line(&mut self, line: &Line<'_>) {
        if let Some(incident) = self.by_hand.read(line) {
            self.gathered.add(incident, Weight::Report);
            self.open = None;
        }
        if self.by_hand.is_open() {
            return;
        }
        if let Some(incident) = servers::read(line) {
            self.gathered.add(incident, Weight::Report);
            self.open = None;
            return;
        }
        let sentences = json::unwrap(line);
        if !sentences.is_empty() {
            for sentence in &sentences {
                self.sentence(sentence);
            }
            return;
        }
        if let Some(incident) = self.deno.read(line) {
            self.gathered.add(incident, Weight::Report);
        }
        self.sentence(line);
    }

    /// A line that a client may have written.
    fn sentence(&mut self, line: &Line<'_>) {
        if let Some(mut incident) = self.berry.read(line) {
            incident.facts.fill_from(&self.block_for(&incident.facts));
            self.gathered.add(incident, Weight::Report);
            self.open = None;
            return;
        }
        for segment in frame::segments(line) {
            self.segment(&segment);
        }
    }

    fn segment(&mut self, segment: &Segment<'_>) {
        self.context.read(segment);
        let is_new = |rows: &[usize]| rows.len() < ERROR_ROWS && rows.last() != Some(&segment.row());
        if segment.level == Level::Error && is_new(&self.error_rows) {
            self.error_rows.push(segment.row());
        }
        let refused = self.refusal(segment);
        self.trailer(segment);
        if refused {
            return;
        }
        if is_fixed_advice(segment.text) {
            // npm 6 names the parent below other errors too.
            if !segment.text.contains("It was specified") {
                self.coded.push(segment.row());
            }
            self.open = None;
            return;
        }
        // `403 Forbidden` alone is any web server's; it counts in a package manager's frame.
        let bare = segment.level == Level::Plain && segment.text.starts_with("403");
        let may_be_code = !bare && holds(&REFUSED, segment.text);
        if let Some(found) =
            CODE.as_ref().filter(|_| may_be_code).and_then(|code| code.captures(segment.text))
        {
            self.code(segment, &found);
            return;
        }
        if segment.level != Level::Error && segment.text.contains("403") && is_new(&self.other_rows) {
            // Somebody's 403, if nobody's here: a near miss may know whose.
            self.other_rows.push(segment.row());
        }
        match segment.level {
            Level::Error | Level::Plain => self.words(segment),
            Level::Notice => self.words.notice(segment),
            Level::Detail if segment.text.starts_with("bad json <") => self.page(segment),
            Level::Warn | Level::Http | Level::Detail => {}
        }
    }

    /// A line that names the refused request.
    fn refusal(&mut self, segment: &Segment<'_>) -> bool {
        let text = without_advice(segment.text);
        for shape in SHAPES.iter() {
            // lerna's row is too short to be tried on other tools' lines.
            let stranger = shape.row.client == Some("lerna") && segment.tool != "lerna";
            if stranger || shape.row.framed && segment.tool.is_empty() || !holds(&shape.literal, text) {
                continue;
            }
            let Some(found) = shape.regex.captures(text) else {
                continue;
            };
            let url = found.name("url").filter(|_| segment.tool.is_empty());
            if url.is_some_and(|url| servers::is_foreign(url.as_str())) {
                continue;
            }
            self.context.settle();
            let incident = self.incident(segment, shape, &found);
            // A stack in a debug log repeats what the error says.
            let repeats = segment.level == Level::Detail || shape.row.weight == Weight::Echo;
            let weight = match (segment.is_quoted(), repeats) {
                (true, _) => Weight::Quote,
                (false, true) => Weight::Echo,
                (false, false) => Weight::Report,
            };
            self.gathered.add(incident, weight);
            let goes_on = weight != Weight::Echo && shape.row.shows == Shows::Message;
            self.open = goes_on.then_some((segment.last_row(), !segment.tool.is_empty()));
            return true;
        }
        false
    }

    fn incident(&mut self, segment: &Segment<'_>, shape: &Shape, found: &Captures<'_>) -> Incident {
        let span_of = |name: &str| found.name(name).map(|part| segment.span(part.range()));
        let mut facts = Facts::default();
        let url = found.name("url").map(|part| part.as_str());
        let method = found.name("method").map(|part| part.as_str()).or(shape.row.method);
        let method = method.or_else(|| self.context.method_of(url?)).map(str::to_owned);
        let method = method.as_deref();
        facts.set(FactKey::Method, method.unwrap_or_default(), span_of("method"));
        facts.set(FactKey::Status, "403", None);
        let tool = if segment.tool.ends_with("npm") && segment.tool != "pnpm" { "npm" } else { segment.tool };
        let named = shape.row.client.filter(|client| *client != "npm" || tool.is_empty());
        facts.set(FactKey::Client, named.unwrap_or(tool), None);
        for (key, group) in [(FactKey::Package, "package"), (FactKey::Version, "version")] {
            if let Some(part) = found.name(group) {
                facts.set(key, part.as_str(), span_of(group));
            }
        }
        let failed = if url.is_none() && segment.text.starts_with("fetch failed") {
            self.context.take_failed()
        } else {
            None
        };
        if let Some((url, span)) = failed {
            facts.set(FactKey::Url, request::without_login(&url), Some(span));
            request::read(&url, method).tell(method, Some(span), &mut facts);
        }
        if let Some(url) = found.name("url") {
            let url = url.as_str().trim_end_matches(['.', ',', ';', ':', ')', '\'', '"']);
            facts.set(FactKey::Url, request::without_login(url), span_of("url"));
            request::read(url, method).tell(method, span_of("url"), &mut facts);
        }
        let mut said = Vec::new();
        for (group, part) in [("phrase", Part::Phrase), ("said", Part::Message)] {
            let text = found.name(group).map(|text| text.as_str());
            said.extend(text.and_then(|text| words_of(segment, text, part)));
        }
        self.words.take_notices(segment.row(), &mut said);
        if shape.row.client == Some("bun") {
            self.words.take_note(segment.row(), &mut said);
        }
        facts.fill_from(&self.block_for(&facts));
        let reason = match (said.is_empty(), shape.row.shows) {
            (false, _) => ReasonState::Shown,
            (true, Shows::Message) if !segment.text.contains("[object Object]") => ReasonState::Absent,
            (true, _) => ReasonState::NotShown,
        };
        let hides = shape.row.hides.to_vec();
        let kind =
            if shape.row.stated || segment.text.contains("403") { Kind::Refused } else { Kind::Unstated };
        Incident { facts, rows: segment.rows(), said, reason, hides, occurrences: 1, kind }
    }

    /// A page where JSON was due: a gateway may have put it there, with status 200.
    fn page(&mut self, segment: &Segment<'_>) {
        let Some((url, span)) = self.context.answered().cloned() else {
            return;
        };
        let mut facts = Facts::default();
        facts.set(FactKey::Method, "GET", None);
        facts.set(FactKey::Url, request::without_login(&url), Some(span));
        request::read(&url, Some("GET")).tell(Some("GET"), Some(span), &mut facts);
        let (said, hides) = (Vec::new(), vec![FactKey::Phrase]);
        let reason = ReasonState::NotShown;
        let incident = Incident {
            facts,
            rows: segment.rows(),
            said,
            reason,
            hides,
            occurrences: 1,
            kind: Kind::Suspected,
        };
        self.gathered.add(incident, Weight::Report);
        self.open = None;
    }

    /// The package block, as far as it is about this request.
    pub(super) fn block_for(&self, facts: &Facts) -> Facts {
        let own = &self.context.job.block;
        let shared = self.parked.get(&0).map_or(own, |parked| &parked.job.block);
        let block = if own.iter().next().is_none() { shared } else { own };
        let package = facts.get(FactKey::Package);
        let reads = facts.get(FactKey::Operation) == Some("install");
        // `npm publish --json` prints where to, and not what.
        let unnamed = !block.has(FactKey::Package) && !reads;
        let same = unnamed || package.is_none() || package == block.get(FactKey::Package);
        if same && !(reads && package.is_none()) { block.clone() } else { Facts::default() }
    }

    /// What a client says about a refusal some lines below it.
    fn trailer(&mut self, segment: &Segment<'_>) {
        let Some(incident) = self.gathered.last_mut() else {
            return;
        };
        let near = incident.rows.last().is_some_and(|last| segment.row().saturating_sub(*last) <= TRAILING);
        if near {
            incident.facts.fill_from(&trailing(segment));
        }
    }

    fn code(&mut self, segment: &Segment<'_>, found: &Captures<'_>) {
        self.context.settle();
        self.coded.push(segment.row());
        self.open = None;
        self.coded_facts.set(FactKey::Code, "E403", None);
        for (key, group) in [(FactKey::Method, "method"), (FactKey::Package, "package")] {
            if let Some(part) = found.name(group) {
                self.coded_facts.set_if_missing(key, part.as_str(), Some(segment.span(part.range())));
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
            self.open = self.open.map(|(_, framed)| (segment.row(), framed));
            return;
        }
        if text.is_empty() || hit(&BOILERPLATE, text) {
            if text.is_empty() || segment.level == Level::Error {
                self.open = None;
            }
            return;
        }
        if let Some((last, framed)) = self.open
            && self.goes_on(segment, last, framed)
        {
            if let Some(incident) = self.gathered.last_mut()
                && let Some(piece) = words_of(segment, text, Part::Message)
            {
                incident.said.push(piece);
                incident.rows.push(segment.row());
                incident.reason = ReasonState::Shown;
            }
            self.open = Some((segment.last_row(), framed));
            return;
        }
        self.open = None;
        self.words.keep(segment);
    }

    fn open_is_bun(&self) -> bool {
        let last = self.gathered.last().filter(|_| self.open.is_some());
        last.is_some_and(|incident| incident.facts.get(FactKey::Client) == Some("bun"))
    }

    fn goes_on(&self, segment: &Segment<'_>, last: usize, framed: bool) -> bool {
        let Some(incident) = self.gathered.last() else {
            return false;
        };
        let adjacent = segment.row() == last + 1 || segment.row() == last;
        let room = incident.said.len() <= CONTINUATION;
        if segment.level == Level::Error {
            return adjacent && room && framed != segment.tool.is_empty();
        }
        let ended = incident.said.last().is_some_and(|said| said.text.ends_with(['.', '!', '?', '"', '}']));
        adjacent && room && !ended && !hit(&STOP, segment.text)
    }
}

/// A line that one chat message joined: npm's fixed advice is cut off.
fn without_advice(text: &str) -> &str {
    if !holds(&ADVICE, text) {
        return text.trim_end();
    }
    let end = ["In most cases, you or one of your", "error 403 In most cases"]
        .iter()
        .filter_map(|advice| text.find(advice))
        .min()
        .unwrap_or(text.len());
    text[..end].trim_end()
}
