//! The history: search and list at the left, the diagnosis at the right; one of them at a time in a narrow window.

mod entry;
mod foot;
mod list;

use egui::{Id, Key, Modifiers, Popup, Rect, Ui, pos2, vec2};

use super::View;
use super::shelf::{self, GAP, MARGIN, within};
use crate::app::command::Command;
use crate::app::history::{Change, History};
use crate::app::theme::{Theme, Type};
use crate::app::widgets;
use crate::app::words::history as words;

/// The search field, so that it can be given the keyboard.
pub fn search_id() -> Id {
    Id::unique("the search field of the history")
}

/// The diagnosis, so that it can be given the keyboard.
pub fn page_id() -> Id {
    Id::unique("the page of the history")
}

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, history: &History) {
    // In the search field Escape is the field's; here it goes back like everywhere else.
    let is_covered = view.state.overlay.is_some() || Popup::is_any_open(ui.ctx());
    let is_searching = ui.memory(|memory| memory.has_focus(search_id()));
    if is_searching && !is_covered && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        view.push(Command::Back);
    }
    let room = ui.max_rect();
    if let Some((left, right)) = shelf::halves(room, 0.36, 340.0..=460.0) {
        within(ui, left, |ui| search_and_list(ui, view, history));
        within(ui, right, |ui| entry::show(ui, view, history, (0.0, MARGIN)));
    } else if history.is_list || history.page.is_none() {
        within(ui, room.shrink(12.0), |ui| search_and_list(ui, view, history));
    } else {
        entry::show(ui, view, history, (12.0, 12.0));
    }
}

fn search_and_list(ui: &mut Ui, view: &mut View<'_>, history: &History) {
    ui.spacing_mut().item_spacing = vec2(GAP, GAP);
    search(ui, view, history);
    let foot = foot::height(ui, view, history);
    let whole = ui.available_rect_before_wrap();
    let split = (whole.bottom() - foot).max(whole.top() + 80.0);
    let above = Rect::from_min_max(whole.min, pos2(whole.right(), split - GAP));
    let below = Rect::from_min_max(pos2(whole.left(), split), whole.max);
    within(ui, above, |ui| list::show(ui, view, history));
    within(ui, below, |ui| foot::show(ui, view, history));
}

/// The search field. While it has the keyboard, arrow keys move in the list and Enter opens.
fn search(ui: &mut Ui, view: &mut View<'_>, history: &History) {
    if ui.memory(|memory| memory.has_focus(search_id())) {
        list::keys(ui, view, history, false);
    }
    let field = shelf::Search {
        id: search_id(),
        name: words::SEARCH,
        hint: words::SEARCH_HINT,
        clear: words::CLEAR_SEARCH,
        query: &history.query,
    };
    if let Some(text) = field.show(ui) {
        view.push(Command::InHistory(Change::Search(text)));
    }
    list::point_to_row(ui, history, search_id());
}

/// A sentence or two in the place of a list.
fn instead(ui: &mut Ui, title: &str, text: &str) {
    ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
    widgets::heading(ui, Type::Card, 2, title);
    widgets::text(ui, Type::Body, Theme::of(ui).text_quiet, text);
}
