//! When a log could not be read: what, why, and what next.

use egui::{Ui, vec2};

use super::View;
use crate::app::command::Command;
use crate::app::icons::Icon;
use crate::app::state::Failure;
use crate::app::theme::{Theme, Type};
use crate::app::widgets::{self, Look};
use crate::app::words;

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, failure: &Failure) {
    let height = ui.available_height();
    super::page(ui, "failed", 640.0, |ui| {
        ui.add_space((height * 0.16).max(20.0));
        widgets::card(ui, |ui| {
            let theme = Theme::of(ui);
            ui.spacing_mut().item_spacing = vec2(8.0, 10.0);
            widgets::chip(ui, widgets::Tone::Danger, Icon::Failed, words::NOT_READ);
            widgets::heading(ui, Type::Title, 1, &failure.title);
            widgets::text(ui, Type::Body, theme.text_quiet, &failure.why);
            widgets::text(ui, Type::Body, theme.text, &failure.next);
            if !failure.places.is_empty() {
                ui.add_space(2.0);
                widgets::text(ui, Type::Label, theme.text_faint, failure.places_name);
                for place in &failure.places {
                    widgets::text(ui, Type::Mono, theme.text_quiet, place);
                }
            }
            if !view.state.draft.text.is_empty() {
                widgets::note(ui, Icon::Info, theme.text_faint, words::DRAFT_KEPT);
            }
            ui.add_space(6.0);
            let paste = View::button(ui, &Command::Paste).look(Look::Primary);
            super::start::ways_in(ui, view, paste, Command::Paste);
        });
    });
}
