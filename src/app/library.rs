//! The library: all causes, related codes and registries, to browse, search and read.
//!
//! Owns what is listed, chosen and open in it, and every change of that. It lies over a screen, which stays as it is.
//! Must not know how anything is drawn.

pub mod page;
pub mod search;

use std::collections::BTreeSet;

use super::command::Command;
use super::state::{Section, State};
use super::update::World;
use super::{history, view, words};
use crate::facts::Operation;
use crate::knowledge::Knowledge;
use crate::{Preferences, text};
use page::Page;
use search::{Filter, Found, Index};

/// The longest search.
const LONGEST: usize = 4000;

/// Something that has a page, by its id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// A cause of a 403.
    Cause(String),
    /// An error that is not a 403.
    Related(String),
    /// A registry.
    Registry(String),
}

/// Something that can be done in the library.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// The text in the search field changed.
    Search(String),
    /// Only entries that have to do with this registry.
    Registry(Option<String>),
    /// Only entries that have to do with this operation.
    Operation(Option<Operation>),
    /// The whole library again.
    ClearFilters,
    /// Go to this row of the list.
    MoveTo(usize),
    /// Open the page of the row that one is on.
    OpenRow,
    /// Open a page from the list.
    Open(Entry),
    /// Open a page from another page.
    Follow(Entry),
    /// The page before.
    PageBack,
    /// In a narrow window: show the list.
    ShowList,
}

/// What the library shows.
#[derive(Debug)]
pub struct Library {
    /// What is searched for.
    pub query: String,
    /// What is listed at all.
    pub filter: Filter,
    /// What is listed.
    pub found: Found,
    /// The row of the list that one is on.
    pub at: usize,
    /// Counts the moves in the list, so that the row comes into sight.
    pub moves: u64,
    /// The page that is open.
    pub page: Option<Page>,
    /// The pages before it.
    pub trail: Vec<Entry>,
    /// In a narrow window: whether the list is shown and not the page.
    pub is_list: bool,
    /// What is opened that starts closed, by key.
    pub opened: BTreeSet<String>,
    /// The copy button that waits for a second press.
    pub confirming: Option<String>,
    index: Index,
}

impl Library {
    fn new(knowledge: &Knowledge) -> Self {
        let index = Index::new(knowledge);
        let filter = Filter::default();
        Self {
            query: String::new(),
            found: index.all(&filter, knowledge),
            filter,
            at: 0,
            moves: 0,
            page: None,
            trail: Vec::new(),
            is_list: true,
            opened: BTreeSet::new(),
            confirming: None,
            index,
        }
    }

    /// Lists what fits. `words` is what was typed or pasted, with its line breaks.
    fn search(&mut self, words: &str, knowledge: &Knowledge) {
        self.found = if words.trim().is_empty() {
            self.index.all(&self.filter, knowledge)
        } else {
            self.index.find(words, &self.filter, knowledge)
        };
        self.at = 0;
        self.moves += 1;
        self.is_list = true;
    }

    fn show(&mut self, entry: Entry, knowledge: &Knowledge, preferences: &Preferences) -> bool {
        let Some(page) = Page::new(entry, knowledge, preferences) else { return false };
        if let Some(registry) = &self.filter.registry {
            self.opened.insert(page.key_of_registry(registry));
        }
        self.page = Some(page);
        self.is_list = false;
        self.confirming = None;
        true
    }
}

fn preferences(state: &State) -> Preferences {
    Preferences { client: state.settings.client.clone(), ..Preferences::default() }
}

/// Carries out what concerns the library, and gives back what does not.
pub fn take(state: &mut State, command: Command, world: &World<'_>) -> Option<Command> {
    match command {
        Command::Library => open(state, world),
        Command::InLibrary(change) => apply(state, change, world),
        Command::Back if state.library().is_some() && state.overlay.is_none() => close(state),
        Command::Toggle(key) if state.library().is_some() => {
            if let Some(library) = state.library_mut()
                && !library.opened.remove(&key)
            {
                library.opened.insert(key);
            }
        }
        Command::Confirm(key) if state.library().is_some() => {
            if let Some(library) = state.library_mut() {
                library.confirming = Some(key);
            }
        }
        Command::Copy(clip) => {
            if let Some(library) = state.library_mut() {
                library.confirming = None;
            }
            return Some(Command::Copy(clip));
        }
        other => return Some(other),
    }
    None
}

/// Opens the library with the keyboard in its search field; opens it there again if it is open.
fn open(state: &mut State, world: &World<'_>) {
    let knowledge = state.entries.0;
    state.overlay = None;
    if state.library().is_none() {
        state.past.below = history::leave(state);
        state.section = Some(Section::Library(Box::new(Library::new(knowledge))));
    }
    let Some(library) = state.library_mut() else { return };
    library.is_list = true;
    let count = library.found.len();
    state.announcement = format!("{}, {}", words::library::HEADING, words::library::entries(count));
    world.ctx.memory_mut(|memory| memory.request_focus(view::library_search()));
}

fn close(state: &mut State) {
    state.section = state.past.below.take().map(Section::History);
    state.announcement = words::library::CLOSED.to_owned();
}

fn apply(state: &mut State, change: Change, world: &World<'_>) {
    let knowledge = state.entries.0;
    let preferences = preferences(state);
    let Some(library) = state.library_mut() else { return };
    match change {
        Change::Search(words) => set_query(library, &words, knowledge),
        Change::Registry(registry) => {
            library.filter.registry = registry;
            search_again(library, knowledge);
        }
        Change::Operation(operation) => {
            library.filter.operation = operation;
            search_again(library, knowledge);
        }
        Change::ClearFilters => {
            library.filter = Filter::default();
            search_again(library, knowledge);
            world.ctx.memory_mut(|memory| memory.request_focus(view::library_search()));
        }
        Change::MoveTo(row) => {
            library.at = row.min(library.found.len().saturating_sub(1));
            library.moves += 1;
            if let Some(row) = library.found.row(library.at) {
                state.announcement = row.spoken();
            }
            return;
        }
        Change::OpenRow => {
            let entry = library.found.row(library.at).map(|row| row.entry.clone());
            if let Some(entry) = entry {
                go(library, entry, knowledge, &preferences);
            }
        }
        Change::Open(entry) => {
            if let Some(at) = library.found.rows().position(|row| row.entry == entry) {
                library.at = at;
            }
            go(library, entry, knowledge, &preferences);
        }
        Change::Follow(entry) => {
            go(library, entry, knowledge, &preferences);
            world.ctx.memory_mut(|memory| memory.request_focus(view::library_page()));
        }
        Change::PageBack => {
            match library.trail.pop() {
                Some(entry) => {
                    library.show(entry, knowledge, &preferences);
                }
                None => library.is_list = true,
            }
            let next = if library.is_list { view::library_search() } else { view::library_page() };
            world.ctx.memory_mut(|memory| memory.request_focus(next));
        }
        Change::ShowList => {
            library.is_list = true;
            world.ctx.memory_mut(|memory| memory.request_focus(view::library_search()));
        }
    }
    state.announcement = spoken(library);
}

fn set_query(library: &mut Library, words: &str, knowledge: &Knowledge) {
    let words: String = words.chars().take(LONGEST).collect();
    library.query = words.split(['\r', '\n']).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    library.search(&words, knowledge);
}

fn search_again(library: &mut Library, knowledge: &Knowledge) {
    let words = library.query.clone();
    library.search(&words, knowledge);
}

/// Opens a page and remembers the one before it.
fn go(library: &mut Library, entry: Entry, knowledge: &Knowledge, preferences: &Preferences) {
    let before = library.page.as_ref().map(|page| page.entry.clone());
    if library.show(entry.clone(), knowledge, preferences)
        && let Some(before) = before.filter(|before| *before != entry)
    {
        library.trail.push(before);
    }
}

/// What is shown now, for those who cannot see that it changed.
fn spoken(library: &Library) -> String {
    match &library.page {
        Some(page) if !library.is_list => page.title.clone(),
        _ => {
            let first = library.found.row(0).map(search::Row::spoken);
            words::library::found(library.found.len(), first.as_deref())
        }
    }
}

/// Says the open page in the words of the client that is chosen now.
pub fn renew(state: &mut State) {
    let knowledge = state.entries.0;
    let preferences = preferences(state);
    if let Some(library) = state.library_mut()
        && let Some(page) = &mut library.page
        && let Some(renewed) = Page::new(page.entry.clone(), knowledge, &preferences)
    {
        *page = renewed;
    }
}

/// Text was pasted while the library is open. Returns what belongs into the search field at the cursor.
pub fn pasted(state: &mut State, pasted: &str, world: &World<'_>) -> Option<String> {
    // What is shown must not hold a secret, and the field shows it.
    let short: String = pasted.chars().take(LONGEST).collect();
    let clean = text::redact(text::decode(short.as_bytes()));
    let clean = clean.as_str().trim();
    let is_typing = world.ctx.memory(|memory| memory.has_focus(view::library_search()));
    if is_typing && !clean.contains('\n') {
        return Some(clean.to_owned());
    }
    if !clean.is_empty() {
        let words = clean.to_owned();
        apply(state, Change::Search(words), world);
        world.ctx.memory_mut(|memory| memory.request_focus(view::library_search()));
    }
    None
}
