//! The settings page: one place for everything that can be set; every change takes effect and is saved at once.
//!
//! Owns what is open on the page, and every change of a setting. Must not know how it is drawn.

use std::path::PathBuf;
use std::sync::Arc;

use super::command::Command;
use super::entries::OwnEntries;
use super::jobs::{self, Event};
use super::look::{larger, smaller};
use super::state::{Dialog, Entries, JobId, Screen, Section, State, Tone};
use super::store::{Contrast, Motion, Settings, ThemeChoice};
use super::update::{self, World, save_settings};
use super::words::settings as words;
use super::{library, words as all_words};
use crate::advice::Shell;

/// The text size that a window starts with, in percent.
pub const USUAL_TEXT_SIZE: u16 = 100;

/// Something that can be set.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Light, dark, or what the system says.
    Theme(ThemeChoice),
    /// How strongly things stand out.
    Contrast(Contrast),
    /// Whether things move.
    Motion(Motion),
    /// The shell that commands are quoted for.
    Shell(Shell),
    /// Whether diagnoses are kept.
    History(bool),
    /// Whether the masked log is kept with them.
    KeepLogs(bool),
    /// Whether npm's folder of logs is watched.
    Watch(bool),
    /// Whether the hosts that were agreed to are ticked the next time.
    RememberHosts(bool),
    /// Agree to this host no longer.
    ForgetHost(String),
    /// The path in the field for own entries changed.
    FolderText(String),
    /// Take own entries from the folder in the field.
    UseFolder,
    /// Choose that folder with the system's dialog.
    PickFolder,
    /// No own entries any more.
    ClearFolder,
    /// Everything as it is without any choice.
    Reset,
    /// Take that back.
    UndoReset,
}

/// What the page shows beside the settings themselves.
#[derive(Debug, Default)]
pub struct SettingsPage {
    /// What is typed into the field for own entries.
    pub folder: String,
    /// The dialog for their folder, while it is open.
    pub picking: Option<JobId>,
    /// What was set before everything was reset.
    pub before: Option<Settings>,
}

/// What is known about own entries.
#[derive(Debug, Default)]
pub struct Own {
    /// The work that reads them.
    pub loading: Option<JobId>,
    /// How many were understood.
    pub count: usize,
    /// What was left out and why.
    pub troubles: Vec<String>,
    /// Whether a log is being read with the entries from before.
    pub is_reading_stale: bool,
}

/// Carries out what concerns the settings, and gives back what does not.
pub fn take(state: &mut State, command: Command, world: &World<'_>) -> Option<Command> {
    match command {
        Command::Settings => open(state),
        Command::InSettings(change) => take_change(state, change, world),
        Command::NextTheme => take_change(state, Change::Theme(state.settings.theme.next()), world),
        Command::NextContrast => take_change(state, Change::Contrast(state.settings.contrast.next()), world),
        Command::LargerText => set_text_size(state, larger(state.settings.text_size), world),
        Command::SmallerText => set_text_size(state, smaller(state.settings.text_size), world),
        Command::UsualText => set_text_size(state, USUAL_TEXT_SIZE, world),
        Command::Back if state.overlay.is_none() && matches!(state.section, Some(Section::Settings(_))) => {
            state.section = None;
        }
        other => return Some(other),
    }
    None
}

fn open(state: &mut State) {
    state.overlay = None;
    if !matches!(state.section, Some(Section::Settings(_))) {
        let shown = state.settings.knowledge_folder.as_ref().map(|folder| folder.display().to_string());
        let page = SettingsPage { folder: shown.unwrap_or_default(), ..SettingsPage::default() };
        state.section = Some(Section::Settings(Box::new(page)));
    }
    state.announcement = words::HEADING.to_owned();
}

fn page(state: &mut State) -> Option<&mut SettingsPage> {
    match &mut state.section {
        Some(Section::Settings(page)) => Some(page),
        _ => None,
    }
}

fn set_text_size(state: &mut State, size: u16, world: &World<'_>) {
    state.settings.text_size = size;
    settled(state, words::text_size(size), world);
}

fn take_change(state: &mut State, change: Change, world: &World<'_>) {
    let set = &mut state.settings;
    let said = match change {
        Change::Theme(choice) => {
            set.theme = choice;
            all_words::theme(choice).to_owned()
        }
        Change::Contrast(choice) => {
            set.contrast = choice;
            words::contrast(choice).to_owned()
        }
        Change::Motion(choice) => {
            set.motion = choice;
            words::motion(choice).to_owned()
        }
        Change::Shell(shell) => {
            set.shell = shell;
            words::shell(shell)
        }
        Change::History(is_on) => {
            set.history = is_on;
            words::switched(words::HISTORY, is_on)
        }
        Change::KeepLogs(is_on) => {
            set.keep_logs = is_on;
            words::switched(words::KEEP_LOGS, is_on)
        }
        Change::Watch(is_on) => {
            set.watch = is_on;
            words::switched(words::WATCH, is_on)
        }
        Change::RememberHosts(is_on) => {
            set.remember_hosts = is_on;
            words::switched(words::REMEMBER, is_on)
        }
        Change::ForgetHost(host) => {
            set.agreed_hosts.retain(|agreed| *agreed != host);
            words::forgotten(&host)
        }
        Change::FolderText(text) => {
            if let Some(page) = page(state) {
                page.folder = text;
            }
            return;
        }
        Change::UseFolder => {
            let typed = page(state).map(|page| page.folder.trim().trim_matches('"').to_owned());
            return set_folder(state, typed.filter(|typed| !typed.is_empty()).map(PathBuf::from), world);
        }
        Change::ClearFolder => return set_folder(state, None, world),
        Change::PickFolder => return pick_folder(state, world),
        Change::Reset => return reset(state, world),
        Change::UndoReset => {
            if let Some(before) = page(state).and_then(|page| page.before.take()) {
                replace(state, before, world);
                settled(state, words::UNDONE.to_owned(), world);
            }
            return;
        }
    };
    settled(state, said, world);
}

/// Says what changed and saves it.
fn settled(state: &mut State, said: String, world: &World<'_>) {
    state.announcement = said;
    save_settings(state, world);
}

fn reset(state: &mut State, world: &World<'_>) {
    // What a newer version has written is not ours to reset.
    let usual = Settings { unknown: state.settings.unknown.clone(), ..Settings::default() };
    let before = state.settings.clone();
    replace(state, usual, world);
    if let Some(page) = page(state) {
        page.before = Some(before);
    }
    settled(state, words::RESET_DONE.to_owned(), world);
}

/// Takes other settings over, with all that follows from them.
fn replace(state: &mut State, settings: Settings, world: &World<'_>) {
    let before = std::mem::replace(&mut state.settings, settings);
    let shown = state.settings.knowledge_folder.as_ref().map(|folder| folder.display().to_string());
    if let Some(page) = page(state) {
        page.folder = shown.unwrap_or_default();
    }
    if before.client != state.settings.client {
        update::renew(state, world);
        library::renew(state);
    }
    if before.knowledge_folder != state.settings.knowledge_folder {
        load_own(state, world);
    }
}

// Own entries.

fn set_folder(state: &mut State, folder: Option<PathBuf>, world: &World<'_>) {
    let settings = Settings { knowledge_folder: folder, ..state.settings.clone() };
    let is_cleared = settings.knowledge_folder.is_none();
    // The same folder again is a wish to read it again.
    let is_same = settings.knowledge_folder == state.settings.knowledge_folder;
    replace(state, settings, world);
    if is_same {
        load_own(state, world);
    }
    let said = if is_cleared { words::FOLDER_CLEARED } else { words::FOLDER_LOADING };
    settled(state, said.to_owned(), world);
}

fn pick_folder(state: &mut State, world: &World<'_>) {
    if state.dialog.is_some() {
        return;
    }
    let job = state.next_job();
    if let Some(page) = page(state) {
        page.picking = Some(job);
        state.dialog = Some(Dialog { job, since: state.now });
        world.services.pick_entries(job, world.outbox.clone());
    }
}

/// Reads the folder of own entries in the background.
pub fn load_own(state: &mut State, world: &World<'_>) {
    let job = state.next_job();
    state.own = Own { loading: Some(job), ..Own::default() };
    let folder = state.settings.knowledge_folder.clone();
    jobs::load_entries(Arc::clone(world.services), job, folder, world.outbox.clone());
}

/// Takes an answer that concerns the settings, and gives back one that does not.
pub fn receive(state: &mut State, event: Event, world: &World<'_>) -> Option<Event> {
    match event {
        Event::SystemLook(look) => state.system_look = look,
        Event::Entries(job, entries) => take_entries(state, job, *entries, world),
        Event::PickedFolder(job, folder) if page(state).is_some_and(|page| page.picking == Some(job)) => {
            picked(state, folder, world);
        }
        other => return Some(other),
    }
    None
}

fn picked(state: &mut State, folder: Option<PathBuf>, world: &World<'_>) {
    let since = state.dialog.take().map_or(state.now, |dialog| dialog.since);
    if let Some(page) = page(state) {
        page.picking = None;
    }
    match folder {
        Some(folder) => set_folder(state, Some(folder), world),
        None if state.now - since < update::NO_DIALOG_SECS => state.notify(Tone::Plain, words::NO_DIALOG),
        None => {}
    }
}

fn take_entries(state: &mut State, job: JobId, entries: OwnEntries, world: &World<'_>) {
    if state.own.loading != Some(job) {
        return;
    }
    let OwnEntries { knowledge, count, troubles } = entries;
    state.entries = Entries(knowledge);
    world.services.use_entries(knowledge);
    let is_reading_stale = matches!(state.screen, Screen::Reading(_));
    match troubles.first() {
        Some(trouble) => state.notify(Tone::Trouble, all_words::sentence(trouble)),
        None => state.announcement = words::own_count(count),
    }
    state.own = Own { loading: None, count, troubles, is_reading_stale };
    update::renew(state, world);
    library::renew(state);
}

// Hosts that the user has agreed to ask.

/// Keeps the hosts of the requests that are about to be sent, if that is wanted.
pub fn remember_hosts(state: &mut State, world: &World<'_>) {
    if !state.settings.remember_hosts {
        return;
    }
    let chosen = state.case().and_then(|case| case.inquiry.as_ref()).map(super::inquiry::Inquiry::chosen);
    let known = state.settings.agreed_hosts.len();
    for ask in chosen.unwrap_or_default() {
        if let Some(host) = ask.url.host_str().map(str::to_owned)
            && !state.settings.agreed_hosts.contains(&host)
        {
            state.settings.agreed_hosts.push(host);
        }
    }
    if state.settings.agreed_hosts.len() > known {
        state.settings.agreed_hosts.sort();
        save_settings(state, world);
    }
}
