//! While a log is read.

use egui::{Align, Layout, Ui, vec2};

use super::View;
use crate::app::command::Command;
use crate::app::state::Reading;
use crate::app::theme::{Theme, Type};
use crate::app::widgets::{self, Look};
use crate::app::words;

/// Most logs are read sooner than this; then nothing flickers.
const PATIENCE_SECS: f64 = 0.15;

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, reading: &Reading) {
    let waited = view.state.now - reading.since;
    if waited < PATIENCE_SECS {
        ui.ctx().request_repaint_after_secs((PATIENCE_SECS - waited) as f32);
        return;
    }
    let theme = Theme::of(ui);
    let height = ui.available_height();
    super::page(ui, "reading", 640.0, |ui| {
        ui.set_min_width(ui.available_width());
        ui.with_layout(Layout::top_down(Align::Center), |ui| {
            ui.add_space((height * 0.32 - 24.0).max(24.0));
            widgets::spinner(ui, 34.0, theme.accent);
            ui.add_space(16.0);
            widgets::heading(ui, Type::Title, 1, &words::reading(&reading.name));
            widgets::text(ui, Type::Body, theme.text_quiet, words::READING_NOTE);
            ui.add_space(12.0);
            ui.allocate_ui(vec2(120.0, 32.0), |ui| {
                view.press(ui, Command::Back, |button| button.look(Look::Outlined));
            });
            ui.add_space(24.0);
        });
    });
}
