//! What is kept of a huge input: stretches of it, each with its place, in bounded memory.
//!
//! The first bytes that are handed over stay, and the last ones; what comes between goes when there is no room left.
//! Must not know why a stretch is worth keeping.

use std::collections::VecDeque;

use super::shifts::count_chars_of_bytes;

/// Line and column, both counted from 0; columns in characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spot {
    pub line: usize,
    pub column: usize,
}

impl Spot {
    /// Where one is after these bytes.
    pub fn after(self, bytes: &[u8], line_end: u8) -> Self {
        match memchr::memrchr(line_end, bytes) {
            Some(last) => Self {
                line: self.line + memchr::memchr_iter(line_end, bytes).count(),
                column: count_chars_of_bytes(&bytes[last + 1..]),
            },
            None => Self { line: self.line, column: self.column + count_chars_of_bytes(bytes) },
        }
    }
}

/// A stretch of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// Where it starts, in bytes of the input's text.
    pub offset: u64,
    /// Where it starts, for people.
    pub spot: Spot,
    pub bytes: Vec<u8>,
}

impl Run {
    fn end(&self) -> u64 {
        self.offset + self.bytes.len() as u64
    }

    /// Takes bytes away at the start.
    fn drop_start(&mut self, count: usize, line_end: u8) {
        self.spot = self.spot.after(&self.bytes[..count], line_end);
        self.offset += count as u64;
        self.bytes.drain(..count);
    }
}

/// The last stretches are held in pieces of about this size, so that the oldest can go.
const PIECE: usize = 1 << 20;

/// Collects stretches that are handed over in order.
#[derive(Debug)]
pub(super) struct Hoard {
    line_end: u8,
    early: Vec<Run>,
    early_room: usize,
    late: VecDeque<Run>,
    late_size: usize,
    late_room: usize,
    is_short: bool,
}

impl Hoard {
    /// With room for so many bytes of the first and of the last stretches.
    pub fn new(line_end: u8, early_room: usize, late_room: usize) -> Self {
        Self {
            line_end,
            early: Vec::new(),
            early_room,
            late: VecDeque::new(),
            late_size: 0,
            late_room,
            is_short: false,
        }
    }

    /// Whether the room for the first stretches is used up.
    pub fn is_early_full(&self) -> bool {
        self.early_room == 0
    }

    /// Takes a stretch that starts at `spot`, or anywhere if it continues the one before.
    pub fn add(&mut self, offset: u64, bytes: &[u8], spot: Spot) {
        let now = bytes.len().min(self.early_room);
        let (early, late) = bytes.split_at(now);
        if !early.is_empty() {
            self.early_room -= now;
            match self.early.last_mut() {
                Some(last) if last.end() == offset => last.bytes.extend_from_slice(early),
                _ => self.early.push(Run { offset, spot, bytes: early.to_vec() }),
            }
        }
        if !late.is_empty() {
            self.add_late(offset + now as u64, late, spot);
        }
    }

    fn add_late(&mut self, offset: u64, bytes: &[u8], spot: Spot) {
        self.late_size += bytes.len();
        match self.late.back_mut() {
            Some(last) if last.end() == offset && last.bytes.len() < PIECE => {
                last.bytes.extend_from_slice(bytes);
            }
            last => {
                let before = last.as_deref().or(self.early.last()).filter(|run| run.end() == offset);
                let spot = before.map_or(spot, |run| run.spot.after(&run.bytes, self.line_end));
                self.late.push_back(Run { offset, spot, bytes: bytes.to_vec() });
            }
        }
        while let Some(oldest) = self.late.front()
            && self.late_size - oldest.bytes.len() >= self.late_room
        {
            self.late_size -= oldest.bytes.len();
            self.is_short = true;
            self.late.pop_front();
        }
    }

    /// The stretches that are left, apart from each other, and whether some had to go.
    pub fn finish(mut self) -> (Vec<Run>, bool) {
        let surplus = self.late_size.saturating_sub(self.late_room);
        self.is_short |= surplus > 0;
        let mut runs = self.early;
        // Cut at line ends on both sides of what had to go.
        if self.is_short
            && let Some(last) = runs.last_mut()
            && let Some(end) = memchr::memrchr(self.line_end, &last.bytes)
        {
            last.bytes.truncate(end + 1);
        }
        let first_late = runs.len();
        for run in self.late {
            let may_continue = !self.is_short || runs.len() > first_late;
            match runs.last_mut() {
                Some(last) if may_continue && last.end() == run.offset => {
                    last.bytes.extend_from_slice(&run.bytes)
                }
                _ => runs.push(run),
            }
        }
        if self.is_short
            && let Some(run) = runs.get_mut(first_late)
        {
            run.drop_start(surplus, self.line_end);
            if run.spot.column > 0
                && let Some(end) = memchr::memchr(self.line_end, &run.bytes)
            {
                run.drop_start(end + 1, self.line_end);
            }
        }
        runs.retain(|run| !run.bytes.is_empty());
        (runs, self.is_short)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Adds `text` in stretches of the given sizes, and gives the stretches that are left.
    fn kept(text: &str, sizes: &[usize], early: usize, late: usize) -> (Vec<Run>, bool) {
        let mut hoard = Hoard::new(b'\n', early, late);
        let (mut at, mut sizes) = (0, sizes.iter().cycle());
        while at < text.len() {
            let end = text.len().min(at + sizes.next().unwrap());
            let spot = Spot::default().after(&text.as_bytes()[..at], b'\n');
            hoard.add(at as u64, &text.as_bytes()[at..end], spot);
            at = end;
        }
        hoard.finish()
    }

    fn run(offset: u64, line: usize, text: &str) -> Run {
        Run { offset, spot: Spot { line, column: 0 }, bytes: text.as_bytes().to_vec() }
    }

    #[test]
    fn what_continues_the_stretch_before_becomes_one_with_it() {
        let (runs, is_short) = kept("a1\nb2\nc3\nd4\n", &[2, 5], 4, 100);
        assert_eq!(runs, [run(0, 0, "a1\nb2\nc3\nd4\n")]);
        assert!(!is_short);
    }

    #[test]
    fn the_first_and_the_last_stay_when_there_is_no_room() {
        for sizes in [&[1][..], &[2], &[3, 1], &[7], &[100]] {
            let (runs, is_short) = kept("a1\nb2\nc3\nd4\ne5\n", sizes, 4, 7);
            assert_eq!(runs, [run(0, 0, "a1\n"), run(9, 3, "d4\ne5\n")], "{sizes:?}");
            assert!(is_short);
        }
    }

    #[test]
    fn a_piece_of_a_long_line_knows_its_column() {
        for sizes in [&[1][..], &[3], &[50]] {
            let (runs, _) = kept("äöüäöüäöüx", sizes, 4, 3);
            assert_eq!(runs[1].spot, Spot { line: 0, column: 8 }, "{sizes:?}");
            assert_eq!(runs[1].bytes, "üx".as_bytes());
        }
    }
}
