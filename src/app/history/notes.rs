//! Notes that are being written: when they are saved, and what belongs into their field.
//!
//! Owns the moments at which a note is saved: when its typing rests, when the keyboard leaves its field, when that is
//! asked for, and when the window closes. Must not know how the field is drawn.

use std::sync::Arc;

use egui::{Key, Modifiers};

use super::Past;
use super::record::{LONGEST_NOTE, clean_note};
use super::work::Task;
use crate::app::jobs::{Outbox, Services};
use crate::app::state::{Section, State};
use crate::app::update::World;
use crate::app::view;
use crate::app::words::history as words;
use crate::text;

/// Saves what is written in notes.
pub(super) fn save(state: &mut State, world: &World<'_>) {
    let written = state.past.take_written(None);
    push_notes(&mut state.past, written, world.services, world.outbox);
}

/// The same when the window closes.
pub fn save_last(past: &mut Past, services: &Arc<dyn Services>, outbox: &Outbox) {
    let written = past.take_written(None);
    push_notes(past, written, services, outbox);
}

fn push_notes(past: &mut Past, written: Vec<(u64, String)>, services: &Arc<dyn Services>, outbox: &Outbox) {
    for (id, text) in written {
        past.queue.push(Task::Note(id, clean_note(&text)), services, outbox);
    }
}

/// Once in each frame: saves notes whose typing rests, and forgets what cannot be brought back any more.
pub fn tend(state: &mut State, world: &World<'_>) {
    let can_undo = state.notice.as_ref().is_some_and(|notice| notice.can_undo && notice.until > state.now);
    if state.past.removed.is_some() && !can_undo {
        state.past.removed = None;
    }
    let field = shown_note(state).map(view::note_id);
    let is_writing = field.is_some() && world.ctx.memory(|memory| memory.focused()) == field;
    if std::mem::replace(&mut state.past.is_writing, is_writing) && !is_writing {
        save(state, world);
        // Escape has left the field, and must not leave the page as well.
        world.ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    }
    let Some(wait) = state.past.next_save(state.now) else { return };
    let is_sent =
        is_writing && world.ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    if is_sent {
        save(state, world);
    } else if wait <= 0.0 {
        let written = state.past.take_written(Some(state.now));
        push_notes(&mut state.past, written, world.services, world.outbox);
    } else {
        world.ctx.request_repaint_after_secs(wait as f32);
    }
}

/// The diagnosis whose note can be written now.
pub fn shown_note(state: &State) -> Option<u64> {
    match &state.section {
        Some(Section::History(history)) => history.page,
        Some(_) => None,
        None => {
            let case = state.case().filter(|_| state.settings.history)?;
            state.past.own(case.id, case.incident).map(|record| record.id)
        }
    }
}

/// The field shows what is kept, unless somebody is writing in it.
pub(super) fn noted(state: &mut State, id: u64, note: &str, world: &World<'_>) {
    let is_writing = world.ctx.memory(|memory| memory.has_focus(view::note_id(id)));
    if !is_writing {
        state.past.forget_drafts();
    }
    let is_kept = state.past.record(id).is_some_and(|record| record.note == note);
    if is_kept && !note.is_empty() {
        state.announcement = words::NOTE_SAVED.to_owned();
    }
}

/// Text was pasted. Returns what belongs into the field that has the keyboard.
pub fn pasted(state: &State, pasted: &str, world: &World<'_>) -> Option<String> {
    let focused = world.ctx.memory(|memory| memory.focused())?;
    let is_search = focused == view::history_search();
    let is_note = shown_note(state).is_some_and(|id| focused == view::note_id(id));
    if !is_search && !is_note {
        return None;
    }
    // What is shown must not hold a secret, and the field shows it.
    let short: String = pasted.chars().take(LONGEST_NOTE).collect();
    let clean = text::redact(text::decode(short.as_bytes()));
    let clean = clean.as_str().trim();
    Some(if is_search { clean.split_whitespace().collect::<Vec<_>>().join(" ") } else { clean.to_owned() })
}
