//! What pointer and keys do in the rows: scroll, select, copy, and the menu.

use egui::accesskit::Role;
use egui::{CornerRadius, CursorIcon, Event, Id, Key, Pos2, Response, Sense, Ui, pos2, vec2};

use super::super::View;
use super::{Grid, PAD};
use crate::app::command::{Command, keys as written};
use crate::app::reader::{Change, Grain, Step};
use crate::app::rows::Cells;
use crate::app::theme::{self, LOG_ROW, Theme, Type};
use crate::app::widgets;
use crate::app::words::find as words;

/// How fast a log scrolls while a selection is dragged out of it, in points a second for each point of distance.
const DRAG_SPEED: f32 = 12.0;

/// Scrolls with the keys, and selects with Shift.
pub(super) fn keys(ui: &Ui, view: &mut View<'_>, grid: &Grid<'_>) {
    let page = (grid.body.height() - 2.0 * LOG_ROW).max(LOG_ROW);
    let rows = (page / LOG_ROW) as i64;
    let steps = [
        (Key::ArrowDown, -LOG_ROW, Step::Rows(1)),
        (Key::ArrowUp, LOG_ROW, Step::Rows(-1)),
        (Key::PageDown, -page, Step::Rows(rows)),
        (Key::PageUp, page, Step::Rows(-rows)),
        (Key::End, f32::MIN / 4.0, Step::End),
        (Key::Home, f32::MAX / 4.0, Step::Start),
        (Key::ArrowLeft, 0.0, Step::Left),
        (Key::ArrowRight, 0.0, Step::Right),
    ];
    let shift = ui.input(|input| input.modifiers.shift);
    for (key, delta, step) in steps {
        let presses = ui.input(|input| input.num_presses(key));
        if presses > 0 && shift {
            (0..presses).for_each(|_| view.push(Command::InLog(Change::Extend(step))));
        } else if presses > 0 {
            ui.scroll_with_delta(vec2(0.0, delta * presses as f32));
        }
    }
    if ui.input(|input| input.modifiers.command_only() && input.key_pressed(Key::A)) {
        view.push(Command::InLog(Change::SelectAll));
    }
    if ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy | Event::Cut))) {
        view.push(Command::InLog(Change::Copy));
    }
}

/// Selects with the pointer. `offset` is how far is scrolled.
pub(super) fn pointer(ui: &Ui, view: &mut View<'_>, grid: &Grid<'_>, response: &Response, offset: f32) {
    note_pointer(ui, response);
    let Some(at) = ui.input(|input| input.pointer.latest_pos()) else { return };
    if response.hovered() && at.x >= grid.text_left {
        ui.set_cursor_icon(CursorIcon::Text);
    }
    let (pressed, shift) = ui.input(|input| (input.pointer.primary_pressed(), input.modifiers.shift));
    let mut push = |change| view.push(Command::InLog(change));
    // A quick click goes down and up within one frame.
    if pressed && (response.is_pointer_button_down_on() || response.clicked()) {
        response.request_focus();
        push(Change::Press { byte: byte_at(grid, at, offset), extends: shift });
    } else if response.dragged_by(egui::PointerButton::Primary) {
        let inside = pos2(at.x, at.y.clamp(grid.body.top() + 1.0, grid.body.bottom() - 1.0));
        let byte = byte_at(grid, inside, offset);
        let selection = grid.case.reader.selection.as_ref();
        if selection.is_some_and(|selection| !selection.reaches(grid.log, byte)) {
            push(Change::Drag(byte));
        }
        let beyond = at.y - inside.y;
        if beyond != 0.0 {
            let seconds = ui.input(|input| input.stable_dt.min(0.1));
            ui.scroll_with_delta(vec2(0.0, -beyond * DRAG_SPEED * seconds));
            ui.ctx().request_repaint();
        }
    }
    if response.triple_clicked() {
        push(Change::Whole(byte_under(grid, at, offset), Grain::Line));
    } else if response.double_clicked() {
        push(Change::Whole(byte_under(grid, at, offset), Grain::Word));
    } else if response.clicked() && !shift {
        let row = grid.row_at(at.y, offset).filter(|&row| row < grid.rows);
        let line = row.map(|row| grid.case.rows.line_at(row));
        if let Some(line) = line.filter(|line| grid.marked.binary_search(line).is_ok()) {
            push(Change::ShowInAnswer(line));
        }
    }
}

/// The gap between two characters nearest to a place, as a byte of the log.
fn byte_at(grid: &Grid<'_>, at: Pos2, offset: f32) -> usize {
    find_byte(grid, at, offset, |cells, column| cells.byte_near(column))
}

/// The character at a place.
fn byte_under(grid: &Grid<'_>, at: Pos2, offset: f32) -> usize {
    find_byte(grid, at, offset, |cells, column| cells.byte_under(column))
}

fn find_byte(grid: &Grid<'_>, at: Pos2, offset: f32, find: impl Fn(&Cells<'_>, f32) -> usize) -> usize {
    let Some(row) = grid.row_at(at.y, offset) else { return 0 };
    if row >= grid.rows {
        return grid.log.as_str().len();
    }
    let bytes = grid.case.rows.bytes_of(grid.log, row);
    let text = grid.log.as_str().get(bytes.clone()).unwrap_or_default();
    bytes.start + find(&Cells::new(text), (at.x - grid.text_left) / grid.glyph)
}

/// Notes whether the keyboard came here by the pointer: then the ring would only distract.
fn note_pointer(ui: &Ui, response: &Response) {
    if response.is_pointer_button_down_on() {
        note(ui, true);
    } else if ui.input(|input| input.key_pressed(Key::Tab)) || !response.has_focus() {
        note(ui, false);
    }
}

/// The same, when it was brought here by something else.
pub(super) fn note(ui: &Ui, by_pointer: bool) {
    ui.data_mut(|data| data.insert_temp(pointer_key(), by_pointer));
}

pub(super) fn came_by_pointer(ui: &Ui) -> bool {
    ui.data(|data| data.get_temp(pointer_key())).unwrap_or(false)
}

fn pointer_key() -> Id {
    Id::unique("log pressed by pointer")
}

/// The menu of the right button.
pub(super) fn menu(view: &mut View<'_>, grid: &Grid<'_>, response: &Response) {
    response.context_menu(|ui| {
        ui.set_width(200.0);
        ui.spacing_mut().item_spacing.y = 2.0;
        let can_copy = grid.selected.is_some() || grid.case.reveal.is_some_and(|reveal| reveal.outline);
        let command = |key| egui::KeyboardShortcut::new(egui::Modifiers::COMMAND, key);
        let entries = [
            (words::COPY, Key::C, can_copy, Command::InLog(Change::Copy)),
            (words::SELECT_ALL, Key::A, true, Command::InLog(Change::SelectAll)),
            (words::FIELD, Key::F, true, Command::Find),
        ];
        for (label, key, is_enabled, chosen) in entries {
            let shortcut = written(ui.ctx(), &command(key));
            if ui.add_enabled_ui(is_enabled, |ui| entry(ui, label, &shortcut)).inner {
                view.push(chosen);
                ui.close();
            }
        }
    });
}

fn entry(ui: &mut Ui, label: &str, shortcut: &str) -> bool {
    let theme = Theme::of(ui);
    let ink = if ui.is_enabled() { theme.text } else { theme.text_faint };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::click());
    let painter = ui.painter();
    if ui.is_enabled() && (response.hovered() || response.has_focus()) {
        painter.rect_filled(rect, CornerRadius::same(theme::RADIUS_SMALL), theme.hover);
    }
    let words = painter.layout_job(widgets::job(Type::Button, ink, label));
    painter.galley(pos2(rect.left() + PAD, rect.center().y - words.size().y / 2.0), words, ink);
    let keys = painter.layout_job(widgets::job(Type::Note, theme.text_faint, shortcut));
    let left = rect.right() - PAD - keys.size().x;
    painter.galley(pos2(left, rect.center().y - keys.size().y / 2.0), keys, theme.text_faint);
    widgets::focus_ring(ui, &response, theme::RADIUS_SMALL);
    widgets::name(&response, Role::MenuItem, label);
    response.clicked()
}
