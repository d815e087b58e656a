//! The result: log and answer side by side, or one of them at a time when the window is narrow.

use egui::accesskit::Role;
use egui::{Rect, ScrollArea, Ui, pos2, vec2};

use super::shelf::{self, within};
use super::{View, answer, log};
use crate::app::command::Command;
use crate::app::state::{Case, Tab};
use crate::app::theme::{CONTROL, WIDE};
use crate::app::widgets;

/// The part of the width that the log gets.
const LOG_SHARE: f32 = 0.47;

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, case: &Case) {
    if ui.available_width() >= WIDE { side_by_side(ui, view, case) } else { one_at_a_time(ui, view, case) }
}

fn side_by_side(ui: &mut Ui, view: &mut View<'_>, case: &Case) {
    let (margin, gap) = (20.0, 16.0);
    let room = ui.max_rect();
    let log_width = ((room.width() - 2.0 * margin - gap) * LOG_SHARE).round();
    let log_rect = Rect::from_min_max(
        room.min + vec2(margin, margin),
        pos2(room.left() + margin + log_width, room.bottom() - margin),
    );
    let answer_rect = Rect::from_min_max(pos2(log_rect.right() + gap, room.top()), room.max);
    within(ui, log_rect, |ui| log::show(ui, view, case));
    within(ui, answer_rect, |ui| answer_pane(ui, view, case, margin, margin));
}

fn one_at_a_time(ui: &mut Ui, view: &mut View<'_>, case: &Case) {
    let margin = 12.0;
    let room = ui.max_rect();
    let tabs = Rect::from_min_size(
        room.min + vec2(margin, margin),
        vec2(room.width() - 2.0 * margin, CONTROL + 4.0),
    );
    within(ui, tabs, |ui| {
        let options =
            [Command::ShowDiagnosis, Command::ShowLog].map(|command| (command.label(), command.label()));
        let chosen = usize::from(case.tab == Tab::Log);
        match widgets::segmented(ui, Role::Tab, &options, chosen, CONTROL + 4.0) {
            Some(0) => view.push(Command::ShowDiagnosis),
            Some(_) => view.push(Command::ShowLog),
            None => {}
        }
    });
    let below = Rect::from_min_max(pos2(room.left(), tabs.bottom() + margin), room.max);
    match case.tab {
        Tab::Diagnosis => within(ui, below, |ui| answer_pane(ui, view, case, 0.0, margin)),
        Tab::Log => {
            let rect = Rect::from_min_max(
                pos2(below.left() + margin, below.top()),
                pos2(below.right() - margin, below.bottom() - margin),
            );
            within(ui, rect, |ui| log::show(ui, view, case));
        }
    }
}

/// The answer scrolls up to the window's edge, so that its scroll bar stands in the margin and not on the cards.
fn answer_pane(ui: &mut Ui, view: &mut View<'_>, case: &Case, top: f32, margin: f32) {
    // A new subject starts at its top, and going back finds the place again.
    let id = ("answer", case.id.0, case.incident, case.cause_index());
    let height = ui.available_height();
    ScrollArea::vertical().id_salt(id).auto_shrink(false).show(ui, |ui| {
        shelf::scroll_unless_busy(ui, height);
        let left = if top > 0.0 { 0.0 } else { margin };
        let width = ui.available_width() - left - margin;
        shelf::column(ui, (left, top, margin), width, |ui| {
            answer::show(ui, view, case);
        });
    });
}
