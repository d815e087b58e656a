//! What the prefixes of rows said: when a line was written, and by which of several jobs whose output is mixed.
//!
//! `release<TAB>publish<TAB>2026-11-21T20:05:04Z ` is job `release publish` at that time; `@acme/ui:build: ` is job
//! `@acme/ui:build`. Jobs are only told apart here, never shown. Must not know what the rest of a row means.

use std::collections::HashMap;

use super::prefix;

/// Times are kept for rows that hold one of these: an error may be told there.
const TIMED: [&[u8]; 5] = [b"403", b"rror", b"ERR", b"DENIED", b"forbidden"];
/// More jobs than this are not told apart.
const MOST_JOBS: usize = 4_000;

/// The labels of a text's rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Labels {
    /// From this row on, rows belong to this job; 0 is none.
    jobs: Vec<(usize, u16)>,
    times: Vec<(usize, String)>,
}

impl Labels {
    /// The number of the job that wrote a row; 0 when the row does not say.
    pub fn job(&self, row: usize) -> u16 {
        let after = self.jobs.partition_point(|(from, _)| *from <= row);
        after.checked_sub(1).and_then(|index| self.jobs.get(index)).map_or(0, |(_, job)| *job)
    }

    /// When a row was written, as its prefix says; only kept for rows that may tell of an error.
    pub fn time(&self, row: usize) -> Option<&str> {
        let index = self.times.binary_search_by_key(&row, |(at, _)| *at).ok()?;
        self.times.get(index).map(|(_, time)| time.as_str())
    }
}

/// Reads prefixes and numbers the jobs they name.
#[derive(Debug, Default)]
pub(super) struct Labeller {
    labels: Labels,
    numbers: HashMap<String, u16>,
    last: u16,
}

impl Labeller {
    /// Notes what was removed in front of a row; empty when nothing was.
    pub fn note(&mut self, row: usize, removed: &str, text: &str) {
        let (job, time) = if removed.is_empty() { (String::new(), None) } else { read(removed) };
        let number = self.number(job);
        if number != self.last {
            self.labels.jobs.push((row, number));
            self.last = number;
        }
        let bytes = text.as_bytes();
        if let Some(time) = time
            && TIMED.iter().any(|word| memchr::memmem::find(bytes, word).is_some())
        {
            self.labels.times.push((row, time.to_owned()));
        }
    }

    /// The labels of all rows. Jobs are told apart only where there are several.
    pub fn finish(mut self) -> Labels {
        // One job alone is not mixed with anything, and some tools put their name in front of some rows only.
        if self.numbers.len() < 2 {
            self.labels.jobs.clear();
        }
        self.labels
    }

    fn number(&mut self, job: String) -> u16 {
        if job.is_empty() || self.numbers.len() >= MOST_JOBS {
            return 0;
        }
        let next = u16::try_from(self.numbers.len() + 1).unwrap_or(0);
        *self.numbers.entry(job).or_insert(next)
    }
}

/// The job and the time in a prefix.
fn read(removed: &str) -> (String, Option<&str>) {
    let mut job = String::new();
    let mut time = None;
    let mut at = 0;
    while let Some(c) = removed[at..].chars().next() {
        let fresh = !removed[..at].ends_with(|c: char| c.is_ascii_digit());
        if let Some(length) = prefix::date_time(&removed[at..]).filter(|_| fresh) {
            time = time.or(removed.get(at..at + length));
            at += length;
            continue;
        }
        job.push(c);
        at += c.len_utf8();
    }
    // What is left of clocks, streams, colours and marks of severity is in no job's name.
    let words = job
        .split(|c: char| c.is_whitespace() || c == '|')
        .map(|word| word.trim_matches(['[', ']', ':']))
        .filter(|word| {
            word.contains(|c: char| c.is_ascii_alphabetic()) || word.starts_with('#') && word.len() > 1
        })
        .filter(|word| !is_noise(word));
    (words.collect::<Vec<_>>().join(" "), time)
}

fn is_noise(word: &str) -> bool {
    let is_stream = word.len() == 3
        && word.ends_with(['O', 'E'])
        && word.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit);
    let is_colour =
        word.ends_with('m') && word.trim_end_matches('m').chars().all(|c| c.is_ascii_digit() || c == ';');
    is_stream
        || is_colour
        || word.starts_with("##")
        || word.starts_with("section_")
        || matches!(
            word,
            "AM" | "PM" | "stdout" | "stderr" | "F" | "P" | "error" | "warning" | "group" | "W" | "E" | "i"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_names_the_job_and_the_time() {
        let jobs = [
            ("release\tpublish\t2026-11-21T20:05:04.1Z ", "release publish"),
            ("@acme/ui:build: ", "@acme/ui:build"),
            ("[release] ", "release"),
            ("web-1  | ", "web-1"),
            ("#12 3.456 ", "#12"),
            ("2026-11-21T20:05:04Z 01E ", ""),
            ("##[error]", ""),
            ("12:04:05  ", ""),
            ("[91m", ""),
        ];
        for (prefix, job) in jobs {
            assert_eq!(read(prefix).0, job, "{prefix:?}");
        }
        assert_eq!(read("[2026-11-21T20:05:04.123Z] ").1, Some("2026-11-21T20:05:04.123Z"));
    }

    #[test]
    fn rows_of_one_job_share_a_number() {
        let mut labeller = Labeller::default();
        for (row, job) in ["[a] ", "[b] ", "[a] ", ""].iter().enumerate() {
            labeller.note(row, job, "npm error 403");
        }
        let labels = labeller.finish();
        assert_eq!(labels.job(0), labels.job(2));
        assert_ne!(labels.job(0), labels.job(1));
        assert_eq!(labels.job(3), 0);
    }
}
