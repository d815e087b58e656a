//! The rows of the settings page: title and note at the left, the control at the right or, in a narrow window, below.

use egui::{Align, Layout, Ui, vec2};

use crate::app::icons::Icon;
use crate::app::theme::{Theme, Type};
use crate::app::widgets::{self, Button};

/// Less room for the words than this puts the control below them.
const WORDS: f32 = 200.0;
const GAP: f32 = 20.0;

/// A card with a heading.
pub(super) fn card(ui: &mut Ui, icon: Icon, heading: &str, content: impl FnOnce(&mut Ui)) {
    widgets::card(ui, |ui| {
        widgets::card_heading(ui, icon, heading, |_| {});
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        content(ui);
    });
}

/// Between two rows.
pub(super) fn line(ui: &mut Ui) {
    ui.add_space(2.0);
    widgets::hairline(ui);
    ui.add_space(2.0);
}

/// One row with a control that is `width` wide.
pub(super) fn show<R>(
    ui: &mut Ui,
    title: &str,
    note: &str,
    width: f32,
    control: impl FnOnce(&mut Ui) -> R,
) -> R {
    let words = ui.available_width() - width - GAP;
    if words < WORDS {
        ui.scope(|ui| texts(ui, title, note));
        let result = ui.horizontal(control).inner;
        ui.add_space(2.0);
        return result;
    }
    let layout = Layout::left_to_right(Align::Center);
    let size = vec2(ui.available_width(), 0.0);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.vertical(|ui| {
            ui.set_width(words);
            texts(ui, title, note);
        });
        ui.add_space(GAP);
        control(ui)
    })
    .inner
}

fn texts(ui: &mut Ui, title: &str, note: &str) {
    let theme = Theme::of(ui);
    ui.spacing_mut().item_spacing.y = 2.0;
    let heading = widgets::text(ui, Type::Item, theme.text, title);
    widgets::mark_heading(&heading, 3, title);
    widgets::text(ui, Type::Note, theme.text_quiet, note);
}

/// A value that wraps wherever it must, and what can be done with it. Says whether that was pressed.
pub(super) fn value(ui: &mut Ui, value: &str, kind: Type, button: Button<'_>) -> bool {
    let theme = Theme::of(ui);
    let width = button.width(ui);
    let words = (ui.available_width() - width - GAP).max(80.0);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.vertical(|ui| {
            ui.set_width(words);
            let mut job = widgets::job(kind, theme.text_quiet, value);
            job.wrap.break_anywhere = true;
            job.wrap.max_width = words;
            ui.add(egui::Label::new(ui.painter().layout_job(job)));
        });
        ui.add_space(GAP);
        ui.add(button).clicked()
    })
    .inner
}
