//! Own entries: a user's or a company's folder, merged over the bundled entries.
//!
//! An entry with an error is left out and reported with file, line and column; all others are used.
//! Nothing here runs anything, and nothing but small regular files is read.

mod extend;
mod files;
mod locate;
mod shape;
mod skeleton;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::check::{self, Problem, Severity};
use super::{Cause, ClientEntry, Examples, Knowledge, Provider, Related, did_you_mean};

pub use extend::Extension;
pub use files::{FolderError, usable};
pub use skeleton::{Skeleton, SkeletonError, TODO, skeleton};

/// The bundled entries with own ones, and what is wrong with those.
#[derive(Clone, Debug, Default)]
pub struct Merged {
    /// All entries that can be used.
    pub knowledge: Knowledge,
    /// The own files that were understood, in the order in which they were read.
    pub files: Vec<OwnFile>,
    /// What is wrong, in the order of the files.
    pub problems: Vec<Problem>,
}

/// An own file that was understood.
#[derive(Clone, Debug)]
pub struct OwnFile {
    /// Its path.
    pub path: String,
    /// Its text.
    pub text: String,
    /// What it holds.
    pub entry: OwnEntry,
    /// Whether it is used; if not, a problem says why.
    pub used: bool,
}

/// What an own file holds.
#[derive(Clone, Debug)]
pub enum OwnEntry {
    /// A cause of its own.
    Cause(Box<Cause>),
    /// Parts for a cause that exists.
    Extension(Box<Extension>),
    /// A registry.
    Provider(Box<Provider>),
    /// A client.
    Client(Box<ClientEntry>),
    /// A related code.
    Related(Box<Related>),
}

impl OwnEntry {
    /// The id, or that of the cause it adds to.
    pub fn id(&self) -> &str {
        match self {
            Self::Cause(cause) => &cause.id,
            Self::Extension(extension) => &extension.extends,
            Self::Provider(provider) => &provider.id,
            Self::Client(client) => &client.id,
            Self::Related(related) => &related.id,
        }
    }

    /// The examples of a cause or of an extension.
    pub fn examples(&self) -> Option<&Examples> {
        match self {
            Self::Cause(cause) => Some(&cause.examples),
            Self::Extension(extension) => Some(&extension.examples),
            _ => None,
        }
    }

    const fn folder(&self) -> &'static str {
        match self {
            Self::Cause(_) | Self::Extension(_) => "causes",
            Self::Provider(_) => "providers",
            Self::Client(_) => "clients",
            Self::Related(_) => "related",
        }
    }
}

impl OwnFile {
    /// A problem of this file, at the place where `near` stands in it.
    pub fn problem(&self, severity: Severity, what: String, hint: &str, near: &str) -> Problem {
        Problem {
            file: self.path.clone(),
            place: locate::find(&self.text, near),
            severity,
            what,
            hint: hint.to_owned(),
            near: near.to_owned(),
        }
    }

    fn adopt(&self, mut problem: Problem) -> Problem {
        problem.place = locate::find(&self.text, &problem.near);
        problem.file.clone_from(&self.path);
        problem
    }
}

/// Puts the entries of `folders` over those of `base`, the first folder first.
///
/// A folder that cannot be read is one of the problems; ask [`usable`] first where that should be the end.
pub fn merge(base: &Knowledge, folders: &[PathBuf]) -> Merged {
    let mut merge = Merge {
        base,
        merged: Merged { knowledge: base.clone(), ..Merged::default() },
        broken: BTreeSet::new(),
    };
    let mut room = files::Room::default();
    for folder in folders {
        merge.read(folder, &mut room);
    }
    merge.refuse_known_ids();
    merge.add_entries();
    merge.check_entries();
    merge.extend_causes();
    merge.merged
}

struct Merge<'a> {
    base: &'a Knowledge,
    merged: Merged,
    /// Ids of entries that are there but cannot be used: to name one of them is no second mistake.
    broken: BTreeSet<String>,
}

impl Merge<'_> {
    fn read(&mut self, folder: &Path, room: &mut files::Room) {
        for found in files::read(folder, room, &mut self.merged.problems) {
            match shape::parse(&found) {
                Ok(entry) => {
                    self.merged.files.push(OwnFile { path: found.path, text: found.text, entry, used: true })
                }
                Err(problem) => {
                    self.broken.insert(found.stem);
                    self.merged.problems.push(*problem);
                }
            }
        }
    }

    fn refuse(&mut self, at: usize, problem: Problem) {
        let file = &mut self.merged.files[at];
        file.used = false;
        self.broken.insert(file.entry.id().to_owned());
        self.merged.problems.push(problem);
    }

    /// An id stands for one entry for ever, so nothing replaces a bundled one or another own one.
    fn refuse_known_ids(&mut self) {
        let mut seen: BTreeMap<(&'static str, String), String> = BTreeMap::new();
        for at in 0..self.merged.files.len() {
            let file = &self.merged.files[at];
            if matches!(file.entry, OwnEntry::Extension(_)) {
                continue;
            }
            let (folder, id) = (file.entry.folder(), file.entry.id().to_owned());
            let stem = Path::new(&file.path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let error = |what, hint: &str| Some(file.problem(Severity::Error, what, hint, "id"));
            let problem = if self.base.has(folder, &id) {
                let hint = match folder {
                    "causes" => {
                        format!(
                            "choose another id, or write \"extends\": {id:?} and only what is to be added"
                        )
                    }
                    _ => "choose another id".to_owned(),
                };
                error(format!("the id {id:?} is that of a bundled entry"), &hint)
            } else if let Some(first) = seen.get(&(folder, id.clone())) {
                error(format!("the id {id:?} is taken"), &format!("choose another one than that of {first}"))
            } else if id != stem {
                let hint = format!("name the file {id}.json, or write \"id\": {stem:?}");
                error(format!("the id {id:?} differs from the file's name"), &hint)
            } else {
                seen.insert((folder, id), file.path.clone());
                None
            };
            if let Some(problem) = problem {
                // The other entry of this id is not broken.
                self.merged.files[at].used = false;
                self.merged.problems.push(problem);
            }
        }
    }

    fn add_entries(&mut self) {
        let knowledge = &mut self.merged.knowledge;
        for file in self.merged.files.iter().filter(|file| file.used) {
            match &file.entry {
                OwnEntry::Cause(cause) => {
                    knowledge.causes.push(Cause { own: true, ..cause.as_ref().clone() });
                }
                OwnEntry::Provider(provider) => knowledge.providers.push(provider.as_ref().clone()),
                OwnEntry::Client(client) => knowledge.clients.push(client.as_ref().clone()),
                OwnEntry::Related(related) => {
                    knowledge.related.push(Related { own: true, ..related.as_ref().clone() });
                }
                OwnEntry::Extension(_) => {}
            }
        }
        knowledge.sort_causes();
        knowledge.learn_patterns();
    }

    fn check_entries(&mut self) {
        let taken: Vec<bool> = self.merged.files.iter().map(|file| file.used).collect();
        let circles: Vec<(String, Problem)> = check::circles(&self.merged.knowledge)
            .into_iter()
            .map(|(id, problem)| (id.to_owned(), problem))
            .collect();
        for at in 0..self.merged.files.len() {
            let (file, knowledge) = (&self.merged.files[at], &self.merged.knowledge);
            if !file.used {
                continue;
            }
            let mut problems = match &file.entry {
                OwnEntry::Cause(cause) => check::check_cause(knowledge, cause),
                OwnEntry::Provider(provider) => check::check_provider(knowledge, provider),
                OwnEntry::Client(client) => check::check_client(client),
                OwnEntry::Related(related) => check::check_related(knowledge, related),
                OwnEntry::Extension(_) => continue,
            };
            if let OwnEntry::Cause(cause) = &file.entry {
                let own = circles.iter().filter(|(id, _)| *id == cause.id);
                problems.extend(own.map(|(_, problem)| problem.clone()));
            }
            self.take_over(at, problems);
        }
        // Only now: while others are checked, an entry with an error still counts as one that can be named.
        for (file, _) in self.merged.files.iter().zip(taken).filter(|(file, taken)| *taken && !file.used) {
            self.merged.knowledge.remove(file.entry.folder(), file.entry.id());
        }
    }

    fn take_over(&mut self, at: usize, problems: Vec<Problem>) {
        let mut fatal = false;
        for problem in problems {
            if self.broken.contains(&problem.near) && problem.what.contains("unknown") {
                continue;
            }
            fatal |= problem.severity == Severity::Error;
            let problem = self.merged.files[at].adopt(problem);
            self.merged.problems.push(problem);
        }
        if fatal {
            self.merged.files[at].used = false;
        }
    }

    /// One after the other: each is tried on what the ones before it made of the cause.
    fn extend_causes(&mut self) {
        for at in 0..self.merged.files.len() {
            let OwnEntry::Extension(extension) = self.merged.files[at].entry.clone() else {
                continue;
            };
            let knowledge = &mut self.merged.knowledge;
            let Some(place) = knowledge.causes.iter().position(|cause| cause.id == extension.extends) else {
                let ids = knowledge.causes.iter().map(|cause| cause.id.as_str());
                let hint = did_you_mean(&extension.extends, ids, "see them all with `unforbid list`");
                let what = format!("extends the unknown cause {:?}", extension.extends);
                let problem = self.merged.files[at].problem(Severity::Error, what, &hint, &extension.extends);
                self.refuse(at, problem);
                continue;
            };
            let before = knowledge.causes[place].clone();
            let earlier = check::check_cause(knowledge, &before);
            knowledge.causes[place] = extension.applied_to(&before);
            knowledge.learn_patterns();
            let mut problems = check::check_cause(knowledge, &knowledge.causes[place]);
            problems.retain(|problem| !earlier.contains(problem));
            problems.extend(extension.problems());
            self.take_over(at, problems);
            if !self.merged.files[at].used {
                self.merged.knowledge.causes[place] = before;
            }
        }
    }
}
