//! An input of any size into bounded memory: all of it, or of a huge one what a scan keeps.
//!
//! A huge input is read on the caller's thread and scanned on another. It is read once and never mapped: a log may
//! grow or shrink meanwhile, and a pipe cannot be mapped at all. Must not know what a log says.

use std::io::{self, ErrorKind, Read};
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::thread;

use super::encoding::{Binary, Encoding};
use super::hoard::Run;
use super::scan::{Found, Limits, Scanner, Window};
use super::utf16::Transcoder;

/// What was kept of an input.
#[derive(Debug)]
pub(super) enum Kept {
    /// Everything, as it came.
    Whole(Vec<u8>),
    /// Parts of a huge input.
    Parts(Box<Parts>),
}

/// What was kept of a huge input.
#[derive(Debug)]
pub(super) struct Parts {
    pub encoding: Encoding,
    pub binary: Option<Binary>,
    pub line_end: u8,
    /// The size of the whole input in bytes.
    pub size: u64,
    /// What was found, in UTF-8, bad bytes of UTF-8 left as they are.
    pub found: Found,
    /// Bytes of UTF-16 that could not be decoded, and the line of the first.
    pub bad_bytes: usize,
    pub first_bad_line: Option<usize>,
}

/// Reads to the end, from pipes and growing files too. `expected` is the size that the system gives, if it does.
pub(super) fn read(mut reader: impl Read, expected: Option<u64>, limits: Limits) -> io::Result<Kept> {
    // A file that is huge already need not be held until it turns out to be.
    let is_huge = expected.is_some_and(|size| size > limits.whole as u64);
    let most = if is_huge { limits.head.bytes } else { limits.whole + 1 };
    let mut first = Vec::new();
    reader.by_ref().take(most as u64).read_to_end(&mut first)?;
    if first.len() < most {
        return Ok(Kept::Whole(first));
    }
    let mut intake = Intake::new(&first, limits);
    intake.start(first);
    if !overlapped(&mut intake, &mut reader, limits)? {
        in_turns(&mut intake, &mut reader, limits)?;
    }
    Ok(Kept::Parts(Box::new(intake.finish())))
}

/// How many buffers there are: one is read into, one waits, one is scanned, and one is the last that was.
const BUFFERS: usize = 4;

/// Reads here and scans on another thread; says `false`, having done nothing, if there can be none.
fn overlapped(intake: &mut Intake, reader: &mut impl Read, limits: Limits) -> io::Result<bool> {
    let (filled, inbox) = sync_channel::<Buffer>(1);
    let (outbox, emptied) = channel::<Buffer>();
    thread::scope(|scope| {
        let worker = thread::Builder::new().name("scan".to_owned());
        let Ok(worker) = worker.spawn_scoped(scope, move || drain(intake, &inbox, &outbox)) else {
            return Ok(false);
        };
        let mut made = 0;
        let result = loop {
            let buffer = if made < BUFFERS { emptied.try_recv().ok() } else { emptied.recv().ok() };
            made += usize::from(buffer.is_none());
            let mut buffer = buffer.unwrap_or_default();
            match buffer.fill(reader, limits) {
                Ok(0) => break Ok(()),
                Ok(_) if filled.send(buffer).is_ok() => {}
                // The other thread has panicked, as joining it will tell.
                Ok(_) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        drop(filled);
        if let Err(panic) = worker.join() {
            std::panic::resume_unwind(panic);
        }
        result.map(|()| true)
    })
}

fn drain(intake: &mut Intake, inbox: &Receiver<Buffer>, outbox: &Sender<Buffer>) {
    for buffer in inbox {
        let emptied = intake.feed(buffer);
        // Once the reader is done nobody wants empty buffers.
        outbox.send(emptied).ok();
    }
}

fn in_turns(intake: &mut Intake, reader: &mut impl Read, limits: Limits) -> io::Result<()> {
    let mut buffer = Buffer::default();
    while buffer.fill(reader, limits)? > 0 {
        buffer = intake.feed(buffer);
    }
    Ok(())
}

/// New bytes, and room in front for what came before them.
#[derive(Default)]
struct Buffer {
    bytes: Vec<u8>,
    /// Where the new bytes start.
    lead: usize,
    /// The bytes in use.
    from: usize,
    to: usize,
    /// How many line feeds are in the new bytes, if they were counted.
    line_feeds: Option<usize>,
}

/// So much is read at a time that it is still in the processor's cache when its line feeds are counted.
const GULP: usize = 256 << 10;

impl Buffer {
    /// Reads until it is full or the input is at its end; says how much.
    fn fill(&mut self, reader: &mut impl Read, limits: Limits) -> io::Result<usize> {
        self.lead = limits.look_back();
        self.bytes.resize(self.lead + limits.chunk, 0);
        (self.from, self.to) = (self.lead, self.lead);
        let mut line_feeds = 0;
        while self.to < self.bytes.len() {
            let end = self.bytes.len().min(self.to + GULP);
            match reader.read(&mut self.bytes[self.to..end]) {
                Ok(0) => break,
                Ok(count) => {
                    line_feeds += memchr::memchr_iter(b'\n', &self.bytes[self.to..self.to + count]).count();
                    self.to += count;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.line_feeds = Some(line_feeds);
        Ok(self.to - self.lead)
    }

    fn set(&mut self, lead: usize, new: &[u8]) {
        self.bytes.clear();
        self.bytes.resize(lead, 0);
        self.bytes.extend_from_slice(new);
        (self.lead, self.from, self.to) = (lead, lead, self.bytes.len());
        self.line_feeds = None;
    }

    fn used(&self) -> &[u8] {
        &self.bytes[self.from..self.to]
    }
}

/// Takes buffers and scans them.
struct Intake {
    limits: Limits,
    encoding: Encoding,
    binary: Option<Binary>,
    mark: usize,
    size: u64,
    transcoder: Option<Transcoder>,
    text: String,
    scanner: Option<Scanner>,
    line_end: u8,
    /// The last one that was scanned.
    last: Buffer,
    spare: Buffer,
    /// How many bytes were scanned.
    end: u64,
    first_bad_line: Option<usize>,
}

impl Intake {
    fn new(first: &[u8], limits: Limits) -> Self {
        let (encoding, mark) = Encoding::detect(first);
        Self {
            limits,
            encoding,
            binary: Binary::detect(first, encoding),
            mark,
            size: 0,
            transcoder: encoding.transcoder(),
            text: String::new(),
            scanner: None,
            line_end: b'\n',
            last: Buffer::default(),
            spare: Buffer::default(),
            end: 0,
            first_bad_line: None,
        }
    }

    /// Takes what was read to see how large the input is.
    fn start(&mut self, first: Vec<u8>) {
        let (head, rest) = first.split_at(self.limits.head.bytes.min(first.len()));
        self.size += self.mark as u64;
        let mut buffer = Buffer::default();
        for piece in [&head[self.mark..]].into_iter().chain(rest.chunks(self.limits.chunk)) {
            buffer.set(self.limits.look_back(), piece);
            buffer = self.feed(buffer);
        }
    }

    /// Takes a buffer, gives one back to be filled again.
    fn feed(&mut self, buffer: Buffer) -> Buffer {
        self.size += (buffer.to - buffer.lead) as u64;
        let Some(transcoder) = &mut self.transcoder else {
            return self.push(buffer);
        };
        self.text.clear();
        transcoder.feed(&buffer.bytes[buffer.lead..buffer.to], &mut self.text);
        self.push_text();
        buffer
    }

    fn push_text(&mut self) {
        let mut buffer = std::mem::take(&mut self.spare);
        buffer.set(self.limits.look_back(), self.text.as_bytes());
        self.spare = self.push(buffer);
    }

    /// Scans a buffer behind the end of the last one, and gives that back.
    fn push(&mut self, mut buffer: Buffer) -> Buffer {
        let before = self.last.used();
        let lead = buffer.lead.min(before.len());
        buffer.from = buffer.lead - lead;
        buffer.bytes[buffer.from..buffer.lead].copy_from_slice(&before[before.len() - lead..]);
        let start = self.end - lead as u64;
        self.end = start + buffer.used().len() as u64;
        let window = Window { bytes: buffer.used(), start };
        let scanner = self.scanner.get_or_insert_with(|| {
            self.line_end = super::decode::line_end_of(window.bytes);
            Scanner::new(window.bytes, self.line_end, self.limits)
        });
        let first_bad = self.transcoder.as_ref().and_then(|transcoder| transcoder.first_bad);
        if let (Some(at), None) = (first_bad, self.first_bad_line) {
            self.first_bad_line = Some(scanner.spot_at(window, at).line + 1);
        }
        scanner.scan(window, buffer.line_feeds.filter(|_| self.line_end == b'\n'));
        std::mem::replace(&mut self.last, buffer)
    }

    fn finish(mut self) -> Parts {
        if let Some(transcoder) = &mut self.transcoder {
            self.text.clear();
            transcoder.finish(&mut self.text);
            self.push_text();
        }
        let bytes = self.last.used();
        let window = Window { bytes, start: self.end - bytes.len() as u64 };
        let scanner = self.scanner.unwrap_or_else(|| Scanner::new(bytes, self.line_end, self.limits));
        Parts {
            encoding: self.encoding,
            binary: self.binary,
            line_end: self.line_end,
            size: self.size,
            found: scanner.finish(window),
            bad_bytes: self.transcoder.map_or(0, |transcoder| transcoder.bad_bytes),
            first_bad_line: self.first_bad_line,
        }
    }
}

impl Parts {
    /// Says what was left out, if anything was.
    pub fn warning(&self) -> Option<String> {
        let Found { lines, signs, is_short, .. } = self.found;
        let (missing, places) = self.missing();
        let missing = match (missing, places) {
            (_, 0) => return None,
            (0, _) if lines == 1 => "the middle of its only line was not read".to_owned(),
            (0, _) => "parts of very long lines were not read".to_owned(),
            (1, _) => "1 line was not read".to_owned(),
            (missing, 1) => format!("{} in a row were not read", count(missing, "line")),
            (missing, places) => {
                format!("{} in {} were not read", count(missing, "line"), count(places, "place"))
            }
        };
        let why = if is_short {
            let signs = count(signs, "line");
            format!("{signs} look like errors, too many to keep, so only the first and the last were")
        } else {
            "nothing there looks like an error".to_owned()
        };
        Some(format!(
            "the log is {} and {} long; {missing}: {why}; open the part around the error if the answer is not here",
            size_in_words(self.size),
            count(lines, "line"),
        ))
    }

    /// How many lines are not there at all, and in how many places something is missing.
    fn missing(&self) -> (usize, usize) {
        let mut lines = 0;
        let mut places = 0;
        for pair in self.found.runs.windows(2) {
            let [Run { spot, bytes, .. }, next] = pair else {
                continue;
            };
            let end = spot.after(bytes, self.line_end);
            lines += next.spot.line.saturating_sub(end.line + usize::from(end.column > 0));
            places += 1;
        }
        (lines, places)
    }
}

/// `12,336,526 lines`.
fn count(number: usize, what: &str) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {what}{}", if number == 1 { "" } else { "s" })
}

/// A size as people say it.
fn size_in_words(bytes: u64) -> String {
    let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB")];
    match units.into_iter().find(|(unit, _)| bytes >= *unit) {
        Some((unit, name)) if bytes < 10 * unit && name == "GB" => {
            format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit)
        }
        Some((unit, name)) => format!("{} {name}", (bytes + unit / 2) / unit),
        None => format!("{bytes} bytes"),
    }
}

#[cfg(test)]
mod tests;
