//! Words that stand apart from the line with the URL: the rest of a message, `npm notice` lines, short fragments.
//!
//! Owns what may be the registry's words and what is the client's own noise. Must not know causes.

use super::assemble::piece;
use super::frame::{Level, Segment};
use super::{Part, Said};

/// How many message lines without a URL are kept.
const LOOSE: usize = 60;
/// How far above a refusal its notices stand, in rows.
const NOTICE_REACH: usize = 40;

/// What was said without a URL beside it.
#[derive(Debug, Default)]
pub struct Words {
    notices: Vec<(usize, Said)>,
    /// Error lines that belong to no URL.
    pub loose: Vec<(usize, Said)>,
    /// Plain lines of a short text.
    pub plain: Vec<(usize, Said)>,
}

impl Words {
    /// The notices that wait for a refusal, in exchange for those of another job.
    pub fn swap_notices(&mut self, notices: &mut Vec<(usize, Said)>) {
        std::mem::swap(&mut self.notices, notices);
    }

    /// Keeps a line for later.
    pub fn keep(&mut self, segment: &Segment<'_>) {
        let list = if segment.level == Level::Error { &mut self.loose } else { &mut self.plain };
        if list.len() < LOOSE {
            list.push((segment.row(), piece(segment, Part::Message)));
        }
    }

    /// Hands bun's `note: …`, its print of a notice, to the refusal right behind it.
    pub fn take_note(&mut self, row: usize, said: &mut Vec<Said>) {
        for list in [&mut self.plain, &mut self.loose] {
            let near =
                |(at, kept): &(usize, Said)| row.saturating_sub(*at) <= 3 && kept.text.starts_with("note: ");
            if let Some(place) = list.iter().rposition(near) {
                let (_, mut note) = list.remove(place);
                note.text.drain(..6);
                note.span.start += 6;
                note.part = Part::Notice;
                said.push(note);
            }
        }
    }

    /// Keeps an `npm notice` unless it is npm's own.
    pub fn notice(&mut self, segment: &Segment<'_>) {
        const NOISE: [&str; 35] = [
            "package:",
            "name:",
            "version:",
            "filename:",
            "package size:",
            "unpacked size:",
            "shasum:",
            "integrity:",
            "total files:",
            "bundled ",
            "Tarball",
            "===",
            "Publishing to",
            "New ",
            "Changelog",
            "To update",
            "cli v",
            "Skipping all user",
            "Make sure you're authenticated",
            "deprecating ",
            "Current HEAD",
            "Security Notice",
            "Beginning ",
            "PING ",
            "Run `npm ",
            "publish Signed provenance",
            "publish Provenance",
            "Signed provenance",
            "Provenance statement",
            "created a lockfile",
            "Log in on",
            "Login at",
            "Create your account",
            "Authenticate your account",
            "PONG ",
        ];
        let text = segment.text;
        let is_file = text.split_once(' ').is_some_and(|(size, _)| {
            size.trim_end_matches(['B', 'k', 'M']).parse::<f64>().is_ok()
                && size.starts_with(|c: char| c.is_ascii_digit())
        });
        let noise = text.is_empty() || is_file || NOISE.iter().any(|start| text.starts_with(start));
        if !noise && !text.starts_with('\u{1F4E6}') {
            self.notices.push((segment.row(), piece(segment, Part::Notice)));
        }
    }

    /// Hands the notices near a row to the refusal there; the others are forgotten.
    pub fn take_notices(&mut self, row: usize, said: &mut Vec<Said>) {
        let near = self.notices.drain(..).filter(|(at, _)| row.saturating_sub(*at) <= NOTICE_REACH);
        said.extend(near.map(|(_, notice)| notice));
    }

    /// Everything that is left, in the order of the log; plain lines only on request.
    pub fn into_fragments(self, plain: bool) -> Vec<(usize, Said)> {
        let mut lines = self.loose;
        if plain {
            lines.extend(self.plain);
        }
        lines.extend(self.notices);
        lines.sort_by_key(|(row, _)| *row);
        lines
    }
}
