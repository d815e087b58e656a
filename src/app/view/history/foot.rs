//! Below the list of the history: the switch, and the way to delete everything.

use egui::{CornerRadius, Frame, Galley, Margin, Ui, vec2};
use std::sync::Arc;

use super::View;
use crate::app::command::Command;
use crate::app::history::{Change, History};
use crate::app::icons::Icon;
use crate::app::theme::{self, Theme, Type};
use crate::app::widgets::{self, Button, Look};
use crate::app::words::history as words;

const PAD: f32 = 12.0;
const GAP: f32 = 8.0;
/// Height of the switch and of the buttons.
const LINE: f32 = 26.0;

/// How much room it takes.
pub(super) fn height(ui: &Ui, view: &View<'_>, history: &History) -> f32 {
    if !history.is_asking {
        return LINE;
    }
    let asked = question(ui, view, ui.available_width() - 2.0 * PAD).size().y;
    asked + GAP + LINE + 2.0 * PAD
}

fn question(ui: &Ui, view: &View<'_>, width: f32) -> Arc<Galley> {
    let text = words::ask_clear(view.state.past.records.len());
    widgets::clipped(ui, widgets::job(Type::Note, Theme::of(ui).text, text), width, usize::MAX, false)
}

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, history: &History) {
    if history.is_asking {
        ask(ui, view);
        return;
    }
    ui.horizontal_top(|ui| {
        let clear = Button::new(words::CLEAR).icon(Icon::Trash).small().look(Look::Ghost);
        let has_any = !view.state.past.records.is_empty();
        let room = ui.available_width() - if has_any { clear.width(ui) + GAP } else { 0.0 };
        let keeps = view.state.settings.history;
        ui.vertical(|ui| {
            ui.set_width(room);
            ui.add_space(3.0);
            if widgets::check_box(ui, keeps, words::KEEP, Type::Body) {
                view.push(Command::InHistory(Change::Keep(!keeps)));
            }
        });
        if has_any && ui.add(clear).clicked() {
            view.push(Command::InHistory(Change::AskClear(true)));
        }
    });
}

fn ask(ui: &mut Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    let frame = Frame::new()
        .fill(theme.danger_soft)
        .corner_radius(CornerRadius::same(theme::RADIUS))
        .inner_margin(Margin::same(PAD as i8));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing = vec2(GAP, GAP);
        widgets::text(ui, Type::Note, theme.text, words::ask_clear(view.state.past.records.len()));
        ui.horizontal(|ui| {
            let clear = Button::new(words::CLEAR_NOW).icon(Icon::Trash).small().look(Look::Danger);
            if ui.add(clear).clicked() {
                view.push(Command::InHistory(Change::Clear));
            }
            if ui.add(Button::new(words::CLEAR_NOT).small()).clicked() {
                view.push(Command::InHistory(Change::AskClear(false)));
            }
        });
    });
}
