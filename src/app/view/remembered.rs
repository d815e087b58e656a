//! What the history adds to an answer: a word on earlier refusals above it, and the field for the note below it.

use egui::{CornerRadius, Frame, Id, Margin, RichText, Sense, Stroke, StrokeKind, TextEdit, Ui, vec2};

use super::View;
use crate::app::command::Command;
use crate::app::history::{self, Change};
use crate::app::icons::Icon;
use crate::app::theme::{self, Theme, Type};
use crate::app::widgets::{self, Button, Look};
use crate::app::words::history as words;

/// The field for the note of a diagnosis.
pub fn note_id(record: u64) -> Id {
    Id::unique(("what fixed it", record))
}

/// What is known of earlier refusals like the shown one.
pub(super) fn hint(ui: &mut Ui, view: &mut View<'_>) {
    let Some((record, text)) = history::hint(view.state) else { return };
    let theme = Theme::of(ui);
    Frame::new()
        .fill(theme.accent_soft)
        .corner_radius(CornerRadius::same(theme::RADIUS_CARD))
        .inner_margin(Margin::symmetric(16, 10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
            let see = Button::new(words::SEE).icon(Icon::History).small();
            let beside = see.width(ui) + 12.0;
            // Beside the words where there is room for both, else below them.
            let is_beside = ui.available_width() > beside + 300.0;
            ui.horizontal_top(|ui| {
                let room = if is_beside { ui.available_width() - beside } else { ui.available_width() };
                ui.vertical(|ui| {
                    ui.set_width(room);
                    ui.add_space(3.0);
                    ui.horizontal_top(|ui| {
                        let size = vec2(15.0, Type::Body.line_height());
                        let (space, _) = ui.allocate_exact_size(size, Sense::hover());
                        Icon::History.paint(ui.painter(), space.center(), 15.0, theme.accent);
                        widgets::text(ui, Type::Body, theme.text, text.as_str());
                    });
                    if !is_beside {
                        see_button(ui, view, record, Button::new(words::SEE).icon(Icon::History).small());
                    }
                });
                if is_beside {
                    see_button(ui, view, record, see);
                }
            });
        });
}

fn see_button(ui: &mut Ui, view: &mut View<'_>, record: u64, button: Button<'_>) {
    if ui.add(button).clicked() {
        view.push(Command::InHistory(Change::See(record)));
    }
}

/// The card with the field for the note, below an answer.
pub(super) fn card(ui: &mut Ui, view: &mut View<'_>) {
    if let Some(record) = history::shown_note(view.state) {
        widgets::card(ui, |ui| {
            widgets::card_heading(ui, Icon::Note, words::NOTE, |_| {});
            note(ui, view, record);
        });
    }
}

/// The field for a note and its button.
pub(super) fn note(ui: &mut Ui, view: &mut View<'_>, record: u64) {
    let theme = Theme::of(ui);
    let past = &view.state.past;
    let (kept, is_open) = (past.note(record).to_owned(), past.is_note_open(record));
    let mut text = kept.clone();
    let hint = RichText::new(words::NOTE_HINT).font(Type::Body.font()).color(theme.text_faint);
    let edit = TextEdit::multiline(&mut text)
        .id(note_id(record))
        .font(Type::Body.font())
        .text_color(theme.text)
        .hint_text(hint)
        .frame(
            Frame::new()
                .fill(theme.sunken)
                .corner_radius(CornerRadius::same(theme::RADIUS))
                .inner_margin(Margin::symmetric(12, 7)),
        )
        .desired_rows(1)
        .desired_width(f32::INFINITY);
    let field = ui.add(edit).accessible_name(words::NOTE);
    widgets::follow_focus(&field);
    let line = match field.has_focus() {
        true => Stroke::new(theme.ring(), theme.focus),
        false => Stroke::new(1.0, theme.border_strong),
    };
    ui.painter().rect_stroke(field.rect, CornerRadius::same(theme::RADIUS), line, StrokeKind::Inside);
    if text != kept {
        view.push(Command::InHistory(Change::Write(record, text)));
    }
    if field.lost_focus() {
        view.push(Command::InHistory(Change::Save));
    }
    ui.horizontal_top(|ui| {
        let is_saved = !is_open && !kept.trim().is_empty();
        let button = if is_saved {
            Button::new(words::SAVED).icon(Icon::Check).small().look(Look::Done)
        } else {
            let is_mac = ui.ctx().os() == egui::os::OperatingSystem::Mac;
            let keys = egui::ModifierNames::NAMES.format(&egui::Modifiers::COMMAND, is_mac);
            Button::new(words::SAVE).icon(Icon::Save).small().tip(format!("{keys}+Enter"))
        };
        let room = ui.available_width() - button.width(ui) - 8.0;
        let is_pressed = ui.add_enabled(is_open, button.name(words::SAVE_NOTE)).clicked();
        if is_pressed {
            view.push(Command::InHistory(Change::Save));
        }
        ui.vertical(|ui| {
            ui.set_width(room);
            ui.add_space(3.0);
            widgets::text(ui, Type::Note, theme.text_faint, words::NOTE_FOOT);
        });
    });
}
