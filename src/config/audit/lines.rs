//! Checks of files and lines: what cannot be read, what does not count, what is cut, what is said twice.

use super::{Subject, masked};
use crate::config::configuration::{Configuration, Unread};
use crate::config::entries::{self, Entry, place};
use crate::config::model::Outcome;
use crate::config::npmrc::{self, Wrong};
use crate::facts::{Correction, Origin, Sign};

impl Subject<'_> {
    pub(super) fn check_files(&mut self, as_run: &Configuration) {
        for visited in as_run.files() {
            if let Outcome::Unreadable(why) = &visited.outcome {
                self.unreadable(&visited.shown, why);
            }
        }
        let title = self.title();
        for aside in self.configuration.aside.clone() {
            let origin = Origin::WholeFile { file: aside.file.clone() };
            let matters = aside.entries.iter().any(|entry| npmrc::matters(&entry.key));
            match aside.why {
                Unread::Utf16 => {
                    let text =
                        format!("{} is in UTF-16, which {title} cannot read; save it as UTF-8", aside.file);
                    self.add(Sign::FileUtf16, text, &origin);
                }
                Unread::Member(counts) if matters => {
                    let text = format!(
                        "{} does not count, because {title} reads {counts} in a workspace",
                        aside.file
                    );
                    self.add(Sign::MemberFileIgnored, text, &origin);
                }
                Unread::Member(_) | Unread::OtherClient | Unread::UnsetVariable | Unread::RefusedVariable => {
                }
            }
        }
    }

    pub(super) fn check_lines(&mut self) {
        for oddity in self.configuration.oddities.clone() {
            let looks_so = ["registry", "_auth", "_password"].iter().any(|word| oddity.key.contains(word));
            if !npmrc::matters(&oddity.key) && !looks_so {
                continue;
            }
            let at = place(&oddity.origin);
            let text = match &oddity.what {
                Wrong::Cut => {
                    format!("{at} is cut at an unquoted # or ;, so that only a part of the value counts")
                }
                Wrong::InSection(section) => {
                    format!("{at} stands below [{section}], where no setting counts")
                }
                Wrong::NoEqualsSign => format!("{at} has no =, so that it sets nothing"),
            };
            let mends = match &oddity.what {
                Wrong::Cut => self.quoted(&oddity.origin),
                Wrong::InSection(_) | Wrong::NoEqualsSign => None,
            };
            self.add(Sign::ValueCut, text, &oddity.origin).correction = mends;
        }
        self.check_twice();
    }

    fn quoted(&self, origin: &Origin) -> Option<Correction> {
        let (file, line) = entries::file_and_line(origin)?;
        let entry = self.configuration.settings.iter().find(|entry| entry.origin == *origin)?;
        let value = masked(entry);
        Some(Correction {
            file: file.to_owned(),
            line: Some(line),
            old: Some(format!("{}={value}", entry.written)),
            new: Some(format!("{}=\"{value}\"", entry.written)),
        })
    }

    /// The keys that decide here, where several places set them.
    fn check_twice(&mut self) {
        let of_credential = self.credential().map(|credential| credential.origin.clone());
        let deciding = [Some(self.picked.origin.clone()), of_credential];
        for origin in deciding.into_iter().flatten() {
            let settings = &self.configuration.settings;
            let Some(winner) = settings.iter().find(|entry| entry.origin == origin).cloned() else {
                continue;
            };
            let losers: Vec<Entry> = settings
                .all(&winner.key)
                .skip(1)
                .filter(|other| other.value != winner.value)
                .cloned()
                .collect();
            if let Some(loser) = losers.first() {
                let text = format!(
                    "{} and {} both set {}; the first counts",
                    place(&winner.origin),
                    place(&loser.origin),
                    winner.key
                );
                self.add(Sign::KeySetTwice, text, &winner.origin);
            }
        }
    }
}
