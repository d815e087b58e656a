//! The answer as a file: where it goes, in which form, and what became of it.
//!
//! Owns the saving of a report. Must not know how files are written or how a dialog looks.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use super::jobs::Event;
use super::state::{Case, Dialog, JobId, Overlay, PathField, Purpose, State, Tone};
use super::update::{NO_DIALOG_SECS, World};
use super::words;
use crate::advice::Shell;
use crate::facts::FactKey;
use crate::output::{self, Format, Style};

/// Asks where the report goes.
pub fn ask(state: &mut State, world: &World<'_>) {
    let Some(case) = state.case().filter(|_| state.dialog.is_none()) else { return };
    let name = suggested(case);
    let job = state.next_job();
    state.dialog = Some(Dialog { job, since: state.now });
    world.services.pick_new_file(job, &name, world.outbox.clone());
}

/// `unforbid-acme-widgets-2.3.0.md`: nothing in it that a file system minds.
fn suggested(case: &Case) -> String {
    let fact = |key| case.incident().and_then(|incident| incident.facts.get(key)).unwrap_or_default();
    let about = format!("unforbid {} {}", fact(FactKey::Package), fact(FactKey::Version));
    let plain = about.split(|c: char| !c.is_ascii_alphanumeric() && c != '.');
    let words: Vec<&str> = plain.map(|word| word.trim_matches('.')).filter(|word| !word.is_empty()).collect();
    let name: String = words.join("-").chars().take(80).collect();
    format!("{name}.md")
}

/// Takes the dialog's answer.
pub fn picked(state: &mut State, job: JobId, path: Option<PathBuf>, world: &World<'_>) {
    let Some(dialog) = state.dialog.filter(|dialog| dialog.job == job) else { return };
    state.dialog = None;
    match path {
        // The dialog has asked before an old file is replaced.
        Some(path) => save(state, path, true, world),
        None if state.now - dialog.since < NO_DIALOG_SECS => {
            let folder = world.services.machine().home.unwrap_or_default();
            let name = state.case().map(suggested).unwrap_or_default();
            let text = folder.join(name).to_string_lossy().into_owned();
            state.overlay = Some(Overlay::Path(PathField { purpose: Purpose::Save, text }));
            state.announcement = words::report::PATH_NOTE.to_owned();
        }
        None => {}
    }
}

/// Saves the report at a path that was typed; what is there stays there.
pub fn save_at(state: &mut State, path: &str, world: &World<'_>) {
    save(state, PathBuf::from(path), false, world);
}

fn save(state: &mut State, path: PathBuf, may_replace: bool, world: &World<'_>) {
    let shell = state.settings.shell;
    let job = state.next_job();
    let Some(case) = state.case() else { return };
    let (path, format) = with_form(path);
    let text = text_of(case, format, shell);
    let (services, outbox) = (Arc::clone(world.services), world.outbox.clone());
    thread::spawn(move || {
        let outcome = services.write_report(&path, &text, may_replace).map(|()| path.clone());
        outbox.send(Event::Saved(job, outcome.map_err(|error| words::report::not_saved(&error, &path))));
    });
}

/// JSON when the name says so, else Markdown.
fn with_form(path: PathBuf) -> (PathBuf, Format) {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match ending.as_deref() {
        Some("json") => (path, Format::Json),
        Some("md" | "markdown" | "txt") => (path, Format::Markdown),
        _ => {
            let mut name = path.into_os_string();
            name.push(".md");
            (PathBuf::from(name), Format::Markdown)
        }
    }
}

fn text_of(case: &Case, format: Format, shell: Shell) -> String {
    output::render(case.advice(), format, &Style { shell, ..Style::default() })
}

/// Says what became of it.
pub fn receive(state: &mut State, outcome: Result<PathBuf, String>) {
    match outcome {
        Ok(path) => state.notify(Tone::Done, words::report::saved(&name_of(&path))),
        Err(error) => state.notify(Tone::Trouble, error),
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
