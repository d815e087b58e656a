//! The pages of the library, put together once when they are opened.
//!
//! Owns what stands on a page. Must not know how it is drawn.

use super::Entry;
use crate::Preferences;
use crate::advice::{self, Cause, Related, Source};
use crate::app::words::library as words;
use crate::knowledge::{self, HostPattern, Knowledge};

/// A page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Of what.
    pub entry: Entry,
    /// Its heading.
    pub title: String,
    /// What stands on it.
    pub body: Body,
    /// Where it leads.
    pub links: Vec<Link>,
}

/// What stands on a page.
#[derive(Clone, Debug)]
pub enum Body {
    /// Of a cause.
    Cause(Box<CausePage>),
    /// Of a near miss.
    Related {
        /// What to do.
        related: Box<Related>,
        /// When it was last read by a person.
        reviewed: String,
    },
    /// Of a registry.
    Registry {
        /// Its hosts.
        hosts: Vec<String>,
        /// Who can change its settings.
        admin: String,
        /// Its documentation.
        docs: Source,
    },
}

/// A cause with everything that is known about it.
#[derive(Clone, Debug)]
pub struct CausePage {
    /// What is true everywhere.
    pub cause: Cause,
    /// Its other names.
    pub names: Vec<String>,
    /// What is different on single registries.
    pub places: Vec<Place>,
}

/// What is different on one registry.
#[derive(Clone, Debug)]
pub struct Place {
    /// The registry's name.
    pub title: String,
    /// The key under which it is opened.
    pub key: String,
    /// Only what is different.
    pub cause: Cause,
}

/// A way to another page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// To what.
    pub entry: Entry,
    /// Its title.
    pub title: String,
    /// Why one would go there.
    pub why: &'static str,
}

impl Page {
    /// The page of an entry, in the words of the preferred client.
    pub fn new(entry: Entry, knowledge: &Knowledge, preferences: &Preferences) -> Option<Self> {
        match &entry {
            Entry::Cause(id) => {
                let known = knowledge.cause(id)?;
                let cause = advice::describe_for(knowledge, id, preferences)?;
                let title = cause.title.clone();
                let links = links_of(&cause, known, knowledge);
                let places = places_of(&cause, known, knowledge, preferences);
                let names = known.also_known_as.clone();
                let body = Body::Cause(Box::new(CausePage { cause, names, places }));
                Some(Self { entry, title, body, links })
            }
            Entry::Related(id) => {
                let known = knowledge.related().iter().find(|related| related.id == *id)?;
                let related = Box::new(advice::describe_related_for(knowledge, id, preferences)?);
                let see =
                    known.see.as_ref().and_then(|id| link(Entry::Cause(id.clone()), words::MORE, knowledge));
                let reviewed = known.reviewed.clone();
                let title = related.title.clone();
                Some(Self {
                    entry,
                    title,
                    body: Body::Related { related, reviewed },
                    links: see.into_iter().collect(),
                })
            }
            Entry::Registry(id) => {
                let known = knowledge.provider(id)?;
                let there = knowledge.causes().iter().filter(|cause| cause.providers.contains_key(id));
                let links = there
                    .filter_map(|cause| link(Entry::Cause(cause.id.clone()), words::CAUSES_THERE, knowledge))
                    .collect();
                let docs = Source {
                    title: known.docs.title.clone(),
                    url: known.docs.url.clone(),
                    kind: known.docs.kind,
                    seen: known.docs.seen.clone(),
                };
                let hosts = known.hosts.iter().map(shown_host).collect();
                let admin = format!("{}.", advice::capitalised(&known.admin));
                let title = registry_title(known);
                Some(Self { entry, title, body: Body::Registry { hosts, admin, docs }, links })
            }
        }
    }

    /// The key under which the part about a registry is opened.
    pub fn key_of_registry(&self, registry: &str) -> String {
        let (Entry::Cause(id) | Entry::Related(id) | Entry::Registry(id)) = &self.entry;
        place_key(id, registry)
    }
}

fn place_key(id: &str, registry: &str) -> String {
    format!("on {id}@{registry}")
}

/// A registry's name as a heading.
pub fn registry_title(provider: &knowledge::Provider) -> String {
    if provider.id == "generic" {
        return words::OTHER_REGISTRIES.to_owned();
    }
    advice::capitalised(&provider.title)
}

/// The title of an entry.
fn title_of(entry: &Entry, knowledge: &Knowledge) -> Option<String> {
    Some(match entry {
        Entry::Cause(id) => advice::describe_title(knowledge, id)?,
        Entry::Related(id) => knowledge.related().iter().find(|related| related.id == *id)?.title.clone(),
        Entry::Registry(id) => registry_title(knowledge.provider(id)?),
    })
}

fn link(entry: Entry, why: &'static str, knowledge: &Knowledge) -> Option<Link> {
    let title = title_of(&entry, knowledge)?;
    Some(Link { entry, title, why })
}

/// The causes that the checks lead to, those that look similar, and the codes that send people here.
fn links_of(cause: &Cause, known: &knowledge::Cause, knowledge: &Knowledge) -> Vec<Link> {
    let instead = cause.checklist.iter().filter_map(|check| check.otherwise.as_ref());
    let beaten_by = knowledge.causes().iter().filter(|other| other.outranks.contains(&cause.id));
    let similar = known.outranks.iter().chain(beaten_by.map(|other| &other.id));
    let codes = knowledge.related().iter().filter(|related| related.see.as_ref() == Some(&cause.id));
    let wanted = instead
        .map(|id| (Entry::Cause(id.clone()), words::INSTEAD))
        .chain(similar.map(|id| (Entry::Cause(id.clone()), words::MISTAKEN)))
        .chain(codes.map(|related| (Entry::Related(related.id.clone()), words::RELATED)));
    let mut links: Vec<Link> = Vec::new();
    for (entry, why) in wanted {
        let is_new = entry != Entry::Cause(cause.id.clone()) && links.iter().all(|link| link.entry != entry);
        links.extend(link(entry, why, knowledge).filter(|_| is_new));
    }
    links
}

fn places_of(
    cause: &Cause,
    known: &knowledge::Cause,
    knowledge: &Knowledge,
    preferences: &Preferences,
) -> Vec<Place> {
    let place = |provider: &knowledge::Provider| {
        let mut there = advice::describe_on(knowledge, &cause.id, &provider.id, preferences)?;
        // Keys of buttons and folds are made from the id; those of the general part are others.
        there.id = format!("{}@{}", cause.id, provider.id);
        let key = place_key(&cause.id, &provider.id);
        Some(Place { title: registry_title(provider), key, cause: there })
    };
    let named = knowledge.providers().iter().filter(|provider| known.providers.contains_key(&provider.id));
    named.filter_map(place).collect()
}

/// `npm.pkg.example.com`, `*.example.com`.
fn shown_host(pattern: &HostPattern) -> String {
    pattern.host().unwrap_or_else(|| format!("{}.{}", pattern.label, pattern.domain))
}
