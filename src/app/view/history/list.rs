//! The list of the history: one control for the keyboard, its lines are options of it. Only visible lines are drawn.

use egui::accesskit::Role;
use egui::{CornerRadius, Id, Key, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use super::super::shelf;
use super::{View, instead};
use crate::app::command::Command;
use crate::app::history::list::Line;
use crate::app::history::{self, Change, History, Record, Status};
use crate::app::icons::Icon;
use crate::app::theme::{self, Theme, Type};
use crate::app::widgets::{self, Button};
use crate::app::words::history as words;

const PAD: f32 = 8.0;
const DAY: f32 = 34.0;
const ROW: f32 = 54.0;

fn list_id() -> Id {
    Id::unique("the list of the history")
}

fn row_id(record: u64) -> Id {
    Id::unique(("a row of the history", record))
}

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, history: &History) {
    let theme = Theme::of(ui);
    let rect = ui.available_rect_before_wrap();
    shelf::ground(ui, rect);
    if history.is_empty() {
        ui.scope_builder(UiBuilder::new().max_rect(rect.shrink(16.0)), |ui| {
            let area = ScrollArea::vertical().id_salt("no list").auto_shrink(false);
            area.show(ui, |ui| nothing(ui, view, history));
        });
        return;
    }
    let control = shelf::control(ui, rect, list_id(), Role::ListBox, words::LIST);
    if control.has_focus() {
        keys(ui, view, history, true);
    }
    point_to_row(ui, history, list_id());
    let inside = rect.shrink(1.0);
    ui.scope_builder(UiBuilder::new().max_rect(inside), |ui| {
        ui.set_clip_rect(ui.clip_rect().intersect(inside));
        lines(ui, view, history);
    });
    if control.has_focus() {
        widgets::paint_focus_ring(ui.painter(), theme, rect.shrink(1.0), theme::RADIUS_CARD);
    }
}

/// Why there is no list.
fn nothing(ui: &mut Ui, view: &mut View<'_>, history: &History) {
    match &view.state.past.status {
        Status::Failed { why, can_retry } => {
            instead(ui, words::FAILED, why);
            if *can_retry && ui.add(Button::new(words::RETRY).icon(Icon::Undo)).clicked() {
                view.push(Command::InHistory(Change::Retry));
            }
        }
        Status::Unread => instead(ui, words::READING, ""),
        Status::Ready if !history.query.trim().is_empty() => {
            instead(ui, words::NOTHING, words::NOTHING_TRY);
        }
        Status::Ready if !view.state.settings.history => instead(ui, words::OFF, words::OFF_NOTE),
        Status::Ready => instead(ui, words::EMPTY, words::EMPTY_NOTE),
    }
}

/// Tells assistive technology which row the keys are about while the keyboard stays where it is.
pub(super) fn point_to_row(ui: &Ui, history: &History, control: Id) {
    if let Some(id) = history.row(history.at) {
        shelf::point_to(ui, row_id(id), control);
    }
}

/// Moves in the list, opens and deletes. In a text field Home, End and Delete are the field's.
pub(super) fn keys(ui: &Ui, view: &mut View<'_>, history: &History, is_list: bool) {
    let last = history.len().saturating_sub(1);
    if let Some(next) = shelf::moved(ui, history.at, last, is_list) {
        view.push(Command::InHistory(Change::MoveTo(next)));
    }
    if shelf::pressed(ui, Key::Enter) {
        view.push(Command::InHistory(Change::OpenRow));
    }
    if is_list && shelf::pressed(ui, Key::Delete) {
        view.push(Command::InHistory(Change::DeleteRow));
    }
}

const fn height(line: &Line) -> f32 {
    match line {
        Line::Day(_) => DAY,
        Line::Record(_) => ROW,
    }
}

fn lines(ui: &mut Ui, view: &mut View<'_>, history: &History) {
    let whole: f32 = history.lines.iter().map(height).sum::<f32>() + 2.0 * PAD;
    let area = ScrollArea::vertical().id_salt("history list").auto_shrink(false);
    area.show_viewport(ui, |ui, seen| {
        ui.set_height(whole);
        let (left, right, top) = (ui.max_rect().left(), ui.max_rect().right(), ui.max_rect().top());
        let here = history.row(history.at);
        let mut y = PAD;
        for (nth, line) in history.lines.iter().enumerate() {
            let height = height(line);
            let rect = Rect::from_min_max(pos2(left, top + y), pos2(right, top + y + height));
            let is_seen = y + height >= seen.min.y - ROW && y <= seen.max.y + ROW;
            y += height;
            match line {
                Line::Day(day) if is_seen => heading(ui, rect, nth, day),
                Line::Day(_) => {}
                Line::Record(id) => {
                    let is_here = here == Some(*id);
                    if is_here {
                        // With the day above the first of it.
                        bring_into_sight(ui, history, rect.expand2(vec2(0.0, DAY)));
                    }
                    if (is_seen || is_here)
                        && let Some(record) = view.state.past.record(*id)
                        && row(ui, view, rect, record, (is_here, history.page == Some(*id)))
                    {
                        view.push(Command::InHistory(Change::Open(*id)));
                    }
                }
            }
        }
    });
}

fn heading(ui: &mut Ui, rect: Rect, nth: usize, text: &str) {
    let theme = Theme::of(ui);
    let response = ui.interact(rect, Id::unique(("a day of the history", nth)), Sense::hover());
    let galley = ui.painter().layout_job(widgets::job(Type::Label, theme.text_faint, text));
    let at = pos2(rect.left() + PAD + 10.0, rect.bottom() - galley.size().y - 4.0);
    ui.painter().galley(at, galley, theme.text_faint);
    widgets::name(&response, Role::Label, text);
    widgets::mark_heading(&response, 2, text);
}

fn row(ui: &mut Ui, view: &View<'_>, space: Rect, record: &Record, (is_here, is_open): (bool, bool)) -> bool {
    let theme = Theme::of(ui);
    let past = &view.state.past;
    let rect = space.shrink2(vec2(PAD, 1.0));
    // Not in the order of Tab: the list as a whole is.
    let response = ui.interact(rect, row_id(record.id), Sense::CLICK);
    let ground = match (is_here, response.hovered()) {
        (true, _) => Some(theme.accent_soft),
        (false, true) => Some(theme.hover),
        (false, false) => None,
    };
    if let Some(ground) = ground {
        ui.painter().rect_filled(rect, CornerRadius::same(theme::RADIUS), ground);
    }
    let (left, right) = (rect.left() + 10.0, rect.right() - 10.0);
    let time = ui.painter().layout_job(widgets::job(Type::Note, theme.text_quiet, past.time(record.last)));
    let note_room = if record.note.is_empty() { 0.0 } else { 20.0 };
    let room = right - left - time.size().x - note_room - 10.0;
    let ink = if is_open { theme.accent } else { theme.text };
    let title = widgets::clipped(ui, widgets::job(Type::Item, ink, &record.title), room, 1, true);
    let about = widgets::job(Type::Note, theme.text_quiet, about(record));
    let about = widgets::clipped(ui, about, right - left, 1, true);
    let painter = ui.painter();
    let time_at = pos2(right - time.size().x, rect.top() + 9.0);
    if !record.note.is_empty() {
        let middle = pos2(time_at.x - 14.0, time_at.y + time.size().y / 2.0);
        Icon::Note.paint(painter, middle, 14.0, theme.accent);
    }
    painter.galley(time_at, time, theme.text_quiet);
    painter.galley(pos2(left, rect.top() + 7.0), title, ink);
    painter.galley(pos2(left, rect.top() + 28.0), about, theme.text_quiet);
    widgets::name_selected(&response, Role::ListBoxOption, is_here, &history::spoken(record, past));
    response.clicked()
}

/// The package and where it is.
fn about(record: &Record) -> String {
    let parts = [record.package_and_version(), record.host.clone()];
    let shown = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    if shown.is_empty() { record.log.clone() } else { shown }
}

/// Scrolls to the row that one is on, once after each move.
fn bring_into_sight(ui: &Ui, history: &History, rect: Rect) {
    let key = Id::unique("history move made");
    if ui.data(|data| data.get_temp::<u64>(key)) != Some(history.moves) {
        ui.data_mut(|data| data.insert_temp(key, history.moves));
        ui.scroll_to_rect_animation(rect, None, egui::style::ScrollAnimation::none());
    }
}
