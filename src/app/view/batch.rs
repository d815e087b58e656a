//! The list of several logs: what is in which.

use egui::accesskit::Role;
use egui::{Sense, Ui, pos2, vec2};

use super::View;
use crate::app::batch::{Batch, Found, Log};
use crate::app::command::Command;
use crate::app::icons::Icon;
use crate::app::theme::{self, Theme, Type};
use crate::app::widgets;
use crate::app::words::batch as words;

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, batch: &Batch) {
    super::page(ui, "several logs", 760.0, |ui| {
        ui.add_space(24.0);
        let theme = Theme::of(ui);
        widgets::heading(ui, Type::Title, 1, &words::heading(batch.logs.len()));
        let done = batch.logs.iter().filter(|log| log.found.is_some()).count();
        let note = if batch.is_done() {
            words::summary(batch.refused(), batch.logs.len())
        } else {
            words::reading(done, batch.logs.len())
        };
        widgets::text(ui, Type::Body, theme.text_quiet, note);
        ui.add_space(8.0);
        widgets::card(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for (at, log) in batch.logs.iter().enumerate() {
                if row(ui, log) {
                    view.push(Command::ShowLogOf(at));
                }
            }
        });
        ui.add_space(24.0);
    });
}

fn row(ui: &mut Ui, log: &Log) -> bool {
    let theme = Theme::of(ui);
    let (icon, color, ink) = match &log.found {
        None => (Icon::LatestLog, theme.text_faint, theme.text_faint),
        Some(Found::Refused { .. }) => (Icon::Refused, theme.danger, theme.text),
        Some(Found::Nothing(_)) => (Icon::Unknown, theme.text_faint, theme.text_quiet),
        Some(Found::Failed(_)) => (Icon::Failed, theme.warn, theme.text_quiet),
    };
    let (title, about) = words::found(log);
    let room = ui.available_width() - 64.0;
    let name = widgets::clipped(ui, widgets::job(Type::Item, theme.text, &log.name), room, 1, true);
    let title_galley = widgets::clipped(ui, widgets::job(Type::Note, ink, &title), room, 2, false);
    let about_galley =
        widgets::clipped(ui, widgets::job(Type::Note, theme.text_faint, &about), room, 1, true);
    let about_height = if about.is_empty() { 0.0 } else { about_galley.size().y };
    let height = 16.0 + name.size().y + title_galley.size().y + about_height;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    if ui.is_rect_visible(rect) {
        widgets::hover(ui, rect, &response);
        let painter = ui.painter();
        icon.paint(painter, pos2(rect.left() + 16.0, rect.top() + 18.0), 16.0, color);
        let left = rect.left() + 36.0;
        let mut y = rect.top() + 8.0;
        for (galley, ink) in [(name, theme.text), (title_galley, ink), (about_galley, theme.text_faint)] {
            let below = galley.size().y;
            painter.galley(pos2(left, y), galley, ink);
            y += below;
        }
        Icon::Right.paint(painter, pos2(rect.right() - 14.0, rect.center().y), 16.0, theme.text_faint);
        widgets::focus_ring(ui, &response, theme::RADIUS);
    }
    let about = if about.is_empty() { String::new() } else { format!(", {about}") };
    widgets::name(&response, Role::Button, &format!("{}: {title}{about}", log.name));
    response.clicked()
}
