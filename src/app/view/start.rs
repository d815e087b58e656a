//! The start screen: one question, one box, three ways to fill it.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{
    CornerRadius, Frame, Galley, Id, Margin, RichText, Sense, Stroke, StrokeKind, TextEdit, Ui, Vec2, pos2,
    vec2,
};

use super::View;
use crate::app::command::Command;
use crate::app::icons::Icon;
use crate::app::theme::{self, Theme, Type};
use crate::app::widgets::{self, Button, Look};
use crate::app::words;

/// The box, so that it can be given the keyboard.
pub fn box_id() -> Id {
    Id::unique("the box for the error")
}

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>) {
    let height = ui.available_height();
    super::page(ui, "start", 720.0, |ui| {
        // A little above the middle, where the eye looks first.
        ui.add_space(((height - 560.0) * 0.42).clamp(24.0, 120.0));
        head(ui, view);
        ui.add_space(12.0);
        text_box(ui, view, height);
        ui.add_space(8.0);
        actions(ui, view);
        ui.add_space(28.0);
        examples(ui, view);
        ui.add_space(20.0);
        widgets::note(ui, Icon::Lock, Theme::of(ui).text_faint, words::START_FOOT);
        ui.add_space(24.0);
    });
}

fn head(ui: &mut Ui, view: &View<'_>) {
    let theme = Theme::of(ui);
    ui.vertical_centered(|ui| {
        widgets::heading(ui, Type::Hero, 1, words::START_HEADING);
        let lead = if view.can_drop { words::START_LEAD_DROP } else { words::START_LEAD };
        widgets::text(ui, Type::Body, theme.text_quiet, format!("{lead} {}", words::PROMISE));
    });
}

fn text_box(ui: &mut Ui, view: &mut View<'_>, height: f32) {
    let theme = Theme::of(ui);
    let box_height = (height - 420.0).clamp(120.0, 212.0);
    let has_focus = ui.memory(|memory| memory.has_focus(box_id()));
    let line = if has_focus {
        Stroke::new(theme.ring(), theme.focus)
    } else {
        Stroke::new(1.0, theme.border_strong)
    };
    let frame = Frame::new()
        .fill(theme.surface)
        .corner_radius(CornerRadius::same(theme::RADIUS_CARD))
        .inner_margin(Margin::same(2))
        .shadow(theme.shadow_low());
    let outcome = frame.show(ui, |ui| {
        egui::ScrollArea::vertical().id_salt("box").max_height(box_height).auto_shrink(false).show(ui, |ui| {
            let mut text = view.state.draft.text.clone();
            let hint = RichText::new(words::BOX_HINT).font(Type::Mono.font()).color(theme.text_faint);
            let edit = TextEdit::multiline(&mut text)
                .id(box_id())
                .font(Type::Mono.font())
                .text_color(theme.text)
                .hint_text(hint)
                .frame(Frame::new().inner_margin(Margin::symmetric(14, 12)))
                .desired_width(f32::INFINITY)
                .min_size(vec2(0.0, box_height));
            let response = ui.add(edit).accessible_name(words::BOX_NAME);
            if response.changed() {
                view.push(Command::SetDraft(text));
            }
            response.gained_focus()
        })
    });
    // The box as a whole, and not the line in it.
    if outcome.inner.inner {
        outcome.response.scroll_to_me(None);
    }
    let rect = outcome.response.rect;
    ui.painter().rect_stroke(rect, CornerRadius::same(theme::RADIUS_CARD), line, StrokeKind::Inside);
}

fn actions(ui: &mut Ui, view: &mut View<'_>) {
    let has_text = !view.state.draft.text.trim().is_empty();
    ui.horizontal_wrapped(|ui| {
        let (paste, diagnose) =
            if has_text { (Look::Outlined, Look::Primary) } else { (Look::Primary, Look::Outlined) };
        if has_text {
            view.press(ui, Command::Diagnose, |button| button.look(diagnose));
        }
        view.press(ui, Command::Paste, |button| button.look(paste));
        view.press(ui, Command::OpenFile, |button| button);
        view.press(ui, Command::LatestNpmLog, |button| button);
        if has_text {
            view.press(ui, Command::ClearDraft, |button| button.look(Look::Ghost));
        }
        // While the line at the bottom offers it, once is enough.
        if view.state.draft.before.is_some() && view.state.notice.is_none() {
            view.press(ui, Command::UndoDraft, |button| button.look(Look::Ghost));
        }
    });
}

fn examples(ui: &mut Ui, view: &mut View<'_>) {
    let theme = Theme::of(ui);
    let heading = widgets::text(ui, Type::Label, theme.text_faint, words::EXAMPLES_HEADING);
    widgets::mark_heading(&heading, 2, words::EXAMPLES_HEADING);
    let gap = 12.0;
    let columns = if ui.available_width() < 520.0 { 1 } else { words::EXAMPLES.len() };
    let width = (ui.available_width() - gap * (columns as f32 - 1.0)) / columns as f32;
    ui.spacing_mut().item_spacing = vec2(gap, gap);
    let cards = words::EXAMPLES.each_ref().map(|example| Card::new(ui, example, width));
    let height = cards.iter().map(Card::height).fold(76.0, f32::max);
    let draw = |ui: &mut Ui, view: &mut View<'_>| {
        for (which, card) in cards.iter().enumerate() {
            if card.show(ui, vec2(width, height)) {
                view.push(Command::Example(which));
            }
        }
    };
    if columns == 1 {
        ui.vertical(|ui| draw(ui, view));
    } else {
        ui.horizontal(|ui| draw(ui, view));
    }
}

/// An example, laid out for a width.
struct Card {
    title: Arc<Galley>,
    kind: Arc<Galley>,
    name: String,
}

impl Card {
    fn new(ui: &Ui, example: &words::Example, width: f32) -> Self {
        let theme = Theme::of(ui);
        let room = width - 32.0;
        let cut =
            |kind, color, text: &str| widgets::clipped(ui, widgets::job(kind, color, text), room, 2, false);
        Self {
            title: cut(Type::Item, theme.text, example.title),
            kind: cut(Type::Note, theme.text_faint, example.kind),
            name: format!("{}: {}", example.title, example.kind),
        }
    }

    fn height(&self) -> f32 {
        28.0 + self.title.size().y + 4.0 + self.kind.size().y
    }

    fn show(&self, ui: &mut Ui, size: Vec2) -> bool {
        let theme = Theme::of(ui);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        if ui.is_rect_visible(rect) {
            let painter = ui.painter();
            let corner = CornerRadius::same(theme::RADIUS_CARD);
            let warmth = ui.ctx().animate_bool(response.id.with("warmth"), response.hovered());
            let line = theme.border_firm.lerp_to_gamma(theme.border_strong, warmth);
            painter.add(theme.shadow_low().as_shape(rect, corner));
            painter.rect(rect, corner, theme.surface, Stroke::new(1.0, line), StrokeKind::Inside);
            let at = pos2(rect.left() + 16.0, rect.top() + 14.0);
            painter.galley(at, self.title.clone(), theme.text);
            let below = pos2(at.x, at.y + self.title.size().y + 4.0);
            painter.galley(below, self.kind.clone(), theme.text_faint);
            widgets::focus_ring(ui, &response, theme::RADIUS_CARD);
        }
        widgets::name(&response, Role::Button, &self.name);
        response.clicked()
    }
}

/// Kept here, so that the start screen's buttons are the same wherever they stand.
pub(super) fn ways_in(ui: &mut Ui, view: &mut View<'_>, first: Button<'static>, command: Command) {
    ui.horizontal_wrapped(|ui| {
        if ui.add(first).clicked() {
            view.push(command);
        }
        view.press(ui, Command::OpenFile, |button| button);
        view.press(ui, Command::LatestNpmLog, |button| button);
    });
}
