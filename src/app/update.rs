//! What each command and each answer changes.
//!
//! Owns every change of the state. What leaves the program (clipboard, browser, files) is asked for here and nowhere
//! else in the window.

use std::path::PathBuf;
use std::sync::Arc;

use super::command::Command;
use super::jobs::{self, Answer, Event, Outbox, Services};
use super::state::{
    Case, Dialog, Draft, JobId, Notice, Overlay, PathField, Purpose, Reading, Screen, Source, State, Tab,
    Tone,
};
use super::{
    batch, checks, copying, find, history, inquiry, library, palette, reader, report, settings, view, watch,
    words,
};
use crate::Preferences;
use crate::diagnose::Observed;

/// The largest text that may stand in the box; longer ones are read without ever being laid out as one piece.
pub const BOX_LIMIT: usize = 64 * 1024;
/// A dialog that is gone sooner than this was never there.
pub const NO_DIALOG_SECS: f64 = 0.3;
/// How long the clipboard may take to answer.
const PASTE_SECS: f64 = 0.6;

/// What a change needs beside the state.
pub struct World<'a> {
    /// The window.
    pub ctx: &'a egui::Context,
    /// The system.
    pub services: &'a Arc<dyn Services>,
    /// Where answers go.
    pub outbox: &'a Outbox,
}

/// Carries a command out.
pub fn apply(state: &mut State, command: Command, world: &World<'_>) {
    let Some(command) = library::take(state, command, world) else { return };
    let Some(command) = history::take(state, command, world) else { return };
    let Some(command) = settings::take(state, command, world) else { return };
    let Some(command) = find::take(state, command, world) else { return };
    let Some(command) = watch::take(state, command, world) else { return };
    let Some(command) = reader::take(state, command, world) else { return };
    match command {
        Command::Paste => ask_clipboard(state, world),
        Command::OpenFile => open_dialog(state, world),
        Command::LatestNpmLog => read(state, Source::LatestNpmLog, world),
        Command::Diagnose => diagnose_draft(state, world),
        Command::Example(which) => read(state, Source::Example(which), world),
        Command::OpenPath => open_path(state, world),
        Command::SetPath(text) => {
            if let Some(Overlay::Path(field)) = &mut state.overlay {
                field.text = text;
            }
        }
        Command::Help => state.overlay = Some(Overlay::Help),
        Command::Back => back(state, world),
        Command::SetDraft(text) => set_draft(state, text, world),
        Command::ClearDraft => clear_draft(state),
        Command::UndoDraft => undo_draft(state),
        Command::SetShell(shell) => {
            state.settings.shell = shell;
            save_settings(state, world);
        }
        Command::SetClient(client) => {
            state.settings.client = client;
            save_settings(state, world);
            renew(state, world);
            library::renew(state);
        }
        Command::Copy(clip) => copying::copy(state, clip, world),
        Command::CopyFirstCommand
        | Command::CopyAllCommands
        | Command::CopyReport
        | Command::CopyMessage
        | Command::CopyLog => copying::copy_listed(state, &command, world),
        Command::SaveReport => report::ask(state, world),
        Command::ShowLogOf(at) => batch::show(state, at, world),
        Command::OpenUrl(url) => world.ctx.open_url(egui::OpenUrl::new_tab(url)),
        Command::CheckRegistry => inquiry::open(state, world),
        Command::PickProject => inquiry::pick_project(state, world),
        Command::UseProject(folder) => inquiry::set_project(state, folder, world),
        Command::AskWithCredentials(wanted) => inquiry::set_credentials(state, wanted),
        Command::TickAsk(id) => inquiry::tick(state, id),
        Command::AskRegistry => {
            settings::remember_hosts(state, world);
            inquiry::ask(state, world);
        }
        Command::StopAsking => inquiry::stop(state),
        Command::AnswerCheck(at, holds) => checks::answer(state, at, holds, world),
        Command::Menu => view::toggle_menu(world.ctx),
        Command::Palette => palette::open(state),
        Command::SetPalette(changed) => palette::set(state, changed),
        Command::RunPalette => palette::run(state, world),
        Command::DismissNotice => state.notice = None,
        other => in_case(state, other),
    }
}

/// Commands that only choose something in the shown result.
fn in_case(state: &mut State, command: Command) {
    let Some(case) = state.case_mut() else { return };
    match command {
        Command::PreviousIncident => select_incident(case, case.incident.saturating_sub(1)),
        Command::NextIncident => select_incident(case, case.incident + 1),
        Command::SelectIncident(at) => select_incident(case, at),
        Command::SelectCause(at) => select_cause(case, at),
        Command::ShowDiagnosis => case.tab = Tab::Diagnosis,
        Command::ShowLog => case.tab = Tab::Log,
        Command::Confirm(key) => case.confirming = Some(key),
        Command::Toggle(key) if case.opened.contains(&key) => {
            case.opened.remove(&key);
        }
        Command::Toggle(key) => {
            case.opened.insert(key);
        }
        _ => {}
    }
    state.announcement = state.case().map(spoken).unwrap_or_default();
}

/// What is shown, for those who cannot see that it changed.
fn spoken(case: &Case) -> String {
    let position = words::nth(case.incident, case.advice().incidents.len());
    match case.cause() {
        Some(cause) => format!("{}, {}, {position}", cause.title, words::confidence(cause)),
        None => case.advice().nothing.as_ref().map(|nothing| nothing.title.clone()).unwrap_or_default(),
    }
}

fn select_incident(case: &mut Case, at: usize) {
    if at < case.advice().incidents.len() && at != case.incident {
        case.incident = at;
        case.confirming = None;
        case.reveal_evidence();
    }
}

fn select_cause(case: &mut Case, at: usize) {
    let incident = case.incident;
    if let Some(chosen) = case.causes.get_mut(incident) {
        *chosen = at;
        case.confirming = None;
        case.reveal_evidence();
    }
}

/// Reads a log in the background.
pub fn read(state: &mut State, source: Source, world: &World<'_>) {
    let job = state.next_job();
    let name = jobs::name_of(&source);
    state.overlay = None;
    state.section = None;
    state.notice = None;
    state.dialog = None;
    state.batch = None;
    state.announcement = words::reading(&name);
    state.screen = Screen::Reading(Reading { job, name, since: state.now });
    let preferences = Preferences { client: state.settings.client.clone(), ..Preferences::default() };
    let saying = jobs::Saying { preferences, observed: Observed::new() };
    jobs::read(Arc::clone(world.services), job, source, saying, world.outbox.clone());
}

/// Explains the shown log anew; it stays on the screen until the answer is there.
pub(super) fn renew(state: &mut State, world: &World<'_>) {
    let job = state.next_job();
    let preferences = state.preferences();
    if let Some(case) = state.case_mut() {
        case.renewal = Some(job);
        // It hears the answers, too; what was asked for before would come late and in the old words.
        case.hearing = None;
        let saying = jobs::Saying { preferences, observed: case.observed.clone() };
        jobs::read(Arc::clone(world.services), job, case.source.clone(), saying, world.outbox.clone());
    }
}

/// Takes an answer, unless it is no longer wanted.
pub fn receive(state: &mut State, event: Event, world: &World<'_>) {
    let Some(event) = settings::receive(state, event, world) else { return };
    match event {
        Event::Read(job, result) => {
            if let Some(case) = state.case_mut()
                && case.renewal.take_if(|renewal| *renewal == job).is_some()
            {
                match result {
                    Ok(answer) => case.renew(answer.explained),
                    Err(failure) => {
                        state.notify(Tone::Trouble, format!("{}. {}", failure.title, failure.why))
                    }
                }
                return;
            }
            if !matches!(&state.screen, Screen::Reading(reading) if reading.job == job) {
                return;
            }
            state.screen = match result {
                Ok(answer) => {
                    hide_secrets_in_draft(&mut state.draft, &answer);
                    Screen::Result(Box::new(Case::new(job, answer.explained, answer.source)))
                }
                Err(failure) => Screen::Failed(failure),
            };
            state.announcement = match &state.screen {
                Screen::Result(case) => spoken(case),
                Screen::Failed(failure) => format!("{}. {} {}", failure.title, failure.why, failure.next),
                Screen::Start | Screen::Reading(_) | Screen::Several => String::new(),
            };
            // Own entries have arrived while it was read without them.
            if std::mem::take(&mut state.own.is_reading_stale) {
                renew(state, world);
            }
            history::keep(state, world);
        }
        Event::Heard(job, advice) => {
            checks::receive(state, job, *advice);
            history::amend(state, world);
        }
        Event::Picked(job, paths) => picked(state, job, paths, world),
        Event::PickedNew(job, path) => report::picked(state, job, path, world),
        Event::Saved(_, outcome) => report::receive(state, outcome),
        Event::Surveyed(job, at, found) => batch::receive(state, job, at, found),
        Event::Noticed(job, noticed) => watch::receive(state, job, noticed),
        Event::Found(job, found, is_last) => find::receive(state, job, found, is_last),
        Event::History(told) => history::receive(state, *told, world),
        other => {
            inquiry::receive(state, other, world);
            history::amend(state, world);
        }
    }
}

/// What was pasted is in the box when the user comes back to it; what is secret in it must not be.
fn hide_secrets_in_draft(draft: &mut Draft, answer: &Answer) {
    let is_what_was_read = matches!(&answer.source, Source::Pasted(text) if *text == draft.text);
    if is_what_was_read && answer.explained.log.secrets_hidden() > 0 {
        draft.text = answer.explained.log.as_str().to_owned();
    }
}

fn open_dialog(state: &mut State, world: &World<'_>) {
    // A second dialog on top of the first helps nobody.
    if state.dialog.is_some() {
        return;
    }
    let job = state.next_job();
    state.dialog = Some(Dialog { job, since: state.now });
    world.services.pick_file(job, world.outbox.clone());
}

fn picked(state: &mut State, job: JobId, paths: Vec<PathBuf>, world: &World<'_>) {
    let Some(dialog) = state.dialog.filter(|dialog| dialog.job == job) else { return };
    state.dialog = None;
    // Without a portal the dialog is answered at once, and exactly as if the user had closed it.
    if paths.is_empty() && state.now - dialog.since < NO_DIALOG_SECS {
        let field = PathField { purpose: Purpose::Open, text: String::new() };
        state.overlay = Some(Overlay::Path(field));
        state.announcement = words::PATH_NOTE.to_owned();
    }
    batch::open(state, paths, world);
}

fn open_path(state: &mut State, world: &World<'_>) {
    let Some(Overlay::Path(field)) = state.overlay.take() else { return };
    let path = field.text.trim().trim_matches('"');
    match field.purpose {
        Purpose::Open => read(state, Source::Files(vec![PathBuf::from(path)]), world),
        Purpose::Save => report::save_at(state, path, world),
    }
}

fn back(state: &mut State, world: &World<'_>) {
    if state.overlay.take().is_some() {
        return;
    }
    if matches!(state.screen, Screen::Start) {
        return;
    }
    state.next_job();
    state.notice = None;
    if let Some(batch) = state.batch.as_ref().filter(|_| !matches!(state.screen, Screen::Several)) {
        state.announcement = words::batch::heading(batch.logs.len());
        state.screen = Screen::Several;
    } else {
        state.batch = None;
        state.screen = Screen::Start;
        state.announcement = words::START_HEADING.to_owned();
        world.ctx.memory_mut(|memory| memory.request_focus(view::box_id()));
    }
}

// The box, and what is pasted.

fn ask_clipboard(state: &mut State, world: &World<'_>) {
    state.paste_asked = Some(state.now);
    world.ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste);
    world.ctx.request_repaint_after_secs(PASTE_SECS as f32);
}

/// Notices when the clipboard had nothing to give.
pub fn check_clipboard(state: &mut State) {
    if state.paste_asked.is_some_and(|asked| state.now - asked >= PASTE_SECS) {
        state.paste_asked = None;
        state.notify(Tone::Plain, words::PASTE_EMPTY);
    }
}

/// Text was pasted, anywhere in the window. Returns it when it belongs into the box at the cursor.
pub fn pasted(state: &mut State, text: String, box_has_focus: bool, world: &World<'_>) -> Option<String> {
    state.paste_asked = None;
    if text.trim().is_empty() {
        state.notify(Tone::Plain, words::PASTE_EMPTY);
        return None;
    }
    if state.library().is_some() {
        return library::pasted(state, &text, world);
    }
    if let Some(for_field) = history::pasted(state, &text, world) {
        return Some(for_field);
    }
    let on_start = matches!(state.screen, Screen::Start);
    let is_small = text.len() + state.draft.text.len() <= BOX_LIMIT;
    if on_start && box_has_focus && is_small && !state.draft.text.trim().is_empty() {
        // The user is putting an error together from pieces.
        state.draft.read_when_changed = true;
        return Some(text);
    }
    let replaced = std::mem::take(&mut state.draft.text);
    if !replaced.trim().is_empty() && replaced != text {
        state.draft.before = Some(replaced);
    }
    if text.len() <= BOX_LIMIT {
        state.draft.text.clone_from(&text);
    }
    read(state, Source::Pasted(text), world);
    None
}

fn set_draft(state: &mut State, text: String, world: &World<'_>) {
    state.draft.text = text;
    if std::mem::take(&mut state.draft.read_when_changed) {
        diagnose_draft(state, world);
    }
}

fn diagnose_draft(state: &mut State, world: &World<'_>) {
    if !state.draft.text.trim().is_empty() {
        let text = state.draft.text.clone();
        read(state, Source::Pasted(text), world);
    }
}

fn clear_draft(state: &mut State) {
    let text = std::mem::take(&mut state.draft.text);
    state.draft.before = Some(text);
    state.notify(Tone::Plain, words::CLEARED);
    state.notice =
        state.notice.take().map(|notice| Notice { can_undo: true, until: state.now + 8.0, ..notice });
}

/// Exchanges what is in the box with what was there before, so that nothing is lost either way.
fn undo_draft(state: &mut State) {
    if let Some(before) = state.draft.before.take() {
        let now = std::mem::replace(&mut state.draft.text, before);
        state.draft.before = Some(now).filter(|text| !text.trim().is_empty());
        state.notice = None;
    }
}

// Settings.

pub(super) fn save_settings(state: &mut State, world: &World<'_>) {
    if let Err(error) = world.services.save_settings(&state.settings) {
        state.notify(Tone::Trouble, words::sentence(&error.to_string()));
    }
}
