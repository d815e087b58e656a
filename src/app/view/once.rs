//! Wishes that are granted once: the state says what should happen, drawing notes that it did.

use egui::{Id, Ui};

use crate::app::reader::Target;
use crate::app::state::Case;

/// Whether a wish with this serial number is new; it is not the next time.
pub(super) fn is_new(ui: &Ui, what: &str, case: &Case, serial: u64) -> bool {
    let (key, mark) = (Id::unique(("granted", what)), (case.id.0, serial));
    let is_new = ui.data(|data| data.get_temp::<(u64, u64)>(key)) != Some(mark);
    if is_new {
        ui.data_mut(|data| data.insert_temp(key, mark));
    }
    is_new
}

/// Whether something is to get the keyboard now.
pub(super) fn wants_focus(ui: &Ui, case: &Case, target: Target) -> bool {
    case.reader.focus.is_some_and(|focus| focus.on == target && is_new(ui, "focus", case, focus.serial))
}

/// Whether a row of evidence is to be shown in the answer now.
pub(super) fn wants_sight(ui: &Ui, case: &Case, row: usize) -> bool {
    case.reader
        .in_answer
        .is_some_and(|(wanted, serial)| wanted == row && is_new(ui, "evidence", case, serial))
}
