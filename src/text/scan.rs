//! A huge log, window by window: finds the lines that may belong to an error and keeps them with what is around them.
//!
//! What is kept depends on the bytes alone, never on how they were cut into windows. Must not know where the bytes
//! come from or what they mean.

use super::hoard::{Hoard, Run, Spot};
use super::shifts::count_chars_of_bytes;
use super::signs;

/// So many lines, but no more than so many bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    pub lines: usize,
    pub bytes: usize,
}

/// What is kept of a huge log, and from which size on a log is huge.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Up to this size everything is kept.
    pub whole: usize,
    /// The start of the log: the command, the versions.
    pub head: Extent,
    /// The end of the log: what the client and the CI system say about it all.
    pub tail: Extent,
    /// Before a sign: what a client says before it sends a request. At least as many bytes as in `after`.
    pub before: Extent,
    /// After a sign.
    pub after: Extent,
    /// Before and after a sign once the room for the first ones is used up.
    pub brief_lines: usize,
    /// Room for what is kept first.
    pub early: usize,
    /// Room for what is kept last.
    pub late: usize,
    /// How much is read at once.
    pub chunk: usize,
}

impl Limits {
    pub const DEFAULT: Self = Self {
        whole: 64 << 20,
        head: Extent { lines: 2000, bytes: 1 << 20 },
        tail: Extent { lines: 2000, bytes: 512 << 10 },
        before: Extent { lines: 400, bytes: 128 << 10 },
        after: Extent { lines: 60, bytes: 64 << 10 },
        brief_lines: 20,
        early: 8 << 20,
        late: 16 << 20,
        chunk: 4 << 20,
    };

    /// How many bytes before the unread part a window must hold.
    pub fn look_back(&self) -> usize {
        HELD_BACK + self.before.bytes.max(self.after.bytes).max(self.tail.bytes)
    }
}

/// After a sign the search goes on in the next line, or after so many bytes.
const STRIDE: usize = 4 << 10;
/// The end of a window is searched with the next one, so that every sign has its surroundings.
const HELD_BACK: usize = STRIDE + signs::LOOK_AHEAD;

/// A part of the input that lies in one piece in memory.
#[derive(Clone, Copy)]
pub(super) struct Window<'a> {
    pub bytes: &'a [u8],
    /// Where it starts in the input.
    pub start: u64,
}

impl<'a> Window<'a> {
    fn end(self) -> u64 {
        self.start + self.bytes.len() as u64
    }

    fn index(self, offset: u64) -> usize {
        usize::try_from(offset.saturating_sub(self.start)).unwrap_or(usize::MAX).min(self.bytes.len())
    }

    fn part(self, from: u64, to: u64) -> &'a [u8] {
        &self.bytes[self.index(from)..self.index(to).max(self.index(from))]
    }
}

/// A sign whose surroundings are not complete yet.
#[derive(Clone, Copy, Debug)]
struct Open {
    sign: u64,
    line: usize,
    after: Extent,
}

/// What a scan found.
#[derive(Debug)]
pub(super) struct Found {
    pub runs: Vec<Run>,
    /// How many lines there were.
    pub lines: usize,
    /// How many lines carry a sign.
    pub signs: usize,
    /// Whether there was no room for all of them.
    pub is_short: bool,
}

/// Finds and keeps.
pub(super) struct Scanner {
    limits: Limits,
    line_end: u8,
    hoard: Hoard,
    /// Everything before this was searched; how many lines end before it, and the characters since.
    done: u64,
    spot: Spot,
    /// Lines that end before `counted`, which is where the search is.
    counted: u64,
    lines: usize,
    /// Lines that end before `end`, which is where the last window ends.
    end: u64,
    end_lines: usize,
    /// Where the search goes on.
    resume: u64,
    /// Everything before this that is wanted is in the hoard.
    kept_to: u64,
    /// Where the last stretch starts.
    begun: Spot,
    open: Option<Open>,
    signs: usize,
}

impl Scanner {
    /// Starts with the first bytes of the input, which are to be scanned as well: as many as the head may have, or all.
    pub fn new(first: &[u8], line_end: u8, limits: Limits) -> Self {
        let mut scanner = Self {
            limits,
            line_end,
            hoard: Hoard::new(line_end, limits.early, limits.late),
            done: 0,
            spot: Spot::default(),
            counted: 0,
            lines: 0,
            end: 0,
            end_lines: 0,
            resume: 0,
            kept_to: 0,
            begun: Spot::default(),
            open: None,
            signs: 0,
        };
        let first = Window { bytes: &first[..first.len().min(limits.head.bytes)], start: 0 };
        let head = Extent { lines: limits.head.lines.saturating_sub(1), ..limits.head };
        let (end, _) = scanner.end_after(first, 0, head, first.end());
        scanner.keep(first, end);
        scanner
    }

    /// Scans what is new in a window. Each window starts at most [`Limits::look_back`] bytes before the end of the
    /// last one, or where the input starts. `ends` says how many lines end in what is new, if that is known.
    pub fn scan(&mut self, window: Window<'_>, ends: Option<usize>) {
        self.end_lines += ends.unwrap_or_else(|| self.count(window.part(self.end, window.end())));
        self.end = window.end();
        let limit = window.end().saturating_sub(HELD_BACK as u64);
        if limit > self.done {
            self.search(window, limit);
        }
    }

    /// Scans the rest: `window` is the last one once more.
    pub fn finish(mut self, window: Window<'_>) -> Found {
        let end = window.end();
        self.search(window, end);
        // Surroundings that the end of the input cuts short reach up to it.
        if self.open.is_some() {
            self.keep(window, end);
        }
        let from = self.start_before(window, end, self.limits.tail);
        self.begin(window, from);
        self.keep(window, end);
        let is_last_open = window.bytes.last().is_some_and(|&last| last != self.line_end);
        let lines = self.lines + usize::from(is_last_open);
        let (runs, is_short) = self.hoard.finish();
        Found { runs, lines, signs: self.signs, is_short }
    }

    fn search(&mut self, window: Window<'_>, limit: u64) {
        let mut at = self.resume.max(self.done);
        while at < limit
            && let Some(found) = signs::next(window.bytes, window.index(at))
        {
            let sign = window.start + found as u64;
            if sign >= limit {
                break;
            }
            self.sign(window, sign);
            let near = window.part(sign, sign + STRIDE as u64);
            at = sign + memchr::memchr(self.line_end, near).map_or(STRIDE, |end| end + 1) as u64;
        }
        self.resume = at;
        self.settle(window, limit);
        self.lines = self.end_lines - self.count(window.part(limit, self.end)).min(self.end_lines);
        self.counted = limit;
        let new = window.part(self.done, limit);
        self.spot.column = match memchr::memrchr(self.line_end, new) {
            Some(last) => count_chars_of_bytes(&new[last + 1..]),
            None => self.spot.column + count_chars_of_bytes(new),
        };
        self.spot.line = self.lines;
        self.done = limit;
    }

    fn count(&self, bytes: &[u8]) -> usize {
        memchr::memchr_iter(self.line_end, bytes).count()
    }

    fn sign(&mut self, window: Window<'_>, sign: u64) {
        self.signs += 1;
        self.lines += self.count(window.part(self.counted, sign));
        self.counted = sign;
        let line = self.lines;
        if let Some(open) = &mut self.open {
            let is_near = line - open.line <= open.after.lines && sign - open.sign < open.after.bytes as u64;
            if is_near {
                (open.sign, open.line) = (sign, line);
                return;
            }
            let Open { sign: before, after, .. } = *open;
            let (end, _) = self.end_after(window, before, after, sign);
            self.keep(window, end);
        }
        let (mut before, mut after) = (self.limits.before, self.limits.after);
        if self.hoard.is_early_full() {
            before.lines = self.limits.brief_lines;
            after.lines = self.limits.brief_lines;
        }
        let from = self.start_before(window, sign, before);
        self.begin(window, from);
        self.open = Some(Open { sign, line, after });
    }

    /// Keeps what is certain to be wanted of the open surroundings.
    fn settle(&mut self, window: Window<'_>, limit: u64) {
        if let Some(open) = self.open {
            let (end, is_complete) = self.end_after(window, open.sign, open.after, limit);
            self.keep(window, end);
            if is_complete {
                self.open = None;
            }
        }
    }

    /// Where the surroundings of a sign start: a line start, unless there is none near.
    fn start_before(&self, window: Window<'_>, sign: u64, extent: Extent) -> u64 {
        let lowest = sign.saturating_sub(extent.bytes as u64);
        let near = window.part(lowest, sign);
        let mut ends = memchr::memrchr_iter(self.line_end, near);
        if let Some(end) = ends.nth(extent.lines) {
            return lowest + end as u64 + 1;
        }
        match memchr::memchr(self.line_end, near) {
            _ if lowest == 0 => 0,
            Some(end) => lowest + end as u64 + 1,
            // A character that is cut in half is left out.
            None => lowest + near.iter().take(3).take_while(|b| (0x80..0xc0).contains(*b)).count() as u64,
        }
    }

    /// Where the surroundings of a sign end, as far as it is known before `limit`, and whether that is final.
    fn end_after(&self, window: Window<'_>, sign: u64, extent: Extent, limit: u64) -> (u64, bool) {
        let furthest = sign + extent.bytes as u64;
        let near = window.part(sign, furthest.min(limit));
        let mut ends = memchr::memchr_iter(self.line_end, near);
        if let Some(end) = ends.nth(extent.lines) {
            return (sign + end as u64 + 1, true);
        }
        let end = memchr::memrchr(self.line_end, near).map_or(near.len(), |end| end + 1);
        (sign + end as u64, furthest <= limit)
    }

    /// Starts a new stretch, unless it would touch the one before.
    fn begin(&mut self, window: Window<'_>, from: u64) {
        if from > self.kept_to {
            self.begun = self.spot_at(window, from);
            self.kept_to = from;
        }
    }

    fn keep(&mut self, window: Window<'_>, to: u64) {
        if to > self.kept_to {
            self.hoard.add(self.kept_to, window.part(self.kept_to, to), self.begun);
            self.kept_to = to;
        }
    }

    /// Line and column of a byte that is not before the window.
    pub fn spot_at(&self, window: Window<'_>, offset: u64) -> Spot {
        let line = if offset <= self.counted {
            self.lines - self.count(window.part(offset, self.counted))
        } else {
            self.lines + self.count(window.part(self.counted, offset))
        };
        let before = window.part(window.start, offset);
        let column = match memchr::memrchr(self.line_end, before) {
            Some(last) => count_chars_of_bytes(&before[last + 1..]),
            None if window.start == 0 => count_chars_of_bytes(before),
            // The line starts before the window, so up to `done` its characters were counted.
            None if offset >= self.done => {
                self.spot.column + count_chars_of_bytes(window.part(self.done, offset))
            }
            None => {
                self.spot.column - count_chars_of_bytes(window.part(offset, self.done)).min(self.spot.column)
            }
        };
        Spot { line, column }
    }
}
