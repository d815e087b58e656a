//! Reading a log from a file or a pipe: the only place of the engine that opens one.
//!
//! Of a large input the start and the end are kept, and the lines between are counted, never stored.
//! Must not know what a log says.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::Text;
use super::decode::decode_kept;
use super::encoding::Encoding;

/// Why a log could not be read.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no such file.
    #[error("cannot read the log: there is no such file; check its name and folder: {}", shown(.path))]
    Missing {
        /// What was to be read.
        path: PathBuf,
    },
    /// The file may not be read.
    #[error("cannot read the log: permission denied; copy it to a place you may read: {}", shown(.path))]
    Permission {
        /// What was to be read.
        path: PathBuf,
    },
    /// It is a folder.
    #[error("cannot read the log: it is a folder; open the file inside it instead: {}", shown(.path))]
    IsDirectory {
        /// What was to be read.
        path: PathBuf,
    },
    /// It was there, and then it was not.
    #[error("cannot read the log: it disappeared while it was read; open it again: {}", shown(.path))]
    Vanished {
        /// What was to be read.
        path: PathBuf,
    },
    /// Anything else the system says.
    #[error("cannot read the log: {source}; copy it elsewhere and open the copy: {}", shown(.path))]
    Io {
        /// What was to be read.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl OpenError {
    fn when_opening(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        // Windows refuses to open a folder with the same error as a file one may not read.
        if path.is_dir() {
            return Self::IsDirectory { path };
        }
        match source.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => Self::Missing { path },
            ErrorKind::PermissionDenied => Self::Permission { path },
            _ => Self::Io { path, source },
        }
    }

    fn when_reading(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            ErrorKind::IsADirectory => Self::IsDirectory { path },
            ErrorKind::NotFound | ErrorKind::StaleNetworkFileHandle => Self::Vanished { path },
            _ => Self::Io { path, source },
        }
    }
}

/// A path that cannot write to the terminal more than its name.
fn shown(path: &Path) -> String {
    path.display().to_string().replace(|c: char| c.is_control(), "\u{fffd}")
}

/// Reads, decodes and cleans a file.
///
/// Of more than 64 MiB the first 16 and the last 48 are kept; a warning says which lines were not read.
pub fn open(path: &Path) -> Result<Text, OpenError> {
    let file = File::open(path).map_err(|error| OpenError::when_opening(path, error))?;
    let kept = Kept::read(file, Limits::DEFAULT).map_err(|error| OpenError::when_reading(path, error))?;
    Ok(decode_kept(&kept))
}

/// Reads, decodes and cleans what a pipe delivers until its end, with the limits of [`open`].
pub fn read(reader: impl Read) -> io::Result<Text> {
    Ok(decode_kept(&Kept::read(reader, Limits::DEFAULT)?))
}

/// How many bytes of the start and of the end are kept. Both even, so that no UTF-16 unit is cut.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    head: usize,
    tail: usize,
}

impl Limits {
    pub const DEFAULT: Self = Self { head: 16 << 20, tail: 48 << 20 };

    pub const fn total(self) -> usize {
        self.head + self.tail
    }

    /// The tail is dropped in pieces of this size.
    fn piece(self) -> usize {
        (self.tail / 8).clamp(2, 1 << 20) & !1
    }
}

/// What was kept of an input.
#[derive(Debug)]
pub(super) struct Kept {
    /// The start, or everything.
    pub head: Vec<u8>,
    /// What was not read, and what comes after it.
    pub unread: Option<Unread>,
    /// The size of the whole input.
    pub size: u64,
}

/// The part in the middle that was only counted.
#[derive(Debug)]
pub(super) struct Unread {
    /// What comes after it.
    pub tail: Vec<u8>,
    /// The number of the first line that is missing a part.
    first_line: usize,
    /// The number of the first line of `tail`.
    pub next_line: usize,
}

impl Kept {
    /// Reads to the end; never holds much more than the limits allow, so pipes and growing files are fine.
    pub fn read(mut reader: impl Read, limits: Limits) -> io::Result<Self> {
        let mut head = Vec::new();
        reader.by_ref().take(limits.head as u64).read_to_end(&mut head)?;
        let mut size = head.len() as u64;
        let (encoding, _) = Encoding::detect(&head);
        let mut pieces = VecDeque::new();
        let mut held = 0;
        let mut line_ends = 0;
        let mut is_cut = false;
        loop {
            let mut piece = Vec::with_capacity(limits.piece());
            let count = reader.by_ref().take(limits.piece() as u64).read_to_end(&mut piece)?;
            if count == 0 {
                break;
            }
            size += count as u64;
            held += count;
            pieces.push_back(piece);
            while let Some(oldest) = pieces.front()
                && held - oldest.len() >= limits.tail
            {
                line_ends += encoding.count_line_ends(oldest);
                held -= oldest.len();
                is_cut = true;
                pieces.pop_front();
            }
        }
        let unread = if is_cut {
            Some(Unread::new(encoding, &mut head, pieces, line_ends))
        } else {
            pieces.iter().for_each(|piece| head.extend_from_slice(piece));
            None
        };
        Ok(Self { head, unread, size })
    }
}

impl Unread {
    /// Cuts at line ends: what is left of the line at the end of `head` and at the start of the tail goes too.
    fn new(encoding: Encoding, head: &mut Vec<u8>, pieces: VecDeque<Vec<u8>>, mut line_ends: usize) -> Self {
        if let Some(end) = encoding.after_last_line_end(head) {
            head.truncate(end);
        }
        let mut tail = Vec::with_capacity(pieces.iter().map(Vec::len).sum());
        for piece in pieces {
            tail.extend_from_slice(&piece);
        }
        match encoding.after_first_line_end(&tail) {
            Some(start) => {
                tail.drain(..start);
                line_ends += 1;
            }
            None => tail = encoding.whole_start(&tail).to_vec(),
        }
        let first_line = encoding.count_line_ends(head) + 1;
        Self { tail, first_line, next_line: first_line + line_ends }
    }

    /// Says which lines were not read.
    pub fn warning(&self, size: u64) -> String {
        let size = size_in_words(size);
        let last = self.next_line.saturating_sub(1);
        let missing = match last.checked_sub(self.first_line) {
            None => format!("the middle of line {} was not read", self.first_line),
            Some(0) => format!("line {last} was not read"),
            Some(_) => format!("lines {} to {last} were not read", self.first_line),
        };
        format!("the log is {size}; {missing}; open the part around the error if the answer is not here")
    }
}

/// A size as people say it.
fn size_in_words(bytes: u64) -> String {
    let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB")];
    match units.into_iter().find(|(unit, _)| bytes >= *unit) {
        Some((unit, name)) => format!("{} {name}", (bytes + unit / 2) / unit),
        None => format!("{bytes} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::redact;

    /// Hands out one byte at a time, as slow pipes do.
    struct Drip<'a>(&'a [u8]);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(buffer.len()).min(1);
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn numbered_lines(count: usize) -> String {
        (1..=count).map(|n| format!("line {n}\n")).collect()
    }

    fn small(head: usize, tail: usize) -> Limits {
        Limits { head, tail }
    }

    fn check_numbers(log: &crate::text::Redacted) {
        for line in log.lines() {
            let number = log.line_number(line.row);
            assert_eq!(line.text, format!("line {number}"));
            assert_eq!(log.place(line.start).line, number);
        }
    }

    #[test]
    fn a_large_log_keeps_its_start_and_end_and_the_right_line_numbers() {
        let text = numbered_lines(500);
        for (head, tail) in [(40, 64), (10, 16), (100, 200), (6, 32)] {
            let kept = Kept::read(Drip(text.as_bytes()), small(head, tail)).unwrap();
            let unread = kept.unread.as_ref().unwrap();
            let (first, next) = (unread.first_line, unread.next_line);
            let log = redact(decode_kept(&kept));
            assert_eq!(log.byte_size(), text.len() as u64);
            assert_eq!(log.line(log.line_count() - 1), "line 500");
            // A start without any line end is kept as a piece of its line.
            let pieces = usize::from(head < "line 1\n".len());
            assert_eq!(log.line_count(), 500 - (next - first) + pieces);
            check_numbers(&log);
            let warning = log.warnings().join("\n");
            assert!(warning.contains(&format!("lines {first} to {} were", next - 1)), "{warning}");
        }
    }

    #[test]
    fn a_large_utf_16_log_is_cut_at_whole_characters() {
        let text = numbered_lines(300);
        for mark in [true, false] {
            let mut bytes = if mark { vec![0xff, 0xfe] } else { Vec::new() };
            bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
            let kept = Kept::read(bytes.as_slice(), small(80, 120)).unwrap();
            let log = redact(decode_kept(&kept));
            assert_eq!(log.encoding(), "UTF-16LE");
            assert_eq!(log.line(log.line_count() - 1), "line 300");
            check_numbers(&log);
        }
    }

    #[test]
    fn a_log_at_the_limit_is_read_whole() {
        let text = numbered_lines(20);
        let half = text.len() / 2;
        let kept = Kept::read(text.as_bytes(), small(half, text.len() - half)).unwrap();
        assert!(kept.unread.is_none());
        assert_eq!(kept.head, text.as_bytes());
    }

    #[test]
    fn one_huge_line_is_cut_in_its_middle_and_said_so() {
        let text = "é".repeat(400);
        let kept = Kept::read(text.as_bytes(), small(51, 101)).unwrap();
        let log = redact(decode_kept(&kept));
        assert!(log.warnings()[0].contains("the middle of line 1 was not read"), "{:?}", log.warnings());
        assert!(log.as_str().chars().all(|c| c == 'é' || c == '\n'), "{}", log.as_str());
        assert_eq!(log.place(log.as_str().len()).line, 1);
    }

    #[test]
    fn every_way_to_fail_says_what_to_do_and_ends_with_the_path() {
        let path = Path::new("build\u{1b}.log");
        let cases = [
            OpenError::when_opening(path, ErrorKind::NotFound.into()),
            OpenError::when_opening(path, ErrorKind::PermissionDenied.into()),
            OpenError::when_opening(path, ErrorKind::Other.into()),
            OpenError::when_reading(path, ErrorKind::IsADirectory.into()),
            OpenError::when_reading(path, ErrorKind::NotFound.into()),
            OpenError::when_reading(path, ErrorKind::TimedOut.into()),
        ];
        let kinds = ["Missing", "Permission", "Io", "IsDirectory", "Vanished", "Io"];
        for (error, kind) in cases.iter().zip(kinds) {
            let message = error.to_string();
            assert!(format!("{error:?}").starts_with(kind), "{error:?}");
            assert!(message.starts_with("cannot read the log: "), "{message}");
            assert!(message.ends_with(": build\u{fffd}.log"), "{message}");
        }
    }

    #[test]
    fn sizes_are_said_in_round_numbers() {
        assert_eq!(size_in_words(214_400_000), "214 MB");
        assert_eq!(size_in_words(999), "999 bytes");
        assert_eq!(size_in_words(3_000_000_000), "3 GB");
    }
}
