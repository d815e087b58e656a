//! The palette: a field, and the commands below it that fit what is typed.

use egui::accesskit::Role;
use egui::{Align2, CornerRadius, Id, Key, Margin, Modal, ScrollArea, Sense, TextEdit, Ui, pos2, vec2};

use super::{View, help};
use crate::app::command::{Command, keys};
use crate::app::palette::{Palette, matches};
use crate::app::theme::{self, Theme, Type};
use crate::app::widgets;
use crate::app::words::palette as words;

const ROW: f32 = 36.0;

pub(super) fn show(ui: &mut Ui, view: &mut View<'_>, palette: &Palette) {
    let theme = Theme::of(ui);
    let room = ui.ctx().content_rect().size();
    let found = matches(view.state, &palette.query);
    let frame = help::frame(theme).inner_margin(Margin::same(12));
    let area = Modal::default_area(Id::unique("palette")).anchor(Align2::CENTER_TOP, vec2(0.0, 56.0));
    let modal = Modal::new(Id::unique("palette")).area(area).frame(frame).backdrop_color(theme.veil());
    let modal = modal.show(ui.ctx(), |ui| {
        ui.set_width((room.x - 48.0).min(560.0));
        // The arrows belong to the list and not to the text.
        let moved = ui.input_mut(|input| {
            let down = input.consume_key(egui::Modifiers::NONE, Key::ArrowDown);
            let up = input.consume_key(egui::Modifiers::NONE, Key::ArrowUp);
            isize::from(down) - isize::from(up)
        });
        let mut text = palette.query.clone();
        let edit = TextEdit::singleline(&mut text)
            .id(Id::unique("the palette's field"))
            .font(Type::Body.font())
            .hint_text(words::HINT)
            .margin(Margin::symmetric(10, 9))
            .desired_width(f32::INFINITY);
        let field = ui.add(edit).accessible_name(words::NAME);
        if !field.has_focus() && !field.lost_focus() {
            field.request_focus();
        }
        let is_sent = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if is_sent && !found.is_empty() {
            view.push(Command::RunPalette);
        } else if text != palette.query {
            view.push(Command::SetPalette(Palette { query: text, chosen: 0 }));
        } else if moved != 0 && !found.is_empty() {
            let chosen = palette.chosen.saturating_add_signed(moved).min(found.len() - 1);
            view.push(Command::SetPalette(Palette { chosen, ..palette.clone() }));
        }
        ui.add_space(6.0);
        if found.is_empty() {
            widgets::text(ui, Type::Body, theme.text_quiet, words::EMPTY);
        }
        let height = (room.y - 200.0).max(ROW * 2.0);
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for (at, command) in found.iter().enumerate() {
                if row(ui, command, at == palette.chosen, moved != 0) {
                    view.push(Command::SetPalette(Palette { chosen: at, ..palette.clone() }));
                    view.push(Command::RunPalette);
                }
            }
        });
    });
    if modal.should_close() {
        view.push(Command::Back);
    }
}

fn row(ui: &mut Ui, command: &Command, is_chosen: bool, was_moved: bool) -> bool {
    let theme = Theme::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let painter = ui.painter();
    let ground = match (is_chosen, response.hovered()) {
        (true, _) => Some(theme.accent_soft),
        (false, true) => Some(theme.hover),
        (false, false) => None,
    };
    if let Some(ground) = ground {
        painter.rect_filled(rect, CornerRadius::same(theme::RADIUS), ground);
    }
    let ink = if is_chosen { theme.accent } else { theme.text };
    command.icon().paint(painter, pos2(rect.left() + 20.0, rect.center().y), 16.0, theme.text_faint);
    let label = painter.layout_job(widgets::job(Type::Item, ink, command.label()));
    painter.galley(pos2(rect.left() + 40.0, rect.center().y - label.size().y / 2.0), label, ink);
    let shortcut = command.shortcuts().first().map(|shortcut| keys(ui.ctx(), shortcut)).unwrap_or_default();
    let galley = painter.layout_job(widgets::job(Type::Chip, theme.text_quiet, &shortcut));
    let at = pos2(rect.right() - 20.0 - galley.size().x, rect.center().y - galley.size().y / 2.0);
    painter.galley(at, galley, theme.text_quiet);
    if is_chosen && was_moved {
        response.scroll_to_me(None);
    }
    let spoken = format!("{}: {}", command.label(), command.tooltip());
    widgets::name_selected(&response, Role::ListBoxOption, is_chosen, &spoken);
    response.clicked()
}
