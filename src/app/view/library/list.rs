//! The list of the library: one control for the keyboard, its lines are options of it.

use egui::accesskit::Role;
use egui::{CornerRadius, Id, Key, Response, ScrollArea, Sense, Ui, pos2, vec2};

use super::super::shelf;
use super::View;
use crate::app::command::Command;
use crate::app::library::search::Row;
use crate::app::library::{Change, Library};
use crate::app::theme::{self, Theme, Type};
use crate::app::widgets::{self, Button};
use crate::app::words::library as words;

const PAD: f32 = 8.0;

fn list_id() -> Id {
    Id::unique("the list of the library")
}

fn row_id(at: usize) -> Id {
    Id::unique(("a row of the library", at))
}

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, library: &Library) {
    let theme = Theme::of(ui);
    let rect = ui.available_rect_before_wrap();
    shelf::ground(ui, rect);
    if library.found.is_empty() {
        ui.scope_builder(egui::UiBuilder::new().max_rect(rect.shrink(16.0)), |ui| nothing(ui, view, library));
        return;
    }
    let control = shelf::control(ui, rect, list_id(), Role::ListBox, words::LIST);
    if control.has_focus() {
        keys(ui, view, library, true);
    }
    point_to_row(ui, library, list_id());
    let inside = rect.shrink(1.0);
    ui.scope_builder(egui::UiBuilder::new().max_rect(inside), |ui| {
        ui.set_clip_rect(ui.clip_rect().intersect(inside));
        ScrollArea::vertical()
            .id_salt("library list")
            .auto_shrink(false)
            .show(ui, |ui| rows(ui, view, library));
    });
    if control.has_focus() {
        widgets::paint_focus_ring(ui.painter(), theme, rect.shrink(1.0), theme::RADIUS_CARD);
    }
}

fn nothing(ui: &mut Ui, view: &mut View<'_>, library: &Library) {
    let theme = Theme::of(ui);
    ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
    widgets::heading(ui, Type::Card, 2, words::NOTHING);
    widgets::text(ui, Type::Body, theme.text_quiet, words::NOTHING_TRY);
    if !library.filter.is_empty() {
        widgets::text(ui, Type::Body, theme.text_quiet, words::NOTHING_FILTER);
        if ui.add(Button::new(words::ALL_AGAIN)).clicked() {
            view.push(Command::InLibrary(Change::ClearFilters));
        }
    }
}

/// Tells assistive technology which row the keys are about while the keyboard stays where it is.
pub(super) fn point_to_row(ui: &Ui, library: &Library, control: Id) {
    if !library.found.is_empty() {
        shelf::point_to(ui, row_id(library.at), control);
    }
}

/// Moves in the list and opens. In a text field Home and End are the field's.
pub(super) fn keys(ui: &Ui, view: &mut View<'_>, library: &Library, is_list: bool) {
    let last = library.found.len().saturating_sub(1);
    if let Some(next) = shelf::moved(ui, library.at, last, is_list) {
        view.push(Command::InLibrary(Change::MoveTo(next)));
    }
    if shelf::pressed(ui, Key::Enter) {
        view.push(Command::InLibrary(Change::OpenRow));
    }
}

fn rows(ui: &mut Ui, view: &mut View<'_>, library: &Library) {
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.add_space(PAD);
    let open = library.page.as_ref().map(|page| &page.entry);
    let mut at = 0;
    for (nth, section) in library.found.sections.iter().enumerate() {
        if nth > 0 {
            ui.add_space(10.0);
        }
        heading(ui, &section.title);
        for shown in &section.rows {
            let response = row(ui, shown, at, at == library.at, open == Some(&shown.entry));
            if response.clicked() {
                view.push(Command::InLibrary(Change::Open(shown.entry.clone())));
            }
            if at == library.at {
                bring_into_sight(ui, library, &response);
            }
            at += 1;
        }
    }
    ui.add_space(PAD);
}

fn heading(ui: &mut Ui, text: &str) {
    widgets::indented(ui, PAD + 10.0, |ui| {
        let response = widgets::line(ui, Type::Label, Theme::of(ui).text_faint, text);
        widgets::mark_heading(&response, 2, text);
    });
    ui.add_space(2.0);
}

fn row(ui: &mut Ui, shown: &Row, at: usize, is_here: bool, is_open: bool) -> Response {
    let theme = Theme::of(ui);
    let room = ui.available_width() - 2.0 * PAD - 20.0;
    let ink = if is_open { theme.accent } else { theme.text };
    let title = widgets::clipped(ui, widgets::job(Type::Item, ink, &shown.title), room, 3, false);
    let note = (!shown.note.is_empty()).then(|| {
        widgets::clipped(ui, widgets::job(Type::Note, theme.text_quiet, &shown.note), room, 1, true)
    });
    let height = 12.0 + title.size().y + note.as_ref().map_or(0.0, |note| note.size().y);
    let (space, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let rect = space.shrink2(vec2(PAD, 0.0));
    // Not in the order of Tab: the list as a whole is.
    let response = ui.interact(rect, row_id(at), Sense::CLICK);
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        let corner = CornerRadius::same(theme::RADIUS);
        let ground = match (is_here, response.hovered()) {
            (true, _) => Some(theme.accent_soft),
            (false, true) => Some(theme.hover),
            (false, false) => None,
        };
        if let Some(ground) = ground {
            painter.rect_filled(rect, corner, ground);
        }
        let title_at = pos2(rect.left() + 10.0, rect.top() + 6.0);
        let note_at = pos2(title_at.x, title_at.y + title.size().y);
        painter.galley(title_at, title, ink);
        if let Some(note) = note {
            painter.galley(note_at, note, theme.text_quiet);
        }
    }
    widgets::name_selected(&response, Role::ListBoxOption, is_here, &shown.spoken());
    response
}

/// Scrolls to the row that one is on, once after each move.
fn bring_into_sight(ui: &Ui, library: &Library, response: &Response) {
    let key = Id::unique("library move made");
    if ui.data(|data| data.get_temp::<u64>(key)) != Some(library.moves) {
        ui.data_mut(|data| data.insert_temp(key, library.moves));
        // With its heading above the first row.
        let margin = if library.at == 0 { 60.0 } else { 8.0 };
        ui.scroll_to_rect_animation(
            response.rect.expand2(vec2(0.0, margin)),
            None,
            egui::style::ScrollAnimation::none(),
        );
    }
}
