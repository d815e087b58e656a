//! A list with a search field beside a page, as the library and the history show it.
//!
//! Owns the places of the halves, the field, and what keys do in them. Must not know what is listed.

use egui::accesskit::Role;
use egui::{
    Align, CornerRadius, EventFilter, Frame, Id, Key, Layout, Margin, Modifiers, Popup, Rect, Response,
    RichText, Sense, Stroke, StrokeKind, TextEdit, Ui, UiBuilder, pos2, vec2,
};

use crate::app::icons::Icon;
use crate::app::theme::{self, Theme, Type};
use crate::app::widgets::{self, Button, Look};

/// From this width on, list and page stand side by side.
pub(super) const BESIDE: f32 = 900.0;
/// How many rows Page Up and Page Down go.
const PAGE: usize = 8;
/// How far an arrow key scrolls a page.
const STEP: f32 = 60.0;
/// Between the things of a half.
pub(super) const GAP: f32 = 8.0;
/// Around the halves when they stand side by side.
pub(super) const MARGIN: f32 = 20.0;

/// The half of the list and the half of the page, if there is room for both.
pub(super) fn halves(room: Rect, part: f32, widths: std::ops::RangeInclusive<f32>) -> Option<(Rect, Rect)> {
    let width = (room.width() * part).clamp(*widths.start(), *widths.end());
    let left = Rect::from_min_max(
        room.min + vec2(MARGIN, MARGIN),
        pos2(room.left() + MARGIN + width, room.bottom() - MARGIN),
    );
    let right = Rect::from_min_max(pos2(left.right() + 16.0, room.top()), room.max);
    (room.width() >= BESIDE).then_some((left, right))
}

/// Draws in a rectangle, and nothing of it outside.
pub(super) fn within(ui: &mut Ui, rect: Rect, content: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().max_rect(rect).layout(Layout::top_down(Align::Min)), |ui| {
        ui.set_clip_rect(ui.clip_rect().intersect(rect.expand(4.0)));
        content(ui);
    });
}

/// A column in a scroll area: so far from its left, from its top and from its bottom, and so wide.
pub(super) fn column(
    ui: &mut Ui,
    (left, top, bottom): (f32, f32, f32),
    width: f32,
    content: impl FnOnce(&mut Ui),
) {
    ui.add_space(top);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(left);
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing = vec2(8.0, 12.0);
            content(ui);
        });
    });
    ui.add_space(bottom);
}

/// A search field: what it is called and what stands in it.
pub(super) struct Search<'a> {
    pub(super) id: Id,
    pub(super) name: &'a str,
    pub(super) hint: &'a str,
    pub(super) clear: &'a str,
    pub(super) query: &'a str,
}

impl Search<'_> {
    /// Draws the field and says what stands in it now, if that has changed.
    pub(super) fn show(self, ui: &mut Ui) -> Option<String> {
        let theme = Theme::of(ui);
        let has_focus = ui.memory(|memory| memory.has_focus(self.id));
        let line = if has_focus {
            Stroke::new(theme.ring(), theme.focus)
        } else {
            Stroke::new(1.0, theme.border_strong)
        };
        let mut changed = None;
        ui.horizontal_top(|ui| {
            let clear = (!self.query.is_empty())
                .then(|| Button::new(self.clear).icon(Icon::Close).words(false).look(Look::Ghost));
            let beside = clear.as_ref().map_or(0.0, |clear| clear.width(ui) + GAP);
            let mut text = self.query.to_owned();
            let corner = CornerRadius::same(theme::RADIUS);
            let frame = Frame::new().fill(theme.surface).corner_radius(corner);
            let edit = TextEdit::singleline(&mut text)
                .id(self.id)
                .font(Type::Body.font())
                .text_color(theme.text)
                .hint_text(RichText::new(self.hint).font(Type::Body.font()).color(theme.text_faint))
                .frame(frame.inner_margin(Margin::symmetric(12, 7)))
                .desired_width(ui.available_width() - beside);
            let field = ui.add(edit).accessible_name(self.name);
            ui.painter().rect_stroke(field.rect, corner, line, StrokeKind::Inside);
            if field.changed() {
                changed = Some(text);
            }
            if let Some(clear) = clear
                && ui.add(clear).clicked()
            {
                changed = Some(String::new());
                field.request_focus();
            }
        });
        changed
    }
}

/// The ground of a list.
pub(super) fn ground(ui: &Ui, rect: Rect) {
    let theme = Theme::of(ui);
    let corner = CornerRadius::same(theme::RADIUS_CARD);
    ui.painter().add(theme.shadow_low().as_shape(rect, corner));
    ui.painter().rect(rect, corner, theme.surface, Stroke::new(1.0, theme.border), StrokeKind::Inside);
}

/// One control for the keyboard, whose arrow keys are its own.
pub(super) fn control(ui: &mut Ui, rect: Rect, id: Id, role: Role, name: &str) -> Response {
    let response = ui.interact(rect, id, Sense::focusable_noninteractive());
    widgets::name(&response, role, name);
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
    response
}

/// Tells assistive technology which row the keys are about while the keyboard stays where it is.
pub(super) fn point_to(ui: &Ui, row: Id, control: Id) {
    let row = row.accesskit_id();
    ui.ctx().accesskit_node_builder(control, |node| node.set_active_descendant(row));
}

/// Whether a key was pressed; nobody else sees it then.
pub(super) fn pressed(ui: &Ui, key: Key) -> bool {
    ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))
}

/// Where the keys go from row `at`. In a text field Home and End are the field's.
pub(super) fn moved(ui: &Ui, at: usize, last: usize, is_list: bool) -> Option<usize> {
    let steps = [
        (Key::ArrowDown, at + 1),
        (Key::ArrowUp, at.saturating_sub(1)),
        (Key::PageDown, at + PAGE),
        (Key::PageUp, at.saturating_sub(PAGE)),
    ];
    let ends = [(Key::Home, 0), (Key::End, last)].into_iter().filter(|_| is_list);
    let mut next = at;
    for (key, to) in steps.into_iter().chain(ends) {
        if pressed(ui, key) {
            next = to.min(last);
        }
    }
    (next != at).then_some(next)
}

/// Scrolls the page that has the keyboard.
pub(super) fn scroll_with_keys(ui: &Ui, height: f32) {
    let page = (height - STEP).max(STEP);
    let steps = [
        (Key::ArrowDown, -STEP),
        (Key::ArrowUp, STEP),
        (Key::PageDown, -page),
        (Key::PageUp, page),
        (Key::End, f32::MIN / 4.0),
        (Key::Home, f32::MAX / 4.0),
    ];
    for (key, delta) in steps {
        let presses = ui.input(|input| input.num_presses(key));
        if presses > 0 {
            ui.scroll_with_delta(vec2(0.0, delta * presses as f32));
        }
    }
}

/// Scrolls what is read while nothing else has the keyboard and nothing lies over it.
pub(super) fn scroll_unless_busy(ui: &Ui, height: f32) {
    let is_busy = ui.memory(|memory| memory.focused().is_some() || memory.top_modal_layer().is_some());
    if !is_busy && !Popup::is_any_open(ui.ctx()) {
        scroll_with_keys(ui, height);
    }
}

/// The ring around the page that has the keyboard.
pub(super) fn ring(ui: &Ui, room: Rect) {
    let theme = Theme::of(ui);
    let line = Stroke::new(theme.ring(), theme.focus);
    ui.painter().rect_stroke(room.shrink(3.0), 6, line, StrokeKind::Inside);
}
