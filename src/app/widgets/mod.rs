//! The house widgets. Each draws itself with the theme, has an accessible name and shows the keyboard's focus.
//!
//! Owns how things look and feel. Must not know logs, causes or what pressing something does.

mod brand;
mod button;
mod chip;
mod choice;
mod command_box;
mod disclosure;
mod spinner;
mod switch;

use egui::accesskit::{Live, Role};
use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align, Color32, CornerRadius, Frame, Galley, Label, Layout, Margin, Painter, Rect, Response, Sense,
    Stroke, StrokeKind, TextFormat, Ui, WidgetInfo, vec2,
};
use std::sync::Arc;

pub use brand::mark;
pub use button::{Button, Look};
pub use chip::{Tone, chip, chip_width, plain_chip, plain_chip_width, pressable_chip};
pub use choice::{check_box, menu_item, segmented, segmented_width};
pub use command_box::{CommandBox, Prompt};
pub use disclosure::Disclosure;
pub use spinner::spinner;
pub use switch::{SWITCH, switch};

use super::icons::Icon;
use super::theme::{self, Theme, Type};

/// The format of one piece of text.
pub fn format(kind: Type, color: Color32) -> TextFormat {
    TextFormat { font_id: kind.font(), line_height: Some(kind.line_height()), color, ..TextFormat::default() }
}

/// A wrapped text of one kind.
pub fn job(kind: Type, color: Color32, text: impl Into<String>) -> LayoutJob {
    LayoutJob::single_section(text.into(), format(kind, color))
}

/// Tints a row that can be pressed while the pointer is over it, a little wider than the row.
pub fn hover(ui: &Ui, row: Rect, response: &Response) {
    if response.hovered() {
        let wide = row.expand2(vec2(8.0, 0.0));
        ui.painter().rect_filled(wide, CornerRadius::same(theme::RADIUS), Theme::of(ui).hover);
    }
}

/// Text that wraps and can be selected.
pub fn text(ui: &mut Ui, kind: Type, color: Color32, text: impl Into<String>) -> Response {
    ui.add(Label::new(job(kind, color, text)).wrap())
}

/// Text on one line, cut with an ellipsis where there is no room; the whole of it is in a tooltip then.
pub fn line(ui: &mut Ui, kind: Type, color: Color32, text: impl Into<String>) -> Response {
    ui.add(Label::new(job(kind, color, text)).truncate().selectable(false))
}

/// A heading that assistive technology knows as one. Levels start at 1.
pub fn heading(ui: &mut Ui, kind: Type, level: usize, text: &str) -> Response {
    let response = ui.add(Label::new(job(kind, Theme::of(ui).text, text)).wrap());
    mark_heading(&response, level, text);
    response
}

/// Turns a widget into a heading for assistive technology.
pub fn mark_heading(response: &Response, level: usize, text: &str) {
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_role(Role::Heading);
        node.set_level(level);
        node.set_label(text);
    });
}

/// Text that nobody sees and that is read out when it changes.
pub fn announce(ui: &mut Ui, text: &str) {
    let id = ui.scope_id().with("announcement");
    let rect = Rect::from_min_size(ui.max_rect().left_bottom(), vec2(0.0, 0.0));
    ui.interact(rect, id, Sense::hover());
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::Status);
        node.set_live(Live::Polite);
        node.set_label(text);
    });
}

/// A white card on the tinted ground, as wide as there is room.
pub fn card<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let theme = Theme::of(ui);
    let narrow = ui.available_width() < 480.0;
    card_frame(theme)
        .inner_margin(Margin::same(if narrow { 16 } else { 20 }))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
            content(ui)
        })
        .inner
}

/// The frame of a card.
pub fn card_frame(theme: &Theme) -> Frame {
    Frame::new()
        .fill(theme.surface)
        .stroke(Stroke::new(1.0, theme.border))
        .corner_radius(CornerRadius::same(theme::RADIUS_CARD))
        .shadow(theme.shadow_low())
}

/// A row of a known height, everything in it centred on its middle line.
pub fn row<R>(ui: &mut Ui, height: f32, content: impl FnOnce(&mut Ui) -> R) -> R {
    let size = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(height);
        content(ui)
    })
    .inner
}

/// The heading of a card, with its icon, and what stands at the other end of the line.
pub fn card_heading(ui: &mut Ui, icon: Icon, text: &str, rest: impl FnOnce(&mut Ui)) {
    let theme = Theme::of(ui);
    row(ui, 28.0, |ui| {
        icon_here(ui, icon, 17.0, theme.text_faint);
        heading(ui, Type::Card, 2, text);
        rest(ui);
    });
}

/// Paints an icon in its own space. It has no name: what it means is said beside it.
pub fn icon_here(ui: &mut Ui, icon: Icon, size: f32, color: Color32) -> Rect {
    let (rect, _) = ui.allocate_exact_size(vec2(size, size.max(18.0)), Sense::hover());
    icon.paint(ui.painter(), rect.center(), size, color);
    rect
}

/// A small note with an icon before it.
pub fn note(ui: &mut Ui, icon: Icon, color: Color32, text_of: impl Into<String>) -> Response {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        icon_here(ui, icon, 14.0, color);
        text(ui, Type::Note, color, text_of)
    })
    .inner
}

/// A hairline across the card.
pub fn hairline(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().rect_filled(rect, 0, Theme::of(ui).border);
}

/// The ring around the control that the keyboard is on.
pub fn focus_ring(ui: &Ui, response: &Response, corner: u8) {
    if response.has_focus() {
        paint_focus_ring(ui.painter(), Theme::of(ui), response.rect, corner);
    }
}

/// The same for a rectangle.
pub fn paint_focus_ring(painter: &Painter, theme: &Theme, rect: Rect, corner: u8) {
    let ring = rect.expand(1.0);
    painter.rect_stroke(
        ring,
        CornerRadius::same(corner + 1),
        Stroke::new(theme.ring(), theme.focus),
        StrokeKind::Outside,
    );
}

/// Brings a text field into sight when the keyboard comes to it, as the painted controls do by themselves.
pub fn follow_focus(field: &Response) {
    if field.gained_focus() {
        field.scroll_to_me(None);
    }
}

/// Tells assistive technology what a painted control is.
pub fn name(response: &Response, role: Role, name: &str) {
    describe(response, || WidgetInfo::labeled(role, response.enabled(), name));
}

/// The same for one that is on or off.
pub fn name_selected(response: &Response, role: Role, selected: bool, name: &str) {
    describe(response, || WidgetInfo::selected(role, response.enabled(), selected, name));
}

fn describe(response: &Response, info: impl Fn() -> WidgetInfo) {
    response.widget_info(info);
    // egui moves the keyboard's focus to what is out of sight, and leaves it there.
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
}

/// Lays text out in at most `rows` rows and ends it with an ellipsis.
pub fn clipped(ui: &Ui, mut job: LayoutJob, width: f32, rows: usize, anywhere: bool) -> Arc<Galley> {
    job.wrap = TextWrapping {
        max_width: width,
        max_rows: rows,
        break_anywhere: anywhere,
        ..TextWrapping::default()
    };
    ui.painter().layout_job(job)
}

/// Content that stands in from the left.
pub fn indented(ui: &mut Ui, by: f32, content: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(by);
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing = vec2(8.0, 6.0);
            content(ui);
        });
    });
}
