//! The history: search and list at the left, the diagnosis at the right; one of them at a time in a narrow window.

mod entry;
mod foot;
mod list;

use egui::{
    Align, CornerRadius, Frame, Id, Key, Layout, Margin, Modifiers, Popup, Rect, RichText, Stroke,
    StrokeKind, TextEdit, Ui, UiBuilder, pos2, vec2,
};

use super::View;
use crate::app::command::Command;
use crate::app::history::{Change, History};
use crate::app::icons::Icon;
use crate::app::theme::{self, Theme, Type};
use crate::app::widgets::{self, Button, Look};
use crate::app::words::history as words;

/// From this width on, list and diagnosis stand side by side.
const BESIDE: f32 = 900.0;
const GAP: f32 = 8.0;

/// The search field, so that it can be given the keyboard.
pub fn search_id() -> Id {
    Id::unique("the search field of the history")
}

/// The diagnosis, so that it can be given the keyboard.
pub fn page_id() -> Id {
    Id::unique("the page of the history")
}

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, history: &History) {
    // In the search field Escape is the field's; here it goes back like everywhere else.
    let is_covered = view.state.overlay.is_some() || Popup::is_any_open(ui.ctx());
    let is_searching = ui.memory(|memory| memory.has_focus(search_id()));
    if is_searching && !is_covered && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        view.push(Command::Back);
    }
    let room = ui.max_rect();
    if room.width() >= BESIDE {
        let margin = 20.0;
        let width = (room.width() * 0.36).clamp(340.0, 460.0);
        let left = Rect::from_min_max(
            room.min + vec2(margin, margin),
            pos2(room.left() + margin + width, room.bottom() - margin),
        );
        let right = Rect::from_min_max(pos2(left.right() + 16.0, room.top()), room.max);
        within(ui, left, |ui| search_and_list(ui, view, history));
        within(ui, right, |ui| entry::show(ui, view, history, (0.0, margin)));
    } else if history.is_list || history.page.is_none() {
        within(ui, room.shrink(12.0), |ui| search_and_list(ui, view, history));
    } else {
        entry::show(ui, view, history, (12.0, 12.0));
    }
}

fn within(ui: &mut Ui, rect: Rect, content: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min)), |ui| {
        ui.set_clip_rect(ui.clip_rect().intersect(rect.expand(4.0)));
        content(ui);
    });
}

fn search_and_list(ui: &mut Ui, view: &mut View<'_>, history: &History) {
    ui.spacing_mut().item_spacing = vec2(GAP, GAP);
    search(ui, view, history);
    let foot = foot::height(ui, view, history);
    let whole = ui.available_rect_before_wrap();
    let split = (whole.bottom() - foot).max(whole.top() + 80.0);
    let above = Rect::from_min_max(whole.min, pos2(whole.right(), split - GAP));
    let below = Rect::from_min_max(pos2(whole.left(), split), whole.max);
    within(ui, above, |ui| list::show(ui, view, history));
    within(ui, below, |ui| foot::show(ui, view, history));
}

/// The search field. While it has the keyboard, arrow keys move in the list and Enter opens.
fn search(ui: &mut Ui, view: &mut View<'_>, history: &History) {
    let theme = Theme::of(ui);
    let has_focus = ui.memory(|memory| memory.has_focus(search_id()));
    if has_focus {
        list::keys(ui, view, history, false);
    }
    let line = if has_focus {
        Stroke::new(theme.ring(), theme.focus)
    } else {
        Stroke::new(1.0, theme.border_strong)
    };
    ui.horizontal_top(|ui| {
        let clear = (!history.query.is_empty())
            .then(|| Button::new(words::CLEAR_SEARCH).icon(Icon::Close).words(false).look(Look::Ghost));
        let beside = clear.as_ref().map_or(0.0, |clear| clear.width(ui) + GAP);
        let width = ui.available_width() - beside;
        let mut text = history.query.clone();
        let hint = RichText::new(words::SEARCH_HINT).font(Type::Body.font()).color(theme.text_faint);
        let edit = TextEdit::singleline(&mut text)
            .id(search_id())
            .font(Type::Body.font())
            .text_color(theme.text)
            .hint_text(hint)
            .frame(
                Frame::new()
                    .fill(theme.surface)
                    .corner_radius(CornerRadius::same(theme::RADIUS))
                    .inner_margin(Margin::symmetric(12, 7)),
            )
            .desired_width(width);
        let field = ui.add(edit).accessible_name(words::SEARCH);
        let corner = CornerRadius::same(theme::RADIUS);
        ui.painter().rect_stroke(field.rect, corner, line, StrokeKind::Inside);
        list::point_to_row(ui, history, search_id());
        if field.changed() {
            view.push(Command::InHistory(Change::Search(text)));
        }
        if let Some(clear) = clear
            && ui.add(clear).clicked()
        {
            view.push(Command::InHistory(Change::Search(String::new())));
            field.request_focus();
        }
    });
}

/// A sentence or two in the place of a list.
fn instead(ui: &mut Ui, title: &str, text: &str) {
    ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
    widgets::heading(ui, Type::Card, 2, title);
    widgets::text(ui, Type::Body, Theme::of(ui).text_quiet, text);
}
